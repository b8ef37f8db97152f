//! A command that scores: pairs in, one number for each out. What the numbers mean, and where they are kept, is the business of others.
//!
//! The command is started once, by the shell. It gets a pair on each line, source and target with a tab between (tabs and line breaks inside a
//! text become blanks), and writes one number on a line for each, in the same order. It may answer at once or when it has read everything:
//! a thread reads what it writes while it is written to, so that neither waits for the other for ever.

use std::collections::VecDeque;
use std::io::{BufRead, BufReader, BufWriter, Read, Write};
use std::process::{Child, ChildStdin, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::time::Duration;

use crate::error::{Error, Result};

/// Lines of the command's standard error that are told when it fails.
const LAST_WORDS: usize = 5;

/// How long its last words are waited for: a program that the command left behind may keep its standard error open.
const PATIENCE: Duration = Duration::from_secs(2);

/// A command at work.
pub struct Command {
    name: String,
    child: Child,
    input: Option<BufWriter<ChildStdin>>,
    answers: Receiver<Result<f64, String>>,
    words: Receiver<Vec<String>>,
    asked: u64,
    answered: u64,
}

impl Command {
    /// Starts it. `name` is what its score is called, for messages.
    pub fn start(name: &str, command: &str) -> Result<Command> {
        let cannot = |e: std::io::Error| Error::new(format!("score `{name}`: cannot start `{command}`: {e}"));
        let mut child = shell(command).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().map_err(cannot)?;
        let (input, output, errors) = (child.stdin.take(), child.stdout.take(), child.stderr.take());
        let (answer, answers) = channel();
        let (word, words) = channel();
        // Nobody listens any more when the command has failed; then there is nothing to tell.
        std::thread::spawn(move || output.map(|output| read_numbers(output, |number| answer.send(number).is_ok())));
        std::thread::spawn(move || errors.map(|errors| drop(word.send(last_lines(errors)))));
        Ok(Command { name: name.to_string(), child, input: input.map(BufWriter::new), answers, words, asked: 0, answered: 0 })
    }

    /// Gives it pairs to score. A command that is gone is found out at the end.
    pub fn ask<'t>(&mut self, pairs: impl IntoIterator<Item = (&'t str, &'t str)>) {
        for (source, target) in pairs {
            self.asked += 1;
            if let Some(input) = &mut self.input
                && writeln!(input, "{}\t{}", one_line(source), one_line(target)).is_err()
            {
                self.input = None;
            }
        }
    }

    /// The numbers that have come since the last call.
    ///
    /// # Errors
    /// If it wrote something that is no number, or more numbers than it was asked for.
    pub fn answers(&mut self) -> Result<Vec<f64>> {
        let numbers: Vec<_> = self.answers.try_iter().collect();
        self.counted(numbers)
    }

    /// Tells it that there is no more, and waits for the rest of its numbers.
    ///
    /// # Errors
    /// If it failed, or did not answer each pair with a number.
    pub fn finish(mut self) -> Result<Vec<f64>> {
        // Closing its input is what tells it.
        let closed = self.input.take().is_some_and(|mut input| input.flush().is_ok());
        let numbers: Vec<_> = self.answers.iter().collect();
        let numbers = self.counted(numbers)?;
        let status = self.child.wait().map_err(|e| self.failed(&e.to_string()))?;
        if !status.success() {
            return Err(self.failed(&format!("the command failed ({status})")));
        }
        if self.answered < self.asked || !closed {
            return Err(self.failed("the command ended too early"));
        }
        Ok(numbers)
    }

    fn counted(&mut self, numbers: Vec<Result<f64, String>>) -> Result<Vec<f64>> {
        let mut counted = Vec::with_capacity(numbers.len());
        for number in numbers {
            self.answered += 1;
            match number {
                Ok(number) => counted.push(number),
                Err(line) => return Err(self.failed(&format!("`{line}`, line {} of what the command wrote, is no number", self.answered))),
            }
            if self.answered > self.asked {
                return Err(self.failed("the command wrote more numbers than it got pairs"));
            }
        }
        Ok(counted)
    }

    /// Ends the command, and tells what it said at last.
    fn failed(&mut self, cause: &str) -> Error {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
        let words = self.words.recv_timeout(PATIENCE).unwrap_or_default();
        let said = words.iter().map(|line| format!("\n  {line}")).collect::<String>();
        let said = if said.is_empty() { said } else { format!("; it said{said}") };
        let numbers = self.answered.min(self.asked);
        Error::new(format!("score `{}`: {cause}, {numbers} of {} pairs were scored{said}", self.name, self.asked))
    }
}

