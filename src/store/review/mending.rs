//! Acts on alignments: what they make of beads, segments and units, each in one transaction with its event. How they are folded is the model's
//! business ([`mending`](crate::model::review::mending)).

use std::collections::HashMap;

use rusqlite::OptionalExtension;

use super::{Recheck, check_reviewer};
use crate::error::{Error, Result};
use crate::model::review::mending::{Beads, Ground, Mending, Segments, bitext_id, document_id};
use crate::model::review::{Entry, Placed, Standing};
use crate::model::{Act, Bead, Document, Event, Segment};
use crate::segment::Options;
use crate::store::{Bitext, Store, StoredDocument};
use crate::text::hash::from_base32;

/// What an act on an alignment is on.
#[derive(Debug, Clone, PartialEq)]
pub(in crate::store) enum Subject {
    /// The beads of a bitext.
    Bitext(Bitext),
    /// The segments of the document in this row.
    Document(i64),
}

/// What an act on an alignment, or its undoing, came to.
#[derive(Debug, Clone, PartialEq)]
pub struct Mended {
    /// Its event.
    pub event: Event,
    /// The place of the event in the log.
    pub seq: i64,
    /// The key of the bitext where it was done.
    pub bitext: String,
}

impl Store {
    /// Does an act of the reviewer `by` on an alignment; `None`, and nothing is done, if what it replaces is not there.
    ///
    /// # Errors
    /// If the reviewer's name is none, the bitext or document is not stored, or the act is not on an alignment.
    pub fn mend(&mut self, by: &str, at: i64, act: &Act, recheck: Recheck<'_>) -> Result<Option<Mended>> {
        check_reviewer(by)?;
        self.transaction(|store| {
            let subject = store.subject(act)?.ok_or_else(|| Error::new("this is no act on an alignment"))?;
            let event = act.event(store.next_event_id(by)?, store.time_of_act(at)?, by, &store.subject_id(&subject)?, "");
            store.log_mending(event, act, &subject, recheck)
        })
    }

    /// Undoes an act on an alignment, or its undoing; `root` is the act itself. `None`, and nothing is done, if what it made has been changed since.
    pub(super) fn undo_mending(&self, by: &str, at: i64, target: &Event, root: &Act, recheck: Recheck<'_>) -> Result<Option<Mended>> {
        let subject = self.subject(root)?.ok_or_else(|| Error::new("this is no act on an alignment"))?;
        let undo = Act::Undo { event: target.id.clone() };
        let event = undo.event(self.next_event_id(by)?, self.time_of_act(at)?, by, &target.unit, "");
        self.log_mending(event, root, &subject, recheck)
    }

    fn log_mending(&self, event: Event, root: &Act, subject: &Subject, recheck: Recheck<'_>) -> Result<Option<Mended>> {
        if self.standing_after(subject, event.clone())? != Some(Standing::Applied) {
            return Ok(None);
        }
        self.keep_starts(subject)?;
        let seq = self.log(&event, &[])?;
        self.settle_alignment(subject, recheck)?;
        let (Act::Regroup { bitext, .. } | Act::Cut { bitext, .. } | Act::Join { bitext, .. }) = root else {
            return Err(Error::new("this is no act on an alignment"));
        };
        Ok(Some(Mended { event, seq, bitext: bitext.clone() }))
    }

    /// What an act is on; `None` for one on units.
    fn subject(&self, act: &Act) -> Result<Option<Subject>> {
        Ok(match act {
            Act::Regroup { bitext, .. } => Some(Subject::Bitext(self.bitext(bitext)?)),
            Act::Cut { document, .. } | Act::Join { document, .. } => Some(Subject::Document(self.document_row(document)?)),
            _ => None,
        })
    }

    fn subject_id(&self, subject: &Subject) -> Result<String> {
        Ok(match subject {
            Subject::Bitext(bitext) => bitext_id(&bitext.key),
            Subject::Document(row) => document_id(&self.document(*row)?.document.path),
        })
    }

