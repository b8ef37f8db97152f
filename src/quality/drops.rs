//! What was dropped, for what and from where: counts for each reason and source, and a few examples of each, drawn by a seed. It decides nothing.
//!
//! The same records give the same numbers and examples, in whatever batches and on however many threads they were judged.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{CHECKS, filters::FILTERS};
use crate::text::hash::digest;

/// Why a record is dropped: the id of a filter, of a check, the name of a score, or one of [`UNREADABLE`], [`REVIEW`], [`CONFIDENCE`], [`DUPLICATE`].
pub type Reason = std::borrow::Cow<'static, str>;

/// It cannot be read.
pub const UNREADABLE: &str = "unreadable";
/// A person has rejected it.
pub const REVIEW: &str = "review";
/// The confidence of its bead is below the one asked for.
pub const CONFIDENCE: &str = "confidence";
/// Another record says the same.
pub const DUPLICATE: &str = "duplicate";

/// Examples kept for each reason and source.
pub const EXAMPLES: usize = 5;

/// A reason that drops more than this share of a source is worth a warning.
pub const SUSPICIOUS: f64 = 0.3;

/// Sources told apart; those that come after so many others are counted as [`OTHER_SOURCES`], so that memory stays bounded.
const MOST_SOURCES: usize = 100;

/// The name under which the sources are counted that come after a hundred others.
pub const OTHER_SOURCES: &str = "(other sources)";

/// What the examples are drawn by.
const SEED: u64 = 1;

/// What became of some records.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Drops {
    /// Records judged.
    pub records: u64,
    /// Records kept.
    pub kept: u64,
    /// The same for each source.
    pub sources: BTreeMap<String, Kept>,
    /// By reason.
    pub dropped: BTreeMap<String, Dropped>,
}

/// How many records of a source were kept.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Records judged.
    pub records: u64,
    /// Records kept.
    pub kept: u64,
}

/// What one reason has dropped.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Dropped {
    /// In all sources.
    #[serde(flatten)]
    pub count: Count,
    /// In each source.
    pub sources: BTreeMap<String, DroppedOf>,
}

/// What one reason has dropped from one source.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct DroppedOf {
    /// How many.
    #[serde(flatten)]
    pub count: Count,
    /// Some of them.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub examples: Vec<Example>,
}

/// How many records a reason drops.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Count {
    /// By itself: as many as would be dropped if it were the only reason.
    pub all: u64,
    /// Without any other reason: as many as would come back if it were off.
    pub only: u64,
    /// After the reasons before it: these add up to all that is dropped.
    pub first: u64,
}

/// A record that was dropped.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Example {
    /// The number of the record, or the id of the unit.
    pub id: String,
    /// The source text; of a record that cannot be read, all of it.
    pub source: String,
    /// The target text.
    pub target: String,
    /// The translation score, if there is one.
    pub score: Option<f64>,
    /// Everything it is dropped for, and the cause if it cannot be read.
    pub reasons: Vec<String>,
    #[serde(skip)]
    rank: [u8; 16],
}

/// A reason that drops a large share of a source.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Warning {
    /// The reason.
    pub reason: String,
    /// The source.
    pub source: String,
    /// Which share of its records, from 0 to 1.
    pub share: f64,
}

impl Drops {
    /// Counts a record that is kept.
    pub fn add_kept(&mut self, source: &str) {
        let name = self.name(source);
        let of = entry(&mut self.sources, name);
        (of.records, of.kept) = (of.records + 1, of.kept + 1);
        (self.records, self.kept) = (self.records + 1, self.kept + 1);
    }

    /// Counts a record that is dropped for `reasons`, in the order in which they apply. `example` tells of it, if it is drawn.
    pub fn add_dropped(&mut self, source: &str, id: &str, reasons: &[Reason], example: impl FnOnce() -> Example) {
        let name = self.name(source);
        self.records += 1;
        entry(&mut self.sources, name).records += 1;
        let rank = digest([&SEED.to_le_bytes()[..], id.as_bytes()]);
        let mut example = Some(example);
        let mut made: Option<Example> = None;
        for (n, reason) in reasons.iter().enumerate() {
            let count = Count { all: 1, only: u64::from(reasons.len() == 1), first: u64::from(n == 0) };
            let dropped = entry(&mut self.dropped, reason);
            dropped.count.add(count);
            let of = entry(&mut dropped.sources, name);
            of.count.add(count);
            if of.draws(&rank) {
                if let Some(make) = example.take() {
                    let told = make();
                    made = Some(Example { id: id.to_string(), reasons: all_reasons(reasons, &told.reasons), rank, ..told });
                }
                of.draw(made.iter().cloned());
            }
        }
    }

