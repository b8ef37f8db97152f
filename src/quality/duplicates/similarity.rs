//! How alike two folded texts are: the Jaccard index of their shingles. It compares spellings and knows nothing of meaning.

/// Bytes in a shingle. Five tell texts of one language apart: unrelated sentences share about 2 in 100 of them, of three bytes 8 in 100.
pub(super) const SHINGLE: usize = 5;

/// The different shingles of a text: its runs of five bytes of UTF-8, sorted. A shorter text is one shingle, an empty one has none.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shingles(Vec<u64>);

impl Shingles {
    /// The shingles of a text.
    pub fn of(text: &[u8]) -> Shingles {
        let mut all: Vec<u64> = shingles(text).collect();
        all.sort_unstable();
        all.dedup();
        Shingles(all)
    }

    /// The size of the intersection over that of the union, in [0, 1]; 1 for two texts without shingles.
    pub fn jaccard(&self, other: &Shingles) -> f64 {
        let (mut a, mut b) = (self.0.as_slice(), other.0.as_slice());
        let mut shared = 0;
        while let (Some(x), Some(y)) = (a.first(), b.first()) {
            shared += usize::from(x == y);
            (a, b) = (&a[usize::from(x <= y)..], &b[usize::from(y <= x)..]);
        }
        let union = self.0.len() + other.0.len() - shared;
        if union == 0 { 1.0 } else { shared as f64 / union as f64 }
    }
}

/// The shingles of a text in their order, the bytes of each as a number, with the length where it is short.
pub(super) fn shingles(text: &[u8]) -> impl Iterator<Item = u64> + '_ {
    let short = (!text.is_empty() && text.len() < SHINGLE).then(|| number(text) | (text.len() as u64) << 40);
    short.into_iter().chain(text.windows(SHINGLE).map(number))
}

fn number(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0, |number, byte| number << 8 | u64::from(*byte))
}

/// How alike two pairs are: the less alike of their sides, in [0, 1].
pub fn similarity(a: &[Shingles; 2], b: &[Shingles; 2]) -> f64 {
    a[0].jaccard(&b[0]).min(a[1].jaccard(&b[1]))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn jaccard(a: &str, b: &str) -> f64 {
        Shingles::of(a.as_bytes()).jaccard(&Shingles::of(b.as_bytes()))
    }

    #[test]
    fn the_index_is_shared_over_all() {
        // abcde bcdef | abcde bcdeg: one of three.
        assert_eq!(jaccard("abcdef", "abcdeg"), 1.0 / 3.0);
        assert_eq!(jaccard("abcdef", "abcdef"), 1.0);
        assert_eq!(jaccard("abcdef", "uvwxyz"), 0.0);
    }

    #[test]
    fn short_and_empty_texts_are_compared_whole() {
        assert_eq!(jaccard("sí", "sí"), 1.0);
        assert_eq!(jaccard("sí", "no"), 0.0);
        assert_eq!(jaccard("\0\0a", "a"), 0.0);
        assert_eq!(jaccard("", ""), 1.0);
        assert_eq!(jaccard("", "a"), 0.0);
    }

    #[test]
    fn another_translation_makes_another_pair() {
        let pair = |source: &str, target: &str| [Shingles::of(source.as_bytes()), Shingles::of(target.as_bytes())];
        assert_eq!(similarity(&pair("el mismo texto", "the same text"), &pair("el mismo texto", "no other word")), 0.0);
    }
}
