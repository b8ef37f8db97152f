//! Which words of a bitext translate each other by the lexicon that was given.

use rustc_hash::FxHashMap;

use super::Side;
use super::translations::Translations;
use super::vocabulary::{Kind, Vocabulary};
use crate::semantics::{Lexicon, form};

/// So many translations of a word are looked at, the most probable first.
const MOST: usize = 6;

/// For every source type the target types that translate it, with their probabilities; nothing for other languages than the lexicon's.
pub(super) fn look_up(vocabulary: &Vocabulary, source: Side<'_>, target: Side<'_>, lexicon: Option<&Lexicon>) -> Translations {
    let mut found = vec![Vec::new(); vocabulary.len()];
    let Some(lexicon) = lexicon.filter(|lexicon| knows(lexicon, source, target)) else { return found };
    let Some(side) = lexicon.side(&source.lang) else { return found };
    let targets: FxHashMap<usize, u32> = words_of(vocabulary, 1, lexicon, 1 - side).map(|(v, word)| (word, v)).collect();
    for (u, word) in words_of(vocabulary, 0, lexicon, side) {
        let translations = lexicon.translations_at(side, word).take(MOST);
        found[u as usize].extend(translations.filter_map(|(word, probability)| Some((*targets.get(&word)?, probability))));
    }
    found
}

/// The types that occur on a side and that the lexicon has: each with its place there.
fn words_of(vocabulary: &Vocabulary, side: usize, lexicon: &Lexicon, lexicon_side: usize) -> impl Iterator<Item = (u32, usize)> {
    let is_word = move |&v: &usize| vocabulary.frequencies[v][side] > 0 && !matches!(vocabulary.kinds[v], Kind::Number | Kind::Mark);
    (0..vocabulary.len()).filter(is_word).filter_map(move |v| {
        let form = form(&vocabulary.forms[v])?;
        Some((v as u32, lexicon.find(lexicon_side, &form)?))
    })
}

fn knows(lexicon: &Lexicon, source: Side<'_>, target: Side<'_>) -> bool {
    let (a, b) = lexicon.languages();
    let is = |s: &crate::text::Lang, t: &crate::text::Lang| source.lang.same_language(s) && target.lang.same_language(t);
    is(&a, &b) || is(&b, &a)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::semantics::Glossary;
    use crate::text::Lang;

    #[test]
    fn words_of_the_lexicon_are_found_in_both_directions_and_in_no_other_language() {
        let glossary = Glossary::parse("perro\tdog\n").expect("one entry");
        let lexicon = Lexicon::empty(Lang::ES, Lang::EN).with_glossary(&glossary);
        let found = |source: (Lang, &str), target: (Lang, &str)| {
            let (s, t) = ([source.1], [target.1]);
            let sides = [(source.0, &s), (target.0, &t)];
            let [source, target] = sides.map(|(lang, segments)| Side { lang, segments, paragraphs: &[], vectors: None });
            let (vocabulary, _) = Vocabulary::read([(&source.lang, source.segments), (&target.lang, target.segments)]);
            look_up(&vocabulary, source, target, Some(&lexicon)).iter().map(Vec::len).sum::<usize>()
        };
        assert_eq!(found((Lang::ES, "Perro"), (Lang::EN, "the dog")), 1);
        assert_eq!(found((Lang::EN, "the dog"), (Lang::ES, "perro")), 1);
        assert_eq!(found((Lang::ES, "perro"), ("fr".parse().expect("a language"), "dog")), 0);
    }
}
