//! What a text shows of its language: pieces of its words, each a row of the model's table. Numbers, addresses and hashtags show nothing;
//! capitalised words inside a text are told apart, for they may be names.

use std::ops::ControlFlow;

use unicode_normalization::char::{canonical_combining_class, decompose_canonical};

use crate::text::links::links;

/// Rows of the table: features are hashed to this many bits. With 16 bits the table has half a megabyte and stays in a processor's cache.
pub const ROW_BITS: u32 = 16;

/// What a word shows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Word<'a> {
    /// Rows of the table.
    pub rows: &'a [u16],
    /// Rows of its accents; text written without accents lacks them.
    pub accents: &'a [u16],
    /// A capitalised word inside the text: it may be a name.
    pub is_name: bool,
}

/// Most rows of each kind that a word has; what goes beyond is left out.
const MOST_ROWS: usize = 120;

/// Words seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Words {
    /// In lower case, or the first of the text.
    pub plain: usize,
    /// Capitalised inside the text.
    pub names: usize,
}

impl Words {
    /// True where most words are capitalised, so that capitals tell nothing: headlines, titles, text in capitals, lists of names.
    pub fn are_mostly_capitalised(&self) -> bool {
        self.names > 3 * self.plain
    }
}

/// Calls `each` for every word of `text` with its features: itself and every three and four letters in a row, its ends
/// counted as letters, all without case and accents; each accented letter; the word with its accents. Of other scripts, which one each letter is.
pub fn features(text: &str, mut each: impl FnMut(Word<'_>)) -> Words {
    let mut words = Words::default();
    let every = |word: Word<'_>| {
        each(word);
        ControlFlow::Continue(())
    };
    // It never breaks.
    let _ = features_until(text, &mut words, every);
    words
}

