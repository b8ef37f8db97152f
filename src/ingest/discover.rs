//! Which files are what, and which belong together. It looks at names and first bytes; it stores nothing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};

use super::Options;
use crate::error::{Error, Result};
use crate::formats::{self, Format, Input, ReadOptions};
use crate::model::Lang;

/// What is to be ingested, and what is left over.
#[derive(Default)]
pub struct Discovery {
    /// In the order of their paths.
    pub items: Vec<Item>,
    /// Files that are not ingested, and why.
    pub unpaired: Vec<(PathBuf, String)>,
}

/// One thing to ingest.
pub enum Item {
    /// Ready units in one file, or two for a two-file format.
    Units {
        /// Its format.
        format: &'static Format,
        /// Its files.
        files: Vec<PathBuf>,
    },
    /// A file of statements.
    Statements {
        /// Its format.
        format: &'static Format,
        /// The file.
        file: PathBuf,
    },
    /// Two documents.
    Documents(DocumentPair),
    /// A review that came back.
    Review {
        /// Its format.
        format: &'static Format,
        /// The file.
        file: PathBuf,
    },
}

/// Two documents that are (supposed to be) translations of each other.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentPair {
    /// The document on the corpus's source side.
    pub source: PathBuf,
    /// The document on the corpus's target side.
    pub target: PathBuf,
    /// Languages of source and target, where the names tell.
    pub langs: (Option<Lang>, Option<Lang>),
}

impl Item {
    /// The files it consists of.
    pub fn files(&self) -> Vec<&Path> {
        match self {
            Item::Units { files, .. } => files.iter().map(PathBuf::as_path).collect(),
            Item::Statements { file, .. } | Item::Review { file, .. } => vec![file],
            Item::Documents(pair) => vec![&pair.source, &pair.target],
        }
    }
}

/// Finds out what `paths` are. A folder stands for all files in it (hidden ones left out); documents pair by stem and language suffix
/// (`a.es.txt`, `a.en.txt`) or language subfolder (`es/a.txt`, `en/a.txt`); two documents given by name, whose names tell nothing, are a pair.
pub fn discover(paths: &[PathBuf], source_lang: Lang, target_lang: Lang, options: &Options) -> Result<Discovery> {
    let mut files = Vec::new();
    let mut exports = Vec::new();
    for path in paths {
        collect(path, &mut files, &mut exports)?;
    }
    let mut sorting = Sorting { source_lang, target_lang, named: paths.iter().cloned().collect(), ..Sorting::default() };
    sorting.unpaired.extend(exports.into_iter().map(|folder| (folder, "it is what an export wrote".to_string())));
    for file in files {
        sorting.add(file, options)?;
    }
    Ok(sorting.finish())
}

/// The files that `path` stands for. Folders that an export wrote are put aside: they hold the corpus again.
fn collect(path: &Path, files: &mut Vec<PathBuf>, exports: &mut Vec<PathBuf>) -> Result<()> {
    if path.as_os_str() == "-" || !path.is_dir() {
        if path.as_os_str() != "-" && !path.exists() {
            return Err(Error::new("no such file or folder").in_file(path));
        }
        files.push(path.to_path_buf());
        return Ok(());
    }
    if path.join("manifest.json").is_file() {
        exports.push(path.to_path_buf());
        return Ok(());
    }
    let mut entries: Vec<PathBuf> = std::fs::read_dir(path)
        .and_then(|entries| entries.map(|e| e.map(|e| e.path())).collect::<std::io::Result<_>>())
        .map_err(|e| Error::io(path, &e))?;
    entries.sort();
    for entry in entries {
        if !is_ours(&entry) {
            collect(&entry, files, exports)?;
        }
    }
    Ok(())
}

/// True for hidden files, and for what bitexto itself puts into a folder: stores with their journals, rejected records.
fn is_ours(file: &Path) -> bool {
    let name = file.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    let journal = [".rejected.jsonl", ".db-wal", ".db-shm", ".db-journal"].iter().any(|suffix| name.ends_with(suffix));
    name.starts_with('.') || journal || is_store(file)
}

fn is_store(file: &Path) -> bool {
    let mut head = [0; 16];
    let read = std::fs::File::open(file).and_then(|mut file| std::io::Read::read_exact(&mut file, &mut head));
    read.is_ok() && head == *b"SQLite format 3\0"
}

#[derive(Default)]
struct Sorting {
    source_lang: Lang,
    target_lang: Lang,
    /// The paths as they were asked for.
    named: BTreeSet<PathBuf>,
    items: Vec<(PathBuf, Item)>,
    two_files: BTreeMap<PathBuf, Vec<(Lang, PathBuf)>>,
    documents: BTreeMap<PathBuf, Vec<(Lang, PathBuf)>>,
    unnamed: Vec<PathBuf>,
    unpaired: Vec<(PathBuf, String)>,
}

