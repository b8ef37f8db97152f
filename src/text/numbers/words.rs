//! Numbers in words: `treinta y cinco`, `two hundred and five`, `mil doscientos millones`, `two and a half`, `tres cuartos`.

use super::decimal::Decimal;
use super::lexicon::{Lexicon, Sense};
use super::token::{Token, What};

/// A number in words.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Worded {
    /// Its value.
    pub(super) value: Decimal,
    /// The other reading of `third` or `cuarto`: an ordinal, or a part.
    pub(super) other: Option<Decimal>,
    /// True for first, second, twenty-first.
    pub(super) ordinal: bool,
    /// True for a word that has a number in it, such as `década`, and for a part, such as `tercio`.
    pub(super) implied: bool,
    /// Tokens it takes.
    pub(super) tokens: usize,
}

impl Worded {
    pub(super) fn cardinal(value: Decimal, tokens: usize) -> Worded {
        Worded { value, other: None, ordinal: false, implied: false, tokens }
    }
}

/// The number in words at the start of `tokens`.
pub(super) fn read(tokens: &[Token<'_>], lexicon: &Lexicon) -> Option<Worded> {
    let first = sense(tokens.first()?)?;
    if let Some(whole) = alone(first, tokens).or_else(|| spoken_year(first, tokens)) {
        return Some(whole);
    }
    if let Some(fraction) = fraction(first, tokens) {
        return Some(scaled(Worded { implied: true, ..fraction }, tokens));
    }
    let mut sum = Sum::default();
    let mut used = 0;
    loop {
        let joined = usize::from(used > 0 && tokens.get(used).is_some_and(|token| sum.joins(token, lexicon)));
        let Some(next) = tokens.get(used + joined).and_then(sense) else { break };
        if !sum.add(next) {
            break;
        }
        used += joined + 1;
    }
    if used == 0 {
        return None;
    }
    if let Some(times) = multiplier(&tokens[used..]) {
        let value = Decimal::integer(sum.value().saturating_mul(times));
        return (!sum.ordinal && sum.value() > 1).then(|| Worded::cardinal(value, used + 1));
    }
    let mut worded = Worded { ordinal: sum.ordinal, ..Worded::cardinal(Decimal::integer(sum.value()), used) };
    if let Sense::Ordinal(n @ 3..=10) = first
        && used == 1
    {
        worded.other = Some(part_of(1, n));
    }
    if !sum.ordinal
        && let Some((part, tokens)) = fraction_after(&tokens[used..], lexicon)
    {
        let part = part.shifted(u32::from(sum.last_scale)).unwrap_or(part);
        worded.value = worded.value.plus(part).unwrap_or(worded.value);
        worded.tokens += tokens;
    }
    Some(scaled(worded, tokens))
}

/// What a token means, if it is a word that means something.
pub(super) fn sense(token: &Token<'_>) -> Option<Sense> {
    match token.what {
        What::Word(sense) => sense,
        _ => None,
    }
}

/// The power of ten of a scale word after a number.
pub(super) fn scale(token: &Token<'_>) -> Option<u32> {
    match sense(token) {
        Some(Sense::Scale(power) | Sense::OneScale(power) | Sense::Plural(power @ 3)) => Some(u32::from(power)),
        _ => None,
    }
}

/// `y medio`, `and a half`: the fraction and the tokens it takes.
pub(super) fn fraction_after(tokens: &[Token<'_>], lexicon: &Lexicon) -> Option<(Decimal, usize)> {
    let joined = tokens.first().is_some_and(|token| !lexicon.joiner.is_empty() && token.text == lexicon.joiner);
    let at = if tokens.get(1)?.text == "a" { 2 } else { 1 };
    let Some(Sense::Hundredths(part)) = tokens.get(at).and_then(sense) else { return None };
    joined.then(|| (Decimal::new(u64::from(part), 2), at + 1))
}

/// `década`, `una docena`.
fn alone(first: Sense, tokens: &[Token<'_>]) -> Option<Worded> {
    let value = match first {
        Sense::Implied(value) => u64::from(value),
        Sense::Dozen if !tokens[0].text.ends_with('s') => 12,
        _ => return None,
    };
    Some(Worded { implied: true, ..Worded::cardinal(Decimal::integer(value), 1) })
}

/// `nineteen seventies`, `nineteen eighty-four`: a year in two numbers.
fn spoken_year(first: Sense, tokens: &[Token<'_>]) -> Option<Worded> {
    let (Sense::Small(century @ 13..=19), Sense::Tens(tens)) = (first, sense(tokens.get(1)?)?) else { return None };
    let hyphen = usize::from(tokens.get(2).is_some_and(|token| token.is_mark('-')));
    let (unit, end) = match tokens.get(2 + hyphen).and_then(sense) {
        Some(Sense::Small(unit @ 1..=9)) => (unit, 3 + hyphen),
        _ => (0, 2),
    };
    Some(Worded::cardinal(Decimal::integer(u64::from(century) * 100 + u64::from(tens + unit)), end))
}

/// `two dozen`, `dos docenas`, `tres centenares`: what the number before is taken times.
fn multiplier(tokens: &[Token<'_>]) -> Option<u64> {
    match sense(tokens.first()?)? {
        Sense::Dozen => Some(12),
        Sense::Plural(power @ 1..=2) => Some(10_u64.pow(u32::from(power))),
        _ => None,
    }
}

/// `medio`, `half a`, `tercio`, `three quarters`, `four-fifths`, `dos tercios`, `una quinta parte`.
fn fraction(first: Sense, tokens: &[Token<'_>]) -> Option<Worded> {
    match first {
        Sense::Hundredths(part) => {
            let article = usize::from(tokens.get(1).is_some_and(|t| t.text == "a") && tokens.get(2).is_some_and(|t| scale(t).is_some()));
            Some(Worded::cardinal(Decimal::new(u64::from(part), 2), 1 + article))
        }
        Sense::Part(of) => Some(Worded::cardinal(part_of(1, of), 1)),
        Sense::Small(count @ 1..=9) => {
            let at = 1 + usize::from(tokens.get(1).is_some_and(|token| token.is_mark('-')));
            match tokens.get(at).and_then(sense)? {
                Sense::Part(of) | Sense::Ordinal(of @ 3..=10) => Some(Worded::cardinal(part_of(count, of), at + 1)),
                Sense::Hundredths(part) if count == 1 || at == 2 => {
                    Some(Worded::cardinal(Decimal::new(u64::from(part) * u64::from(count), 2), at + 1))
                }
                _ => None,
            }
        }
        _ => None,
    }
}

/// `count / of` to six decimals.
fn part_of(count: u8, of: u8) -> Decimal {
    Decimal::new(u64::from(count) * 1_000_000 / u64::from(of.max(1)), 6)
}

/// `medio millón`, `two and a half million`: the value times the scale after it.
fn scaled(mut worded: Worded, tokens: &[Token<'_>]) -> Worded {
    if let Some(value) = tokens.get(worded.tokens).and_then(scale).and_then(|power| worded.value.shifted(power)) {
        worded.value = value;
        worded.tokens += 1;
    }
    worded
}

/// A number being put together: scaled parts, thousands, and a group below a thousand.
#[derive(Default)]
struct Sum {
    scaled: u64,
    thousands: u64,
    group: u64,
    /// The scale seen last, 0 for none: a larger one cannot follow it.
    ceiling: u8,
    /// The scale of the last numeral, for the fraction after it.
    last_scale: u8,
    /// True once a unit closed the group, so that `two three` are two numbers.
    closed: bool,
    ordinal: bool,
}

impl Sum {
    /// Adds a numeral, or says that it does not belong to this number.
    fn add(&mut self, sense: Sense) -> bool {
        let fits = match sense {
            Sense::Small(n) => self.close(u64::from(n)),
            Sense::Ordinal(n) => self.add_ordinal(u64::from(n)),
            _ if self.ordinal => false,
            Sense::Tens(n) => self.put(u64::from(n), 100),
            Sense::Hundreds(n) => self.put(u64::from(n), 1000),
            Sense::Hundred => self.hundred(),
            Sense::Scale(power) => self.value() > 0 && self.scale_up(power),
            Sense::OneScale(power) => self.scale_up(power),
            _ => false,
        };
        if fits {
            self.ordinal |= matches!(sense, Sense::Ordinal(_));
            self.last_scale = if let Sense::Scale(power) | Sense::OneScale(power) = sense { power } else { 0 };
        }
        fits
    }

    /// The units of a group: nothing follows them but `hundred` and scales.
    fn close(&mut self, n: u64) -> bool {
        let tens_before = n < 10 && self.group % 100 >= 20 && self.group.is_multiple_of(10);
        let fits = self.put(n, 100) || (tens_before && self.put(n, 10));
        self.closed |= fits;
        fits
    }

    /// `vigésimo cuarto`: an ordinal after one of tens.
    fn add_ordinal(&mut self, n: u64) -> bool {
        if !self.ordinal {
            return self.close(n);
        }
        let fits = n < 10 && self.group % 100 >= 10 && self.group.is_multiple_of(10);
        self.group += if fits { n } else { 0 };
        fits
    }

    /// Adds to the group if it has room below `room`.
    fn put(&mut self, n: u64, room: u64) -> bool {
        let fits = !self.closed && self.group.is_multiple_of(room);
        if fits {
            self.group += n;
        }
        fits
    }

    fn hundred(&mut self) -> bool {
        let fits = self.group < 100;
        if fits {
            self.group = self.group.max(1) * 100;
            self.closed = false;
        }
        fits
    }

    fn scale_up(&mut self, power: u8) -> bool {
        if power < 6 {
            let fits = self.thousands == 0;
            if fits {
                self.thousands = self.group.max(1) * 1000;
                (self.group, self.closed) = (0, false);
            }
            return fits;
        }
        let block = (self.thousands + self.group).max(1);
        let sum = block.checked_mul(10_u64.pow(u32::from(power))).and_then(|block| self.scaled.checked_add(block));
        match sum {
            Some(scaled) if self.ceiling == 0 || power < self.ceiling => {
                *self = Sum { scaled, ceiling: power, ..Sum::default() };
                true
            }
            _ => false,
        }
    }

    fn value(&self) -> u64 {
        self.scaled.saturating_add(self.thousands + self.group)
    }

    /// `y` after tens, `and` after hundreds and thousands, a hyphen after tens.
    fn joins(&self, token: &Token<'_>, lexicon: &Lexicon) -> bool {
        if token.is_mark('-') {
            return token.glued;
        }
        !self.closed && !lexicon.joiner.is_empty() && token.text == lexicon.joiner
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Style, lexicon, token::tokens};
    use super::*;
    use crate::text::Lang;

    fn value(text: &str, lang: Lang) -> Option<(String, usize)> {
        let lexicon = lexicon::of(&lang);
        read(&tokens(text, lexicon, Style::of(&lang)), lexicon).map(|w| (w.value.to_string(), w.tokens))
    }

    fn whole(text: &str, lang: Lang) -> String {
        let (value, used) = value(text, lang).expect("a number");
        assert_eq!(used, tokens(text, lexicon::of(&lang), Style::of(&lang)).len(), "{text}");
        value
    }

    #[test]
    fn spanish_numbers_add_up() {
        let cases = [
            ("treinta y cinco", "35"),
            ("ciento veintidós", "122"),
            ("mil doscientos", "1200"),
            ("dos mil quinientas", "2500"),
            ("mil millones", "1000000000"),
            ("tres millones doscientos mil", "3200000"),
            ("dos billones", "2000000000000"),
            ("medio millón", "500000"),
            ("un millón y medio", "1500000"),
            ("dos y medio", "2.5"),
            ("tres cuartos", "0.75"),
            ("décimo cuarto", "14"),
            ("vigésima quinta", "25"),
        ];
        for (text, expected) in cases {
            assert_eq!(whole(text, Lang::ES), expected, "{text}");
        }
    }

    #[test]
    fn english_numbers_add_up() {
        let cases = [
            ("thirty-five", "35"),
            ("two hundred and five", "205"),
            ("twelve hundred", "1200"),
            ("two thousand five hundred", "2500"),
            ("one billion", "1000000000"),
            ("half a million", "500000"),
            ("two and a half million", "2500000"),
            ("hundred", "100"),
            ("three quarters", "0.75"),
            ("four-fifths", "0.8"),
            ("twenty-fifth", "25"),
        ];
        for (text, expected) in cases {
            assert_eq!(whole(text, Lang::EN), expected, "{text}");
        }
    }

    #[test]
    fn what_cannot_be_one_number_is_two() {
        assert_eq!(value("dos tres", Lang::ES), Some(("2".into(), 1)));
        assert_eq!(value("nineteen five", Lang::EN), Some(("19".into(), 1)));
        assert_eq!(value("nineteen eighty-four", Lang::EN), Some(("1984".into(), 4)));
        assert_eq!(value("cinco y seis", Lang::ES), Some(("5".into(), 1)));
    }

    #[test]
    fn a_plural_scale_alone_is_no_number() {
        assert_eq!(value("millones de personas", Lang::ES), None);
        assert_eq!(value("thousands of people", Lang::EN), None);
    }

    #[test]
    fn an_ordinal_ends_the_number() {
        let lexicon = lexicon::of(&Lang::EN);
        let worded = read(&tokens("twenty-first century", lexicon, Style::of(&Lang::EN)), lexicon).expect("a number");
        assert_eq!((worded.value, worded.ordinal, worded.tokens), (Decimal::integer(21), true, 3));
    }
}
