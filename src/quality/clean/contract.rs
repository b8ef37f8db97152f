//! What holds for every cleaning rule of the registry, and for all of them together.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::{Cleaning, Counts, Kind, RULES, Rule};
use crate::quality::Pair;
use crate::text::Lang;
use crate::text::normalize::nfc;

fn chain() -> Cleaning {
    Cleaning::of(["all", "mask-personal-data"]).expect("known")
}

fn cleaned(text: &str, lang: Lang) -> String {
    chain().clean(text, lang, &mut Counts::default()).into_owned()
}

#[test]
fn every_rule_says_all_about_itself() {
    for (n, Rule { id, version, about, docs, changes, leaves, .. }) in RULES.iter().enumerate() {
        assert!(id.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase())), "{id}");
        assert!(RULES[..n].iter().all(|earlier| earlier.id != *id) && *version >= 1, "{id}");
        assert!(!about.en.ends_with('.') && !about.es.ends_with('.') && about.en != about.es, "{id}");
        assert!(docs.contains("Left: ") && docs.contains("Elsewhere: "), "{id}");
        for lang in [Lang::ES, Lang::EN] {
            assert!(changes.iter().any(|change| change.lang == lang) && leaves.iter().any(|left| left.lang == lang), "{id}");
        }
    }
}

#[test]
fn examples_are_changed_as_they_say_and_the_others_are_left() {
    for rule in RULES {
        for change in rule.changes {
            assert_eq!(rule.apply(change.before, change.lang), change.after, "{}", rule.id);
        }
        for left in rule.leaves {
            assert!(matches!(rule.apply(left.text, left.lang), Cow::Borrowed(text) if text == left.text), "{}: {}", rule.id, left.text);
        }
    }
}

/// All examples, and texts made of pieces that rules look for.
fn texts() -> Vec<String> {
    let changes = RULES.iter().flat_map(|rule| rule.changes).flat_map(|change| [change.before, change.after]);
    let mut texts: Vec<String> = changes.chain(RULES.iter().flat_map(|rule| rule.leaves).map(|left| left.text)).map(String::from).collect();
    let mut state = 5_u64;
    let mut below = |n: usize| {
        // Knuth's MMIX generator: a failure repeats.
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (state >> 33) as usize % n
    };
    for _ in 0..5_000 {
        let mut text = String::new();
        for _ in 0..below(10) {
            text.push_str(PIECES[below(PIECES.len())]);
            text.push_str(["", " ", "", "\u{a0}", ""][below(5)]);
        }
        texts.push(text);
    }
    texts
}

const PIECES: &[&str] = &[
    "&amp;",
    "amp;",
    "&",
    "lt;",
    "&lt;",
    "b&gt;",
    "&#38;",
    "#39;",
    "&#x27;",
    "& quot ;",
    "<b>",
    "</p>",
    "<",
    ">",
    "<br/>",
    "<!--",
    "-->",
    "{\\an8}",
    "{\\",
    "}",
    "Ã",
    "³",
    "Â",
    "â",
    "€",
    "œ",
    "Ã³",
    "Ãƒ",
    "Â¿",
    "â€œ",
    "â€",
    "ðŸ",
    "˜€",
    "\u{92}",
    "\u{81}",
    "\u{ad}",
    "\u{ad}\n",
    "\u{301}",
    "n\u{303}",
    "\u{200b}",
    "\u{200d}",
    "\u{feff}",
    "\u{202e}",
    "א",
    "\0",
    "\t",
    "\n",
    "  ",
    "\u{2009}",
    "pobla-",
    "ción",
    "-",
    "--",
    "-\n",
    "―",
    "\u{2500}",
    "“",
    "”",
    "«",
    "»",
    "'",
    "''",
    "``",
    "`",
    "´",
    "’",
    "…",
    ". .",
    ".",
    ",",
    ":",
    "?",
    "¿",
    "¡",
    "(",
    ")",
    "[",
    "]",
    "ﬁ",
    "о",
    "Москва",
    "α",
    "a",
    "Sí",
    "B",
    "casa",
    "1",
    "12",
    "3.5",
    "+34 612 345 678",
    "a@b.es",
    "tel.",
    "4111 1111 1111 1111",
    "12345678Z",
    "%",
    "👩\u{200d}🌾",
    "\u{fffd}",
    "☺",
    "http://a.es/?a=1&b=2",
];

