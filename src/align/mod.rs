//! Which segments of two texts correspond: m:n beads with a confidence each.
//! Texts come in as segments; reading files, splitting sentences and judging translations are done elsewhere.
//!
//! A `scorer` gives any block of m source and n target segments a score from cumulated sums; `dp` finds the best path of blocks in a
//! `band`, `posterior` how probable its beads are, `confidence` what that is worth. The scorer of this version is `evidence`, a weighted sum
//! of `features`: cosines of vectors (`meaning`, `cosines`), lengths (`length`), shared words (`vocabulary`, `cognates`, `dictionary`, `lexicon`,
//! `matches`), what stands alone (`looks`). `learning` finds the `weights`. The first, coarse pass has a scorer of its own, `outline`.

mod anchors;
mod band;
pub mod barriers;
mod cognates;
pub mod confidence;
mod cosines;
mod coverage;
mod dictionary;
mod dp;
mod evidence;
mod features;
mod knowledge;
pub mod learning;
mod length;
mod lexicon;
mod looks;
mod matches;
mod meaning;
pub mod metrics;
mod numbers;
mod outline;
mod posterior;
mod quality;
pub mod repair;
mod scorer;
mod search;
mod translations;
mod vocabulary;
mod weights;

use crate::model::{Alignment, Bead, Signature};
use crate::semantics::{Semantics, Vectors};
use crate::text::Lang;

use dp::Shapes;

pub use quality::quality;

/// Version of the aligner; part of every signature. Raise it when a bead or a confidence can change.
pub const VERSION: u32 = 3;

/// What the caller may choose.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// Most source and target segments in one bead, from 1 to 8; (1, 1) leaves 1:1 beads and unmatched segments only. Of a bead
    /// with both sides one has at most two, and both together have at most six, or one more than the larger number here.
    pub max_bead: (usize, usize),
}

impl Options {
    fn shapes(&self) -> Shapes {
        Shapes::up_to(self.max_bead)
    }
}

impl Default for Options {
    fn default() -> Options {
        Options { max_bead: (5, 5) }
    }
}

/// The largest bead `M:N` as the user writes it: from 1 to 8 segments a side.
///
/// ```
/// assert_eq!(bitexto::align::parse_max_bead("4:3"), Ok((4, 3)));
/// assert!(bitexto::align::parse_max_bead("0:9").is_err());
/// ```
pub fn parse_max_bead(text: &str) -> Result<(usize, usize), String> {
    let side = |text: &str| text.parse().ok().filter(|n| (1..=8).contains(n));
    let parsed = text.split_once(':').and_then(|(m, n)| Some((side(m)?, side(n)?)));
    parsed.ok_or_else(|| format!("`{text}` is not M:N with M and N from 1 to 8, such as 4:4"))
}

/// One side of a bitext: its segments' texts in order, and the paragraph of each (empty when unknown).
#[derive(Debug, Clone, Copy)]
pub struct Side<'a> {
    /// The language.
    pub lang: Lang,
    /// The segments.
    pub segments: &'a [&'a str],
    /// The paragraph of each segment, rising; or empty.
    pub paragraphs: &'a [usize],
    /// Vectors of the segments that the caller has from elsewhere, one each, of the same length on both sides; they take the encoder's place.
    pub vectors: Option<&'a Vectors>,
}

/// Two sides, and what is known of how they correspond.
#[derive(Debug, Clone, Copy)]
pub struct Bitext<'a> {
    /// The source side.
    pub source: Side<'a>,
    /// The target side.
    pub target: Side<'a>,
    /// Positions (s, t) that no bead crosses: what stands before source segment s corresponds to what stands before target segment t.
    /// Neither side falls from one to the next; a position that does, or lies outside, is left out.
    pub barriers: &'a [(usize, usize)],
}

/// Aligns bitexts: the models it knows and what the caller chose. Made once, used for any number of bitexts, from any thread.
///
/// ```
/// use bitexto::align::{Aligner, Bitext, Side};
/// use bitexto::text::Lang;
/// let spanish = ["¿Quién llegó en 1959?", "Nadie, dijo Ana."];
/// let english = ["Who arrived in 1959?", "Advertisement", "Nobody, said Ana."];
/// let source = Side { lang: Lang::ES, segments: &spanish, paragraphs: &[], vectors: None };
/// let target = Side { lang: Lang::EN, segments: &english, paragraphs: &[], vectors: None };
/// let alignment = Aligner::default().align(&Bitext { source, target, barriers: &[] });
/// let kinds: Vec<String> = alignment.beads.iter().map(|bead| bead.kind()).collect();
/// assert_eq!(kinds, ["1:1", "0:1", "1:1"]);
/// ```
#[derive(Debug, Default)]
pub struct Aligner {
    /// The models.
    pub semantics: Semantics,
    /// What the caller chose.
    pub options: Options,
}

