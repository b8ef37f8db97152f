//! Which words of two segments translate each other, from a lexicon, spelling, equal numbers and marks, and word order.
//! Tokens come in; splitting text into them is done elsewhere, and nothing is learned here (see [`train`](crate::train)).

use std::fmt;
use std::str::FromStr;

use super::hmm::{self, Emissions, Jumps};
use super::lexicon::{Lexicon, form};
use super::spelling::likeness;
use crate::text::{Lang, fold};

/// Which words of two segments correspond: places in the source and in the target, from 0, in rising order, each once.
///
/// Written and read as `0-0 1-2` (Pharaoh).
///
/// ```
/// use bitexto::semantics::links::WordAlignment;
/// let alignment: WordAlignment = "1-2 0-0".parse().unwrap();
/// assert_eq!(alignment.to_string(), "0-0 1-2");
/// ```
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct WordAlignment {
    /// The links.
    pub links: Vec<(usize, usize)>,
}

impl fmt::Display for WordAlignment {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (source, target)) in self.links.iter().enumerate() {
            let blank = if n > 0 { " " } else { "" };
            write!(f, "{blank}{source}-{target}")?;
        }
        Ok(())
    }
}

impl FromStr for WordAlignment {
    type Err = String;

    fn from_str(text: &str) -> Result<WordAlignment, String> {
        let link = |text: &str| {
            let (source, target) = text.split_once('-')?;
            Some((source.parse().ok()?, target.parse().ok()?))
        };
        let links = text.split_whitespace().map(|text| link(text).ok_or_else(|| format!("`{text}` is no link such as `0-2`")));
        let mut links = links.collect::<Result<Vec<_>, _>>()?;
        links.sort_unstable();
        links.dedup();
        Ok(WordAlignment { links })
    }
}

/// Links words with what it knows.
#[derive(Debug, Clone)]
pub struct Linker<'a> {
    /// The table.
    pub lexicon: &'a Lexicon,
    /// The languages: source, target.
    pub langs: (Lang, Lang),
    /// Word order: of the target seen from the source, and the other way round.
    pub jumps: [Jumps; 2],
}

/// Longer segments get no links: time and memory grow with the product of the lengths.
pub const MOST_TOKENS: usize = 2000;

/// How probable it is that a word has no counterpart, and each of those words.
const UNMATCHED: f64 = 0.1;
const UNMATCHED_WORD: f64 = 1e-4;

/// Two words are linked from this probability on: the geometric mean of both directions'. Higher is surer and finds less.
const LINKED: f64 = 0.2;

/// The probability of a translation that nothing speaks for: of two words, two numbers or two marks, and of unlike tokens.
const UNHEARD_OF: f64 = 1e-4;
const UNLIKE: f64 = 1e-6;

impl<'a> Linker<'a> {
    /// A linker that knows the usual word order.
    pub fn new(lexicon: &'a Lexicon, langs: (Lang, Lang)) -> Linker<'a> {
        Linker { lexicon, langs, jumps: [Jumps::default(); 2] }
    }

    /// The links of two token lists; none if one of them has more than [`MOST_TOKENS`].
    ///
    /// ```
    /// use bitexto::semantics::{Lexicon, links::Linker};
    /// use bitexto::text::Lang;
    /// let lexicon = Lexicon::shipped();
    /// let linker = Linker::new(&lexicon, (Lang::ES, Lang::EN));
    /// let links = linker.links(&["La", "casa", "blanca", "."], &["The", "white", "house", "."]);
    /// assert_eq!(links.to_string(), "0-0 1-2 2-1 3-3");
    /// ```
    pub fn links(&self, source: &[&str], target: &[&str]) -> WordAlignment {
        if source.len().max(target.len()) > MOST_TOKENS {
            return WordAlignment::default();
        }
        let evidence = Evidence::new(self.lexicon, self.langs);
        let sides = [(0, source), (1, target)].map(|(n, tokens)| tokens.iter().map(|token| evidence.token(n, token)).collect::<Vec<_>>());
        let [forward, backward] = [0, 1].map(|n| evidence.posteriors(n, &sides, &self.jumps[n]));
        let both = |s: usize, t: usize| (forward[t * source.len() + s] * backward[s * target.len() + t]).sqrt();
        let all = (0..source.len()).flat_map(|s| (0..target.len()).map(move |t| (s, t)));
        WordAlignment { links: all.filter(|(s, t)| both(*s, *t) >= LINKED).collect() }
    }
}

/// What speaks for two tokens translating each other, word order aside.
pub(crate) struct Evidence<'a> {
    lexicon: &'a Lexicon,
    /// Which side of the lexicon the source and the target are.
    sides: [Option<usize>; 2],
}

/// A token as it is compared.
pub(crate) struct Token {
    form: String,
    kind: Kind,
    /// Its place in the lexicon.
    place: Option<usize>,
}

