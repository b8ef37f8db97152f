//! What the rules did, added up, and told.

use crate::cli::console::{Console, count, plural, table};
use crate::cli::ingest::MAX_REJECTED;
use crate::error::Result;
use crate::formats::Rejection;
use crate::quality::Pair;
use crate::quality::clean::{Count, Counts, RULES};

use super::samples::{Sample, Samples};

/// What was done to a part of the records.
pub(super) struct Worked {
    records: u64,
    changed: u64,
    counts: Counts,
    samples: Samples,
    /// What could not be read.
    pub(super) rejected: Vec<Rejection>,
}

impl Worked {
    pub(super) fn new(samples: usize, seed: u64) -> Worked {
        Worked { records: 0, changed: 0, counts: Counts::default(), samples: Samples::new(samples, seed), rejected: Vec::new() }
    }

    /// Counts a record, of which `clean` are the sides as the rules leave them.
    pub(super) fn record(&mut self, number: u64, pair: &Pair<'_>, clean: [&str; 2], counts: &Counts) {
        self.records += 1;
        self.changed += u64::from(!counts.is_empty());
        for (rule, _) in counts.iter() {
            self.samples.offer(rule, number, pair, clean);
        }
        self.counts.merge(counts);
    }
}

/// What was done to all of them.
pub(super) struct Tally {
    /// Records so far, those that could not be read too.
    pub(super) records: u64,
    changed: u64,
    rejected: u64,
    counts: Counts,
    samples: Samples,
}

#[derive(serde::Serialize)]
struct Summary {
    records: u64,
    changed: u64,
    rejected: u64,
    rules: Vec<RuleSummary>,
}

#[derive(serde::Serialize)]
struct RuleSummary {
    rule: &'static str,
    #[serde(flatten)]
    count: Count,
    samples: Vec<Sample>,
}

impl Tally {
    pub(super) fn new(samples: usize) -> Tally {
        Tally { records: 0, changed: 0, rejected: 0, counts: Counts::default(), samples: Samples::new(samples, 0) }
    }

    pub(super) fn add(&mut self, worked: Worked) {
        self.records += worked.records + worked.rejected.len() as u64;
        self.rejected += worked.rejected.len() as u64;
        self.changed += worked.changed;
        self.counts.merge(&worked.counts);
        self.samples.merge(worked.samples);
    }

    pub(super) fn too_many_unreadable(&self) -> bool {
        self.rejected as f64 * 100.0 > MAX_REJECTED * self.records as f64
    }

    /// A table and samples on standard error, or all of it as JSON on standard output when nothing else goes there.
    pub(super) fn tell(&mut self, stdout_is_free: bool, console: &Console) -> Result<()> {
        let rules: Vec<RuleSummary> = RULES
            .iter()
            .map(|rule| RuleSummary { rule: rule.id, count: self.counts.of(rule.id), samples: self.samples.take(rule.id) })
            .filter(|rule| rule.count.changes > 0)
            .collect();
        console.say(&format!("{} read, {} changed", plural(self.records, "records"), count(self.changed)));
        if self.rejected > 0 {
            console.warn(&format!("{} could not be read and are left out", plural(self.rejected, "records")));
        }
        if !rules.is_empty() {
            let mut rows = vec![["rule", "records", "changes"].map(String::from).to_vec()];
            rows.extend(rules.iter().map(|rule| vec![rule.rule.to_string(), count(rule.count.records), count(rule.count.changes)]));
            console.say(&table(&rows));
        }
        for rule in rules.iter().filter(|rule| !rule.samples.is_empty()) {
            let samples: Vec<String> = rule.samples.iter().map(Sample::lines).collect();
            console.say(&format!("{}\n{}", rule.rule, samples.join("\n")));
        }
        if console.wants_json() && stdout_is_free {
            let summary = Summary { records: self.records, changed: self.changed, rejected: self.rejected, rules };
            console.out(&(serde_json::to_string(&summary).expect("plain data") + "\n"))?;
        }
        Ok(())
    }
}
