//! Trains the static bilingual encoder: vectors of features, so that the sums of two translations point the same way
//! (contrastive loss), and where a teacher's vectors point (distillation). What features are lies in `semantics`.

mod corpus;
mod loss;
mod start;
mod targets;

use ndarray::{Array2, ArrayView1, Axis};

use crate::parallel::Pool;
use crate::semantics::encoder::{Table, add_unknown, normalise};
use crate::semantics::{Encoder, Vectors};
use crate::text::Lang;

use super::random::Random;
use corpus::{Bags, Corpus, words_of};
use loss::{contrastive, in_rows};
use targets::Targets;

/// What may be chosen; the defaults make the shipped encoder.
#[derive(Debug, Clone, PartialEq)]
pub struct Options {
    /// The two languages.
    pub languages: [Lang; 2],
    /// Length of the vectors.
    pub dimensions: usize,
    /// How often every pair is seen.
    pub passes: usize,
    /// Pairs compared with each other at a time.
    pub batch: usize,
    /// The temperature of the contrastive loss: 0.05 is clearly worse, so is above 0.15.
    pub temperature: f32,
    /// Weight of the teacher's loss; more hurts short segments.
    pub teacher: f32,
    /// Learning rate at the beginning and at the end.
    pub rates: (f32, f32),
    /// Features kept, those first that occur often and say much.
    pub features: usize,
    /// Pairs kept out of training to measure precision on.
    pub held_out: usize,
    /// Where random numbers begin.
    pub seed: u64,
}

impl Default for Options {
    fn default() -> Options {
        Options {
            languages: [Lang::ES, Lang::EN],
            dimensions: 148,
            passes: 10,
            batch: 2048,
            temperature: 0.1,
            teacher: 5.0,
            rates: (0.05, 0.005),
            features: 165_000,
            held_out: 2000,
            seed: 1,
        }
    }
}

/// How far the training is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Progress {
    /// Batches done.
    pub batch: usize,
    /// Batches in all.
    pub batches: usize,
    /// Mean contrastive loss of the last batches, in nats.
    pub loss: f32,
    /// Precision@1 on the pairs held out, source to target and back, at the end of each pass.
    pub precision: Option<(f64, f64)>,
}

/// Vectors of a better encoder, which is too slow or too large to be used itself.
#[derive(Debug, Clone, Copy)]
pub struct Teacher<'a> {
    /// One row a pair for each side.
    pub segments: [&'a Vectors; 2],
    /// One row for each of [`words`].
    pub words: Option<&'a Vectors>,
}

/// The words that get a vector of their own, in the spelling they mostly have: what a teacher can be asked for.
pub fn words(pairs: &[(String, String)], options: &Options) -> Vec<String> {
    let corpus = Corpus::read(&options.languages, pairs);
    words_of(&corpus, &options.languages, pairs).into_iter().map(|word| word.spelling).collect()
}

/// Trains an encoder on pairs of segments.
///
/// The result does not depend on the number of threads. Memory: 1.5 KiB a feature at 128 dimensions,
/// the teacher's vectors, and 70 four-byte features a segment.
pub fn train(
    pairs: &[(String, String)],
    teacher: Option<Teacher<'_>>,
    options: &Options,
    pool: &Pool,
    progress: &mut dyn FnMut(Progress),
) -> Encoder {
    let corpus = Corpus::read(&options.languages, pairs);
    let targets = teacher.map(|teacher| Targets::of(teacher.segments, options.dimensions));
    let mut model = Model::new(&corpus, options);
    if let (Some(targets), Some(teacher)) = (&targets, teacher) {
        let words = teacher.words.map(|vectors| (words_of(&corpus, &options.languages, pairs), vectors));
        model.begin(&match words {
            Some((words, vectors)) => start::of_words(&corpus, targets, &words, vectors),
            None => start::of_segments(&corpus, targets),
        });
    }
    let (mut training, held_out) = split(&corpus, options);
    let batches = options.passes * training.len().div_ceil(options.batch);
    let mut random = Random(options.seed);
    let (mut done, mut recent) = (0, 0.0);
    for _ in 0..options.passes {
        random.shuffle(&mut training);
        for batch in training.chunks(options.batch) {
            let (first, last) = options.rates;
            let rate = first * (last / first).powf(done as f32 / batches as f32);
            let loss = model.step(pool, &corpus, targets.as_ref(), batch, rate, options);
            done += 1;
            recent = if done == 1 { loss } else { 0.9 * recent + 0.1 * loss };
            progress(Progress { batch: done, batches, loss: recent, precision: None });
        }
        let encoded = [0, 1].map(|side| model.encode(pool, &corpus, &corpus.sides[side], &held_out).0);
        progress(Progress { batch: done, batches, loss: recent, precision: Some(precision(&encoded[0], &encoded[1])) });
    }
    model.table(&corpus, options).quantised()
}

