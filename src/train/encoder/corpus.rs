//! Pairs of segments as lists of feature numbers: what the encoder is trained on. It learns nothing itself.

use std::collections::{BTreeMap, HashMap};

use crate::semantics::features::{Feature, features, forms, parts};
use crate::text::hash::digest;
use crate::text::{Lang, fold};

/// A feature that occurs less often has no vector of its own.
const LEAST_COUNT: u32 = 2;
/// The constant a of a feature's weight a / (a + its share of all words) (Arora, Liang & Ma 2017).
const FREQUENT: f32 = 5e-3;

/// Parallel segments, as features.
pub(super) struct Corpus {
    /// Each feature that occurs often enough.
    pub inventory: Vec<Known>,
    /// Its two sides.
    pub sides: [Bags; 2],
}

/// A word of the corpus, for a teacher to say what it means.
pub(super) struct Word {
    /// Its own feature, and the features it shares with others.
    pub feature: u32,
    pub others: Vec<u32>,
    /// Its side, and the spelling it mostly has, in lower case.
    pub side: usize,
    pub spelling: String,
}

/// A feature of the corpus.
pub(super) struct Known {
    pub feature: Feature,
    pub count: u32,
    pub weight: f32,
}

/// The features of each segment of a side.
#[derive(Default)]
pub(super) struct Bags {
    starts: Vec<usize>,
    features: Vec<u32>,
    /// The same number for the same text.
    pub text: Vec<u64>,
}

impl Bags {
    /// The features of segment `n`, repeated ones as often as they occur.
    pub(super) fn of(&self, n: usize) -> &[u32] {
        &self.features[self.starts[n]..self.starts[n + 1]]
    }

    /// How many segments there are.
    pub(super) fn len(&self) -> usize {
        self.text.len()
    }
}

impl Corpus {
    /// Reads the two sides of parallel segments.
    pub(super) fn read(languages: &[Lang; 2], pairs: &[(String, String)]) -> Corpus {
        let mut numbers: HashMap<u32, u32> = HashMap::new();
        let mut inventory: Vec<Known> = Vec::new();
        let mut words = [0_u32; 2];
        let mut sides = [0, 1].map(|side| {
            let mut bags = Bags { starts: vec![0], ..Bags::default() };
            for pair in pairs {
                let text = if side == 0 { &pair.0 } else { &pair.1 };
                for form in forms(text) {
                    words[side] += 1;
                    for feature in features(&languages[side], &form) {
                        let number = *numbers.entry(feature.hash).or_insert_with(|| {
                            inventory.push(Known { feature, count: 0, weight: 1.0 });
                            inventory.len() as u32 - 1
                        });
                        inventory[number as usize].count += 1;
                        bags.features.push(number);
                    }
                }
                bags.starts.push(bags.features.len());
                let hash = digest([text.as_bytes()]);
                bags.text.push(u64::from_le_bytes(hash[..8].try_into().expect("eight bytes")));
            }
            bags
        });
        // A feature of one language occurs among the words of that language only.
        let all = |feature: &Feature| (words[0] + words[1]) as f32 / if feature.is_shared { 1.0 } else { 2.0 };
        inventory.iter_mut().for_each(|f| f.weight = FREQUENT / (FREQUENT + f.count as f32 / all(&f.feature)));
        let kept = keep_frequent(&mut inventory);
        sides.iter_mut().for_each(|bags| bags.renumber(&kept));
        Corpus { inventory, sides }
    }
}

/// The words of the corpus that have a vector of their own, side by side, in the order of their forms.
pub(super) fn words_of(corpus: &Corpus, languages: &[Lang; 2], pairs: &[(String, String)]) -> Vec<Word> {
    let numbers: HashMap<u32, u32> = corpus.inventory.iter().enumerate().map(|(n, known)| (known.feature.hash, n as u32)).collect();
    let mut found = Vec::new();
    for side in [0, 1] {
        let mut spellings: BTreeMap<String, BTreeMap<String, u32>> = BTreeMap::new();
        for (_, word) in pairs.iter().flat_map(|pair| parts(if side == 0 { &pair.0 } else { &pair.1 })) {
            *spellings.entry(fold(word).into_owned()).or_default().entry(word.to_lowercase()).or_default() += 1;
        }
        for (form, spellings) in spellings {
            let mut known = features(&languages[side], &form).map(|feature| (feature, numbers.get(&feature.hash)));
            // A word's own feature comes first; a number has none.
            let Some((Feature { is_shared: false, .. }, Some(&feature))) = known.next() else { continue };
            let others = known.filter_map(|(_, number)| number.copied()).collect();
            let spelling = spellings.into_iter().max_by_key(|(_, count)| *count).map(|(spelling, _)| spelling).unwrap_or_default();
            found.push(Word { feature, others, side, spelling });
        }
    }
    found
}

/// Takes rare features out; the new number of each old one, if it has one.
fn keep_frequent(inventory: &mut Vec<Known>) -> Vec<Option<u32>> {
    let mut next = 0;
    let mut number = |known: &Known| {
        (known.count >= LEAST_COUNT).then(|| {
            next += 1;
            next - 1
        })
    };
    let kept = inventory.iter().map(&mut number).collect();
    inventory.retain(|known| known.count >= LEAST_COUNT);
    kept
}

impl Bags {
    fn renumber(&mut self, numbers: &[Option<u32>]) {
        let mut bags = Bags { starts: vec![0], features: Vec::with_capacity(self.features.len()), text: Vec::new() };
        for n in 0..self.text.len() {
            bags.features.extend(self.of(n).iter().filter_map(|&f| numbers[f as usize]));
            bags.starts.push(bags.features.len());
        }
        (self.starts, self.features) = (bags.starts, bags.features);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_occurs_once_is_left_out_and_the_frequent_weighs_less() {
        let pairs = [("no no no ley", "no law"), ("no ley", "a law")].map(|(a, b)| (a.to_string(), b.to_string()));
        let corpus = Corpus::read(&[Lang::ES, Lang::EN], &pairs);
        // no, ley and its prefix in Spanish; law and its prefix in English.
        assert_eq!(corpus.inventory.iter().map(|f| f.count).collect::<Vec<_>>(), [4, 2, 2, 2, 2]);
        assert!(corpus.inventory[0].weight < corpus.inventory[1].weight);
        assert_eq!((corpus.sides[0].of(1), corpus.sides[1].of(0)), ([0, 1, 2].as_slice(), [3, 4].as_slice()));
    }
}
