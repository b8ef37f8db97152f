//! The model of the score: boosted oblivious trees (as in CatBoost: Prokhorenkova et al. 2018), each of which asks the same few questions of every
//! row. It knows numbers, not texts; how trees are grown lies in `train`.

/// First bytes of a model file, and version of its form.
pub const MAGIC: &[u8; 8] = b"BTXSCO\x00\x01";
/// Bytes of the checksum (BLAKE3) that follows, over all that comes after it.
const CHECKSUM: usize = 32;

/// A question: is the feature above the threshold?
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Question {
    /// Which feature.
    pub feature: u16,
    /// Above this the answer is yes.
    pub threshold: f32,
}

/// A tree: questions, and a value for each row of answers, the first answer the lowest bit.
#[derive(Debug, Clone, PartialEq)]
pub struct Tree {
    /// The questions, at most eight.
    pub questions: Vec<Question>,
    /// 2 to the power of their number.
    pub values: Vec<f32>,
}

/// A sum of trees, as log-odds.
#[derive(Debug, Clone, PartialEq)]
pub struct Trees {
    /// Which features they ask about: a checksum of the features' names.
    pub features: u64,
    /// The value before any question.
    pub bias: f32,
    /// The trees.
    pub trees: Vec<Tree>,
}

impl Trees {
    /// The log-odds for a row of features.
    pub fn log_odds(&self, row: &[f32]) -> f32 {
        self.bias + self.trees.iter().map(|tree| tree.value(row)).sum::<f32>()
    }

    /// The same trees with log-odds on the line `slope · x + shift`.
    #[must_use]
    pub fn stretched(mut self, (slope, shift): (f64, f64)) -> Trees {
        let stretch = |value: &mut f32, shift: f64| *value = (slope * f64::from(*value) + shift) as f32;
        stretch(&mut self.bias, shift);
        self.trees.iter_mut().flat_map(|tree| &mut tree.values).for_each(|value| stretch(value, 0.0));
        self
    }

    /// The model file.
    pub fn to_bytes(&self) -> Vec<u8> {
        let mut body = Vec::new();
        body.extend(self.features.to_le_bytes());
        body.extend(self.bias.to_le_bytes());
        body.extend((self.trees.len() as u32).to_le_bytes());
        for tree in &self.trees {
            body.push(tree.questions.len() as u8);
            for question in &tree.questions {
                body.extend(question.feature.to_le_bytes());
                body.extend(question.threshold.to_le_bytes());
            }
            tree.values.iter().for_each(|value| body.extend(value.to_le_bytes()));
        }
        [MAGIC.as_slice(), blake3::hash(&body).as_bytes(), &body].concat()
    }

    /// The model in a file's bytes, for features with these names. Damaged or foreign bytes are refused with the cause.
    pub fn from_bytes(bytes: &[u8], names: &[&str]) -> Result<Trees, String> {
        let Some(body) = bytes.strip_prefix(MAGIC.as_slice()) else { return Err("not a model of the score".into()) };
        if body.len() < CHECKSUM || blake3::hash(&body[CHECKSUM..]).as_bytes() != &body[..CHECKSUM] {
            return Err("the model of the score is damaged: its checksum does not fit".into());
        }
        let trees = read(&body[CHECKSUM..]).ok_or("the model of the score is damaged: it ends too early")?;
        if trees.features != signature(names) {
            return Err("the model of the score was made for other features; train it again".into());
        }
        let asks_of = |tree: &Tree| tree.questions.iter().all(|question| usize::from(question.feature) < names.len());
        if trees.trees.iter().all(asks_of) { Ok(trees) } else { Err("the model of the score asks of features there are not".into()) }
    }
}

impl Tree {
    fn value(&self, row: &[f32]) -> f32 {
        let answers = self.questions.iter().enumerate();
        let leaf = answers.fold(0, |leaf, (n, question)| leaf | usize::from(row[usize::from(question.feature)] > question.threshold) << n);
        self.values[leaf]
    }
}

/// The trees in the form that is quick to ask: every question once, those of a feature in a row, so that rows of features answer all of them in
/// one sweep; each tree then picks its answers.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Forest {
    bias: f32,
    /// Each feature that is asked for, with its questions as a range of `thresholds`.
    asked: Vec<(usize, std::ops::Range<usize>)>,
    thresholds: Vec<f32>,
    trees: Vec<Picks>,
    values: Vec<f32>,
}

/// So many rows are asked at once: as many as a vector register has bytes.
pub(in crate::quality) const ROWS: usize = 16;

/// A tree: which answers it picks, and where its values begin.
#[derive(Debug, Clone, PartialEq)]
struct Picks {
    answers: Vec<u16>,
    values: usize,
}