    /// Adds what became of other records.
    pub fn merge(&mut self, other: Drops) {
        self.records += other.records;
        self.kept += other.kept;
        for (source, kept) in other.sources {
            let name = self.name(&source).to_string();
            let of = entry(&mut self.sources, &name);
            (of.records, of.kept) = (of.records + kept.records, of.kept + kept.kept);
        }
        for (reason, dropped) in other.dropped {
            let mine = entry(&mut self.dropped, &reason);
            mine.count.add(dropped.count);
            for (source, theirs) in dropped.sources {
                let name = if self.sources.contains_key(&source) { source } else { OTHER_SOURCES.to_string() };
                let of = entry(&mut mine.sources, &name);
                of.count.add(theirs.count);
                of.draw(theirs.examples);
            }
        }
    }

    /// Records dropped.
    pub fn total(&self) -> u64 {
        self.records - self.kept
    }

    /// The reasons in the order in which they apply, with what each has dropped.
    pub fn reasons(&self) -> Vec<(&str, &Dropped)> {
        let mut reasons: Vec<_> = self.dropped.iter().map(|(reason, dropped)| (reason.as_str(), dropped)).collect();
        reasons.sort_by_key(|(reason, _)| place(reason));
        reasons
    }

    /// The reasons that drop more than [`SUSPICIOUS`] of one source, the largest share first.
    pub fn warnings(&self) -> Vec<Warning> {
        let cells = self.dropped.iter().flat_map(|(reason, dropped)| dropped.sources.iter().map(move |(source, of)| (reason, source, of)));
        let shares = cells.map(|(reason, source, of)| {
            let records = self.sources.get(source).map_or(0, |kept| kept.records);
            Warning { reason: reason.clone(), source: source.clone(), share: of.count.all as f64 / records.max(1) as f64 }
        });
        let mut warnings: Vec<_> = shares.filter(|warning| warning.share > SUSPICIOUS).collect();
        warnings
            .sort_by(|a, b| b.share.total_cmp(&a.share).then_with(|| (place(&a.reason), &a.source).cmp(&(place(&b.reason), &b.source))));
        warnings
    }

    /// What does not add up: kept and dropped are to be all that was read, and each that was dropped has one first reason.
    pub fn flaw(&self, read: u64) -> Option<String> {
        let first: u64 = self.dropped.values().map(|dropped| dropped.count.first).sum();
        let fits = read == self.records && self.kept + first == read;
        (!fits).then(|| format!("{read} records were read, but {} kept and {first} dropped", self.kept))
    }

    /// The same numbers without examples.
    #[must_use]
    pub fn without_examples(mut self) -> Drops {
        self.dropped.values_mut().flat_map(|dropped| dropped.sources.values_mut()).for_each(|of| of.examples.clear());
        self
    }

    /// The name under which a source is counted.
    fn name<'n>(&self, source: &'n str) -> &'n str {
        let told_apart = self.sources.len() - usize::from(self.sources.contains_key(OTHER_SOURCES));
        let is_known = told_apart < MOST_SOURCES || self.sources.contains_key(source);
        if is_known { source } else { OTHER_SOURCES }
    }
}

impl Dropped {
    /// Some of the records, of whatever source; each with the name of its source.
    pub fn examples(&self) -> Vec<(&str, &Example)> {
        let all = self.sources.iter().flat_map(|(source, of)| of.examples.iter().map(move |example| (source.as_str(), example)));
        let mut all: Vec<_> = all.collect();
        all.sort_by_key(|(source, example)| (example.rank, *source));
        all.truncate(EXAMPLES);
        all
    }
}

impl DroppedOf {
    /// True if a record of that rank is among the examples.
    fn draws(&self, rank: &[u8; 16]) -> bool {
        self.examples.len() < EXAMPLES || self.examples.last().is_some_and(|last| *rank < last.rank)
    }

    /// Keeps the examples with the smallest ranks: a sample that does not depend on the order in which they come.
    fn draw(&mut self, examples: impl IntoIterator<Item = Example>) {
        self.examples.extend(examples);
        self.examples.sort_by(|a, b| (a.rank, &a.id).cmp(&(b.rank, &b.id)));
        self.examples.truncate(EXAMPLES);
    }
}

impl Example {
    /// A record with these texts and this score; the rest is filled in where it is counted.
    pub fn new(source: &str, target: &str, score: Option<f64>) -> Example {
        Example { source: source.to_string(), target: target.to_string(), score, ..Example::default() }
    }
}

impl Count {
    fn add(&mut self, other: Count) {
        self.all += other.all;
        self.only += other.only;
        self.first += other.first;
    }
}

