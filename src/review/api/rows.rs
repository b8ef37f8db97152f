//! The store's units as the page sees them.

use std::collections::BTreeMap;

use super::super::refusal::Answer;
use super::super::spans::to_utf16;
use super::types::{BeadPlace, Detail, Dismissed, RowFinding, ShownFinding, ShownRendering, SideText, StatementInfo, UnitRow, link};
use crate::model::{Lang, Provenance, State};
use crate::quality;
use crate::store::Store;
use crate::store::review::{self, KeyedFinding};

impl From<review::Row> for UnitRow {
    fn from(row: review::Row) -> UnitRow {
        UnitRow {
            id: row.id,
            n: row.row,
            source: row.source,
            target: row.target,
            confidence: row.confidence,
            score: row.score,
            state: row.state,
            findings: row.findings.into_iter().map(|(check, tier)| RowFinding { check, tier }).collect(),
            origin: row.origin,
            statement: row.statement,
            kind: row.kind.map(|(source, target)| format!("{source}:{target}")),
            edited: row.edited,
            base: row.base,
        }
    }
}

/// The units with these numbers, in their order.
pub(super) fn of(store: &Store, numbers: &[u32]) -> Answer<Vec<UnitRow>> {
    Ok(store.rows(numbers)?.into_iter().map(UnitRow::from).collect())
}

/// The unit with this number.
pub(super) fn numbered(store: &Store, number: i64) -> Answer<Option<UnitRow>> {
    let numbers: Vec<u32> = u32::try_from(number).into_iter().collect();
    Ok(of(store, &numbers)?.pop())
}

/// Everything of a unit, with messages in `lang`.
pub(super) fn detail(found: review::Detail, lang: &Lang) -> Detail {
    let review::Detail { row, unit, reviewed, findings, link: rendered, statement, bead } = found;
    let base = reviewed.base();
    let side = |text: &str, lang: Lang, original: &str, provenance: &Provenance| SideText {
        text: text.to_string(),
        lang,
        original: original.to_string(),
        provenance: linked(provenance),
    };
    let renderings = statement.iter().flat_map(|statement| &statement.renderings).map(|rendering| ShownRendering {
        name: rendering.id.clone(),
        lang: rendering.lang,
        text: rendering.text.clone(),
        outlet: rendering.outlet.clone(),
        url: link(rendering.url.as_deref()),
        kind: rendering.kind,
        quote_type: rendering.quote_type,
        current: rendered.as_ref().is_some_and(|link| [&link.source_rendering, &link.target_rendering].contains(&&rendering.id)),
    });
    Detail {
        source: side(&row.source, unit.source_lang, &reviewed.original.source, &unit.source_provenance),
        target: side(&row.target, unit.target_lang, &reviewed.original.target, &unit.target_provenance),
        findings: findings.into_iter().map(|keyed| finding(keyed, (&row.source, &row.target), lang)).collect(),
        notes: reviewed.current.notes.clone(),
        renderings: renderings.collect(),
        statement: statement.as_ref().map(StatementInfo::from),
        bead: bead.map(|(n, bead)| BeadPlace {
            origin: row.origin.clone(),
            n,
            kind: bead.kind(),
            accepted: bead.by_hand || is_accepted(row.state),
        }),
        history: reviewed.history,
        row: UnitRow::from(row),
        base,
    }
}

/// True if a reviewer holds the unit, and so the grouping that it comes from, to be right.
fn is_accepted(state: State) -> bool {
    matches!(state, State::Accepted | State::Edited)
}

fn finding(keyed: KeyedFinding, (source, target): (&str, &str), lang: &Lang) -> ShownFinding {
    let KeyedFinding { key, finding, dismissed } = keyed;
    ShownFinding {
        key,
        message: quality::message(&finding, lang),
        source_spans: to_utf16(source, &finding.source_spans),
        target_spans: to_utf16(target, &finding.target_spans),
        check: finding.check,
        tier: finding.tier,
        dismissed: dismissed.map(|dismissal| Dismissed { by: dismissal.by, at: dismissal.at, reason: dismissal.reason }),
    }
}

/// What is known of a side, by name; an address only if it may become a link.
fn linked(provenance: &Provenance) -> BTreeMap<String, serde_json::Value> {
    let url = link(provenance.url.as_deref());
    let value = serde_json::to_value(Provenance { url, ..provenance.clone() }).unwrap_or_default();
    value.as_object().cloned().unwrap_or_default().into_iter().collect()
}
