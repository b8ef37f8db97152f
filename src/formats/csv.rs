//! Comma- or semicolon-separated tables, as spreadsheets write them: fields in quotes may hold separators, quotes and line breaks.
//!
//! The separator is the one that the first line has more of. A first line that names two texts is a header, whatever its other columns are; without
//! one there are two columns, source and target. Written are commas, quotes only where needed, and `\n`.

use std::io::Write;
use std::ops::Range;
use std::sync::Arc;

use csv::{ReaderBuilder, StringRecord, Writer};

use super::columns::{self, Columns};
use super::lines::{BLOCK, Block, Lines, MAX_LINE, escaped, utf8};
use super::{Batch, Batches, Encoded, Encoder, Files, Format, Input, Read, ReadOptions, Rejection, Sink, WriteOptions, one};
use crate::error::{Error, Result};
use crate::model::Unit;

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "csv",
    extensions: &["csv"],
    about: "comma- or semicolon-separated with a header, as spreadsheets read and write it",
    provenance: true,
    read_units: Some(read),
    write_units: Some(write),
    ..Format::NONE
};
/// The columns written, before those of [`columns::PROVENANCE`] for the source and for the target.
pub const COLUMNS: &[&str] = &["id", "source", "target", "state", "score", "confidence", "original_lang"];

/// The column of reviewers' notes, after [`COLUMNS`] when it is asked for.
const NOTE: &str = "note";

fn read(inputs: Vec<Input>, options: &ReadOptions) -> Result<Batches> {
    let mut lines = Lines::new(one(inputs)?);
    let delimiter = delimiter(lines.first()?.unwrap_or_default());
    let mut records = Records { lines, delimiter, next: 1 };
    let Some(mut first) = records.next()? else { return Ok(Box::new(std::iter::empty())) };
    let columns = match header(&first.block, delimiter, options).map_err(|e| e.in_file(records.lines.name().as_ref()).at_line(1))? {
        Some(columns) => {
            // The header is record 0, which no unit is made of.
            first.block.first.record = 0;
            records.next -= 1;
            columns
        }
        None => Columns::plain(options),
    };
    let columns = Arc::new(columns);
    let rest = std::iter::from_fn(move || records.next().transpose());
    Ok(Box::new(std::iter::once(Ok(first)).chain(rest).map(move |whole| {
        let columns = Arc::clone(&columns);
        whole.map(|whole| Batch::new(None, move || whole.units(&columns, delimiter)))
    })))
}

/// A semicolon where the first line has more of them than of commas: spreadsheets write it where the comma is the decimal sign.
fn delimiter(first_line: &[u8]) -> u8 {
    let count = |separator| memchr::memchr_iter(separator, first_line).count();
    if count(b';') > count(b',') { b';' } else { b',' }
}

fn header(block: &Block, delimiter: u8, options: &ReadOptions) -> Result<Option<Columns>> {
    match reader(&block.bytes, delimiter).into_records().next() {
        Some(Ok(record)) => Columns::of_header(&record.iter().collect::<Vec<_>>(), options),
        _ => Ok(None),
    }
}

fn reader(bytes: &[u8], delimiter: u8) -> csv::Reader<&[u8]> {
    ReaderBuilder::new().delimiter(delimiter).has_headers(false).flexible(true).from_reader(bytes)
}

/// A file cut into blocks of whole records.
struct Records {
    lines: Lines,
    delimiter: u8,
    next: u64,
}

/// A block of whole records, but for the last one of a file whose last quote is never closed.
struct Whole {
    block: Block,
    unclosed: bool,
}

impl Records {
    fn next(&mut self) -> Result<Option<Whole>> {
        let mut block = self.lines.begin();
        block.first.record = self.next;
        let (mut start, mut quoted) = (0, false);
        let mut end = 0;
        loop {
            if end < block.bytes.len() {
                quoted = quoted_after(&block.bytes[end..], self.delimiter, quoted);
                self.next += u64::from(!quoted && !block.bytes[end..].trim_ascii().is_empty());
                end = block.bytes.len();
                start = if quoted { start } else { end };
            }
            if !block.too_long.is_empty() || end - start > MAX_LINE {
                return Err(self.too_long(&block, start));
            }
            if start >= BLOCK || !self.lines.read_into(&mut block)? {
                break;
            }
        }
        Ok((end > 0).then_some(Whole { block, unclosed: quoted }))
    }