#[test]
fn a_rule_applied_twice_is_the_rule_applied_once() {
    for text in texts() {
        for rule in RULES {
            let once = rule.apply(&text, Lang::ES);
            assert!(matches!(rule.apply(&once, Lang::ES), Cow::Borrowed(_)), "{} {text:?} {once:?}", rule.id);
        }
    }
}

#[test]
fn a_cleaned_text_is_clean() {
    for text in texts() {
        let once = cleaned(&text, Lang::EN);
        assert_eq!(cleaned(&once, Lang::EN), once, "{text:?}");
        let pair = Pair { source: &text, target: "tel. 612345678 a@b.es", source_lang: Lang::ES, target_lang: Lang::EN };
        let [source, target] = chain().clean_pair(&pair, &mut Counts::default());
        let again = Pair { source: &source, target: &target, ..pair };
        assert_eq!(chain().clean_pair(&again, &mut Counts::default()), [source.clone(), target.clone()], "{text:?}");
    }
}

/// Rules that take out or put in characters that are letters or digits, because these never were the text's: references, tags, misread letters, masks.
const OF_OTHER_CHARACTERS: &[&str] = &["mojibake", "entities", "tags", "mask-personal-data"];

#[test]
fn digits_and_letters_stay_and_stay_in_order() {
    let digits = |text: &str| text.chars().filter(|c| c.is_numeric()).collect::<String>();
    // Without their marks: what stood between a letter and its accent may have gone.
    let letters = |text: &str| text.nfd().filter(|c| c.is_alphabetic()).collect::<String>();
    let lookalikes = ["ligatures", "homoglyphs"];
    for text in texts() {
        for rule in RULES.iter().filter(|rule| !OF_OTHER_CHARACTERS.contains(&rule.id)) {
            let made = rule.apply(&text, Lang::ES);
            assert_eq!(digits(&made), digits(&text), "{} {text:?}", rule.id);
            if !lookalikes.contains(&rule.id) {
                assert_eq!(letters(&made), letters(&text), "{} {text:?}", rule.id);
            }
        }
    }
}

#[test]
fn the_digits_of_a_reference_are_no_digits_of_the_text() {
    let entities = RULES.iter().find(|rule| rule.id == "entities").expect("a rule");
    for (text, made) in [("1&#39;2", "1'2"), ("&#49;2", "12"), ("&#x31;2&amp;3", "12&3"), ("1&nbsp;000", "1\u{a0}000")] {
        assert_eq!(entities.apply(text, Lang::ES), made);
    }
    let tags = RULES.iter().find(|rule| rule.id == "tags").expect("a rule");
    for (text, made) in [("1<b>2</b>", "1 2"), ("a<b>2</b>", "a2"), ("1<br>2", "1 2"), ("10<sup>6</sup>", "10<sup>6</sup>")] {
        assert_eq!(tags.apply(text, Lang::ES), made);
    }
}

#[test]
fn no_word_is_made_of_two_or_two_of_one() {
    // Joining is what these two are for; of the others, only tags and references may stand between words.
    let joining = ["line-hyphens", "soft-hyphens", "tags", "entities", "mojibake", "mask-personal-data", "controls"];
    let words = |text: &str| nfc(text).split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).count();
    for text in texts() {
        for rule in RULES.iter().filter(|rule| !joining.contains(&rule.id)) {
            assert_eq!(words(&rule.apply(&text, Lang::ES)), words(&text), "{} {text:?}", rule.id);
        }
    }
}

#[test]
fn long_texts_of_one_piece_are_cleaned_too() {
    let links = "http://a.es/12 ";
    for piece in ["<!-- ", "<b ", "&amp;", "&", "AA11 ", "{\\", "a- ", "Ã³", "'' ", ". ", links, "+1", "1 ", "\u{ad}", "a@b."] {
        let text = piece.repeat(30_000 / piece.len());
        let once = cleaned(&text, Lang::ES);
        assert_eq!(cleaned(&once, Lang::ES), once, "{piece}");
    }
}

#[test]
fn repairs_come_before_conventions_and_masks_last() {
    let order: Vec<u8> = RULES
        .iter()
        .map(|rule| match rule.kind {
            Kind::Repair => 0,
            Kind::Convention => 1,
            Kind::Mask => 2,
        })
        .collect();
    assert!(order.is_sorted());
}