/// Pairs to train on, and pairs to measure on that share no side with them.
fn split(corpus: &Corpus, options: &Options) -> (Vec<u32>, Vec<u32>) {
    let mut pairs: Vec<u32> = (0..corpus.sides[0].len() as u32).collect();
    Random(options.seed ^ 0x5eed).shuffle(&mut pairs);
    let training = pairs.split_off(options.held_out.min(pairs.len() / 10));
    let shared = [0, 1].map(|side| pairs.iter().map(|&n| corpus.sides[side].text[n as usize]).collect::<std::collections::HashSet<_>>());
    let is_new = |n: &u32| (0..2).all(|side| !shared[side].contains(&corpus.sides[side].text[*n as usize]));
    (training.into_iter().filter(is_new).collect(), pairs)
}

/// How often the nearest vector of the other side is the right one, in both directions, in [0, 1]; of equally near ones the first counts.
pub fn precision(source: &Array2<f32>, target: &Array2<f32>) -> (f64, f64) {
    let similarity = source.dot(&target.t());
    (nearest_is_right(&similarity, 0), nearest_is_right(&similarity, 1))
}

/// The share of rows (axis 0) or columns (axis 1) whose greatest number, the first of equal ones, is on the diagonal.
pub fn nearest_is_right(similarity: &Array2<f32>, axis: usize) -> f64 {
    let is_right = |(n, lane): &(usize, ArrayView1<'_, f32>)| {
        lane.iter().enumerate().all(|(m, s)| if m < *n { *s < lane[*n] } else { *s <= lane[*n] })
    };
    let lanes = similarity.axis_iter(Axis(axis)).enumerate();
    lanes.filter(is_right).count() as f64 / similarity.nrows().max(1) as f64
}

/// The vectors being learned, by feature: the vector, its squared gradients so far, the vector it began with.
struct Model {
    dimensions: usize,
    rows: Vec<f32>,
}

impl Model {
    /// Every vector is short and of a direction by its hash.
    fn new(corpus: &Corpus, options: &Options) -> Model {
        let d = options.dimensions;
        let mut model = Model { dimensions: d, rows: vec![0.0; corpus.inventory.len() * 3 * d] };
        for (known, row) in corpus.inventory.iter().zip(model.rows.chunks_mut(3 * d)) {
            add_unknown(known.feature.hash, 0.3, &mut row[..d]);
            row.copy_within(..d, 2 * d);
        }
        model
    }

    /// Every vector is that of `start`, row by row.
    fn begin(&mut self, start: &[f32]) {
        let d = self.dimensions;
        for (row, vector) in self.rows.chunks_mut(3 * d).zip(start.chunks(d)) {
            row[..d].copy_from_slice(vector);
            row.copy_within(..d, 2 * d);
        }
    }

    /// Encoded segments, normalised, and the lengths they had.
    fn encode(&self, pool: &Pool, corpus: &Corpus, bags: &Bags, segments: &[u32]) -> (Array2<f32>, Vec<f32>) {
        let d = self.dimensions;
        let mut out = Array2::zeros((segments.len(), d));
        in_rows(pool, &mut out, |first, mut rows| {
            for (n, mut row) in rows.rows_mut().into_iter().enumerate() {
                let sum = row.as_slice_mut().expect("rows are contiguous");
                for &f in bags.of(segments[first + n] as usize) {
                    let (weight, at) = (corpus.inventory[f as usize].weight, 3 * d * f as usize);
                    sum.iter_mut().zip(&self.rows[at..at + d]).for_each(|(sum, x)| *sum += weight * x);
                }
            }
        });
        let lengths: Vec<f32> = out.rows().into_iter().map(|row| row.dot(&row).sqrt().max(1e-6)).collect();
        out.rows_mut().into_iter().for_each(|mut row| normalise(row.as_slice_mut().expect("rows are contiguous")));
        (out, lengths)
    }

