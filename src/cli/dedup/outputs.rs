//! Where the records of `dedup` go: those kept in their format, those told as objects a line. It does not decide which.

use std::io::Write;

use serde_json::{Map, Value, json};

use super::{DedupArgs, Tally, Verdict};
use crate::error::Result;
use crate::formats::output::SharedOutput;
use crate::formats::{Encoded, Encoder, Format, Output, Read, Rejection, Sink, WriteOptions};
use crate::model::{Lang, Origin, Unit};

/// The files being written.
pub(super) struct Outputs {
    sink: Option<Box<dyn Sink>>,
    side: Option<Box<dyn Write>>,
    files: Vec<SharedOutput>,
}

impl Outputs {
    /// Begins them; without a format no record is written. What names no file goes to standard output.
    pub(super) fn open(
        args: &DedupArgs,
        (source_lang, target_lang): (Lang, Lang),
        format: Option<&Format>,
    ) -> Result<(Option<Box<dyn Encoder>>, Outputs)> {
        let mut outputs = Outputs { sink: None, side: None, files: Vec::new() };
        let mut encoder = None;
        if let Some(write_units) = format.and_then(|format| format.write_units) {
            let options = WriteOptions { source_lang, target_lang, header: args.header, ..WriteOptions::default() };
            let out = match &args.to {
                Some(path) => outputs.file(path)?,
                None => Box::new(std::io::stdout()),
            };
            let (made, sink) = write_units(&options, vec![out])?;
            (encoder, outputs.sink) = (Some(made), Some(sink));
        }
        outputs.side = match &args.dropped {
            Some(path) => Some(outputs.file(path)?),
            None if format.is_none() => Some(Box::new(std::io::stdout())),
            None => None,
        };
        Ok((encoder, outputs))
    }

    fn file(&mut self, path: &std::path::Path) -> Result<Box<dyn Write + Send>> {
        let file = SharedOutput::new(Output::create(path)?);
        self.files.push(file.clone());
        Ok(Box::new(file))
    }

    pub(super) fn append(&mut self, parted: Parted) -> Result<()> {
        if let Some(sink) = &mut self.sink {
            parted.encoded.into_iter().try_for_each(|encoded| sink.append(encoded))?;
        }
        if let Some(side) = &mut self.side {
            side.write_all(&parted.side)?;
        }
        Ok(())
    }

    /// Gives the files their names.
    pub(super) fn finish(mut self) -> Result<()> {
        if let Some(sink) = self.sink.take() {
            sink.finish()?;
        }
        if let Some(mut side) = self.side.take() {
            side.flush()?;
        }
        self.files.into_iter().try_for_each(|file| file.finish().map(drop))
    }
}

/// Some records, told apart.
pub(super) struct Parted {
    encoded: Option<Encoded>,
    side: Vec<u8>,
    pub(super) tally: Tally,
}

impl Parted {
    /// Tells records apart by their verdicts; `None` when they are not as many.
    pub(super) fn new(
        records: Vec<Read<Unit>>,
        verdicts: Vec<Verdict>,
        encoder: Option<&dyn Encoder>,
        with_also: bool,
    ) -> Result<Option<Parted>> {
        if records.len() != verdicts.len() {
            return Ok(None);
        }
        let mut parted = Parted { encoded: None, side: Vec::new(), tally: Tally::default() };
        let mut kept = Vec::with_capacity(records.len());
        let mut also = Vec::new();
        for (record, verdict) in records.into_iter().zip(verdicts) {
            parted.tally.records += 1;
            match (record, verdict) {
                (Ok(unit), Verdict::Keep { also: twins }) => {
                    if !twins.is_empty() {
                        parted.tally.groups += 1;
                        also.push((kept.len(), twins));
                    }
                    kept.push(unit);
                }
                (Ok(unit), Verdict::Tell(side)) => {
                    parted.tell(side, &unit);
                    parted.tally.told += 1;
                    kept.push(unit);
                }
                (Ok(unit), Verdict::Drop(side)) => {
                    *parted.tally.dropped(side["reasons"][0].as_str()) += 1;
                    parted.tell(side, &unit);
                }
                (Err(rejection), _) => parted.reject(&rejection),
            }
        }
        parted.tally.kept += kept.len() as u64;
        parted.encoded = match encoder {
            Some(encoder) if with_also => Some(encode_with(encoder, &kept, also)?),
            Some(encoder) => Some(encoder.encode(&kept)?),
            None => None,
        };
        Ok(Some(parted))
    }

    fn tell(&mut self, mut side: Map<String, Value>, unit: &Unit) {
        let known = Origin { record: None, ..unit.origin.clone() };
        if known != Origin::default() {
            side.insert("origin".into(), json!(unit.origin));
        }
        side.insert("score".into(), json!(unit.score));
        side.insert("source".into(), unit.source.as_str().into());
        side.insert("target".into(), unit.target.as_str().into());
        self.line(&side.into());
    }

    fn reject(&mut self, rejection: &Rejection) {
        self.tally.unreadable += 1;
        self.line(&json!({
            "record": rejection.record, "reasons": ["unreadable"], "cause": rejection.cause, "line": rejection.line, "text": rejection.text,
        }));
    }

    fn line(&mut self, object: &Value) {
        self.side.extend_from_slice(object.to_string().as_bytes());
        self.side.push(b'\n');
    }
}

impl Tally {
    /// Where records that were dropped for that reason are counted.
    fn dropped(&mut self, reason: Option<&str>) -> &mut u64 {
        match reason {
            Some("against") => &mut self.against,
            Some("near-duplicate") => &mut self.near_duplicates,
            _ => &mut self.duplicates,
        }
    }
}

/// JSON lines, with the key `also` for those that have duplicates: their place among `units`, and the names of the duplicates.
fn encode_with(encoder: &dyn Encoder, units: &[Unit], also: Vec<(usize, Vec<Value>)>) -> Result<Encoded> {
    let mut bytes = Vec::new();
    let mut begun = 0;
    for (n, twins) in also {
        bytes.extend(encoder.encode(&units[begun..=n])?.bytes.concat());
        debug_assert!(bytes.ends_with(b"}\n"), "a unit is an object on a line");
        bytes.truncate(bytes.len() - 2);
        bytes.extend_from_slice(format!(",\"also\":{}}}\n", Value::from(twins)).as_bytes());
        begun = n + 1;
    }
    bytes.extend(encoder.encode(&units[begun..])?.bytes.concat());
    Ok(Encoded::one(bytes, 0))
}
