//! A lexicon as bytes. Version 1, numbers little-endian, `varint` in groups of seven bits, the lowest first:
//!
//! | bytes | what |
//! |---|---|
//! | 8, 4, 32 | [`MAGIC`], version, BLAKE3 of all that follows |
//! | 1 + n, twice | length and code of the source and the target language |
//! | 4 × 5 | source words, target words, pairs, bytes of the source words' text and of the target words' |
//! | … | lengths of the source words (a byte each), their text in sorted order; the same for the target |
//! | … | for each source word: how many pairs (varint); for each pair: the target word, counted from the one before (varint), and the levels of the target given the source and of the source given the target |

use std::borrow::Cow;
use std::ops::Range;

use super::{Level, Lexicon, Translation, Words};
use crate::text::Lang;

/// What every lexicon begins with.
pub const MAGIC: &[u8; 8] = b"BITEXLEX";

const VERSION: u32 = 1;

/// Magic, version and checksum.
const HEAD: usize = 8 + 4 + 32;

/// Why some bytes are no lexicon that this version reads.
type Cause = String;

impl Lexicon {
    /// Reads a table; the error says why these bytes are none.
    pub fn from_bytes(bytes: &[u8]) -> Result<Lexicon, Cause> {
        read(Cow::Owned(bytes.to_vec()))
    }

    /// The same without a copy.
    pub(super) fn from_static(bytes: &'static [u8]) -> Result<Lexicon, Cause> {
        read(Cow::Borrowed(bytes))
    }

    /// The table as bytes; the same content always gives the same bytes.
    pub fn to_bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// Its pairs in order: source word, target word, levels of the target given the source and of the source given the target.
    pub(super) fn pairs(&self) -> Vec<Pair> {
        let mut reader = Reader { bytes: &self.bytes, at: self.pairs_at };
        reader.pairs([self.sides[0].len(), self.sides[1].len()], self.pairs).unwrap_or_default()
    }
}

/// A pair of words, by their places in the two lists.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Pair {
    pub(super) words: [u32; 2],
    pub(super) levels: [Level; 2],
}

fn read(bytes: Cow<'static, [u8]>) -> Result<Lexicon, Cause> {
    let checksum = verified(&bytes)?;
    let mut reader = Reader { bytes: &bytes, at: HEAD };
    let langs = [reader.lang()?, reader.lang()?];
    let counts = [reader.u32()?, reader.u32()?];
    let pairs = reader.u32()?;
    let texts = [reader.u32()?, reader.u32()?];
    let mut sides = [Words::default(), Words::default()];
    for n in 0..2 {
        let lengths = reader.take(counts[n])?;
        let begin = reader.at;
        reader.take(texts[n])?;
        sides[n] = words(lengths, text(&bytes, begin..reader.at)?)?;
    }
    let pairs_at = reader.at;
    let found = reader.pairs(counts, pairs)?;
    for (n, side) in sides.iter_mut().enumerate() {
        side.arrange(&found, n);
    }
    Ok(Lexicon { langs, sides, pairs, pairs_at, checksum, bytes })
}

/// The checksum of bytes that are what they say, in short hexadecimal.
fn verified(bytes: &[u8]) -> Result<String, Cause> {
    if !bytes.starts_with(MAGIC) {
        return Err("not a lexicon".to_string());
    }
    let mut reader = Reader { bytes, at: MAGIC.len() };
    let version = reader.u32()?;
    if version as u32 != VERSION {
        return Err(format!("a lexicon of version {version}; this program reads version {VERSION}"));
    }
    let said = reader.take(32)?;
    let found = blake3::hash(&bytes[HEAD..]);
    if found.as_bytes() != said {
        return Err("the lexicon is damaged: its checksum does not fit its content".to_string());
    }
    Ok(found.to_hex()[..16].to_string())
}