impl Aligner {
    /// An aligner with the models that are built in.
    pub fn shipped(options: Options) -> Aligner {
        Aligner { semantics: Semantics::shipped(), options }
    }

    /// The alignment of a bitext; its beads cover both sides in order.
    ///
    /// Linear in the number of segments, in time and memory; the same result on every run.
    pub fn align(&self, bitext: &Bitext<'_>) -> Alignment {
        let beads = search::beads(bitext, &self.semantics, &self.options.shapes());
        let beads = beads.into_iter().map(|(block, confidence)| Bead::new(block.source, block.target, confidence));
        Alignment { beads: beads.collect(), signature: self.signature() }
    }

    /// What produces its alignments.
    pub fn signature(&self) -> Signature {
        let (source, target) = self.options.max_bead;
        let mut signature = Signature::default().with("aligner", VERSION).with("max-bead", format!("{source}x{target}"));
        if let Some(encoder) = &self.semantics.encoder {
            signature = signature.with("encoder", encoder.checksum());
        }
        if let Some(lexicon) = &self.semantics.lexicon {
            signature = signature.with("lexicon", lexicon.checksum());
        }
        signature
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn beads_of(source: &[&str], target: &[&str]) -> Alignment {
        let source = Side { lang: Lang::ES, segments: source, paragraphs: &[], vectors: None };
        let target = Side { lang: Lang::EN, segments: target, paragraphs: &[], vectors: None };
        let bitext = Bitext { source, target, barriers: &[] };
        let alignment = Aligner::default().align(&bitext);
        assert_eq!(alignment.flaw(source.segments.len(), target.segments.len()), None);
        alignment
    }

    fn kinds(source: &[&str], target: &[&str]) -> Vec<String> {
        beads_of(source, target).beads.iter().map(Bead::kind).collect()
    }

    const SPANISH: [&str; 6] = [
        "La exposición se inauguró el 3 de mayo en el Museo de Antioquia.",
        "Asistieron 250 personas, entre ellas la ministra de Cultura.",
        "«Es un día histórico para Medellín», dijo la directora.",
        "El público podrá visitar las galerías hasta septiembre.",
        "¿Cuánto cuesta la entrada?",
        "Los estudiantes pagan 4.500 pesos; los demás, el doble.",
    ];
    const ENGLISH: [&str; 6] = [
        "The exhibition opened on 3 May at the Museum of Antioquia.",
        "250 people attended, among them the Minister of Culture.",
        "“It is a historic day for Medellín,” the director said.",
        "The public can visit the galleries until September.",
        "How much is the admission?",
        "Students pay 4,500 pesos; everybody else, twice as much.",
    ];

    #[test]
    fn segments_in_order_are_aligned_one_by_one() {
        assert_eq!(kinds(&SPANISH, &ENGLISH), ["1:1"; 6]);
    }

    #[test]
    fn every_bead_type_is_found() {
        let joined = |side: &[&str; 6], from: usize, to: usize| {
            let mut out: Vec<String> = side.iter().map(|s| (*s).to_string()).collect();
            let merged = out[from..to].join(" ");
            out.splice(from..to, [merged]);
            out
        };
        for (from, to, source_kind, target_kind) in [(1, 3, "1:2", "2:1"), (1, 4, "1:3", "3:1"), (0, 4, "1:4", "4:1")] {
            let merged = joined(&SPANISH, from, to);
            let found = kinds(&merged.iter().map(String::as_str).collect::<Vec<_>>(), &ENGLISH);
            assert_eq!(found[from], source_kind, "{found:?}");
            let merged = joined(&ENGLISH, from, to);
            let found = kinds(&SPANISH, &merged.iter().map(String::as_str).collect::<Vec<_>>());
            assert_eq!(found[from], target_kind, "{found:?}");
        }
    }

    #[test]
    fn two_segments_in_another_order_are_one_bead() {
        let mut swapped = ENGLISH;
        swapped.swap(1, 2);
        assert_eq!(kinds(&SPANISH, &swapped), ["1:1", "2:2", "1:1", "1:1", "1:1"]);
    }

    #[test]
    fn unmatched_segments_in_the_middle_stay_unmatched() {
        let mut target = ENGLISH.to_vec();
        target.insert(3, "Subscribe to our newsletter");
        assert_eq!(kinds(&SPANISH, &target), ["1:1", "1:1", "1:1", "0:1", "1:1", "1:1", "1:1"]);
        let mut target = ENGLISH.to_vec();
        target.remove(2);
        assert_eq!(kinds(&SPANISH, &target), ["1:1", "1:1", "1:0", "1:1", "1:1", "1:1"]);
    }

    #[test]
    fn a_sure_bead_has_more_confidence_than_a_doubtful_one() {
        let (mut source, mut target) = (SPANISH.to_vec(), ENGLISH.to_vec());
        source.extend(["Sí.", "No."]);
        target.push("Yes.");
        let alignment = beads_of(&source, &target);
        assert!(alignment.beads[0].confidence > 0.95, "{alignment:?}");
        assert!(alignment.beads[6..].iter().all(|bead| bead.confidence < alignment.beads[0].confidence));
        assert!(alignment.beads.iter().all(|bead| (0.0..=1.0).contains(&bead.confidence)));
    }

    #[test]
    fn composed_and_decomposed_text_are_aligned_alike() {
        use unicode_normalization::UnicodeNormalization;
        let decomposed: Vec<String> = SPANISH.iter().map(|s| s.nfd().collect()).collect();
        let decomposed: Vec<&str> = decomposed.iter().map(String::as_str).collect();
        assert_eq!(beads_of(&decomposed, &ENGLISH), beads_of(&SPANISH, &ENGLISH));
    }

    #[test]
    fn documents_that_do_not_belong_together_have_little_quality() {
        const OTHER: [&str; 6] = [
            "The recipe needs three eggs and a spoon of sugar.",
            "Beat them until they are white.",
            "Do not open the oven!",
            "My grandmother used to add a little lemon.",
            "Serve it cold, with cream.",
            "Who would like some more?",
        ];
        let aligner = Aligner::shipped(Options::default());
        let quality_with = |target: &[&str]| {
            let side = |lang, segments| Side { lang, segments, paragraphs: &[], vectors: None };
            let bitext = Bitext { source: side(Lang::ES, &SPANISH), target: side(Lang::EN, target), barriers: &[] };
            quality(&aligner.align(&bitext), SPANISH.len(), target.len())
        };
        let (own, other) = (quality_with(&ENGLISH), quality_with(&OTHER));
        assert!(own > 0.9 && other < 0.5, "{own} {other}");
    }

    #[test]
    fn words_that_share_no_letter_are_aligned_by_the_models() {
        let spanish = ["El perro ladra.", "La nieve cayó ayer.", "Mi hermana compró leche."];
        let english = ["Yesterday the snow fell.", "My sister bought milk."];
        let side = |lang, segments| Side { lang, segments, paragraphs: &[], vectors: None };
        let bitext = Bitext { source: side(Lang::ES, &spanish), target: side(Lang::EN, &english), barriers: &[] };
        let alignment = Aligner::shipped(Options::default()).align(&bitext);
        assert_eq!(alignment.beads.iter().map(Bead::kind).collect::<Vec<_>>(), ["1:0", "1:1", "1:1"]);
    }

    #[test]
    fn vectors_of_the_caller_decide_where_texts_say_nothing() {
        let texts = ["x", "y", "z"];
        let source = Vectors::new(4, vec![1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0]).expect("three rows");
        let target = Vectors::new(4, vec![0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0, 1.0]).expect("three rows");
        let side = |lang, vectors| Side { lang, segments: &texts, paragraphs: &[], vectors: Some(vectors) };
        let bitext = Bitext { source: side(Lang::ES, &source), target: side(Lang::EN, &target), barriers: &[] };
        let beads = Aligner::default().align(&bitext).beads;
        assert!(beads.iter().any(|bead| bead.source == (1..2) && bead.target == (0..1)), "{beads:?}");
    }

    #[test]
    fn no_bead_is_larger_than_asked_for() {
        let merged = [SPANISH.join(" ")];
        let side = |lang, segments| Side { lang, segments, paragraphs: &[], vectors: None };
        let merged: Vec<&str> = merged.iter().map(String::as_str).collect();
        let bitext = Bitext { source: side(Lang::ES, &merged), target: side(Lang::EN, &ENGLISH), barriers: &[] };
        let alignment = Aligner { options: Options { max_bead: (1, 2) }, ..Aligner::default() }.align(&bitext);
        assert!(alignment.beads.iter().all(|bead| bead.target.len() <= 2));
        assert_eq!(alignment.signature.to_string(), "aligner:3|max-bead:1x2");
    }

    /// A number below `n`, by Knuth's linear congruential generator.
    fn random(seed: &mut u64, n: usize) -> usize {
        *seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        (*seed >> 33) as usize % n
    }

    /// A side of up to `most` segments of words from a small vocabulary, some of them empty: always the same for one seed.
    fn random_side(seed: &mut u64, most: usize) -> Vec<String> {
        const WORDS: [&str; 10] = ["no", "Bogotá", "12", "la", "constitución", "constitution", "¿?", "«", "e\u{301}", "民主"];
        let mut next = |n: usize| random(seed, n);
        let segments = next(most + 1);
        (0..segments).map(|_| (0..next(12)).map(|_| WORDS[next(WORDS.len())]).collect::<Vec<_>>().join(" ")).collect()
    }

    #[test]
    fn beads_cover_any_two_sides_in_order() {
        let mut seed = 7;
        for _ in 0..60 {
            let (source, target) = (random_side(&mut seed, 40), random_side(&mut seed, 40));
            beads_of(&source.iter().map(String::as_str).collect::<Vec<_>>(), &target.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }

    /// Positions in any order and anywhere, about one in three of them rising.
    fn random_barriers(seed: &mut u64, n: usize, m: usize) -> Vec<(usize, usize)> {
        let mut next = |below: usize| random(seed, below);
        let mut barriers: Vec<_> = (0..next(8)).map(|_| (next(n + 2), next(m + 2))).collect();
        barriers.sort_unstable();
        barriers
    }

    /// Asserts that every barrier that counts is passed.
    fn assert_barriers_hold(source: &[String], target: &[String], barriers: &[(usize, usize)]) {
        let sides = [source, target].map(|side| side.iter().map(String::as_str).collect::<Vec<_>>());
        let side = |lang, n: usize| Side { lang, segments: &sides[n], paragraphs: &[], vectors: None };
        let alignment = Aligner::default().align(&Bitext { source: side(Lang::ES, 0), target: side(Lang::EN, 1), barriers });
        assert_eq!(alignment.flaw(source.len(), target.len()), None);
        let mut passed = vec![(0, 0)];
        passed.extend(alignment.beads.iter().map(|bead| (bead.source.end, bead.target.end)));
        for barrier in super::barriers::kept(barriers, source.len(), target.len()) {
            assert!(passed.contains(&barrier), "{barrier:?} of {barriers:?}: {passed:?}");
        }
    }

    #[test]
    fn no_bead_crosses_a_barrier() {
        let mut seed = 11;
        for _ in 0..300 {
            let (source, target) = (random_side(&mut seed, 20), random_side(&mut seed, 20));
            let barriers = random_barriers(&mut seed, source.len(), target.len());
            assert_barriers_hold(&source, &target, &barriers);
        }
        let large: Vec<String> = (0..1500).map(|n| format!("Línea {}.", n % 70)).collect();
        assert_barriers_hold(&large, &large, &[(100, 900), (101, 900), (101, 950), (1000, 1000), (1500, 1200)]);
        assert_barriers_hold(&large, &large[..900], &[(0, 300), (1400, 300), (1400, 900)]);
    }

    #[test]
    fn a_barrier_decides_what_the_texts_do_not() {
        let (source, target) = (["Hotel 5."; 4], ["Hotel 5."; 3]);
        for missing in 0..4 {
            let side = |lang, segments| Side { lang, segments, paragraphs: &[], vectors: None };
            let barriers = [(missing, missing), (missing + 1, missing)];
            let alignment =
                Aligner::default().align(&Bitext { source: side(Lang::ES, &source), target: side(Lang::EN, &target), barriers: &barriers });
            assert_eq!(alignment.beads[missing].kind(), "1:0");
        }
    }

    #[test]
    fn sides_of_any_size_are_covered() {
        let line = |n: usize| vec!["Una línea."; n];
        for (n, m) in [(0, 0), (0, 5), (5, 0), (1, 20_000), (20_000, 1), (200, 2000), (1500, 1500)] {
            beads_of(&line(n), &line(m));
        }
    }

    #[test]
    fn equal_segments_are_aligned_one_by_one() {
        assert_eq!(kinds(&["Sí."; 50], &["Yes."; 50]), ["1:1"; 50]);
    }

    #[test]
    fn a_side_that_is_one_huge_segment_is_no_trouble() {
        let numbers: Vec<String> = (0..3000).map(|n| n.to_string()).collect();
        let whole = numbers.join(" ");
        beads_of(&[&whole], &numbers.iter().map(String::as_str).collect::<Vec<_>>());
        beads_of(&[&whole], &[&whole]);
    }
}
