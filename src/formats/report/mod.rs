//! The HTML report: one self-contained page that shows statements, bitexts and what the checks found, for reading and for showing around.
//! It decides nothing: what is in the [`Report`] is shown, nothing is computed from texts but the word differences between renderings.
//!
//! The page needs no network and no script to be read; the script adds filters, keys, a language switch and a theme switch.
//! The same [`Report`] gives the same bytes.

use std::collections::BTreeMap;

use crate::model::{Lang, Provenance, State, Statement, Unit};

mod charts;
pub mod diff;
mod drops;
mod escape;
mod labels;
mod page;
mod provenance;
mod rows;
mod spans;
mod statements;
mod tally;

pub use page::render;
pub use tally::Tally;

/// Below this confidence a unit is doubtful: more likely wrong than right.
pub const DOUBTFUL: f64 = 0.5;

/// Everything a page shows.
#[derive(Debug, Clone, PartialEq)]
pub struct Report {
    /// The page's title: the corpus's name, or those of the two files.
    pub title: String,
    /// The corpus's source language.
    pub source_lang: Lang,
    /// The corpus's target language.
    pub target_lang: Lang,
    /// Small facts for the head, in this order.
    pub facts: Vec<Fact>,
    /// How the checks are called, by their id; one without a name is shown by its id.
    pub check_names: BTreeMap<String, Message>,
    /// Statements with their renderings.
    pub statements: Vec<ReportStatement>,
    /// Number of statements that are not shown.
    pub omitted_statements: u64,
    /// Bitexts, each two documents.
    pub bitexts: Vec<ReportBitext>,
    /// Files of ready-made units: [`ReportBitext::target_name`] is empty when one file has both sides.
    pub records: Vec<ReportBitext>,
    /// Counts for the charts, when not every unit counted is shown; else those of the rows in the report.
    pub tally: Option<Tally>,
    /// What produced the units.
    pub signature: String,
    /// What was dropped on the way out, if there were filters or something was.
    pub drops: Option<ReportDrops>,
}

/// What became of the units, and by what.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportDrops {
    /// Units judged.
    pub records: u64,
    /// Units kept.
    pub kept: u64,
    /// The sources that have a column.
    pub sources: Vec<ReportSource>,
    /// What was dropped, by reason, in the order in which the reasons apply.
    pub dropped: Vec<ReportDropped>,
    /// What a person should not overlook.
    pub warnings: Vec<Message>,
    /// What was kept, by filter, check and score.
    pub rules: Vec<ReportRule>,
    /// The sources that have rules of their own.
    pub ruled_sources: Vec<String>,
}

/// A source with its units.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportSource {
    /// Its name.
    pub name: String,
    /// Units judged.
    pub records: u64,
    /// Units kept.
    pub kept: u64,
}

/// What one reason has dropped.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportDropped {
    /// Its id.
    pub id: String,
    /// What it is about; empty if there is no more to say than its id.
    pub name: Message,
    /// Units it drops by itself.
    pub all: u64,
    /// Units that nothing else drops.
    pub only: u64,
    /// Units that nothing before it drops.
    pub first: u64,
    /// Units it drops by itself from each of [`ReportDrops::sources`].
    pub by_source: Vec<u64>,
    /// Some of them.
    pub examples: Vec<ReportExample>,
}

/// A unit that was dropped.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportExample {
    /// The name of its source.
    pub of: String,
    /// Its id.
    pub id: String,
    /// The source text.
    pub source: String,
    /// The target text.
    pub target: String,
    /// Its translation score.
    pub score: Option<f64>,
    /// Everything it is dropped for.
    pub reasons: Vec<String>,
}

/// What a filter, a check or a score keeps.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportRule {
    /// Its id.
    pub id: String,
    /// What it is about.
    pub name: Message,
    /// What holds for every source.
    pub every: String,
    /// What holds for each of [`ReportDrops::ruled_sources`]; empty where it is the same.
    pub sources: Vec<String>,
}

/// A text of the page in both of its languages. An empty Spanish text falls back to the English one.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Message {
    /// In English.
    pub en: String,
    /// In Spanish.
    pub es: String,
}

/// A small fact for the head of the page.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Fact {
    /// What it is.
    pub label: Message,
    /// Its value.
    pub value: String,
}

/// Units that come from two documents, or from the records of a file.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct ReportBitext {
    /// The heading.
    pub title: String,
    /// The source document, or the file.
    pub source_name: String,
    /// The target document.
    pub target_name: String,
    /// Where the source comes from.
    pub source_provenance: Provenance,
    /// Where the target comes from.
    pub target_provenance: Provenance,
    /// The rows shown.
    pub rows: Vec<Row>,
    /// Number of rows that are not shown.
    pub omitted: u64,
}