    /// All bitexts and documents by what events name them.
    pub(super) fn subjects(&self) -> Result<HashMap<[u8; 16], Subject>> {
        let mut subjects = HashMap::new();
        for bitext in self.bitexts()? {
            subjects.extend(from_base32(&bitext_id(&bitext.key)).map(|id| (id, Subject::Bitext(bitext))));
        }
        let mut query = self.connection.prepare_cached("SELECT id, path FROM document ORDER BY id")?;
        for row in query.query_map([], |r| Ok((r.get::<_, i64>(0)?, r.get::<_, String>(1)?)))? {
            let (row, path) = row?;
            subjects.extend(from_base32(&document_id(&path)).map(|id| (id, Subject::Document(row))));
        }
        Ok(subjects)
    }

    /// The act that an event is, or that it undoes in the end.
    pub(super) fn root_act(&self, event: &Event) -> Result<Act> {
        let mut act = Act::of(event);
        while let Act::Undo { event } = &act {
            act = self.event(event)?.map_or(Act::Other, |event| Act::of(&event));
        }
        Ok(act)
    }

    /// What an event on an alignment counts for; `None` if its bitext or document is not stored.
    pub(super) fn standing_of_mending(&self, event: &Event, root: &Act) -> Result<Option<Standing>> {
        let Ok(Some(subject)) = self.subject(root) else { return Ok(None) };
        let history = self.history_of_alignment(&subject)?;
        Ok(history.iter().find(|entry| entry.event.id == event.id).map(|entry| entry.standing))
    }

    /// What was done to an alignment, in order, and what it counts for.
    pub(super) fn history_of_alignment(&self, subject: &Subject) -> Result<Vec<Entry>> {
        Ok(match subject {
            Subject::Bitext(bitext) => self.mending_of(bitext)?.history,
            Subject::Document(row) => {
                let document = self.document(*row)?.document;
                self.mending_of_segments(&document, found(&document))?.history
            }
        })
    }

    fn standing_after(&self, subject: &Subject, event: Event) -> Result<Option<Standing>> {
        let id = event.id.clone();
        Ok(match subject {
            Subject::Bitext(bitext) => self.mending_of(bitext)?.with(event).standing(&id),
            Subject::Document(row) => {
                let StoredDocument { document, segmentation } = self.document(*row)?;
                refuse_other_segmenter(&document.path, &segmentation)?;
                self.mending_of_segments(&document, found(&document))?.with(event).standing(&id)
            }
        })
    }

