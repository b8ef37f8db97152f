//! Plain text, a segment a line, as units whose target is empty; every line of the input is a line of the output.

use std::io::Write;

use crate::error::Result;
use crate::formats::lines::{Lines, push_on_one_line};
use crate::formats::{Batch, Batches, Encoded, Encoder, Input, Sink};
use crate::model::{Lang, Unit};

/// The lines of `input`, empty ones too.
pub(super) fn batches(input: Input, lang: Lang) -> Batches {
    let mut lines = Lines::new(input);
    Box::new(std::iter::from_fn(move || {
        let block = lines.block().transpose()?;
        Some(block.map(|block| {
            Batch::new(None, move || {
                let unit = |text: &str, record| {
                    let mut unit = Unit::new(lang, lang, text.to_string(), String::new());
                    unit.origin.record = Some(record);
                    unit
                };
                block.lines().map(|line| line.text().map(|text| unit(text, line.place.record))).collect()
            })
        }))
    }))
}

/// Encodes sources as lines.
pub(super) struct OnLines;

impl Encoder for OnLines {
    fn encode(&self, units: &[Unit]) -> Result<Encoded> {
        let (mut bytes, mut replaced) = (Vec::new(), 0);
        for unit in units {
            replaced += push_on_one_line(&mut bytes, &unit.source);
            bytes.push(b'\n');
        }
        Ok(Encoded::one(bytes, replaced))
    }
}

/// The file they go to.
pub(super) struct File(pub(super) Box<dyn Write + Send>);

impl Sink for File {
    fn append(&mut self, encoded: Encoded) -> Result<()> {
        Ok(encoded.bytes.iter().try_for_each(|bytes| self.0.write_all(bytes))?)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        Ok(self.0.flush()?)
    }
}
