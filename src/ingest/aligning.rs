//! Bitexts of the store → beads and units. What is aligned already, by the same components, is left alone.

use std::ops::Range;

use super::held::Held;
use crate::align::{Aligner, Bitext, Side, quality};
use crate::error::Result;
use crate::formats::Aligned;
use crate::model::{Alignment, Bead, Document, Event, Unit};
use crate::parallel::Pool;
use crate::segment;
use crate::semantics::Vectors;
use crate::store::review::mended_segments;
use crate::store::{self, Outcome, Store, StoredDocument};
use crate::text::hash::content_hash;

/// What is known of two documents besides their texts.
#[derive(Debug, Clone, Copy, Default)]
pub struct Known<'a> {
    /// Positions that no bead crosses (see [`Bitext::barriers`]).
    pub barriers: &'a [(usize, usize)],
    /// Vectors of the source and of the target segments, in place of the encoder's (see [`Side::vectors`]).
    pub vectors: Option<[&'a Vectors; 2]>,
}

/// An alignment in numbers.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Summary {
    /// Source segments.
    pub source_segments: usize,
    /// Target segments.
    pub target_segments: usize,
    /// Beads, unmatched segments included.
    pub beads: usize,
    /// Segments without a counterpart.
    pub unmatched: usize,
    /// The [`quality`] of the whole, in [0, 1].
    pub quality: f64,
}

impl Summary {
    /// The numbers of an alignment.
    pub fn of(aligned: &Aligned<'_>) -> Summary {
        let Aligned { source, target, alignment } = aligned;
        let (source_segments, target_segments) = (source.segments.len(), target.segments.len());
        Summary {
            source_segments,
            target_segments,
            beads: alignment.beads.len(),
            unmatched: alignment.beads.iter().filter(|bead| !bead.is_matched()).count(),
            quality: quality(alignment, source_segments, target_segments),
        }
    }
}

/// A bitext of the store that was aligned just now.
#[derive(Debug, Clone, PartialEq)]
pub struct AlignedBitext<'a> {
    /// Its key.
    pub key: &'a str,
    /// It is the `number`-th, from 1 …
    pub number: u64,
    /// … of so many to be aligned.
    pub of: u64,
    /// Its alignment in numbers.
    pub summary: Summary,
}

/// What aligning changed.
#[derive(Debug, Clone, Copy, Default, PartialEq, serde::Serialize)]
pub struct AlignReport {
    /// Bitexts aligned.
    pub bitexts: u64,
    /// Bitexts left alone.
    pub unchanged: u64,
    /// Their beads.
    pub beads: u64,
    /// What became of their units.
    pub outcome: Outcome,
}

/// The signature of an alignment made now by this aligner.
pub fn signature(aligner: &Aligner) -> String {
    aligner.signature().with("segmenter", segment::VERSION).to_string()
}

