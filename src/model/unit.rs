//! The unit: two texts that (should) translate each other, and everything known about them.

use std::ops::Range;

use serde::{Deserialize, Serialize};

use super::review::Note;
use super::{Bead, BoxedProvenance, Document, Lang, State};
use crate::text::hash;

/// The stored, reviewed and exported record.
///
/// Source and target are the corpus's sides; which of them is the original is metadata.
#[derive(Debug, Clone, PartialEq)]
pub struct Unit {
    /// 26 characters of base32 (see [`Unit::id`]); `None` until the store has given one.
    pub id: Option<String>,
    /// Language of the source text.
    pub source_lang: Lang,
    /// Language of the target text.
    pub target_lang: Lang,
    /// The source text.
    pub source: String,
    /// The target text.
    pub target: String,
    /// The file or bitext it was taken from.
    pub origin: Origin,
    /// The statement it renders, if any.
    pub statement: Option<StatementLink>,
    /// Where the source text comes from.
    pub source_provenance: BoxedProvenance,
    /// Where the target text comes from.
    pub target_provenance: BoxedProvenance,
    /// The language it was first said or written in, if known.
    pub original_lang: Option<Lang>,
    /// Probability in [0, 1] that the grouping into this bead is right; `None` for a unit that came ready-made.
    pub confidence: Option<f64>,
    /// Probability in [0, 1] that the texts translate each other; `None` until scored.
    pub score: Option<f64>,
    /// Where its review stands.
    pub state: State,
    /// What reviewers and checks said of it, where a format shows that; `None` when nobody asked.
    pub remarks: Option<Box<Remarks>>,
}

/// What a table for reviewers shows of a unit besides the unit itself.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Remarks {
    /// The hash of its state: what an act on it names as its base ([`Reviewed::base`](super::Reviewed::base)).
    pub base: String,
    /// What reviewers noted, oldest first.
    pub notes: Vec<Note>,
    /// What the checks found, a line each.
    pub findings: Vec<String>,
}

/// The place a unit was taken from.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Origin {
    /// The file, or the source document, relative to the corpus folder.
    pub file: String,
    /// The second file of a two-file format, or the target document.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_file: Option<String>,
    /// The 1-based record of the file.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub record: Option<u64>,
    /// The id of the unit that this one is a part of; its segments are then counted within that unit.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub parent: Option<String>,
    /// The 0-based source segments of the bead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source_segments: Option<Range<usize>>,
    /// The 0-based target segments of the bead.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub target_segments: Option<Range<usize>>,
}

/// Which renderings of which statement a unit pairs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct StatementLink {
    /// The statement's id.
    pub statement: String,
    /// The id of the rendering on the source side.
    pub source_rendering: String,
    /// The id of the rendering on the target side.
    pub target_rendering: String,
}

impl Unit {
    /// The unit of bead `n` of two documents, which has both sides.
    pub fn of_bead(n: usize, bead: &Bead, source: &Document, target: &Document) -> Unit {
        let mut unit = Unit::new(source.lang, target.lang, source.joined(bead.source.clone()), target.joined(bead.target.clone()));
        unit.origin.file.clone_from(&source.path);
        unit.origin.target_file = Some(target.path.clone());
        unit.origin.record = Some(n as u64);
        unit.origin.source_segments = Some(bead.source.clone());
        unit.origin.target_segments = Some(bead.target.clone());
        unit.source_provenance = source.provenance.clone().into();
        unit.target_provenance = target.provenance.clone().into();
        unit.confidence = Some(bead.confidence);
        unit
    }

    /// A unit with two texts and nothing else known.
    pub fn new(source_lang: Lang, target_lang: Lang, source: String, target: String) -> Unit {
        Unit {
            id: None,
            source_lang,
            target_lang,
            source,
            target,
            origin: Origin::default(),
            statement: None,
            source_provenance: BoxedProvenance::default(),
            target_provenance: BoxedProvenance::default(),
            original_lang: None,
            confidence: None,
            score: None,
            state: State::Unreviewed,
            remarks: None,
        }
    }

    /// The id of the `k`-th (0-based) unit with these texts in one origin: a hash of the origin's key, the languages, the texts and `k`.
    ///
    /// A record that moves within its file keeps its id; the same texts in two files are two units with one [`Unit::text_hash`].
    pub fn id_bytes(&self, origin_key: &str, k: u64) -> [u8; 16] {
        let parts: [&[u8]; 6] = [
            origin_key.as_bytes(),
            self.source_lang.as_str().as_bytes(),
            self.target_lang.as_str().as_bytes(),
            self.source.as_bytes(),
            self.target.as_bytes(),
            &k.to_le_bytes(),
        ];
        hash::digest(parts)
    }

    /// The hash of the two texts, the same for all units that have them.
    pub fn text_hash(&self) -> String {
        hash::text_hash(&self.source, &self.target)
    }

    /// What reviewers noted, each note on a line with its reviewer: `ana: …`; empty when there is nothing, or nobody asked.
    pub fn notes(&self) -> String {
        let notes = self.remarks.iter().flat_map(|remarks| &remarks.notes);
        notes.map(|note| format!("{}: {}", note.by, note.text)).collect::<Vec<_>>().join("\n")
    }

    /// The same unit seen from the other side.
    #[must_use]
    pub fn swapped(self) -> Unit {
        Unit {
            source_lang: self.target_lang,
            target_lang: self.source_lang,
            source: self.target,
            target: self.source,
            source_provenance: self.target_provenance,
            target_provenance: self.source_provenance,
            origin: Origin { source_segments: self.origin.target_segments, target_segments: self.origin.source_segments, ..self.origin },
            statement: self.statement.map(|link| StatementLink {
                source_rendering: link.target_rendering,
                target_rendering: link.source_rendering,
                ..link
            }),
            ..self
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_depend_on_origin_texts_languages_and_occurrence_only() {
        let unit = Unit::new(Lang::ES, Lang::EN, "Sí.".into(), "Yes.".into());
        let mut reviewed = unit.clone();
        reviewed.state = State::Accepted;
        reviewed.origin.record = Some(7);
        assert_eq!(unit.id_bytes("a.tsv", 0), reviewed.id_bytes("a.tsv", 0));
        assert_ne!(unit.id_bytes("a.tsv", 0), unit.id_bytes("b.tsv", 0));
        assert_ne!(unit.id_bytes("a.tsv", 0), unit.id_bytes("a.tsv", 1));
        assert_eq!(unit.text_hash(), reviewed.text_hash());
    }

    #[test]
    fn swapping_twice_changes_nothing() {
        let mut unit = Unit::new(Lang::ES, Lang::EN, "Sí.".into(), "Yes.".into());
        unit.source_provenance.outlet = Some("Semana".into());
        unit.origin.source_segments = Some(0..1);
        assert_eq!(unit.clone().swapped().swapped(), unit);
        assert_eq!(unit.swapped().target_provenance.outlet.as_deref(), Some("Semana"));
    }
}
