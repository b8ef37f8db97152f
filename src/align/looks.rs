//! What a segment looks like by itself: how long it is, whether it is a heading or a label, how often it stands in its text.
//! It is what segments without counterpart have in common.

use rustc_hash::FxHashMap;

use super::length::characters;

/// What one segment looks like.
#[derive(Debug, Clone, Copy, PartialEq)]
pub(super) struct Look {
    /// Logarithm of its length in typical lengths, from −3 to 3.
    pub length: f32,
    /// True for a heading, a caption, a speaker's label: few words and no end of a sentence.
    pub is_label: bool,
    /// Logarithm of how often the same text stands on its side, from 0 to 1.1; less the more of the side it is.
    pub repeated: f32,
}

/// A label has at most this many words.
const LABEL_WORDS: usize = 8;

/// Three times is repeated enough: a refrain is on both sides as often as it likes.
const MOST_REPEATED: f32 = 1.1;

/// The looks of one side.
pub(super) fn of(segments: &[&str]) -> Vec<Look> {
    let mut counts: FxHashMap<&str, u32> = FxHashMap::default();
    segments.iter().for_each(|segment| *counts.entry(segment.trim()).or_default() += 1);
    let lengths: Vec<f32> = segments.iter().map(|segment| characters(segment) as f32 + 1.0).collect();
    let all = segments.len().max(1) as f32;
    let typical = lengths.iter().sum::<f32>() / all;
    let look = |(segment, length): (&&str, &f32)| {
        let count = counts[segment.trim()] as f32;
        Look {
            length: (length / typical).ln().clamp(-3.0, 3.0),
            is_label: is_label(segment),
            repeated: count.ln().min(MOST_REPEATED) * (1.0 - (count - 1.0) / all),
        }
    };
    segments.iter().zip(&lengths).map(look).collect()
}

fn is_label(segment: &str) -> bool {
    let end = segment.trim_end().trim_end_matches(['"', '”', '’', '\'', '»', ')', ']']);
    let ends_sentence = end.ends_with(['.', '!', '?', '…', ';', ',']);
    !ends_sentence && segment.split_whitespace().nth(LABEL_WORDS).is_none()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn few_words_without_an_end_are_a_label() {
        assert!(is_label("MODERADOR:") && is_label("El clima de mañana"));
        assert!(!is_label("Se fue.") && !is_label("«Se fue.»"));
        assert!(!is_label("Una frase que no acaba nunca porque sigue en la línea"));
    }

    #[test]
    fn repeated_segments_are_counted() {
        let looks = of(&["Anuncio", "Una frase larga.", "Anuncio "]);
        assert!(looks[0].repeated > 0.4 && looks[1].repeated == 0.0);
        assert!(of(&["Sí."; 50])[0].repeated < 0.05, "what is all there is, is no boilerplate");
        assert!(looks[1].length > looks[0].length);
    }
}
