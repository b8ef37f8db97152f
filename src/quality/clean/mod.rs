//! The registry of cleaning rules: one file per rule, one static list. A rule undoes what a file did to a text, or brings marks to one
//! convention; it adds no word and takes none away. Nothing is cleaned unless somebody asks for it, and stored text stays as it came.

use std::sync::LazyLock;

use super::About;
use crate::semantics::Lexicon;
use crate::text::{Lang, fold};

mod cleaning;
#[cfg(test)]
mod contract;
mod controls;
mod dashes;
mod docs;
mod edits;
mod ellipses;
mod entities;
mod homoglyphs;
mod ligatures;
mod line_hyphens;
mod mojibake;
mod nfc;
mod personal_data;
mod quotes;
mod soft_hyphens;
mod spaces;
mod tags;

pub use cleaning::{Cleaning, Count, Counts, UnknownRule};
pub use docs::docs;
pub use edits::Edits;

/// Every rule, in the order in which they are applied: first what characters there are, then what they are for.
pub static RULES: [&Rule; 14] = [
    &mojibake::MOJIBAKE,
    &entities::ENTITIES,
    &tags::TAGS,
    &controls::CONTROLS,
    &soft_hyphens::SOFT_HYPHENS,
    &nfc::NFC,
    &ligatures::LIGATURES,
    &homoglyphs::HOMOGLYPHS,
    &line_hyphens::LINE_HYPHENS,
    &spaces::SPACES,
    &quotes::QUOTES,
    &dashes::DASHES,
    &ellipses::ELLIPSES,
    &personal_data::MASK_PERSONAL_DATA,
];

/// A change that can be made to any text.
#[derive(Debug)]
pub struct Rule {
    /// Its name: lower-case letters and hyphens, unique, never changed.
    pub id: &'static str,
    /// Raised when what it changes changes.
    pub version: u32,
    /// What it is for.
    pub kind: Kind,
    /// One line for lists.
    pub about: About,
    /// Markdown: what it changes, what it leaves, what other tools call it.
    pub docs: &'static str,
    /// Texts that it changes.
    pub changes: &'static [Change],
    /// Texts near to those that it leaves as they are.
    pub leaves: &'static [Left],
    /// Finds what is to be changed. It is called again on what it made until it finds no more.
    pub find: fn(&Side<'_>, &mut Edits),
}

/// What a rule is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Undoes what an encoding, a file format or a page did.
    Repair,
    /// Brings marks to one convention, of which there are several good ones.
    Convention,
    /// Puts a word such as `[EMAIL]` in place of what should not be known.
    Mask,
}

impl Kind {
    /// The names that stand for all rules of this kind.
    pub fn groups(self) -> &'static [&'static str] {
        match self {
            Kind::Repair => &["all", "repairs"],
            Kind::Convention => &["all"],
            Kind::Mask => &[],
        }
    }
}

/// One side of a pair, or a text alone.
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The text.
    pub text: &'a str,
    /// Its language.
    pub lang: Lang,
    /// The text of the other side; empty if there is none.
    pub other: &'a str,
}

/// An example of what a rule changes.
#[derive(Debug, Clone, Copy)]
pub struct Change {
    /// The language.
    pub lang: Lang,
    /// The text as it came.
    pub before: &'static str,
    /// As the rule leaves it.
    pub after: &'static str,
}

/// An example of what a rule leaves as it is.
#[derive(Debug, Clone, Copy)]
pub struct Left {
    /// The language.
    pub lang: Lang,
    /// The text.
    pub text: &'static str,
}

const fn es(before: &'static str, after: &'static str) -> Change {
    Change { lang: Lang::ES, before, after }
}

const fn en(before: &'static str, after: &'static str) -> Change {
    Change { lang: Lang::EN, before, after }
}

const fn left_es(text: &'static str) -> Left {
    Left { lang: Lang::ES, text }
}

const fn left_en(text: &'static str) -> Left {
    Left { lang: Lang::EN, text }
}

/// The text with the code of each character in place of it that cannot be seen, looks like a blank, or changes what is beside it: `12⟨00A0⟩%`.
pub fn visible(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for c in text.chars() {
        if is_invisible(c) {
            shown.push_str(&format!("⟨{:04X}⟩", u32::from(c)));
        } else {
            shown.push(c);
        }
    }
    shown
}

fn is_invisible(c: char) -> bool {
    let odd = matches!(c, '\u{ad}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}');
    odd || c.is_control() || c != ' ' && c.is_whitespace() || unicode_normalization::char::is_combining_mark(c)
}

/// How many bytes of a text are tags or references of characters.
pub(super) fn markup_bytes(text: &str) -> usize {
    tags::count(text) + entities::count(text)
}

static LEXICON: LazyLock<Lexicon> = LazyLock::new(Lexicon::shipped);

/// True if the shipped lexicon has the word, whatever its accents and capitals: what rules are sure by.
fn knows(lang: &Lang, word: &str) -> bool {
    LEXICON.knows(lang, &fold(word))
}

/// The characters before and after a place; a blank at the ends.
fn around(text: &str, start: usize, end: usize) -> (char, char) {
    (text[..start].chars().next_back().unwrap_or(' '), text[end..].chars().next().unwrap_or(' '))
}