fn all_reasons(reasons: &[Reason], causes: &[String]) -> Vec<String> {
    reasons.iter().map(ToString::to_string).chain(causes.iter().cloned()).collect()
}

/// An entry without a copy of its name where it is there already.
fn entry<'m, V: Default>(map: &'m mut BTreeMap<String, V>, name: &str) -> &'m mut V {
    if !map.contains_key(name) {
        map.insert(name.to_string(), V::default());
    }
    map.get_mut(name).expect("it is there now")
}

/// Where a reason stands among all: what is no filter, filters, checks, scores of other programs, duplicates.
pub(super) fn place(reason: &str) -> (usize, usize) {
    if let Some(n) = [UNREADABLE, REVIEW, CONFIDENCE].iter().position(|id| *id == reason) {
        return (0, n);
    }
    if let Some(n) = FILTERS.iter().position(|filter| filter.id == reason) {
        return (1, n);
    }
    match CHECKS.iter().position(|check| check.id == reason) {
        Some(n) => (2, n),
        None => (3 + usize::from(reason == DUPLICATE), 0),
    }
}

/// Puts reasons into the order in which they apply.
pub fn in_order(reasons: &mut [Reason]) {
    reasons.sort_by_key(|reason| place(reason));
}

#[cfg(test)]
mod tests {
    use super::*;

    fn drops(records: impl IntoIterator<Item = u64>) -> Drops {
        let mut drops = Drops::default();
        for n in records {
            let source = if n.is_multiple_of(3) { "a" } else { "b" };
            let reasons: &[Reason] = match n % 4 {
                0 => &[],
                1 => &[Reason::Borrowed("length")],
                _ => &[Reason::Borrowed("translation"), Reason::Borrowed("number")],
            };
            if reasons.is_empty() {
                drops.add_kept(source);
            } else {
                drops.add_dropped(source, &n.to_string(), reasons, || Example { source: format!("texto {n}"), ..Example::default() });
            }
        }
        drops
    }

    #[test]
    fn batches_do_not_show() {
        let whole = drops(0..1000);
        for size in [1, 7, 400] {
            let mut merged = Drops::default();
            for start in (0..1000).step_by(size) {
                merged.merge(drops(start..(start + size as u64).min(1000)));
            }
            assert_eq!(merged, whole, "batches of {size}");
        }
        assert_eq!(whole.dropped["number"].sources["a"].examples.len(), EXAMPLES);
        assert_eq!(whole.dropped["number"].examples().len(), EXAMPLES);
    }

    #[test]
    fn what_is_counted_adds_up() {
        let drops = drops(0..100);
        assert_eq!((drops.records, drops.kept, drops.total()), (100, 25, 75));
        assert_eq!(drops.dropped["translation"].count, Count { all: 50, only: 0, first: 50 });
        assert_eq!(drops.dropped["number"].count, Count { all: 50, only: 0, first: 0 });
        assert_eq!(drops.dropped["length"].count, Count { all: 25, only: 25, first: 25 });
        assert_eq!(drops.flaw(100), None);
        assert!(drops.flaw(101).is_some_and(|flaw| flaw.contains("101")));
        assert_eq!(drops.reasons().iter().map(|(reason, _)| *reason).collect::<Vec<_>>(), ["length", "translation", "number"]);
    }

    #[test]
    fn a_reason_that_drops_much_of_a_source_is_warned_of() {
        let warnings = drops(0..1000).warnings();
        assert!(warnings.iter().all(|warning| warning.reason != "length" && warning.share > 0.3), "{warnings:?}");
        assert_eq!(warnings.len(), 4, "{warnings:?}");
        let mut few = Drops::default();
        (0..7).for_each(|_| few.add_kept("a"));
        (0..3).for_each(|n| few.add_dropped("a", &n.to_string(), &["length".into()], Example::default));
        assert_eq!(few.warnings(), [], "30 % are not more than 30 %");
    }

    #[test]
    fn sources_without_end_are_counted_together() {
        let mut drops = Drops::default();
        (0..300).for_each(|n| drops.add_dropped(&n.to_string(), "1", &["length".into()], Example::default));
        let mut merged = Drops::default();
        merged.merge(drops);
        assert_eq!(merged.sources.len(), MOST_SOURCES + 1);
        assert_eq!(merged.sources[OTHER_SOURCES].records, 200);
        assert_eq!(merged.dropped["length"].sources[OTHER_SOURCES].count.all, 200);
    }

    #[test]
    fn it_comes_back_from_json() {
        let all = drops(0..40).without_examples();
        let json = serde_json::to_string(&all).expect("json");
        assert_eq!(serde_json::from_str::<Drops>(&json).expect("drops"), all);
    }
}
