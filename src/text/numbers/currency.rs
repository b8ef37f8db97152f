//! Currencies beside amounts: `US$ 5`, `5 €`, `5 millones de euros`, `Bs. 5`, `N585 million`. Rates are not known here; only names are compared.

use super::token::{Token, What};
use super::{Kind, Quantity};

/// A currency as its ISO 4217 code, or `$`, `Bs`, `peso` and their like where the text does not say whose.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Currency(pub &'static str);

/// Symbols, codes and names in both languages, sorted. A name that several countries use is its own currency.
const NAMES: &[(&str, &str)] = &[
    ("$", "$"),
    ("Bs", "Bs"),
    ("CLP", "CLP"),
    ("COP", "COP"),
    ("EUR", "EUR"),
    ("Euro", "EUR"),
    ("GBP", "GBP"),
    ("MXN", "MXN"),
    ("Rs", "rupee"),
    ("USD", "USD"),
    ("bolivar", "Bs"),
    ("bolivares", "Bs"),
    ("bolivars", "Bs"),
    ("bolívar", "Bs"),
    ("bolívares", "Bs"),
    ("coronas", "crown"),
    ("crowns", "crown"),
    ("dolares", "$"),
    ("dollar", "$"),
    ("dollars", "$"),
    ("dólar", "$"),
    ("dólares", "$"),
    ("euro", "EUR"),
    ("euros", "EUR"),
    ("naira", "NGN"),
    ("nairas", "NGN"),
    ("peso", "peso"),
    ("pesos", "peso"),
    ("roubles", "rouble"),
    ("rubles", "rouble"),
    ("rublos", "rouble"),
    ("rupees", "rupee"),
    ("rupias", "rupee"),
    ("yen", "JPY"),
    ("yenes", "JPY"),
    ("yens", "JPY"),
    ("yuan", "CNY"),
    ("yuanes", "CNY"),
    ("£", "GBP"),
    ("¥", "¥"),
    ("₦", "NGN"),
    ("€", "EUR"),
    ("₹", "rupee"),
];

/// What the sign `$` may stand for: `$5` in Mexico is five pesos, and `R$ 5` five reais.
const DOLLARS: &[&str] = &["$", "USD", "CLP", "COP", "MXN", "peso"];
const YENS: &[&str] = &["¥", "JPY", "CNY"];

impl Currency {
    /// The currency a word or sign names.
    fn named(text: &str) -> Option<Currency> {
        NAMES.binary_search_by(|(name, _)| (*name).cmp(text)).ok().map(|n| Currency(NAMES[n].1))
    }

    /// False if no text can mean both.
    pub fn agrees(self, other: Currency) -> bool {
        let both = |group: &[&str]| group.contains(&self.0) && group.contains(&other.0);
        self == other || ((self.0 == "$" || other.0 == "$") && both(DOLLARS)) || both(YENS)
    }
}

/// The currency of the amount from token `at` to before `end`: a sign or code before it, or a sign, code or name after it.
pub(super) fn currency(tokens: &[Token<'_>], at: usize, end: usize) -> Option<Currency> {
    before(tokens, at).or_else(|| after(tokens, end))
}

/// `$5`, `US$ 5`, `EUR 5`, `Bs. 5`; the names in lower case only follow: `en dólares 5` is no amount.
fn before(tokens: &[Token<'_>], at: usize) -> Option<Currency> {
    // `Bs. 5` and `Bs.S 5`.
    let at = if at > 2 && tokens[at - 1].text == "S" { at - 1 } else { at };
    let point = usize::from(at > 1 && tokens[at - 1].is_mark('.') && tokens[at - 2].text == "Bs");
    let token = tokens.get(at.checked_sub(1 + point)?)?;
    let name = matches!(token.what, What::Word(_)) && token.text.starts_with(char::is_lowercase);
    if name { None } else { Currency::named(token.text) }
}

/// `5 €`, `5 euros`, `5 millones de euros`, `5-dollar`.
fn after(tokens: &[Token<'_>], end: usize) -> Option<Currency> {
    let joint = tokens.get(end).is_some_and(|token| matches!(token.text, "de" | "of") || (token.glued && token.is_mark('-')));
    let at = end + usize::from(joint);
    // Pounds alone are as often a weight.
    if tokens.get(at + 1).is_some_and(|token| matches!(token.text, "esterlinas" | "sterling")) {
        return Some(Currency("GBP"));
    }
    Currency::named(tokens.get(at)?.text)
}

/// The amounts that stand on both sides in currencies that do not agree: `5 millones de euros` and `$5 million`.
///
/// An amount with a counterpart in an agreeing currency, or without a currency, is left alone.
pub fn currencies_apart(source: &[Quantity<'_>], target: &[Quantity<'_>]) -> Vec<(usize, usize)> {
    let money = |of: &Quantity<'_>| of.currency.is_some() && matches!(of.kind, Kind::Cardinal | Kind::Year);
    if !source.iter().any(money) || !target.iter().any(money) {
        return Vec::new();
    }
    let apart = |(s, amount): (usize, &Quantity<'_>)| {
        let currency = amount.currency?;
        let same = || target.iter().enumerate().filter(|(_, other)| equal(amount, other));
        let unsure = same().any(|(_, other)| other.currency.is_none_or(|other| currency.agrees(other)));
        same().next().filter(|_| !unsure).map(|(t, _)| (s, t))
    };
    source.iter().enumerate().filter_map(apart).collect()
}

fn equal(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let likely = |of: &Quantity<'_>| of.value.readings().next();
    likely(a).is_some() && likely(a) == likely(b)
}

#[cfg(test)]
mod tests {
    use super::super::{Style, parse};
    use super::*;
    use crate::text::Lang;

    fn of(text: &str, lang: Lang) -> Option<&'static str> {
        parse(text, &lang, Style::of(&lang)).first().and_then(|quantity| quantity.currency).map(|currency| currency.0)
    }

    #[test]
    fn the_names_are_sorted() {
        assert!(NAMES.windows(2).all(|two| two[0].0 < two[1].0));
    }

    #[test]
    fn a_currency_stands_before_or_after_its_amount() {
        let spanish =
            [("$5", "$"), ("US$ 5", "$"), ("5 €", "EUR"), ("5 millones de euros", "EUR"), ("Bs. 5", "Bs"), ("5 mil pesos", "peso")];
        for (text, code) in spanish {
            assert_eq!(of(text, Lang::ES), Some(code), "{text}");
        }
        for (text, code) in
            [("£5bn", "GBP"), ("EUR 5", "EUR"), ("a 5-dollar bill", "$"), ("five million euros", "EUR"), ("N585 million", "NGN")]
        {
            assert_eq!(of(text, Lang::EN), Some(code), "{text}");
        }
        assert_eq!(of("5 perros", Lang::ES), None);
    }

    fn apart(source: &str, target: &str) -> usize {
        let (source, target) = (parse(source, &Lang::ES, Style::of(&Lang::ES)), parse(target, &Lang::EN, Style::of(&Lang::EN)));
        currencies_apart(&source, &target).len()
    }

    #[test]
    fn currencies_are_apart_only_when_both_sides_say_so() {
        assert_eq!(apart("5 millones de euros", "$5 million"), 1);
        assert_eq!(apart("cinco libras y 5 euros", "€5"), 0);
        assert_eq!(apart("5 millones", "$5 million"), 0);
        assert_eq!(apart("5 pesos", "$5"), 0);
        assert_eq!(apart("5 dólares", "US$5"), 0);
    }
}
