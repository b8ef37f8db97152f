//! The pairs of words that occur in one sentence pair, each with a number. It counts nothing.

use super::corpus::Corpus;

/// Source words with the target words that they occur with, both rising.
pub(super) struct Cells {
    begins: Vec<usize>,
    targets: Vec<u32>,
}

impl Cells {
    pub(super) fn of(corpus: &Corpus) -> Cells {
        let (places, begins) = occurrences(corpus);
        let mut cells = Cells { begins: vec![0], targets: Vec::new() };
        // The last source word each target word was seen with, so that it is taken once.
        let mut seen = vec![u32::MAX; corpus.sides[1].forms.len()];
        for source in 0..begins.len() - 1 {
            let first = cells.targets.len();
            for pair in &places[begins[source]..begins[source + 1]] {
                for target in corpus.pair(*pair as usize)[1] {
                    if seen[*target as usize] != source as u32 {
                        seen[*target as usize] = source as u32;
                        cells.targets.push(*target);
                    }
                }
            }
            cells.targets[first..].sort_unstable();
            cells.begins.push(cells.targets.len());
        }
        cells
    }

    pub(super) fn len(&self) -> usize {
        self.targets.len()
    }

    /// The number of a pair of words that occur together.
    pub(super) fn find(&self, source: u32, target: u32) -> usize {
        let begin = self.begins[source as usize];
        let row = &self.targets[begin..self.begins[source as usize + 1]];
        begin + row.partition_point(|other| *other < target)
    }

    /// All cells: number, source word, target word.
    pub(super) fn iter(&self) -> impl Iterator<Item = (usize, usize, usize)> {
        let rows = self.begins.windows(2).enumerate();
        let cells = rows.flat_map(|(source, row)| (row[0]..row[1]).map(move |cell| (cell, source)));
        cells.map(|(cell, source)| (cell, source, self.targets[cell] as usize))
    }
}

/// The pairs that each source word occurs in, and where those of each begin.
fn occurrences(corpus: &Corpus) -> (Vec<u32>, Vec<usize>) {
    let mut begins = vec![0; corpus.sides[0].forms.len() + 1];
    for n in 0..corpus.len() {
        for source in corpus.pair(n)[0] {
            begins[*source as usize + 1] += 1;
        }
    }
    for n in 1..begins.len() {
        begins[n] += begins[n - 1];
    }
    let mut next = begins.clone();
    let mut places = vec![0; begins[begins.len() - 1]];
    for n in 0..corpus.len() {
        for source in corpus.pair(n)[0] {
            places[next[*source as usize]] = n as u32;
            next[*source as usize] += 1;
        }
    }
    (places, begins)
}
