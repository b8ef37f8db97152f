//! Cuts the bytes of a TMX file into raw records without parsing them, so that the parsing can be done on many threads.
//! It looks at comments, CDATA, processing instructions and `tu` tags only; whether a record is well-formed is the parser's business.

use std::io::BufRead;
use std::ops::Range;
use std::path::Path;

use memchr::{memchr, memchr_iter, memmem};
use quick_xml::Reader;
use quick_xml::events::Event;

use crate::error::{Error, Result};
use crate::formats::{Input, input};

/// A batch ends with this many records …
const BATCH_RECORDS: usize = 1000;
/// … or this many bytes, so that memory stays bounded when records are long.
const BATCH_BYTES: usize = 1 << 20;
/// The longest record, comment or the like.
const LONGEST: usize = 16 << 20;
/// The longest header.
const LONGEST_HEADER: usize = 1 << 20;

/// Some records as they stand in the file.
pub(super) struct Raw {
    /// The bytes of the file that have them.
    pub(super) bytes: Vec<u8>,
    /// The records, in order.
    pub(super) records: Vec<Record>,
}

/// Where a record is.
pub(super) struct Record {
    /// 1-based number in the file.
    pub(super) number: u64,
    /// 1-based line.
    pub(super) line: u64,
    /// 0-based byte in the file.
    pub(super) byte: u64,
    /// Its bytes in the batch, tags included.
    pub(super) range: Range<usize>,
}

/// The records of a file in batches. What breaks the file as a whole is an error, after the records before it.
pub(super) struct Splitter {
    input: Input,
    /// What was read and not yet handed on; every `usize` below is an index into it.
    buffer: Vec<u8>,
    /// Byte of the file at the start of the buffer.
    base: u64,
    /// Up to where the buffer was looked at.
    at: usize,
    /// Line breaks were counted up to here …
    counted: usize,
    /// … where this 1-based line is.
    line: u64,
    place: Place,
    records: Vec<Record>,
    number: u64,
    broken: Option<Error>,
}

#[derive(Clone, Copy, PartialEq)]
enum Place {
    /// Between two records.
    Body,
    /// In a record that starts here.
    Record(usize),
    /// After `</body>`.
    Foot,
    /// After `</tmx>`.
    End,
    /// The file, or what can be read of it, is done.
    Done,
}

/// A piece of markup and the index after it.
enum Mark {
    Open(usize),
    Empty(usize),
    Close(usize),
    BodyEnd(usize),
    RootEnd(usize),
    /// A comment or processing instruction.
    Remark(usize),
    /// CDATA.
    Data(usize),
    Other,
}

impl Splitter {
    /// Reads the file up to `<body>`.
    pub(super) fn new(input: Input) -> Result<Splitter> {
        let mut splitter = Splitter {
            input,
            buffer: Vec::new(),
            base: 0,
            at: 0,
            counted: 0,
            line: 1,
            place: Place::Body,
            records: Vec::new(),
            number: 0,
            broken: None,
        };
        splitter.header()?;
        Ok(splitter)
    }

    fn header(&mut self) -> Result<()> {
        loop {
            let whole = !self.fill(0)? || self.buffer.len() >= LONGEST_HEADER;
            let valid = std::str::from_utf8(&self.buffer).map_or_else(|e| e.valid_up_to(), str::len);
            match body(std::str::from_utf8(&self.buffer[..valid]).unwrap_or_default()) {
                Ok((at, place)) => {
                    (self.at, self.place) = (at, place);
                    return Ok(());
                }
                Err(_) if !whole => {}
                Err(_) if valid + 4 <= self.buffer.len() => {
                    return Err(input::not_utf8(&self.buffer, valid).in_file(Path::new(&self.input.name)));
                }
                Err((at, cause)) => return Err(self.error(at, &cause)),
            }
        }
    }

