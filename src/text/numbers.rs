//! Numbers in running text as typed values: `1.234,5`, `5 millones`, `21st`, `siglo XXI`, `3:30 p. m.`, `artículo 7.4`, `treinta y cinco`.
//! A pure parser and the comparison of two texts' numbers; what to tell a reviewer about them is a check's business.
//!
//! ```
//! use bitexto::text::{Lang, numbers::{Style, parse, unanswered}};
//! let source = parse("Pagó 1.500 millones por el 12,5 %", &Lang::ES, Style::of(&Lang::ES));
//! let target = parse("He paid 1.5 billion for 12 percent", &Lang::EN, Style::of(&Lang::EN));
//! let left = unanswered(&source, &target);
//! assert_eq!(source[left.source[0]].written, "12,5 %");
//! assert_eq!(target[left.target[0]].written, "12 percent");
//! ```

mod amount;
mod clock;
mod compare;
mod currency;
mod date;
mod decimal;
mod english;
mod form;
mod grammar;
mod lexicon;
mod roman;
mod scale;
mod spanish;
mod style;
mod token;
mod units;
mod words;

use std::ops::Range;

pub use compare::{Unanswered, unanswered};
pub use currency::{Currency, currencies_apart};
pub use decimal::Decimal;
use lexicon::Group;
pub use scale::Slip;
pub use style::{Style, StyleVotes};
pub use units::{Dimension, Unit};

use crate::text::Lang;

/// A number found in a text.
#[derive(Debug, Clone, PartialEq)]
pub struct Quantity<'a> {
    /// Its bytes in the text: the number with its scale and percent sign, without its unit.
    pub span: Range<usize>,
    /// The text of the span.
    pub written: &'a str,
    /// What it counts as.
    pub kind: Kind,
    /// What it is worth.
    pub value: Value,
    /// How it is written.
    pub notation: Notation,
    /// True after `casi`, `about`, `more than` and their like.
    pub approximate: bool,
    /// The unit of measure after it, if it is one that translators convert.
    pub unit: Option<Unit>,
    /// The currency before or after it.
    pub currency: Option<Currency>,
    /// The whole name that the digits stand in (`GFAJ-1`), for [`Notation::Name`]; else empty.
    pub name: &'a str,
}

/// What a number counts as.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Kind {
    /// How many or how much.
    Cardinal,
    /// An order of magnitude without a count: `millones`, `decenas de miles`, `hundreds`.
    Magnitude,
    /// `12 %`, `12 por ciento`.
    Percent,
    /// `1.º`, `21st`, `tercero`, `siglo XXI`.
    Ordinal,
    /// Four plain digits from 1000 to 2100, or a decade.
    Year,
    /// A time of day, or a duration written like one.
    Time,
    /// Day or month of a numeric date, or the name of a month.
    DatePart,
    /// An identifier: article 7.4, version 3.10.2, law 1.333. Compared as text.
    Reference,
}

/// What a number is worth.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Value {
    /// One value.
    Number(Decimal),
    /// The likely value and the other one of an ambiguous form: `1.234`, `5m`.
    Either(Decimal, Decimal),
    /// Seconds since midnight; `any_half` when nothing says which half of the day.
    Time {
        /// 0 to 86 399.
        seconds: u32,
        /// True for `3:30` without more, which may be 15:30.
        any_half: bool,
    },
    /// An identifier: its runs of letters and digits in lower case, with one point between them.
    Text(String),
}

impl Value {
    /// The readings as numbers, the likely one first; none for times and identifiers.
    pub fn readings(&self) -> impl Iterator<Item = Decimal> {
        let (likely, other) = match self {
            Value::Number(value) => (Some(*value), None),
            Value::Either(likely, other) => (Some(*likely), Some(*other)),
            Value::Time { .. } | Value::Text(_) => (None, None),
        };
        likely.into_iter().chain(other)
    }
}

/// How a number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Notation {
    /// In digits, perhaps with a scale word.
    Digits,
    /// In words that count: `cinco`, `two hundred`.
    Words,
    /// In a word that has a number in it, a part, or words in a name: `década`, `octogenarian`, `tercio`, `Tres Islas`.
    Implied,
    /// In roman numerals.
    Roman,
    /// In digits within a name or an idiom: `G7`, `COVID-19`, `5G`, `9/11`.
    Name,
    /// In digits before the first word: the `12.` of a numbered paragraph.
    Label,
}

impl Quantity<'_> {
    /// True for a number whose absence on the other side says nothing: roman numerals, names, labels, ordinals in words, orders of
    /// magnitude, and what is below three in words, for `una`, `the other` and `both` render one and two in too many ways to count.
    pub fn is_soft(&self) -> bool {
        match self.notation {
            Notation::Digits => false,
            Notation::Words => !self.counts(),
            Notation::Implied | Notation::Roman | Notation::Name | Notation::Label => true,
        }
    }

    /// Of numbers in words, those that a translation hardly ever leaves out. `Mil` is said for many.
    fn counts(&self) -> bool {
        let Value::Number(value) = self.value else { return self.kind == Kind::Time };
        let whole = value.as_integer().filter(|_| matches!(self.kind, Kind::Cardinal | Kind::Percent));
        whole.is_some_and(|whole| whole >= 3 && whole != 1000)
    }
}