impl Forest {
    pub(super) fn new(trees: &Trees) -> Forest {
        let mut questions: Vec<Question> = trees.trees.iter().flat_map(|tree| tree.questions.iter().copied()).collect();
        questions.sort_by(|a, b| a.feature.cmp(&b.feature).then(a.threshold.total_cmp(&b.threshold)));
        questions.dedup();
        let mut forest = Forest { bias: trees.bias, asked: Vec::new(), thresholds: Vec::new(), trees: Vec::new(), values: Vec::new() };
        for of_feature in questions.chunk_by(|a, b| a.feature == b.feature) {
            let start = forest.thresholds.len();
            forest.thresholds.extend(of_feature.iter().map(|question| question.threshold));
            forest.asked.push((usize::from(of_feature[0].feature), start..forest.thresholds.len()));
        }
        let place = |question: &Question| questions.iter().position(|known| known == question).map_or(0, |at| at as u16);
        for tree in &trees.trees {
            forest.trees.push(Picks { answers: tree.questions.iter().map(place).collect(), values: forest.values.len() });
            forest.values.extend(&tree.values);
        }
        forest
    }

    /// What [`Trees::log_odds`] says of each of at most [`ROWS`] rows: all of them are asked at once.
    pub(super) fn log_odds<const N: usize>(&self, rows: &[[f32; N]]) -> impl Iterator<Item = f32> {
        let mut answers = vec![[0_u8; ROWS]; self.thresholds.len()];
        for (feature, range) in &self.asked {
            let mut values = [0.0; ROWS];
            values.iter_mut().zip(rows).for_each(|(value, row)| *value = row[*feature]);
            for (answers, threshold) in answers[range.clone()].iter_mut().zip(&self.thresholds[range.clone()]) {
                *answers = values.map(|value| u8::from(value > *threshold));
            }
        }
        let mut sums = [0.0; ROWS];
        for tree in &self.trees {
            let mut leaves = [0_u8; ROWS];
            for at in tree.answers.iter().rev() {
                leaves.iter_mut().zip(&answers[usize::from(*at)]).for_each(|(leaf, answer)| *leaf = *leaf << 1 | answer);
            }
            let values = &self.values[tree.values..];
            sums.iter_mut().zip(leaves).for_each(|(sum, leaf)| *sum += values[usize::from(leaf)]);
        }
        sums.into_iter().take(rows.len()).map(|sum| self.bias + sum)
    }
}

/// What tells a list of features from any other.
pub fn signature(names: &[&str]) -> u64 {
    let hash = blake3::hash(names.join("\n").as_bytes());
    u64::from_le_bytes(hash.as_bytes()[..8].try_into().expect("eight bytes"))
}

fn read(mut body: &[u8]) -> Option<Trees> {
    let body = &mut body;
    let features = u64::from_le_bytes(take(body)?);
    let bias = f32::from_le_bytes(take(body)?);
    let count = u32::from_le_bytes(take(body)?);
    let mut trees = Vec::new();
    for _ in 0..count {
        let [questions] = take::<1>(body)?;
        if questions > 8 {
            return None;
        }
        let mut tree = Tree { questions: Vec::new(), values: Vec::new() };
        for _ in 0..questions {
            let feature = u16::from_le_bytes(take(body)?);
            tree.questions.push(Question { feature, threshold: f32::from_le_bytes(take(body)?) });
        }
        for _ in 0..1 << questions {
            tree.values.push(f32::from_le_bytes(take(body)?));
        }
        trees.push(tree);
    }
    body.is_empty().then_some(Trees { features, bias, trees })
}

fn take<const N: usize>(bytes: &mut &[u8]) -> Option<[u8; N]> {
    let (head, rest) = bytes.split_first_chunk()?;
    *bytes = rest;
    Some(*head)
}

#[cfg(test)]
mod tests {
    use super::*;

    const NAMES: &[&str] = &["a", "b"];

    fn trees() -> Trees {
        let questions = vec![Question { feature: 0, threshold: 0.5 }, Question { feature: 1, threshold: -1.0 }];
        Trees { features: signature(NAMES), bias: 0.25, trees: vec![Tree { questions, values: vec![1.0, 2.0, 3.0, 4.0] }] }
    }

    #[test]
    fn the_answers_choose_the_value() {
        let trees = trees();
        assert_eq!(trees.log_odds(&[0.5, -1.0]), 1.25);
        assert_eq!(trees.log_odds(&[0.6, -1.0]), 2.25);
        assert_eq!(trees.log_odds(&[0.6, 0.0]), 4.25);
        assert_eq!(trees.clone().stretched((2.0, 0.5)).log_odds(&[0.6, 0.0]), 9.0);
        let forest = Forest::new(&trees);
        let rows = [[0.5, -1.0], [0.6, -1.0], [0.6, 0.0], [0.5, 0.0], [f32::NAN, 1.0]];
        assert!(forest.log_odds(&rows).eq(rows.iter().map(|row| trees.log_odds(row))));
    }

    #[test]
    fn a_file_comes_back_and_another_is_refused() {
        let bytes = trees().to_bytes();
        assert_eq!(Trees::from_bytes(&bytes, NAMES), Ok(trees()));
        assert!(Trees::from_bytes(&bytes, &["a", "c"]).expect_err("other features").contains("other features"));
        let mut damaged = bytes.clone();
        *damaged.last_mut().expect("bytes") ^= 1;
        assert!(Trees::from_bytes(&damaged, NAMES).expect_err("damaged").contains("checksum"));
        assert!(Trees::from_bytes(b"PK", NAMES).expect_err("foreign").contains("not a model"));
    }
}
