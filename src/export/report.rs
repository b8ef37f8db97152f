//! What the HTML report shows of a store, or of two aligned documents. How it looks is the business of [`formats::report`](crate::formats::report).

use std::collections::BTreeMap;

use super::{Manifest, Options, dropped};
use crate::error::Result;
use crate::formats::Aligned;
use crate::formats::report::{self, Fact, Message, Report, ReportBitext, ReportFinding, ReportPair, ReportStatement, Row, Tally};
use crate::ingest::checking::Checker;
use crate::model::{Alignment, Finding, Lang, Signature, Unit};
use crate::quality::{self, Context, Drops, Pair, Selection};
use crate::store::{Bitext, Store, StoredUnit};

/// Rows shown at the most, so that the page stays one that a browser opens at once; the charts count all.
const ROWS: usize = 2_000;

/// Rows shown of two files that were aligned: who asks for the table of one bitext wants all of it, up to what a browser can bear.
const ALIGNED_ROWS: usize = 20_000;

/// Statements shown at the most.
const STATEMENTS: usize = 300;

/// The report on a store, as HTML.
pub fn render(store: &Store, options: &Options, manifest: &Manifest, drops: &Drops) -> Result<String> {
    let checks = Checks::of(store)?;
    let mut filling = Filling::new(Report::new(options.title.as_str(), store.source_lang(), store.target_lang()));
    filling.report.signature.clone_from(&manifest.signature);
    filling.report.facts = facts(store, manifest)?;
    filling.report.drops = dropped::shown(drops, &manifest.filter);
    let mut pairs: BTreeMap<String, Vec<ReportPair>> = BTreeMap::new();
    for bitext in store.bitexts()? {
        if bitext.of_statement {
            if let Some(link) = store.link_of(&bitext)? {
                let rows = filling.rows(bead_rows(store, &bitext, &checks)?).0;
                let pair = ReportPair { source_rendering: link.source_rendering, target_rendering: link.target_rendering, rows };
                pairs.entry(link.statement).or_default().push(pair);
            }
        } else {
            filling.add_bitext(store, &bitext, &checks)?;
        }
    }
    for stored in store.statements()? {
        if filling.report.statements.len() == STATEMENTS {
            filling.report.omitted_statements += 1;
            continue;
        }
        let pairs = pairs.remove(&stored.statement.id).unwrap_or_default();
        filling.report.statements.push(ReportStatement { statement: stored.statement, pairs });
    }
    filling.add_records(store, &checks)?;
    Ok(report::render(&filling.finish()))
}

/// The report on two documents and their alignment, with what the checks find, as HTML.
pub fn of_alignment(aligned: &Aligned<'_>) -> String {
    let title = format!("{} ↔ {}", file_name(&aligned.source.path), file_name(&aligned.target.path));
    let mut report = Report::new(title, aligned.source.lang, aligned.target.lang);
    let segments = |n: usize, lang: &Lang| fact(&format!("segments in {lang}"), &format!("segmentos en {lang}"), n);
    report.facts =
        vec![segments(aligned.source.segments.len(), &aligned.source.lang), segments(aligned.target.segments.len(), &aligned.target.lang)];
    report.signature = aligned.alignment.signature.to_string();
    report.check_names = check_names();
    let context = Context::shipped();
    let rows = (0..aligned.alignment.beads.len()).map(|n| {
        let mut row = bead_row(aligned, n);
        if aligned.alignment.beads[n].is_matched() {
            let pair =
                Pair { source: &row.source, target: &row.target, source_lang: aligned.source.lang, target_lang: aligned.target.lang };
            row.findings = quality::check(&pair, &context, &Selection::all()).iter().map(report_finding).collect();
        }
        row
    });
    let mut rows: Vec<Row> = rows.collect();
    report.tally = Some(Tally::of(&rows));
    let omitted = rows.len().saturating_sub(ALIGNED_ROWS) as u64;
    rows.truncate(ALIGNED_ROWS);
    report.bitexts = vec![ReportBitext {
        title: report.title.clone(),
        source_name: aligned.source.path.clone(),
        target_name: aligned.target.path.clone(),
        rows,
        omitted,
        ..ReportBitext::default()
    }];
    report::render(&report)
}

/// Where findings come from: the store keeps those of a build; a store that no build has checked is checked while it is shown.
struct Checks {
    now: Option<Checker>,
}

impl Checks {
    fn of(store: &Store) -> Result<Checks> {
        Ok(Checks { now: if store.checking()?.is_some() { None } else { Some(Checker::of(store)?) } })
    }

    fn findings(&self, stored: &StoredUnit) -> Vec<ReportFinding> {
        match &self.now {
            None => stored.findings.iter().map(report_finding).collect(),
            Some(checker) => checker.find(stored).iter().map(report_finding).collect(),
        }
    }
}

/// A report being filled: rows are counted for the charts, and shown while there is room.
struct Filling {
    report: Report,
    tally: Tally,
    room: usize,
}

impl Filling {
    fn new(mut report: Report) -> Filling {
        report.check_names = check_names();
        Filling { report, tally: Tally::default(), room: ROWS }
    }

    /// The rows that are shown, and how many are not.
    fn rows(&mut self, mut rows: Vec<Row>) -> (Vec<Row>, u64) {
        rows.iter().for_each(|row| self.tally.add(row));
        let omitted = rows.len().saturating_sub(self.room);
        rows.truncate(self.room);
        self.room -= rows.len();
        (rows, omitted as u64)
    }