/// Part of the bytes as text, without a copy where they are static.
#[allow(clippy::ptr_arg)] // The slice in a `Cow` has lost what it borrows from.
fn text(bytes: &Cow<'static, [u8]>, range: Range<usize>) -> Result<Cow<'static, str>, Cause> {
    let text = match bytes {
        Cow::Borrowed(bytes) => std::str::from_utf8(&bytes[range]).map(Cow::Borrowed),
        Cow::Owned(bytes) => std::str::from_utf8(&bytes[range]).map(|text| Cow::Owned(text.to_string())),
    };
    text.map_err(|_| "the lexicon's words are not UTF-8".to_string())
}

fn words(lengths: &[u8], text: Cow<'static, str>) -> Result<Words, Cause> {
    let mut begins = Vec::with_capacity(lengths.len() + 1);
    let mut at = 0;
    begins.push(0);
    for length in lengths {
        at += u32::from(*length);
        begins.push(at);
    }
    if at as usize != text.len() || begins.iter().any(|at| !text.is_char_boundary(*at as usize)) {
        return Err("the lexicon's words do not fill their text".to_string());
    }
    let mut words = Words { text, begins, ..Words::default() };
    words.index();
    Ok(words)
}

impl Words {
    /// Sets the translations of side `n`: those of a word stand together, the most probable first.
    fn arrange(&mut self, pairs: &[Pair], n: usize) {
        let kept = || pairs.iter().filter(|pair| pair.levels[n] != Level::NONE);
        let mut firsts = vec![0; self.len() + 1];
        for pair in kept() {
            firsts[pair.words[n] as usize + 1] += 1;
        }
        for word in 0..self.len() {
            firsts[word + 1] += firsts[word];
        }
        let mut next = firsts.clone();
        self.translations = vec![Translation { word: 0, probability: Level::NONE }; firsts[self.len()] as usize];
        for pair in kept() {
            let place = &mut next[pair.words[n] as usize];
            self.translations[*place as usize] = Translation { word: pair.words[1 - n], probability: pair.levels[n] };
            *place += 1;
        }
        for word in 0..self.len() {
            let range = firsts[word] as usize..firsts[word + 1] as usize;
            self.translations[range].sort_by_key(|translation| translation.probability);
        }
        self.firsts = firsts;
    }
}

/// Takes a lexicon's content apart, and never more than there is.
struct Reader<'a> {
    bytes: &'a [u8],
    at: usize,
}

impl<'a> Reader<'a> {
    fn take(&mut self, n: usize) -> Result<&'a [u8], Cause> {
        let end = self.at.checked_add(n).filter(|end| *end <= self.bytes.len());
        let end = end.ok_or_else(|| "the lexicon ends too early".to_string())?;
        let taken = &self.bytes[self.at..end];
        self.at = end;
        Ok(taken)
    }

    fn byte(&mut self) -> Result<u8, Cause> {
        Ok(self.take(1)?[0])
    }

    fn u32(&mut self) -> Result<usize, Cause> {
        let bytes = self.take(4)?;
        Ok(u32::from_le_bytes([bytes[0], bytes[1], bytes[2], bytes[3]]) as usize)
    }

    fn varint(&mut self) -> Result<usize, Cause> {
        let mut value = 0;
        for shift in (0..28).step_by(7) {
            let byte = self.byte()?;
            value |= usize::from(byte & 127) << shift;
            if byte < 128 {
                return Ok(value);
            }
        }
        Err("the lexicon has a number that is too large".to_string())
    }

    fn lang(&mut self) -> Result<Lang, Cause> {
        let length = usize::from(self.byte()?);
        let code = String::from_utf8_lossy(self.take(length)?);
        code.parse().map_err(|e| format!("the lexicon's language: {e}"))
    }

    fn pairs(&mut self, words: [usize; 2], count: usize) -> Result<Vec<Pair>, Cause> {
        // A pair takes three bytes at least, so that a false count reserves no more memory than the file's own size.
        let mut pairs = Vec::with_capacity(count.min(self.bytes.len() / 3));
        for source in 0..words[0] {
            let mut target = 0;
            for _ in 0..self.varint()? {
                target += self.varint()?;
                if target >= words[1] {
                    return Err("the lexicon names a word that it does not have".to_string());
                }
                let levels = self.take(2)?;
                pairs.push(Pair { words: [source as u32, target as u32], levels: [Level(levels[0]), Level(levels[1])] });
            }
        }
        if pairs.len() != count || self.at != self.bytes.len() {
            return Err("the lexicon has not as many pairs as it says".to_string());
        }
        Ok(pairs)
    }
}

