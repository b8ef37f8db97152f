//! Ready units: a file (or two) of a unit format → the store, in constant memory.

use std::io::Write;
use std::path::{Path, PathBuf};

use super::orientation::{Sides, orient};
use super::{Change, Options, Progress, RejectedFile, Report, change, content_hash};
use crate::error::{Error, Result};
use crate::formats::{Batches, Format, ReadOptions, Rejection};
use crate::model::{Lang, Unit};
use crate::parallel::Pool;
use crate::store::{Origin, OriginKind, Store};

/// A unit and its id, or why it could not be read.
type Ready = Vec<std::result::Result<(Unit, [u8; 16]), Box<Rejection>>>;

pub(super) fn ingest(
    store: &mut Store,
    pool: &Pool,
    format: &'static Format,
    files: &[PathBuf],
    options: &Options,
    progress: Progress<'_>,
) -> Result<Report> {
    let read_units = format.read_units.ok_or_else(|| Error::new(format!("format `{}` holds no units", format.name)))?;
    let spooled = Spooled::new(files)?;
    let paths: Vec<&Path> = spooled.paths(files);
    let hash = content_hash(&paths, &options.fingerprint(format.name))?;
    let keys: Vec<String> = files.iter().map(|file| options.key(file)).collect();
    let key = if spooled.is_stdin() { free_stdin_key(store, &hash)? } else { keys.join("|") };
    let mut report = Report::new(&key, format.name, change(store, &key, &hash)?);
    if report.change == Change::Unchanged {
        return Ok(report);
    }
    let read_options = read_options(store, options)?;
    let inputs = paths.iter().map(|path| options.open(path)).collect::<Result<Vec<_>>>()?;
    let inputs = inputs.into_iter().zip(&keys).map(|(input, key)| input.named(if spooled.is_stdin() { "-" } else { key })).collect();
    let batches = read_units(inputs, &read_options).map_err(|e| e.in_file(&files[0]))?;
    let origin = Origin {
        key: key.clone(),
        kind: OriginKind::Units,
        source: options.source_of(&key),
        file: keys[0].clone(),
        target_file: keys.get(1).cloned(),
        format: format.name.to_string(),
        content_hash: hash,
        original_lang: options.original_lang,
        parent: None,
        documents: None,
    };
    store.transaction(|store| load(store, pool, &origin, batches, options, &mut report, progress)).map_err(|e| e.in_file(&files[0]))?;
    Ok(report)
}

fn load(
    store: &mut Store,
    pool: &Pool,
    origin: &Origin,
    batches: Batches,
    options: &Options,
    report: &mut Report,
    progress: Progress<'_>,
) -> Result<()> {
    let (source_lang, target_lang) = (store.source_lang(), store.target_lang());
    let (row, generation) = store.put_origin(origin)?;
    let mut load = store.load_units(row, &origin.key, generation, &options.provenance)?;
    let mut rejected = RejectedFile::new(&options.rejected_folder, &origin.key, options.strict);
    let mut sides = Sides::default();
    let file = Path::new(&origin.file);
    let prepare = |batch: crate::formats::Batch| -> Ready {
        batch.read().into_iter().map(|read| read.and_then(|unit| prepare(unit, origin, source_lang, target_lang, options))).collect()
    };
    let store_batch = |ready: Ready| -> Result<()> {
        for result in ready {
            report.read += 1;
            match result {
                Ok((unit, id)) => {
                    if sides.look(&unit) {
                        sides.refuse_swapped(source_lang, target_lang).map_err(|e| e.in_file(file))?;
                    }
                    load.put(&unit, id)?;
                }
                Err(rejection) => rejected.add(&rejection)?,
            }
        }
        progress(report.read);
        Ok(())
    };
    pool.map_ordered(batches, prepare, store_batch)?;
    if report.read == 0 {
        return Err(Error::new("the file is empty").in_file(file));
    }
    sides.refuse_swapped(source_lang, target_lang).map_err(|e| e.in_file(file))?;
    report.outcome = load.finish()?;
    report.outcome.rejected = rejected.count();
    store.set_origin_counts(row, report.outcome.added + report.outcome.kept, report.outcome.rejected)?;
    report.rejected_file = rejected.finish()?;
    Ok(())
}

/// The unit in the corpus's orientation, with what the options say of it, and its id.
fn prepare(
    unit: Unit,
    origin: &Origin,
    source_lang: Lang,
    target_lang: Lang,
    options: &Options,
) -> std::result::Result<(Unit, [u8; 16]), Box<Rejection>> {
    let record = unit.origin.record.unwrap_or(0);
    let mut unit = orient(unit, source_lang, target_lang).map_err(|cause| {
        Box::new(Rejection { file: origin.file.clone(), sheet: None, record, line: 0, byte: 0, cause, text: String::new() })
    })?;
    for (provenance, defaults) in [&mut unit.source_provenance, &mut unit.target_provenance].into_iter().zip(&options.provenance) {
        if !provenance.is_empty() {
            **provenance = std::mem::take(&mut **provenance).or(defaults);
        }
    }
    unit.original_lang = unit.original_lang.or(options.original_lang);
    let id = unit.id_bytes(&origin.key, 0);
    Ok((unit, id))
}

/// The languages of the file's sides: as said, else as the corpus has them.
fn read_options(store: &Store, options: &Options) -> Result<ReadOptions> {
    let (source, target) = (store.source_lang(), store.target_lang());
    let other = |lang: Lang| if lang.same_language(&source) { target } else { source };
    let (source_lang, target_lang) = match (options.source_lang, options.target_lang) {
        (None, None) => (source, target),
        (Some(s), None) => (s, other(s)),
        (None, Some(t)) => (other(t), t),
        (Some(s), Some(t)) => (s, t),
    };
    let fits = |a: Lang, b: Lang| a.same_language(&source) && b.same_language(&target);
    if !fits(source_lang, target_lang) && !fits(target_lang, source_lang) {
        return Err(Error::new(format!("files of `{source_lang}`–`{target_lang}` do not fit a corpus of `{source}`–`{target}`")));
    }
    Ok(ReadOptions { source_lang, target_lang })
}

/// Standard input, spooled to a file so that it can be hashed before it is stored.
struct Spooled(Option<tempfile::NamedTempFile>);

impl Spooled {
    fn new(files: &[PathBuf]) -> Result<Spooled> {
        if !files.iter().any(|file| file.as_os_str() == "-") {
            return Ok(Spooled(None));
        }
        let mut file = tempfile::NamedTempFile::new()?;
        std::io::copy(&mut std::io::stdin().lock(), &mut file)?;
        file.flush()?;
        Ok(Spooled(Some(file)))
    }

    fn is_stdin(&self) -> bool {
        self.0.is_some()
    }

    fn paths<'a>(&'a self, files: &'a [PathBuf]) -> Vec<&'a Path> {
        match &self.0 {
            Some(file) => vec![file.path()],
            None => files.iter().map(PathBuf::as_path).collect(),
        }
    }
}

/// Standard input has no name: the same content again is the same origin, other content is another one.
fn free_stdin_key(store: &Store, hash: &str) -> Result<String> {
    let mut n = 1;
    loop {
        let key = if n == 1 { "stdin".to_string() } else { format!("stdin-{n}") };
        match store.origin(&key)? {
            Some((_, stored)) if stored != hash => n += 1,
            _ => return Ok(key),
        }
    }
}
