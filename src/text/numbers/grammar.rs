//! Tokens → quantities: rules tried in order at each token. A new kind of number is a new rule.

use super::currency::{Currency, currency};
use super::decimal::Decimal;
use super::form::Form;
use super::lexicon::{Lexicon, Sense};
use super::token::{Token, What, tokens};
use super::units::Unit;
use super::words::{self, Worded, scale};
use super::{Kind, Notation, Quantity, Style, Value, roman};

/// A text being read.
pub(super) struct Grammar<'a> {
    pub(super) text: &'a str,
    pub(super) tokens: Vec<Token<'a>>,
    pub(super) lexicon: &'static Lexicon,
    found: Vec<Quantity<'a>>,
}

/// Reads what starts at a token into `found` and returns the token after it, or `None` when it is nothing of its kind.
type Rule<'a> = fn(&mut Grammar<'a>, usize) -> Option<usize>;

impl<'a> Grammar<'a> {
    /// Dates before clocks and clocks before amounts: the longer form first.
    const RULES: [Rule<'a>; 9] = [
        Grammar::name,
        Grammar::date,
        Grammar::clock,
        Grammar::reference,
        Grammar::amount,
        Grammar::roman_numeral,
        Grammar::worded,
        Grammar::magnitude,
        Grammar::month,
    ];

