//! How an alignment leaves: in a format for alignments, in one for units, or as the report.

use std::io::Write;
use std::path::Path;

use crate::error::{Error, Result};
use crate::export::report;
use crate::formats::{self, Aligned, Format, Output, WriteOptions, tsv};
use crate::ingest::aligning::units_of;

/// How an alignment is written.
#[derive(Clone, Copy)]
pub(super) enum Writer {
    /// The report.
    Report,
    /// A format for alignments or units, in one file.
    Format(&'static Format),
}

impl Writer {
    /// By the name of a format; `html` is the report.
    pub(super) fn named(name: &str) -> Result<Writer> {
        match name {
            "html" => Ok(Writer::Report),
            _ => Writer::able(formats::by_name(name)?),
        }
    }

    /// By the extension of a file.
    pub(super) fn for_file(path: &Path) -> Result<Writer> {
        let extension = formats::extension(path);
        if extension == "html" {
            return Ok(Writer::Report);
        }
        let able = |f: &&&Format| f.files == 1 && (f.write_alignment.is_some() || f.write_units.is_some());
        let format = formats::FORMATS.iter().filter(able).find(|f| f.extensions.contains(&extension.as_str()));
        let known = || formats::FORMATS.iter().filter(able).filter_map(|f| f.extensions.first().copied()).collect::<Vec<_>>().join(", .");
        match format {
            Some(format) => Ok(Writer::Format(format)),
            None => {
                Err(Error::new(format!("no format writes `.{extension}`")).in_file(path).hint(format!("extensions: .html, .{}", known())))
            }
        }
    }

    /// The extension of a file so written.
    pub(super) fn extension(self) -> &'static str {
        match self {
            Writer::Report => "html",
            Writer::Format(format) => format.extensions.first().copied().unwrap_or(format.name),
        }
    }

    fn able(format: &'static Format) -> Result<Writer> {
        if format.write_alignment.is_some() || (format.files == 1 && format.write_units.is_some()) {
            Ok(Writer::Format(format))
        } else {
            Err(Error::new(format!("format `{}` cannot hold an alignment", format.name))
                .hint("formats: vecalign, hunalign, tsv, jsonl, tmx, html"))
        }
    }

    /// Writes a file that has its name only when whole.
    pub(super) fn write_file(&self, aligned: &Aligned<'_>, options: &WriteOptions, path: &Path) -> Result<()> {
        let mut output = Output::create(path)?;
        // Writers of units own their file, so they get a buffer; a table of two documents fits in memory as the documents do.
        let mut bytes = Vec::new();
        self.write(aligned, options, &mut bytes)?;
        output.write_all(&bytes).map_err(|e| Error::io(path, &e))?;
        output.finish_unsynced().map(drop)
    }

    /// Writes to `out` and flushes it.
    pub(super) fn write(&self, aligned: &Aligned<'_>, options: &WriteOptions, mut out: impl Write) -> Result<()> {
        match self {
            Writer::Report => out.write_all(report::of_alignment(aligned).as_bytes())?,
            Writer::Format(format) => match format.write_alignment {
                Some(write) => {
                    if options.header && format.name == tsv::FORMAT.name {
                        writeln!(out, "{}", tsv::ALIGNMENT_COLUMNS.join("\t"))?;
                    }
                    write(aligned, &mut out)?;
                }
                None => out.write_all(&units(format, aligned, options)?)?,
            },
        }
        Ok(out.flush()?)
    }
}

/// The matched beads as units, in a format for units.
fn units(format: &Format, aligned: &Aligned<'_>, options: &WriteOptions) -> Result<Vec<u8>> {
    let write_units = format.write_units.ok_or_else(|| Error::new(format!("format `{}` cannot be written", format.name)))?;
    let file = tempfile::NamedTempFile::new()?;
    let (encoder, mut sink) = write_units(options, vec![Box::new(file.reopen()?)])?;
    let mut units = units_of(aligned);
    for unit in &mut units {
        let key = format!("{}|{}", aligned.source.path, aligned.target.path);
        unit.id = Some(crate::text::hash::base32(&unit.id_bytes(&key, 0)));
        unit.origin.record = None;
    }
    sink.append(encoder.encode(&units)?)?;
    sink.finish()?;
    Ok(std::fs::read(file.path())?)
}