    /// Looks at the next piece of markup. False at the end of the file.
    fn step(&mut self) -> Result<bool> {
        let Some(start) = self.markup()? else { return self.end().map(|()| false) };
        let mark = self.mark(start)?;
        if !matches!(self.place, Place::Record(_)) && !self.buffer[self.at..start].trim_ascii().is_empty() {
            return Err(self.error(self.at, "text outside of a record"));
        }
        self.at = match (self.place, mark) {
            (Place::Body, Mark::Open(end)) => self.turn(Place::Record(start), end),
            (Place::Body, Mark::Empty(end)) => self.record(start, end),
            (Place::Record(from), Mark::Close(end)) => {
                self.place = Place::Body;
                self.record(from, end)
            }
            // A record that is not closed ends where the next one begins; the parser rejects it.
            (Place::Record(from), Mark::Open(_) | Mark::Empty(_) | Mark::BodyEnd(_)) => {
                self.place = Place::Body;
                self.record(from, start)
            }
            (Place::Body, Mark::BodyEnd(end)) => self.turn(Place::Foot, end),
            (Place::Foot, Mark::RootEnd(end)) => self.turn(Place::End, end),
            (_, Mark::Remark(end)) | (Place::Record(_), Mark::Data(end)) => end,
            (Place::Record(_), _) => start + 1,
            (Place::Body, _) => return Err(self.error(start, "malformed TMX: only `tu` may stand in `body`")),
            _ => return Err(self.error(start, "malformed TMX: only `</tmx>` may follow `</body>`")),
        };
        Ok(true)
    }

    fn end(&mut self) -> Result<()> {
        match self.place {
            Place::Record(from) => Err(self.error(from, "malformed XML: the file ends in the middle of a record")),
            Place::Body | Place::Foot => Err(self.error(self.buffer.len(), "malformed XML: the file ends before `</body>` and `</tmx>`")),
            _ if !self.buffer[self.at..].trim_ascii().is_empty() => Err(self.error(self.at, "text after `</tmx>`")),
            _ => Ok(()),
        }
    }

    fn turn(&mut self, place: Place, at: usize) -> usize {
        self.place = place;
        at
    }

    /// Notes a record; gives back where it ends.
    fn record(&mut self, start: usize, end: usize) -> usize {
        self.number += 1;
        let (line, byte) = (self.line_at(start), self.base + start as u64);
        self.records.push(Record { number: self.number, line, byte, range: start..end });
        end
    }

    /// Index of the next `<`.
    fn markup(&mut self) -> Result<Option<usize>> {
        let mut from = self.at;
        loop {
            if let Some(n) = memchr(b'<', &self.buffer[from..]) {
                return Ok(Some(from + n));
            }
            from = self.buffer.len();
            if !self.fill(self.at)? {
                return Ok(None);
            }
        }
    }

    fn mark(&mut self, start: usize) -> Result<Mark> {
        const AHEAD: usize = "<![CDATA[".len();
        while self.buffer.len() < start + AHEAD && self.fill(start)? {}
        let rest = &self.buffer[start..];
        let tag = |name: &str| rest.strip_prefix(name.as_bytes()).is_some_and(|r| r.first().is_some_and(|b| b" \t\r\n/>".contains(b)));
        Ok(match rest {
            [b'<', b'!', b'-', b'-', ..] => Mark::Remark(self.after(start, "<!--", "-->")?),
            [b'<', b'?', ..] => Mark::Remark(self.after(start, "<?", "?>")?),
            _ if rest.starts_with(b"<![CDATA[") => Mark::Data(self.after(start, "<![CDATA[", "]]>")?),
            _ if tag("</tu") => Mark::Close(self.after(start, "</tu", ">")?),
            _ if tag("</body") => Mark::BodyEnd(self.after(start, "</body", ">")?),
            _ if tag("</tmx") => Mark::RootEnd(self.after(start, "</tmx", ">")?),
            _ if tag("<tu") => {
                let end = self.tag_end(start)?;
                if self.buffer[..end].ends_with(b"/>") { Mark::Empty(end) } else { Mark::Open(end) }
            }
            _ => Mark::Other,
        })
    }

    /// Index after the `close` that ends what `open` begins.
    fn after(&mut self, start: usize, open: &str, close: &str) -> Result<usize> {
        loop {
            if let Some(n) = memmem::find(&self.buffer[start + open.len()..], close.as_bytes()) {
                return Ok(start + open.len() + n + close.len());
            }
            if !self.fill(start)? {
                return Err(self.error(start, &format!("malformed XML: `{open}` without `{close}`")));
            }
        }
    }

    /// Index after a start tag, whose attribute values may have a `>`.
    fn tag_end(&mut self, start: usize) -> Result<usize> {
        let (mut n, mut quote) = (start, None);
        loop {
            while let Some(&byte) = self.buffer.get(n) {
                n += 1;
                match (quote, byte) {
                    (None, b'>') => return Ok(n),
                    (None, b'"' | b'\'') => quote = Some(byte),
                    (Some(open), _) if open == byte => quote = None,
                    _ => {}
                }
            }
            if !self.fill(start)? {
                return Err(self.error(start, "malformed XML: `<tu` without `>`"));
            }
        }
    }

