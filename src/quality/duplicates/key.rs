//! The key of a pair: 128 bits of its folded texts. Pairs with the same key are exact duplicates.

use twox_hash::XxHash3_128;

use super::{Fold, Sides};

/// The folded texts of the sides that are compared, one after the other.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Folded {
    /// The bytes of the texts.
    pub bytes: Vec<u8>,
    /// Where the second text begins; the length of `bytes` when one side is compared.
    pub second: usize,
}

impl Folded {
    /// The two texts; the second is empty when one side is compared.
    pub fn texts(&self) -> [&[u8]; 2] {
        let (first, second) = self.bytes.split_at(self.second);
        [first, second]
    }

    /// 128 bits of the texts (XXH3), the length of the first as the seed, so that the border between them counts.
    ///
    /// Among 100 million different pairs two have the same key with a probability of 1.5e-23 (n²/2¹²⁹), so equal keys are equal texts.
    pub fn key(&self) -> u128 {
        XxHash3_128::oneshot_with_seed(self.second as u64, &self.bytes)
    }

    /// Holds what is compared of two texts, in the place of what it held, so that nothing is allocated for each pair.
    pub fn hold(&mut self, source: &str, target: &str, sides: Sides, fold: Fold) {
        self.bytes.clear();
        if sides != Sides::Target {
            fold.push(source, &mut self.bytes);
        }
        self.second = self.bytes.len();
        if sides != Sides::Source {
            fold.push(target, &mut self.bytes);
        }
        if sides == Sides::Target {
            self.second = self.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(source: &str, target: &str, sides: Sides) -> u128 {
        let mut folded = Folded::default();
        folded.hold(source, target, sides, Fold::Case);
        folded.key()
    }

    #[test]
    fn the_border_between_the_texts_counts() {
        assert_ne!(key("ab", "c", Sides::Both), key("a", "bc", Sides::Both));
        let long = "a".repeat(400);
        assert_ne!(key(&long, "aa", Sides::Both), key(&format!("{long}a"), "a", Sides::Both));
    }

    #[test]
    fn one_side_is_compared_alone() {
        assert_eq!(key("Sí.", "Yes.", Sides::Source), key("SÍ.", "Indeed.", Sides::Source));
        assert_eq!(key("Sí.", "Yes.", Sides::Target), key("Ya.", "yes.", Sides::Target));
        assert_ne!(key("Sí.", "Yes.", Sides::Both), key("Sí.", "Indeed.", Sides::Both));
    }
}