    fn add_bitext(&mut self, store: &Store, bitext: &Bitext, checks: &Checks) -> Result<()> {
        let (source, target) = (store.document(bitext.documents.0)?.document, store.document(bitext.documents.1)?.document);
        let (rows, omitted) = self.rows(bead_rows(store, bitext, checks)?);
        self.report.bitexts.push(ReportBitext {
            title: bitext.source.clone(),
            source_name: source.path,
            target_name: target.path,
            source_provenance: source.provenance,
            target_provenance: target.provenance,
            rows,
            omitted,
        });
        Ok(())
    }

    /// The files of ready units: each with its first rows.
    fn add_records(&mut self, store: &Store, checks: &Checks) -> Result<()> {
        for page in store.record_pages(super::PAGE)? {
            for stored in page? {
                let origin = &stored.unit.origin;
                let known = self.report.records.last().is_some_and(|r| r.source_name == origin.file);
                if !known {
                    self.report.records.push(ReportBitext {
                        title: stored.source_name.clone(),
                        source_name: origin.file.clone(),
                        target_name: origin.target_file.clone().unwrap_or_default(),
                        ..ReportBitext::default()
                    });
                }
                let (rows, omitted) = self.rows(vec![record_row(&stored, checks)]);
                let file = self.report.records.last_mut().expect("just pushed, or known");
                file.rows.extend(rows);
                file.omitted += omitted;
            }
        }
        Ok(())
    }

    fn finish(mut self) -> Report {
        self.report.tally = Some(self.tally);
        self.report
    }
}

/// A row for each bead of a bitext, unmatched ones included; withdrawn units are left out with their beads' numbers kept.
fn bead_rows(store: &Store, bitext: &Bitext, checks: &Checks) -> Result<Vec<Row>> {
    let (source, target) = (store.document(bitext.documents.0)?.document, store.document(bitext.documents.1)?.document);
    let alignment = Alignment { beads: store.beads(bitext.row)?, signature: Signature::default() };
    let aligned = Aligned { source: &source, target: &target, alignment: &alignment };
    let mut units: BTreeMap<usize, StoredUnit> = BTreeMap::new();
    for stored in store.units_of(bitext.row)? {
        if let Some(source) = &stored.unit.origin.source_segments {
            // Matched beads have source segments of their own, so their first one tells which it is.
            let bead =
                alignment.beads.partition_point(|b| b.source.start < source.start || (b.source.start == source.start && !b.is_matched()));
            units.insert(bead, stored);
        }
    }
    let row = |n: usize| match units.get(&n) {
        Some(stored) => Row::of_unit(n as u64 + 1, &stored.unit, checks.findings(stored)),
        None => bead_row(&aligned, n),
    };
    Ok((0..alignment.beads.len()).map(row).collect())
}

fn bead_row(aligned: &Aligned<'_>, n: usize) -> Row {
    let bead = &aligned.alignment.beads[n];
    let (source, target) = aligned.texts(n);
    Row {
        number: n as u64 + 1,
        kind: (bead.source.len(), bead.target.len()),
        confidence: Some(bead.confidence),
        source,
        target,
        ..Row::default()
    }
}

fn record_row(stored: &StoredUnit, checks: &Checks) -> Row {
    let unit: &Unit = &stored.unit;
    let mut row = Row::of_unit(unit.origin.record.unwrap_or(0), unit, checks.findings(stored));
    row.source_provenance.clone_from(&unit.source_provenance);
    row.target_provenance.clone_from(&unit.target_provenance);
    row
}

fn report_finding(finding: &Finding) -> ReportFinding {
    ReportFinding {
        check: finding.check.clone(),
        tier: finding.tier,
        message: Message::new(quality::message(finding, &Lang::EN), quality::message(finding, &Lang::ES)),
        source_spans: finding.source_spans.clone(),
        target_spans: finding.target_spans.clone(),
    }
}

fn check_names() -> BTreeMap<String, Message> {
    quality::CHECKS.iter().map(|check| (check.id.to_string(), Message::new(check.about.en, check.about.es))).collect()
}

fn facts(store: &Store, manifest: &Manifest) -> Result<Vec<Fact>> {
    let stats = store.stats(true, 0, 0)?;
    let mut licences: Vec<String> = stats.by_source.iter().flat_map(|source| source.licences.iter().cloned()).collect();
    licences.sort();
    licences.dedup();
    let mut facts = vec![
        fact("units exported", "unidades exportadas", manifest.units),
        fact("statements", "declaraciones", stats.statements),
        fact("renderings", "versiones", stats.renderings),
        fact("documents", "documentos", stats.documents),
    ];
    if stats.duplicates > 0 {
        facts.push(fact("duplicates", "duplicados", stats.duplicates));
    }
    if !manifest.cleaned.is_empty() {
        let rules: Vec<String> = manifest.cleaned.iter().map(|(rule, cleaned)| format!("{rule} {}", cleaned.records)).collect();
        facts.push(fact("cleaned", "limpiadas", rules.join(", ")));
    }
    if !licences.is_empty() {
        facts.push(fact("licences", "licencias", licences.join(", ")));
    }
    Ok(facts)
}

fn fact(en: &str, es: &str, value: impl std::fmt::Display) -> Fact {
    Fact { label: Message::new(en, es), value: value.to_string() }
}

fn file_name(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}
