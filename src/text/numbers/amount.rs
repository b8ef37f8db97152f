//! Amounts in digits with all that belongs to them: scales, suffixes, percent signs, units.

use super::decimal::Decimal;
use super::grammar::Grammar;
use super::token::{Token, What};
use super::units::Unit;
use super::words::{self, scale};
use super::{Kind, Notation, Value};

/// An amount being read: `end` is the token after it.
struct Amount {
    value: Decimal,
    other: Option<Decimal>,
    kind: Kind,
    end: usize,
}

/// What may be written right after a number.
pub(super) enum Suffix {
    /// `1.º`, `21st`.
    Ordinal,
    /// `1980s`.
    Decade,
    /// `100k`: scaled, or a name after all.
    Scale(u32),
    /// `5m`: metres, or millions.
    MaybeScale(u32),
}

impl Grammar<'_> {
    /// A number in digits with all that belongs to it: `5`, `1,5 millones`, `100k`, `12 %`, `1980s`, `3.er`, `50 km`.
    pub(super) fn amount(&mut self, at: usize) -> Option<usize> {
        let What::Number(form) = self.tokens[at].what else { return None };
        if let Some(end) = self.label_end(at) {
            let span = self.tokens[at].start..self.tokens[at].end();
            self.push(span, Kind::Ordinal, Value::Number(form.value?), Notation::Label);
            return Some(end);
        }
        let mut amount = Amount { value: form.value?, other: form.other, kind: Kind::Cardinal, end: at + 1 };
        if self.follows_a_point(at) {
            amount.other = Decimal::from_digits("", self.tokens[at].text);
        }
        self.vulgar_fraction(&mut amount);
        self.add_suffix(&mut amount);
        self.add_scales(&mut amount);
        self.add_range_scale(&mut amount);
        if let Some(end) = self.percent_end(amount.end) {
            (amount.kind, amount.end) = (Kind::Percent, end);
        }
        let unit = self.unit(amount.end);
        let mut next = amount.end;
        if let Some((part, after)) = self.fraction_after_unit(amount.end, unit) {
            (amount.value, next) = (amount.value.plus(part).unwrap_or(amount.value), after);
        }
        let year = (1000..=2100).contains(&amount.value.as_integer().unwrap_or(0));
        if form.plain && amount.end == at + 1 && unit.is_none() && self.tokens[at].text.len() == 4 && year {
            amount.kind = Kind::Year;
        }
        let value = match amount.other {
            Some(other) if other != amount.value => Value::Either(amount.value, other),
            _ => Value::Number(amount.value),
        };
        let span = self.tokens[at].start..self.tokens[amount.end - 1].end();
        self.push(span, amount.kind, value, Notation::Digits);
        self.finish(at, amount.end, unit);
        Some(next)
    }

    /// `12.` or `3)` before the first word of the text: a paragraph's number, often left to the layout on one side.
    fn label_end(&self, at: usize) -> Option<usize> {
        let first = at == 0 || (at == 1 && self.tokens[0].is_mark('('));
        let marked = self.glued_mark(at + 1, '.') || self.glued_mark(at + 1, ')');
        let next = self.tokens.get(at + 2).filter(|next| !next.glued)?;
        (first && marked && self.plain(at).is_some() && !matches!(next.what, What::Number(_))).then_some(at + 2)
    }

    /// `.38`: a point with nothing before it.
    fn follows_a_point(&self, at: usize) -> bool {
        at > 0 && self.tokens[at].glued && self.tokens[at - 1].is_mark('.') && !self.tokens[at - 1].glued
    }

    /// `3½`, `3 ½`.
    fn vulgar_fraction(&self, amount: &mut Amount) {
        let Some(&Token { what: What::Mark(mark), .. }) = self.tokens.get(amount.end) else { return };
        let part = match mark {
            '½' => 50,
            '¼' => 25,
            '¾' => 75,
            _ => return,
        };
        amount.value = amount.value.plus(Decimal::new(part, 2)).unwrap_or(amount.value);
        amount.end += 1;
    }

    fn add_suffix(&self, amount: &mut Amount) {
        let Some((suffix, end)) = self.suffix(amount.end) else { return };
        match suffix {
            Suffix::Ordinal => amount.kind = Kind::Ordinal,
            Suffix::Decade => amount.kind = Kind::Year,
            Suffix::MaybeScale(power) => amount.other = amount.value.shifted(power),
            Suffix::Scale(power) => {
                amount.other = Some(amount.value);
                amount.value = amount.value.shifted(power).unwrap_or(amount.value);
            }
        }
        amount.end = end;
    }

    /// What is written right after a number and is no unit.
    pub(super) fn suffix(&self, at: usize) -> Option<(Suffix, usize)> {
        let token = self.tokens.get(at)?;
        match token.what {
            What::Mark('º' | 'ª') => return Some((Suffix::Ordinal, at + 1)),
            What::Mark('.') if token.glued => {
                let next = self.tokens.get(at + 1).filter(|t| t.glued)?;
                let ordinal = matches!(next.what, What::Mark('º' | 'ª')) || matches!(next.text, "er" | "o" | "a" | "os" | "as");
                return ordinal.then_some((Suffix::Ordinal, at + 2));
            }
            What::Mark('\'' | '’') => {
                let decade = self.glued_word(at + 1).is_some_and(|word| word == "s");
                return decade.then_some((Suffix::Decade, at + 2));
            }
            _ => {}
        }
        if !token.glued {
            // `$5 M`, and `14 th`, as tokenized text has it.
            let suffix = match token.text {
                "M" | "MM" => Suffix::MaybeScale(6),
                "st" | "nd" | "rd" | "th" => Suffix::Ordinal,
                _ => return None,
            };
            return Some((suffix, at + 1));
        }
        let suffix = match token.text {
            "k" | "K" => Suffix::Scale(3),
            "M" | "MM" => Suffix::Scale(6),
            // Left where it is, to be read as a unit too.
            "m" => return Some((Suffix::MaybeScale(6), at)),
            "b" | "B" | "bn" => Suffix::Scale(9),
            "s" => Suffix::Decade,
            "st" | "nd" | "rd" | "th" | "er" | "ro" | "ra" | "do" | "da" | "to" | "ta" | "mo" | "ma" | "vo" | "va" | "no" | "na" | "o" => {
                Suffix::Ordinal
            }
            _ => return None,
        };
        Some((suffix, at + 1))
    }

    /// `mil millones`, `billion`, `2 millones 300 mil`, `un millón y medio`.
    fn add_scales(&self, amount: &mut Amount) {
        let (power, end) = self.scales(amount.end);
        if power == 0 {
            return;
        }
        amount.end = end;
        let shifted = |value: Decimal| value.shifted(power);
        amount.value = shifted(amount.value).unwrap_or(amount.value);
        amount.other = amount.other.and_then(shifted);
        let rest = self.tokens.get(end).and_then(|token| match token.what {
            What::Number(form) => form.value,
            _ => None,
        });
        let (rest_power, rest_end) = self.scales(end + 1);
        if let Some(rest) = rest
            && (1..power).contains(&rest_power)
        {
            amount.value = rest.shifted(rest_power).and_then(|rest| amount.value.plus(rest)).unwrap_or(amount.value);
            amount.end = rest_end;
        } else if power == 3 && rest_power == 0 && self.tokens.get(end).is_some_and(|token| token.text.len() == 3) {
            // `12 mil 500`, as the press of Latin America has it.
            amount.value = rest.and_then(|rest| amount.value.plus(rest)).unwrap_or(amount.value);
            amount.end += usize::from(rest.is_some());
        } else if let Some((part, tokens)) = words::fraction_after(&self.tokens[end..], self.lexicon) {
            amount.value = part.shifted(power).and_then(|part| amount.value.plus(part)).unwrap_or(amount.value);
            amount.end += tokens;
        }
    }

    /// The sum of the powers of ten of the scale words from `at`, and the token after them.
    pub(super) fn scales(&self, at: usize) -> (u32, usize) {
        let (mut power, mut end) = (0, at);
        loop {
            // `$5-billion`, `2 millones de millones`.
            let joint = usize::from(self.glued_mark(end, '-') || (power > 0 && self.word(end) == Some("de")));
            match self.tokens.get(end + joint).and_then(scale) {
                Some(more) if power + more <= 18 => (power, end) = (power + more, end + joint + 1),
                _ => return (power, end),
            }
        }
    }

    /// `5 to 10 million`: the first number may share the scale of the second.
    fn add_range_scale(&self, amount: &mut Amount) {
        let Some(joint) = self.tokens.get(amount.end) else { return };
        let dash = matches!(joint.what, What::Mark('-' | '–' | '—' | '/'));
        if amount.other.is_some() || !(dash || self.lexicon.joins_range(joint.text)) {
            return;
        }
        let second = amount.end + 1 + self.tokens[amount.end + 1..].iter().take(3).take_while(|token| stands_in_a_range(token)).count();
        if self.tokens.get(second).is_some_and(|t| matches!(t.what, What::Number(_))) {
            let (power, _) = self.scales(second + 1);
            amount.other = if power > 0 { amount.value.shifted(power) } else { None };
        }
    }

    /// `%`, `por ciento`, `per cent`, `percent`.
    pub(super) fn percent_end(&self, at: usize) -> Option<usize> {
        let token = self.tokens.get(at)?;
        let next = || self.word(at + 1).unwrap_or_default();
        match token.text {
            "%" | "percent" | "pct" => Some(at + 1),
            "por" if matches!(next(), "ciento" | "cien") => Some(at + 2),
            "per" if next() == "cent" => Some(at + 2),
            "-" if token.glued && next() == "percent" => Some(at + 2),
            _ => None,
        }
    }

    /// The unit at `at`: `km`, `square miles`, `kilómetros cuadrados`, `-foot`, `° F`.
    pub(super) fn unit(&self, at: usize) -> Option<Unit> {
        let skipped = usize::from(self.glued_mark(at, '-') || self.tokens.get(at).is_some_and(|t| t.is_mark('°')));
        let word = self.word(at + skipped)?;
        if matches!(word, "square" | "sq") {
            let dot = usize::from(self.glued_mark(at + skipped + 1, '.'));
            return Some(self.lexicon.unit(self.word(at + skipped + 1 + dot)?)?.squared());
        }
        let unit = self.lexicon.unit(word)?;
        let squared = self.tokens.get(at + skipped + 1).is_some_and(|t| matches!(t.text, "²" | "cuadrados" | "cuadradas" | "cuadrado"));
        Some(if squared { unit.squared() } else { unit })
    }
}

