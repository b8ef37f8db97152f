//! `filters`: the registry of filters, with what each preset keeps.

use clap::Args;

use super::Outcome;
use super::console::{Console, table};
use crate::error::Result;
use crate::quality::filters::FILTERS;

/// List the filters, and which values each preset keeps
#[derive(Args)]
pub(super) struct FiltersArgs {}

#[derive(serde::Serialize)]
struct Row {
    id: &'static str,
    unit: &'static str,
    training: String,
    strict: String,
    review: String,
    about: &'static str,
}

pub(super) fn run(_: &FiltersArgs, console: &Console) -> Result<Outcome> {
    let rows: Vec<Row> = FILTERS
        .iter()
        .map(|filter| Row {
            id: filter.id,
            unit: filter.unit,
            training: filter.presets.training.to_string(),
            strict: filter.presets.strict.to_string(),
            review: filter.presets.review.to_string(),
            about: filter.about.en,
        })
        .collect();
    let mut lines = vec![["filter", "training", "strict", "review", "what it measures"].map(String::from).to_vec()];
    lines
        .extend(rows.iter().map(|row| vec![row.id.into(), row.training.clone(), row.strict.clone(), row.review.clone(), row.about.into()]));
    console.result(&rows, &table(&lines))?;
    Ok(Outcome::Done)
}
