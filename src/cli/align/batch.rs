//! `--batch`: every pair of a list, several at a time. A pair that fails is reported and the rest goes on.

use std::collections::BTreeMap;
use std::path::{Component, Path, PathBuf};

use super::super::Outcome;
use super::super::console::Console;
use super::AlignArgs;
use super::tally::Tally;
use super::writer::Writer;
use crate::align::Aligner;
use crate::error::{Error, Result};
use crate::formats::{Aligned, Input, WriteOptions};
use crate::ingest::aligning::{Known, Summary, align_known, signature};
use crate::model::Lang;

/// A line of the list.
struct Entry {
    source: PathBuf,
    target: PathBuf,
    /// Relative to the folder of the output.
    output: PathBuf,
    writer: Writer,
}

pub(super) fn run(args: &AlignArgs, list: &Path, console: &Console) -> Result<Outcome> {
    let [to] = &args.to[..] else { return Err(Error::new("`--batch` writes to one folder: `--to DIR`")) };
    let format = args.output_format.as_deref().map(Writer::named).transpose()?;
    let entries = entries(&Input::open(list, None)?.text()?, format).map_err(|e| e.in_file(list))?;
    let of = entries.len();
    let folder = list.parent().unwrap_or(Path::new(""));
    let aligner = args.aligner()?;
    let mut tally = Tally::begin();
    console.pool()?.map_ordered(
        entries.into_iter().map(Ok::<_, Error>),
        |entry| {
            let aligned = entry.align(args, folder, to, &aligner);
            (entry.name(), aligned)
        },
        |(name, result)| {
            let result = result.map(|(summary, notes)| {
                notes.iter().for_each(|note| console.detail(note));
                summary
            });
            tally.add(of, &name, result, console);
            Ok(())
        },
    )?;
    Ok(Outcome::found_if(tally.finish(signature(&aligner), console)?))
}

/// The lines of a list; the error has the line.
fn entries(text: &str, format: Option<Writer>) -> Result<Vec<Entry>> {
    let mut entries = Vec::new();
    let mut taken = BTreeMap::new();
    for (line, n) in text.lines().zip(1_u64..).filter(|(line, _)| !line.trim().is_empty()) {
        let entry = entry(line, format).map_err(|e| e.at_line(n))?;
        if let Some(first) = taken.insert(entry.output.clone(), n) {
            return Err(Error::new(format!("`{}` is the output of line {first} already", entry.output.display()))
                .at_line(n)
                .hint("name the output in a third field"));
        }
        entries.push(entry);
    }
    if entries.is_empty() {
        return Err(Error::new("the list is empty").hint("a line is `source<TAB>target`, or with the output's name as a third field"));
    }
    Ok(entries)
}

fn entry(line: &str, format: Option<Writer>) -> Result<Entry> {
    let fields: Vec<&str> = line.trim_end_matches('\r').split('\t').map(str::trim).collect();
    let (source, target, name) = match fields[..] {
        [source, target] | [source, target, ""] => (source, target, None),
        [source, target, name] => (source, target, Some(name)),
        _ => return Err(Error::new(format!("{} fields, not two or three", fields.len())).hint("fields are separated by a tab")),
    };
    if source.is_empty() || target.is_empty() {
        return Err(Error::new("a field is empty"));
    }
    let (output, writer) = match name {
        Some(name) => (PathBuf::from(name), format.map_or_else(|| Writer::for_file(Path::new(name)), Ok)?),
        None => {
            let writer = format.map_or_else(|| Writer::named("tsv"), Ok)?;
            (PathBuf::from(format!("{}.{}", stem(source), writer.extension())), writer)
        }
    };
    if !output.components().all(|part| matches!(part, Component::Normal(_) | Component::CurDir)) {
        return Err(Error::new(format!("the output `{}` is not inside the folder of `--to`", output.display())));
    }
    Ok(Entry { source: source.into(), target: target.into(), output, writer })
}

/// The name of a file without its folder, language and extension.
fn stem(path: &str) -> String {
    let path = Path::new(path);
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    match Lang::of_file_name(&name) {
        Some((stem, _)) => stem.to_string(),
        None => path.file_stem().map(|stem| stem.to_string_lossy().into_owned()).unwrap_or(name),
    }
}

impl Entry {
    fn name(&self) -> String {
        format!("{} × {}", self.source.display(), self.target.display())
    }

    /// Reads, aligns and writes; also what had to be assumed.
    fn align(&self, args: &AlignArgs, folder: &Path, to: &Path, aligner: &Aligner) -> Result<(Summary, Vec<String>)> {
        let pair = args.texts.pair(folder, &self.source, &self.target)?;
        let alignment = align_known(&pair.source, &pair.target, Known { barriers: &pair.barriers, vectors: None }, aligner);
        let aligned = Aligned { source: &pair.source, target: &pair.target, alignment: &alignment };
        let options = WriteOptions {
            source_lang: pair.source.lang,
            target_lang: pair.target.lang,
            header: args.header,
            signature: signature(aligner),
            ..WriteOptions::default()
        };
        self.writer.write_file(&aligned, &options, &to.join(&self.output))?;
        Ok((Summary::of(&aligned), pair.notes))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn outputs(list: &str, format: Option<&str>) -> Result<Vec<String>> {
        let format = format.map(|name| Writer::named(name).expect("a format"));
        Ok(entries(list, format)?.iter().map(|entry| entry.output.display().to_string()).collect())
    }

    #[test]
    fn the_output_has_the_name_given_or_that_of_the_source() {
        let list = "x/a.es.txt\tx/a.en.txt\r\n\nb.txt\tc.txt\tin/b.tmx\nes/d.txt\ten/d.txt\t\n";
        assert_eq!(outputs(list, None).expect("entries"), ["a.tsv", "in/b.tmx", "d.tsv"]);
        assert_eq!(outputs(list, Some("hunalign")).expect("entries"), ["a.ladder", "in/b.tmx", "d.ladder"]);
    }

    #[test]
    fn a_bad_line_is_refused_with_its_place() {
        for (line, why) in [
            ("solo", "1 fields"),
            ("a\tb\tc\td", "4 fields"),
            ("a\t", "a field is empty"),
            ("y/a.es\ta.en", "`a.tsv` is the output of line 1 already"),
            ("b\tc\t../b.tsv", "is not inside"),
            ("b\tc\t/b.tsv", "is not inside"),
            ("b\tc\tb.docx", "no format writes `.docx`"),
        ] {
            let error = outputs(&format!("x/a.es\tx/a.en\n{line}\n"), None).expect_err(line);
            assert!(error.line == Some(2) && error.cause.contains(why), "{error}");
        }
        assert!(outputs("\n", None).expect_err("empty").cause.contains("empty"));
    }
}
