//! Tab-separated units: one record per line, split at tabs, quotes literal. Also the table form of an alignment.
//!
//! A first line is a header only if every field is a known column name (see [`columns`]) and two of them are the texts.
//! Without one there are two columns, source and target; a third is never guessed to be a score.

use std::io::Write;

use super::columns::{self, Columns};
use super::lines::{self, Lines, push_on_one_line};
use super::{Aligned, Batches, Encoded, Encoder, Files, Format, Input, ReadOptions, Sink, WriteOptions};
use crate::error::{Error, Result};
use crate::model::alignment::Links;
use crate::model::{Bead, Unit};

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "tsv",
    extensions: &["tsv", "tab"],
    about: "tab-separated, quotes literal: source and target, or columns named by a header",
    read_units: Some(read),
    write_units: Some(write),
    read_alignment: Some(read_alignment),
    write_alignment: Some(write_alignment),
    ..Format::NONE
};

/// The columns written for units.
pub const COLUMNS: &[&str] = &["source", "target"];

/// The columns after them when the notes of reviewers are asked for; then there is a header.
pub const REVIEW_COLUMNS: &[&str] = &["state", "note"];

/// The columns of an alignment. Segments are 0-based indexes such as `0,1`, empty for none.
pub const ALIGNMENT_COLUMNS: &[&str] = &["confidence", "kind", "source_segments", "target_segments", "source", "target"];

fn read(inputs: Vec<Input>, options: &ReadOptions) -> Result<Batches> {
    let mut lines = Lines::new(super::one(inputs)?);
    let columns = match header(lines.first()?, options).map_err(|e| e.in_file(lines.name().as_ref()).at_line(1))? {
        Some(columns) => {
            lines.skip_first();
            columns
        }
        None => Columns::plain(options),
    };
    Ok(lines::batches(lines, move |line, record| columns.unit(line.split('\t'), record)))
}

fn header(first: Option<&[u8]>, options: &ReadOptions) -> Result<Option<Columns>> {
    let Some(Ok(line)) = first.map(std::str::from_utf8) else { return Ok(None) };
    let fields: Vec<&str> = line.split('\t').collect();
    let unknown: Vec<String> = fields.iter().filter(|field| !columns::is_known(field)).map(|field| format!("`{field}`")).collect();
    match Columns::of_header(&fields, options)? {
        // Every line would be rejected for its number of columns, and nobody told why.
        Some(_) if !unknown.is_empty() => {
            Err(Error::new(format!("the first line names columns that nobody knows: {}", unknown.join(", ")))
                .hint("rename or take out these columns; or give the table as CSV, where such columns are kept"))
        }
        columns => Ok(columns),
    }
}

fn write(options: &WriteOptions, files: Vec<Box<dyn Write + Send>>) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
    let mut files = Files(files);
    let columns = if options.notes { [COLUMNS, REVIEW_COLUMNS].concat() } else { COLUMNS.to_vec() };
    if options.header || options.notes {
        files.append(Encoded::one(format!("{}\n", columns.join("\t")).into_bytes(), 0))?;
    }
    Ok((Box::new(Tsv { notes: options.notes }), Box::new(files)))
}

struct Tsv {
    notes: bool,
}

impl Encoder for Tsv {
    fn encode(&self, units: &[Unit]) -> Result<Encoded> {
        let (mut bytes, mut replaced) = (Vec::new(), 0);
        for unit in units {
            replaced += push_on_one_line(&mut bytes, &unit.source);
            bytes.push(b'\t');
            replaced += push_on_one_line(&mut bytes, &unit.target);
            if self.notes {
                bytes.extend(format!("\t{}\t", unit.state).into_bytes());
                replaced += push_on_one_line(&mut bytes, &unit.notes());
            }
            bytes.push(b'\n');
        }
        Ok(Encoded::one(bytes, replaced))
    }
}

fn write_alignment(aligned: &Aligned<'_>, out: &mut dyn Write) -> Result<()> {
    for (n, bead) in aligned.alignment.beads.iter().enumerate() {
        let (source, target) = aligned.texts(n);
        out.write_all(row(bead, &source, &target).as_slice())?;
    }
    Ok(())
}

fn row(bead: &Bead, source: &str, target: &str) -> Vec<u8> {
    let links = Links::from(bead);
    let places = [super::decimal(bead.confidence), bead.kind(), super::list(&links.source, ","), super::list(&links.target, ",")];
    let mut row = places.join("\t").into_bytes();
    for text in [source, target] {
        row.push(b'\t');
        push_on_one_line(&mut row, text);
    }
    row.push(b'\n');
    row
}

