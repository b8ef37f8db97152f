//! How much of each segment's words finds a counterpart in each segment of the other side, cumulated along a band.

use std::ops::Range;

use super::band::Band;
use super::translations::Translations;
use super::vocabulary::Tokens;
use crate::parallel::chunked;

/// Shared evidence of source and target segments in a band: the sum for a block costs a few subtractions a source segment.
///
/// A word that occurs in two neighbouring segments must not count twice for one counterpart, so overlaps of neighbours are taken off.
pub(super) struct Matches {
    first: Vec<usize>,
    starts: Vec<usize>,
    cumulated: Vec<Shared>,
}

/// Source segments worked on at a time: tables of the size of the vocabulary are set up for each.
const CHUNK: usize = 4096;

/// Sums over target segments of one row.
#[derive(Debug, Clone, Copy, Default)]
struct Shared {
    /// With this source segment.
    gain: f32,
    /// With this source segment, counted in this target segment and in the next.
    beside: f32,
    /// In this target segment, counted with this source segment and with the next.
    below: f32,
}

impl Matches {
    /// Adds up the evidence of all segments that blocks within `band` of at most `tallest` source segments can bring together.
    pub(super) fn within(band: &Band, tallest: usize, tokens: &[Tokens; 2], gains: &Translations) -> Matches {
        let mut matches = Matches { first: Vec::with_capacity(band.source()), starts: vec![0], cumulated: Vec::new() };
        for part in chunked(band.source(), CHUNK, |rows| Matches::part(rows, band, tallest, tokens, gains)) {
            let before = matches.cumulated.len();
            matches.first.extend(part.first);
            matches.starts.extend(part.starts[1..].iter().map(|start| before + start));
            matches.cumulated.extend(part.cumulated);
        }
        matches
    }

    /// The same for some of the source segments.
    fn part(rows: Range<usize>, band: &Band, tallest: usize, tokens: &[Tokens; 2], gains: &Translations) -> Matches {
        let mut matches = Matches { first: Vec::new(), starts: vec![0], cumulated: Vec::new() };
        let mut linkers = [0; 3].map(|_| Linker::new(gains.len()));
        for s in rows {
            let (lo, hi) = band.reach(s, tallest);
            let here = tokens[0].of(s);
            let next = if s + 1 < band.source() { tokens[0].of(s + 1) } else { &[] };
            linkers[0].read([here, &[]], gains);
            linkers[1].read([next, &[]], gains);
            linkers[2].read([here, next], gains);
            matches.first.push(lo);
            row(&mut linkers, &tokens[1], lo..hi, &mut matches.cumulated);
            matches.starts.push(matches.cumulated.len());
        }
        matches
    }

    /// The evidence of a block.
    pub(super) fn sum(&self, source: Range<usize>, target: &Range<usize>) -> f64 {
        let mut sum = 0.0;
        for s in source.clone() {
            let start = self.starts[s] - self.first[s];
            let (before, after) = (self.cumulated[start + target.start], self.cumulated[start + target.end]);
            sum += after.gain - before.gain;
            if target.len() > 1 {
                sum -= self.cumulated[start + target.end - 1].beside - before.beside;
            }
            if s + 1 < source.end {
                sum -= after.below - before.below;
            }
        }
        f64::from(sum)
    }
}

fn row([here, next, both]: &mut [Linker; 3], tokens: &Tokens, targets: Range<usize>, row: &mut Vec<Shared>) {
    let mut sum = Shared::default();
    row.push(sum);
    let mut gain = if targets.is_empty() { 0.0 } else { here.gain([tokens.of(targets.start), &[]]) };
    for t in targets {
        let following = if t + 1 < tokens.len() { tokens.of(t + 1) } else { &[] };
        let (alone, after) = (tokens.of(t), here.gain([following, &[]]));
        sum.gain += gain;
        sum.beside += gain + after - here.gain([alone, following]);
        sum.below += gain + next.gain([alone, &[]]) - both.gain([alone, &[]]);
        row.push(sum);
        gain = after;
    }
}

/// Links the words of one source segment with those of a target segment, each source word once, by its best translation there.
struct Linker {
    best: Vec<(f32, u32)>,
    stamp: Vec<u32>,
    now: u32,
    links: Vec<f32>,
    touched: Vec<u32>,
}

impl Linker {
    fn new(types: usize) -> Linker {
        Linker { best: vec![(0.0, 0); types], stamp: vec![0; types], now: 0, links: Vec::new(), touched: Vec::new() }
    }

    fn read(&mut self, source: [&[u32]; 2], gains: &Translations) {
        self.now += 1;
        self.links.clear();
        self.links.resize(source[0].len() + source[1].len(), 0.0);
        for (n, &u) in source.into_iter().flatten().enumerate() {
            for &(v, gain) in &gains[u as usize] {
                let v = v as usize;
                if self.stamp[v] != self.now || gain > self.best[v].0 {
                    self.stamp[v] = self.now;
                    self.best[v] = (gain, n as u32);
                }
            }
        }
    }

    fn gain(&mut self, target: [&[u32]; 2]) -> f32 {
        let mut sum = 0.0;
        for &v in target.into_iter().flatten() {
            if self.stamp[v as usize] != self.now {
                continue;
            }
            let (gain, n) = self.best[v as usize];
            let link = &mut self.links[n as usize];
            if *link == 0.0 {
                self.touched.push(n);
            }
            if gain > *link {
                sum += gain - *link;
                *link = gain;
            }
        }
        for n in self.touched.drain(..) {
            self.links[n as usize] = 0.0;
        }
        sum
    }
}

#[cfg(test)]
mod tests {
    use super::super::vocabulary::Vocabulary;
    use super::*;
    use crate::text::Lang;

    /// The evidence of blocks when every shared word counts 1.
    fn sum(source: &[&str], target: &[&str], blocks: &[(Range<usize>, Range<usize>)]) -> Vec<f64> {
        let (vocabulary, tokens) = Vocabulary::read([(&Lang::ES, source), (&Lang::EN, target)]);
        let itself = (0..vocabulary.len() as u32).map(|v| vec![(v, 1.0)]).collect();
        let matches = Matches::within(&Band::full(source.len(), target.len()), 4, &tokens, &itself);
        blocks.iter().map(|(s, t)| matches.sum(s.clone(), t)).collect()
    }

    #[test]
    fn shared_words_of_a_block_add_up() {
        let blocks = [(0..1, 0..1), (0..1, 0..2), (0..2, 0..2)];
        assert_eq!(sum(&["a b c", "d"], &["a b", "c d"], &blocks), [2.0, 3.0, 4.0]);
    }

    #[test]
    fn a_word_repeated_in_the_next_segment_counts_once() {
        assert_eq!(sum(&["a"], &["a", "a"], &[(0..1, 0..2)]), [1.0]);
        assert_eq!(sum(&["a", "a"], &["a"], &[(0..2, 0..1)]), [1.0]);
    }

    #[test]
    fn a_word_in_both_segments_of_both_sides_is_no_reason_to_merge_them() {
        let apart: f64 = sum(&["a b", "a c"], &["a b", "a c"], &[(0..1, 0..1), (1..2, 1..2)]).iter().sum();
        assert!(sum(&["a b", "a c"], &["a b", "a c"], &[(0..2, 0..2)])[0] <= apart);
    }
}
