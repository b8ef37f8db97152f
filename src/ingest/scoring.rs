//! Units of the store → scores, kept with them: the translation score, and those of other programs. A unit that was scored by the same
//! components is left alone.

use std::borrow::Cow;
use std::collections::{BTreeMap, VecDeque};

use super::command::Command;
use crate::error::Result;
use crate::model::Signature;
use crate::parallel::Pool;
use crate::quality::clean::{Cleaning, Counts};
use crate::quality::score::Scorer;
use crate::quality::{Context, Judge, Pair, Rules, Selection};
use crate::store::{Store, StoredUnit, UnitQuery};
use crate::text::hash::content_hash;

/// Units scored at a time.
const PAGE: usize = 2_000;

/// A score that another program gives.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreCommand {
    /// What it is called.
    pub name: String,
    /// What gives it: a command for the shell (see [`Command`]).
    pub command: String,
}

/// What scoring did.
#[derive(Debug, Clone, Default, PartialEq, serde::Serialize)]
pub struct ScoreReport {
    /// Units in the store.
    pub units: u64,
    /// Units that got a translation score.
    pub scored: u64,
    /// Units that got a score of another program, by its name.
    pub others: BTreeMap<String, u64>,
}

/// What gives the translation score: the model of the score, the encoder, the lexicon.
pub fn signature(scorer: &Scorer, context: &Context) -> Signature {
    match &context.lexicon {
        Some(lexicon) => scorer.signature().with("lexicon", lexicon.checksum()),
        None => scorer.signature(),
    }
}

/// Scores the units that were not scored by the same components. What is usual in the corpus as a whole is not looked at, so that a score depends on
/// its two texts only. Texts are scored as `cleaning` leaves them; those of the store stay as they came.
pub fn score_units(
    store: &mut Store,
    pool: &Pool,
    scorer: Scorer,
    commands: &[ScoreCommand],
    cleaning: Option<&Cleaning>,
    progress: &mut dyn FnMut(&str, u64),
) -> Result<ScoreReport> {
    let context = Context::shipped();
    let clean = cleaning.map(Cleaning::signature).unwrap_or_default();
    let signature = signature(&scorer, &context).and(&clean).to_string();
    let mut report = ScoreReport { units: store.unit_count()?, ..ScoreReport::default() };
    report.scored = store.transaction(|store| {
        let nothing = Selection::only([]).expect("no check is unknown");
        let judge = Judge { scorer: Some(scorer), checks: nothing, all_findings: false, rules: Rules::none(), context };
        let scored = put_scores(store, pool, &judge, cleaning, &content_hash(signature.as_bytes()), progress)?;
        store.set_score_signature(&signature)?;
        Ok(scored)
    })?;
    let keys: Vec<String> = commands.iter().map(|score| content_hash(format!("{}\n{clean}", score.command).as_bytes())).collect();
    let known: Vec<_> = commands.iter().zip(&keys).map(|(score, key)| (score.name.as_str(), key.as_str())).collect();
    store.transaction(|store| store.keep_other_scores(&known))?;
    for (score, key) in commands.iter().zip(&keys) {
        let scored = store.transaction(|store| put_others(store, score, cleaning, key, &mut |done| progress(&score.name, done)))?;
        report.others.insert(score.name.clone(), scored);
    }
    Ok(report)
}

fn put_scores(
    store: &Store,
    pool: &Pool,
    judge: &Judge,
    cleaning: Option<&Cleaning>,
    key: &str,
    progress: &mut dyn FnMut(&str, u64),
) -> Result<u64> {
    let score = |page: Vec<StoredUnit>| {
        let new: Vec<StoredUnit> = page.into_iter().filter(|stored| stored.scored.as_deref() != Some(key)).collect();
        let texts: Vec<_> = new.iter().map(|stored| cleaned(stored, cleaning)).collect();
        let pairs: Vec<Pair<'_>> =
            new.iter().zip(&texts).map(|(stored, [source, target])| Pair { source, target, ..pair(stored) }).collect();
        let scores = judge.judge(&pairs).into_iter().map(|judgement| judgement.score.unwrap_or(0.0));
        new.iter().map(|stored| stored.row).zip(scores).collect::<Vec<_>>()
    };
    let mut done = 0;
    pool.map_ordered(store.unit_pages(UnitQuery::default(), PAGE)?, score, |scored: Vec<(i64, f64)>| {
        done += scored.len() as u64;
        progress("units", done);
        scored.into_iter().try_for_each(|(row, score)| store.put_score(row, key, score))
    })?;
    Ok(done)
}

/// Has another program score the units that it has not scored; it is started only if there are any.
fn put_others(store: &Store, score: &ScoreCommand, cleaning: Option<&Cleaning>, key: &str, progress: &mut dyn FnMut(u64)) -> Result<u64> {
    let mut running = None;
    let mut waiting: VecDeque<i64> = VecDeque::new();
    let mut done = 0;
    let mut put = |waiting: &mut VecDeque<i64>, numbers: Vec<f64>| -> Result<()> {
        for number in numbers {
            let row = waiting.pop_front().expect("as many numbers as pairs, or the command has failed");
            store.put_other_score(row, &score.name, key, number)?;
            done += 1;
        }
        progress(done);
        Ok(())
    };
    for page in store.unit_pages(UnitQuery { scores: vec![score.name.clone()], ..UnitQuery::default() }, PAGE)? {
        let new: Vec<StoredUnit> = page?.into_iter().filter(|stored| stored.scores == [None]).collect();
        if new.is_empty() {
            continue;
        }
        let command = match &mut running {
            Some(command) => command,
            None => running.insert(Command::start(&score.name, &score.command)?),
        };
        waiting.extend(new.iter().map(|stored| stored.row));
        let texts: Vec<_> = new.iter().map(|stored| cleaned(stored, cleaning)).collect();
        command.ask(texts.iter().map(|[source, target]| (source.as_ref(), target.as_ref())));
        put(&mut waiting, command.answers()?)?;
    }
    if let Some(command) = running {
        put(&mut waiting, command.finish()?)?;
    }
    Ok(done)
}

/// The texts of a unit as they are scored.
fn cleaned<'s>(stored: &'s StoredUnit, cleaning: Option<&Cleaning>) -> [Cow<'s, str>; 2] {
    let pair = pair(stored);
    cleaning.map_or([pair.source.into(), pair.target.into()], |cleaning| cleaning.clean_pair(&pair, &mut Counts::default()))
}

/// The texts of a unit.
pub fn pair(stored: &StoredUnit) -> Pair<'_> {
    let unit = &stored.unit;
    Pair { source: &unit.source, target: &unit.target, source_lang: unit.source_lang, target_lang: unit.target_lang }
}
