//! hunalign's form of an alignment, the ladder: each line is a rung (source segments and target segments so far, and a score), and what lies
//! between two rungs is a bead. The form with texts (`-text`) is another one and is refused.
//!
//! The score of a rung is that of the bead that begins there (Varga et al., RANLP 2005). Written is the confidence; read is nothing,
//! as hunalign's own scores are no probabilities.

use std::io::Write;
use std::ops::Range;

use super::{Aligned, Format, decimal};
use crate::error::{Error, Result};
use crate::model::Alignment;
use crate::model::alignment::Links;

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "hunalign",
    extensions: &["ladder", "hunalign"],
    about: "alignment as a ladder: source and target segments so far, and a score",
    sniff,
    read_alignment: Some(read),
    write_alignment: Some(write),
    ..Format::NONE
};

fn sniff(head: &[u8]) -> bool {
    let line = head.split(|byte| *byte == b'\n').next().unwrap_or(head);
    std::str::from_utf8(line).is_ok_and(|line| line.matches('\t').count() == 2 && rung(line.trim_end()) == Ok([0, 0]))
}

fn write(aligned: &Aligned<'_>, out: &mut dyn Write) -> Result<()> {
    out.write_all(ladder(aligned.alignment).as_bytes())?;
    Ok(())
}

fn ladder(alignment: &Alignment) -> String {
    let rungs = alignment.beads.iter().map(|bead| format!("{}\t{}\t{}\n", bead.source.start, bead.target.start, decimal(bead.confidence)));
    let (source, target) = alignment.beads.last().map_or((0, 0), |bead| (bead.source.end, bead.target.end));
    rungs.chain([format!("{source}\t{target}\t0\n")]).collect()
}

fn read(text: &str) -> Result<Vec<Links>> {
    let mut beads = Vec::new();
    let mut below: Option<[usize; 2]> = None;
    for (n, line) in text.lines().enumerate().filter(|(_, line)| !line.trim().is_empty()) {
        let at_line = |cause: String| Error::new(cause).at_line(n as u64 + 1);
        let rung = rung(line).map_err(|cause| at_line(cause).hint("give the ladder that hunalign writes without `-text`"))?;
        match below {
            None if rung != [0, 0] => return Err(at_line(format!("the first rung is `{line}`, not `0 0`"))),
            None => {}
            Some(below) if rung[0] < below[0] || rung[1] < below[1] || rung == below => {
                return Err(at_line(format!("the rung `{line}` is not above the one before")));
            }
            Some(below) => beads.push(between(below[0]..rung[0], below[1]..rung[1])),
        }
        below = Some(rung);
    }
    Ok(beads)
}

fn between(source: Range<usize>, target: Range<usize>) -> Links {
    Links { source: source.collect(), target: target.collect() }
}

fn rung(line: &str) -> Result<[usize; 2], String> {
    let fields: Vec<&str> = line.split_whitespace().collect();
    let number = |n: usize| fields.get(n).and_then(|field| field.parse().ok());
    let scored = fields.len() == 2 || (fields.len() == 3 && fields[2].parse::<f64>().is_ok());
    match (number(0), number(1)) {
        (Some(source), Some(target)) if scored => Ok([source, target]),
        _ => Err(format!("`{line}` is no rung such as `12 13 0.8`")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Bead, Signature};

    #[test]
    fn beads_lie_between_the_rungs() {
        let bead = Bead::new;
        let beads = vec![bead(0..1, 0..2, 0.9), bead(1..2, 2..2, 0.5), bead(2..3, 2..3, 1.0)];
        let alignment = Alignment { beads, signature: Signature::default() };
        let ladder = ladder(&alignment);
        assert_eq!(ladder, "0\t0\t0.9\n1\t2\t0.5\n2\t2\t1\n3\t3\t0\n");
        assert_eq!(read(&ladder).expect("a ladder"), alignment.beads.iter().map(Links::from).collect::<Vec<_>>());
    }

    #[test]
    fn a_ladder_goes_up_from_the_ground() {
        assert_eq!(read("1\t1\t0\n").expect_err("in the air").line, Some(1));
        assert_eq!(read("0\t0\t0\n2\t2\t0\n1\t3\t0\n").expect_err("down").line, Some(3));
        assert_eq!(read("0\t0\t0\n0\t0\t0\n").expect_err("standing").line, Some(2));
        assert!(read("").expect("nothing").is_empty());
    }

    #[test]
    fn the_form_with_texts_is_refused_with_a_hint() {
        let error = read("Sí.\tYes.\t0.8\n").expect_err("texts");
        assert!(error.hint.is_some_and(|hint| hint.contains("-text")));
    }
}
