//! Lines of a file in blocks, so that many threads can parse them. A line ends at `\n` or `\r\n` only: U+2028, U+0085 and VT are text.
//! What a line means is each format's business.

use std::fmt::Write as _;
use std::io::{self, BufRead, Read as _};
use std::path::Path;
use std::sync::Arc;

use memchr::{memchr, memchr_iter, memchr3, memrchr};

use super::{Batch, Batches, Input, Read, Rejection};
use crate::error::{Error, Result};
use crate::model::Unit;

/// About how many bytes a block has: small enough to stay in a core's cache, large enough that handing it over costs nothing.
pub const BLOCK: usize = 1 << 18;

/// The longest line taken, 16 MiB: a longer one is a rejection, so that memory stays bounded on any input.
pub const MAX_LINE: usize = 16 << 20;

/// How many bytes of a line that is too long are shown.
const SHOWN: usize = 1000;

/// Where a record begins.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Place {
    /// 1-based number of the record.
    pub record: u64,
    /// 1-based line.
    pub line: u64,
    /// 0-based byte in the decompressed file.
    pub byte: u64,
}

/// Some whole lines of a file.
#[derive(Debug)]
pub struct Block {
    /// The file, for messages.
    pub file: String,
    /// Where the first line begins.
    pub first: Place,
    /// The lines, each with its `\n`.
    pub bytes: Vec<u8>,
    /// Index in this block and true length in bytes of the lines that are too long, of which only the beginning is held.
    pub too_long: Vec<(usize, u64)>,
    lines: usize,
}

/// One line of a block.
#[derive(Debug, Clone, Copy)]
pub struct Line<'a> {
    /// The file it is in.
    pub file: &'a str,
    /// Where it begins.
    pub place: Place,
    /// Its bytes without the line end; only the first of them when it is too long.
    pub bytes: &'a [u8],
    /// Its true length in bytes when it is longer than [`MAX_LINE`].
    pub too_long: Option<u64>,
}

/// A file being read line by line.
pub struct Lines {
    name: String,
    reader: Box<dyn BufRead + Send>,
    next: Place,
    /// The first line, when it was looked at before the rest.
    begun: Option<Block>,
}

impl Lines {
    /// Begins at the first line.
    pub fn new(input: Input) -> Lines {
        Lines { name: input.name, reader: input.reader, next: Place { record: 1, line: 1, byte: 0 }, begun: None }
    }

    /// The name of the file.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The first line, without its end; it stays to be read. To be called before any other line is read.
    pub fn first(&mut self) -> Result<Option<&[u8]>> {
        let mut block = self.empty_block();
        self.read_into(&mut block)?;
        self.begun = Some(block);
        Ok(self.begun.as_ref().and_then(|block| block.lines().next()).map(|line| line.bytes))
    }

    /// Leaves out the line that [`Lines::first`] has shown: it is a header, no record.
    pub fn skip_first(&mut self) {
        self.begun = None;
        self.next.record = 1;
    }

    /// The next block: whole lines, at least [`BLOCK`] bytes of them unless the file ends. An entirely empty last line is left out.
    pub fn block(&mut self) -> Result<Option<Block>> {
        let mut block = self.begin();
        while block.bytes.len() < BLOCK && self.read_into(&mut block)? {
            self.read_many_into(&mut block)?;
        }
        if block.ends_with_an_empty_line() && self.at_end()? {
            block.drop_last_line();
        }
        Ok((!block.bytes.is_empty()).then_some(block))
    }

    /// A block to read the next lines into; it may have the line that [`Lines::first`] has shown.
    pub fn begin(&mut self) -> Block {
        self.begun.take().unwrap_or_else(|| self.empty_block())
    }

    fn empty_block(&self) -> Block {
        Block { file: self.name.clone(), first: self.next, bytes: Vec::new(), too_long: Vec::new(), lines: 0 }
    }

    /// Appends the next line to `block`; false at the end of the file.
    pub fn read_into(&mut self, block: &mut Block) -> Result<bool> {
        let read = self.append(block);
        read.map_err(|e| Error::io(Path::new(&self.name), &e))
    }

