//! The records that `dedup` reads, as often as it must: those of a file of units, of standard input, of a store. It does not know what a duplicate is.

use std::fs::File;
use std::io::Read as _;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::NamedTempFile;

use crate::error::{Error, Result};
use crate::formats::{self, Batch, Format, Input, ReadOptions};
use crate::model::Lang;
use crate::store::{Store, UnitQuery};

/// Units of a store in a batch.
const PAGE: usize = 1000;

/// How a file is read.
#[derive(Clone, Copy)]
pub(super) struct How<'a> {
    pub(super) format: Option<&'a str>,
    pub(super) encoding: Option<&'a str>,
    pub(super) langs: (Lang, Lang),
}

/// Records that can be read again, the same in the same order.
pub(super) struct Records<'a> {
    how: How<'a>,
    /// As it was named.
    pub(super) path: PathBuf,
    kind: Kind,
}

enum Kind {
    File { format: &'static Format, open: PathBuf, state: FileState, _spooled: Option<NamedTempFile> },
    Store(Store),
}

/// What shows that a file was written to.
#[derive(PartialEq)]
struct FileState {
    bytes: u64,
    modified: Option<SystemTime>,
}

impl FileState {
    fn of(path: &Path) -> Result<FileState> {
        let metadata = std::fs::metadata(path).map_err(|e| Error::io(path, &e))?;
        Ok(FileState { bytes: metadata.len(), modified: metadata.modified().ok() })
    }
}

impl<'a> Records<'a> {
    /// Opens a store, or a file in the format that is named or found out. What can be read only once is spooled to a temporary file.
    pub(super) fn open(path: &Path, how: How<'a>) -> Result<Records<'a>> {
        let spooled = if can_be_read_again(path) { None } else { Some(spool(path)?) };
        let open = spooled.as_ref().map_or(path, NamedTempFile::path).to_path_buf();
        if is_store(&open)? {
            return Ok(Records { how, path: path.to_path_buf(), kind: Kind::Store(Store::open_read_only(&open)?) });
        }
        let mut input = Input::open(&open, how.encoding).map_err(|e| Error { file: Some(path.to_path_buf()), ..e })?;
        let format = match how.format {
            Some(name) => formats::by_name(name)?,
            None => formats::detect(path, input.head()?, |f| f.read_units.is_some() && f.files == 1)
                .ok_or_else(|| Error::new("in no format that holds units, and no store").in_file(path).hint("name its `--format`"))?,
        };
        let state = FileState::of(&open)?;
        Ok(Records { how, path: path.to_path_buf(), kind: Kind::File { format, open, state, _spooled: spooled } })
    }

    /// The format of the file; `None` for a store.
    pub(super) fn format(&self) -> Option<&'static Format> {
        match self.kind {
            Kind::File { format, .. } => Some(format),
            Kind::Store(_) => None,
        }
    }

    /// The languages of both sides.
    pub(super) fn langs(&self) -> (Lang, Lang) {
        match &self.kind {
            Kind::File { .. } => self.how.langs,
            Kind::Store(store) => (store.source_lang(), store.target_lang()),
        }
    }

    /// All records, in batches that are the same every time.
    pub(super) fn batches(&self) -> Result<Box<dyn Iterator<Item = Result<Batch>> + '_>> {
        match &self.kind {
            Kind::File { format, open, .. } => {
                let read = format.read_units.ok_or_else(|| Error::new(format!("format `{}` holds no units", format.name)))?;
                let input = Input::open(open, self.how.encoding)?.named(&self.path.to_string_lossy());
                let (source_lang, target_lang) = self.how.langs;
                read(vec![input], &ReadOptions { source_lang, target_lang }).map(|batches| batches as Box<dyn Iterator<Item = _>>)
            }
            Kind::Store(store) => {
                let pages = store.unit_pages(UnitQuery::default(), PAGE)?;
                let batch =
                    |page: Vec<crate::store::StoredUnit>| Batch::new(Some(page.len()), || page.into_iter().map(|s| Ok(s.unit)).collect());
                Ok(Box::new(pages.map(move |page| page.map(batch))))
            }
        }
    }

    /// The error for a file that is another than it was when it was opened.
    pub(super) fn check_unchanged(&self) -> Result<()> {
        match &self.kind {
            Kind::File { open, state, .. } if FileState::of(open)? != *state => Err(self.changed()),
            _ => Ok(()),
        }
    }

    /// The error for a file that is another when it is read again.
    pub(super) fn changed(&self) -> Error {
        Error::new("changed while it was read").in_file(&self.path).hint("run the command again when nothing writes to it")
    }
}

fn can_be_read_again(path: &Path) -> bool {
    path.as_os_str() != "-" && std::fs::metadata(path).map_or(true, |metadata| metadata.is_file() || metadata.is_dir())
}

fn spool(path: &Path) -> Result<NamedTempFile> {
    let mut spooled = NamedTempFile::new()?;
    if path.as_os_str() == "-" {
        std::io::copy(&mut std::io::stdin().lock(), &mut spooled)?;
    } else {
        let mut file = File::open(path).map_err(|e| Error::io(path, &e))?;
        std::io::copy(&mut file, &mut spooled).map_err(|e| Error::io(path, &e))?;
    }
    Ok(spooled)
}

/// True for an SQLite database (its format's section 1.3.1).
fn is_store(path: &Path) -> Result<bool> {
    if path.is_dir() {
        return Ok(false);
    }
    let mut head = Vec::new();
    let file = File::open(path).map_err(|e| Error::io(path, &e))?;
    file.take(16).read_to_end(&mut head).map_err(|e| Error::io(path, &e))?;
    Ok(head == b"SQLite format 3\0")
}