/// What may stand between the joint of a range and its second number: `10 to $20 million`, `entre 3 y más de 10 millones`.
fn stands_in_a_range(token: &Token<'_>) -> bool {
    matches!(token.text, "$" | "€" | "£" | "EUR" | "USD" | "los" | "las" | "the" | "de" | "más" | "more" | "than" | "hasta" | "even")
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use crate::text::Lang;

    fn one(text: &str, lang: Lang) -> String {
        let mut found = shown(text, lang);
        assert_eq!(found.len(), 1, "{text}: {found:?}");
        found.remove(0)
    }

    #[test]
    fn scales_multiply() {
        let spanish = [
            ("5 millones", "5000000"),
            ("1,5 millones", "1500000"),
            ("200 mil millones", "200000000000"),
            ("2 billones", "2000000000000"),
            ("2 millones 300 mil", "2300000"),
            ("2 millones de millones", "2000000000000"),
            ("3 millones y medio", "3500000"),
        ];
        for (text, value) in spanish {
            assert_eq!(one(text, Lang::ES), format!("cardinal {value}"), "{text}");
        }
        let english =
            [("$1.5 billion", "1500000000"), ("a $5-billion plan", "5000000000"), ("2 and a half", "2"), ("£14bn", "14000000000|14")];
        for (text, value) in english {
            let found = shown(text, Lang::EN);
            assert_eq!(found[0], format!("cardinal {value}"), "{text}");
        }
    }

    #[test]
    fn a_glued_m_is_metres_or_millions() {
        assert_eq!(one("80m", Lang::EN), "cardinal 80|80000000");
        assert_eq!(one("100k", Lang::EN), "cardinal 100000|100");
        assert_eq!(one("80 m", Lang::ES), "cardinal 80");
    }

    #[test]
    fn percents_and_ordinals_have_their_kind() {
        for text in ["12 %", "12%", "12 por ciento", "12 por cien"] {
            assert_eq!(one(text, Lang::ES), "percent 12", "{text}");
        }
        assert_eq!(one("12 per cent", Lang::EN), "percent 12");
        for text in ["3.º", "3º", "3.ª", "3.er", "3er"] {
            assert_eq!(one(text, Lang::ES), "ordinal 3", "{text}");
        }
        for text in ["21st", "22nd", "14 th"] {
            assert!(one(text, Lang::EN).starts_with("ordinal"), "{text}");
        }
    }

    #[test]
    fn four_plain_digits_are_a_year_and_decades_too() {
        assert_eq!(one("en 1987", Lang::ES), "year 1987");
        assert_eq!(one("the 1980s", Lang::EN), "year 1980");
        assert_eq!(one("the '80s", Lang::EN), "year 80");
        assert_eq!(one("1987 millones", Lang::ES), "cardinal 1987000000");
        assert_eq!(one("9400 casas", Lang::ES), "cardinal 9400");
    }

    #[test]
    fn the_ends_of_a_range_may_share_a_scale() {
        assert_eq!(shown("5 to 10 million", Lang::EN), ["cardinal 5|5000000", "cardinal 10000000"]);
        assert_eq!(shown("entre 3 y más de 10 millones", Lang::ES), ["cardinal 3|3000000", "cardinal 10000000"]);
        assert_eq!(shown("3 y 10 casas", Lang::ES), ["cardinal 3", "cardinal 10"]);
    }

    #[test]
    fn a_number_before_the_first_word_is_a_label() {
        assert_eq!(shown("12. La Comisión votó.", Lang::ES), ["(ordinal 12)"]);
        assert_eq!(shown("La Comisión votó 12.", Lang::ES), ["cardinal 12"]);
        assert_eq!(shown("12.5 million voted", Lang::EN), ["cardinal 12500000"]);
    }

    #[test]
    fn a_half_may_follow_the_unit() {
        assert_eq!(one("2 horas y media", Lang::ES).split(' ').nth(1), Some("2.5"));
        assert_eq!(one("3½ hours", Lang::EN), "cardinal 3.5");
    }
}
