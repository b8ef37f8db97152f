//! Moses: two plain files, line by line translations of each other, named as OPUS does (`NAME.en-es.en`, `NAME.en-es.es`).
//! No place for anything but the texts.

use std::io::Write;

use super::lines::{BLOCK, Block, Line, Lines, push_on_one_line};
use super::{Batch, Batches, Encoded, Encoder, Files, Format, Input, Read, ReadOptions, Sink, WriteOptions, empty_side, sides};
use crate::error::{Error, Result};
use crate::model::{Lang, Unit};

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "moses",
    extensions: &[],
    about: "two plain files, `NAME.en-es.en` and `NAME.en-es.es`, line by line",
    files: 2,
    read_units: Some(read),
    write_units: Some(write),
    ..Format::NONE
};

/// The names of the files with the texts in `a` and in `b`. In both names the two codes are in alphabetical order.
///
/// ```
/// use bitexto::{formats::moses::file_names, text::Lang};
/// assert_eq!(file_names("train", Lang::ES, Lang::EN), ["train.en-es.es", "train.en-es.en"]);
/// ```
pub fn file_names(stem: &str, a: Lang, b: Lang) -> [String; 2] {
    let (first, second) = if a <= b { (a, b) } else { (b, a) };
    [a, b].map(|lang| format!("{stem}.{first}-{second}.{lang}"))
}

/// What the name of a Moses file says: stem, the two languages as named, and the language of this file. `None` for other names.
///
/// ```
/// use bitexto::{formats::moses::pair_of, text::Lang};
/// assert_eq!(pair_of("TED.v2.en-es.es.gz"), Some(("TED.v2".into(), [Lang::EN, Lang::ES], Lang::ES)));
/// assert_eq!(pair_of("notes.en-es.txt"), None);
/// ```
pub fn pair_of(name: &str) -> Option<(String, [Lang; 2], Lang)> {
    let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
    let (rest, code) = name.rsplit_once('.')?;
    let (stem, pair) = rest.rsplit_once('.')?;
    let lang: Lang = code.parse().ok()?;
    // The code may itself have a hyphen (`en-es-CO.es-CO`), so the pair is read from the end that the code takes.
    let other = |code: &str| -> Option<Lang> { code.parse().ok() };
    let last = || pair.strip_suffix(code)?.strip_suffix('-').and_then(other).map(|first| [first, lang]);
    let first = || pair.strip_prefix(code)?.strip_prefix('-').and_then(other).map(|second| [lang, second]);
    Some((stem.to_string(), last().or_else(first)?, lang))
}

fn read(inputs: Vec<Input>, options: &ReadOptions) -> Result<Batches> {
    let count = inputs.len();
    let Ok(inputs) = <[Input; 2]>::try_from(inputs) else {
        return Err(Error::new(format!("{count} files where there should be two, one of each language")));
    };
    let [source, target] = in_order(inputs, options);
    let mut pair = Pair { source: Lines::new(source), target: Lines::new(target) };
    let options = *options;
    Ok(Box::new(std::iter::from_fn(move || {
        let blocks = pair.blocks().transpose()?;
        Some(blocks.map(|(source, target)| Batch::new(None, move || units(&source, &target, &options))))
    })))
}

/// The inputs as source and target: by the languages that their names end with, else as they are given.
fn in_order(inputs: [Input; 2], options: &ReadOptions) -> [Input; 2] {
    let lang = |input: &Input| Lang::of_file_name(&input.name).map(|(_, lang)| lang);
    let [first, second] = inputs;
    let placed = lang(&first).zip(lang(&second)).and_then(|(a, b)| sides(&[a, b], options.source_lang, options.target_lang));
    if placed == Some((1, 0)) { [second, first] } else { [first, second] }
}

struct Pair {
    source: Lines,
    target: Lines,
}

impl Pair {
    /// As many lines of each file, until one side has a block; an error when one file ends before the other.
    fn blocks(&mut self) -> Result<Option<(Block, Block)>> {
        let (mut source, mut target) = (self.source.begin(), self.target.begin());
        while source.bytes.len() < BLOCK && target.bytes.len() < BLOCK {
            match (self.source.read_into(&mut source)?, self.target.read_into(&mut target)?) {
                (true, true) => {}
                (false, false) => break,
                _ => return Err(self.unequal()?),
            }
        }
        Ok((!source.bytes.is_empty()).then_some((source, target)))
    }

