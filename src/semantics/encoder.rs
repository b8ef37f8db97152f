//! The static bilingual encoder: text → vector, without a neural runtime. Words have [`features`](super::features), features have vectors,
//! a segment's vector is the normalised sum. How the vectors were learned is the business of `train`; what they are used for, of the aligner.

use std::borrow::Cow;
use std::collections::HashMap;

use half::f16;

use super::Vectors;
use super::features::{Feature, features, forms, mix};
use crate::text::Lang;

/// First bytes of a model file, and version of its form.
const MAGIC: &[u8; 8] = b"BTXENC\x00\x02";
/// Bytes of the checksum (BLAKE3) that follows, over all that comes after it.
const CHECKSUM: usize = 32;
/// Then dimensions (u16), reserved (u16), number of features (u32), scale of unknown features (f32), two language codes of 8 bytes each.
const HEADER: usize = MAGIC.len() + CHECKSUM + 28;

/// Bytes of a record before the numbers: hash and scale.
const RECORD: usize = 6;

/// A bag-of-features encoder for two languages.
///
/// The file: header, then a record for each feature, in rising order of its hash: hash (u32), scale (f16) and `dimensions` numbers of four bits,
/// the first half of them in the lower halves of the bytes and the second half in the upper; little-endian. What is needed together lies
/// together: words are looked up all over the table, and it does not fit in a processor's cache.
#[derive(Clone)]
pub struct Encoder {
    bytes: Cow<'static, [u8]>,
    languages: [Lang; 2],
    dimensions: usize,
    count: usize,
    unknown: f32,
    /// The hashes of the features in their rising order, apart from the numbers: what is not among them is known without a look into the file.
    hashes: Vec<u32>,
    /// Where among them those with given upper bits begin.
    starts: Vec<u32>,
}

/// The encoder shipped with the program, for Spanish and English; `models/README.md` tells what it was made from.
const SHIPPED: &[u8] = include_bytes!("../../models/es-en.enc");

/// Bits of a hash that [`Encoder::starts`] is indexed by.
const START_BITS: u32 = 16;

/// What an encoder is made of: vectors of features, before they are quantised.
pub struct Table {
    /// The two languages.
    pub languages: [Lang; 2],
    /// Length of each vector; even.
    pub dimensions: usize,
    /// Length of the vector of a shared feature that the table does not have.
    pub unknown: f32,
    /// Hash and vector of each feature, in rising order of the hash, none twice.
    pub features: Vec<(u32, Vec<f32>)>,
}

impl Encoder {
    /// The encoder built in. Its bytes are not copied, and its checksum is compared by a test only.
    pub fn shipped() -> Encoder {
        Encoder::read(Cow::Borrowed(SHIPPED)).expect("a test reads it")
    }

    /// The encoder in the bytes of a model file. Damaged or foreign bytes are refused with the cause.
    pub fn from_bytes(bytes: impl Into<Cow<'static, [u8]>>) -> Result<Encoder, String> {
        let bytes = bytes.into();
        let encoder = Encoder::read(bytes)?;
        let found = blake3::hash(&encoder.bytes[MAGIC.len() + CHECKSUM..]);
        if found.as_bytes()[..] != encoder.bytes[MAGIC.len()..MAGIC.len() + CHECKSUM] {
            return Err("the encoder is damaged: its checksum does not fit".into());
        }
        Ok(encoder)
    }

    /// Reads the header; the checksum is not looked at.
    fn read(bytes: Cow<'static, [u8]>) -> Result<Encoder, String> {
        if bytes.len() < HEADER || &bytes[..6] != b"BTXENC" {
            return Err("not an encoder".into());
        }
        if &bytes[..MAGIC.len()] != MAGIC {
            return Err(format!("an encoder of form {}.{}, which this version does not know", bytes[6], bytes[7]));
        }
        let header = &bytes[MAGIC.len() + CHECKSUM..HEADER];
        let dimensions = usize::from(u16::from_le_bytes([header[0], header[1]]));
        let count = u32::from_le_bytes([header[4], header[5], header[6], header[7]]) as usize;
        let unknown = f32::from_le_bytes([header[8], header[9], header[10], header[11]]);
        let languages = [language(&header[12..20])?, language(&header[20..28])?];
        if dimensions == 0
            || !dimensions.is_multiple_of(2)
            || bytes.len() != HEADER + count * (RECORD + dimensions / 2)
            || !unknown.is_finite()
        {
            return Err("the encoder is damaged: its size does not fit its header".into());
        }
        let mut encoder = Encoder { bytes, languages, dimensions, count, unknown, hashes: Vec::new(), starts: Vec::new() };
        encoder.hashes = (0..count).map(|n| encoder.hash(n)).collect();
        encoder.starts = encoder.index();
        Ok(encoder)
    }

