//! vecalign's form of an alignment: `[0]:[0, 1]:0.027` for each bead, with 0-based segment indexes and a cost.
//!
//! The cost is 1 − confidence on writing. On reading it is nothing: the costs of other programs are no probabilities.
//! The form is that of Thompson and Koehn, "Vecalign" (EMNLP 2019).

use std::io::Write;

use super::{Aligned, Format, decimal, indexes, list};
use crate::error::{Error, Result};
use crate::model::Bead;
use crate::model::alignment::Links;

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "vecalign",
    extensions: &["vecalign"],
    about: "alignment as `[0]:[0, 1]:0.027`: source segments, target segments, cost",
    sniff,
    read_alignment: Some(read),
    write_alignment: Some(write),
    ..Format::NONE
};

fn sniff(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    std::str::from_utf8(line).is_ok_and(|line| links(line.trim_end()).is_ok())
}

fn write(aligned: &Aligned<'_>, out: &mut dyn Write) -> Result<()> {
    for bead in &aligned.alignment.beads {
        writeln!(out, "{}", line(bead))?;
    }
    Ok(())
}

fn line(bead: &Bead) -> String {
    let Links { source, target } = Links::from(bead);
    format!("[{}]:[{}]:{}", list(&source, ", "), list(&target, ", "), decimal(1.0 - bead.confidence))
}

fn read(text: &str) -> Result<Vec<Links>> {
    let lines = text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty());
    lines.map(|(n, line)| links(line.trim()).map_err(|cause| Error::new(cause).at_line(n as u64 + 1))).collect()
}

fn links(line: &str) -> Result<Links, String> {
    let form = || format!("`{line}` has not the form `[0]:[0, 1]:0.027`");
    let (source, rest) = line.strip_prefix('[').and_then(|rest| rest.split_once("]:[")).ok_or_else(form)?;
    let (target, cost) = rest.split_once(']').ok_or_else(form)?;
    let cost_is_a_number = cost.strip_prefix(':').is_some_and(|cost| cost.trim().parse::<f64>().is_ok());
    if cost.is_empty() || cost_is_a_number { Ok(Links { source: indexes(source)?, target: indexes(target)? }) } else { Err(form()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bead(source: std::ops::Range<usize>, target: std::ops::Range<usize>, confidence: f64) -> Bead {
        Bead::new(source, target, confidence)
    }

    #[test]
    fn the_third_field_is_a_cost() {
        assert_eq!(line(&bead(0..1, 0..2, 0.973)), "[0]:[0, 1]:0.027");
        assert_eq!(line(&bead(3..4, 7..7, 1.0)), "[3]:[]:0");
    }

    #[test]
    fn beads_are_read_with_or_without_a_cost() {
        let read = read("[0]:[0, 1]:0.5\n\n[]:[2]\r\n[1,2]:[]:-0.1\n").expect("beads");
        let sides: Vec<_> = read.iter().map(|links| (links.source.len(), links.target.len())).collect();
        assert_eq!(sides, [(1, 2), (0, 1), (2, 0)]);
    }

    #[test]
    fn another_form_is_an_error_with_its_line() {
        for bad in ["[0]:[0", "0:0:1", "[0]:[0]x", "[0]:[x]:0", "[1, 0]:[]:0"] {
            assert_eq!(read(&format!("[0]:[0]:0\n{bad}\n")).expect_err(bad).line, Some(2));
        }
    }

    #[test]
    fn its_first_line_gives_it_away() {
        assert!(sniff(b"[0]:[0, 1]:0.027\n[1]"));
        assert!(!sniff(b"[\n"));
        assert!(!sniff(b"[0] Dijo: [no] [1]"));
    }
}