/// The numbers of `text` in order; overlapping none. Digits inside addresses, handles and hashtags are left out.
///
/// Languages other than Spanish and English have no number words; their digits, percent signs and unit symbols are read all the same.
pub fn parse<'a>(text: &'a str, lang: &Lang, style: Style) -> Vec<Quantity<'a>> {
    grammar::Grammar::new(text, lexicon::of(lang), style).parse()
}

/// True if `text` has a digit; a pair of texts without any has no numbers to compare.
pub fn has_digit(text: &str) -> bool {
    // Not `any`: a processor looks at many bytes at once where it need not stop.
    text.bytes().fold(false, |found, b| found | b.is_ascii_digit())
}

/// A sum over the numbers in digits, in any order: the same for the same numbers in either style, `1.234,5` and `1,234.5`. It costs a fraction of [`parse`].
pub fn sum_of_digits(text: &str) -> u64 {
    let (mut sum, mut number) = (0_u64, 0_u64);
    for b in text.bytes().chain([b' ']) {
        match b {
            b'0'..=b'9' => number = number.wrapping_mul(31).wrapping_add(u64::from(b)),
            b'.' | b',' if number > 0 => number = number.wrapping_mul(31).wrapping_add(1),
            _ if number > 0 => {
                // A letter may be a scale: `100k`.
                let letter = u64::from(b.to_ascii_lowercase()) * u64::from(b.is_ascii_alphabetic());
                sum = sum.wrapping_add(number.wrapping_mul(257 + letter));
                number = 0;
            }
            _ => {}
        }
    }
    sum
}

/// True if `text` has a word that counts from three on, such as `cinco` or `million`. It costs a fraction of [`parse`].
pub fn has_numeral(text: &str, lang: &Lang) -> bool {
    lexicon::of(lang).has(Group::Numerals, text)
}

/// True if `text` has a word such as `mil`, `decenas`, `million`, `docenas` or `half`, that changes the value of the number before it: without one, a number in
/// words is not large, and one in digits is what its digits say. It costs a fraction of [`parse`].
pub fn has_scale(text: &str, lang: &Lang) -> bool {
    lexicon::of(lang).has(Group::Scales, text)
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// The numbers of `text` as kind and value: `percent 12.5`, `cardinal 1234|1.234`, `time 15:30`, `time 3:30?`; soft ones in brackets.
    pub(super) fn shown(text: &str, lang: Lang) -> Vec<String> {
        parse(text, &lang, Style::of(&lang)).iter().map(show).collect()
    }

    fn show(quantity: &Quantity<'_>) -> String {
        let value = match &quantity.value {
            Value::Number(value) => value.to_string(),
            Value::Either(likely, other) => format!("{likely}|{other}"),
            Value::Time { seconds, any_half } => {
                format!("{}:{:02}{}", seconds / 3600, seconds / 60 % 60, if *any_half { "?" } else { "" })
            }
            Value::Text(id) => id.clone(),
        };
        let shown = format!("{} {value}", format!("{:?}", quantity.kind).to_lowercase());
        if quantity.is_soft() { format!("({shown})") } else { shown }
    }

    #[test]
    fn languages_without_a_lexicon_still_have_digits() {
        assert_eq!(shown("环境支出增长12.5%,达到3,200公里", "zh".parse().expect("a code")), ["percent 12.5", "cardinal 3200"]);
        assert_eq!(shown("25 km en 2019", "fr".parse().expect("a code")), ["cardinal 25", "year 2019"]);
    }

    #[test]
    fn a_numeral_is_seen_without_parsing() {
        for text in ["Murieron cinco.", "veintidós", "Diecise\u{301}is", "mil", "unos (cien)"] {
            assert!(has_numeral(text, &Lang::ES), "{text}");
        }
        for text in ["una casa o dos", "el primero", "", "5", "¡…!"] {
            assert!(!has_numeral(text, &Lang::ES), "{text}");
        }
        assert!(has_numeral("a million", &Lang::EN) && !has_numeral("one of both", &Lang::EN));
    }

    #[test]
    fn a_scale_is_seen_without_parsing() {
        for text in ["Dos mil.", "decenas", "veinte billones", "Cientos (cien)"] {
            assert!(has_scale(text, &Lang::ES), "{text}");
        }
        assert!(!has_scale("familias similares, veinte, doscientos", &Lang::ES));
        assert!(has_scale("a hundred and two", &Lang::EN) && !has_scale("it still will, in ninety", &Lang::EN));
    }

    #[test]
    fn spans_are_the_text_they_were_read_from() {
        let text = "El año pasado (2019) pagó 1.500 millones, el 12,5 %";
        for quantity in parse(text, &Lang::ES, Style::of(&Lang::ES)) {
            assert_eq!(&text[quantity.span.clone()], quantity.written);
        }
    }
}