    /// The beads of a bitext as acts have made them.
    fn mending_of(&self, bitext: &Bitext) -> Result<Mending<Beads>> {
        let mut query = self.connection.prepare_cached("SELECT since, start FROM mending WHERE origin = ?1")?;
        let kept: Option<(i64, String)> = query.query_row([bitext.row], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
        let Some((since, start)) = kept else {
            let documents = self.documents_of(bitext)?;
            return Ok(Mending::of(Beads(placed(&self.beads(bitext.row)?, [&documents[0], &documents[1]])), []));
        };
        let start = serde_json::from_str(&start).map_err(|e| Error::new(format!("the beads of `{}`: {e}", bitext.key)))?;
        Ok(Mending::of(Beads(start), self.events_after(&bitext_id(&bitext.key), since)?))
    }

    /// The beads of a bitext before people changed them: as its alignment was.
    pub fn start_of(&self, bitext: &Bitext) -> Result<Vec<Bead>> {
        let mut query = self.connection.prepare_cached("SELECT start FROM mending WHERE origin = ?1")?;
        let Some(start): Option<String> = query.query_row([bitext.row], |r| r.get(0)).optional()? else { return self.beads(bitext.row) };
        let start: Vec<Placed> = serde_json::from_str(&start).map_err(|e| Error::new(format!("the beads of `{}`: {e}", bitext.key)))?;
        let documents = self.documents_of(bitext)?;
        Ok(beads_at(&start, [&documents[0], &documents[1]]))
    }

    /// The segments of a document as acts have made them; `found` are those that the segmenter found.
    fn mending_of_segments<'a>(&self, document: &'a Document, found: Vec<Segment>) -> Result<Mending<Segments<'a>>> {
        let segments = Segments { text: &document.text, segments: found };
        Ok(Mending::of(segments, self.segment_events(&document.path)?))
    }

    /// The acts on the segments of the document with that path.
    pub fn segment_events(&self, path: &str) -> Result<Vec<Event>> {
        self.events_after(&document_id(path), 0)
    }

    fn events_after(&self, id: &str, since: i64) -> Result<Vec<Event>> {
        let id = from_base32(id).unwrap_or_default();
        let mut query = self.connection.prepare_cached("SELECT json FROM event WHERE unit = ?1 AND seq > ?2")?;
        let rows = query.query_map((&id[..], since), |r| r.get::<_, String>(0))?;
        rows.map(|json| serde_json::from_str(&json?).map_err(|e| Error::new(format!("an event: {e}")))).collect()
    }

    fn documents_of(&self, bitext: &Bitext) -> Result<[Document; 2]> {
        Ok([self.document(bitext.documents.0)?.document, self.document(bitext.documents.1)?.document])
    }

    /// Keeps the beads that acts start from, where none are kept: those of the bitext, or of all bitexts of the document.
    pub(super) fn keep_starts(&self, subject: &Subject) -> Result<()> {
        match subject {
            Subject::Bitext(bitext) => self.keep_start(bitext),
            Subject::Document(row) => self.bitexts_with(*row)?.iter().try_for_each(|bitext| self.keep_start(bitext)),
        }
    }

    fn keep_start(&self, bitext: &Bitext) -> Result<()> {
        if bitext.signature.is_none() {
            return Ok(());
        }
        let documents = self.documents_of(bitext)?;
        let start = placed(&self.beads(bitext.row)?, [&documents[0], &documents[1]]);
        let mut keep = self.connection.prepare_cached("INSERT OR IGNORE INTO mending SELECT ?1, coalesce(max(seq), 0), ?2 FROM event")?;
        keep.execute((bitext.row, as_json(&start)))?;
        Ok(())
    }

    /// After a bitext was aligned: acts start from these beads. Those that were done on an alignment before are part of it; where there was none
    /// (`is_first`), acts that came from elsewhere count now.
    pub(in crate::store) fn start_again(&self, bitext: &Bitext, documents: [&Document; 2], beads: &[Bead], is_first: bool) -> Result<()> {
        self.connection.prepare_cached("DELETE FROM mending WHERE origin = ?1")?.execute([bitext.row])?;
        if self.events_after(&bitext_id(&bitext.key), 0)?.is_empty() {
            return Ok(());
        }
        let since = if is_first { 0 } else { self.event_seq()? };
        self.connection.prepare_cached("INSERT INTO mending VALUES (?1, ?2, ?3)")?.execute((
            bitext.row,
            since,
            as_json(&placed(beads, documents)),
        ))?;
        if is_first { self.make_beads(bitext, None) } else { Ok(()) }
    }

    /// Brings beads, segments and units up to date with the events on an alignment.
    pub(super) fn settle_alignment(&self, subject: &Subject, recheck: Recheck<'_>) -> Result<()> {
        match subject {
            Subject::Bitext(bitext) => self.settle_beads(bitext, recheck),
            Subject::Document(row) => {
                let stored = self.document(*row)?;
                if Options::of_signature(&stored.segmentation).signature() == stored.segmentation {
                    let mending = self.mending_of_segments(&stored.document, found(&stored.document))?;
                    self.put_segments(*row, &mending.current.segments)?;
                }
                self.bitexts_with(*row)?.iter().try_for_each(|bitext| self.settle_beads(bitext, recheck))
            }
        }
    }

    fn settle_beads(&self, bitext: &Bitext, recheck: Recheck<'_>) -> Result<()> {
        // What is not aligned has no beads yet.
        if bitext.signature.is_none() { Ok(()) } else { self.make_beads(bitext, recheck) }
    }

    fn make_beads(&self, bitext: &Bitext, recheck: Recheck<'_>) -> Result<()> {
        let documents = self.documents_of(bitext)?;
        let beads = self.mended_beads(bitext, [&documents[0], &documents[1]])?;
        let last: i64 = self.connection.prepare_cached("SELECT coalesce(max(id), 0) FROM unit")?.query_row([], |r| r.get(0))?;
        self.put_beads(bitext, [&documents[0], &documents[1]], &beads)?;
        let Some(recheck) = recheck else { return Ok(()) };
        let mut query = self.connection.prepare_cached("SELECT id, uid FROM unit WHERE origin = ?1 AND id > ?2 ORDER BY id")?;
        let new: Vec<(i64, [u8; 16])> =
            query.query_map((bitext.row, last), |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        for (row, uid) in new {
            if let Some(stored) = self.unit(&uid, &[])? {
                self.put_findings(row, &recheck(&stored))?;
            }
        }
        Ok(())
    }

    fn mended_beads(&self, bitext: &Bitext, documents: [&Document; 2]) -> Result<Vec<Bead>> {
        Ok(beads_at(&self.mending_of(bitext)?.current.0, documents))
    }

    /// The keys of the bitexts whose beads are not what the acts on them make, and the paths of the documents whose segments are not.
    pub(in crate::store) fn badly_mended(&self) -> Result<Vec<String>> {
        let mut wrong = Vec::new();
        for subject in self.subjects()?.into_values() {
            match subject {
                Subject::Bitext(bitext) if bitext.signature.is_some() => {
                    let documents = self.documents_of(&bitext)?;
                    if self.mended_beads(&bitext, [&documents[0], &documents[1]])? != self.beads(bitext.row)? {
                        wrong.push(bitext.key);
                    }
                }
                Subject::Bitext(_) => {}
                Subject::Document(row) => {
                    let stored = self.document(row)?;
                    let events = self.segment_events(&stored.document.path)?;
                    if events.is_empty() || refuse_other_segmenter(&stored.document.path, &stored.segmentation).is_err() {
                        continue;
                    }
                    if self.mending_of_segments(&stored.document, found(&stored.document))?.current.segments != stored.document.segments {
                        wrong.push(stored.document.path);
                    }
                }
            }
        }
        wrong.sort();
        Ok(wrong)
    }
}

