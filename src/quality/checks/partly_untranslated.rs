//! `partly-untranslated`: a stretch of one side is in the language of the other. A whole side in the wrong language is another check's business.

use rustc_hash::FxHashSet;

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::function_words::function_word;
use crate::quality::quotes::quotes;
use crate::quality::reading::Hints;
use crate::quality::{About, Check, Example, Reading};
use crate::text::words::words;

/// The check.
pub static PARTLY_UNTRANSLATED: Check = Check {
    id: "partly-untranslated",
    version: 1,
    tier: 2,
    its: "untranslated",
    about: About { en: "A stretch of one side is in the language of the other", es: "Un tramo de un lado está en el idioma del otro" },
    docs: "
## What it does
Looks for four words or more in the language of the other side, known by function words that only one of Spanish and English has and by words that stand
the same on both sides. Names, and quotations that are in the other language as a whole, do not count. It is reported in tier 1 when it is most of the side.

## Why
Half-finished translations and badly cut segments leave the rest of the source in the target.

## Example
`El comité condena the broadcasting of coarse language.`
",
    run,
    fires: &[
        Example {
            source: "El comité condena en todas sus decisiones the use of coarse language on the radio.",
            target: "In all of its decisions the committee condemns the use of coarse language on the radio.",
        },
        Example {
            source: "El alcalde dijo ayer que la plaza es de todos los vecinos.",
            target: "The mayor said yesterday that the square es de todos los vecinos.",
        },
    ],
    silent: &[
        Example { source: "Canta «All you need is love» en la ducha.", target: "He sings “All you need is love” in the shower." },
        Example { source: "Estudió en la Universidad de los Andes.", target: "She studied at the Universidad de los Andes." },
        Example { source: "El manual de the open group salió en mayo.", target: "The manual of the open group came out in May." },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let source_spanish = match (pair.source_lang.primary(), pair.target_lang.primary()) {
        ("es", "en") => true,
        ("en", "es") => false,
        _ => return,
    };
    let hints = pair.hints();
    let source = hints[0].has(Hints::FOREIGN).then(|| foreign(pair.source, source_spanish, pair.target)).flatten();
    let target = hints[1].has(Hints::FOREIGN).then(|| foreign(pair.target, !source_spanish, pair.source)).flatten();
    let finding = |what, text: &str, stretch: &Stretch| Finding {
        tier: if stretch.most { 1 } else { PARTLY_UNTRANSLATED.tier },
        args: args([("text", text[stretch.span[0]..stretch.span[1]].to_string())]),
        ..PARTLY_UNTRANSLATED.finding(what)
    };
    findings.extend(source.map(|found| Finding { source_spans: vec![found.span], ..finding("source", pair.source, &found) }));
    findings.extend(target.map(|found| Finding { target_spans: vec![found.span], ..finding("target", pair.target, &found) }));
}

/// A stretch in the other language.
struct Stretch {
    span: [usize; 2],
    /// True if it is more than half of the words.
    most: bool,
}

/// What a word weighs for the stretch being foreign.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    /// A function word of the other language.
    Foreign { joins_names: bool },
    /// A function word of the language of the side.
    Native,
    /// In lower case, and the same on the other side.
    Shared,
    /// In lower case.
    Plain,
    /// A name, a number, a letter in a formula.
    Name,
}

impl Kind {
    fn weight(self) -> i32 {
        match self {
            Kind::Foreign { .. } => 4,
            Kind::Shared => 2,
            Kind::Plain => -1,
            Kind::Name => 0,
            Kind::Native => -8,
        }
    }

    /// True for words that names do not have.
    fn is_prose(self) -> bool {
        matches!(self, Kind::Foreign { joins_names: false } | Kind::Shared | Kind::Plain)
    }
}

const FEWEST_WORDS: usize = 4;
const FEWEST_PROSE: usize = 3;
const LEAST_WEIGHT: i32 = 8;

