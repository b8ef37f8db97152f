//! `NAME.rejected.jsonl`: the records of a file that could not be read, each with its place and cause, so that nothing is lost.

use std::io::Write;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::formats::{Output, Rejection};

/// The side file of one input; it exists only when something was rejected.
pub struct RejectedFile {
    path: PathBuf,
    output: Option<Output>,
    strict: bool,
    count: u64,
}

impl RejectedFile {
    /// The side file of the input `key` in `folder`. With `strict` the first rejection is an error instead.
    pub fn new(folder: &Path, key: &str, strict: bool) -> RejectedFile {
        let name = key.replace(['/', '\\'], "_");
        RejectedFile { path: folder.join(format!("{name}.rejected.jsonl")), output: None, strict, count: 0 }
    }

    /// Writes down a rejection.
    pub fn add(&mut self, rejection: &Rejection) -> Result<()> {
        self.count += 1;
        if self.strict {
            let cause = format!("record {}: {}", rejection.record, rejection.cause);
            let hint = "without `--strict` such records are put aside and the run goes on";
            return Err(Error::new(cause).in_file(Path::new(&rejection.file)).at_line(rejection.line).hint(hint));
        }
        if self.output.is_none() {
            self.output = Some(Output::create(&self.path)?);
        }
        let Some(output) = &mut self.output else { return Ok(()) };
        let line = serde_json::to_string(rejection).expect("a rejection is plain data");
        writeln!(output, "{line}").map_err(|e| Error::io(&self.path, &e))
    }

    /// How many were rejected so far.
    pub fn count(&self) -> u64 {
        self.count
    }

    /// Gives the file its name and tells it; without rejections there is none, and one of an earlier run is removed.
    pub fn finish(self) -> Result<Option<PathBuf>> {
        match self.output {
            Some(output) => Ok(Some(output.finish()?.path)),
            None => {
                if self.path.exists() {
                    std::fs::remove_file(&self.path).map_err(|e| Error::io(&self.path, &e))?;
                }
                Ok(None)
            }
        }
    }
}