    /// Appends the lines that lie ready and leave the block no larger than it should be: all of them at once.
    fn read_many_into(&mut self, block: &mut Block) -> Result<()> {
        let ready = self.reader.fill_buf().map_err(|e| Error::io(Path::new(&self.name), &e))?;
        let room = BLOCK.saturating_sub(block.bytes.len());
        let Some(last) = memrchr(b'\n', &ready[..ready.len().min(room)]) else { return Ok(()) };
        let lines = &ready[..=last];
        block.bytes.extend_from_slice(lines);
        let count = memchr_iter(b'\n', lines).count();
        self.reader.consume(last + 1);
        self.pass(block, count, last as u64 + 1);
        Ok(())
    }

    /// Counts lines that were read.
    fn pass(&mut self, block: &mut Block, lines: usize, bytes: u64) {
        block.lines += lines;
        let Place { record, line, byte } = self.next;
        self.next = Place { record: record + lines as u64, line: line + lines as u64, byte: byte + bytes };
    }

    fn append(&mut self, block: &mut Block) -> io::Result<bool> {
        let start = block.bytes.len();
        let mut length = self.reader.by_ref().take(MAX_LINE as u64 + 2).read_until(b'\n', &mut block.bytes)? as u64;
        if length == 0 {
            return Ok(false);
        }
        if length > MAX_LINE as u64 + 1 {
            length += if block.bytes.ends_with(b"\n") { 0 } else { skip_line(&mut self.reader)? };
            block.too_long.push((block.lines, length));
            block.bytes.truncate(start + whole_characters(&block.bytes[start..], SHOWN));
            block.bytes.shrink_to_fit();
        }
        if !block.bytes.ends_with(b"\n") {
            block.bytes.push(b'\n');
        }
        self.pass(block, 1, length);
        Ok(true)
    }

    /// Reads what is left and gives the number of lines of the whole file.
    pub fn count(&mut self) -> Result<u64> {
        let mut block = self.empty_block();
        while self.read_into(&mut block)? {
            block.bytes.clear();
        }
        Ok(self.next.line - 1)
    }

    fn at_end(&mut self) -> Result<bool> {
        let end = self.reader.fill_buf().map(<[u8]>::is_empty);
        end.map_err(|e| Error::io(Path::new(&self.name), &e))
    }
}

/// The longest end of a character at or before `end`.
fn whole_characters(bytes: &[u8], end: usize) -> usize {
    let inside = |at: &usize| bytes[*at] & 0b1100_0000 == 0b1000_0000;
    end - (0..=end).rev().take(4).take_while(inside).count()
}

/// Reads past the next `\n`; the number of bytes passed.
fn skip_line(reader: &mut dyn BufRead) -> io::Result<u64> {
    let mut skipped = 0;
    loop {
        let buffer = reader.fill_buf()?;
        let (passed, done) = match memchr(b'\n', buffer) {
            Some(at) => (at + 1, true),
            None => (buffer.len(), buffer.is_empty()),
        };
        reader.consume(passed);
        skipped += passed as u64;
        if done {
            return Ok(skipped);
        }
    }
}

impl Block {
    /// The lines in order.
    pub fn lines(&self) -> impl Iterator<Item = Line<'_>> {
        let (mut rest, mut place, mut n) = (self.bytes.as_slice(), self.first, 0);
        std::iter::from_fn(move || {
            let end = memchr(b'\n', rest)?;
            let bytes = rest[..end].strip_suffix(b"\r").unwrap_or(&rest[..end]);
            let too_long = self.too_long.iter().find(|(index, _)| *index == n).map(|(_, length)| *length);
            let line = Line { file: &self.file, place, bytes, too_long };
            let length = too_long.unwrap_or(end as u64 + 1);
            place = Place { record: place.record + 1, line: place.line + 1, byte: place.byte + length };
            (rest, n) = (&rest[end + 1..], n + 1);
            Some(line)
        })
    }

    /// What `parse` makes of each line, given its text and record number; the cause it returns instead becomes a rejection of that line.
    /// An empty line is a rejection too.
    pub fn parse<T>(&self, parse: impl Fn(&str, u64) -> Result<T, String>) -> Vec<Read<T>> {
        let one = |line: Line<'_>| {
            let text = line.text()?;
            if text.is_empty() {
                return Err(line.reject("empty line"));
            }
            parse(text, line.place.record).map_err(|cause| line.reject(cause))
        };
        let mut records = Vec::with_capacity(self.lines);
        records.extend(self.lines().map(one));
        records
    }

    fn ends_with_an_empty_line(&self) -> bool {
        let before = self.bytes.strip_suffix(b"\n").map(|rest| rest.strip_suffix(b"\r").unwrap_or(rest));
        before.is_some_and(|rest| rest.is_empty() || rest.ends_with(b"\n"))
    }

    fn drop_last_line(&mut self) {
        let body = &self.bytes[..self.bytes.len() - 1];
        let end = memrchr(b'\n', body).map_or(0, |at| at + 1);
        self.bytes.truncate(end);
        self.lines -= 1;
    }
}