fn read_alignment(text: &str) -> Result<Vec<Links>> {
    let header = ALIGNMENT_COLUMNS.join("\t");
    let rows = text.split_terminator('\n').map(|line| line.strip_suffix('\r').unwrap_or(line)).enumerate();
    let rows = rows.filter(|(n, line)| *n > 0 || *line != header);
    rows.map(|(n, line)| links(line).map_err(|cause| Error::new(cause).at_line(n as u64 + 1))).collect()
}

fn links(line: &str) -> Result<Links, String> {
    let fields: Vec<&str> = line.split('\t').collect();
    if fields.len() != ALIGNMENT_COLUMNS.len() {
        return Err(format!("{} columns, not {} ({})", fields.len(), ALIGNMENT_COLUMNS.len(), ALIGNMENT_COLUMNS.join(", ")));
    }
    Ok(Links { source: super::indexes(fields[2])?, target: super::indexes(fields[3])? })
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_text, written};
    use super::*;
    use crate::model::Lang;

    fn texts(file: &str) -> Vec<Result<(String, String), String>> {
        let read = read_text(&FORMAT, &[file]).expect("a readable file");
        read.into_iter().map(|unit| unit.map(|u| (u.source, u.target)).map_err(|r| format!("{}:{}: {}", r.line, r.byte, r.cause))).collect()
    }

    fn pair(source: &str, target: &str) -> Result<(String, String), String> {
        Ok((source.into(), target.into()))
    }

    #[test]
    fn quotes_are_text() {
        assert_eq!(texts("\"Sí\tYes\"\n«No\tNo\n"), [pair("\"Sí", "Yes\""), pair("«No", "No")]);
    }

    #[test]
    fn a_first_line_of_column_names_is_a_header() {
        assert_eq!(texts("en\tes\nYes.\tSí.\n"), [pair("Sí.", "Yes.")]);
        assert_eq!(texts("src_text\ttrg_text\r\nSí.\tYes.\r\n"), [pair("Sí.", "Yes.")]);
        assert_eq!(texts("source\tYes.\n"), [pair("source", "Yes.")]);
    }

    #[test]
    fn a_score_column_is_not_guessed() {
        assert_eq!(texts("0.9\tSí.\tYes.\n"), [Err("1:0: 3 columns and no header line that names them".into())]);
        assert_eq!(texts("score\tes\ten\n0.9\tSí.\tYes.\n"), [pair("Sí.", "Yes.")]);
    }

    #[test]
    fn a_header_with_unknown_columns_is_an_error() {
        let error = read_text(&FORMAT, &["es\ten\tojo\nSí.\tYes.\tx\n"]).expect_err("unknown").to_string();
        assert!(error.starts_with("file:1: the first line names columns that nobody knows: `ojo`"), "{error}");
    }

    #[test]
    fn a_bad_line_is_rejected_with_its_place_and_the_rest_is_read() {
        let expected = [
            pair("Sí.", "Yes."),
            Err("2:10: empty line".into()),
            Err("3:11: 1 column where there should be 2".into()),
            Err("4:16: empty source".into()),
            pair("No.", "No."),
        ];
        assert_eq!(texts("Sí.\tYes.\n\nsolo\n\tYes.\nNo.\tNo.\n\n"), expected);
    }

    #[test]
    fn a_header_is_written_on_demand() {
        let units = [Unit::new(Lang::ES, Lang::EN, "Sí,\tya.".into(), "Yes,\nnow.".into())];
        assert_eq!(written(&FORMAT, &units, false), ("Sí, ya.\tYes, now.\n".as_bytes().to_vec(), 2));
        assert_eq!(written(&FORMAT, &units, true).0, "source\ttarget\nSí, ya.\tYes, now.\n".as_bytes());
    }

    #[test]
    fn an_alignment_reads_back() {
        let bead = Bead::new(1..3, 4..4, 0.973);
        let row = String::from_utf8(row(&bead, "Uno. Dos.", "")).expect("UTF-8");
        assert_eq!(row, "0.973\t2:0\t1,2\t\tUno. Dos.\t\n");
        let file = format!("{}\n{row}", ALIGNMENT_COLUMNS.join("\t"));
        assert_eq!(read_alignment(&file).expect("links"), [Links::from(&bead)]);
        assert_eq!(read_alignment("0.9\t1:1\t0\tx\ta\tb\n").expect_err("no index").line, Some(1));
    }
}
