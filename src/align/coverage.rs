//! How many words of each kind find a counterpart in this bitext: in a close translation of kindred languages most names do, in a free one
//! few. It decides what a word without counterpart costs.

use super::dp::Block;
use super::translations::Translations;
use super::vocabulary::{KINDS, Tokens, Vocabulary};

/// Words of each kind that found a counterpart, and all.
#[derive(Debug, Clone, Copy, Default)]
struct Count {
    linked: f64,
    all: f64,
}

/// The weight of what is usual, in words.
const PRIOR: f64 = 16.0;

/// What a word without counterpart costs, by kind, in log-odds: −ln(1 − share of words that find one within `blocks`).
///
/// `usual` is that cost before anything is seen, with the weight of [`PRIOR`] words.
pub(super) fn costs(
    tokens: &[Tokens; 2],
    vocabulary: &Vocabulary,
    blocks: &[&Block],
    translations: &[&Translations],
    usual: [f64; KINDS],
) -> [f64; KINDS] {
    let mut counts = usual.map(|cost| Count { linked: PRIOR * (1.0 - (-cost).exp()), all: PRIOR });
    let mut stamps = vec![0; vocabulary.len()];
    for (n, block) in blocks.iter().enumerate() {
        let now = n as u32 + 1;
        block.target.clone().flat_map(|t| tokens[1].of(t)).for_each(|&v| stamps[v as usize] = now);
        for &u in block.source.clone().flat_map(|s| tokens[0].of(s)) {
            let count = &mut counts[vocabulary.kinds[u as usize] as usize];
            count.all += 1.0;
            count.linked +=
                f64::from(u8::from(translations.iter().any(|table| table[u as usize].iter().any(|&(v, _)| stamps[v as usize] == now))));
        }
    }
    counts.map(|count| -(1.0 - count.linked / count.all).max(0.02).ln())
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::Kind;
    use super::*;
    use crate::text::Lang;

    #[test]
    fn a_word_alone_costs_more_where_words_find_counterparts() {
        let cost = |target: &[&str]| {
            let (vocabulary, tokens) = Vocabulary::read([(&Lang::ES, &["hotel central", "hospital general"]), (&Lang::EN, target)]);
            let itself = (0..vocabulary.len() as u32).map(|v| vec![(v, 0.7)]).collect();
            let blocks = [0, 1].map(|n| Block { source: n..n + 1, target: n..n + 1 });
            costs(&tokens, &vocabulary, &blocks.iter().collect::<Vec<_>>(), &[&itself], [0.2; KINDS])[Kind::Long as usize]
        };
        assert!(cost(&["hotel central", "hospital general"]) > cost(&["window", "garden"]));
    }
}
