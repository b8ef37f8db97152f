//! What holds for every check of the registry.

use std::collections::BTreeSet;
use std::sync::{Arc, LazyLock};

use super::{CHECKS, Check, Context, Pair, Selection, TermList, check, glossary, message, messages, signature};
use crate::model::Finding;
use crate::text::Lang;

/// ITS 2.0, § 8.17.2, and what it calls other.
const ITS_TYPES: &[&str] = &[
    "addition",
    "characters",
    "duplication",
    "formatting",
    "grammar",
    "inconsistency",
    "inconsistent-entities",
    "internationalization",
    "legal",
    "length",
    "locale-specific-content",
    "locale-violation",
    "markup",
    "misspelling",
    "mistranslation",
    "non-conformance",
    "numbers",
    "omission",
    "other",
    "pattern-problem",
    "register",
    "style",
    "terminology",
    "typographical",
    "uncategorized",
    "untranslated",
    "whitespace",
];

/// The shipped lexicon, and a few terms.
static CONTEXT: LazyLock<Context> = LazyLock::new(|| {
    let terms = TermList::parse(glossary::EXAMPLE, Lang::ES, Lang::EN).expect("the example is a list of terms");
    Context { terms: Some(Arc::new(terms)), ..Context::shipped() }
});

fn findings(pair: &Pair<'_>) -> Vec<Finding> {
    check(pair, &CONTEXT, &Selection::all())
}

fn fired(pair: &Pair<'_>) -> Vec<String> {
    let ids: BTreeSet<_> = findings(pair).into_iter().map(|f| f.check).collect();
    ids.into_iter().collect()
}

#[test]
fn ids_are_unique_and_kebab_case() {
    let ids: BTreeSet<_> = CHECKS.iter().map(|check| check.id).collect();
    assert_eq!(ids.len(), CHECKS.len());
    for id in ids {
        assert!(id.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase())), "{id}");
    }
}

#[test]
fn every_check_says_all_about_itself() {
    for Check { id, version, tier, its, about, docs, fires, silent, .. } in CHECKS {
        assert!(*version >= 1 && (1..=3).contains(tier), "{id}");
        assert!(ITS_TYPES.contains(its), "{id}: {its}");
        for line in [about.en, about.es] {
            assert!(!line.is_empty() && !line.ends_with('.') && !line.contains('\n'), "{id}: {line}");
        }
        let headings: Vec<_> = docs.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, ["## What it does", "## Why", "## Example"], "{id}");
        assert!(fires.len() >= 2 && silent.len() >= 2, "{id}");
    }
}

#[test]
fn a_firing_example_fires_its_check_alone_in_both_orientations() {
    for check in CHECKS {
        for example in check.fires {
            assert_eq!(fired(&example.pair()), [check.id], "{example:?}");
            assert_eq!(fired(&example.pair().swapped()), [check.id], "{example:?} swapped");
        }
    }
}

#[test]
fn a_silent_example_fires_nothing_in_both_orientations() {
    for example in CHECKS.iter().flat_map(|check| check.silent) {
        assert_eq!(fired(&example.pair()), [""; 0], "{example:?}");
        assert_eq!(fired(&example.pair().swapped()), [""; 0], "{example:?} swapped");
    }
}

#[test]
fn every_finding_has_its_message_in_both_catalogues() {
    let keys = messages::placeholders(&Lang::EN);
    for example in CHECKS.iter().flat_map(|check| check.fires) {
        for finding in findings(&example.pair()).into_iter().chain(findings(&example.pair().swapped())) {
            let names = keys.get(finding.message.as_str()).unwrap_or_else(|| panic!("{} is in no catalogue", finding.message));
            assert!(names.iter().all(|name| finding.args.contains_key(*name)), "{finding:?}");
            assert_ne!(message(&finding, &Lang::EN), message(&finding, &Lang::ES));
        }
    }
}

