//! The page's own words, from one catalogue in two languages. The page is written in English; its script puts it into Spanish.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::LazyLock;

use super::Message;
use super::escape::{Attr, Text};
use crate::text::Lang;

type Catalogue = BTreeMap<String, BTreeMap<String, String>>;

static CATALOGUE: LazyLock<Catalogue> =
    LazyLock::new(|| serde_json::from_str(include_str!("labels.json")).expect("the catalogue is checked by the tests"));

/// The English text of a key; the key itself if there is none.
pub(super) fn english(key: &str) -> &str {
    CATALOGUE["en"].get(key).map_or(key, String::as_str)
}

/// True when the catalogue has the key.
pub(super) fn is_known(key: &str) -> bool {
    CATALOGUE["en"].contains_key(key)
}

/// The catalogue for the script, safe inside `<script>`.
pub(super) fn json() -> String {
    serde_json::to_string(&*CATALOGUE).expect("strings only").replace('<', "\\u003c")
}

/// A label as an element that the script can translate.
pub(super) struct Label<'a>(pub(super) &'a str);

impl fmt::Display for Label<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if is_known(self.0) {
            write!(f, "<span data-t=\"{}\">{}</span>", Attr(self.0), Text(english(self.0)))
        } else {
            write!(f, "{}", Text(self.0))
        }
    }
}

/// A label with a number in it: `KEY.one` or `KEY.other`.
pub(super) struct Count<'a>(pub(super) &'a str, pub(super) u64);

impl fmt::Display for Count<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Count(key, n) = *self;
        let text = english(&format!("{key}.{}", if n == 1 { "one" } else { "other" })).replace("{n}", &grouped(n));
        write!(f, "<span data-t=\"{key}\" data-n=\"{n}\">{}</span>", Text(&text))
    }
}

/// Attributes (names with blanks between) that have a label as their value, with the blank before them.
pub(super) struct Labelled<'a>(pub(super) &'a str, pub(super) &'a str);

impl fmt::Display for Labelled<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Labelled(attributes, key) = *self;
        for attribute in attributes.split(' ') {
            write!(f, " {attribute}=\"{}\"", Attr(english(key)))?;
        }
        write!(f, " data-k=\"{key}\" data-a=\"{attributes}\"")
    }
}

impl fmt::Display for Message {
    /// The message as an element that the script can translate; user values, which stand in backticks, get each language's quotation marks.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (en, es) = (quoted(&self.en, '“', '”'), quoted(&self.es, '«', '»'));
        if self.es.is_empty() || self.es == self.en {
            return write!(f, "{}", Text(&en));
        }
        write!(f, "<span data-en=\"{}\" data-es=\"{}\">{}</span>", Attr(&en), Attr(&es), Text(&en))
    }
}

/// The text with `` `value` `` in quotation marks; a lonely backtick stays.
fn quoted(text: &str, open: char, close: char) -> String {
    let mut parts = text.split('`');
    let mut out = parts.next().unwrap_or_default().to_string();
    while let Some(value) = parts.next() {
        match parts.next() {
            Some(after) => out.extend([open.to_string().as_str(), value, close.to_string().as_str(), after]),
            None => out.extend(["`", value]),
        }
    }
    out
}

/// A whole number that the script can write the Spanish way.
pub(super) struct Number(pub(super) u64);

impl fmt::Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "<span data-i=\"{}\">{}</span>", self.0, grouped(self.0))
    }
}

/// The name of a language, its region after it; its code if it has no name here.
pub(super) struct LangName(pub(super) Lang);

impl fmt::Display for LangName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (key, code) = (format!("lang.{}", self.0.primary()), self.0.as_str());
        if !is_known(&key) {
            return f.write_str(code);
        }
        write!(f, "{}", Label(&key))?;
        code.split_once('-').map_or(Ok(()), |(_, rest)| write!(f, " ({rest})"))
    }
}

/// Groups of three digits with commas, as in English.
fn grouped(n: u64) -> String {
    let digits = n.to_string();
    let mut out = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Medium, QuoteType, State, TranslatorKind};
    use crate::model::{RenderingKind, provenance};

    #[test]
    fn both_languages_have_the_same_keys_and_places() {
        let places = |text: &str| (text.matches("{n}").count(), text.matches("{m}").count());
        let (en, es) = (&CATALOGUE["en"], &CATALOGUE["es"]);
        assert_eq!(en.keys().collect::<Vec<_>>(), es.keys().collect::<Vec<_>>());
        for (key, text) in en {
            assert_eq!(places(text), places(&es[key]), "{key}");
            assert!(!text.is_empty() && !es[key].is_empty(), "{key}");
        }
    }

    #[test]
    fn every_name_of_the_model_has_a_label() {
        let kinds = RenderingKind::ALL.iter().map(|v| format!("kind.{v}"));
        let quotes = QuoteType::ALL.iter().map(|v| format!("quote.{v}"));
        let media = provenance::Medium::ALL.iter().map(|v: &Medium| format!("medium.{v}"));
        let translators = TranslatorKind::ALL.iter().map(|v| format!("translator.{v}"));
        let states = State::ALL.iter().filter(|v| **v != State::Unreviewed).map(ToString::to_string);
        for key in kinds.chain(quotes).chain(media).chain(translators).chain(states) {
            assert!(is_known(&key), "{key}");
        }
    }

    #[test]
    fn every_key_used_in_the_script_is_in_the_catalogue() {
        let script = include_str!("report.js");
        for key in script.split("say('").skip(1).filter_map(|rest| rest.split('\'').next()) {
            assert!(is_known(key), "{key}");
        }
    }

    #[test]
    fn counts_have_their_plural_and_their_groups() {
        assert!(Count("count.units", 1).to_string().ends_with(">1 unit</span>"));
        assert!(Count("count.units", 12345).to_string().ends_with(">12,345 units</span>"));
    }

    #[test]
    fn user_values_get_the_quotation_marks_of_the_language() {
        let message = Message::new("`5` is missing", "falta `5`").to_string();
        assert_eq!(message, "<span data-en=\"“5” is missing\" data-es=\"falta «5»\">“5” is missing</span>");
        assert_eq!(quoted("a `b", '“', '”'), "a `b");
    }

    #[test]
    fn a_language_without_a_name_is_shown_by_its_code() {
        assert_eq!(LangName("qu".parse().expect("a code")).to_string(), "qu");
        assert!(LangName("es-CO".parse().expect("a code")).to_string().ends_with("Spanish</span> (CO)"));
    }
}
