//! Which units of a store are exported, and why the others are not: review, confidence, filters, duplicates. Texts are cleaned first. Scores and
//! findings are those of the store; where it has none, or not of the text as it was cleaned, they are made on the way.

use std::borrow::Cow;

use serde::Serialize;

use super::remarks::Remarks;
use super::twins::{Compared, Told};
use super::{Dedup, Options, Tally};
use crate::error::Result;
use crate::ingest::scoring::pair;
use crate::model::{Finding, Origin, Signature, State, Unit};
use crate::quality::clean::{Cleaning, Counts};
use crate::quality::drops::{CONFIDENCE, DUPLICATE, Example, REVIEW, Reason, in_order};
use crate::quality::filters::Record;
use crate::quality::score::Scorer;
use crate::quality::{self, CHECKS, Context, Filtering, Judge, Reading, Rules, Selection};
use crate::store::{Store, StoredUnit, UnitQuery};

/// Decides what is exported. Made once, used from any thread.
pub(super) struct Keeping<'a> {
    filtering: &'a Filtering,
    cleaning: Option<&'a Cleaning>,
    /// Whether a filter may drop something.
    is_on: bool,
    min_confidence: f64,
    states: Option<&'a [State]>,
    /// What is shown of reviews and findings.
    remarks: Remarks,
    context: Context,
    /// Scores units that have no score; only there if a filter asks for scores.
    scoring: Option<Judge>,
    /// The checks that drop.
    checks: Selection,
    /// Whether the store holds what they have found.
    is_checked: bool,
    signature: Signature,
}

/// What became of a page of units.
#[derive(Default)]
pub(super) struct Decided {
    /// Those that are exported, in order.
    pub kept: Vec<Unit>,
    /// What was dropped and cleaned, in numbers.
    pub tally: Tally,
    /// What was dropped, an object on each line.
    pub lines: String,
}

/// What a page of units is like, for comparison: those that are kept so far are not counted yet.
pub(super) struct ComparedPage {
    /// Each with its row.
    pub units: Vec<(i64, Compared)>,
    /// What was dropped, in numbers.
    pub tally: Tally,
    /// What was dropped, an object on each line.
    pub lines: String,
}

/// A unit as it would be exported.
struct Judged {
    stored: StoredUnit,
    /// Whether cleaning has changed a text.
    is_changed: bool,
    score: Option<f64>,
    reasons: Vec<Reason>,
}

/// What is known of a unit that is dropped: a line of the side file.
#[derive(Serialize)]
struct Line<'a> {
    id: &'a str,
    /// The name of its source.
    of: &'a str,
    reasons: &'a [Reason],
    score: Option<f64>,
    #[serde(skip_serializing_if = "serde_json::Map::is_empty")]
    scores: serde_json::Map<String, serde_json::Value>,
    /// The id of the unit that stays in its place.
    #[serde(skip_serializing_if = "Option::is_none")]
    duplicate_of: Option<&'a str>,
    source: &'a str,
    target: &'a str,
    origin: &'a Origin,
}