    fn index(&self) -> Vec<u32> {
        let mut starts = vec![0; (1 << START_BITS) + 1];
        for hash in &self.hashes {
            starts[(hash >> (32 - START_BITS)) as usize + 1] += 1;
        }
        for n in 1..starts.len() {
            starts[n] += starts[n - 1];
        }
        starts
    }

    /// The two languages.
    pub fn languages(&self) -> &[Lang; 2] {
        &self.languages
    }

    /// True if it can encode this language.
    pub fn knows(&self, lang: &Lang) -> bool {
        self.languages.iter().any(|known| known.same_language(lang))
    }

    /// Length of its vectors.
    pub fn dimensions(&self) -> usize {
        self.dimensions
    }

    /// How many features have a vector.
    pub fn features(&self) -> usize {
        self.count
    }

    /// The first 16 hexadecimal digits of the file's checksum.
    pub fn checksum(&self) -> String {
        self.bytes[MAGIC.len()..MAGIC.len() + 8].iter().map(|byte| format!("{byte:02x}")).collect()
    }

    /// The model file.
    pub fn to_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Adds the vector of a word, one of [`forms`], to `sum`.
    pub fn add_word(&self, lang: &Lang, form: &str, sum: &mut [f32]) {
        features(lang, form).for_each(|feature| self.add(feature, sum));
    }

    /// True if the word itself, one of [`forms`], was seen in texts of this language when the encoder was made; false for a number.
    pub fn has_word(&self, lang: &Lang, form: &str) -> bool {
        features(lang, form).find(|feature| !feature.is_shared).is_some_and(|feature| self.find(feature.hash).is_some())
    }

    fn add(&self, feature: Feature, sum: &mut [f32]) {
        match self.find(feature.hash) {
            Some(n) => self.add_known(n, sum),
            None if feature.is_shared => add_unknown(feature.hash, self.unknown, sum),
            None => {}
        }
    }

    fn add_known(&self, n: usize, sum: &mut [f32]) {
        let (head, bytes) = self.record(n).split_at(RECORD);
        let scale = f16::from_le_bytes([head[4], head[5]]).to_f32();
        // Two plain loops, which run in vector registers.
        let (first, second) = sum.split_at_mut(bytes.len());
        first.iter_mut().zip(bytes).for_each(|(x, byte)| *x += scale * (i32::from(byte & 15) - 8) as f32);
        second.iter_mut().zip(bytes).for_each(|(x, byte)| *x += scale * (i32::from(byte >> 4) - 8) as f32);
    }

    fn hash(&self, n: usize) -> u32 {
        let record = self.record(n);
        u32::from_le_bytes([record[0], record[1], record[2], record[3]])
    }

    fn record(&self, n: usize) -> &[u8] {
        let len = RECORD + self.dimensions / 2;
        &self.bytes[HEADER + n * len..HEADER + (n + 1) * len]
    }

    fn find(&self, hash: u32) -> Option<usize> {
        let bucket = (hash >> (32 - START_BITS)) as usize;
        let (start, end) = (self.starts[bucket] as usize, self.starts[bucket + 1] as usize);
        self.hashes[start..end].iter().position(|known| *known == hash).map(|n| start + n)
    }

