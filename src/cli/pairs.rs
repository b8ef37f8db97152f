//! Sentence pairs from a tab-separated file, line by line, for the commands that learn from them or link their words.

use std::path::Path;

use super::console::plural;
use crate::error::{Error, Result};
use crate::formats::Input;
use crate::formats::lines::Lines;

/// Reads two columns, source and target, or three, of which the first names the source of the pair: then only those named in `only` are taken,
/// if any is. A line with another number of columns is an error with its place.
pub(super) fn read_pairs(path: &Path, only: &[String], mut take: impl FnMut(&str, &str)) -> Result<()> {
    let mut lines = Lines::new(Input::open(path, None)?);
    while let Some(block) = lines.block()? {
        for line in block.lines() {
            let error = |cause: String| Error::new(cause).in_file(path).at_line(line.place.line);
            let text = line.text().map_err(|rejection| error(rejection.cause))?;
            let columns: Vec<&str> = text.split('\t').collect();
            match columns[..] {
                [source, target] if only.is_empty() => take(source, target),
                [id, source, target] => {
                    if only.is_empty() || only.iter().any(|named| named == id) {
                        take(source, target);
                    }
                }
                [_, _] => return Err(error("2 columns: no source id to choose by".to_string())),
                _ => {
                    let found = plural(columns.len() as u64, "columns");
                    return Err(error(format!("{found} where there should be 2 (source, target) or 3 (source id, source, target)")));
                }
            }
        }
    }
    Ok(())
}