impl<'a> Keeping<'a> {
    /// What decides about the units of a store.
    pub(super) fn new(store: &Store, options: &'a Options) -> Result<Keeping<'a>> {
        let filtering = &options.filtering;
        let nothing = || Selection::only([]).expect("no check is unknown");
        let context = Context { words: options.words.clone(), ..Context::shipped() };
        let scoring = || {
            let (rules, context) = (Rules::none(), Context::shipped());
            Judge { scorer: Some(Scorer::shipped()), checks: nothing(), all_findings: false, rules, context }
        };
        let checks = dropping(filtering, &options.checks);
        Ok(Keeping {
            filtering,
            cleaning: options.cleaning.as_ref().filter(|cleaning| !cleaning.is_empty()),
            is_on: !filtering.keeps_everything(),
            min_confidence: options.min_confidence,
            states: options.states.as_deref(),
            remarks: Remarks::of(store, options)?,
            context,
            scoring: filtering.asks_for_score().then(scoring),
            is_checked: store.stage("check")?.is_some(),
            signature: signature(store, options, &checks)?,
            checks,
        })
    }

    /// What has to be read of each unit.
    pub(super) fn query(&self) -> UnitQuery {
        let scores = if self.is_on { self.filtering.scores.clone() } else { Vec::new() };
        let findings = self.is_checked && (self.checks.checks().next().is_some() || self.remarks.shows_findings());
        UnitQuery { findings, scores, remarks: self.remarks.are_asked(), ..UnitQuery::default() }
    }

    /// What decided: the rules, the checks that drop, and what gave the scores.
    pub(super) fn signature(&self) -> &Signature {
        &self.signature
    }

    /// What becomes of units where duplicates do not matter.
    pub(super) fn decide(&self, page: Vec<StoredUnit>) -> Decided {
        let mut decided = Decided::default();
        for judged in self.judged(page, &mut decided.tally.counts) {
            if judged.reasons.is_empty() {
                decided.keep(self.remarks.shown(judged.stored, judged.is_changed));
            } else {
                self.put_aside(&judged, None, &mut decided.tally, &mut decided.lines);
            }
        }
        decided
    }

    /// What is to be compared of units that nothing drops so far.
    pub(super) fn compared(&self, page: Vec<StoredUnit>, dedup: &Dedup) -> ComparedPage {
        let mut compared = ComparedPage { units: Vec::with_capacity(page.len()), tally: Tally::default(), lines: String::new() };
        for judged in self.judged(page, &mut compared.tally.counts) {
            let row = judged.stored.row;
            let what = if !judged.reasons.is_empty() {
                self.put_aside(&judged, None, &mut compared.tally, &mut compared.lines);
                Compared::Dropped
            } else if dedup.except.contains(&judged.stored.source_name) {
                Compared::Exempt
            } else {
                let unit = Unit { score: judged.score, ..judged.stored.unit };
                dedup.options.keyed([(0, &unit)]).pop().map_or(Compared::Exempt, Compared::With)
            };
            compared.units.push((row, what));
        }
        compared
    }

    /// What becomes of units of which it is known whether they are duplicates. What was dropped before was counted before.
    pub(super) fn without_duplicates(&self, page: Vec<(StoredUnit, Told)>) -> Decided {
        let mut decided = Decided::default();
        // Cleaned, it was counted in the first pass.
        let mut counts = Counts::default();
        for (stored, told) in page {
            if matches!(told, Told::Dropped) {
                continue;
            }
            let (stored, is_changed) = self.cleaned(stored, &mut counts);
            match told {
                Told::Duplicate(of) => {
                    let judged = Judged { score: stored.unit.score, stored, is_changed, reasons: vec![Reason::Borrowed(DUPLICATE)] };
                    self.put_aside(&judged, Some(&of), &mut decided.tally, &mut decided.lines);
                }
                _ => decided.keep(self.remarks.shown(stored, is_changed)),
            }
        }
        decided
    }

    /// Units as they would be exported, with everything they are dropped for.
    fn judged(&self, page: Vec<StoredUnit>, counts: &mut Counts) -> Vec<Judged> {
        let page: Vec<_> = page.into_iter().map(|stored| self.cleaned(stored, counts)).collect();
        let scores = self.scores(&page);
        let judged = page.into_iter().zip(scores).map(|((stored, is_changed), score)| {
            let reasons = self.reasons(&stored, is_changed, score);
            Judged { stored, is_changed, score, reasons }
        });
        judged.collect()
    }

    /// A unit with its texts cleaned, and whether that changed them.
    fn cleaned(&self, stored: StoredUnit, counts: &mut Counts) -> (StoredUnit, bool) {
        let Some(cleaning) = self.cleaning else { return (stored, false) };
        let [source, target] = cleaning.clean_pair(&pair(&stored), counts).map(|text| match text {
            Cow::Owned(text) => Some(text),
            Cow::Borrowed(_) => None,
        });
        let is_changed = source.is_some() || target.is_some();
        let mut stored = stored;
        stored.unit.source = source.unwrap_or(stored.unit.source);
        stored.unit.target = target.unwrap_or(stored.unit.target);
        (stored, is_changed)
    }

    /// The translation score of each unit; that of a file is not asked, which may mean anything.
    fn scores(&self, page: &[(StoredUnit, bool)]) -> Vec<Option<f64>> {
        let Some(judge) = &self.scoring else { return page.iter().map(|(stored, _)| stored.unit.score).collect() };
        let new: Vec<_> = page.iter().map(|(stored, _)| stored).filter(|stored| stored.scored.is_none()).map(pair).collect();
        let mut made = judge.judge(&new).into_iter().map(|judgement| judgement.score);
        page.iter().map(|(stored, _)| if stored.scored.is_none() { made.next().flatten() } else { stored.unit.score }).collect()
    }

    /// What the checks that drop have found: what the store holds is of the text as it came.
    fn findings<'s>(&self, stored: &'s StoredUnit, is_changed: bool) -> Cow<'s, [Finding]> {
        if self.is_checked && !is_changed {
            return Cow::Borrowed(&stored.findings);
        }
        Cow::Owned(quality::check(&pair(stored), &self.context, &self.checks))
    }

    /// Everything a unit is dropped for. What a person has accepted no filter drops.
    fn reasons(&self, stored: &StoredUnit, is_changed: bool, score: Option<f64>) -> Vec<Reason> {
        let unit = &stored.unit;
        let mut reasons = Vec::new();
        let is_wanted = self.states.map_or(unit.state != State::Rejected, |states| states.contains(&unit.state));
        if !is_wanted || unit.state == State::Withdrawn {
            reasons.push(Reason::Borrowed(REVIEW));
        }
        if unit.confidence.is_some_and(|confidence| confidence < self.min_confidence) {
            reasons.push(Reason::Borrowed(CONFIDENCE));
        }
        if unit.state != State::Accepted && self.is_on {
            let reading = Reading::new(pair(stored), &self.context);
            let record = Record { reading: &reading, score };
            reasons.extend(self.filtering.reasons(&stored.source_name, &record, &self.findings(stored, is_changed), &stored.scores));
        }
        in_order(&mut reasons);
        reasons
    }

    fn put_aside(&self, judged: &Judged, duplicate_of: Option<&str>, tally: &mut Tally, lines: &mut String) {
        let Judged { stored, score, reasons, .. } = judged;
        let unit = &stored.unit;
        let (id, source, target) = (unit.id.as_deref().unwrap_or_default(), unit.source.as_str(), unit.target.as_str());
        tally.drops.add_dropped(&stored.source_name, id, reasons, || Example::new(source, target, *score));
        let others = self.filtering.scores.iter().zip(&stored.scores);
        let scores = others.filter_map(|(name, value)| value.map(|value| (name.clone(), value.into()))).collect();
        let of = &stored.source_name;
        let line = Line { id, of, reasons, score: *score, scores, duplicate_of, source, target, origin: &unit.origin };
        lines.push_str(&serde_json::to_string(&line).expect("plain data"));
        lines.push('\n');
    }
}