/// The segments of a document after acts on it.
pub fn mended_segments(document: &Document, events: Vec<Event>) -> Vec<Segment> {
    let segments = Segments { text: &document.text, segments: document.segments.clone() };
    Mending::of(segments, events).current.segments
}

/// The segments that the segmenter finds.
fn found(document: &Document) -> Vec<Segment> {
    document.layout.segments(&document.text, &document.lang)
}

fn refuse_other_segmenter(path: &str, segmentation: &str) -> Result<()> {
    if Options::of_signature(segmentation).signature() == segmentation {
        return Ok(());
    }
    Err(Error::new(format!("the segments of `{path}` were found by another version")).hint("`bitexto build` finds them again"))
}

fn placed(beads: &[Bead], documents: [&Document; 2]) -> Vec<Placed> {
    let [source, target] = documents.map(Ground::of);
    beads.iter().map(|bead| Placed::of(bead, source, target)).collect()
}

/// The beads at these places; one that has no segment left is none.
fn beads_at(placed: &[Placed], documents: [&Document; 2]) -> Vec<Bead> {
    let [source, target] = documents.map(Ground::of);
    let beads = placed.iter().map(|placed| placed.bead(source, target));
    beads.filter(|bead| !bead.source.is_empty() || !bead.target.is_empty()).collect()
}

fn as_json(placed: &[Placed]) -> String {
    serde_json::to_string(placed).expect("numbers are plain data")
}
