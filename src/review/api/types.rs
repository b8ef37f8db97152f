//! What the page is sent, as it is sent. Spans are UTF-16 offsets `[start, end)` into the text beside them; an address is one only if it is
//! `http` or `https`, as the page makes links of them.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::model::review::{Entry, Note};
use crate::model::{Event, Lang, Medium, QuoteType, RenderingKind, State, Statement};
use crate::store::review::{Bin, CheckCounts};
use crate::store::search::{Group, Hit};

/// A bead whose confidence is below this is doubtful.
pub(super) const LOW: f64 = 0.6;

/// `GET /api/session`.
#[derive(Serialize)]
pub(super) struct SessionInfo {
    pub(super) corpus: String,
    pub(super) title: String,
    pub(super) source_lang: Lang,
    pub(super) target_lang: Lang,
    pub(super) reviewer: String,
    pub(super) read_only: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) read_only_because: Option<String>,
    pub(super) units: u64,
    pub(super) seq: i64,
    pub(super) version: &'static str,
}

/// One of `GET /api/checks`.
#[derive(Serialize)]
pub(super) struct CheckInfo {
    pub(super) id: &'static str,
    pub(super) tier: u8,
    pub(super) about: &'static str,
}

/// A unit in a list: its texts as they are now, and what is open.
#[derive(Serialize)]
pub(super) struct UnitRow {
    pub(super) id: String,
    /// Its number in the store.
    pub(super) n: i64,
    pub(super) source: String,
    pub(super) target: String,
    pub(super) confidence: Option<f64>,
    pub(super) score: Option<f64>,
    pub(super) state: State,
    pub(super) findings: Vec<RowFinding>,
    pub(super) origin: String,
    pub(super) statement: Option<String>,
    pub(super) kind: Option<String>,
    pub(super) edited: bool,
    /// Hash of the state shown, which an act on it names.
    pub(super) base: String,
}

/// An open finding of a unit in a list.
#[derive(Serialize)]
pub(super) struct RowFinding {
    pub(super) check: String,
    pub(super) tier: u8,
}

/// `POST /api/view`.
#[derive(Serialize)]
pub(super) struct ViewMade {
    pub(super) view: String,
    pub(super) total: usize,
    pub(super) seq: i64,
}

/// `GET /api/view/V`.
#[derive(Serialize)]
pub(super) struct RowPage {
    pub(super) start: usize,
    pub(super) total: usize,
    pub(super) rows: Vec<UnitRow>,
}

/// `GET /api/view/V/find`.
#[derive(Serialize)]
pub(super) struct Found {
    pub(super) index: usize,
}

/// `GET /api/unit/ID`.
#[derive(Serialize)]
pub(super) struct Detail {
    pub(super) row: UnitRow,
    pub(super) source: SideText,
    pub(super) target: SideText,
    pub(super) findings: Vec<ShownFinding>,
    pub(super) notes: Vec<Note>,
    pub(super) history: Vec<Entry>,
    pub(super) renderings: Vec<ShownRendering>,
    pub(super) statement: Option<StatementInfo>,
    pub(super) bead: Option<BeadPlace>,
    pub(super) base: String,
}

/// One side of a unit.
#[derive(Serialize)]
pub(super) struct SideText {
    /// As it is now.
    pub(super) text: String,
    pub(super) lang: Lang,
    /// As it was ingested.
    pub(super) original: String,
    pub(super) provenance: BTreeMap<String, serde_json::Value>,
}

/// A finding, dismissed ones too.
#[derive(Serialize)]
pub(super) struct ShownFinding {
    /// What a dismissal of it names.
    pub(super) key: String,
    pub(super) check: String,
    pub(super) tier: u8,
    pub(super) message: String,
    pub(super) source_spans: Vec<[usize; 2]>,
    pub(super) target_spans: Vec<[usize; 2]>,
    pub(super) dismissed: Option<Dismissed>,
}

/// Who dismissed a finding.
#[derive(Serialize)]
pub(super) struct Dismissed {
    pub(super) by: String,
    pub(super) at: String,
    pub(super) reason: Option<String>,
}

/// A published text of the statement that a unit renders.
#[derive(Serialize)]
pub(super) struct ShownRendering {
    pub(super) name: String,
    pub(super) lang: Lang,
    pub(super) text: String,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) kind: RenderingKind,
    pub(super) quote_type: QuoteType,
    /// True for the two that the unit is of.
    pub(super) current: bool,
}

