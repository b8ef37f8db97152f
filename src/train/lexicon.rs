//! Learns a lexicon from sentence pairs: IBM Model 1 (Brown et al. 1993), then a hidden Markov model (Vogel et al. 1996), both directions
//! trained to agree (Liang, Taskar & Klein 2006). It reads no file and splits no text into sentences.
//!
//! The corpus is worked on in portions of a fixed size whose results are added in order, so that threads do not show.

mod cells;
mod corpus;
mod em;

use crate::parallel::Pool;
use crate::semantics::Lexicon;
use crate::semantics::hmm::Jumps;
use crate::text::Lang;

pub use corpus::Corpus;

/// What the caller may choose.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// Rounds of Model 1.
    pub first_rounds: usize,
    /// Rounds of the hidden Markov model.
    pub rounds: usize,
    /// The least probability, in either direction, of a pair that is kept.
    pub least_probability: f32,
    /// The least number of expected links of a pair that is kept.
    pub least_count: f32,
}

impl Default for Options {
    fn default() -> Options {
        Options { first_rounds: 5, rounds: 5, least_probability: 0.005, least_count: 0.3 }
    }
}

/// What was learned.
#[derive(Debug, Clone)]
pub struct Learned {
    /// The table.
    pub lexicon: Lexicon,
    /// Word order: of the target seen from the source, and the other way round.
    pub jumps: [Jumps; 2],
}

/// Learns from a corpus; `told` hears of each round, from 1 to the number of them all.
///
/// `prior` is a table of what is believed before anything is seen; then spelling, numbers and marks count too. The result is the same for any
/// number of threads.
pub fn train(
    corpus: &Corpus,
    langs: (Lang, Lang),
    prior: Option<&Lexicon>,
    options: &Options,
    pool: &Pool,
    mut told: impl FnMut(usize, usize),
) -> Learned {
    let mut model = em::Model::new(corpus, langs, prior);
    let rounds = options.first_rounds + options.rounds;
    for round in 0..rounds {
        model.learn(round >= options.first_rounds, pool);
        told(round + 1, rounds);
    }
    Learned { lexicon: model.lexicon(langs, options), jumps: model.jumps() }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAIRS: &[(&str, &str)] = &[
        ("la casa blanca", "the white house"),
        ("la casa", "the house"),
        ("la mesa blanca", "the white table"),
        ("una mesa", "a table"),
        ("una casa verde", "a green house"),
        ("el perro verde", "the green dog"),
        ("un perro", "a dog"),
        ("el libro", "the book"),
        ("un libro blanco", "a white book"),
    ];

    fn corpus() -> Corpus {
        let mut corpus = Corpus::default();
        for (source, target) in PAIRS {
            let tokens = |text: &'static str| text.split(' ').collect::<Vec<_>>();
            assert!(corpus.add(&tokens(source), &tokens(target)));
        }
        corpus
    }

    fn learned(corpus: &Corpus, prior: Option<&Lexicon>, threads: usize) -> Learned {
        let pool = Pool::new(threads).expect("a pool");
        train(corpus, (Lang::ES, Lang::EN), prior, &Options::default(), &pool, |_, _| {})
    }

    #[test]
    fn words_that_go_together_are_learned_both_ways() {
        let lexicon = learned(&corpus(), None, 1).lexicon;
        let best = |lang: &Lang, form: &str| lexicon.translations(lang, form).next().map(|(word, _)| word.to_string());
        for (source, target) in [("casa", "house"), ("perro", "dog"), ("libro", "book"), ("verde", "green"), ("mesa", "table")] {
            assert_eq!(best(&Lang::ES, source).as_deref(), Some(target));
            assert_eq!(best(&Lang::EN, target).as_deref(), Some(source));
        }
    }

    #[test]
    fn the_number_of_threads_does_not_show() {
        let mut large = Corpus::default();
        for n in 0..1500 {
            let (source, target) = PAIRS[n % PAIRS.len()];
            let numbered = format!("n{}", n % 7);
            let tokens = |text: &'static str| text.split(' ').map(str::to_string).chain([numbered.clone()]).collect::<Vec<_>>();
            large.add(&tokens(source), &tokens(target));
        }
        let one = learned(&large, None, 1).lexicon;
        assert_eq!(learned(&large, None, 3).lexicon.to_bytes(), one.to_bytes());
        assert!(one.len() > 10);
    }

    #[test]
    fn what_is_believed_decides_where_the_corpus_is_silent() {
        let mut corpus = Corpus::default();
        corpus.add(&["gato", "negro"], &["cat", "black"]);
        corpus.add(&["gato", "negro"], &["black", "cat"]);
        let glossary = crate::semantics::Glossary::parse("gato\tcat\n").expect("a glossary");
        let prior = Lexicon::empty(Lang::ES, Lang::EN).with_glossary(&glossary);
        let lexicon = learned(&corpus, Some(&prior), 1).lexicon;
        assert_eq!(lexicon.translations(&Lang::ES, "gato").next().map(|(word, _)| word), Some("cat"));
        let without = learned(&corpus, None, 1).lexicon;
        assert_eq!(without.probability(&Lang::ES, "gato", "cat"), without.probability(&Lang::ES, "gato", "black"));
    }

    #[test]
    fn a_pair_with_an_empty_or_endless_side_is_left_out() {
        let mut corpus = Corpus::default();
        let none: [&str; 0] = [];
        assert!(!corpus.add(&none, &["a"]));
        assert!(!corpus.add(&["a"], &["b"; 151]));
        assert!(corpus.is_empty());
        assert!(learned(&corpus, None, 1).lexicon.is_empty());
    }
}