impl<'a> Line<'a> {
    /// The text, or the rejection of a line that is too long or not UTF-8.
    pub fn text(&self) -> Read<&'a str> {
        if let Some(length) = self.too_long {
            return Err(self.reject(format!("a line of {length} bytes is longer than 16 MiB")));
        }
        utf8(self.bytes).map_err(|cause| self.reject(cause))
    }

    /// The rejection of this line for `cause`.
    pub fn reject(&self, cause: impl Into<String>) -> Box<Rejection> {
        let Place { record, line, byte } = self.place;
        let mut text = escaped(self.bytes);
        if self.too_long.is_some() {
            text.push('…');
        }
        Box::new(Rejection { file: self.file.to_string(), sheet: None, record, line, byte, cause: cause.into(), text })
    }
}

/// The bytes of a record as text, or why they are none.
pub fn utf8(bytes: &[u8]) -> Result<&str, String> {
    let place = |_| std::str::from_utf8(bytes);
    simdutf8::basic::from_utf8(bytes).or_else(place).map_err(|e| {
        let at = e.valid_up_to();
        format!("not UTF-8: `\\x{:02X}` at byte {at} of the record", bytes[at])
    })
}

/// The bytes as text, what is not UTF-8 as `\xNN`.
pub fn escaped(bytes: &[u8]) -> String {
    let mut text = String::with_capacity(bytes.len());
    for chunk in bytes.utf8_chunks() {
        text.push_str(chunk.valid());
        for byte in chunk.invalid() {
            // Writing to a string cannot fail.
            let _ = write!(text, "\\x{byte:02X}");
        }
    }
    text
}

/// The batches of a file in which each line is a unit: `parse` gets the text of a line and its record number.
pub fn batches(mut lines: Lines, parse: impl Fn(&str, u64) -> Result<Unit, String> + Send + Sync + 'static) -> Batches {
    let parse = Arc::new(parse);
    Box::new(std::iter::from_fn(move || {
        let block = lines.block().transpose()?;
        let parse = Arc::clone(&parse);
        Some(block.map(|block| Batch::new(Some(block.lines), move || block.parse(&*parse))))
    }))
}

