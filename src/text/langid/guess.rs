//! What a model makes of a text: a probability for each language. It decides nothing that needs more than the text.

use super::features::Words;
use super::{LANGS, NAMED};
use crate::text::Lang;

/// Below this probability [`Guess::lang`] is undecided.
const CLEAR: f32 = 0.9;

/// How well each language explains a text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Guess {
    /// Log-likelihood, up to a constant, of each of [`LANGS`] and, last, of all others together.
    pub(super) scores: [f32; NAMED + 1],
    /// The words it was made from.
    pub words: Words,
}

impl Guess {
    /// The language, if it is one of [`LANGS`] with a probability of at least 0.9.
    pub fn lang(&self) -> Option<Lang> {
        let (lang, probability) = self.best();
        lang.filter(|_| probability >= CLEAR)
    }

    /// The likeliest language and its probability from 0 to 1; `None` stands for any language outside [`LANGS`].
    pub fn best(&self) -> (Option<Lang>, f32) {
        let best = (0..=NAMED).max_by(|a, b| self.scores[*a].total_cmp(&self.scores[*b]).then(b.cmp(a))).unwrap_or(NAMED);
        (LANGS.get(best).copied(), self.share(best))
    }

    /// The probability, from 0 to 1, that the text is in `lang`, all classes being as likely beforehand; for a language outside [`LANGS`],
    /// that it is in any such.
    pub fn probability(&self, lang: &Lang) -> f32 {
        self.share(class(lang))
    }

    /// By how much the likeliest language explains the text better than `lang`, in natural log-odds; 0 if none does.
    pub fn log_odds_against(&self, lang: &Lang) -> f32 {
        let best = self.scores.iter().copied().fold(f32::MIN, f32::max);
        best - self.scores[class(lang)]
    }

    /// By how much `a` explains the text better than `b`, in natural log-odds; below zero if it does so worse.
    pub fn log_odds(&self, a: &Lang, b: &Lang) -> f32 {
        self.scores[class(a)] - self.scores[class(b)]
    }

    fn share(&self, class: usize) -> f32 {
        let best = self.scores.iter().copied().fold(f32::MIN, f32::max);
        let total: f32 = self.scores.iter().map(|score| (score - best).exp()).sum();
        (self.scores[class] - best).exp() / total
    }
}

fn class(lang: &Lang) -> usize {
    LANGS.iter().position(|named| named.same_language(lang)).unwrap_or(NAMED)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn guess(scores: [f32; NAMED + 1]) -> Guess {
        Guess { scores, words: Words::default() }
    }

    #[test]
    fn equal_scores_are_undecided_and_probabilities_add_up() {
        let none = guess([0.0; NAMED + 1]);
        assert_eq!(none.lang(), None);
        let sum: f32 = LANGS.iter().map(|lang| none.probability(lang)).sum::<f32>() + none.probability(&Lang::default());
        assert!((sum - 1.0).abs() < 1e-6);
    }

    #[test]
    fn regions_are_their_language_and_unnamed_languages_are_the_last_class() {
        let spanish = guess([9.0, 0.0, 2.0, 0.0, 0.0, 0.0, 0.0, 0.0, 1.0]);
        assert_eq!(spanish.lang(), Some(Lang::ES));
        assert_eq!(spanish.log_odds_against(&"es-CO".parse().expect("a code")), 0.0);
        assert_eq!(spanish.log_odds_against(&"eu".parse().expect("a code")), 8.0);
        assert_eq!(spanish.log_odds(&Lang::EN, &LANGS[2]), -2.0);
        let basque = guess([0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 9.0]);
        assert_eq!((basque.lang(), basque.best().0), (None, None));
    }
}
