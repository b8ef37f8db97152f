//! `hedge`: one side says that something is only reported, alleged or probable and the other states it. Plain verbs of saying ask for no counterpart.

use std::sync::LazyLock;

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::phrases::{Hit, Phrases, ascii_runs, folded_words};
use crate::quality::place::Places;
use crate::quality::quotes::quotes;
use crate::quality::{About, Check, Example, Pair, Reading};

/// The check.
pub static HEDGE: Check = Check {
    id: "hedge",
    version: 1,
    tier: 2,
    its: "omission",
    about: About { en: "An attribution or reservation has no counterpart", es: "Una atribución o reserva no tiene correspondencia" },
    docs: "
## What it does
Looks for words of hearsay and reservation (`presunto`, `supuestamente`, `al parecer`, `según`; *alleged*, *reportedly*, *apparently*, *according to*) on one
side when the other has nothing that could render them: no such word, no verb of saying, believing or seeming, no *may* or *could*, no conditional of rumour.
Inside a quotation it is reported in tier 1.

## Why
*The thief* is a verdict, *the alleged thief* is not.

## Example
`El presunto ladrón huyó.` rendered as *The thief fled.*
",
    run,
    fires: &[
        Example { source: "El presunto ladrón huyó ayer.", target: "The thief fled yesterday." },
        Example { source: "El ministro cobró sobornos.", target: "The minister allegedly took bribes." },
    ],
    silent: &[
        Example { source: "El presunto ladrón huyó ayer.", target: "The alleged thief fled yesterday." },
        Example { source: "Según la policía, el ladrón huyó.", target: "The thief fled, the police said." },
        Example { source: "El ministro habría cobrado sobornos.", target: "The minister reportedly took bribes." },
        Example { source: "Por supuesto, vino ayer.", target: "Of course, she came yesterday." },
    ],
};

const LIST: &str = include_str!("../data/hedges.tsv");

static PHRASES: LazyLock<Phrases<Class>> = LazyLock::new(|| Phrases::read(LIST, class));

/// What a phrase of the list does.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Class {
    /// A reservation: asks for a counterpart.
    Asks,
    /// Names a source: asks for a counterpart, too.
    Attributes,
    /// Could render either.
    Answers,
    /// Could render the naming of a source: `for the judge`, `under the law`.
    Frames,
}

fn class(name: &str) -> Option<Class> {
    Some(match name {
        "asks" => Class::Asks,
        "attributes" => Class::Attributes,
        "answers" => Class::Answers,
        "frames" => Class::Frames,
        _ => return None,
    })
}

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    if pair.source_lang.same_language(&pair.target_lang) {
        return;
    }
    if let Some(span) = lost(pair) {
        findings.push(Finding { source_spans: vec![span], ..finding("missing", pair.source, span) });
    } else if let Some(span) = lost(&pair.swapped()) {
        findings.push(Finding { target_spans: vec![span], ..finding("added", pair.target, span) });
    }
}

fn finding(what: &str, text: &str, [start, end]: [usize; 2]) -> Finding {
    let quoted = quotes(text).spans.iter().any(|quote| quote[0] <= start && end <= quote[1]);
    let tier = if quoted { 1 } else { HEDGE.tier };
    Finding { tier, args: args([("text", text[start..end].to_string())]), ..HEDGE.finding(what) }
}

/// The bytes of the first phrase of the source that asks for a counterpart which the target lacks.
fn lost(pair: &Pair<'_>) -> Option<[usize; 2]> {
    if !may_hedge(pair.source) || !PHRASES.knows(&pair.target_lang) {
        return None;
    }
    let words = folded_words(pair.source);
    let asking = PHRASES.find(&words, &pair.source_lang).into_iter().filter(|hit| matches!(hit.class, Class::Asks | Class::Attributes));
    let mut other = None;
    let mut unanswered = asking.filter(|hit| {
        let (there, answers) = other.get_or_insert_with(|| {
            let there = folded_words(pair.target);
            let answers = PHRASES.find(&there, &pair.target_lang);
            (there, answers)
        });
        if hit.class == Class::Attributes || answers.is_empty() {
            return answers.is_empty();
        }
        let places = Places::of(&words, there);
        !answers.iter().any(|answer| answer.class != Class::Frames && places.near(ends(hit), ends(answer), REACH))
    });
    unanswered.next().map(|hit| [words[hit.word].span[0], words[hit.word + hit.words - 1].span[1]])
}

fn ends(hit: &Hit<Class>) -> [usize; 2] {
    [hit.word, hit.word + hit.words - 1]
}

/// Words from the expected place to the answer of a reservation: with no limit, other clauses answer for one lost reservation in six.
/// An attribution moves from one end of a sentence to the other and has none.
const REACH: f64 = 10.0;

/// True if the text may have a phrase that asks: most texts have no word that begins like one.
fn may_hedge(text: &str) -> bool {
    ascii_runs(text).any(|run| {
        let mut start = [b' '; 4];
        start.iter_mut().zip(run).for_each(|(letter, byte)| *letter = byte.to_ascii_lowercase());
        BEGINNINGS.contains(&&start)
    })
}

/// The beginnings of the phrases that ask, or of their rarest words, sorted by nothing: a text has few words of four such letters.
const BEGINNINGS: &[&[u8; 4]] = &[
    b"pres", b"supu", b"pare", b"apar", b"vist", b"dizq", b"segu", b"seg ", b"dice", b"rumo", b"sosp", b"acas", b"quiz", b"vez ", b"posi",
    b"prob", b"alle", b"repo", b"supp", b"purp", b"oste", b"appa", b"acco", b"perh", b"poss",
];

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::Context;
    use crate::quality::phrases::malformed;
    use crate::text::Lang;

    fn tiers(source: &str, target: &str) -> Vec<u8> {
        let mut findings = Vec::new();
        let pair = Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN };
        run(&Reading::new(pair, &Context::default()), &mut findings);
        findings.into_iter().map(|finding| finding.tier).collect()
    }

    #[test]
    fn every_line_of_the_list_is_well_formed() {
        assert_eq!(malformed(LIST, class), [""; 0]);
    }

    #[test]
    fn every_phrase_that_asks_passes_the_quick_look() {
        for line in LIST.lines() {
            let columns: Vec<_> = line.split('\t').collect();
            assert!(!matches!(columns[1], "asks" | "attributes") || may_hedge(columns[2]), "{line}");
        }
        assert!(may_hedge("SEGÚN") && may_hedge("segu\u{301}n") && !may_hedge("la orden de la humanidad"));
    }

    #[test]
    fn inside_a_quotation_it_is_pressing() {
        assert_eq!(tiers("Dijo: «El presunto ladrón huyó».", "The thief fled."), [1]);
        assert_eq!(tiers("El presunto ladrón huyó.", "The thief fled."), [2]);
    }

    #[test]
    fn anything_that_could_render_it_answers() {
        for target in ["The thief is said to flee.", "The police say the thief fled.", "The thief may have fled.", "The suspect fled."] {
            assert_eq!(tiers("Al parecer, el ladrón huyó.", target), [0; 0], "{target}");
        }
    }
}