    pub(super) fn new(text: &'a str, lexicon: &'static Lexicon, style: Style) -> Grammar<'a> {
        Grammar { text, tokens: tokens(text, lexicon, style), lexicon, found: Vec::new() }
    }

    pub(super) fn parse(mut self) -> Vec<Quantity<'a>> {
        let mut at = 0;
        while at < self.tokens.len() {
            let next = if self.is_idle(at) { None } else { Self::RULES.iter().find_map(|rule| rule(&mut self, at)) };
            at = next.unwrap_or(at + 1);
        }
        self.found
    }

    /// True for a token that no rule begins with, as most are: a mark, or a word that means nothing to the lexicon, is no roman numeral and no
    /// abbreviation of *number*, and stands before no hyphen and no `y medio`.
    fn is_idle(&self, at: usize) -> bool {
        let token = &self.tokens[at];
        match token.what {
            What::Mark(c) => c != '§',
            What::Word(None) => {
                let joined =
                    self.tokens.get(at + 1).is_some_and(|next| next.text == self.lexicon.joiner || (next.glued && next.is_mark('-')));
                let short = matches!(token.text, "a" | "A" | "an" | "An" | "n" | "N" | "No" | "núm" | "Núm");
                !joined && !short && !token.text.bytes().all(|b| b"ivxlcdmIVXLCDM".contains(&b))
            }
            _ => false,
        }
    }

    /// `G7`, `H1N1`, `COVID-19`, `15-M`, `5G`: the digits may answer a number, but nobody misses them.
    fn name(&mut self, at: usize) -> Option<usize> {
        let end = self.name_end(at)?;
        // `N585 million`: naira, not a name after all.
        let (power, next) = self.scales(end);
        let whole = &self.text[self.tokens[at].start..self.tokens[end - 1].end()];
        for token in at..end {
            let Token { start, text, .. } = self.tokens[token];
            for (from, digits) in digit_runs(text) {
                let Some(value) = Decimal::from_digits(digits, "").and_then(|value| value.shifted(power)) else { continue };
                self.push(start + from..start + from + digits.len(), Kind::Cardinal, Value::Number(value), Notation::Name);
                self.name_last(whole, power);
            }
        }
        Some(next)
    }

    /// Keeps the name of the quantity pushed last; with a scale it is no name but an amount of naira.
    fn name_last(&mut self, whole: &'a str, power: u32) {
        let Some(last) = self.found.last_mut() else { return };
        last.name = whole;
        if power > 0 && whole.starts_with('N') {
            (last.notation, last.name, last.currency) = (Notation::Digits, "", Some(Currency("NGN")));
        }
    }

    /// `millones`, `decenas de miles`, `hundreds of thousands`: the power of ten that its words make together.
    fn magnitude(&mut self, at: usize) -> Option<usize> {
        let (mut power, mut end) = (0, at);
        loop {
            let joint = usize::from(end > at && matches!(self.word(end), Some("de" | "of")));
            let more = match self.tokens.get(end + joint).and_then(words::sense) {
                Some(Sense::Dozen) => 1,
                Some(Sense::Hundred) => 2,
                Some(Sense::Plural(more) | Sense::Scale(more) | Sense::OneScale(more)) => u32::from(more),
                _ => break,
            };
            if power + more > 18 {
                break;
            }
            (power, end) = (power + more, end + joint + 1);
        }
        let value = Decimal::ONE.shifted(power).filter(|_| power > 0)?;
        let span = self.tokens[at].start..self.tokens[end - 1].end();
        self.push(span, Kind::Magnitude, Value::Number(value), Notation::Words);
        if let Some(last) = self.found.last_mut() {
            (last.approximate, last.currency) = (true, currency(&self.tokens, at, end));
        }
        Some(end)
    }

    fn name_end(&self, at: usize) -> Option<usize> {
        let token = self.tokens[at];
        let hyphenated = self.glued_mark(at + 1, '-') && self.tokens.get(at + 2).is_some_and(|t| t.glued);
        match token.what {
            What::Name => Some(at + 1),
            What::Word(None) if hyphenated && starts_upper(token.text) => self.plain(at + 2).map(|_| at + 3),
            What::Number(form) if form.plain && hyphenated => {
                let next = self.word(at + 2)?;
                (next.len() == 1 && starts_upper(next)).then_some(at + 3)
            }
            What::Number(_) if self.is_cross_name(at + 1) => Some(at + 2),
            What::Number(_) => {
                let letters = self.glued_word(at + 1)?;
                let known = self.suffix(at + 1).is_some() || self.lexicon.unit(letters).is_some() || scale(&self.tokens[at + 1]).is_some();
                let clock = letters.eq_ignore_ascii_case("h")
                    || matches!(letters.to_ascii_lowercase().as_str(), "am" | "pm" | "a" | "p" | "hs" | "hrs");
                (!known && !clock).then_some(at + 2)
            }
            _ => None,
        }
    }

    /// The `x4` of `4x4`, not the `h30` of `15h30`.
    fn is_cross_name(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued && token.what == What::Name && !token.text.starts_with(['h', 'H']))
    }

    /// `artículo 7.4`, `Ley n.º 1.333`, `section 3(a)`; also `3.10.2` and numbers too long for a value.
    fn reference(&mut self, at: usize) -> Option<usize> {
        let number = match self.tokens[at].what {
            What::Word(Some(Sense::Reference)) => self.after_number_sign(at + 1)?,
            What::Word(_) if matches!(self.tokens[at].text, "n" | "N" | "No" | "núm" | "Núm") && self.is_number_sign(at + 1) => {
                self.after_number_sign(at + 1)?
            }
            What::Number(Form { value: None, .. }) => at,
            What::Mark('§') => self.after_number_sign(at + 1)?,
            _ => return None,
        };
        let end = self.reference_end(number + 1);
        let span = self.tokens[number].start..self.tokens[end - 1].end();
        let id = identifier(&self.text[span.clone()]);
        self.push(span, Kind::Reference, Value::Text(id), Notation::Digits);
        Some(end)
    }

    /// Past `.4`, `(a)`, `-6`, `/2005` and the Spanish ` 1) a)` after the number of a reference, without the sentence's own marks.
    fn reference_end(&self, mut end: usize) -> usize {
        loop {
            let part = self.tokens.get(end).is_some_and(|t| matches!(t.what, What::Number(_)) || t.text.len() == 1);
            if self.tokens.get(end).is_some_and(|token| token.glued && belongs_to_reference(token)) {
                end += 1;
            } else if part && self.glued_mark(end + 1, ')') {
                end += 2;
            } else {
                break;
            }
        }
        while matches!(self.tokens[end - 1].what, What::Mark(c) if c != ')') {
            end -= 1;
        }
        end
    }

    fn is_number_sign(&self, at: usize) -> bool {
        self.tokens.get(at).is_some_and(|token| token.glued && matches!(token.what, What::Mark('.' | 'º' | '°')))
    }

    /// Skips `.`, `n.º`, `No.` before the number of a reference.
    fn after_number_sign(&self, mut at: usize) -> Option<usize> {
        for _ in 0..4 {
            let token = self.tokens.get(at)?;
            match token.what {
                What::Number(_) => return Some(at),
                What::Mark('§') => {}
                What::Mark(_) if self.is_number_sign(at) => {}
                What::Word(_) if matches!(token.text, "n" | "N" | "no" | "No" | "núm" | "number") => {}
                _ => return None,
            }
            at += 1;
        }
        None
    }

    /// `siglo XXI`, `siglos xix y xx`, `Luis XIV`, `Chapter IV`. `I`, `C`, `D`, `L` and `M` alone are letters.
    fn roman_numeral(&mut self, at: usize) -> Option<usize> {
        let text = self.word(at).filter(|word| word.starts_with(['I', 'V', 'X', 'L', 'C', 'D', 'M', 'i', 'v', 'x', 'l', 'c', 'd', 'm']))?;
        let announced = self.is_announced(at);
        let value = if announced { roman::read(&text.to_ascii_uppercase()) } else { roman::read(text) }?;
        let before = at.checked_sub(1).and_then(|n| self.word(n)).unwrap_or_default();
        let named = starts_upper(before) && before.len() > 2;
        if text.len() == 1 && !announced && !(matches!(text, "V" | "X") && named) {
            return None;
        }
        let span = self.tokens[at].start..self.tokens[at].end();
        self.push(span, Kind::Ordinal, Value::Number(Decimal::integer(u64::from(value))), Notation::Roman);
        Some(at + 1)
    }

    /// True after `siglo` and its like, or after another numeral so announced and one word: `siglos xix y xx`.
    fn is_announced(&self, at: usize) -> bool {
        let numbered = |back: usize| {
            let token = at.checked_sub(back).map(|n| self.tokens[n].what);
            matches!(token, Some(What::Word(Some(Sense::Numbered | Sense::Reference))))
        };
        numbered(1) || (numbered(3) && self.found.last().is_some_and(|last| last.notation == Notation::Roman))
    }

    /// `treinta y cinco`, `twenty-first`, `un año y medio`.
    fn worded(&mut self, at: usize) -> Option<usize> {
        let worded = words::read(&self.tokens[at..], self.lexicon).or_else(|| self.unit_and_a_half(at)).or_else(|| self.article(at));
        let mut worded = worded.filter(|_| !self.is_scale_of_nothing(at))?;
        let end = at + worded.tokens;
        let unit = self.unit(end);
        let mut next = end.max(at + 1);
        if let Some((part, after)) = self.fraction_after_unit(end, unit) {
            (worded.value, next) = (worded.value.plus(part).unwrap_or(worded.value), after);
        }
        let mut kind = if worded.ordinal { Kind::Ordinal } else { Kind::Cardinal };
        let notation = if worded.implied || self.is_said_by_the_way(at, end) { Notation::Implied } else { Notation::Words };
        let mut last = end.max(at + 1);
        if let Some(after) = self.percent_end(last) {
            (kind, last, next) = (Kind::Percent, after, after);
        }
        let span = self.tokens[at].start..self.tokens[last - 1].end();
        let value = worded.other.map_or(Value::Number(worded.value), |other| Value::Either(worded.value, other));
        self.push(span, kind, value, notation);
        self.finish(at, end.max(at + 1), unit);
        Some(next)
    }

    /// A name (`Tres Islas`), a compound (`three-dimensional`), a multiple (`three times`): the other language may say it without the number.
    fn is_said_by_the_way(&self, at: usize, end: usize) -> bool {
        let begins = at == 0 || matches!(self.tokens[at - 1].what, What::Mark(c) if c != ',' && c != '-');
        let named = starts_upper(self.tokens[at].text) && !begins;
        let next = self.word(end + usize::from(self.glued_mark(end, '-')));
        let compound = self.glued_mark(end, '-') && next.is_some_and(|word| self.lexicon.unit(word).is_none());
        named || compound || matches!(next, Some("times" | "veces" | "fold"))
    }

    /// `$ million`, `several hundred`: the number before the scale is missing or vague, and one is not what it was.
    fn is_scale_of_nothing(&self, at: usize) -> bool {
        let before = at.checked_sub(1).map(|n| self.tokens[n]);
        let vague = before.is_some_and(|token| matches!(token.text, "$" | "€" | "£" | "few" | "many" | "several"));
        vague && matches!(words::sense(&self.tokens[at]), Some(Sense::Hundred | Sense::OneScale(_)))
    }

    /// The `y medio` after the unit at `at`, and the token after it: `dos horas y media`.
    pub(super) fn fraction_after_unit(&self, at: usize, unit: Option<Unit>) -> Option<(Decimal, usize)> {
        unit?;
        let (part, tokens) = words::fraction_after(self.tokens.get(at + 1..)?, self.lexicon)?;
        Some((part, at + 1 + tokens))
    }

    /// `año y medio`: one of the unit, unsaid.
    fn unit_and_a_half(&self, at: usize) -> Option<Worded> {
        words::fraction_after(&self.tokens[at + 1..], self.lexicon)?;
        self.lexicon.unit(self.word(at)?)?;
        Some(Worded::cardinal(Decimal::ONE, 0))
    }

    /// `an hour`, `a week`: one of the unit. The Spanish article is a numeral anyway.
    fn article(&self, at: usize) -> Option<Worded> {
        matches!(self.tokens[at].text, "a" | "an" | "A" | "An").then_some(())?;
        let unit = self.word(at + 1).filter(|unit| unit.len() > 2)?;
        self.lexicon.unit(unit).filter(|_| self.lexicon.joiner == "and")?;
        Some(Worded { implied: true, ..Worded::cardinal(Decimal::ONE, 1) })
    }

    pub(super) fn push(&mut self, span: std::ops::Range<usize>, kind: Kind, value: Value, notation: Notation) {
        let written = &self.text[span.clone()];
        self.found.push(Quantity { span, written, kind, value, notation, approximate: false, unit: None, currency: None, name: "" });
    }

    /// Sets unit, currency and approximation of the quantity pushed last, which has the tokens from `at` to before `end`.
    pub(super) fn finish(&mut self, at: usize, end: usize, unit: Option<Unit>) {
        let approximate = self.approximate(at);
        let currency = currency(&self.tokens, at, end);
        if let Some(last) = self.found.last_mut() {
            // `€5m` are millions, and the 21st century is no length of time.
            let measures = currency.is_none() && last.kind != Kind::Ordinal;
            (last.unit, last.currency, last.approximate) = (unit.filter(|_| measures), currency, approximate);
        }
    }

    /// True if one of the three words before says that the number is rounded, or its own word: `un par`, `a dozen`.
    fn approximate(&self, at: usize) -> bool {
        let before = self.tokens[..at].iter().rev().take(4).filter(|t| matches!(t.what, What::Word(_))).take(3);
        before.chain(&self.tokens[at..=at]).any(|t| self.lexicon.approximates(t.text))
    }

    pub(super) fn word(&self, at: usize) -> Option<&'a str> {
        self.tokens.get(at).filter(|t| matches!(t.what, What::Word(_))).map(|t| t.text)
    }

    pub(super) fn glued_word(&self, at: usize) -> Option<&'a str> {
        self.tokens.get(at).filter(|t| t.glued && matches!(t.what, What::Word(_))).map(|t| t.text)
    }

    pub(super) fn glued_mark(&self, at: usize, mark: char) -> bool {
        self.tokens.get(at).is_some_and(|t| t.glued && t.is_mark(mark))
    }

    /// The value of a number without separators.
    pub(super) fn plain(&self, at: usize) -> Option<u64> {
        match self.tokens.get(at)?.what {
            What::Number(form) if form.plain => form.value?.as_integer(),
            _ => None,
        }
    }
}