    /// Reads more. False at the end of the file; an error when what begins at `start` is too long.
    fn fill(&mut self, start: usize) -> Result<bool> {
        let start = if let Place::Record(from) = self.place { from } else { start };
        if self.buffer.len() - start > LONGEST {
            return Err(self.error(start, &format!("a record is longer than {} MiB, or not closed", LONGEST >> 20)));
        }
        let more = self.input.reader.fill_buf().map_err(|e| Error::io(Path::new(&self.input.name), &e))?;
        let length = more.len();
        self.buffer.extend_from_slice(more);
        self.input.reader.consume(length);
        Ok(length > 0)
    }

    fn line_at(&mut self, at: usize) -> u64 {
        if at > self.counted {
            self.line += memchr_iter(b'\n', &self.buffer[self.counted..at]).count() as u64;
            self.counted = at;
        }
        self.line
    }

    fn error(&mut self, at: usize, cause: &str) -> Error {
        let line = self.line_at(at);
        Error::new(format!("{cause} (at byte {})", self.base + at as u64)).in_file(Path::new(&self.input.name)).at_line(line)
    }

    /// Hands on the records found so far, with the bytes up to where the file was looked at.
    fn cut(&mut self) -> Option<Raw> {
        self.line_at(self.at);
        let rest = self.buffer.split_off(self.at);
        let bytes = std::mem::replace(&mut self.buffer, rest);
        self.base += self.at as u64;
        // After an error lines were counted beyond; then nothing more is read.
        (self.at, self.counted) = (0, self.counted.saturating_sub(self.at));
        let records = std::mem::take(&mut self.records);
        (!records.is_empty()).then_some(Raw { bytes, records })
    }
}

impl Iterator for Splitter {
    type Item = Result<Raw>;

    fn next(&mut self) -> Option<Result<Raw>> {
        while self.place != Place::Done {
            match self.step() {
                Ok(true) if self.records.len() < BATCH_RECORDS && self.at < BATCH_BYTES => continue,
                Ok(true) if self.place != Place::Body => continue,
                Ok(true) => {}
                Ok(false) => self.place = Place::Done,
                Err(error) => (self.place, self.broken) = (Place::Done, Some(error)),
            }
            if let Some(raw) = self.cut() {
                return Some(Ok(raw));
            }
        }
        self.broken.take().map(Err)
    }
}

/// Index after `<body>`, and what comes there; or the place and cause of what is wrong before it.
fn body(text: &str) -> std::result::Result<(usize, Place), (usize, String)> {
    let mut xml = Reader::from_str(text);
    let mut root = false;
    loop {
        let at = position(xml.buffer_position());
        let event = xml.read_event().map_err(|e| (position(xml.error_position()), format!("malformed XML: {e}")))?;
        let (tag, place) = match &event {
            Event::Start(tag) => (tag, Place::Body),
            Event::Empty(tag) => (tag, Place::Foot),
            Event::Eof => return Err((at, "malformed XML: the file ends before `<body>`".to_string())),
            _ => continue,
        };
        match tag.name().0 {
            "tmx" if !root => root = true,
            name if !root => return Err((at, format!("the root element is `{name}`, not `tmx`"))),
            "body" => return Ok((position(xml.buffer_position()), place)),
            "tu" => return Err((at, "malformed TMX: a `tu` outside of `body`".to_string())),
            _ => {}
        }
    }
}

fn position(at: u64) -> usize {
    usize::try_from(at).unwrap_or(usize::MAX)
}

#[cfg(test)]
mod tests {
    use std::io::{BufReader, Cursor};

    use super::*;

    /// The records of a file that is read in pieces of `size` bytes, as `number:line:byte:text`, and the error at the end.
    fn split(text: &str, size: usize) -> (Vec<String>, Option<String>) {
        let reader = Box::new(BufReader::with_capacity(size, Cursor::new(text.as_bytes().to_vec())));
        let (mut records, mut error) = (Vec::new(), None);
        match Splitter::new(Input { name: "a.tmx".into(), reader }) {
            Err(e) => error = Some(e.to_string()),
            Ok(splitter) => {
                for raw in splitter {
                    match raw {
                        Ok(raw) => records.extend(raw.records.iter().map(|r| {
                            format!("{}:{}:{}:{}", r.number, r.line, r.byte, String::from_utf8_lossy(&raw.bytes[r.range.clone()]))
                        })),
                        Err(e) => error = Some(e.to_string()),
                    }
                }
            }
        }
        (records, error)
    }

