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
        let (mut linker, mut best) = (Linker::new(gains.len()), Best::default());
        let targets = |s: usize| band.reach(s, tallest);
        // Neighbours are compared with the same target segments and the one after: the second row begins where the first does.
        let (mut here, mut next) = (Hits::default(), Hits::default());
        let mut read = |row: &mut Hits, s: usize, from: usize| {
            let window = from..if s < band.source() { (targets(s).1 + 1).min(tokens[1].len()) } else { from };
            row.fill(&mut linker, if s < band.source() { tokens[0].of(s) } else { &[] }, &tokens[1], window, gains);
        };
        read(&mut next, rows.start, targets(rows.start).0);
        for s in rows {
            let (lo, hi) = targets(s);
            std::mem::swap(&mut here, &mut next);
            read(&mut next, s + 1, lo);
            matches.first.push(lo);
            row(&here, &next, &mut best, lo..hi, &mut matches.cumulated);
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

fn row(here: &Hits, next: &Hits, best: &mut Best, targets: Range<usize>, row: &mut Vec<Shared>) {
    let mut sum = Shared::default();
    row.push(sum);
    let mut gain = best.sum(here.of(targets.start));
    for t in targets {
        let (alone, following, below) = (here.of(t), here.of(t + 1), next.of(t));
        let after = best.sum(following);
        sum.gain += gain;
        sum.beside += if alone.is_empty() || following.is_empty() { 0.0 } else { gain + after - best.sum(alone.iter().chain(following)) };
        sum.below +=
            if alone.is_empty() || below.is_empty() { 0.0 } else { gain + best.sum(below) - best.sum(&both(alone, below, here.words)) };
        row.push(sum);
        gain = after;
    }
}

/// A target word and the source word of a segment that translates it best: its place there, and what that is worth.
#[derive(Debug, Clone, Copy)]
struct Hit {
    target: u32,
    source: u32,
    gain: f32,
}

/// The hits of one source segment in each of a run of target segments, in the order of the target words.
#[derive(Default)]
struct Hits {
    /// How many words the source segment has.
    words: usize,
    from: usize,
    starts: Vec<usize>,
    all: Vec<Hit>,
}

impl Hits {
    fn fill(&mut self, linker: &mut Linker, source: &[u32], tokens: &Tokens, targets: Range<usize>, gains: &Translations) {
        linker.read(source, gains);
        (self.words, self.from) = (source.len(), targets.start);
        self.starts.clear();
        self.all.clear();
        for t in targets {
            self.starts.push(self.all.len());
            self.all.extend(tokens.of(t).iter().filter_map(|&v| linker.hit(v)));
        }
        self.starts.push(self.all.len());
    }

    /// The hits in target segment `t`; none where nothing was looked for.
    fn of(&self, t: usize) -> &[Hit] {
        self.starts.get(t - self.from..t - self.from + 2).map_or(&[], |bounds| &self.all[bounds[0]..bounds[1]])
    }
}

/// The hits of two source segments taken together: of two for one target word the better. Words of the second come after those of the first.
fn both(first: &[Hit], second: &[Hit], words: usize) -> Vec<Hit> {
    let mut both = Vec::with_capacity(first.len() + second.len());
    let mut rest = first.iter().copied().peekable();
    for hit in second {
        while let Some(before) = rest.next_if(|other| other.target < hit.target) {
            both.push(before);
        }
        let same = rest.next_if(|other| other.target == hit.target);
        let moved = Hit { source: hit.source + words as u32, ..*hit };
        both.push(same.filter(|same| same.gain >= hit.gain).unwrap_or(moved));
    }
    both.extend(rest);
    both
}

/// Sums hits, each source word once, by its best translation.
#[derive(Default)]
struct Best {
    of_source: Vec<f32>,
}

impl Best {
    fn sum<'a>(&mut self, hits: impl IntoIterator<Item = &'a Hit> + Clone) -> f32 {
        let mut sum = 0.0;
        for hit in hits.clone() {
            let source = hit.source as usize;
            if source >= self.of_source.len() {
                self.of_source.resize(source + 1, 0.0);
            }
            let best = &mut self.of_source[source];
            if hit.gain > *best {
                sum += hit.gain - *best;
                *best = hit.gain;
            }
        }
        hits.into_iter().for_each(|hit| self.of_source[hit.source as usize] = 0.0);
        sum
    }
}

/// Finds for a target word the best of one source segment's words.
struct Linker {
    best: Vec<(u32, Hit)>,
    now: u32,
}

impl Linker {
    fn new(types: usize) -> Linker {
        Linker { best: vec![(0, Hit { target: 0, source: 0, gain: 0.0 }); types], now: 0 }
    }

    fn read(&mut self, source: &[u32], gains: &Translations) {
        self.now += 1;
        for (n, &u) in source.iter().enumerate() {
            for &(target, gain) in &gains[u as usize] {
                let (seen, hit) = &mut self.best[target as usize];
                if *seen != self.now || gain > hit.gain {
                    *seen = self.now;
                    *hit = Hit { target, source: n as u32, gain };
                }
            }
        }
    }

    fn hit(&self, target: u32) -> Option<Hit> {
        let (seen, hit) = self.best[target as usize];
        (seen == self.now).then_some(hit)
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