    fn too_long(&self, block: &Block, start: usize) -> Error {
        let line = block.first.line + memchr::memchr_iter(b'\n', &block.bytes[..start]).count() as u64;
        let error = Error::new("a record is longer than 16 MiB").in_file(self.lines.name().as_ref()).at_line(line);
        error.hint("perhaps a quote in it is never closed")
    }
}

/// Whether `line` ends inside quotes, if it begins inside or outside: a quote opens at the beginning of a field only, and is doubled inside.
fn quoted_after(line: &[u8], delimiter: u8, quoted: bool) -> bool {
    #[derive(Clone, Copy, PartialEq)]
    enum At {
        Start,
        Plain,
        Quoted,
        Closed,
    }
    if !quoted && !line.contains(&b'"') {
        return false;
    }
    let step = |at: At, byte: &u8| match (at, *byte) {
        (At::Quoted, b'"') => At::Closed,
        (At::Quoted, _) | (At::Start | At::Closed, b'"') => At::Quoted,
        (_, b'\n' | b'\r') => At::Start,
        (_, byte) if byte == delimiter => At::Start,
        _ => At::Plain,
    };
    line.iter().fold(if quoted { At::Quoted } else { At::Start }, step) == At::Quoted
}

impl Whole {
    fn units(&self, columns: &Columns, delimiter: u8) -> Vec<Read<Unit>> {
        let mut reader = reader(&self.block.bytes, delimiter);
        let mut fields = StringRecord::new();
        let mut number = self.block.first.record;
        let mut units = Vec::new();
        loop {
            let start = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let read = reader.read_record(&mut fields);
            let end = usize::try_from(reader.position().byte()).unwrap_or(usize::MAX);
            let unit = match read {
                Ok(false) => return units,
                Ok(true) if number == 0 => Ok(None),
                Ok(true) if self.unclosed && end == self.block.bytes.len() => Err(self.never_closed(start)),
                Ok(true) => columns.unit(fields.iter(), number).map(Some),
                // Reading bytes at hand fails for one reason only.
                Err(e) => Err(utf8(&self.block.bytes[start..end]).err().unwrap_or_else(|| e.to_string())),
            };
            units.extend(unit.map_err(|cause| self.reject(start..end, number, cause)).transpose());
            number += 1;
        }
    }

    fn never_closed(&self, start: usize) -> String {
        let lines = memchr::memchr_iter(b'\n', &self.block.bytes[start..]).count();
        format!("a quote is never closed: the record has the last {lines} lines of the file in it")
    }

    fn reject(&self, span: Range<usize>, record: u64, cause: String) -> Box<Rejection> {
        let is_end = |byte: &&u8| matches!(**byte, b'\r' | b'\n');
        let bytes = &self.block.bytes;
        // Empty lines before a record belong to none.
        let start = span.start + bytes[span.clone()].iter().take_while(is_end).count();
        let first = self.block.first;
        let line = first.line + memchr::memchr_iter(b'\n', &bytes[..start]).count() as u64;
        let text = escaped(bytes[start..span.end].trim_ascii_end());
        Box::new(Rejection { file: self.block.file.clone(), sheet: None, record, line, byte: first.byte + start as u64, cause, text })
    }
}

fn write(options: &WriteOptions, files: Vec<Box<dyn Write + Send>>) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
    let sides = ["source", "target"].iter().flat_map(|side| columns::PROVENANCE.iter().map(move |column| format!("{side}_{column}")));
    let notes = options.notes.then(|| NOTE.to_string());
    let names: Vec<String> = COLUMNS.iter().map(ToString::to_string).chain(notes).chain(sides).collect();
    let mut files = Files(files);
    files.append(Encoded::one(rows([names])?, 0))?;
    Ok((Box::new(Csv { notes: options.notes }), Box::new(files)))
}

/// The header is always written: no reader could tell so many columns without it.
struct Csv {
    notes: bool,
}

impl Encoder for Csv {
    fn encode(&self, units: &[Unit]) -> Result<Encoded> {
        Ok(Encoded::one(rows(units.iter().map(|unit| row(unit, self.notes)))?, 0))
    }
}

fn row(unit: &Unit, notes: bool) -> Vec<String> {
    let number = |number: Option<f64>| number.map(|n| n.to_string()).unwrap_or_default();
    let mut row = vec![
        unit.id.clone().unwrap_or_default(),
        unit.source.clone(),
        unit.target.clone(),
        unit.state.to_string(),
        number(unit.score),
        number(unit.confidence),
        unit.original_lang.map(|lang| lang.to_string()).unwrap_or_default(),
    ];
    row.extend(notes.then(|| unit.notes()));
    for provenance in [&unit.source_provenance, &unit.target_provenance] {
        row.extend(columns::PROVENANCE.iter().map(|column| columns::provenance_column(provenance, column)));
    }
    row
}