/// The runs of ASCII digits of `text` with their byte offsets.
pub(super) fn digit_runs(text: &str) -> impl Iterator<Item = (usize, &str)> {
    let mut at = 0;
    let pieces = text.split_inclusive(|c: char| !c.is_ascii_digit()).map(move |piece| {
        at += piece.len();
        (at - piece.len(), piece.trim_end_matches(|c: char| !c.is_ascii_digit()))
    });
    pieces.filter(|(_, run)| !run.is_empty())
}

pub(super) fn starts_upper(word: &str) -> bool {
    word.chars().next().is_some_and(char::is_uppercase)
}

fn belongs_to_reference(token: &Token<'_>) -> bool {
    match token.what {
        What::Number(_) | What::Name => true,
        What::Word(_) => token.text.len() <= 2,
        What::Mark(c) => matches!(c, '.' | '/' | '-' | '(' | ')'),
    }
}

/// The runs of letters and digits of `text` in lower case, joined by points: `7(4)` and `7.4` are both `7.4`.
pub(super) fn identifier(text: &str) -> String {
    let mut id = String::with_capacity(text.len());
    for c in text.chars() {
        if c.is_alphanumeric() {
            id.extend(c.to_lowercase());
        } else if !id.ends_with('.') && !id.is_empty() {
            id.push('.');
        }
    }
    id.truncate(id.trim_end_matches('.').len());
    id
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use super::*;
    use crate::text::Lang;

    #[test]
    fn digits_in_names_are_soft() {
        for text in ["el G7", "COVID-19", "la red 5G", "el 15-M", "un 4x4", "F-16"] {
            let found = shown(text, Lang::ES);
            assert!(!found.is_empty() && found.iter().all(|q| q.starts_with('(')), "{text}: {found:?}");
        }
        assert_eq!(shown("mid-1990s", Lang::EN), ["year 1990"]);
        assert_eq!(shown("$A45,000 and Euro131", Lang::EN), ["cardinal 45000", "cardinal 131"]);
    }

    #[test]
    fn references_are_text() {
        let cases = [
            ("artículo 7.4", "reference 7.4"),
            ("Ley n.º 1.333 de 1992", "reference 1.333"),
            ("el artículo 7 1) j) del Estatuto", "reference 7.1.j"),
            ("versión 3.10.", "reference 3.10"),
            ("ley núm. 14704-6", "reference 14704.6"),
        ];
        for (text, expected) in cases {
            assert_eq!(shown(text, Lang::ES)[0], expected, "{text}");
        }
        assert_eq!(shown("Article 7(1)(j)", Lang::EN), ["reference 7.1.j"]);
        assert_eq!(shown("release 3.10.2", Lang::EN), ["reference 3.10.2"]);
        assert_eq!(shown("the law of 5 people", Lang::EN), ["cardinal 5"]);
    }

    #[test]
    fn roman_numerals_are_soft_ordinals() {
        assert_eq!(shown("siglo XXI", Lang::ES), ["(ordinal 21)"]);
        assert_eq!(shown("los siglos xix y xx", Lang::ES), ["(ordinal 19)", "(ordinal 20)"]);
        assert_eq!(shown("Felipe V", Lang::ES), ["(ordinal 5)"]);
        assert_eq!(shown("vitamina C y D, mi plan", Lang::ES), [""; 0]);
    }

    #[test]
    fn words_count_from_three_on() {
        assert_eq!(shown("treinta y cinco casas", Lang::ES), ["cardinal 35"]);
        assert_eq!(shown("dos casas", Lang::ES), ["(cardinal 2)"]);
        assert_eq!(shown("año y medio", Lang::ES), ["(cardinal 1.5)"]);
        assert_eq!(shown("the third of them", Lang::EN), ["(ordinal 3|0.333333)"]);
    }

    #[test]
    fn a_word_before_a_number_tells_that_it_is_rounded() {
        let approximate = |text, lang| super::super::parse(text, &lang, Style::of(&lang))[0].approximate;
        assert!(approximate("cerca de las 200", Lang::ES));
        assert!(approximate("more than 200", Lang::EN));
        assert!(!approximate("las 200", Lang::ES));
    }
}