/// Appends `text` as part of one line: a tab or line break becomes a blank. Returns how many did.
pub fn push_on_one_line(out: &mut Vec<u8>, text: &str) -> u64 {
    let mut rest = text.as_bytes();
    let mut replaced = 0;
    while let Some(at) = memchr3(b'\t', b'\n', b'\r', rest) {
        out.extend_from_slice(&rest[..at]);
        out.push(b' ');
        (rest, replaced) = (&rest[at + 1..], replaced + 1);
    }
    out.extend_from_slice(rest);
    replaced
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(bytes: &[u8]) -> Lines {
        Lines::new(Input::from_bytes("f", bytes.to_vec()).expect("in memory"))
    }

    fn texts(bytes: &[u8]) -> Vec<String> {
        let mut lines = lines(bytes);
        let mut all = Vec::new();
        while let Some(block) = lines.block().expect("in memory") {
            all.extend(block.lines().map(|line| escaped(line.bytes)));
        }
        all
    }

    #[test]
    fn only_line_feeds_end_a_line() {
        assert_eq!(texts("a\u{2028}b\u{85}c\u{b}d\r\ne\rf\n".as_bytes()), ["a\u{2028}b\u{85}c\u{b}d", "e\rf"]);
        assert_eq!(texts("última sin fin".as_bytes()), ["última sin fin"]);
    }

    #[test]
    fn an_empty_last_line_is_nothing_and_another_one_is_a_line() {
        assert_eq!(texts(b"a\n\n"), ["a"]);
        assert_eq!(texts(b"a\r\n\r\n"), ["a"]);
        assert_eq!(texts(b"a\n\nb\n"), ["a", "", "b"]);
        assert_eq!(texts(b"\n"), Vec::<String>::new());
        assert_eq!(texts(b""), Vec::<String>::new());
    }

    #[test]
    fn bytes_that_come_in_pieces_give_the_same_lines() {
        let text = "¿Sí?\r\n\nuna\u{2028}línea\n\r\nfin\r\n\r\n";
        let reader = Box::new(io::BufReader::with_capacity(1, io::Cursor::new(text.as_bytes())));
        let block = Lines::new(Input { name: "f".into(), reader }).block().expect("in memory").expect("a block");
        let pieces: Vec<_> = block.lines().map(|line| escaped(line.bytes)).collect();
        assert_eq!(pieces, texts(text.as_bytes()));
        assert_eq!(pieces, ["¿Sí?", "", "una\u{2028}línea", "", "fin"]);
    }

    #[test]
    fn blocks_say_where_they_begin() {
        let text = "año\n".repeat(BLOCK / 5 + 1000);
        let mut lines = lines(text.as_bytes());
        let first = lines.block().expect("in memory").expect("a block");
        let second = lines.block().expect("in memory").expect("a second block");
        assert_eq!(first.first, Place { record: 1, line: 1, byte: 0 });
        assert_eq!(second.first.byte, first.bytes.len() as u64);
        assert_eq!(second.first.line, first.lines().count() as u64 + 1);
        assert_eq!(second.lines().nth(2).expect("a line").place.byte, second.first.byte + 10);
    }

    #[test]
    fn a_line_that_is_not_utf8_is_rejected_alone() {
        let block = lines(b"a\nb\xf1o\nc\n").block().expect("in memory").expect("a block");
        let read = block.parse(|text, record| Ok((text.to_string(), record)));
        assert_eq!(read[0], Ok(("a".into(), 1)));
        assert_eq!(read[2], Ok(("c".into(), 3)));
        let rejection = read[1].as_ref().expect_err("not UTF-8");
        assert_eq!((rejection.line, rejection.byte, rejection.text.as_str()), (2, 2, r"b\xF1o"));
        assert!(rejection.cause.contains(r"`\xF1` at byte 1"), "{}", rejection.cause);
    }

    #[test]
    fn a_line_that_is_too_long_is_rejected_and_the_next_one_is_read() {
        let mut bytes = vec![b'x'; MAX_LINE + 5000];
        bytes.extend_from_slice(b"\nb\n");
        let block = lines(&bytes).block().expect("in memory").expect("a block");
        assert!(block.bytes.capacity() < 2 * BLOCK);
        let read = block.parse(|text, _| Ok(text.to_string()));
        let rejection = read[0].as_ref().expect_err("too long");
        assert!(rejection.cause.starts_with(&format!("a line of {} bytes", MAX_LINE + 5001)), "{}", rejection.cause);
        assert_eq!(read[1].as_deref(), Ok("b"));
        assert_eq!(block.lines().nth(1).expect("a line").place.byte, MAX_LINE as u64 + 5001);
    }

    #[test]
    fn a_header_is_no_record() {
        let mut lines = lines(b"h\na\n");
        assert_eq!(lines.first().expect("in memory"), Some(&b"h"[..]));
        lines.skip_first();
        let block = lines.block().expect("in memory").expect("a block");
        assert_eq!(block.first, Place { record: 1, line: 2, byte: 2 });
    }

    #[test]
    fn tabs_and_line_breaks_become_blanks_and_are_counted() {
        let mut out = Vec::new();
        assert_eq!(push_on_one_line(&mut out, "a\tb\r\nc\u{2028}d"), 3);
        assert_eq!(out, "a b  c\u{2028}d".as_bytes());
    }
}
