//! How good the links of words are against gold: precision, recall and alignment error rate (Och & Ney 2003). It reads no file.

use std::collections::BTreeSet;
use std::ops::AddAssign;
use std::str::FromStr;

use super::links::WordAlignment;

/// The gold links of one segment pair.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct GoldLinks {
    /// Links that must be there, written `0-1`.
    pub sure: WordAlignment,
    /// Links that may be there, written `0?1`; the sure ones are not among them.
    pub possible: WordAlignment,
}

impl FromStr for GoldLinks {
    type Err = String;

    fn from_str(text: &str) -> Result<GoldLinks, String> {
        let (possible, sure): (Vec<&str>, Vec<&str>) = text.split_whitespace().partition(|link| link.contains('?'));
        Ok(GoldLinks { sure: sure.join(" ").parse()?, possible: possible.join(" ").replace('?', "-").parse()? })
    }
}

/// Counts of links; they add up over segment pairs.
///
/// ```
/// use bitexto::semantics::aer::LinkScores;
/// let gold = "0-0 1-1 1?2".parse().unwrap();
/// let scores = LinkScores::of(&gold, &"0-0 1-2".parse().unwrap());
/// assert_eq!((scores.precision(), scores.recall(), scores.error_rate()), (1.0, 0.5, 0.25));
/// ```
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct LinkScores {
    /// Links of the system.
    pub system: usize,
    /// Those of them that are sure.
    pub sure: usize,
    /// Those of them that are sure or possible.
    pub right: usize,
    /// Sure links of the gold.
    pub gold: usize,
}

impl LinkScores {
    /// Compares the links of one segment pair with gold.
    pub fn of(gold: &GoldLinks, system: &WordAlignment) -> LinkScores {
        let sure: BTreeSet<_> = gold.sure.links.iter().collect();
        let possible: BTreeSet<_> = gold.possible.links.iter().collect();
        let found = system.links.iter().filter(|link| sure.contains(link)).count();
        let allowed = system.links.iter().filter(|link| !sure.contains(link) && possible.contains(link)).count();
        LinkScores { system: system.links.len(), sure: found, right: found + allowed, gold: sure.len() }
    }

    /// The share of the system's links that are sure or possible, in [0, 1]; 0 where there is nothing.
    pub fn precision(&self) -> f64 {
        share(self.right, self.system)
    }

    /// The share of the sure links that the system has, in [0, 1]; 0 where there is nothing.
    pub fn recall(&self) -> f64 {
        share(self.sure, self.gold)
    }

    /// The alignment error rate, in [0, 1], lower is better; 1 where there is nothing.
    pub fn error_rate(&self) -> f64 {
        1.0 - share(self.sure + self.right, self.system + self.gold)
    }
}

impl AddAssign for LinkScores {
    fn add_assign(&mut self, other: LinkScores) {
        self.system += other.system;
        self.sure += other.sure;
        self.right += other.right;
        self.gold += other.gold;
    }
}

fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 0.0 } else { part as f64 / whole as f64 }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scores(gold: &str, system: &str) -> LinkScores {
        LinkScores::of(&gold.parse().expect("gold"), &system.parse().expect("links"))
    }

    #[test]
    fn links_are_perfect_against_themselves_and_worthless_against_others() {
        assert_eq!(scores("0-0 1-2", "1-2 0-0").error_rate(), 0.0);
        assert_eq!(scores("0-0 1-2", "0-2").error_rate(), 1.0);
        assert_eq!(scores("", "").error_rate(), 1.0);
    }

    #[test]
    fn a_possible_link_is_no_mistake_and_no_duty() {
        assert_eq!(scores("0-0 1?1", "0-0").error_rate(), 0.0);
        assert_eq!(scores("0-0 1?1", "0-0 1-1").error_rate(), 0.0);
    }

    #[test]
    fn segment_pairs_add_up() {
        let mut sum = scores("0-0", "0-0");
        sum += scores("0-0 1-1 2-2", "0-1");
        assert_eq!((sum.precision(), sum.recall()), (0.5, 0.25));
    }
}
