//! Standard output for data, standard error for people, and progress on a terminal only.

use std::io::{self, IsTerminal, Write};
use std::path::Path;
use std::time::Duration;

use indicatif::{ProgressBar, ProgressStyle};
use serde::Serialize;

use crate::error::{Error, Result};
use crate::parallel::Pool;
use crate::segment::layout::Repaired;

/// Where a command's words go.
pub struct Console {
    json: bool,
    quiet: bool,
    verbose: bool,
    threads: usize,
    terminal: bool,
    colour: bool,
}

impl Console {
    /// A console as the global options ask for it.
    pub fn new(json: bool, quiet: bool, verbose: bool, threads: usize) -> Console {
        let terminal = io::stderr().is_terminal();
        let colour = terminal && std::env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
        Console { json, quiet, verbose, threads, terminal, colour }
    }

    /// The worker threads.
    pub fn pool(&self) -> Result<Pool> {
        Pool::new(self.threads)
    }

    /// Data, or with `--json` the value in its place, on standard output.
    pub fn result(&self, value: &impl Serialize, text: &str) -> Result<()> {
        if self.json {
            let json = serde_json::to_string_pretty(value).map_err(|e| Error::new(e.to_string()))?;
            self.out(&(json + "\n"))
        } else {
            self.out(text)
        }
    }

    /// True when `--json` was asked for.
    pub fn wants_json(&self) -> bool {
        self.json
    }

    /// Text on standard output.
    pub fn out(&self, text: &str) -> Result<()> {
        let mut stdout = io::stdout().lock();
        stdout.write_all(text.as_bytes())?;
        Ok(stdout.flush()?)
    }

    /// A line for people.
    pub fn say(&self, line: &str) {
        if !self.quiet {
            eprintln(line);
        }
    }

    /// What the layout of a file was taken for, a line for each kind.
    pub fn say_layout(&self, file: &Path, report: &[Repaired]) {
        for repaired in report {
            self.say(&format!("{}: {repaired}", file.display()));
        }
    }

    /// True when more was asked for.
    pub fn is_verbose(&self) -> bool {
        self.verbose
    }

    /// A line for people who asked for more.
    pub fn detail(&self, line: &str) {
        if self.verbose {
            eprintln(line);
        }
    }

    /// Something that a person should not overlook.
    pub fn warn(&self, line: &str) {
        self.say(&self.coloured("33", "warning: ", line));
    }

    /// Why the command failed.
    pub fn error(&self, error: &Error) {
        eprintln(&self.coloured("31", "error: ", &error.to_string()));
    }

    fn coloured(&self, code: &str, label: &str, line: &str) -> String {
        if self.colour { format!("\x1b[1;{code}m{label}\x1b[0m{line}") } else { format!("{label}{line}") }
    }

    /// A progress line with rate and time, on a terminal only.
    pub fn progress(&self, what: &str) -> Progress {
        if !self.terminal || self.quiet {
            return Progress(None);
        }
        let style = ProgressStyle::with_template("{spinner} {msg} {human_pos} ({per_sec}, {elapsed})")
            .unwrap_or_else(|_| ProgressStyle::default_spinner());
        let bar = ProgressBar::new_spinner().with_style(style).with_message(what.to_string());
        bar.enable_steady_tick(Duration::from_millis(100));
        Progress(Some(bar))
    }
}

/// A progress line; it vanishes when dropped.
pub struct Progress(Option<ProgressBar>);

impl Progress {
    /// So many are done.
    pub fn set(&self, done: u64) {
        if let Some(bar) = &self.0 {
            bar.set_position(done);
        }
    }

    /// Something else is being done now.
    pub fn rename(&self, what: &str) {
        if let Some(bar) = &self.0 {
            bar.set_message(what.to_string());
        }
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        if let Some(bar) = &self.0 {
            bar.finish_and_clear();
        }
    }
}

/// A line on standard error; when nobody listens there is nobody to tell.
fn eprintln(line: &str) {
    let _ = writeln!(io::stderr().lock(), "{line}");
}

/// Columns of text, each as wide as its widest cell; the first is left-aligned, numbers to the right.
pub(super) fn table(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|row| row.get(c)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let mut text = String::new();
    for row in rows {
        let cells: Vec<String> = row.iter().zip(&widths).enumerate().map(|(c, (cell, w))| pad(c, cell, *w)).collect();
        text.push_str(cells.join("  ").trim_end());
        text.push('\n');
    }
    text
}

/// The same with every column left-aligned.
pub(super) fn table_left(rows: &[Vec<String>]) -> String {
    let columns = rows.iter().map(Vec::len).max().unwrap_or(0);
    let width = |c: usize| rows.iter().filter_map(|row| row.get(c)).map(|cell| cell.chars().count()).max().unwrap_or(0);
    let widths: Vec<usize> = (0..columns).map(width).collect();
    let line = |row: &Vec<String>| row.iter().zip(&widths).map(|(cell, w)| format!("{cell:<w$}")).collect::<Vec<_>>().join("  ");
    rows.iter().map(|row| line(row).trim_end().to_string() + "\n").collect()
}

fn pad(column: usize, cell: &str, width: usize) -> String {
    let number = column > 0 && cell.starts_with(|c: char| c.is_ascii_digit() || c == '-');
    if number { format!("{cell:>width$}") } else { format!("{cell:<width$}") }
}

/// A whole number with its thousands set apart.
pub(super) fn count(n: u64) -> String {
    let digits = n.to_string();
    let mut text = String::new();
    for (i, digit) in digits.chars().enumerate() {
        if i > 0 && (digits.len() - i).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// A number with its noun: `1 file`, `1,204 files`.
pub(super) fn plural(n: u64, noun: &str) -> String {
    let noun = if n == 1 { noun.strip_suffix('s').unwrap_or(noun) } else { noun };
    format!("{} {noun}", count(n))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_set_to_the_right() {
        let rows = vec![vec!["a".to_string(), "5".to_string()], vec!["bcd".to_string(), "1,000".to_string()]];
        assert_eq!(table(&rows), "a        5\nbcd  1,000\n");
    }

    #[test]
    fn counts_read_well() {
        assert_eq!(plural(1, "files"), "1 file");
        assert_eq!(plural(1_234_567, "units"), "1,234,567 units");
    }
}