    /// One step down the gradient for a batch of pairs; its contrastive loss.
    fn step(&mut self, pool: &Pool, corpus: &Corpus, targets: Option<&Targets>, batch: &[u32], rate: f32, options: &Options) -> f32 {
        let encoded = [0, 1].map(|side| self.encode(pool, corpus, &corpus.sides[side], batch));
        let same = [0, 1].map(|side| batch.iter().map(|&n| corpus.sides[side].text[n as usize]).collect::<Vec<_>>());
        let views = [encoded[0].0.view(), encoded[1].0.view()];
        let (loss, mut gradients) = contrastive(pool, views, [&same[0], &same[1]], options.temperature);
        for side in [0, 1] {
            let (vectors, lengths) = &encoded[side];
            let pull = options.teacher / (2 * batch.len()) as f32;
            in_rows(pool, &mut gradients[side], |first, mut rows| {
                for (n, mut row) in rows.rows_mut().into_iter().enumerate() {
                    let n = first + n;
                    if let Some(targets) = targets {
                        row.scaled_add(-pull, &targets.sides[side].row(batch[n] as usize));
                    }
                    // Back through the normalisation: only what is across the vector turns it.
                    let vector = vectors.row(n);
                    let along = row.dot(&vector);
                    row.scaled_add(-along, &vector);
                    row /= lengths[n];
                }
            });
        }
        self.descend(pool, corpus, &Touched::by(corpus, batch), &gradients, rate, batch.len());
        loss
    }

    /// Moves every feature of the batch against its gradient (Adagrad, Duchi et al. 2011).
    fn descend(&mut self, pool: &Pool, corpus: &Corpus, touched: &Touched, gradients: &[Array2<f32>; 2], rate: f32, batch: usize) {
        /// Features a worker takes at a time.
        const SOME: usize = 512;
        /// Weight of the pull to where the vector began.
        const ANCHOR: f32 = 0.003;
        let d = self.dimensions;
        pool.chunks(&mut self.rows, SOME * 3 * d, |n, rows| {
            let mut gradient = vec![0.0; d];
            for (f, row) in rows.chunks_mut(3 * d).enumerate() {
                let f = n * SOME + f;
                let places = touched.of(f);
                if places.is_empty() {
                    continue;
                }
                let (vector, rest) = row.split_at_mut(d);
                let (squares, start) = rest.split_at_mut(d);
                let pull = ANCHOR / batch as f32;
                gradient.iter_mut().zip(vector.iter().zip(&*start)).for_each(|(g, (x, x0))| *g = pull * (x - x0));
                for &(side, segment) in places {
                    let weight = corpus.inventory[f].weight;
                    let of = gradients[side as usize].row(segment as usize);
                    gradient.iter_mut().zip(of).for_each(|(g, x)| *g += weight * x);
                }
                for ((x, square), g) in vector.iter_mut().zip(squares).zip(&gradient) {
                    *square += g * g;
                    *x -= rate * g / (square.sqrt() + 1e-8);
                }
            }
        });
    }

