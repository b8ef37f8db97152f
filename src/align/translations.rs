//! Which words may translate each other, and what it is worth to find both in one bead. Where that is known from does not matter here:
//! [`cognates`](super::cognates) and the [`lexicon`](super::lexicon) of the bitext make such tables.

use super::vocabulary::{KINDS, Tokens, Vocabulary};

/// For every source type its possible translations: a target type and a number (a probability, or a gain in log-odds).
pub(super) type Translations = Vec<Vec<(u32, f32)>>;

/// How many more segments, without the word in question, a bitext is taken to have: a word that occurs once in three segments does not
/// occur in a third of all segments. Without effect on long bitexts.
const MORE_SEGMENTS: f64 = 20.0;

/// What finding a word and its translation in one bead is worth, from the probability that an occurrence of the word is translated so.
///
/// The log-odds of that probability against chance, `ln(1 + q·rarity)` with the rarity of both words, times a scale that depends on the
/// source type and the table; and what both words would have cost `alone`, by kind. Words in few segments are strong evidence.
pub(super) fn gains(
    vocabulary: &Vocabulary,
    tokens: &[Tokens; 2],
    tables: &[(&Translations, Option<f64>)],
    scale: impl Fn(usize, Option<f64>) -> f64,
    alone: &[f64; KINDS],
) -> Translations {
    let rarity = |n: usize, side: usize| (tokens[side].len() as f64 + MORE_SEGMENTS) / (f64::from(vocabulary.frequencies[n][side]) + 0.5);
    let gain = |u: usize, v: usize, q: f32, of_table: Option<f64>| {
        let odds = (f64::from(q) * (rarity(u, 0) * rarity(v, 1)).sqrt()).ln_1p();
        let spared = alone[vocabulary.kinds[u] as usize] + alone[vocabulary.kinds[v] as usize];
        (scale(u, of_table) * odds + spared) as f32
    };
    let row = |u: usize| {
        let all = tables.iter().flat_map(|(table, scale)| table[u].iter().map(|&(v, q)| (v, gain(u, v as usize, q, *scale))));
        all.collect()
    };
    (0..vocabulary.len()).map(row).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_rare_word_is_worth_more_than_a_frequent_one() {
        let sides: [&[&str]; 2] = [&["bogota hotel", "hotel", "hotel"], &["bogota hotel", "hotel", "hotel"]];
        let (vocabulary, tokens) = Vocabulary::read([(&Lang::ES, sides[0]), (&Lang::EN, sides[1])]);
        let itself = (0..vocabulary.len() as u32).map(|v| vec![(v, 0.7)]).collect();
        let gains = gains(&vocabulary, &tokens, &[(&itself, None)], |_, _| 1.0, &[0.0; KINDS]);
        let gain = |form| gains[vocabulary.forms.iter().position(|f| f == form).expect("it is there")][0].1;
        assert!(gain("bogota") > 1.2 * gain("hotel"));
    }
}
