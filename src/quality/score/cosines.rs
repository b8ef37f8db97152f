//! How near the words of the two sides of a pair are to each other.

use super::vectors::{BLOCK, EIGHT, WideBlock, append, products};
use super::words::{Lookup, STEPS, Token};

/// The cosines of the words of one side with those of the other, found some at a time when one of them is asked for. It is made once for many pairs: its
/// room is used again.
#[derive(Debug, Default)]
pub(super) struct Cosines {
    sides: [Vectors; 2],
    /// How many blocks a vector has.
    blocks: usize,
    /// Numbers of a row: the words of the target, up to a multiple of [`EIGHT`].
    width: usize,
    /// Row by row; no number where nobody asked.
    values: Vec<f32>,
}

/// The vectors of the words of a text.
#[derive(Debug, Default)]
struct Vectors {
    /// One after the other, as wide as a processor multiplies them, up to a multiple of [`EIGHT`] vectors.
    blocks: Vec<WideBlock>,
    /// What makes each of length 1.
    scales: Vec<f32>,
}

impl Cosines {
    /// Begins with the words of another pair, which are not many.
    pub(super) fn begin(&mut self, lookup: &Lookup<'_>, sides: &[Vec<Token>; 2]) {
        self.blocks = lookup.blocks();
        for (vectors, tokens) in self.sides.iter_mut().zip(sides) {
            vectors.fill(lookup, tokens);
        }
        self.width = sides[1].len().next_multiple_of(EIGHT);
        self.values.clear();
        self.values.resize(sides[0].len() * self.width, f32::NAN);
    }

    /// The cosine of word `n` of the source with word `m` of the target.
    #[inline]
    pub(super) fn get(&mut self, n: usize, m: usize) -> f32 {
        let value = self.values[n * self.width + m];
        if value.is_nan() { self.found(n, m) } else { value }
    }

    fn found(&mut self, n: usize, m: usize) -> f32 {
        let ([source, target], blocks, first) = (&self.sides, self.blocks, m / EIGHT * EIGHT);
        let products = products(&source.blocks[n * blocks..][..blocks], &target.blocks[first * blocks..][..EIGHT * blocks]);
        let values = &mut self.values[n * self.width + first..][..EIGHT];
        for ((value, product), scale) in values.iter_mut().zip(products).zip(&target.scales[first..]) {
            *value = product as f32 * source.scales[n] * scale;
        }
        values[m - first]
    }
}

impl Vectors {
    fn fill(&mut self, lookup: &Lookup<'_>, tokens: &[Token]) {
        self.blocks.clear();
        tokens.iter().for_each(|token| append(&mut self.blocks, lookup.vector(token)));
        self.blocks.resize(tokens.len().next_multiple_of(EIGHT) * lookup.blocks(), [0; BLOCK]);
        self.scales.clear();
        let scale = |weight: f32| if weight > 0.0 { 1.0 / (STEPS * weight) } else { 0.0 };
        self.scales.extend(tokens.iter().map(|token| scale(token.weight)));
    }
}

#[cfg(test)]
mod tests {
    use super::super::words::Memory;
    use super::*;
    use crate::quality::{Context, Pair, Reading};
    use crate::semantics::Encoder;
    use crate::text::Lang;

    #[test]
    fn cosines_are_those_of_the_encoder_for_any_number_of_words() {
        let (encoder, memory, context, mut cosines) = (Encoder::shipped(), Memory::new(), Context::default(), Cosines::default());
        for (source, target) in
            [("casa perro", "house dog river sun moon bread wine salt stone"), ("casa", "house"), ("casa perro río", "")]
        {
            let lookup = memory.lookup(&encoder);
            let sides = lookup.read(&Reading::new(Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN }, &context));
            cosines.begin(&lookup, &sides);
            let (rows, columns) = (encoder.encode(&Lang::ES, source.split(' ')), encoder.encode(&Lang::EN, target.split(' ')));
            for (n, m) in (0..sides[0].len()).flat_map(|n| (0..sides[1].len()).rev().map(move |m| (n, m))) {
                let expected: f32 = rows.row(n).iter().zip(columns.row(m)).map(|(a, b)| a * b).sum();
                assert!((cosines.get(n, m) - expected).abs() < 0.03, "{source} {n} {target} {m}: {expected}");
            }
        }
    }
}