    /// The vectors of segments of one language, each of length 1, or 0 where a segment has nothing known.
    pub fn encode<'a>(&self, lang: &Lang, segments: impl IntoIterator<Item = &'a str>) -> Vectors {
        let mut values = Vec::new();
        let mut words = Words { encoder: self, lang, known: HashMap::new(), vectors: Vec::new() };
        for segment in segments {
            let start = values.len();
            values.resize(start + self.dimensions, 0.0);
            let sum = &mut values[start..];
            forms(segment).for_each(|form| words.add(form, sum));
            normalise(sum);
        }
        Vectors::new(self.dimensions, values).expect("whole rows were added")
    }
}

impl std::fmt::Debug for Encoder {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "Encoder({:?}, {} features, {})", self.languages, self.count, self.checksum())
    }
}

/// Vectors of words that were met: a text repeats most of its words.
struct Words<'a> {
    encoder: &'a Encoder,
    lang: &'a Lang,
    known: HashMap<String, usize>,
    vectors: Vec<f32>,
}

impl Words<'_> {
    /// So many words are remembered, 16 MiB of vectors at 128 dimensions; then all are forgotten.
    const MOST: usize = 1 << 15;

    fn add(&mut self, form: String, sum: &mut [f32]) {
        let dimensions = self.encoder.dimensions;
        let at = match self.known.get(&form) {
            Some(&at) => at,
            None => {
                if self.known.len() == Words::MOST {
                    self.known.clear();
                    self.vectors.clear();
                }
                let at = self.vectors.len();
                self.vectors.resize(at + dimensions, 0.0);
                self.encoder.add_word(self.lang, &form, &mut self.vectors[at..]);
                self.known.insert(form, at);
                at
            }
        };
        sum.iter_mut().zip(&self.vectors[at..at + dimensions]).for_each(|(sum, value)| *sum += value);
    }
}

/// Makes the vector one of length 1; one without direction stays 0.
pub fn normalise(vector: &mut [f32]) {
    let length = vector.iter().map(|x| x * x).sum::<f32>().sqrt();
    if length > 1e-12 {
        vector.iter_mut().for_each(|x| *x /= length);
    }
}

/// Adds the vector of a shared feature that was never seen: ±length/√d by its hash, so that a rare name or number resembles itself.
pub fn add_unknown(hash: u32, length: f32, sum: &mut [f32]) {
    let value = length / (sum.len() as f32).sqrt();
    for (n, chunk) in sum.chunks_mut(64).enumerate() {
        let bits = mix(u64::from(hash) << 8 | n as u64 | 1 << 63);
        chunk.iter_mut().enumerate().for_each(|(bit, x)| *x += if bits >> bit & 1 == 1 { value } else { -value });
    }
}

fn language(code: &[u8]) -> Result<Lang, String> {
    let code = std::str::from_utf8(code).unwrap_or("").trim_end_matches('\0');
    code.parse().map_err(|_| format!("the encoder is damaged: `{code}` is no language"))
}

impl Table {
    /// The encoder with these vectors in four bits a number: one scale a feature, chosen for the least squared error.
    pub fn quantised(&self) -> Encoder {
        let mut body = Vec::new();
        body.extend((self.dimensions as u16).to_le_bytes());
        body.extend([0; 2]);
        body.extend((self.features.len() as u32).to_le_bytes());
        body.extend(self.unknown.to_le_bytes());
        for lang in &self.languages {
            let mut code = [0; 8];
            code.iter_mut().zip(lang.as_str().bytes()).for_each(|(to, from)| *to = from);
            body.extend(code);
        }
        for (hash, vector) in &self.features {
            let (scale, numbers) = quantise(vector);
            body.extend(hash.to_le_bytes());
            body.extend(scale.to_le_bytes());
            body.extend(numbers);
        }
        let mut bytes = MAGIC.to_vec();
        bytes.extend(blake3::hash(&body).as_bytes());
        bytes.extend(body);
        Encoder::read(Cow::Owned(bytes)).expect("the header fits the table")
    }
}

