//! About where a word of one side is to be looked for on the other: by names, numbers and words that look alike around it. No dictionary.

use crate::quality::phrases::Word;

/// Words of two texts that are the same or nearly so, by place.
pub(super) struct Places {
    /// Numbers of words here and there, by the first; the ends of both texts are among them.
    anchors: Vec<(f64, f64)>,
}

impl Places {
    pub(super) fn of(here: &[Word<'_>], there: &[Word<'_>]) -> Places {
        let only = |word: &Word<'_>, words: &[Word<'_>]| {
            let mut alike = words.iter().enumerate().filter(|(_, other)| alike(&word.folded, &other.folded));
            alike.next().filter(|_| alike.next().is_none()).map(|(at, _)| at)
        };
        let pairs = here.iter().enumerate().filter_map(|(i, word)| only(word, there).map(|j| (i, j)));
        let mutual = pairs.filter(|(_, j)| only(&there[*j], here).is_some()).map(|(i, j)| (i as f64, j as f64));
        let (start, end) = ((-1.0, -1.0), (here.len() as f64, there.len() as f64));
        Places { anchors: std::iter::once(start).chain(mutual).chain([end]).collect() }
    }

    /// True if the words from first to last `there` lie no more than `reach` words from where those `here` are expected.
    pub(super) fn near(&self, here: [usize; 2], there: [usize; 2], reach: f64) -> bool {
        let [first, last] = here.map(|at| self.expected(at as f64));
        there[1] as f64 >= first.min(last) - reach && there[0] as f64 <= first.max(last) + reach
    }

    /// On a straight line between the nearest anchors.
    fn expected(&self, at: f64) -> f64 {
        let right = self.anchors.partition_point(|(here, _)| *here < at).clamp(1, self.anchors.len() - 1);
        let [(i, j), (k, l)] = [self.anchors[right - 1], self.anchors[right]];
        j + (at - i) / (k - i) * (l - j)
    }
}

/// Letters that words which look alike begin with: `president`, `presidente`; four take in too many strangers.
const ALIKE: usize = 5;

/// The same number or longer word, or words that begin alike.
fn alike(a: &str, b: &str) -> bool {
    if a == b {
        return a.len() >= 4 || a.bytes().all(|b| b.is_ascii_digit());
    }
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count() >= ALIKE
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::phrases::folded_words;

    #[test]
    fn a_place_is_found_between_names_and_numbers() {
        let here = folded_words("uno dos tres cuatro cinco Bogotá seis");
        let there = folded_words("Bogotá one two three four five six");
        let places = Places::of(&here, &there);
        assert!(places.near([5, 5], [0, 0], 0.5));
        assert!(!places.near([5, 5], [5, 5], 3.0));
        assert!(places.near([6, 6], [3, 4], 1.0), "half way from the name to the end");
    }

    #[test]
    fn words_that_come_twice_are_no_anchors() {
        let here = folded_words("Quito ayer, Quito hoy");
        let there = folded_words("today Quito");
        assert_eq!(Places::of(&here, &there).anchors.len(), 2);
    }
}