    /// The features worth keeping, their weights folded in.
    fn table(&self, corpus: &Corpus, options: &Options) -> Table {
        let d = self.dimensions;
        let vector = |n: usize| {
            let weight = corpus.inventory[n].weight;
            self.rows[3 * d * n..3 * d * n + d].iter().map(|x| weight * x).collect::<Vec<f32>>()
        };
        let square = |n: usize| vector(n).iter().map(|x| x * x).sum::<f32>();
        let worth: Vec<f32> = (0..corpus.inventory.len()).map(|n| corpus.inventory[n].count as f32 * square(n)).collect();
        let mut order: Vec<usize> = (0..worth.len()).collect();
        order.sort_by(|&a, &b| worth[b].total_cmp(&worth[a]).then(a.cmp(&b)));
        order.truncate(options.features);
        let shared: Vec<f32> = order.iter().filter(|&&n| corpus.inventory[n].feature.is_shared).map(|&n| square(n).sqrt()).collect();
        let unknown = shared.iter().sum::<f32>() / shared.len().max(1) as f32;
        let mut features: Vec<_> = order.into_iter().map(|n| (corpus.inventory[n].feature.hash, vector(n))).collect();
        features.sort_by_key(|f| f.0);
        features.dedup_by_key(|f| f.0);
        Table { languages: options.languages, dimensions: d, unknown, features }
    }
}

/// Where each feature occurs in a batch.
struct Touched {
    starts: Vec<u32>,
    places: Vec<(u8, u32)>,
}

impl Touched {
    fn by(corpus: &Corpus, batch: &[u32]) -> Touched {
        let mut starts = vec![0_u32; corpus.inventory.len() + 1];
        let all = || {
            (0..2_u8).flat_map(|side| {
                let bags = &corpus.sides[side as usize];
                let segments = batch.iter().enumerate();
                segments.flat_map(move |(n, &segment)| bags.of(segment as usize).iter().map(move |&f| (f as usize, (side, n as u32))))
            })
        };
        all().for_each(|(f, _)| starts[f + 1] += 1);
        for f in 1..starts.len() {
            starts[f] += starts[f - 1];
        }
        let mut next = starts.clone();
        let mut places = vec![(0, 0); *starts.last().expect("one more than features") as usize];
        for (f, place) in all() {
            places[next[f] as usize] = place;
            next[f] += 1;
        }
        Touched { starts, places }
    }

    fn of(&self, feature: usize) -> &[(u8, u32)] {
        &self.places[self.starts[feature] as usize..self.starts[feature + 1] as usize]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Sentences of a subject, a verb and an object from small dictionaries.
    fn pairs() -> Vec<(String, String)> {
        const NOUNS: [(&str, &str); 6] =
            [("perro", "dog"), ("gato", "cat"), ("juez", "judge"), ("río", "river"), ("libro", "book"), ("sueño", "dream")];
        const VERBS: [(&str, &str); 4] = [("ve", "sees"), ("busca", "seeks"), ("teme", "fears"), ("olvida", "forgets")];
        let mut pairs = Vec::new();
        for (a, verb, b) in (0..NOUNS.len()).flat_map(|a| VERBS.iter().flat_map(move |v| (0..NOUNS.len()).map(move |b| (a, v, b)))) {
            let (a, b) = (NOUNS[a], NOUNS[b]);
            pairs.push((format!("el {} {} un {}", a.0, verb.0, b.0), format!("the {} {} a {}", a.1, verb.1, b.1)));
        }
        pairs
    }

    fn small() -> Options {
        Options { dimensions: 16, passes: 40, batch: 48, held_out: 0, ..Options::default() }
    }

    fn trained(threads: usize) -> Encoder {
        train(&pairs(), None, &small(), &Pool::new(threads).expect("a pool"), &mut |_| {})
    }

    #[test]
    fn words_learn_their_translations_from_whole_sentences() {
        let encoder = trained(2);
        let words = |lang, words: [&str; 3]| {
            let vectors = encoder.encode(&lang, words);
            Array2::from_shape_vec((3, vectors.dimensions()), vectors.values().to_vec()).expect("whole rows")
        };
        let found = precision(&words(Lang::ES, ["perro", "juez", "teme"]), &words(Lang::EN, ["dog", "judge", "fears"]));
        assert_eq!(found, (1.0, 1.0));
    }

    #[test]
    fn the_model_does_not_depend_on_the_number_of_threads() {
        assert_eq!(trained(1).checksum(), trained(2).checksum());
    }

    #[test]
    fn a_teacher_is_asked_for_words_in_the_spelling_they_mostly_have() {
        let words = words(&pairs(), &small());
        assert!(words.contains(&"río".to_string()) && words.contains(&"judge".to_string()), "{words:?}");
    }
}
