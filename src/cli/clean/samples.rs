//! A few changes of each rule, chosen by a seed: those with the smallest hashes, whatever the order in which they come.

use std::collections::BTreeMap;

use crate::quality::Pair;
use crate::quality::clean::{RULES, visible};
use crate::text::hash::digest;

/// A text before and after.
#[derive(serde::Serialize)]
pub(super) struct Sample {
    pub(super) record: u64,
    pub(super) side: &'static str,
    pub(super) before: String,
    pub(super) after: String,
}

/// At most so many samples of each rule.
pub(super) struct Samples {
    most: usize,
    seed: u64,
    chosen: BTreeMap<&'static str, BTreeMap<([u8; 16], u64), Sample>>,
}

impl Samples {
    pub(super) fn new(most: usize, seed: u64) -> Samples {
        Samples { most, seed, chosen: BTreeMap::new() }
    }

    /// Offers a record that a rule changed; `clean` are its sides as all rules leave them.
    pub(super) fn offer(&mut self, rule: &'static str, record: u64, pair: &Pair<'_>, clean: [&str; 2]) {
        let key = (digest([&self.seed.to_le_bytes()[..], rule.as_bytes(), &record.to_le_bytes()[..]]), record);
        let chosen = self.chosen.entry(rule).or_default();
        let is_full = chosen.len() >= self.most;
        if self.most == 0 || is_full && chosen.last_key_value().is_some_and(|(last, _)| key > *last) {
            return;
        }
        let sample = sample(rule, record, pair, clean);
        chosen.extend(sample.map(|sample| (key, sample)));
        self.trim();
    }

    pub(super) fn merge(&mut self, other: Samples) {
        for (rule, samples) in other.chosen {
            self.chosen.entry(rule).or_default().extend(samples);
        }
        self.trim();
    }

    /// The samples of a rule.
    pub(super) fn take(&mut self, rule: &str) -> Vec<Sample> {
        self.chosen.remove(rule).map(|samples| samples.into_values().collect()).unwrap_or_default()
    }

    fn trim(&mut self) {
        for samples in self.chosen.values_mut() {
            while samples.len() > self.most {
                samples.pop_last();
            }
        }
    }
}

/// The first side that the rule alone changes; if it needs what others make of the text, the first side that all of them change.
fn sample(rule: &str, record: u64, pair: &Pair<'_>, clean: [&str; 2]) -> Option<Sample> {
    let rule = RULES.iter().find(|known| known.id == rule)?;
    let sides = [("source", pair.source, pair.source_lang, clean[0]), ("target", pair.target, pair.target_lang, clean[1])];
    let alone = sides.iter().map(|(side, before, lang, _)| (*side, *before, rule.apply(before, *lang).into_owned()));
    let together = sides.iter().map(|(side, before, _, clean)| (*side, *before, (*clean).to_string()));
    let (side, before, after) = alone.chain(together).find(|(_, before, after)| before != after)?;
    Some(Sample { record, side, before: before.to_string(), after })
}

/// So many characters are shown before and after the first difference.
const BEFORE: usize = 30;
const AFTER: usize = 60;

impl Sample {
    /// Two lines for people: before, after.
    pub(super) fn lines(&self) -> String {
        let same = self.before.chars().zip(self.after.chars()).take_while(|(a, b)| a == b).count();
        let [before, after] = [&self.before, &self.after].map(|text| part(text, same));
        format!("  {} {}\n    - {before}\n    + {after}", self.side, self.record)
    }
}

/// The text around a character.
fn part(text: &str, at: usize) -> String {
    let from = at.saturating_sub(BEFORE);
    let shown: String = text.chars().skip(from).take(BEFORE + AFTER).collect();
    let more = text.chars().nth(from + BEFORE + AFTER).is_some();
    format!("{}{}{}", if from > 0 { "…" } else { "" }, visible(&shown), if more { "…" } else { "" })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::Lang;

    #[test]
    fn the_same_samples_are_chosen_in_whatever_parts_they_come() {
        let pair = Pair { source: "a  b", target: "c", source_lang: Lang::ES, target_lang: Lang::EN };
        let offer = |records: std::ops::Range<u64>| {
            let mut samples = Samples::new(2, 7);
            records.for_each(|record| samples.offer("spaces", record, &pair, ["a b", "c"]));
            samples
        };
        let mut parts = offer(0..40);
        parts.merge(offer(40..100));
        let records = |mut samples: Samples| samples.take("spaces").iter().map(|sample| sample.record).collect::<Vec<_>>();
        let whole = records(offer(0..100));
        assert_eq!(records(parts), whole);
        assert_eq!(whole.len(), 2);
    }

    #[test]
    fn what_cannot_be_seen_is_shown_and_long_texts_are_cut() {
        let before = format!("{}10\u{a0}% de todo", "x".repeat(100));
        let sample = Sample { record: 3, side: "source", after: before.replace('\u{a0}', " "), before };
        assert!(sample.lines().contains("10⟨00A0⟩% de todo") && sample.lines().contains("- …"), "{}", sample.lines());
    }
}