impl Decided {
    fn keep(&mut self, stored: StoredUnit) {
        self.tally.drops.add_kept(&stored.source_name);
        self.kept.push(stored.unit);
    }
}

/// The checks that drop something and are on, with their tiers.
fn dropping(filtering: &Filtering, checks: &Selection) -> Selection {
    let is_on = |id: &&str| checks.checks().any(|check| check.id == *id);
    let dropping = Selection::only(filtering.checks().into_iter().filter(is_on)).expect("checks that drop are in the registry");
    CHECKS.iter().fold(dropping, |selection, check| match checks.tier(check) {
        Some(tier) => selection.with_tier(check.id, tier).expect("it was one before"),
        None => selection,
    })
}

fn signature(store: &Store, options: &Options, checks: &Selection) -> Result<Signature> {
    let mut signature = Signature::default();
    if let Some(score) = store.score_signature()? {
        signature = signature.and(&Signature::parse(&score));
    }
    for (name, key) in store.other_score_keys()? {
        signature = signature.with(&format!("score.{name}"), key);
    }
    if !options.filtering.keeps_everything() {
        let rules = serde_json::to_string(&options.filtering.effective()).expect("plain data");
        signature = signature.with("filter", crate::text::hash::content_hash(rules.as_bytes())).and(&quality::signature(checks));
    }
    if let Some(states) = &options.states {
        signature = signature.with("states", states.iter().map(|state| state.name()).collect::<Vec<_>>().join("+"));
    }
    if let Some(cleaning) = &options.cleaning {
        signature = signature.and(&cleaning.signature());
    }
    if let Some(dedup) = &options.dedup {
        signature = signature.and(&dedup.signature());
    }
    Ok(signature)
}