impl Sorting {
    fn add(&mut self, file: PathBuf, options: &Options) -> Result<()> {
        let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
        if let Some((stem, _, lang)) = formats::moses::pair_of(&name) {
            self.two_files.entry(file.with_file_name(stem)).or_default().push((lang, file));
            return Ok(());
        }
        let format = match options.format {
            Some(format) => Some(format),
            None if file.as_os_str() == "-" => return Err(Error::new("standard input needs a `--format`")),
            None => detect(&file)?,
        };
        match format {
            Some(format) if format.read_statements.is_some() => self.items.push((file.clone(), Item::Statements { format, file })),
            Some(format) if format.files == 2 => match Lang::of_file_name(&name) {
                Some((stem, lang)) => self.two_files.entry(file.with_file_name(stem)).or_default().push((lang, file)),
                None => self.add_unnamed(file),
            },
            Some(format) if self.is_review(format, &file, options)? => self.add_review(format, file, options),
            Some(format) if format.read_units.is_some() => self.items.push((file.clone(), Item::Units { format, files: vec![file] })),
            Some(format) if format.read_document.is_some() => self.add_document(file, &name),
            _ => self.unpaired.push((file, "no format for it".into())),
        }
        Ok(())
    }

    fn is_review(&self, format: &Format, file: &Path, options: &Options) -> Result<bool> {
        let Some(read_review) = format.read_review.filter(|_| file.as_os_str() != "-") else { return Ok(false) };
        let asked = ReadOptions { source_lang: self.source_lang, target_lang: self.target_lang };
        Ok(read_review(options.open(file)?, &asked)?.is_some())
    }

    /// A review is taken from a file that was asked for by its name, for somebody: no folder is to decide what a reviewer meant.
    fn add_review(&mut self, format: &'static Format, file: PathBuf, options: &Options) {
        if options.reviewer.is_some() && self.named.contains(&file) {
            self.items.push((file.clone(), Item::Review { format, file }));
        } else {
            self.unpaired.push((file, "it is a review that came back: `bitexto ingest` takes it when the file is named".into()));
        }
    }

    /// Two files of a two-file format whose names tell nothing: the first given is the source.
    fn add_unnamed(&mut self, file: PathBuf) {
        let set = self.two_files.entry(PathBuf::new()).or_default();
        let lang = if set.is_empty() { self.source_lang } else { self.target_lang };
        set.push((lang, file));
    }

    fn add_document(&mut self, file: PathBuf, name: &str) {
        if let Some((stem, lang)) = Lang::of_file_name(name) {
            self.documents.entry(file.with_file_name(stem)).or_default().push((lang, file));
        } else if let Some((key, lang)) = language_folder(&file) {
            self.documents.entry(key).or_default().push((lang, file));
        } else {
            self.unnamed.push(file);
        }
    }

    fn finish(mut self) -> Discovery {
        let moses = formats::FORMATS.iter().copied().find(|f| f.files == 2);
        for (key, files) in std::mem::take(&mut self.two_files) {
            if let (Some(format), Some((source, target))) = (moses, self.pair(files)) {
                self.items.push((key, Item::Units { format, files: vec![source.1, target.1] }));
            }
        }
        for (key, files) in std::mem::take(&mut self.documents) {
            if let Some((source, target)) = self.pair(files) {
                let pair = DocumentPair { source: source.1, target: target.1, langs: (Some(source.0), Some(target.0)) };
                self.items.push((key, Item::Documents(pair)));
            }
        }
        if let [source, target] = &self.unnamed[..] {
            let pair = DocumentPair { source: source.clone(), target: target.clone(), langs: (None, None) };
            self.items.push((source.clone(), Item::Documents(pair)));
        } else {
            let reason = "its name tells no language (such as `.es.txt`, or a folder `es`)";
            self.unpaired.extend(self.unnamed.drain(..).map(|file| (file, reason.to_string())));
        }
        self.items.sort_by(|a, b| a.0.cmp(&b.0));
        self.unpaired.sort();
        Discovery { items: self.items.into_iter().map(|(_, item)| item).collect(), unpaired: self.unpaired }
    }