/// Where a unit stands in its bitext.
#[derive(Serialize)]
pub(super) struct BeadPlace {
    pub(super) origin: String,
    pub(super) n: usize,
    pub(super) kind: String,
    /// True for a bead that a reviewer holds to be right.
    pub(super) accepted: bool,
}

/// `POST /api/act`.
#[derive(Serialize)]
pub(super) struct ActDone {
    pub(super) event: Event,
    pub(super) row: Option<UnitRow>,
    pub(super) base: String,
    pub(super) seq: i64,
}

/// `POST /api/undo` and `POST /api/redo`.
#[derive(Serialize)]
pub(super) struct ActUndone {
    pub(super) event: Event,
    pub(super) undone: Event,
    /// The unit, if it was an act on one.
    pub(super) row: Option<UnitRow>,
    /// The bead, if it was an act on an alignment.
    pub(super) beads: Option<BeadAt>,
    pub(super) seq: i64,
}

/// A place in a bitext.
#[derive(Serialize)]
pub(super) struct BeadAt {
    pub(super) origin: String,
    /// The 0-based bead.
    pub(super) bead: usize,
}

/// `POST /api/beads/ORIGIN`.
#[derive(Serialize)]
pub(super) struct BeadsChanged {
    /// The 0-based bead that the reviewer is at now.
    pub(super) bead: usize,
    pub(super) total: usize,
    pub(super) base: String,
    pub(super) event: Event,
    pub(super) seq: i64,
}

/// `POST /api/realign/ORIGIN`.
#[derive(Serialize)]
pub(super) struct Realigned {
    pub(super) changes: Vec<BeadChange>,
    pub(super) base: String,
    /// `None` when nothing was changed.
    pub(super) event: Option<Event>,
    pub(super) seq: i64,
}

/// Neighbouring beads before and after. Those after have their places among the changed ones.
#[derive(Serialize)]
pub(super) struct BeadChange {
    pub(super) before: Vec<BeadRow>,
    pub(super) after: Vec<BeadRow>,
}

/// `POST /api/bulk`.
#[derive(Serialize)]
pub(super) struct BulkDone {
    pub(super) event: Event,
    /// Units that it changed.
    pub(super) count: u64,
    pub(super) seq: i64,
}

/// `GET /api/bulk/sample`.
#[derive(Serialize)]
pub(super) struct Sample {
    pub(super) sample: Vec<UnitRow>,
}

/// `GET /api/changes`.
#[derive(Serialize)]
pub(super) struct Changes {
    pub(super) seq: i64,
    /// The units that the acts were on.
    pub(super) rows: Vec<UnitRow>,
    pub(super) acts: Vec<Event>,
}

/// One of `GET /api/documents`.
#[derive(Serialize)]
pub(super) struct DocumentPair {
    pub(super) origin: String,
    pub(super) source: String,
    pub(super) target: String,
    pub(super) beads: usize,
    pub(super) not_one_to_one: usize,
    pub(super) low: usize,
}

/// A segment of a document.
#[derive(Serialize)]
pub(super) struct SegmentText {
    /// Its 0-based place in the document.
    pub(super) n: usize,
    pub(super) text: String,
}

/// A bead with its texts.
#[derive(Serialize)]
pub(super) struct BeadRow {
    /// Its 0-based place in the bitext.
    pub(super) n: usize,
    pub(super) source: Vec<SegmentText>,
    pub(super) target: Vec<SegmentText>,
    pub(super) confidence: f64,
    pub(super) kind: String,
    /// True for a bead that a reviewer holds to be right: re-aligning goes around it.
    pub(super) accepted: bool,
    /// True for a bead that a reviewer has grouped.
    pub(super) by_hand: bool,
    pub(super) unit: Option<String>,
    pub(super) state: String,
}

/// `GET /api/beads/ORIGIN`.
#[derive(Serialize)]
pub(super) struct BeadPage {
    pub(super) total: usize,
    pub(super) beads: Vec<BeadRow>,
    /// Hash of all beads of the bitext.
    pub(super) base: String,
}

/// `GET /api/path/ORIGIN`.
#[derive(Serialize)]
pub(super) struct PathPoints {
    /// Segments of the source.
    pub(super) source: usize,
    /// Segments of the target.
    pub(super) target: usize,
    /// For each bead: first source segment, first target segment, how many of each, confidence, accepted.
    pub(super) points: Vec<(usize, usize, usize, usize, f64, bool)>,
}

