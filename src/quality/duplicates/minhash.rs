//! Which pairs may be near duplicates: MinHash with banding. Pairs that share a band are candidates; how alike they are is
//! [`similarity`](super::similarity)'s to say.

use super::similarity::shingles;

/// The least similarity of near duplicates: at least 0.5, less than 1. Below, half of the text is another, and candidates are without number.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Threshold(f64);

impl Threshold {
    /// The threshold `value`, from 0.5 to less than 1.
    pub fn new(value: f64) -> Result<Threshold, String> {
        if (0.5..1.0).contains(&value) { Ok(Threshold(value)) } else { Err(format!("`{value}` is not from 0.5 to less than 1")) }
    }

    /// Its value.
    pub fn value(self) -> f64 {
        self.0
    }
}

/// Signatures by one permutation, its bins filled by optimal densification (Shrivastava 2017), cut into bands.
///
/// Two pairs whose shingles of both sides together have the Jaccard index `j` share a band with a probability of 1 − (1 − jʳ)ᵇ, `r` rows in each of
/// `b` bands. They are chosen for 0.98 at the threshold itself. Where each side has an index of at least `t`, so have both together.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct MinHash {
    rows: usize,
    bands: usize,
}

/// The probability that a pair at the threshold becomes a candidate.
const RECALL: f64 = 0.98;
/// More rows make fewer candidates, more bands take more time and disk.
const MOST_ROWS: usize = 8;
const MOST_BANDS: usize = 40;
const EMPTY: u32 = u32::MAX;

impl MinHash {
    /// The most rows with which so many bands at most reach the recall at that threshold.
    pub fn new(threshold: Threshold) -> MinHash {
        let shape = |rows: usize| {
            let in_one = threshold.value().powi(rows as i32);
            MinHash { rows, bands: ((1.0 - RECALL).ln() / (1.0 - in_one).ln()).ceil() as usize }
        };
        let shapes = (1..=MOST_ROWS).rev().map(shape);
        shapes.into_iter().find(|shape| shape.bands <= MOST_BANDS).unwrap_or(shape(1))
    }

    /// Rows in a band.
    pub fn rows(&self) -> usize {
        self.rows
    }

    /// Bands in a signature.
    pub fn bands(&self) -> usize {
        self.bands
    }

    /// The probability in [0, 1] that two pairs with that Jaccard index share a band.
    pub fn recall(&self, jaccard: f64) -> f64 {
        1.0 - (1.0 - jaccard.powi(self.rows as i32)).powi(self.bands as i32)
    }

    /// The bands of a pair as numbers, the band's place in them; none for a pair without text. `texts` are folded.
    pub fn signature(&self, texts: [&[u8]; 2]) -> Vec<u64> {
        let mut bins = vec![EMPTY; self.rows * self.bands];
        for (side, text) in texts.into_iter().enumerate() {
            for shingle in shingles(text) {
                let hash = mix(shingle | (side as u64) << 48);
                let bin = ((hash >> 32) * bins.len() as u64) >> 32;
                let least = &mut bins[bin as usize];
                *least = (*least).min(hash as u32);
            }
        }
        if bins.iter().all(|bin| *bin == EMPTY) {
            return Vec::new();
        }
        fill(&mut bins);
        bins.chunks(self.rows)
            .enumerate()
            .map(|(n, rows)| rows.iter().fold(mix(n as u64), |band, row| mix(band ^ u64::from(*row))))
            .collect()
    }
}

/// Gives an empty bin the value of one that is not, found by a walk that depends on the bin alone, so that pairs with the same full bins fill alike.
fn fill(bins: &mut [u32]) {
    let full: Vec<u32> = bins.to_vec();
    for (n, bin) in bins.iter_mut().enumerate().filter(|(_, bin)| **bin == EMPTY) {
        let mut walk = (n as u64 + 1) << 32;
        while *bin == EMPTY {
            walk += 1;
            *bin = full[(((mix(walk) >> 32) * full.len() as u64) >> 32) as usize];
        }
    }
}

/// Spreads the bits of a number over all 64: the finalizer of splitmix64 (Steele, Lea and Flood 2014).
fn mix(number: u64) -> u64 {
    let mut z = number.wrapping_add(0x9e37_79b9_7f4a_7c15);
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shape(threshold: f64) -> MinHash {
        MinHash::new(Threshold::new(threshold).expect("a threshold"))
    }

    fn share(minhash: &MinHash, a: &str, b: &str) -> bool {
        let [a, b] = [a, b].map(|text| minhash.signature([text.as_bytes(), b""]));
        a.iter().zip(&b).any(|(a, b)| a == b)
    }

    #[test]
    fn the_shape_reaches_the_recall_at_every_threshold() {
        for hundredth in 50..100 {
            let threshold = f64::from(hundredth) / 100.0;
            let shape = shape(threshold);
            assert!(shape.recall(threshold) >= RECALL && shape.bands() <= MOST_BANDS, "{threshold}: {shape:?}");
        }
        assert_eq!((shape(0.8).rows(), shape(0.8).bands()), (8, 22));
        assert!(Threshold::new(1.0).is_err() && Threshold::new(0.4).is_err() && Threshold::new(f64::NAN).is_err());
    }

    #[test]
    fn near_duplicates_share_a_band_and_others_do_not() {
        let minhash = shape(0.8);
        let text = "el presidente del gobierno habló ayer por la tarde en la plaza mayor ante miles de personas";
        assert!(share(&minhash, text, &text.replace("tarde", "noche")));
        assert!(!share(&minhash, text, "la receta lleva tres huevos, un poco de azúcar y la ralladura de un limón grande y maduro"));
    }

    #[test]
    fn a_pair_without_text_has_no_bands_and_a_short_one_has() {
        assert!(shape(0.8).signature([b"", b""]).is_empty());
        assert!(share(&shape(0.8), "sí", "sí") && !share(&shape(0.8), "sí", "no"));
    }
}
