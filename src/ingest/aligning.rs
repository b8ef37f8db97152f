//! Bitexts of the store → beads and units. What is aligned already, by the same components, is left alone.

use super::documents::put;
use crate::align::{Aligner, Bitext, Side, quality};
use crate::error::Result;
use crate::formats::Aligned;
use crate::model::{Alignment, Document, Unit};
use crate::parallel::Pool;
use crate::segment;
use crate::semantics::Vectors;
use crate::store::{self, Outcome, Store};

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
    beads
        .map(|(n, bead)| {
            let (source, target) = aligned.texts(n);
            let mut unit = Unit::new(aligned.source.lang, aligned.target.lang, source, target);
            unit.origin.file.clone_from(&aligned.source.path);
            unit.origin.target_file = Some(aligned.target.path.clone());
            unit.origin.record = Some(n as u64);
            unit.origin.source_segments = Some(bead.source.clone());
            unit.origin.target_segments = Some(bead.target.clone());
            unit.source_provenance = aligned.source.provenance.clone();
            unit.target_provenance = aligned.target.provenance.clone();
            unit.confidence = Some(bead.confidence);
            unit
        })
        .collect()
}

struct Job {
    bitext: store::Bitext,
    source: (Document, String),
    target: (Document, String),
}

fn load(store: &Store, bitext: &store::Bitext) -> Result<Job> {
    let document = |row| store.document(row).map(|stored| (stored.document, stored.segmentation));
    Ok(Job { bitext: bitext.clone(), source: document(bitext.documents.0)?, target: document(bitext.documents.1)? })
}

impl Job {
    fn run(self, aligner: &Aligner) -> Done {
        let resegmented = [resegment(self.source.0, &self.source.1), resegment(self.target.0, &self.target.1)];
        let alignment = align_documents(&resegmented[0].0, &resegmented[1].0, aligner);
        let [source, target] = resegmented;
        Done { bitext: self.bitext, source, target, alignment }
    }
}

/// The document as the present segmenter cuts it, and its segmentation when that is not the stored one.
fn resegment(mut document: Document, stored: &str) -> (Document, Option<String>) {
    let options = segment::Options::of_signature(stored);
    let current = options.signature();
    if current == stored {
        return (document, None);
    }
    document.layout = options.layout(&document.text);
    document.segments = document.layout.segments(&document.text, &document.lang);
    (document, Some(current))
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
                put(store, document, segmentation)?;
            }
        }
        let row = self.bitext.row;
        let generation = store.put_beads(row, &self.alignment.beads, signature)?;
        let mut load = store.load_units(row, &self.bitext.key, generation, &Default::default())?;
        for mut unit in units_of(&self.aligned()) {
            unit.original_lang = self.bitext.original_lang;
            load.put(&unit, unit.id_bytes(&self.bitext.key, 0))?;
        }
        let outcome = load.finish()?;
        store.set_origin_counts(row, outcome.added + outcome.kept, 0)?;
        Ok(outcome)
    }
}
