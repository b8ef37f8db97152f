//! Sentence pairs as numbers: the words of each side, counted and numbered.

use std::collections::HashMap;

/// Longer segments teach little and cost much.
const MOST_WORDS: usize = 150;

/// Sentence pairs.
#[derive(Debug, Default)]
pub struct Corpus {
    pub(super) sides: [Side; 2],
}

/// One side of all pairs.
#[derive(Debug, Default)]
pub(super) struct Side {
    /// The distinct forms, in order of appearance.
    pub(super) forms: Vec<String>,
    numbers: HashMap<String, u32>,
    words: Vec<u32>,
    ends: Vec<usize>,
}

impl Corpus {
    /// Adds a pair of segments, as the forms of their words. False for one that is left out: a side is empty or longer than 150 words.
    pub fn add(&mut self, source: &[impl AsRef<str>], target: &[impl AsRef<str>]) -> bool {
        let usable = |length: usize| (1..=MOST_WORDS).contains(&length);
        if !usable(source.len()) || !usable(target.len()) {
            return false;
        }
        self.sides[0].add(source);
        self.sides[1].add(target);
        true
    }

    /// How many pairs there are.
    pub fn len(&self) -> usize {
        self.sides[0].ends.len()
    }

    /// True if there is none.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// How many words the source and the target side have.
    pub fn words(&self) -> (usize, usize) {
        (self.sides[0].words.len(), self.sides[1].words.len())
    }

    /// The words of pair `n`: source, target.
    pub(super) fn pair(&self, n: usize) -> [&[u32]; 2] {
        [self.sides[0].segment(n), self.sides[1].segment(n)]
    }
}

impl Side {
    fn add(&mut self, forms: &[impl AsRef<str>]) {
        for form in forms {
            let form = form.as_ref();
            let number = match self.numbers.get(form) {
                Some(number) => *number,
                None => {
                    let number = self.forms.len() as u32;
                    self.forms.push(form.to_string());
                    self.numbers.insert(form.to_string(), number);
                    number
                }
            };
            self.words.push(number);
        }
        self.ends.push(self.words.len());
    }

    fn segment(&self, n: usize) -> &[u32] {
        let begin = if n == 0 { 0 } else { self.ends[n - 1] };
        &self.words[begin..self.ends[n]]
    }

    /// How often each form occurs.
    pub(super) fn frequencies(&self) -> Vec<f64> {
        let mut frequencies = vec![0.0; self.forms.len()];
        for word in &self.words {
            frequencies[*word as usize] += 1.0;
        }
        frequencies
    }
}
