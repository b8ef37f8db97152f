//! Which of two duplicates is better. It compares what is known of them and how they are spelt; whether they are good is the score's business.

use crate::model::{State, Unit};

/// How good a unit is among its duplicates; higher is better.
///
/// First one that a person accepted or edited, then the higher score (24 bits of it; none is lower than any), then more Spanish accents, then more of the marks
/// that a careful text has: a capital letter first, a mark at the end, `¿` and `¡` for `?` and `!`, letters that are not all capitals.
pub fn rank(unit: &Unit) -> u64 {
    let reviewed = u64::from(matches!(unit.state, State::Accepted | State::Edited));
    // A probability has 24 bits to tell it from others.
    let score = unit.score.map_or(0, |score| 1 + (score.clamp(0.0, 1.0) * 16_777_215.0) as u64);
    let accents = (accents(&unit.source) + accents(&unit.target)).min(0xffff);
    let marks = marks(&unit.source) + marks(&unit.target);
    reviewed << 60 | score << 32 | accents << 8 | marks
}

/// The accented letters of Spanish, and combining acutes. Others are not counted: spoilt text is full of them.
fn accents(text: &str) -> u64 {
    let bytes = text.as_bytes();
    let is_accent = |at: &usize| {
        matches!(
            bytes[*at..],
            [0xc3, 0x81 | 0x89 | 0x8d | 0x91 | 0x93 | 0x9a | 0x9c | 0xa1 | 0xa9 | 0xad | 0xb1 | 0xb3 | 0xba | 0xbc, ..] | [0xcc, 0x81, ..]
        )
    };
    memchr::memchr2_iter(0xc3, 0xcc, bytes).filter(is_accent).count() as u64
}

fn marks(text: &str) -> u64 {
    let mut letters = text.chars().filter(|c| c.is_alphabetic());
    let capital_first = letters.next().is_some_and(char::is_uppercase);
    let small_letters = letters.any(char::is_lowercase);
    let marked_end = text.trim_end_matches(['"', '\'', '»', '”', '’', ')', ' ']).ends_with(['.', '!', '?', '…', ':']);
    let has = |c: char| text.contains(c);
    let opened = (has('¿') && has('?')) || (has('¡') && has('!'));
    [capital_first, small_letters, marked_end, opened].map(u64::from).iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;

    fn unit(source: &str, score: Option<f64>) -> Unit {
        Unit { score, ..Unit::new(Lang::ES, Lang::EN, source.into(), "Did he come?".into()) }
    }

    #[test]
    fn review_outweighs_the_score_and_the_score_outweighs_spelling() {
        let plain = rank(&unit("vino", Some(0.8)));
        assert!(plain > rank(&unit("¿Vino él?", Some(0.7))));
        assert!(rank(&unit("vino", Some(0.0))) > rank(&unit("¿Vino él?", None)));
        assert!(rank(&Unit { state: State::Accepted, ..unit("vino", None) }) > plain);
    }

    #[test]
    fn accents_and_proper_punctuation_decide_among_equals() {
        let best = ["¿Vino él?", "¿Vino el?", "Vino el?", "vino el?", "vino el"];
        let ranks = best.map(|text| rank(&unit(text, Some(0.5))));
        assert!(ranks.windows(2).all(|pair| pair[0] > pair[1]), "{ranks:?}");
        assert!(rank(&unit("Vino él.", None)) > rank(&unit("VINO ÉL.", None)));
    }

    #[test]
    fn spoilt_letters_are_no_accents() {
        assert!(rank(&unit("Vino él.", None)) > rank(&unit("Vino Ã©l.", None)));
    }
}