/// The bytes of a lexicon of these words, sorted and without duplicates, and these pairs, sorted.
pub(super) fn written(langs: &[Lang; 2], words: [&[&str]; 2], pairs: &[Pair]) -> Vec<u8> {
    let mut content = Vec::new();
    for lang in langs {
        content.push(lang.as_str().len() as u8);
        content.extend_from_slice(lang.as_str().as_bytes());
    }
    let text = |n: usize| words[n].iter().map(|word| word.len()).sum();
    for number in [words[0].len(), words[1].len(), pairs.len(), text(0), text(1)] {
        content.extend_from_slice(&(number as u32).to_le_bytes());
    }
    for side in words {
        content.extend(side.iter().map(|word| word.len() as u8));
        content.extend(side.iter().flat_map(|word| word.bytes()));
    }
    let mut rest = pairs;
    for source in 0..words[0].len() as u32 {
        let own;
        (own, rest) = rest.split_at(rest.partition_point(|pair| pair.words[0] <= source));
        push_varint(&mut content, own.len());
        let mut before = 0;
        for pair in own {
            push_varint(&mut content, (pair.words[1] - before) as usize);
            content.extend(pair.levels.map(|level| level.0));
            before = pair.words[1];
        }
    }
    let head = [MAGIC.as_slice(), &VERSION.to_le_bytes(), blake3::hash(&content).as_bytes()].concat();
    [head, content].concat()
}

fn push_varint(out: &mut Vec<u8>, mut value: usize) {
    while value >= 128 {
        out.push(value as u8 | 128);
        value >>= 7;
    }
    out.push(value as u8);
}

#[cfg(test)]
mod tests {
    use super::super::Entries;
    use super::*;

    fn small() -> Lexicon {
        let mut entries = Entries::new(Lang::ES, Lang::EN);
        for (source, target, probabilities) in [("año", "year", [0.9, 0.8]), ("año", "old", [0.05, 0.1]), ("de", "of", [0.6, 0.7])] {
            entries.add(source, target, probabilities);
        }
        entries.lexicon()
    }

    #[test]
    fn what_is_written_reads_back() {
        let lexicon = small();
        let read = Lexicon::from_bytes(lexicon.to_bytes()).expect("a lexicon");
        assert_eq!(read, lexicon);
        assert_eq!((read.languages(), read.len(), read.words()), ((Lang::ES, Lang::EN), 3, (2, 3)));
        let found: Vec<&str> = read.translations(&Lang::ES, "año").map(|(word, _)| word).collect();
        assert_eq!(found, ["year", "old"]);
        assert_eq!(read.entries().lexicon().to_bytes(), lexicon.to_bytes());
    }

    #[test]
    fn damaged_bytes_are_refused_and_the_cause_is_told() {
        let bytes = small().to_bytes().to_vec();
        let cause = |bytes: &[u8]| Lexicon::from_bytes(bytes).expect_err("refused");
        assert_eq!(cause(b"no lexicon"), "not a lexicon");
        assert_eq!(cause(&[]), "not a lexicon");
        let mut newer = bytes.clone();
        newer[8] = 9;
        assert_eq!(cause(&newer), "a lexicon of version 9; this program reads version 1");
        for at in HEAD..bytes.len() {
            let mut damaged = bytes.clone();
            damaged[at] ^= 1;
            assert!(cause(&damaged).contains("damaged"), "byte {at}");
        }
        for end in 0..bytes.len() {
            cause(&bytes[..end]);
        }
    }

    #[test]
    fn false_content_with_a_true_checksum_is_refused() {
        let bytes = small().to_bytes().to_vec();
        for at in HEAD..bytes.len() {
            let mut wrong = bytes.clone();
            wrong[at] = 200;
            let sum = *blake3::hash(&wrong[HEAD..]).as_bytes();
            wrong[12..HEAD].copy_from_slice(&sum);
            if let Ok(lexicon) = Lexicon::from_bytes(&wrong) {
                assert!(lexicon.translations(&Lang::ES, "año").count() <= 3);
            }
        }
    }
}