/// A unit as the page shows it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Row {
    /// 1-based position in its bitext, file or pair of renderings.
    pub number: u64,
    /// Number of source and target segments of its bead; (1, 1) for a unit that came ready-made.
    pub kind: (usize, usize),
    /// Probability in [0, 1] that the grouping is right.
    pub confidence: Option<f64>,
    /// Probability in [0, 1] that the texts translate each other.
    pub score: Option<f64>,
    /// Where its review stands.
    pub state: State,
    /// The source text.
    pub source: String,
    /// The target text.
    pub target: String,
    /// Its own provenance, where it differs from that of the bitext; empty otherwise.
    pub source_provenance: Provenance,
    /// The same for the target side.
    pub target_provenance: Provenance,
    /// The unit's id, if it has one.
    pub id: Option<String>,
    /// What the checks found.
    pub findings: Vec<ReportFinding>,
}

/// A finding with its message in words.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct ReportFinding {
    /// The check's id.
    pub check: String,
    /// 1 interrupts a reviewer, 2 shows in the detail, 3 is for reports.
    pub tier: u8,
    /// What was found.
    pub message: Message,
    /// Byte spans `[start, end)` in the source text.
    pub source_spans: Vec<[usize; 2]>,
    /// Byte spans `[start, end)` in the target text.
    pub target_spans: Vec<[usize; 2]>,
}

/// A statement and how its renderings were aligned.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportStatement {
    /// The statement with its renderings.
    pub statement: Statement,
    /// Pairs of renderings with their units; by design each has a reference on one side.
    pub pairs: Vec<ReportPair>,
}

/// Two renderings of a statement and the units they gave.
#[derive(Debug, Clone, PartialEq)]
pub struct ReportPair {
    /// Id of the rendering on the source side.
    pub source_rendering: String,
    /// Id of the rendering on the target side.
    pub target_rendering: String,
    /// The rows.
    pub rows: Vec<Row>,
}

impl Report {
    /// A report with nothing in it yet.
    pub fn new(title: impl Into<String>, source_lang: Lang, target_lang: Lang) -> Report {
        Report {
            title: title.into(),
            source_lang,
            target_lang,
            facts: Vec::new(),
            check_names: BTreeMap::new(),
            statements: Vec::new(),
            omitted_statements: 0,
            bitexts: Vec::new(),
            records: Vec::new(),
            tally: None,
            signature: String::new(),
            drops: None,
        }
    }

    /// Every row in the report, in the order of the page.
    pub fn rows(&self) -> impl Iterator<Item = &Row> {
        let pairs = self.statements.iter().flat_map(|statement| &statement.pairs).flat_map(|pair| &pair.rows);
        pairs.chain(self.bitexts.iter().chain(&self.records).flat_map(|bitext| &bitext.rows))
    }
}

impl Message {
    /// The same message in both languages.
    pub fn new(en: impl Into<String>, es: impl Into<String>) -> Message {
        Message { en: en.into(), es: es.into() }
    }
}

impl Row {
    /// The row of a unit: its texts, numbers, state and id. Provenance stays empty: it is the bitext's unless the caller says otherwise.
    pub fn of_unit(number: u64, unit: &Unit, findings: Vec<ReportFinding>) -> Row {
        let segments = |range: &Option<std::ops::Range<usize>>| range.as_ref().map_or(1, ExactSizeIterator::len);
        Row {
            number,
            kind: (segments(&unit.origin.source_segments), segments(&unit.origin.target_segments)),
            confidence: unit.confidence,
            score: unit.score,
            state: unit.state,
            source: unit.source.clone(),
            target: unit.target.clone(),
            id: unit.id.clone(),
            findings,
            ..Row::default()
        }
    }

    /// True when the confidence is known and below [`DOUBTFUL`].
    pub fn is_doubtful(&self) -> bool {
        self.confidence.is_some_and(|confidence| confidence < DOUBTFUL)
    }

    /// True when the bead is not 1:1.
    pub fn is_uneven(&self) -> bool {
        self.kind != (1, 1)
    }
}

/// Writes into a `String`, which cannot fail.
macro_rules! put {
    ($out:expr, $($arg:tt)*) => {{
        use std::fmt::Write as _;
        let _ = write!($out, $($arg)*);
    }};
}
use put;

#[cfg(test)]
mod tests;
