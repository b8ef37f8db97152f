//! What a check knows beyond the one pair it looks at: the corpus's usual length ratio and number styles, a lexicon, required terms. Plain data;
//! without a corpus, sensible priors.

use std::sync::Arc;

use super::{Pair, TermList, WordList};
use crate::semantics::Lexicon;
use crate::text::Lang;
use crate::text::numbers::Style;

/// What is known beyond the pair; `None` means what is usual for the languages.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Context {
    /// The corpus's ratio of target to source length.
    pub length: Option<LengthRatio>,
    /// How the source writes numbers.
    pub source_style: Option<Style>,
    /// How the target writes numbers.
    pub target_style: Option<Style>,
    /// Translations of words; without it, checks that ask what has a counterpart are silent or see only names.
    pub lexicon: Option<Arc<Lexicon>>,
    /// How terms must and must not be translated.
    pub terms: Option<Arc<TermList>>,
    /// Words that no side should have.
    pub words: Option<Arc<WordList>>,
}

impl Context {
    /// What is usual, with the lexicon shipped with the program.
    pub fn shipped() -> Context {
        Context { lexicon: Some(Arc::new(Lexicon::shipped())), ..Context::default() }
    }

    /// The length ratio to expect of `pair`.
    pub fn length_ratio(&self, pair: &Pair<'_>) -> LengthRatio {
        self.length.unwrap_or_else(|| LengthRatio::usual(&pair.source_lang, &pair.target_lang))
    }

    /// How the source of `pair` writes numbers.
    pub fn source_style(&self, pair: &Pair<'_>) -> Style {
        self.source_style.unwrap_or_else(|| Style::of(&pair.source_lang))
    }

    /// How the target of `pair` writes numbers.
    pub fn target_style(&self, pair: &Pair<'_>) -> Style {
        self.target_style.unwrap_or_else(|| Style::of(&pair.target_lang))
    }
}

/// The natural logarithm of target characters over source characters: its median and its median absolute deviation.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct LengthRatio {
    /// Median of the logarithm; −0.1 when the target is a tenth shorter.
    pub median: f64,
    /// Median absolute deviation of the logarithm, above zero.
    pub deviation: f64,
}

impl LengthRatio {
    /// What is usual between two languages.
    pub fn usual(source: &Lang, target: &Lang) -> LengthRatio {
        match (source.primary(), target.primary()) {
            ("es", "en") => LengthRatio { median: SPANISH_TO_ENGLISH, deviation: USUAL_DEVIATION },
            ("en", "es") => LengthRatio { median: -SPANISH_TO_ENGLISH, deviation: USUAL_DEVIATION },
            _ => LengthRatio { median: 0.0, deviation: WIDE_DEVIATION },
        }
    }
}

/// Between news, speeches, documentation and interface strings the median lies from −0.08 to −0.15 and the deviation from 0.08 to 0.125;
/// other pairs of languages get a band too wide to disturb.
const SPANISH_TO_ENGLISH: f64 = -0.1;
const USUAL_DEVIATION: f64 = 0.12;
const WIDE_DEVIATION: f64 = 0.3;

/// Bins of the histogram per unit of the logarithm, and its half width: ratios from e⁻⁴ to e⁴.
const BINS_PER_UNIT: f64 = 200.0;
const HALF_WIDTH: f64 = 4.0;
const BINS: usize = (2.0 * HALF_WIDTH * BINS_PER_UNIT) as usize + 1;

/// Fewer pairs than this do not outweigh the prior.
const FEWEST_PAIRS: u64 = 200;

/// Learns a [`LengthRatio`] from a stream of pairs in constant memory; merging two profiles is the same as having seen both streams.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LengthProfile {
    bins: Vec<u64>,
    pairs: u64,
}

impl Default for LengthProfile {
    fn default() -> LengthProfile {
        LengthProfile { bins: vec![0; BINS], pairs: 0 }
    }
}

impl LengthProfile {
    /// Counts a pair with these lengths in characters; pairs with an empty side are not counted.
    pub fn add(&mut self, source_chars: usize, target_chars: usize) {
        if source_chars == 0 || target_chars == 0 {
            return;
        }
        let ratio = (target_chars as f64 / source_chars as f64).ln().clamp(-HALF_WIDTH, HALF_WIDTH);
        self.bins[((ratio + HALF_WIDTH) * BINS_PER_UNIT).round() as usize] += 1;
        self.pairs += 1;
    }

    /// Adds what another profile has seen.
    pub fn merge(&mut self, other: &LengthProfile) {
        self.bins.iter_mut().zip(&other.bins).for_each(|(a, b)| *a += b);
        self.pairs += other.pairs;
    }

    /// The ratio, to 0.005; `None` for fewer than 200 pairs.
    pub fn ratio(&self) -> Option<LengthRatio> {
        if self.pairs < FEWEST_PAIRS {
            return None;
        }
        let median = self.bin_at_half((0..BINS).map(|bin| (bin, self.bins[bin])))?;
        let from_median = (0..BINS).map(|distance| (distance, self.at_distance(median, distance)));
        let deviation = self.bin_at_half(from_median)?.max(1);
        Some(LengthRatio { median: median as f64 / BINS_PER_UNIT - HALF_WIDTH, deviation: deviation as f64 / BINS_PER_UNIT })
    }

    fn at_distance(&self, middle: usize, distance: usize) -> u64 {
        let bin = |at: Option<usize>| at.and_then(|at| self.bins.get(at)).copied().unwrap_or(0);
        bin(middle.checked_add(distance)) + if distance > 0 { bin(middle.checked_sub(distance)) } else { 0 }
    }

    /// The first bin at which half of the pairs are counted.
    fn bin_at_half(&self, counts: impl Iterator<Item = (usize, u64)>) -> Option<usize> {
        let mut seen = 0;
        counts.into_iter().find_map(|(bin, count)| {
            seen += count;
            (2 * seen >= self.pairs).then_some(bin)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn profile(lengths: impl IntoIterator<Item = (usize, usize)>) -> LengthProfile {
        let mut profile = LengthProfile::default();
        lengths.into_iter().for_each(|(source, target)| profile.add(source, target));
        profile
    }

    #[test]
    fn median_and_deviation_come_from_the_stream() {
        // Ratios 0.80 to 1.20 in equal shares: the median is 1, half of them lie within 0.1.
        let ratio = profile((0..4100).map(|n| (1000, 800 + n % 41 * 10))).ratio().expect("enough pairs");
        assert!(ratio.median.abs() < 0.01, "{ratio:?}");
        assert!((ratio.deviation - 0.1).abs() < 0.01, "{ratio:?}");
    }

    #[test]
    fn merged_profiles_are_one_stream() {
        let mut left = profile((0..300).map(|n| (100, 80 + n % 40)));
        let right = profile((0..100).map(|n| (100, 90 + n)));
        left.merge(&right);
        assert_eq!(left, profile((0..300).map(|n| (100, 80 + n % 40)).chain((0..100).map(|n| (100, 90 + n)))));
    }

    #[test]
    fn few_pairs_teach_nothing() {
        assert_eq!(profile([(100, 90)]).ratio(), None);
        assert!(profile((0..500).map(|_| (10, 0))).ratio().is_none());
    }

    #[test]
    fn the_prior_turns_with_the_direction() {
        let there = LengthRatio::usual(&Lang::ES, &Lang::EN);
        let back = LengthRatio::usual(&Lang::EN, &Lang::ES);
        assert_eq!(there.median, -back.median);
    }
}