#[test]
fn every_message_belongs_to_a_check() {
    for key in messages::placeholders(&Lang::ES).keys() {
        assert!(CHECKS.iter().any(|check| key.starts_with(&format!("check.{}.", check.id))), "{key}");
    }
}

#[test]
fn a_signature_names_every_check_with_its_version() {
    assert_eq!(signature(&Selection::all()).0.len(), CHECKS.len());
    assert_eq!(
        signature(&Selection::only(["number"]).expect("known")).to_string(),
        format!("number:{}", super::checks::number::NUMBER.version)
    );
}

/// Pieces that have broken parsers: marks of every kind, numbers at their limits, addresses cut short, decomposed accents, other scripts.
const NASTY: &[&str] = &[
    "",
    " ",
    "\u{a0}",
    "\u{200b}",
    "\u{301}",
    "an\u{303}o",
    "1",
    "0",
    "999999999999999999999999999999999999",
    "1.",
    ".5",
    "1.234",
    "1,2,3",
    "12/",
    "15:",
    "15:30",
    "25:99",
    "1e9",
    "5k",
    "5 M",
    "3½",
    "º",
    "1.º",
    "1.er",
    "'s",
    "80s",
    "%",
    "por",
    "por ciento",
    "mil",
    "millones",
    "mil millones de billones",
    "y",
    "medio",
    "a",
    "half a",
    "hundred",
    "twenty-",
    "XXI",
    "MMMM",
    "siglo",
    "art.",
    "art. n.º",
    "Ley",
    "7.4(",
    "a. m.",
    "p.",
    "de la tarde",
    "http://",
    "www.",
    "://",
    "@",
    "@a",
    "a@b.",
    "#",
    "#ñ",
    "«",
    "»",
    "“",
    "\"",
    "(",
    ")",
    "[",
    "—",
    "—x",
    "x—",
    "𝟙𝟚",
    "٣",
    "漢字",
    "🇪🇸",
    "\u{202e}",
    "\0",
    "\r\n",
    "-",
    "–",
    "$",
    "°",
    "° F",
    "km",
    "square",
    "{source}",
    "El",
    "the",
];

/// A fixed stream of numbers (Knuth's MMIX generator), so that a failure repeats.
struct Stream(u64);

impl Stream {
    fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) as usize % n
    }

    fn text(&mut self) -> String {
        let mut text = String::new();
        for _ in 0..self.below(9) {
            text.push_str(NASTY[self.below(NASTY.len())]);
            text.push_str(["", " ", "", "\u{202f}"][self.below(4)]);
        }
        text
    }
}

#[test]
fn nasty_text_is_survived_and_spans_lie_on_characters() {
    let mut stream = Stream(7);
    let langs: Vec<Lang> = ["es", "en", "es-MX", "fr", "zh"].iter().map(|code| code.parse().expect("a code")).collect();
    for _ in 0..20_000 {
        let (source, target) = (stream.text(), stream.text());
        let pair = Pair { source: &source, target: &target, source_lang: langs[stream.below(5)], target_lang: langs[stream.below(5)] };
        for finding in findings(&pair) {
            assert!(finding.source_spans.iter().all(|[start, end]| source.get(*start..*end).is_some()), "{pair:?} {finding:?}");
            assert!(finding.target_spans.iter().all(|[start, end]| target.get(*start..*end).is_some()), "{pair:?} {finding:?}");
            assert!(!message(&finding, &Lang::ES).starts_with("check."));
        }
    }
}

#[test]
fn a_text_has_no_findings_against_itself_in_the_same_language() {
    let mut stream = Stream(11);
    for _ in 0..5_000 {
        let text = stream.text();
        let pair = Pair { source: &text, target: &text, source_lang: Lang::ES, target_lang: Lang::ES };
        assert!(fired(&pair).iter().all(|id| id == "empty-side"), "{text:?} {:?}", findings(&pair));
    }
}
