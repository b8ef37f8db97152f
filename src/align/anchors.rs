//! Where to look first: a band along words that occur in few segments of each side, so that long bitexts are searched in linear time.

use super::band::Band;
use super::barriers;
use super::translations::Translations;
use super::vocabulary::{Tokens, Vocabulary};

/// Positions searched to each side of the line between two neighbouring anchors.
const RADIUS: usize = 12;
/// Most positions searched to each side where anchors are few, unless the rows are few too.
const MOST_RADIUS: usize = 200;
/// Two anchors support each other if they are at most this many segments apart on both sides.
const NEAR: usize = 12;
/// How many anchors on each side are asked for support: a segment of a whole text's length has thousands.
const MOST_NEIGHBOURS: usize = 100;
/// Words in more segments than this are no anchors.
const MOST_OCCURRENCES: u32 = 4;
/// Words that are less alike than this are no anchors.
const LEAST_PROBABILITY: f32 = 0.4;

/// The band to begin with, within `barriers`, which are anchors that need no support; the whole grid if it has at most `small` cells.
pub(super) fn first_band(
    vocabulary: &Vocabulary,
    tokens: &[Tokens; 2],
    translations: &Translations,
    barriers: &[(usize, usize)],
    small: usize,
) -> Band {
    let (n, m) = (tokens[0].len(), tokens[1].len());
    if (n + 1).saturating_mul(m + 1) <= small {
        return Band::full(n, m).with_barriers(barriers);
    }
    let mut anchors = rising(&supported(&anchors(vocabulary, tokens, translations)));
    anchors.retain(|&anchor| barriers::are_between_the_same(barriers, anchor));
    anchors.extend(barriers);
    anchors.sort_unstable();
    along(&anchors, n, m).with_barriers(barriers)
}

/// Positions of words that occur in as many segments of each side, in few, and that translate each other by their spelling and nothing else: the
/// first with the first, the second with the second; sorted. In a long bitext words that occur once are rare, and names come two or three times.
fn anchors(vocabulary: &Vocabulary, tokens: &[Tokens; 2], translations: &Translations) -> Vec<(usize, usize)> {
    let places = [0, 1].map(|side| Places::of(vocabulary, &tokens[side], side));
    let mut anchors = Vec::new();
    for (u, row) in translations.iter().enumerate() {
        let mut candidates = row.iter().filter(|(_, q)| *q >= LEAST_PROBABILITY);
        if let (Some(&(v, _)), None) = (candidates.next(), candidates.next())
            && vocabulary.frequencies[u][0] == vocabulary.frequencies[v as usize][1]
        {
            let pairs = places[0].of_type(u).iter().zip(places[1].of_type(v as usize));
            anchors.extend(pairs.map(|(&s, &t)| (s as usize, t as usize)));
        }
    }
    anchors.sort_unstable();
    anchors.dedup();
    anchors
}

/// The segments of one side in which each rare type occurs.
struct Places {
    starts: Vec<u32>,
    segments: Vec<u32>,
}

impl Places {
    fn of(vocabulary: &Vocabulary, tokens: &Tokens, side: usize) -> Places {
        let count = |v: usize| Some(vocabulary.frequencies[v][side]).filter(|n| *n <= MOST_OCCURRENCES).unwrap_or(0);
        let mut starts = vec![0];
        starts.extend((0..vocabulary.len()).scan(0, |sum, v| {
            *sum += count(v);
            Some(*sum)
        }));
        let mut next = starts.clone();
        let mut segments = vec![0; starts[vocabulary.len()] as usize];
        for n in 0..tokens.len() {
            for &v in tokens.of(n).iter().filter(|&&v| count(v as usize) > 0) {
                segments[next[v as usize] as usize] = n as u32;
                next[v as usize] += 1;
            }
        }
        Places { starts, segments }
    }

    /// In rising order; none if it is frequent.
    fn of_type(&self, v: usize) -> &[u32] {
        &self.segments[self.starts[v] as usize..self.starts[v + 1] as usize]
    }
}

/// The anchors that have another one near: a lone one is often chance.
fn supported(anchors: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let near = |a: (usize, usize), b: (usize, usize)| a.0.abs_diff(b.0) <= NEAR && a.1.abs_diff(b.1) <= NEAR;
    let is_supported = |n: usize| {
        let after = anchors[n + 1..].iter().take(MOST_NEIGHBOURS).take_while(|b| b.0 - anchors[n].0 <= NEAR);
        let before = anchors[..n].iter().rev().take(MOST_NEIGHBOURS).take_while(|b| anchors[n].0 - b.0 <= NEAR);
        after.chain(before).any(|&b| near(anchors[n], b))
    };
    (0..anchors.len()).filter(|&n| is_supported(n)).map(|n| anchors[n]).collect()
}