/// The same, until `each` has enough; `words` are those seen.
pub(super) fn features_until(text: &str, words: &mut Words, mut each: impl FnMut(Word<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    let mut pieces = Pieces::default();
    let mut from = 0;
    for link in links(text) {
        stretch(&text[from..link.span.start], words, &mut pieces, &mut each)?;
        from = link.span.end;
    }
    stretch(&text[from..], words, &mut pieces, &mut each)
}

fn stretch(text: &str, words: &mut Words, pieces: &mut Pieces, each: &mut impl FnMut(Word<'_>) -> ControlFlow<()>) -> ControlFlow<()> {
    let bytes = text.as_bytes();
    let mut at = 0;
    // A capital after these, or at the beginning, is no sign of a name.
    let mut begins = words.plain + words.names == 0;
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() && !byte.is_ascii_alphanumeric() {
            begins |= matches!(byte, b'!' | b'?');
            at += 1;
            continue;
        }
        let (end, kind) = run(text, at);
        match kind {
            Run::Word => {
                let is_name = !begins && is_capitalised(&text[at..end]);
                let before = pieces.word;
                pieces.take(&text[at..end], bytes.get(end..end + 2));
                // A word said again at once, as in laughter, shows nothing new.
                if pieces.word != before {
                    *(if is_name { &mut words.names } else { &mut words.plain }) += 1;
                    each(Word { rows: pieces.rows.as_slice(), accents: pieces.accents.as_slice(), is_name })?;
                }
                begins = false;
            }
            Run::Code => begins = false,
            Run::Sign(c) => begins |= matches!(c, '¿' | '¡'),
        }
        at = end;
    }
    ControlFlow::Continue(())
}

/// What lies between two places of a text.
enum Run {
    /// Letters.
    Word,
    /// Letters with digits or low lines: a number, an identifier.
    Code,
    /// One character that is neither.
    Sign(char),
}

/// The run that begins at `start`, which is a character's place, and its end.
fn run(text: &str, start: usize) -> (usize, Run) {
    let bytes = text.as_bytes();
    let (mut at, mut code) = (start, false);
    while at < bytes.len() {
        let byte = bytes[at];
        if byte.is_ascii() {
            if !byte.is_ascii_alphanumeric() && byte != b'_' {
                break;
            }
            code |= !byte.is_ascii_alphabetic();
            at += 1;
        } else {
            let Some(c) = text[at..].chars().next() else { break };
            let belongs =
                if c < '\u{300}' { c.is_alphabetic() || c == '·' } else { c.is_alphabetic() || canonical_combining_class(c) > 0 };
            if !belongs && at == start {
                return (at + c.len_utf8(), Run::Sign(c));
            }
            if !belongs {
                break;
            }
            at += c.len_utf8();
        }
    }
    (at, if code { Run::Code } else { Run::Word })
}

fn is_capitalised(word: &str) -> bool {
    match word.as_bytes().first() {
        Some(byte) if byte.is_ascii() => byte.is_ascii_uppercase(),
        _ => word.chars().next().is_some_and(char::is_uppercase),
    }
}

/// Stands before and after a word; an apostrophe or hyphen that joins it to the next stands for itself.
const END: u8 = b'_';

/// The letters of a word so far, and what was made of them.
#[derive(Default)]
struct Pieces {
    /// The last letters, a byte each, the latest lowest.
    window: u32,
    letters: u32,
    /// Hashes of the word without its accents, and of the accents and their places.
    word: u32,
    marks: u32,
    rows: Rows,
    accents: Rows,
}

const SEED: u32 = 0x9e37_79b9;
const FNV: u32 = 0x0100_0193;

impl Pieces {
    /// Puts what `word` shows into the lists; the next two bytes after it are `after`.
    fn take(&mut self, word: &str, after: Option<&[u8]>) {
        (self.window, self.letters, self.word, self.marks) = (u32::from(END), 0, SEED, SEED);
        (self.rows.len, self.accents.len) = (0, 0);
        let mut rest = word;
        while let Some(&byte) = rest.as_bytes().first() {
            if byte.is_ascii() {
                self.letter(byte.to_ascii_lowercase());
                rest = &rest[1..];
            } else if let Some(c) = rest.chars().next() {
                self.other(c);
                rest = &rest[c.len_utf8()..];
            }
        }
        self.end(match after {
            Some([joint @ (b'\'' | b'-'), next]) if !next.is_ascii() || next.is_ascii_alphabetic() => *joint,
            Some([0xe2, 0x80]) => b'\'', // ’
            _ => END,
        });
    }

    #[inline]
    fn letter(&mut self, letter: u8) {
        // FNV-1a: one multiplication a letter.
        self.word = (self.word ^ u32::from(letter)).wrapping_mul(FNV);
        self.slide(letter);
    }

    #[inline]
    fn slide(&mut self, letter: u8) {
        self.letters += 1;
        self.window = self.window << 8 | u32::from(letter);
        if self.letters > 2 {
            self.rows.put(hash(self.window & 0xff_ffff));
        }
        self.rows.put(hash(self.window));
    }

    /// A letter beyond ASCII, or a mark that stands alone.
    fn other(&mut self, c: char) {
        decompose_canonical(c, |part| {
            if part.is_ascii() {
                self.letter(part.to_ascii_lowercase() as u8);
            } else if canonical_combining_class(part) > 0 {
                self.accent(part);
            } else if part < '\u{300}' {
                let lower = part.to_lowercase().next().unwrap_or(part);
                self.letter(0x80 | lower as u8);
            } else {
                // Another script: which one is enough.
                self.word = (self.word ^ u32::from(part)).wrapping_mul(FNV);
                self.rows.put(hash(0x0300_0000 | u32::from(part) >> 7));
            }
        });
    }

    fn accent(&mut self, mark: char) {
        let mark = u32::from(mark) & 0xff;
        self.marks = self.marks.rotate_left(7) ^ hash(mark << 8 | self.letters);
        self.accents.put(hash(0x0100_0000 | mark << 8 | self.window & 0xff));
    }

    fn end(&mut self, end: u8) {
        if self.letters == 0 {
            return;
        }
        self.slide(end);
        let word = self.word ^ u32::from(end);
        self.rows.put(hash(word));
        if self.accents.len > 0 {
            self.accents.put(hash(word ^ self.marks));
        }
    }
}

/// A short list that needs no memory of its own.
struct Rows {
    rows: [u16; MOST_ROWS],
    len: usize,
}

impl Default for Rows {
    fn default() -> Rows {
        Rows { rows: [0; MOST_ROWS], len: 0 }
    }
}

impl Rows {
    #[inline]
    fn put(&mut self, hash: u32) {
        if let Some(row) = self.rows.get_mut(self.len) {
            *row = (hash >> (u32::BITS - ROW_BITS)) as u16;
            self.len += 1;
        }
    }

    fn as_slice(&self) -> &[u16] {
        &self.rows[..self.len]
    }
}

/// Fibonacci hashing (Knuth, The Art of Computer Programming 3, § 6.4) of a window of up to four letters: the upper bits are the row.
#[inline]
fn hash(window: u32) -> u32 {
    window.wrapping_mul(0x9e37_79b1) ^ window.wrapping_mul(0x85eb_ca6b).rotate_left(15)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Rows in order, whether each is an accent's, and the words.
    fn rows(text: &str) -> (Vec<u16>, Vec<u16>, Words) {
        let (mut rows, mut accents) = (Vec::new(), Vec::new());
        let words = features(text, |word| {
            rows.extend(word.rows);
            accents.extend(word.accents);
        });
        (rows, accents, words)
    }

    #[test]
    fn case_and_unicode_form_change_nothing_and_accents_are_apart() {
        let composed = rows("¿qué pasó en la montaña?");
        assert_eq!(rows("¿que\u{301} paso\u{301} en la montan\u{303}a?"), composed);
        assert_eq!(rows("¿QUÉ pasó en la montaña?"), composed);
        assert_eq!(rows("que paso en la montana").0, composed.0);
        assert_ne!(rows("que paso en la montana").1, composed.1);
    }

    #[test]
    fn numbers_addresses_and_identifiers_show_nothing() {
        assert_eq!(rows("1.234 5k https://example.org/una-nota @ana #paz x_y Ñ1"), rows(""));
    }

    #[test]
    fn an_apostrophe_ends_a_word_and_is_seen() {
        assert_eq!(rows("l'home").0, rows("l’home").0);
        assert_ne!(rows("l'home").0, rows("l home").0);
        assert_eq!(rows("l'home").2, Words { plain: 2, names: 0 });
    }

    #[test]
    fn capitals_inside_a_text_may_be_names() {
        assert_eq!(rows("El presidente Gustavo Petro. ¿Él?").2, Words { plain: 3, names: 2 });
        assert!(rows("Breaking News From The Front").2.are_mostly_capitalised());
    }

    #[test]
    fn laughter_is_one_word() {
        assert_eq!(rows("¡Ja, ja, ja!"), rows("¡ja!"));
        assert_eq!(rows("сегодня мы здесь").2, Words { plain: 3, names: 0 });
    }

    #[test]
    fn a_word_without_end_is_cut() {
        let (all, _, words) = rows(&"añ".repeat(1000));
        assert_eq!((all.len(), words.plain), (MOST_ROWS, 1));
    }
}