/// `POST /api/files`.
#[derive(Serialize)]
pub(super) struct AlignedFiles {
    pub(super) beads: Vec<BeadRow>,
    pub(super) report: FilesReport,
}

/// What was made of two files.
#[derive(Serialize)]
pub(super) struct FilesReport {
    pub(super) source: String,
    pub(super) target: String,
    pub(super) source_lang: Lang,
    pub(super) target_lang: Lang,
    pub(super) beads: usize,
    pub(super) low: usize,
    pub(super) messages: Vec<String>,
}

/// One of `GET /api/statements`.
#[derive(Serialize)]
pub(super) struct StatementLine {
    pub(super) name: String,
    pub(super) speaker: String,
    pub(super) event: Option<String>,
    pub(super) date: Option<String>,
    /// The text that its other texts are compared with.
    pub(super) reference: String,
    pub(super) renderings: usize,
}

/// Who said what, where.
#[derive(Serialize)]
pub(super) struct StatementInfo {
    pub(super) name: String,
    pub(super) speaker: String,
    pub(super) role: Option<String>,
    pub(super) event: Option<String>,
    pub(super) date: Option<String>,
    pub(super) place: Option<String>,
    pub(super) medium: Medium,
    pub(super) original_lang: Lang,
}

impl From<&Statement> for StatementInfo {
    fn from(statement: &Statement) -> StatementInfo {
        StatementInfo {
            name: statement.id.clone(),
            speaker: statement.speaker.clone(),
            role: statement.role.clone(),
            event: statement.event.clone(),
            date: statement.date.clone(),
            place: statement.place.clone(),
            medium: statement.medium,
            original_lang: statement.original_lang,
        }
    }
}

/// One published text of a statement, against the reference of its language.
#[derive(Serialize)]
pub(super) struct ComparedRendering {
    pub(super) name: String,
    pub(super) lang: Lang,
    pub(super) text: String,
    pub(super) outlet: Option<String>,
    pub(super) url: Option<String>,
    pub(super) kind: RenderingKind,
    pub(super) quote_type: QuoteType,
    pub(super) translator: Option<String>,
    pub(super) reference: bool,
    /// `same`, `added`, `missing` and the words.
    pub(super) diff: Vec<(&'static str, String)>,
    /// Why it stands apart from the others of its language, if it does.
    pub(super) outlier: Option<String>,
}

/// `GET /api/statements/NAME`.
#[derive(Serialize)]
pub(super) struct StatementPage {
    pub(super) statement: StatementInfo,
    pub(super) renderings: Vec<ComparedRendering>,
}

/// `GET /api/concordance`.
#[derive(Serialize)]
pub(super) struct Concordance {
    pub(super) total: usize,
    /// By what the other side says; the largest first.
    pub(super) groups: Vec<Group>,
    pub(super) hits: Vec<Hit>,
}

/// `GET /api/report`.
#[derive(Serialize)]
pub(super) struct ReviewReport {
    pub(super) confidence: Vec<Bin>,
    pub(super) findings: Vec<CheckCounts>,
    /// Units by state.
    pub(super) states: BTreeMap<String, u64>,
    pub(super) by_day: Vec<ActsOn>,
    pub(super) reviewers: Vec<ActsBy>,
    /// Units on which acts of two reviewers contradict each other.
    pub(super) conflicts: u64,
}

/// The acts of a day (UTC).
#[derive(Serialize)]
pub(super) struct ActsOn {
    pub(super) day: String,
    pub(super) acts: u64,
}

/// The acts of a reviewer.
#[derive(Serialize)]
pub(super) struct ActsBy {
    pub(super) by: String,
    pub(super) acts: u64,
}

/// The address, if it is one that a browser may be sent to.
pub(super) fn link(url: Option<&str>) -> Option<String> {
    let is_web =
        |url: &&str| ["http://", "https://"].iter().any(|scheme| url.get(..scheme.len()).is_some_and(|s| s.eq_ignore_ascii_case(scheme)));
    url.map(str::trim).filter(is_web).map(str::to_string)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_web_address_becomes_a_link() {
        assert_eq!(link(Some("HTTPS://semana.com/a")).as_deref(), Some("HTTPS://semana.com/a"));
        for other in ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//semana.com", "", "é"] {
            assert_eq!(link(Some(other)), None, "{other}");
        }
    }
}
