//! Who writes: of several servers on one store the first one. The others show it and change nothing.
//!
//! The lock is the operating system's, on a file beside the store, so that it ends with the process that holds it however that ends;
//! what is left of the file then is taken over. SQLite keeps the store whole by itself, the lock only tells reviewers in time.

use std::fs::{File, OpenOptions, TryLockError};
use std::io::{Read, Seek, Write};
use std::path::{Path, PathBuf};

use crate::error::{Error, Result};

/// The right to write, given back when dropped.
pub(super) struct Lock {
    file: File,
    path: PathBuf,
}

/// What asking for the right to write gave.
pub(super) enum Locked {
    /// It is ours.
    Ours(Lock),
    /// The process with this number has it, if it said so.
    ByProcess(Option<u32>),
}

impl Lock {
    /// Asks for the right to write to `store`, by the file `STORE.review.lock`.
    ///
    /// # Errors
    /// If the file cannot be made, as in a folder that is read-only.
    pub(super) fn of(store: &Path) -> Result<Locked> {
        let mut path = store.as_os_str().to_owned();
        path.push(".review.lock");
        let path = PathBuf::from(path);
        // The one who had it may remove the file between our opening and locking it; then it is not the file of that name any more.
        for _ in 0..8 {
            let mut file =
                OpenOptions::new().read(true).write(true).create(true).truncate(false).open(&path).map_err(|e| Error::io(&path, &e))?;
            match file.try_lock() {
                Ok(()) if !is_at(&file, &path) => {}
                Ok(()) => {
                    name_process(&mut file).map_err(|e| Error::io(&path, &e))?;
                    return Ok(Locked::Ours(Lock { file, path }));
                }
                Err(TryLockError::WouldBlock) => return Ok(Locked::ByProcess(process(&mut file))),
                Err(TryLockError::Error(error)) => return Err(Error::io(&path, &error)),
            }
        }
        Ok(Locked::ByProcess(None))
    }
}

impl Drop for Lock {
    fn drop(&mut self) {
        // A file that stays is in nobody's way.
        let _ = std::fs::remove_file(&self.path);
        let _ = self.file.unlock();
    }
}

fn name_process(file: &mut File) -> std::io::Result<()> {
    file.set_len(0)?;
    file.rewind()?;
    writeln!(file, "{}", std::process::id())
}

fn process(file: &mut File) -> Option<u32> {
    let mut text = String::new();
    file.take(32).read_to_string(&mut text).ok()?;
    text.trim().parse().ok()
}

#[cfg(unix)]
fn is_at(file: &File, path: &Path) -> bool {
    use std::os::unix::fs::MetadataExt;
    let same = |a: &std::fs::Metadata, b: &std::fs::Metadata| (a.dev(), a.ino()) == (b.dev(), b.ino());
    matches!((file.metadata(), std::fs::metadata(path)), (Ok(a), Ok(b)) if same(&a, &b))
}

/// Elsewhere an open file is not removed.
#[cfg(not(unix))]
fn is_at(_: &File, _: &Path) -> bool {
    true
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_second_learns_who_the_first_is_and_has_it_when_that_ends() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = folder.path().join("c.db");
        let Locked::Ours(first) = Lock::of(&store).expect("a lock") else { panic!("the first has it") };
        assert!(matches!(Lock::of(&store).expect("an answer"), Locked::ByProcess(Some(pid)) if pid == std::process::id()));
        drop(first);
        assert!(!folder.path().join("c.db.review.lock").exists());
        assert!(matches!(Lock::of(&store).expect("a lock"), Locked::Ours(_)));
    }

    #[test]
    fn a_file_left_by_a_process_that_died_is_taken_over() {
        let folder = tempfile::tempdir().expect("a folder");
        let store = folder.path().join("c.db");
        std::fs::write(folder.path().join("c.db.review.lock"), "999999\n").expect("a file");
        let Locked::Ours(lock) = Lock::of(&store).expect("a lock") else { panic!("nobody holds it") };
        assert_eq!(std::fs::read_to_string(&lock.path).expect("the file"), format!("{}\n", std::process::id()));
    }
}