impl Drop for Command {
    fn drop(&mut self) {
        self.input = None;
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

#[cfg(not(windows))]
fn shell(command: &str) -> std::process::Command {
    let mut shell = std::process::Command::new("sh");
    shell.arg("-c").arg(command);
    shell
}

#[cfg(windows)]
fn shell(command: &str) -> std::process::Command {
    let mut shell = std::process::Command::new("cmd");
    shell.arg("/C").arg(command);
    shell
}

fn one_line(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], " ")
}

/// Hands over each line as a number, or the first that is none, until `send` wants no more.
fn read_numbers(output: impl Read, send: impl Fn(Result<f64, String>) -> bool) {
    let mut lines = BufReader::new(output);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|bytes| bytes > 0) {
        let number = number(&line);
        let is_number = number.is_ok();
        if !send(number) || !is_number {
            return;
        }
        line.clear();
    }
}

/// A finite number, or the line that is none.
fn number(line: &[u8]) -> Result<f64, String> {
    let text = String::from_utf8_lossy(line);
    let text = text.trim();
    let shown = || text.chars().take(60).collect();
    text.parse::<f64>().ok().filter(|number| number.is_finite()).ok_or_else(shown)
}

fn last_lines(errors: impl Read) -> Vec<String> {
    let mut last = VecDeque::new();
    let mut lines = BufReader::new(errors);
    let mut line = Vec::new();
    while lines.read_until(b'\n', &mut line).is_ok_and(|bytes| bytes > 0) {
        // A progress line writes over itself: what stands after its last carriage return is what is seen.
        let text = String::from_utf8_lossy(&line);
        let seen = text.trim_end().rsplit('\r').next().unwrap_or_default().chars().take(200).collect::<String>();
        if !seen.trim().is_empty() {
            last.push_back(seen);
        }
        if last.len() > LAST_WORDS {
            last.pop_front();
        }
        line.clear();
    }
    last.into()
}

#[cfg(all(test, unix))]
mod tests {
    use super::*;

    fn scored(command: &str, pairs: usize) -> Result<Vec<f64>> {
        let mut running = Command::start("test", command)?;
        let mut numbers = Vec::new();
        for n in 0..pairs {
            let text = format!("texto\tnúmero\n{n}");
            running.ask([(text.as_str(), "text")]);
            numbers.extend(running.answers()?);
        }
        numbers.extend(running.finish()?);
        Ok(numbers)
    }

    fn refused(command: &str, pairs: usize) -> String {
        scored(command, pairs).expect_err("refused").to_string()
    }

    #[test]
    fn numbers_come_in_the_order_of_the_pairs() {
        let numbers = scored("cut -f1 | sed 's/.* //'", 1000).expect("numbers");
        assert!(numbers.iter().enumerate().all(|(n, number)| *number == n as f64));
        assert_eq!(numbers.len(), 1000);
    }

    #[test]
    fn a_command_may_read_everything_before_it_answers_or_answer_more_than_a_pipe_holds() {
        // A pipe holds 64 KiB: whoever only wrote, or only read, would wait for ever.
        assert_eq!(scored("sort -s -k9,9 | sed 's/.*/0.5/'", 20_000).expect("numbers").len(), 20_000);
        let long = "sed 's/.*/0.50000000000000000000000000000000000000000000000000000000000000000000000000000000000000000/'";
        assert_eq!(scored(long, 20_000).expect("numbers").len(), 20_000);
    }

    #[test]
    fn a_command_that_dies_is_told_with_its_last_words() {
        let error = refused("read line; echo 0.5; echo 'no model' >&2; exit 3", 5000);
        assert!(error.contains("score `test`: the command failed (exit status: 3)") && error.contains("no model"), "{error}");
        assert!(refused("bitexto-has-no-such-command", 2).contains("exit status: 127"));
    }

    #[test]
    fn short_long_and_senseless_answers_are_refused() {
        assert!(refused("head -n 2 | sed 's/.*/1/'", 5).contains("ended too early, 2 of 5 pairs"));
        assert!(refused("sed 's/.*/1\\n1/'", 5).contains("more numbers than it got pairs"));
        assert!(refused("echo 0.5; echo good; cat >/dev/null", 5).contains("`good`, line 2 of what the command wrote, is no number"));
        assert!(refused("sed 's/.*/nan/'", 5).contains("`nan`"));
        assert!(refused("sed 's/.*//'", 5).contains("``, line 1"));
    }
}
