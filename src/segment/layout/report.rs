//! What the layout of a text was taken for, in words and numbers: nothing is repaired in silence.

use std::fmt;

use super::{Layout, Repair, RepairKind};

/// The repairs of one kind; running heads are told apart by their text.
#[derive(Debug, Clone, PartialEq, serde::Serialize)]
pub struct Repaired {
    /// Which kind.
    pub kind: RepairKind,
    /// How many.
    pub count: usize,
    /// The first of them as it is in the text, or for what cannot be seen as it is read; for a broken word, the word.
    pub example: String,
    /// The 1-based lines of the first few.
    pub lines: Vec<usize>,
}

/// How many places are told.
const PLACES: usize = 3;

impl Layout {
    /// What was repaired in `text`, which this is the layout of, in the order of the kinds.
    pub fn report(&self, text: &str) -> Vec<Repaired> {
        let mut report: Vec<Repaired> = Vec::new();
        let (mut at, mut line) = (0, 1);
        for (n, repair) in self.repairs.iter().enumerate() {
            line += memchr::memchr_iter(b'\n', &text.as_bytes()[at..repair.start]).count();
            at = repair.start;
            if repair.kind == RepairKind::PageBreak && repair.put.is_none() {
                continue; // the rest of one that is counted, or of a word that is
            }
            let example = example(text, &self.repairs[n..]);
            let heads = repair.kind == RepairKind::RunningHead;
            let same = |r: &&mut Repaired| r.kind == repair.kind && (!heads || undigited(&r.example) == undigited(&example));
            if let Some(found) = report.iter_mut().find(same) {
                found.count += 1;
                if found.lines.len() < PLACES && found.lines.last() != Some(&line) {
                    found.lines.push(line);
                }
            } else {
                report.push(Repaired { kind: repair.kind, count: 1, example, lines: vec![line] });
            }
        }
        report.sort_by_key(|r| r.kind);
        report
    }
}

/// What the first of `repairs` shows; those right after it may belong to the same word.
fn example(text: &str, repairs: &[Repair]) -> String {
    let repair = &repairs[0];
    let was = text[repair.start..repair.end].trim();
    match repair.kind {
        RepairKind::RunningHead | RepairKind::PageNumber => was.split_whitespace().collect::<Vec<_>>().join(" "),
        RepairKind::BrokenWord | RepairKind::HyphenKept => {
            let end = repairs.iter().fold(repair.end, |end, next| if next.start == end { next.end } else { end });
            let before = text[..repair.start].rsplit(char::is_whitespace).next().unwrap_or("");
            let after = text[end..].split(char::is_whitespace).next().unwrap_or("");
            format!("{before}{after}").trim_matches(|c: char| !c.is_alphanumeric()).to_string()
        }
        RepairKind::Windows1252 => repair.put.map(String::from).unwrap_or_default(),
        RepairKind::PageBreak => {
            let before = text[..repair.start].rsplit(char::is_whitespace).next().unwrap_or("");
            format!("{before} …")
        }
        RepairKind::Control | RepairKind::Invisible | RepairKind::Lost => {
            was.chars().next().map(|c| format!("U+{:04X}", c as u32)).unwrap_or_default()
        }
    }
}

fn undigited(line: &str) -> String {
    line.chars().filter(|c| !c.is_ascii_digit()).collect()
}

impl fmt::Display for Repaired {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Repaired { count, example, .. } = self;
        let (one, many) = words(self.kind);
        let what = if *count == 1 { one } else { many };
        let lines: Vec<String> = self.lines.iter().map(usize::to_string).collect();
        let more = if *count > self.lines.len() && self.lines.len() == PLACES { ", …" } else { "" };
        let line = if self.lines.len() == 1 { "line" } else { "lines" };
        if self.kind == RepairKind::RunningHead {
            let times = if *count == 1 { "once".to_string() } else { format!("{count} times") };
            write!(f, "running head `{example}` left out {times}")?;
        } else {
            let such = if *count == 1 { "" } else { "first " };
            write!(f, "{count} {what}: {such}`{example}`")?;
        }
        write!(f, " ({line} {}{more})", lines.join(", "))
    }
}

/// What happened to one, and to many.
fn words(kind: RepairKind) -> (&'static str, &'static str) {
    match kind {
        RepairKind::RunningHead => ("running head left out", "running heads left out"),
        RepairKind::PageNumber => ("page number left out", "page numbers left out"),
        RepairKind::PageBreak => ("sentence joined over a page break", "sentences joined over page breaks"),
        RepairKind::BrokenWord => ("word broken at a line end joined", "words broken at line ends joined"),
        RepairKind::HyphenKept => ("hyphen at a line end kept", "hyphens at line ends kept"),
        RepairKind::Windows1252 => ("control read as the windows-1252 character", "controls read as windows-1252 characters"),
        RepairKind::Control => ("control character left out", "control characters left out"),
        RepairKind::Invisible => ("invisible character left out", "invisible characters left out"),
        RepairKind::Lost => ("character is lost and marked so", "characters are lost and marked so"),
    }
}
