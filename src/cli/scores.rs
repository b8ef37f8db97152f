//! `--scores FILE`: the scores of another program, one number on each line for each record.

use std::io::BufRead;
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};
use crate::formats::Input;

/// `NAME=FILE`, or a file that is called like itself.
pub(super) fn named_file(text: &str) -> Result<(String, PathBuf), String> {
    if let Some((name, file)) = text.split_once('=') {
        return if name.is_empty() || file.is_empty() { Err(format!("`{text}` is not NAME=FILE")) } else { Ok((name.into(), file.into())) };
    }
    // `comet.txt.gz` is called `comet`.
    let name = Path::new(text).file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let stem = name.split('.').next().unwrap_or_default();
    if stem.is_empty() { Err(format!("`{text}` has no name: NAME={text} gives it one")) } else { Ok((stem.to_string(), text.into())) }
}

/// A file with a number for each record, read in step with them.
pub(super) struct ScoreFile {
    path: PathBuf,
    input: Input,
    line: Vec<u8>,
}

impl ScoreFile {
    pub(super) fn open(path: &Path) -> Result<ScoreFile> {
        Ok(ScoreFile { path: path.to_path_buf(), input: Input::open(path, None)?, line: Vec::new() })
    }

    /// The number of the next record, which is the `record`-th.
    pub(super) fn next(&mut self, record: u64) -> Result<f64> {
        if !self.read()? {
            let cause = format!("has {} numbers, and there are more records", record - 1);
            return Err(Error::new(cause).in_file(&self.path).hint("one number for each record, those that cannot be read included"));
        }
        let text = String::from_utf8_lossy(&self.line);
        let number = text.trim().parse::<f64>().ok().filter(|number| number.is_finite());
        number.ok_or_else(|| Error::new(format!("`{}` is no number", text.trim())).in_file(&self.path).at_line(record))
    }

    /// Looks whether there is a number that belongs to no record.
    pub(super) fn finish(mut self, records: u64) -> Result<()> {
        if !self.read()? {
            return Ok(());
        }
        let mut numbers = records + 1;
        while self.read()? {
            numbers += 1;
        }
        Err(Error::new(format!("has {numbers} numbers for {records} records")).in_file(&self.path))
    }

    fn read(&mut self) -> Result<bool> {
        self.line.clear();
        Ok(self.input.reader.read_until(b'\n', &mut self.line).map_err(|e| Error::io(&self.path, &e))? > 0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_of_scores_is_called_like_itself_or_as_one_says() {
        assert_eq!(named_file("out/comet.txt.gz"), Ok(("comet".into(), "out/comet.txt.gz".into())));
        assert_eq!(named_file("laser=x.txt"), Ok(("laser".into(), "x.txt".into())));
        assert!(named_file("=x").is_err() && named_file("x=").is_err());
    }
}
