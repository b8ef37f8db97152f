//! A ready unit of several sentences a side → the units of its beads. No text is lost: what has no counterpart stays with its neighbour.

use std::ops::Range;

use super::aligning::align_documents;
use crate::align::Aligner;
use crate::model::{Bead, Document, Lang, Origin, Provenance, State, Unit};
use crate::segment::{Paragraphs, segment};
use crate::text::hash;

/// Segments both sides of a unit and aligns them inside. `file` is where the unit was read from: part of the id of one that has none.
///
/// The parts are in order and their texts, put together, are the unit's, but for the white space between them. They keep its provenance,
/// statement and place in the file, and name it as their parent; score and state are not theirs. A unit with one sentence on a side, or
/// whose sentences correspond only as a whole, comes back as it is.
///
/// ```
/// use bitexto::{align::Aligner, ingest::within::split, model::Unit, text::Lang};
/// let text = |sentences: [&str; 2]| sentences.join(" ");
/// let (spanish, english) = (text(["¿Quién llegó en 1959?", "Nadie, dijo Ana."]), text(["Who arrived in 1959?", "Nobody, said Ana."]));
/// let parts = split(Unit::new(Lang::ES, Lang::EN, spanish, english), "a.tsv", &Aligner::default());
/// assert_eq!(parts[1].target, "Nobody, said Ana.");
/// assert_eq!(parts[0].origin.parent, parts[1].origin.parent);
/// ```
pub fn split(unit: Unit, file: &str, aligner: &Aligner) -> Vec<Unit> {
    let documents = [document(&unit.source, unit.source_lang), document(&unit.target, unit.target_lang)];
    if documents.iter().any(|document| document.segments.len() < 2) {
        return vec![unit];
    }
    let beads = without_unmatched(&align_documents(&documents[0], &documents[1], aligner).beads);
    if beads.len() < 2 {
        return vec![unit];
    }
    let parent = unit.id.clone().unwrap_or_else(|| hash::base32(&unit.id_bytes(file, 0)));
    beads.iter().zip(0..).map(|(bead, n)| part(&unit, &parent, &documents, bead, n)).collect()
}

fn document(text: &str, lang: Lang) -> Document {
    let segments = segment(text, &lang, Paragraphs::Auto);
    Document { path: String::new(), lang, text: text.to_string(), segments, layout: Default::default(), provenance: Provenance::default() }
}

/// The beads with unmatched segments joined to the matched bead before them, the first ones to the bead behind: none is left without a
/// counterpart unless all are.
fn without_unmatched(beads: &[Bead]) -> Vec<Bead> {
    let matched: Vec<usize> = (0..beads.len()).filter(|&n| beads[n].is_matched()).collect();
    let group = |(place, &first): (usize, &usize)| {
        let first = if place == 0 { 0 } else { first };
        &beads[first..matched.get(place + 1).copied().unwrap_or(beads.len())]
    };
    matched.iter().enumerate().map(group).map(join).collect()
}

/// The bead of all segments of a matched bead and the unmatched ones around it.
fn join(beads: &[Bead]) -> Bead {
    let (first, last) = (&beads[0], &beads[beads.len() - 1]);
    // What was taken for unmatched is matched now: as probable as that it was mistaken.
    let confidence = |bead: &Bead| if bead.is_matched() { bead.confidence } else { 1.0 - bead.confidence };
    Bead::new(first.source.start..last.source.end, first.target.start..last.target.end, beads.iter().map(confidence).fold(1.0, f64::min))
}

fn part(unit: &Unit, parent: &str, documents: &[Document; 2], bead: &Bead, n: u64) -> Unit {
    let mut part = Unit {
        source: text_of(&documents[0], &bead.source).to_string(),
        target: text_of(&documents[1], &bead.target).to_string(),
        origin: Origin {
            parent: Some(parent.to_string()),
            source_segments: Some(bead.source.clone()),
            target_segments: Some(bead.target.clone()),
            ..unit.origin.clone()
        },
        // The part is right only if the whole was.
        confidence: Some(bead.confidence * unit.confidence.unwrap_or(1.0)),
        score: None,
        state: State::Unreviewed,
        ..unit.clone()
    };
    part.id = Some(hash::base32(&part.id_bytes(parent, n)));
    part
}