/// Aligns every bitext of the store that is not, or that another aligner has aligned. One transaction for each bitext; `progress` hears of each.
pub fn align_bitexts(
    store: &mut Store,
    pool: &Pool,
    aligner: &Aligner,
    progress: &mut dyn FnMut(&AlignedBitext<'_>),
) -> Result<AlignReport> {
    let signature = signature(aligner);
    let (todo, done): (Vec<_>, Vec<_>) = store.bitexts()?.into_iter().partition(|b| b.signature.as_deref() != Some(signature.as_str()));
    let mut report = AlignReport { unchanged: done.len() as u64, ..AlignReport::default() };
    // Groups bound the memory: the texts of one group are held at a time.
    for group in todo.chunks(64) {
        let loaded = group.iter().map(|bitext| load(store, bitext)).collect::<Result<Vec<_>>>()?;
        pool.map_ordered(
            loaded.into_iter().map(Ok::<_, crate::Error>),
            |job| job.run(aligner),
            |aligned: Done| -> Result<()> {
                report.outcome.add(store.transaction(|store| aligned.store(store, &signature))?);
                report.bitexts += 1;
                report.beads += aligned.alignment.beads.len() as u64;
                let summary = Summary::of(&aligned.aligned());
                progress(&AlignedBitext { key: &aligned.bitext.key, number: report.bitexts, of: todo.len() as u64, summary });
                Ok(())
            },
        )?;
    }
    Ok(report)
}

/// Aligns two documents as they are segmented.
pub fn align_documents(source: &Document, target: &Document, aligner: &Aligner) -> Alignment {
    align_known(source, target, Known::default(), aligner)
}

/// The beads of some neighbouring segments of two documents: `held` are right and stay as they are, the others are found around them.
///
/// The held beads lie within the segments, in order, and none crosses another.
pub fn align_around(
    source: &Document,
    target: &Document,
    source_segments: Range<usize>,
    target_segments: Range<usize>,
    held: &[Bead],
    aligner: &Aligner,
) -> Vec<Bead> {
    let (s, t) = (source_segments.start, target_segments.start);
    let part =
        |document: &Document, segments: Range<usize>| Document { segments: document.segments[segments].to_vec(), ..document.clone() };
    let ends = held.iter().flat_map(|bead| [(bead.source.start, bead.target.start), (bead.source.end, bead.target.end)]);
    let barriers: Vec<(usize, usize)> = ends.map(|(a, b)| (a - s, b - t)).collect();
    let known = Known { barriers: &barriers, vectors: None };
    let found = align_known(&part(source, source_segments), &part(target, target_segments), known, aligner).beads;
    let moved = found.into_iter().map(|bead| Bead {
        source: bead.source.start + s..bead.source.end + s,
        target: bead.target.start + t..bead.target.end + t,
        ..bead
    });
    let is_within = |bead: &Bead, other: &Bead| contains(&other.source, &bead.source) && contains(&other.target, &bead.target);
    let mut beads: Vec<Bead> = moved.filter(|bead| !held.iter().any(|other| is_within(bead, other))).chain(held.iter().cloned()).collect();
    beads.sort_by_key(|bead| (bead.source.start, bead.target.start, bead.source.end, bead.target.end));
    beads
}

/// True if all segments of a side are among those of another.
fn contains(side: &Range<usize>, other: &Range<usize>) -> bool {
    other.is_empty() || (side.start <= other.start && other.end <= side.end)
}

/// The same with what else is known of them.
pub fn align_known(source: &Document, target: &Document, known: Known<'_>, aligner: &Aligner) -> Alignment {
    let texts = (source.segment_texts(), target.segment_texts());
    let views = (texts.0.iter().map(AsRef::as_ref).collect::<Vec<&str>>(), texts.1.iter().map(AsRef::as_ref).collect::<Vec<&str>>());
    let paragraphs = |document: &Document| document.segments.iter().map(|s| s.paragraph).collect::<Vec<_>>();
    let (source_paragraphs, target_paragraphs) = (paragraphs(source), paragraphs(target));
    let vectors = |side: usize| known.vectors.map(|both| both[side]);
    let source = Side { lang: source.lang, segments: &views.0, paragraphs: &source_paragraphs, vectors: vectors(0) };
    let target = Side { lang: target.lang, segments: &views.1, paragraphs: &target_paragraphs, vectors: vectors(1) };
    aligner.align(&Bitext { source, target, barriers: known.barriers })
}

/// The units of an alignment: one for each bead that has both sides, numbered by bead.
pub fn units_of(aligned: &Aligned<'_>) -> Vec<Unit> {
    let beads = aligned.alignment.beads.iter().enumerate().filter(|(_, bead)| bead.is_matched());
    beads.map(|(n, bead)| Unit::of_bead(n, bead, aligned.source, aligned.target)).collect()
}

struct Job {
    bitext: store::Bitext,
    source: Read,
    target: Read,
    held: Held,
}

/// A document of the store, and what people did to its segments.
struct Read {
    document: Document,
    segmentation: String,
    events: Vec<Event>,
}

fn load(store: &Store, bitext: &store::Bitext) -> Result<Job> {
    let read = |row| -> Result<Read> {
        let StoredDocument { document, segmentation } = store.document(row)?;
        Ok(Read { events: store.segment_events(&document.path)?, document, segmentation })
    };
    let held = Held::of(store, bitext)?;
    Ok(Job { bitext: bitext.clone(), source: read(bitext.documents.0)?, target: read(bitext.documents.1)?, held })
}

impl Job {
    fn run(self, aligner: &Aligner) -> Done {
        let (source, target) = (self.source.resegmented(), self.target.resegmented());
        let held = self.held.beads(&source.0, &target.0);
        let beads = align_around(&source.0, &target.0, 0..source.0.segments.len(), 0..target.0.segments.len(), &held, aligner);
        Done { bitext: self.bitext, source, target, alignment: Alignment { beads, signature: aligner.signature() } }
    }
}

impl Read {
    /// The document as the present segmenter cuts it, and its segmentation when that is not the stored one.
    fn resegmented(self) -> (Document, Option<String>) {
        let Read { mut document, segmentation, events } = self;
        let options = segment::Options::of_signature(&segmentation);
        let current = options.signature();
        if current == segmentation {
            return (document, None);
        }
        document.layout = options.layout(&document.text);
        document.segments = document.layout.segments(&document.text, &document.lang);
        document.segments = mended_segments(&document, events);
        (document, Some(current))
    }
}

struct Done {
    bitext: store::Bitext,
    source: (Document, Option<String>),
    target: (Document, Option<String>),
    alignment: Alignment,
}

impl Done {
    fn aligned(&self) -> Aligned<'_> {
        Aligned { source: &self.source.0, target: &self.target.0, alignment: &self.alignment }
    }

    fn store(&self, store: &Store, signature: &str) -> Result<Outcome> {
        for (document, segmentation) in [&self.source, &self.target] {
            if let Some(segmentation) = segmentation {
                store.put_document(document, &content_hash(document.text.as_bytes()), segmentation)?;
            }
        }
        store.put_alignment(&self.bitext, [&self.source.0, &self.target.0], &self.alignment.beads, signature)
    }
}
