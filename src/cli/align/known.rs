//! What a person or another program knows of a bitext: beads that are right, and vectors of the segments.

use std::path::{Path, PathBuf};

use crate::align::barriers;
use crate::error::{Error, Result};
use crate::formats::{Input, npy, vecalign};
use crate::model::Document;
use crate::model::alignment::Links;
use crate::semantics::Vectors;

/// The barriers of a file of anchors, and those that are there already.
pub(super) fn anchors(path: &Path, there: &[(usize, usize)], source: &Document, target: &Document) -> Result<Vec<(usize, usize)>> {
    let beads = beads(&Input::open(path, None)?.text()?).map_err(|e| e.in_file(path))?;
    let refused = |cause: String| Error::new(cause).in_file(path).hint("segments are counted from 0, blank lines and marks are not");
    barriers::around(&beads, there, source.segments.len(), target.segments.len()).map_err(refused)
}

/// Beads in vecalign's form, or a pair of segments a line.
fn beads(text: &str) -> Result<Vec<Links>> {
    if text.trim_start().starts_with('[') {
        let read = vecalign::FORMAT.read_alignment.expect("the format is for alignments");
        return read(text);
    }
    let lines = text.lines().zip(1..).filter(|(line, _)| !line.trim().is_empty());
    let bead = |line: &str| {
        let (source, target) = line.trim().split_once('\t')?;
        Some(Links { source: vec![source.trim().parse().ok()?], target: vec![target.trim().parse().ok()?] })
    };
    let read = |(line, n)| {
        let cause = || Error::new(format!("`{line}` is neither two segments, such as `2<TAB>3`, nor a bead such as `[2]:[3, 4]`"));
        bead(line).ok_or_else(|| cause().at_line(n))
    };
    lines.map(read).collect()
}

/// The vectors of both sides: one a segment, all of one length.
pub(super) fn embeddings(paths: &[PathBuf], source: &Document, target: &Document) -> Result<Option<[Vectors; 2]>> {
    let [source_path, target_path] = paths else { return Ok(None) };
    let both = [side(source_path, source)?, side(target_path, target)?];
    let [s, t] = [both[0].dimensions(), both[1].dimensions()];
    if s != t {
        let cause = format!("vectors of {t} values, where {} has vectors of {s}", source_path.display());
        return Err(Error::new(cause).in_file(target_path).hint("both sides need vectors of one model"));
    }
    Ok(Some(both))
}

fn side(path: &Path, document: &Document) -> Result<Vectors> {
    let vectors = npy::read(path)?;
    let segments = document.segments.len();
    if vectors.len() != segments {
        let cause = format!("{} vectors for the {segments} segments of {}", vectors.len(), document.path);
        return Err(Error::new(cause).in_file(path).hint("with `--segmented` a segment is a line that is neither blank nor a mark"));
    }
    Ok(vectors)
}
