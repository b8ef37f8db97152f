//! The one error type: where, why, and a hint. It does not log and it is never raised for a bad record
//! (that is a [`Rejection`](crate::formats::Rejection), and the run goes on).

use std::fmt;
use std::path::{Path, PathBuf};

/// A result of the library.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What went wrong, in which file, on which line, and what the user can do about it.
///
/// Displayed as `FILE:LINE: cause`, and on a second line `hint: …` if there is one.
#[derive(Debug)]
pub struct Error {
    /// The file concerned, if any.
    pub file: Option<PathBuf>,
    /// The 1-based line in that file, if known.
    pub line: Option<u64>,
    /// The cause: lower case, no full stop, user values in backticks.
    pub cause: String,
    /// What to do about it.
    pub hint: Option<String>,
    /// True when writing failed because the reader of a pipe went away, which is no error for a command.
    pub broken_pipe: bool,
}

impl Error {
    /// An error with a cause only.
    pub fn new(cause: impl Into<String>) -> Error {
        Error { file: None, line: None, cause: cause.into(), hint: None, broken_pipe: false }
    }

    /// An input/output error on `file`.
    pub fn io(file: &Path, source: &std::io::Error) -> Error {
        Error::from_io(source).in_file(file)
    }

    fn from_io(source: &std::io::Error) -> Error {
        let mut error = Error::new(cause_of(source));
        error.broken_pipe = source.kind() == std::io::ErrorKind::BrokenPipe;
        error
    }

    /// The same error, in `file` (kept if one is already named).
    #[must_use]
    pub fn in_file(mut self, file: &Path) -> Error {
        self.file.get_or_insert_with(|| file.to_path_buf());
        self
    }

    /// The same error, on the 1-based line `line`.
    #[must_use]
    pub fn at_line(mut self, line: u64) -> Error {
        self.line = Some(line);
        self
    }

    /// The same error, with a hint.
    #[must_use]
    pub fn hint(mut self, hint: impl Into<String>) -> Error {
        self.hint = Some(hint.into());
        self
    }
}

/// The operating system's words without Rust's `(os error 2)`.
fn cause_of(source: &std::io::Error) -> String {
    let text = source.to_string();
    let text = text.split(" (os error").next().unwrap_or(&text).to_string();
    let mut letters = text.chars();
    match letters.next() {
        Some(first) => first.to_lowercase().chain(letters).collect(),
        None => text,
    }
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some(file) = &self.file {
            write!(f, "{}:", file.display())?;
            if let Some(line) = self.line {
                write!(f, "{line}:")?;
            }
            write!(f, " ")?;
        }
        write!(f, "{}", self.cause)?;
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Error {}

impl From<std::io::Error> for Error {
    fn from(source: std::io::Error) -> Error {
        Error::from_io(&source)
    }
}