impl Token {
    /// True for one that the lexicon has.
    pub(crate) fn is_known(&self) -> bool {
        self.place.is_some()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Word,
    Number,
    Mark,
}

/// A token as a table learned from tokens has it: the form of a word, a number as it is, one mark for all its like.
pub fn comparable(token: &str) -> String {
    compared(token).0
}

fn compared(token: &str) -> (String, Kind) {
    match form(token) {
        Some(form) => (form.into_owned(), Kind::Word),
        None if token.contains(char::is_numeric) => (fold(token).into_owned(), Kind::Number),
        None => (mark(token).to_string(), Kind::Mark),
    }
}

impl<'a> Evidence<'a> {
    /// The evidence of a table for these languages: source, target.
    pub(crate) fn new(lexicon: &'a Lexicon, langs: (Lang, Lang)) -> Evidence<'a> {
        Evidence { lexicon, sides: [lexicon.side(&langs.0), lexicon.side(&langs.1)] }
    }

    /// A token of side `n`, 0 for the source.
    pub(crate) fn token(&self, n: usize, token: &str) -> Token {
        let (form, kind) = compared(token);
        let place = self.sides[n].and_then(|side| self.lexicon.find(side, &form));
        Token { form, kind, place }
    }

    /// The probability in (0, 1] that word `a` of side `n` is translated by word `b` of the other side.
    pub(crate) fn probability(&self, n: usize, a: &Token, b: &Token) -> f64 {
        let least = if a.kind == b.kind { UNHEARD_OF } else { UNLIKE };
        let known = match (self.sides[n], a.place, b.place) {
            (Some(side), Some(a), Some(b)) => f64::from(self.lexicon.probability_at(side, a, b)),
            _ => 0.0,
        };
        known.max(by_looks(a, b)).max(least)
    }

    /// The probability of each link, seen from side `n`: a row for each word of the other side.
    fn posteriors(&self, n: usize, sides: &[Vec<Token>; 2], jumps: &Jumps) -> Vec<f64> {
        let (emitting, observed) = (&sides[n], &sides[1 - n]);
        let links: Vec<f64> = observed.iter().flat_map(|b| emitting.iter().map(move |a| self.probability(n, a, b))).collect();
        let null = vec![UNMATCHED_WORD; observed.len()];
        hmm::posteriors(&Emissions { states: emitting.len(), links: &links, null: &null, unmatched: UNMATCHED }, jumps).links
    }
}

/// The probability that two tokens translate each other, by their looks alone.
fn by_looks(a: &Token, b: &Token) -> f64 {
    /// From this likeness on, words may be cognates.
    const ALIKE: f64 = 0.6;
    let certain = |equal: bool| if equal { 0.9 } else { 0.0 };
    match (a.kind, b.kind) {
        (Kind::Word, Kind::Word) => {
            let above = (likeness(&a.form, &b.form) - ALIKE) / (1.0 - ALIKE);
            if above >= 0.0 { 0.05 + 0.6 * above } else { 0.0 }
        }
        (Kind::Number, Kind::Number) => certain(digits(&a.form).eq(digits(&b.form))),
        (Kind::Mark, Kind::Mark) => certain(a.form == b.form),
        _ => 0.0,
    }
}

/// A number without its separators: `1.234,5` and `1,234.5` are alike.
fn digits(number: &str) -> impl Iterator<Item = char> {
    number.chars().filter(|c| c.is_alphanumeric())
}

fn mark(token: &str) -> &str {
    match token {
        "«" | "»" | "“" | "”" | "„" | "''" | "``" | "‘" | "’" | "'" | "`" => "\"",
        "—" | "–" | "--" | "―" => "-",
        "..." => "…",
        _ => token,
    }
}

#[cfg(test)]
mod tests {
    use super::super::Entries;
    use super::*;

    fn links(lexicon: &Lexicon, source: &str, target: &str) -> String {
        let tokens = |text: &'static str| text.split_whitespace().collect::<Vec<_>>();
        let (source, target) = (source.to_string().leak(), target.to_string().leak());
        Linker::new(lexicon, (Lang::ES, Lang::EN)).links(&tokens(source), &tokens(target)).to_string()
    }

    fn small() -> Lexicon {
        let mut entries = Entries::new(Lang::ES, Lang::EN);
        for (source, target) in [("la", "the"), ("casa", "house"), ("blanca", "white"), ("de", "of")] {
            entries.add(source, target, [0.7, 0.7]);
        }
        entries.lexicon()
    }

    #[test]
    fn words_are_linked_across_other_orders() {
        assert_eq!(links(&small(), "la casa blanca", "the white house"), "0-0 1-2 2-1");
    }

    #[test]
    fn of_two_equal_words_the_one_in_its_place_is_taken() {
        assert_eq!(links(&small(), "la casa de la casa", "the house of the house"), "0-0 1-1 2-2 3-3 4-4");
    }

    #[test]
    fn numbers_names_cognates_and_marks_need_no_lexicon() {
        let none = Lexicon::empty(Lang::ES, Lang::EN);
        assert_eq!(links(&none, "« 1.234,5 en Medellín »", "“ 1,234.5 in Medellin ”"), "0-0 1-1 2-2 3-3 4-4");
        assert_eq!(links(&none, "constitución moderna", "modern constitution"), "0-1 1-0");
    }

    #[test]
    fn the_direction_of_the_lexicon_does_not_matter() {
        let lexicon = small();
        let linker = Linker::new(&lexicon, (Lang::EN, Lang::ES));
        assert_eq!(linker.links(&["white", "house"], &["casa", "blanca"]).to_string(), "0-1 1-0");
    }

    #[test]
    fn a_side_without_words_or_with_too_many_has_no_links() {
        assert_eq!(links(&small(), "", "the house"), "");
        let many = vec!["casa"; MOST_TOKENS + 1];
        assert_eq!(Linker::new(&small(), (Lang::ES, Lang::EN)).links(&many, &["house"]), WordAlignment::default());
    }

    #[test]
    fn what_is_no_link_is_refused() {
        assert_eq!("0-0 1:2".parse::<WordAlignment>(), Err("`1:2` is no link such as `0-2`".to_string()));
    }
}
