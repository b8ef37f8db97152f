//! What speaks for or against a bead, as numbers: a block's features. What each is worth lies in [`weights`](super::weights), and is learned.

/// A list of features: its names in order, and an index constant for each.
macro_rules! features {
    ($($(#[$doc:meta])* $name:ident),* $(,)?) => {
        #[allow(non_camel_case_types, clippy::upper_case_acronyms)]
        #[derive(Clone, Copy)]
        enum Index { $($name),* }
        $($(#[$doc])* pub(super) const $name: usize = Index::$name as usize;)*
        /// The names of all features, in their order.
        pub const NAMES: &[&str] = &[$(stringify!($name)),*];
    };
}

features! {
    /// 1 for 1:2 and 2:1; 1:1 has no prior.
    TWO,
    /// Segments more than three, for 1:3, 1:4 … and 3:1, 4:1 …, and one.
    THREE,
    /// 1 for 2:2 and larger beads with several segments on both sides.
    CROSSED,
    /// Segments more than four, for those.
    MORE,
    /// The share of other beads than 1:1 in this bitext as a logarithm, for every matched bead but 1:1.
    DISORDER,
    /// Log-odds of the shared words, less the costs of words without counterpart.
    WORDS,
    /// The same for each word of the block, as if it had four more.
    WORDS_SHARE,
    /// The same as `WORDS` for the segment at an edge that adds least, in beads of several segments.
    WORDS_EDGE,
    /// Log-odds of the lengths.
    LENGTH,
    /// Paragraph starts on one side only.
    PARAGRAPH,
    /// Scaled cosine.
    COSINE,
    /// Scaled cosine in a bead of several segments.
    COSINE_GROUPED,
    /// How far the scaled cosine is below a half.
    FAR,
    /// Scaled cosine, if the block is short.
    COSINE_SHORT,
    /// Scaled cosine less that of the best rivals.
    MARGIN,
    /// The same below zero only.
    MARGIN_LOST,
    /// How much the cosine rises by the segment at an edge that helps least, if it does.
    EDGE_GAINED,
    /// How much it falls.
    EDGE_LOST,
    /// 1 for an unmatched segment.
    ALONE,
    /// The disorder, for each unmatched segment.
    ALONE_DISORDER,
    /// Scaled cosine of an unmatched segment with its best counterpart near it.
    ALONE_COSINE,
    /// The same above a half only.
    ALONE_NEAR,
    /// Logarithm of its length in typical lengths.
    ALONE_LENGTH,
    /// 1 if it looks like a heading, a caption or a speaker's label.
    ALONE_LABEL,
    /// Logarithm of how often the same text stands on its side.
    ALONE_REPEATED,
    /// 1 where a run of unmatched segments begins: omissions come in blocks.
    GAP,
}

/// How many features there are.
pub const COUNT: usize = NAMES.len();

/// The features of a block, or weights for them.
pub type Features = [f64; COUNT];

/// Weight times feature, summed: in four sums, of which none waits for another.
pub(super) fn score(weights: &Features, features: &Features) -> f64 {
    let mut sums = [0.0; 4];
    for (n, (w, f)) in weights.iter().zip(features).enumerate() {
        sums[n % 4] += w * f;
    }
    (sums[0] + sums[1]) + (sums[2] + sums[3])
}
