//! `copied`: the text stands untranslated on both sides. Partly untranslated text is another check's business.

use unicode_normalization::char::{decompose_canonical, is_combining_mark};

use crate::model::Finding;
use crate::quality::{About, Check, Example, Reading};
use crate::text::langid::Evidence;
use crate::text::links::links;
use crate::text::words::words;

/// The check.
pub static COPIED: Check = Check {
    id: "copied",
    version: 1,
    tier: 1,
    its: "untranslated",
    about: About { en: "Both sides are the same text", es: "Los dos lados son el mismo texto" },
    docs: "
## What it does
Reports a pair whose sides have the same letters and digits, whatever their case, accents and punctuation.
Addresses, handles and numbers are not counted. What is left must be prose: two words if one is a function word of Spanish or English,
three words in lower case otherwise; names and titles are the same in both languages.

## Why
A copied source is the commonest defect of crawled and of half-finished translations, and harmful in training data.

## Example
`Se levantó la sesión.` on both sides.
",
    run,
    fires: &[
        Example { source: "El presidente habló en la plaza.", target: "El presidente habló en la plaza." },
        Example { source: "Obey the order of humanity!", target: "obey the order of humanity" },
    ],
    silent: &[
        Example { source: "Gabriel García Márquez", target: "Gabriel García Márquez" },
        Example { source: "Hotel Central", target: "Hotel Central" },
        Example { source: "https://example.org/una-nota @ana 2024", target: "https://example.org/una-nota @ana 2024" },
    ],
};

const FEWEST_WORDS: usize = 2;
const FEWEST_PLAIN_WORDS: usize = 3;

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    if pair.source_lang.same_language(&pair.target_lang) || !are_copies(pair.source, pair.target) {
        return;
    }
    if is_prose(pair.source) {
        findings.push(Finding {
            source_spans: vec![[0, pair.source.len()]],
            target_spans: vec![[0, pair.target.len()]],
            ..COPIED.finding("same")
        });
    }
}

/// True if both texts have the same letters and digits, whatever their case, accents and punctuation.
pub(super) fn are_copies(source: &str, target: &str) -> bool {
    letters(source).eq(letters(target))
}

/// Letters and digits in lower case without accents, one at a time: two texts that differ are told apart at their first letters.
fn letters(text: &str) -> impl Iterator<Item = char> {
    text.chars().filter(|c| c.is_alphanumeric() && !is_combining_mark(*c)).map(|c| {
        if c.is_ascii() {
            return c.to_ascii_lowercase();
        }
        let mut base = None;
        decompose_canonical(c, |part| {
            base.get_or_insert(part);
        });
        base.and_then(|base| base.to_lowercase().next()).unwrap_or(c)
    })
}

/// True if enough words are left that one would translate.
fn is_prose(text: &str) -> bool {
    let links = links(text);
    let outside = |at: &usize| !links.iter().any(|link| link.span.contains(at));
    let prose = words(text).filter(|(at, word)| outside(at) && !word.contains(|c: char| c.is_ascii_digit())).map(|(_, word)| word);
    let (mut all, mut plain, mut joined, mut functional) = (0, 0, false, false);
    for word in prose {
        all += 1;
        plain += usize::from(!could_be_name(word));
        joined |= joins_names(word);
        functional |= !joins_names(word) && Evidence::of(word) != Evidence::default();
    }
    plain >= FEWEST_PLAIN_WORDS || (all >= FEWEST_WORDS && (functional || (joined && plain > 0)))
}

fn could_be_name(word: &str) -> bool {
    joins_names(word) || word.chars().next().is_some_and(char::is_uppercase)
}

/// `Ricardo de la Espriella`, `University of the Andes`.
fn joins_names(word: &str) -> bool {
    matches!(word, "de" | "del" | "la" | "las" | "los" | "el" | "y" | "e" | "of" | "the" | "and" | "van" | "von" | "da" | "do")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::{Context, Pair};
    use crate::text::Lang;

    fn fires(source: &str, target: &str, target_lang: Lang) -> bool {
        let mut findings = Vec::new();
        run(&Reading::new(Pair { source, target, source_lang: Lang::ES, target_lang }, &Context::default()), &mut findings);
        !findings.is_empty()
    }

    #[test]
    fn case_accents_and_punctuation_do_not_make_a_translation() {
        assert!(fires("«¿Qué pasó en la plaza?»", "que paso en la plaza", Lang::EN));
        assert!(fires("la montan\u{303}a nevada", "la montaña nevada", Lang::EN));
        assert!(!fires("la plaza", "the plaza", Lang::EN));
    }

    #[test]
    fn names_and_cognates_are_the_same_in_both_languages() {
        for text in
            ["Winston Churchill, Ava Gardner, Frank Sinatra.", "Universidad de los Andes", "Distr. general", "Jet Set 1.1", "RT @ana: #paz"]
        {
            assert!(!fires(text, text, Lang::EN), "{text}");
        }
        assert!(fires("Breaking News From The Front", "Breaking News From The Front", Lang::EN), "a headline is no name");
    }

    #[test]
    fn two_texts_in_one_language_may_be_equal() {
        assert!(!fires("Obedezcan la orden.", "Obedezcan la orden.", "es-CO".parse().expect("a code")));
    }
}