    fn unequal(&mut self) -> Result<Error> {
        let (source, target) = (self.source.count()?, self.target.count()?);
        let (short, long) = if source < target { (&self.source, &self.target) } else { (&self.target, &self.source) };
        let (less, more) = (source.min(target), source.max(target));
        let cause = format!("ends after {less} lines, and `{}` after {more}: they are no translations of each other", long.name());
        let hint = "give both files of one corpus; a line missing in one shifts every pair after it";
        Ok(Error::new(cause).in_file(short.name().as_ref()).hint(hint))
    }
}

fn units(source: &Block, target: &Block, options: &ReadOptions) -> Vec<Read<Unit>> {
    source.lines().zip(target.lines()).map(|(source, target)| unit(source, target, options)).collect()
}

fn unit(source: Line<'_>, target: Line<'_>, options: &ReadOptions) -> Read<Unit> {
    let (source_text, target_text) = (source.text()?, target.text()?);
    if let Some(cause) = empty_side(source_text, target_text) {
        let mut rejection = source.reject(cause);
        rejection.text = format!("{source_text}\t{target_text}");
        return Err(rejection);
    }
    let mut unit = Unit::new(options.source_lang, options.target_lang, source_text.to_string(), target_text.to_string());
    unit.origin.record = Some(source.place.record);
    Ok(unit)
}

fn write(_: &WriteOptions, files: Vec<Box<dyn Write + Send>>) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
    Ok((Box::new(Moses), Box::new(Files(files))))
}

/// Source lines go to the first file, target lines to the second.
struct Moses;

impl Encoder for Moses {
    fn encode(&self, units: &[Unit]) -> Result<Encoded> {
        let (mut source, mut target, mut replaced) = (Vec::new(), Vec::new(), 0);
        for unit in units {
            for (text, file) in [(&unit.source, &mut source), (&unit.target, &mut target)] {
                replaced += push_on_one_line(file, text);
                file.push(b'\n');
            }
        }
        Ok(Encoded { bytes: vec![source, target], replaced, ..Encoded::default() })
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_named, read_text};
    use super::*;

    #[test]
    fn file_names_place_the_sides() {
        let files: [(&str, &[u8]); 2] = [("a.en-es.en", b"Yes.\n"), ("a.en-es.es", "Sí.\n".as_bytes())];
        let unit = read_named(&FORMAT, &files).expect("reads").remove(0).expect("a unit");
        assert_eq!((unit.source.as_str(), unit.target.as_str()), ("Sí.", "Yes."));
    }

    #[test]
    fn a_blank_line_on_one_side_rejects_the_pair_and_shifts_nothing() {
        let read = read_text(&FORMAT, &["a\n\nc\n\n", "A\nB\nC\n\n"]).expect("reads");
        assert_eq!(read.len(), 4);
        let cause = |n: usize| read[n].as_ref().expect_err("a rejection").cause.as_str();
        assert_eq!((cause(1), cause(3)), ("empty source", "both sides empty"));
        assert_eq!(read[1].as_ref().expect_err("a rejection").text, "\tB");
        assert_eq!(read[2].as_ref().expect("a unit").target, "C");
    }

    #[test]
    fn a_missing_line_is_an_error_with_both_counts() {
        let error = read_text(&FORMAT, &["a\nb\nc\n", "A\n"]).expect_err("unequal").to_string();
        assert!(error.contains("ends after 1 lines, and `file` after 3"), "{error}");
    }

    #[test]
    fn names_of_pairs_go_there_and_back() {
        let colombian: Lang = "es-CO".parse().expect("a code");
        for (a, b) in [(Lang::ES, Lang::EN), (colombian, Lang::EN)] {
            for (name, lang) in file_names("N.v1", a, b).iter().zip([a, b]) {
                assert_eq!(pair_of(name), Some(("N.v1".to_string(), [b, a], lang)));
            }
        }
        assert_eq!(pair_of("N.en-es.fr"), None);
    }
}