/// The longest chain that rises strictly on the target side (patience sorting), of anchors sorted by source.
fn rising(anchors: &[(usize, usize)]) -> Vec<(usize, usize)> {
    let mut tops: Vec<usize> = Vec::new();
    let mut before = vec![usize::MAX; anchors.len()];
    for (n, anchor) in anchors.iter().enumerate() {
        let pile = tops.partition_point(|&top| anchors[top].1 < anchor.1);
        if pile > 0 {
            before[n] = tops[pile - 1];
        }
        if pile == tops.len() { tops.push(n) } else { tops[pile] = n }
    }
    let mut chain = Vec::with_capacity(tops.len());
    let mut next = tops.last().copied().unwrap_or(usize::MAX);
    while next != usize::MAX {
        chain.push(anchors[next]);
        next = before[next];
    }
    chain.reverse();
    chain
}

/// A band along the line from anchor to anchor, wide where one side has more between them, but not beyond their rectangle by more than
/// [`RADIUS`].
fn along(anchors: &[(usize, usize)], n: usize, m: usize) -> Band {
    let mut rows = vec![(m, 0); n + 1];
    let mut from = (0, 0);
    for &to in anchors.iter().chain([&(n, m)]) {
        let (height, width) = (to.0.saturating_sub(from.0), to.1.saturating_sub(from.1));
        let most = MOST_RADIUS.max(4 * MOST_RADIUS * MOST_RADIUS / (height + 1));
        let radius = (RADIUS + height.abs_diff(width) + height.min(width) / 4).min(most);
        let (least, greatest) = (from.1.saturating_sub(RADIUS), (to.1 + RADIUS).min(m));
        for (n, row) in rows[from.0..=to.0].iter_mut().enumerate() {
            let centre = from.1 + (n * width).checked_div(height).unwrap_or(0);
            *row = (row.0.min(centre.saturating_sub(radius).max(least)), row.1.max((centre + radius).min(greatest)));
        }
        from = to;
    }
    Band::new(rows, m)
}

#[cfg(test)]
mod tests {
    use super::super::cognates::cognates;
    use super::*;
    use crate::text::Lang;

    /// `n` segments, each with a number of its own.
    fn numbered(numbers: impl Iterator<Item = usize>) -> Vec<String> {
        numbers.map(|number| format!("{number}")).collect()
    }

    fn band(source: &[String], target: &[String]) -> Band {
        let sides = [source, target].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        let (vocabulary, tokens) = Vocabulary::read([(&Lang::ES, &sides[0]), (&Lang::EN, &sides[1])]);
        first_band(&vocabulary, &tokens, &cognates(&vocabulary), &[], 1 << 14)
    }

    #[test]
    fn a_small_bitext_is_searched_as_a_whole() {
        assert_eq!(band(&numbered(0..5), &numbered(0..9)), Band::full(5, 9));
    }

    #[test]
    fn the_band_follows_the_anchors_over_a_missing_part() {
        let band = band(&numbered(0..1000), &numbered((0..300).chain(700..1000)));
        for (s, t) in [(150, 150), (300, 300), (700, 300), (850, 450)] {
            assert!(band.contains(s, t), "{s} {t}");
        }
        assert!(band.cells() < 1000 * 60, "{}", band.cells());
    }

    #[test]
    fn the_band_grows_with_the_segments_and_not_with_their_square() {
        let same = |n: usize| vec!["Sí.".to_string(); n];
        let (small, large) = (band(&same(2000), &same(2000)).cells(), band(&same(8000), &same(8000)).cells());
        assert!(large < 5 * small, "{small} {large}");
    }

    #[test]
    fn a_lone_anchor_far_off_is_not_followed() {
        assert_eq!(supported(&[(10, 11), (12, 14), (50, 400)]), [(10, 11), (12, 14)]);
    }

    #[test]
    fn the_longest_rising_chain_is_kept() {
        assert_eq!(rising(&[(0, 0), (1, 9), (2, 1), (3, 2), (4, 8)]), [(0, 0), (2, 1), (3, 2), (4, 8)]);
        assert_eq!(rising(&[]), []);
    }
}
