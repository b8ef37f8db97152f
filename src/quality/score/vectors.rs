//! What is done with the numbers of vectors, in registers as wide as the processor has: what it can do is found out when the program runs.

use multiversion::multiversion;

/// A piece of a vector of bytes.
pub(super) type Block = [i8; BLOCK];
/// A piece of a vector or of a sum of vectors.
pub(super) type WideBlock = [i16; BLOCK];
/// How many numbers a piece has.
pub(super) const BLOCK: usize = 32;

/// How many blocks the vectors of the encoder have that is built in.
pub(super) const USUAL: usize = 5;

/// So many products are found at once.
pub(super) const EIGHT: usize = 8;

/// The dot products of a vector with eight others of as many blocks, which stand one after the other.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn products(vector: &[WideBlock], others: &[WideBlock]) -> [i32; EIGHT] {
    let mut products = [0; EIGHT];
    products.iter_mut().zip(others.chunks_exact(vector.len())).for_each(|(product, other)| *product = dot(vector, other));
    products
}

/// Sixteen sums side by side: of two products each the compiler makes one instruction.
#[inline(always)]
fn dot(a: &[WideBlock], b: &[WideBlock]) -> i32 {
    const HALF: usize = BLOCK / 2;
    let mut sums = [0; HALF];
    for (a, b) in a.iter().zip(b) {
        for (n, sum) in sums.iter_mut().enumerate() {
            *sum += i32::from(a[n]) * i32::from(b[n]) + i32::from(a[n + HALF]) * i32::from(b[n + HALF]);
        }
    }
    sums.iter().sum()
}

/// Adds each number to the sum at its place.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn add(sums: &mut [WideBlock], blocks: &[Block]) {
    for (sums, block) in sums.iter_mut().zip(blocks) {
        sums.iter_mut().zip(block).for_each(|(sum, number)| *sum += i16::from(*number));
    }
}

/// Appends the blocks.
#[multiversion(targets("x86_64+avx2"))]
pub(super) fn append(all: &mut Vec<WideBlock>, blocks: &[Block]) {
    for block in blocks {
        let mut wide = [0; BLOCK];
        wide.iter_mut().zip(block).for_each(|(wide, number)| *wide = i16::from(*number));
        all.push(wide);
    }
}

/// The dot product of sums, in eight sums side by side.
pub(super) fn product(a: &[f32], b: &[f32]) -> f32 {
    let (a, b) = (a.as_chunks::<8>().0, b.as_chunks::<8>().0);
    let mut sums = [0.0_f32; 8];
    for (a, b) in a.iter().zip(b) {
        sums.iter_mut().enumerate().for_each(|(n, sum)| *sum += a[n] * b[n]);
    }
    sums.iter().sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_multiplied_added_and_appended() {
        let block = |from: i16| -> WideBlock { std::array::from_fn(|n| (n as i16 * 7 + from) % 100 - 50) };
        let all: Vec<WideBlock> = (0..18).map(|n| block(3 * n)).collect();
        let (vector, others) = all.split_at(2);
        let expected = |other: &[WideBlock]| -> i32 {
            vector.as_flattened().iter().zip(other.as_flattened()).map(|(a, b)| i32::from(*a) * i32::from(*b)).sum()
        };
        assert!(products(vector, others).into_iter().eq(others.chunks(2).map(expected)));
        let bytes: [Block; 2] = [[-128; BLOCK], block(5).map(|x| x as i8)];
        let mut sums = vector.to_vec();
        add(&mut sums, &bytes);
        assert!((0..BLOCK).all(|n| sums[0][n] == vector[0][n] - 128 && sums[1][n] == vector[1][n] + block(5)[n]));
        append(&mut sums, &bytes);
        assert_eq!((sums.len(), sums[2], sums[3]), (4, [-128; BLOCK], block(5)));
    }
}
