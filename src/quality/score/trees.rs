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
