//! The places of a paragraph where a segment may end, in one pass. It leaves out, by the bytes around them, those where none can:
//! four gaps in five, which is what makes the segmenter fast. The compiler turns the test of the bytes into vector instructions.

use super::characters::{is_cjk_final, is_closer, is_final, is_inverted, is_space};

/// Where a segment may end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Place {
    /// Past its last character.
    pub(super) end: usize,
    /// Where the next segment would begin; `end` where no white space stands between.
    pub(super) next: usize,
    /// True when an odd number of `"` stands before.
    pub(super) quoting: bool,
}

/// The places of `text` that deserve a look, in order.
pub(super) fn places(text: &str) -> impl Iterator<Item = Place> {
    let mut scan = Scan { text, at: 0, quoting: false, flags: [0; BLOCK], flagged: 0..0 };
    std::iter::from_fn(move || scan.next_place())
}

/// How many bytes are tested at once.
const BLOCK: usize = 256;

struct Scan<'a> {
    text: &'a str,
    at: usize,
    quoting: bool,
    /// 1 for each byte of the block that deserves a look.
    flags: [u8; BLOCK],
    /// Where the block lies in the text.
    flagged: std::ops::Range<usize>,
}

impl Scan<'_> {
    fn next_place(&mut self) -> Option<Place> {
        let bytes = self.text.as_bytes();
        loop {
            let end = self.next_flag()?;
            self.at = end + 1;
            let next = match bytes[end] {
                b'"' => {
                    self.quoting = !self.quoting;
                    None
                }
                b'A'..=b'Z' => Some(end),
                b' ' | b'\t'..=b'\r' => self.skip_space(end),
                _ => self.wide(end),
            };
            if let Some(next) = next {
                return Some(Place { end, next, quoting: self.quoting });
            }
        }
    }

    /// The next byte that deserves a look.
    fn next_flag(&mut self) -> Option<usize> {
        loop {
            if self.at < self.flagged.end {
                let flags = &self.flags[self.at - self.flagged.start..self.flagged.len()];
                if let Some(found) = memchr::memchr(1, flags) {
                    return Some(self.at + found);
                }
                self.at = self.flagged.end;
            }
            if self.at >= self.text.len() {
                return None;
            }
            self.flag_block();
        }
    }

    /// Flags the block that begins here.
    fn flag_block(&mut self) {
        let bytes = self.text.as_bytes();
        let (start, end) = (self.at, self.text.len().min(self.at + BLOCK));
        let mut block = [b' '; BLOCK + 3]; // with the byte before and two bytes after
        let from = start.saturating_sub(1);
        let to = bytes.len().min(end + 2);
        block[from + 1 - start..][..to - from].copy_from_slice(&bytes[from..to]);
        for (n, flag) in self.flags.iter_mut().enumerate() {
            *flag = u8::from(deserves_a_look(block[n], block[n + 1], [block[n + 2], block[n + 3]]));
        }
        self.flagged = start..end;
    }

    /// Goes past the white space at `end`; the place after it, if a segment may end before it.
    fn skip_space(&mut self, end: usize) -> Option<usize> {
        let bytes = self.text.as_bytes();
        if !bytes.get(end + 1).is_some_and(u8::is_ascii_graphic) {
            self.at = self.text.len() - self.text[end..].trim_start_matches(is_space).len();
        }
        (!runs_on(&bytes[..end], &bytes[self.at..])).then_some(self.at)
    }

    /// Goes past a character that is not ASCII; its own place, or that after it if it is white space, if a segment may end before it.
    fn wide(&mut self, end: usize) -> Option<usize> {
        let c = self.text[end..].chars().next()?;
        if is_space(c) {
            return self.skip_space(end);
        }
        self.at = end + c.len_utf8();
        if is_final(c) || is_closer(c) {
            return None;
        }
        let before = self.text[..end].trim_end_matches(is_closer).chars().next_back()?;
        let begins = is_cjk_final(before) || (is_inverted(c) && is_final(before));
        begins.then_some(end)
    }
}

/// True for a byte that may begin something of interest: white space unless a word runs on over it, a `"`, a capital right after a mark, other
/// white space, an inverted mark, what may follow a CJK mark. Written without branches.
fn deserves_a_look(before: u8, byte: u8, after: [u8; 2]) -> bool {
    let within = |b: u8, first: u8, last: u8| b.wrapping_sub(first) <= last - first;
    let space = (byte == b' ') | within(byte, b'\t', b'\r');
    let word = within(before | 0x20, b'a', b'z') | within(before, b'0', b'9') | (before == b',');
    let small = within(after[0], b'a', b'z') & (after[0] != b'h') & (after[1] != b')'); // `http` and `b)` are looked at
    let glued = within(byte, b'A', b'Z') & ((before == b'.') | (before == b'?') | (before == b'!'));
    let wide = (byte == 0xc2) | within(byte, 0xe1, 0xed) | (byte == 0xef);
    (space & !(word & small)) | glued | wide | (byte == b'"')
}

/// True when a word or comma goes before and a small letter comes after: no segment ends there, but between two URLs or before an item.
fn runs_on(before: &[u8], after: &[u8]) -> bool {
    let word = match before {
        [.., b',' | b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9'] => true,
        [.., 0xc3, second] => is_latin(*second),
        _ => false,
    };
    word && match after {
        [b'h', b't', b't', b'p', ..] | [_, b')', ..] => false,
        [b'a'..=b'z', ..] => true,
        [0xc3, second @ 0x9f..=0xbf, ..] => is_latin(*second),
        _ => false,
    }
}

/// True for the second byte of a letter between U+00C0 and U+00FF.
fn is_latin(second: u8) -> bool {
    !matches!(second, 0x97 | 0xb7) // × and ÷
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(usize, usize)> {
        places(text).map(|place| (place.end, place.next)).collect()
    }

    #[test]
    fn gaps_inside_running_words_are_left_out() {
        assert_eq!(found("una casa, y más él"), []);
        assert_eq!(found("una. y  Dos"), [(4, 5), (6, 8)]);
    }

    #[test]
    fn a_place_needs_no_white_space_after_some_marks() {
        assert_eq!(found("sí.¿no?"), [(4, 4)]);
        assert_eq!(found("好。好"), [(6, 6)]);
        assert_eq!(found("fin.La"), [(4, 4)]);
    }

    #[test]
    fn places_are_found_across_blocks() {
        for length in BLOCK - 3..BLOCK + 3 {
            let text = "a".repeat(length) + ". B";
            assert_eq!(found(&text), [(length + 1, length + 2)]);
        }
    }

    #[test]
    fn straight_quotes_are_counted() {
        let quoting: Vec<bool> = places("\"A B\" C").map(|place| place.quoting).collect();
        assert_eq!(quoting, [true, false]);
    }
}
