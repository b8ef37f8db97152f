//! Many alignments: a line each, and at the end the sum of them and those that are worth a look.

use std::time::Instant;

use super::super::console::{Console, count, plural, table};
use crate::error::{Error, Result};
use crate::ingest::aligning::Summary;

/// How many of the worst are shown.
const WORST: usize = 10;

/// An alignment in words.
pub(super) fn in_words(summary: &Summary) -> String {
    format!(
        "{} × {} segments, {}, {} unmatched, quality {:.2}",
        count(summary.source_segments as u64),
        count(summary.target_segments as u64),
        plural(summary.beads as u64, "beads"),
        count(summary.unmatched as u64),
        summary.quality
    )
}

/// What has been aligned so far.
pub(super) struct Tally {
    begun: Instant,
    done: usize,
    failed: Vec<Failure>,
    segments: u64,
    /// The worst so far, the very worst first.
    worst: Vec<Row>,
}

/// An alignment that did not come about.
#[derive(Clone, serde::Serialize)]
struct Failure {
    name: String,
    cause: String,
}

/// One of the worst alignments.
#[derive(Clone, serde::Serialize)]
struct Row {
    name: String,
    #[serde(flatten)]
    summary: Summary,
}

/// What `--json` prints.
#[derive(serde::Serialize)]
struct Report {
    pairs: usize,
    failed: Vec<Failure>,
    segments: u64,
    seconds: f64,
    segments_per_second: u64,
    worst: Vec<Row>,
    signature: String,
}

impl Tally {
    /// Nothing yet; time runs from here.
    pub(super) fn begin() -> Tally {
        Tally { begun: Instant::now(), done: 0, failed: Vec::new(), segments: 0, worst: Vec::new() }
    }

    /// Says what became of the pair called `name`, the next of `of`.
    pub(super) fn add(&mut self, of: usize, name: &str, result: Result<Summary>, console: &Console) {
        self.done += 1;
        let head = format!("[{}/{of}] {name}: ", self.done);
        match result {
            Ok(summary) => {
                console.say(&(head + &in_words(&summary)));
                self.segments += (summary.source_segments + summary.target_segments) as u64;
                self.rank(Row { name: name.to_string(), summary });
            }
            Err(error) => {
                console.error(&Error::new(format!("{head}{error}")));
                self.failed.push(Failure { name: name.to_string(), cause: error.to_string() });
            }
        }
    }

    /// Keeps a row if it is among the worst; of equal ones the earlier goes first.
    fn rank(&mut self, row: Row) {
        let place = self.worst.partition_point(|other| other.summary.quality <= row.summary.quality);
        self.worst.insert(place, row);
        self.worst.truncate(WORST);
    }

    /// Says the sum of it all, or prints it as JSON; tells whether any failed.
    pub(super) fn finish(self, signature: String, console: &Console) -> Result<bool> {
        let seconds = self.begun.elapsed().as_secs_f64();
        #[allow(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let rate = (self.segments as f64 / seconds.max(1e-9)) as u64;
        let failed = if self.failed.is_empty() { String::new() } else { format!(", {} failed", count(self.failed.len() as u64)) };
        console.say(&format!(
            "{}{failed}, {} in {seconds:.1} s ({} segments/s)",
            plural(self.done as u64, "pairs"),
            plural(self.segments, "segments"),
            count(rate)
        ));
        if self.worst.len() > 1 {
            console.say(worst(&self.worst).trim_end());
        }
        let any = !self.failed.is_empty();
        if console.wants_json() {
            let Tally { done, failed, segments, worst, .. } = self;
            console.result(&Report { pairs: done, failed, segments, seconds, segments_per_second: rate, worst, signature }, "")?;
        }
        Ok(any)
    }
}

fn worst(rows: &[Row]) -> String {
    let head = ["worst by quality", "quality", "source", "target", "beads", "unmatched"].map(String::from).to_vec();
    let cells = |Row { name, summary }: &Row| {
        let numbers = [summary.source_segments, summary.target_segments, summary.beads, summary.unmatched];
        let numbers = numbers.map(|n| count(n as u64));
        [name.clone(), format!("{:.2}", summary.quality)].into_iter().chain(numbers).collect()
    };
    table(&std::iter::once(head).chain(rows.iter().map(cells)).collect::<Vec<_>>())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_worst_are_kept_in_order() {
        let mut tally = Tally::begin();
        let summary = |quality| Summary { source_segments: 1, target_segments: 1, beads: 1, unmatched: 0, quality };
        for n in 0..30 {
            tally.rank(Row { name: n.to_string(), summary: summary(f64::from((n * 7) % 15) / 15.0) });
        }
        let names: Vec<&str> = tally.worst.iter().map(|row| row.name.as_str()).collect();
        assert_eq!(names, ["0", "15", "13", "28", "11", "26", "9", "24", "7", "22"]);
    }
}