    fn error(text: &str) -> String {
        split(text, 100).1.expect("an error")
    }

    #[test]
    fn the_size_of_the_pieces_does_not_matter() {
        let text = "<!DOCTYPE tmx [<!ENTITY a '<body>'>]>\n<!-- <body> --><tmx version='1.4'><header o='>'/><body>\n<tu a=\"/>\">é<!--</tu>-->\n</tu >\n\
                    <!-- <tu> --><tu/><tu\n><![CDATA[</tu>]]><tuv></tu></body ><!-- --></tmx>\n";
        let whole = split(text, 10_000);
        assert_eq!(whole.1, None);
        let expected = ["1:3:94:<tu a=\"/>\">é<!--</tu>-->\n</tu >", "2:5:140:<tu/>", "3:5:145:<tu\n><![CDATA[</tu>]]><tuv></tu>"];
        assert_eq!(whole.0, expected);
        for size in 1..40 {
            assert_eq!(split(text, size), whole, "{size}");
        }
    }

    #[test]
    fn a_file_of_many_records_comes_in_batches_without_a_gap() {
        let text = format!("<tmx><body>{}</body></tmx>", "<tu>a\n</tu>\n".repeat(2 * BATCH_RECORDS + 1));
        let (records, error) = split(&text, 1000);
        assert_eq!((records.len(), error), (2 * BATCH_RECORDS + 1, None));
        assert_eq!(records[2000], format!("2001:4001:{}:<tu>a\n</tu>", 11 + 12 * 2000));
    }

    #[test]
    fn a_broken_file_gives_the_records_before_the_break() {
        let (records, error) = split("<tmx><body>\n<tu>a</tu>\n<tu>b", 10);
        assert_eq!(records, ["1:2:12:<tu>a</tu>"]);
        assert_eq!(error.as_deref(), Some("a.tmx:3: malformed XML: the file ends in the middle of a record (at byte 23)"));
    }

    #[test]
    fn what_breaks_the_file_is_named_with_its_place() {
        assert!(error("").contains("a.tmx:1: malformed XML: the file ends before `<body>` (at byte 0)"));
        assert!(error("\n<xliff/>").contains("a.tmx:2: the root element is `xliff`, not `tmx` (at byte 1)"));
        assert!(
            error("<tmx><header></body>")
                .contains("malformed XML: ill-formed document: expected `</header>`, but `</body>` was found (at byte 13)")
        );
        assert!(error("<tmx><tu></tu></tmx>").contains("`tu` outside of `body` (at byte 5)"));
        assert!(error("<tmx><body>a<tu/></body></tmx>").contains("text outside of a record (at byte 11)"));
        assert!(error("<tmx><body><tuv/></body></tmx>").contains("only `tu` may stand in `body` (at byte 11)"));
        assert!(error("<tmx><body></tu></body></tmx>").contains("only `tu` may stand in `body` (at byte 11)"));
        assert!(error("<tmx><body><!-- </body></tmx>").contains("`<!--` without `-->` (at byte 11)"));
        assert!(error("<tmx><body><tu a='></tu></body></tmx>").contains("`<tu` without `>` (at byte 11)"));
        assert!(error("<tmx><body></body>").contains("ends before `</body>` and `</tmx>` (at byte 18)"));
        assert!(error("<tmx><body/></tmx><tmx>").contains("only `</tmx>` may follow `</body>` (at byte 18)"));
        assert!(error("<tmx><body/></tmx>\nmore").contains("text after `</tmx>`"));
    }

    #[test]
    fn a_record_that_is_not_closed_ends_where_the_next_begins() {
        let (records, error) = split("<tmx><body><tu>a<tu>b</tu><tu>c</body></tmx>", 10);
        assert_eq!((records, error), (vec!["1:1:11:<tu>a".into(), "2:1:16:<tu>b</tu>".into(), "3:1:26:<tu>c".into()], None));
    }

    #[test]
    fn a_record_may_not_be_longer_than_the_limit() {
        let text = format!("<tmx><body><tu></tu><tu>{}</tu></body></tmx>", "a".repeat(LONGEST + 1_000_000));
        let (records, error) = split(&text, 1 << 18);
        assert_eq!(records.len(), 1);
        assert!(error.expect("an error").contains("longer than 16 MiB"));
    }
}