/// Scale and numbers from −8 to 7, two a byte: the first half of the vector in the lower halves of the bytes.
fn quantise(vector: &[f32]) -> (f16, Vec<u8>) {
    let most = vector.iter().fold(0.0_f32, |most, x| most.max(x.abs()));
    // A smaller scale cuts the largest numbers off and is finer for all others; which is best depends on the vector.
    let scales = (0..12).map(|n| f16::from_f32(most / 7.0 * (1.0 - 0.05 * n as f32)));
    let error = |scale: f16| vector.iter().map(|&x| (x - scale.to_f32() * f32::from(number(x, scale))).powi(2)).sum::<f32>();
    let best = scales.min_by(|a, b| error(*a).total_cmp(&error(*b))).unwrap_or(f16::ZERO);
    let (first, second) = vector.split_at(vector.len() / 2);
    let numbers = first.iter().zip(second).map(|(x, y)| nibble(*x, best) | nibble(*y, best) << 4);
    (best, numbers.collect())
}

fn number(x: f32, scale: f16) -> i8 {
    let scale = scale.to_f32();
    if scale > 0.0 { (x / scale).round().clamp(-8.0, 7.0) as i8 } else { 0 }
}

fn nibble(x: f32, scale: f16) -> u8 {
    (number(x, scale) + 8) as u8
}

#[cfg(test)]
mod tests {
    use super::*;

    fn table() -> Table {
        let mut table = Table { languages: [Lang::ES, Lang::EN], dimensions: 4, unknown: 1.0, features: Vec::new() };
        let feature = |lang, form| features(&lang, form).next().expect("a word has a feature").hash;
        table.features.push((feature(Lang::ES, "no"), vec![1.0, 0.0, 0.0, 0.5]));
        table.features.push((feature(Lang::EN, "no"), vec![1.0, 0.1, 0.0, 0.5]));
        table.features.push((feature(Lang::EN, "hi"), vec![-1.0, 0.2, 0.0, -0.7]));
        table.features.sort_by_key(|f| f.0);
        table
    }

    fn cosine(a: &[f32], b: &[f32]) -> f32 {
        a.iter().zip(b).map(|(a, b)| a * b).sum()
    }

    #[test]
    fn a_word_and_its_translation_have_like_vectors() {
        let encoder = table().quantised();
        let (es, en) = (encoder.encode(&Lang::ES, ["No"]), encoder.encode(&Lang::EN, ["no!", "hi"]));
        assert!(cosine(es.row(0), en.row(0)) > 0.98);
        assert!(cosine(es.row(0), en.row(1)) < 0.0);
    }

    #[test]
    fn an_unknown_number_resembles_itself_only() {
        let mut wide = table();
        wide.dimensions = 64;
        wide.features.clear();
        let encoder = wide.quantised();
        let (es, en) = (encoder.encode(&Lang::ES, ["4.711"]), encoder.encode(&Lang::EN, ["4,711", "4,712", ""]));
        assert!(cosine(es.row(0), en.row(0)) > 0.999);
        assert!(cosine(es.row(0), en.row(1)).abs() < 0.5);
        assert!(en.row(2).iter().all(|x| *x == 0.0));
    }

    #[test]
    fn the_shipped_encoder_is_whole_and_small() {
        let shipped = Encoder::from_bytes(SHIPPED).expect("its checksum fits");
        assert!(SHIPPED.len() <= 12 << 20);
        let (es, en) = (
            shipped.encode(&Lang::ES, ["El juez leyó la sentencia."]),
            shipped.encode(&Lang::EN, ["The judge read the ruling.", "The river was cold."]),
        );
        assert!(cosine(es.row(0), en.row(0)) > cosine(es.row(0), en.row(1)) + 0.3);
    }

    #[test]
    fn a_file_comes_back_and_a_damaged_one_is_refused() {
        let encoder = table().quantised();
        let bytes = encoder.to_bytes().to_vec();
        let again = Encoder::from_bytes(bytes.clone()).expect("it is whole");
        assert_eq!((again.checksum(), again.features(), again.dimensions()), (encoder.checksum(), 3, 4));
        let mut damaged = bytes.clone();
        *damaged.last_mut().expect("it has bytes") ^= 1;
        assert!(Encoder::from_bytes(damaged).expect_err("damaged").contains("checksum"));
        assert!(Encoder::from_bytes(bytes[..bytes.len() - 1].to_vec()).expect_err("short").contains("size"));
        assert_eq!(Encoder::from_bytes(b"PK".to_vec()).expect_err("foreign"), "not an encoder");
    }
}