fn text_of<'a>(document: &'a Document, segments: &Range<usize>) -> &'a str {
    let span = &document.segments[segments.clone()];
    &document.text[span[0].start..span[span.len() - 1].end]
}

#[cfg(test)]
mod tests {
    use super::*;

    const SPANISH: &str = "La asamblea empezó el 3 de mayo.\nVinieron 250 personas. ¿Quién habló? Nadie lo sabe.";
    const ENGLISH: &str = "The assembly began on 3 May. 250 people came. Who spoke? Nobody knows.";

    fn unit(source: &str, target: &str) -> Unit {
        Unit::new(Lang::ES, Lang::EN, source.into(), target.into())
    }

    fn bead(source: Range<usize>, target: Range<usize>, confidence: f64) -> Bead {
        Bead::new(source, target, confidence)
    }

    #[test]
    fn the_parts_name_their_parent_and_keep_what_is_known_of_it() {
        let mut whole = unit(SPANISH, ENGLISH);
        whole.source_provenance.outlet = Some("Semana".into());
        (whole.origin.record, whole.score, whole.state) = (Some(7), Some(0.9), State::Accepted);
        let parts = split(whole.clone(), "a.tsv", &Aligner::default());
        assert_eq!(parts.len(), 4, "{parts:?}");
        for part in &parts {
            assert_eq!(part.origin.parent, Some(hash::base32(&whole.id_bytes("a.tsv", 0))));
            assert_eq!((part.origin.record, &part.source_provenance), (Some(7), &whole.source_provenance));
            assert_eq!((part.score, part.state), (None, State::Unreviewed));
        }
        assert_eq!((&*parts[1].source, &*parts[1].target), ("Vinieron 250 personas.", "250 people came."));
        assert_eq!(parts[1].origin.source_segments, Some(1..2));
    }

    #[test]
    fn parts_with_the_same_texts_have_ids_of_their_own() {
        let parts = split(unit("¡Vivan! ¡Vivan!", "Long live! Long live!"), "a.tsv", &Aligner::default());
        assert_eq!(parts.len(), 2);
        assert_ne!(parts[0].id, parts[1].id);
    }

    #[test]
    fn a_unit_with_one_sentence_on_a_side_stays_as_it_is() {
        let whole = unit("Vino y se fue.", "He came. He left.");
        assert_eq!(split(whole.clone(), "a.tsv", &Aligner::default()), [whole]);
    }

    #[test]
    fn unmatched_segments_stay_with_their_neighbour() {
        let beads = vec![bead(0..0, 0..1, 0.9), bead(0..1, 1..2, 0.8), bead(1..2, 2..2, 0.4), bead(2..3, 2..3, 0.7)];
        let joined = without_unmatched(&beads);
        let spans: Vec<_> = joined.iter().map(|bead| (bead.source.clone(), bead.target.clone())).collect();
        assert_eq!(spans, [(0..2, 0..2), (2..3, 2..3)]);
        assert!((joined[0].confidence - 0.1).abs() < 1e-9);
        assert!(without_unmatched(&[bead(0..1, 0..0, 0.9), bead(1..1, 0..1, 0.9)]).is_empty());
    }

    #[test]
    fn the_texts_of_the_parts_are_the_text_of_the_whole() {
        let extra = "Advertisement.\n\n“Who spoke?” asked Ana. 250 people came. Subscribe!";
        for (source, target) in [(SPANISH, ENGLISH), (SPANISH, extra), (extra, SPANISH), ("Uno. Dos. Tres.", "A. B.")] {
            let parts = split(unit(source, target), "a.tsv", &Aligner::default());
            let packed = |text: &str| text.split_whitespace().collect::<String>();
            let all = |side: fn(&Unit) -> &str| parts.iter().map(|part| packed(side(part))).collect::<String>();
            assert_eq!((all(|u| &u.source), all(|u| &u.target)), (packed(source), packed(target)));
            assert!(parts.iter().all(|part| !part.source.is_empty() && !part.target.is_empty()));
        }
    }
}