    /// The one file of the source language and the one of the target language among the files of one name; the others are unpaired.
    fn pair(&mut self, files: Vec<(Lang, PathBuf)>) -> Option<((Lang, PathBuf), (Lang, PathBuf))> {
        let (mut source, mut target) = (None, None);
        for (lang, file) in files {
            let side = if lang.same_language(&self.source_lang) {
                &mut source
            } else if lang.same_language(&self.target_lang) {
                &mut target
            } else {
                self.unpaired
                    .push((file, format!("`{lang}` is not a language of this corpus ({}, {})", self.source_lang, self.target_lang)));
                continue;
            };
            match side {
                None => *side = Some((lang, file)),
                Some((_, first)) => self.unpaired.push((file, format!("`{}` has the same name and language", first.display()))),
            }
        }
        match (source, target) {
            (Some(source), Some(target)) => Some((source, target)),
            (Some((_, file)), None) => self.leave(file, self.target_lang),
            (None, Some((_, file))) => self.leave(file, self.source_lang),
            (None, None) => None,
        }
    }

    fn leave<T>(&mut self, file: PathBuf, missing: Lang) -> Option<T> {
        self.unpaired.push((file, format!("no file of that name in `{missing}`")));
        None
    }
}

/// The path with its innermost language folder blanked out, and that language: `x/es/a.txt` and `x/en/a.txt` have one key.
fn language_folder(file: &Path) -> Option<(PathBuf, Lang)> {
    let folder = file.parent()?;
    for ancestor in folder.ancestors() {
        let name = ancestor.file_name()?.to_string_lossy().into_owned();
        if let Some((_, lang)) = Lang::of_file_name(&format!("x.{name}")) {
            let rest = file.strip_prefix(ancestor).ok()?;
            return Some((ancestor.with_file_name("*").join(rest), lang));
        }
    }
    None
}

fn detect(file: &Path) -> Result<Option<&'static Format>> {
    let mut input = Input::open(file, None)?;
    let can = |f: &Format| f.read_units.is_some() || f.read_statements.is_some() || f.read_document.is_some();
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let found = formats::detect(file, input.head()?, can);
    // `speech.es` is a document in Spanish.
    Ok(found.or_else(|| Lang::of_file_name(&name).and_then(|_| formats::by_name("text").ok())))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn discovered(names: &[&str]) -> (Vec<Vec<String>>, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        for name in names {
            let path = folder.path().join(name);
            std::fs::create_dir_all(path.parent().expect("a parent")).expect("a folder");
            std::fs::write(path, "hola\n").expect("written");
        }
        let options = Options::new(folder.path(), folder.path());
        let found = discover(&[folder.path().to_path_buf()], Lang::ES, Lang::EN, &options).expect("discovered");
        let short = |p: &Path| p.strip_prefix(folder.path()).expect("inside").to_string_lossy().into_owned();
        let items = found.items.iter().map(|item| item.files().into_iter().map(short).collect()).collect();
        (items, found.unpaired.iter().map(|(p, _)| short(p)).collect())
    }

    #[test]
    fn documents_pair_by_suffix_and_by_folder() {
        let (items, unpaired) = discovered(&["a.en.txt", "a.es.txt", "en/b.txt", "es/b.txt", "c.es", "c.en", "d.es.txt", "readme.txt"]);
        assert_eq!(items, [vec!["es/b.txt", "en/b.txt"], vec!["a.es.txt", "a.en.txt"], vec!["c.es", "c.en"]]);
        assert_eq!(unpaired, ["d.es.txt", "readme.txt"]);
    }

    #[test]
    fn moses_files_are_known_by_their_names() {
        let (items, unpaired) = discovered(&["news.en-es.en", "news.en-es.es", "x.tsv"]);
        assert_eq!(items, [vec!["news.en-es.es", "news.en-es.en"], vec!["x.tsv"]]);
        assert_eq!(unpaired, [""; 0]);
    }

    #[test]
    fn stores_side_files_and_exports_are_no_input() {
        let (items, unpaired) =
            discovered(&["x.tsv", "x.tsv.rejected.jsonl", "c.db-wal", ".hidden.tsv", "out/manifest.json", "out/corpus.tsv"]);
        assert_eq!(items, [vec!["x.tsv"]]);
        assert_eq!(unpaired, ["out"]);
    }

    #[test]
    fn a_third_language_and_a_double_are_listed() {
        let (items, unpaired) = discovered(&["a.es.txt", "a.en.txt", "a.fr.txt", "a.es"]);
        assert_eq!(items.len(), 1);
        assert_eq!(unpaired.len(), 2);
    }

    #[test]
    fn two_documents_without_language_in_their_names_are_a_pair() {
        let (items, _) = discovered(&["original.txt", "translation.txt"]);
        assert_eq!(items, [vec!["original.txt", "translation.txt"]]);
    }
}
