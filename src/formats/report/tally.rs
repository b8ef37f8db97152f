//! Counts of rows, for the head of the page and its charts. It holds numbers only, so any number of rows can go through it.

use std::collections::{BTreeMap, BTreeSet};

use super::Row;

/// Number of bins of the confidence histogram.
pub(super) const BINS: usize = 10;

/// What was counted over rows.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Tally {
    /// All rows.
    pub rows: u64,
    /// Rows with a confidence below [`DOUBTFUL`](super::DOUBTFUL).
    pub doubtful: u64,
    /// Rows whose bead is not 1:1.
    pub uneven: u64,
    /// Rows with at least one finding.
    pub found: u64,
    /// Rows by confidence: `[0, 0.1)`, `[0.1, 0.2)` … `[0.9, 1]`.
    pub confidence: [u64; BINS],
    /// Rows with a confidence, by number of source and target segments.
    pub beads: BTreeMap<(usize, usize), u64>,
    /// Rows by check; a row counts once for each check.
    pub checks: BTreeMap<String, u64>,
}

impl Tally {
    /// The counts of `rows`.
    pub fn of<'a>(rows: impl IntoIterator<Item = &'a Row>) -> Tally {
        let mut tally = Tally::default();
        rows.into_iter().for_each(|row| tally.add(row));
        tally
    }

    /// Counts one more row.
    pub fn add(&mut self, row: &Row) {
        self.rows += 1;
        self.doubtful += u64::from(row.is_doubtful());
        self.uneven += u64::from(row.is_uneven());
        self.found += u64::from(!row.findings.is_empty());
        if let Some(bin) = row.confidence.and_then(bin) {
            self.confidence[bin] += 1;
            *self.beads.entry(row.kind).or_default() += 1;
        }
        for check in row.findings.iter().map(|finding| finding.check.as_str()).collect::<BTreeSet<_>>() {
            *self.checks.entry(check.to_string()).or_default() += 1;
        }
    }

    /// Number of rows with a confidence.
    pub fn aligned(&self) -> u64 {
        self.confidence.iter().sum()
    }
}

/// The histogram bin of a confidence; `None` for what is no number. The small addend makes 0.3, which is stored as 0.299…, fall into its own bin.
fn bin(confidence: f64) -> Option<usize> {
    let bin = (confidence.clamp(0.0, 1.0) * BINS as f64 + 1e-9).floor();
    (!confidence.is_nan()).then(|| (bin as usize).min(BINS - 1))
}

#[cfg(test)]
mod tests {
    use super::super::ReportFinding;
    use super::*;

    #[test]
    fn a_confidence_falls_into_the_bin_it_begins() {
        for (confidence, expected) in [(0.0, 0), (0.099, 0), (0.3, 3), (0.7, 7), (0.95, 9), (1.0, 9), (7.0, 9)] {
            assert_eq!(bin(confidence), Some(expected), "{confidence}");
        }
        assert_eq!(bin(f64::NAN), None);
    }

    #[test]
    fn a_row_counts_once_for_each_check() {
        let finding = |check: &str| ReportFinding { check: check.into(), tier: 1, ..ReportFinding::default() };
        let row = Row {
            kind: (2, 1),
            confidence: Some(0.4),
            findings: vec![finding("number"), finding("number"), finding("url")],
            ..Row::default()
        };
        let tally = Tally::of([&row]);
        assert_eq!(tally.checks.values().copied().collect::<Vec<_>>(), [1, 1]);
        assert_eq!((tally.rows, tally.doubtful, tally.uneven, tally.found), (1, 1, 1, 1));
    }
}