/// The stretch of a Spanish, or else English, text that is in the other of the two languages.
fn foreign(text: &str, spanish: bool, other: &str) -> Option<Stretch> {
    let there: FxHashSet<&str> = words(other).map(|(_, word)| word).collect();
    let kinds: Vec<Kind> = words(text).map(|(_, word)| kind(word, spanish, &there)).collect();
    let (first, last) = heaviest(&kinds)?;
    let stretch = &kinds[first..=last];
    let prose = stretch.iter().filter(|kind| kind.is_prose()).count();
    if stretch.len() < FEWEST_WORDS || prose < FEWEST_PROSE || !stretch.iter().any(|kind| matches!(kind, Kind::Foreign { .. })) {
        return None;
    }
    let native = kinds.contains(&Kind::Native);
    if !native && 5 * stretch.len() >= 4 * kinds.len() {
        return None;
    }
    let start = words(text).nth(first)?.0;
    let end = words(text).nth(last).map(|(at, word)| at + word.len())?;
    (!is_quoted(text, [start, end], spanish)).then_some(Stretch { span: [start, end], most: 2 * stretch.len() > kinds.len() })
}

fn kind(word: &str, spanish: bool, there: &FxHashSet<&str>) -> Kind {
    match function_word(word) {
        Some(word) if word.spanish == spanish => Kind::Native,
        Some(word) => Kind::Foreign { joins_names: word.joins_names },
        _ if word.len() == 1 || !word.starts_with(char::is_lowercase) => Kind::Name,
        _ if there.contains(word) => Kind::Shared,
        _ => Kind::Plain,
    }
}

/// First and last word of the stretch of greatest weight, if that is enough (J. Kadane's scan).
fn heaviest(kinds: &[Kind]) -> Option<(usize, usize)> {
    let (mut best, mut found) = (LEAST_WEIGHT - 1, None);
    let (mut weight, mut start) = (0, 0);
    for (at, kind) in kinds.iter().enumerate() {
        if weight <= 0 {
            (weight, start) = (0, at);
        }
        weight += kind.weight();
        if weight > best {
            (best, found) = (weight, Some((start, at)));
        }
    }
    found
}

/// True if a quotation holds the span and has no function word of the language of the side: it is in the other language as a whole.
fn is_quoted(text: &str, span: [usize; 2], spanish: bool) -> bool {
    quotes(text)
        .spans
        .iter()
        .filter(|[start, end]| *start <= span[0] && span[1] <= *end)
        .any(|[start, end]| !words(&text[*start..*end]).any(|(_, word)| function_word(word).is_some_and(|word| word.spanish == spanish)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn stretch<'t>(spanish: &'t str, english: &str) -> Option<&'t str> {
        foreign(spanish, true, english).map(|found| &spanish[found.span[0]..found.span[1]])
    }

    #[test]
    fn the_stretch_is_told_from_what_surrounds_it() {
        let text = "Los animales que pueden herir kill people by force, do not usually qualify.";
        assert_eq!(
            stretch(text, "Animals which kill people by force, do not usually qualify."),
            Some("kill people by force, do not usually qualify")
        );
        assert_eq!(
            stretch("El perro que vino with my friends and their dogs", "x"),
            Some("with my friends and their"),
            "the other side may differ"
        );
    }

    #[test]
    fn names_formulas_and_foreign_quotations_are_left_alone() {
        assert_eq!(stretch("Leyó The Lord of the Rings en casa.", "He read The Lord of the Rings at home."), None);
        assert_eq!(stretch("Si x o y es a, b o c, es d.", "If x or y is a, b or c, it is d."), None);
        assert_eq!(stretch("Dijo «to be or not to be» otra vez.", "He said “to be or not to be” again."), None);
    }

    #[test]
    fn a_whole_side_in_the_other_language_is_no_stretch_of_it() {
        assert_eq!(stretch("This is all that we know about it.", "This is all that we know about it."), None);
    }
}