fn rows(rows: impl IntoIterator<Item = Vec<String>>) -> Result<Vec<u8>> {
    let failed = |e: String| Error::new(format!("no CSV: {e}"));
    let mut writer = Writer::from_writer(Vec::new());
    for row in rows {
        writer.write_record(row).map_err(|e| failed(e.to_string()))?;
    }
    writer.into_inner().map_err(|e| failed(e.to_string()))
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_named, read_text, written};
    use super::*;
    use crate::model::Lang;

    fn texts(file: &str) -> Vec<Result<(String, String), String>> {
        let read = read_text(&FORMAT, &[file]).expect("a readable file");
        let place = |r: Box<Rejection>| format!("{}:{}:{}: {}", r.record, r.line, r.byte, r.cause);
        read.into_iter().map(|unit| unit.map(|u| (u.source, u.target)).map_err(place)).collect()
    }

    fn pair(source: &str, target: &str) -> Result<(String, String), String> {
        Ok((source.into(), target.into()))
    }

    #[test]
    fn quoted_fields_hold_separators_quotes_and_line_breaks() {
        let file = "Español;English\r\n\"Dijo: \"\"sí; ya\"\".\r\nFin.\";Yes, \"now\"\r\n";
        assert_eq!(texts(file), [pair("Dijo: \"sí; ya\".\r\nFin.", "Yes, \"now\"")]);
    }

    #[test]
    fn two_columns_need_no_header_and_more_do() {
        assert_eq!(texts("Sí.,Yes.\n"), [pair("Sí.", "Yes.")]);
        assert_eq!(texts("1,Sí.,Yes.\n"), [Err("1:1:0: 3 columns and no header line that names them".into())]);
    }

    #[test]
    fn columns_nobody_knows_are_kept() {
        let unit = read_text(&FORMAT, &["n,es,en,Mis notas\n1,Sí.,Yes.,ojo\n"]).expect("reads").remove(0).expect("a unit");
        assert_eq!(unit.source_provenance.other["mis_notas"], "ojo");
    }

    #[test]
    fn a_bad_record_is_rejected_with_its_place() {
        let expected = [pair("a\nb", "c"), Err("2:5:23: 1 column where there should be 2".into()), Err("3:6:28: empty source".into())];
        assert_eq!(texts("source,target\n\"a\nb\",c\n\nsolo\n,x\n"), expected);
    }

    #[test]
    fn a_record_that_is_not_utf8_is_rejected_alone() {
        let read = read_named(&FORMAT, &[("f", b"a,b\n\"c\nd\",\xf1\ne,f\n")]).expect("reads");
        assert_eq!(read.iter().map(Read::is_ok).collect::<Vec<_>>(), [true, false, true]);
        let rejection = read[1].as_ref().expect_err("not UTF-8");
        assert_eq!((rejection.line, rejection.cause.as_str()), (2, r"not UTF-8: `\xF1` at byte 6 of the record"));
        assert_eq!(rejection.text, "\"c\nd\",\\xF1");
    }

    #[test]
    fn a_quote_that_is_never_closed_is_said() {
        let expected = [pair("a", "b"), Err("2:2:4: a quote is never closed: the record has the last 2 lines of the file in it".into())];
        assert_eq!(texts("a,b\nc,\"d\ne,f\n"), expected);
    }

    #[test]
    fn records_keep_their_numbers_across_blocks() {
        let mut file = "source,target\n".to_string() + &"\"línea uno\nlínea dos\",two lines\n".repeat(20_000);
        file.push_str("mal\n");
        let read = texts(&file);
        assert_eq!(read.len(), 20_001);
        assert_eq!(read[20_000], Err(format!("20001:40002:{}: 1 column where there should be 2", file.len() - 4)));
    }

    #[test]
    fn quotes_are_written_only_where_needed() {
        let units = [Unit::new(Lang::ES, Lang::EN, "Sí, \"ya\".".into(), "Yes.".into())];
        let text = String::from_utf8(written(&FORMAT, &units, false).0).expect("UTF-8");
        assert!(text.starts_with("id,source,target,state,"), "{text}");
        assert!(text.contains("\n,\"Sí, \"\"ya\"\".\",Yes.,unreviewed,"), "{text}");
    }
}
