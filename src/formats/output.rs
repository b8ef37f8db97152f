//! Bytes out: a file that appears under its name only when whole, compressed by its suffix, with its size and SHA-256.

use std::fs::File;
use std::io::{self, BufWriter, Write};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use sha2::{Digest, Sha256};
use tempfile::NamedTempFile;

use super::{Encoded, Sink};
use crate::error::{Error, Result};

/// A file being written: it has a temporary name in the same folder until [`Output::finish`].
pub struct Output {
    path: PathBuf,
    encoder: Encoder,
}

/// A file that is whole.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finished {
    /// Where it is.
    pub path: PathBuf,
    /// Its size in bytes.
    pub bytes: u64,
    /// The SHA-256 of its bytes, in hexadecimal.
    pub sha256: String,
}

enum Encoder {
    Plain(Hashed),
    Gzip(flate2::write::GzEncoder<Hashed>),
    Zstd(zstd::Encoder<'static, Hashed>),
}

/// Counts and hashes what reaches the disk.
struct Hashed {
    file: BufWriter<NamedTempFile>,
    hash: Sha256,
    bytes: u64,
}

impl Output {
    /// Begins `path`; a suffix `.gz` or `.zst` compresses. Missing folders are made.
    pub fn create(path: &Path) -> Result<Output> {
        let at = |e: &io::Error| Error::io(path, e);
        let temporary = begin(path).map_err(|e| at(&e))?;
        let raw = Hashed { file: BufWriter::with_capacity(1 << 16, temporary), hash: Sha256::new(), bytes: 0 };
        let encoder = match path.extension().and_then(|e| e.to_str()) {
            // No file name and no time in the gzip header, so that the same content gives the same bytes.
            Some("gz") => Encoder::Gzip(flate2::write::GzEncoder::new(raw, flate2::Compression::default())),
            Some("zst") => Encoder::Zstd(zstd::Encoder::new(raw, 3).map_err(|e| at(&e))?),
            _ => Encoder::Plain(raw),
        };
        Ok(Output { path: path.to_path_buf(), encoder })
    }

    /// Makes the file whole: flushes it, syncs it and gives it its name, replacing an older one.
    pub fn finish(self) -> Result<Finished> {
        self.finish_as(give_name)
    }

    /// The same without waiting for the disk, which takes longer than writing where there are thousands of small files. After a power
    /// failure the file may be broken: for what can be made again.
    pub fn finish_unsynced(self) -> Result<Finished> {
        self.finish_as(give_name_unsynced)
    }

    fn finish_as(self, give_name: fn(NamedTempFile, &Path) -> io::Result<()>) -> Result<Finished> {
        let path = self.path;
        let at = |e: io::Error| Error::io(&path, &e);
        let raw = match self.encoder {
            Encoder::Plain(raw) => raw,
            Encoder::Gzip(encoder) => encoder.finish().map_err(at)?,
            Encoder::Zstd(encoder) => encoder.finish().map_err(at)?,
        };
        let temporary = raw.file.into_inner().map_err(|e| at(e.into_error()))?;
        give_name(temporary, &path).map_err(at)?;
        let sha256 = raw.hash.finalize().iter().map(|b| format!("{b:02x}")).collect();
        Ok(Finished { path, bytes: raw.bytes, sha256 })
    }
}

/// A file without its name yet, in the folder of `path`, which is made when missing.
pub(super) fn begin(path: &Path) -> io::Result<NamedTempFile> {
    let folder = path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."));
    std::fs::create_dir_all(folder)?;
    tempfile::Builder::new().prefix(".bitexto-").suffix(".part").tempfile_in(folder)
}

/// Gives a whole file its name, when all of it is on the disk.
pub(super) fn give_name(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    give_name_unsynced(file, path)
}

fn give_name_unsynced(file: NamedTempFile, path: &Path) -> io::Result<()> {
    readable_by_others(file.as_file())?;
    file.persist(path).map_err(|e| e.error)?;
    Ok(())
}

/// Writes a whole file at once.
pub fn write_whole(path: &Path, bytes: &[u8]) -> Result<Finished> {
    let mut output = Output::create(path)?;
    output.write_all(bytes).map_err(|e| Error::io(path, &e))?;
    output.finish()
}

/// An output that a sink writes to and that is still ours to finish.
#[derive(Clone)]
pub struct SharedOutput(Arc<Mutex<Output>>);

impl SharedOutput {
    /// Shares an output.
    pub fn new(output: Output) -> SharedOutput {
        SharedOutput(Arc::new(Mutex::new(output)))
    }

    /// Makes the file whole, after the sink was finished.
    pub fn finish(self) -> Result<Finished> {
        let output = Arc::into_inner(self.0).expect("the sink was finished and dropped its part");
        output.into_inner().expect("nobody panicked while writing").finish()
    }
}

impl Write for SharedOutput {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().expect("nobody panicked while writing").write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.0.lock().expect("nobody panicked while writing").flush()
    }
}

/// The sink of every format that is a byte stream: each part of [`Encoded::bytes`] goes to its file.
pub struct Files(pub Vec<Box<dyn Write + Send>>);

impl Sink for Files {
    fn append(&mut self, encoded: Encoded) -> Result<()> {
        for (file, bytes) in self.0.iter_mut().zip(&encoded.bytes) {
            file.write_all(bytes)?;
        }
        Ok(())
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        for file in &mut self.0 {
            file.flush()?;
        }
        Ok(())
    }
}

/// Temporary files are private; a finished one has the permissions of any new file (assuming the usual umask 022).
#[cfg(unix)]
fn readable_by_others(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    file.set_permissions(std::fs::Permissions::from_mode(0o644))
}

#[cfg(not(unix))]
fn readable_by_others(_: &File) -> io::Result<()> {
    Ok(())
}

impl Write for Output {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        match &mut self.encoder {
            Encoder::Plain(raw) => raw.write(bytes),
            Encoder::Gzip(encoder) => encoder.write(bytes),
            Encoder::Zstd(encoder) => encoder.write(bytes),
        }
    }

    fn flush(&mut self) -> io::Result<()> {
        match &mut self.encoder {
            Encoder::Plain(raw) => raw.flush(),
            Encoder::Gzip(encoder) => encoder.flush(),
            Encoder::Zstd(encoder) => encoder.flush(),
        }
    }
}

impl Write for Hashed {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        let n = self.file.write(bytes)?;
        self.hash.update(&bytes[..n]);
        self.bytes += n as u64;
        Ok(n)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_file_has_its_name_only_when_whole() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/b.txt");
        let mut output = Output::create(&path).expect("begins");
        output.write_all(b"abc").expect("writes");
        assert!(!path.exists());
        let finished = output.finish().expect("ends");
        assert_eq!(finished.bytes, 3);
        assert!(finished.sha256.starts_with("ba7816bf"));
        assert_eq!(std::fs::read(&path).expect("reads"), b"abc");
    }

    #[test]
    fn an_unfinished_file_leaves_nothing() {
        let folder = tempfile::tempdir().expect("a folder");
        drop(Output::create(&folder.path().join("b.txt")).expect("begins"));
        assert_eq!(std::fs::read_dir(folder.path()).expect("lists").count(), 0);
    }

    #[test]
    fn the_suffix_compresses_the_same_way_every_time() {
        let folder = tempfile::tempdir().expect("a folder");
        for name in ["a.gz", "a.zst"] {
            let path = folder.path().join(name);
            let first = write_whole(&path, "año ".repeat(100).as_bytes()).expect("writes");
            let second = write_whole(&path, "año ".repeat(100).as_bytes()).expect("writes");
            assert_eq!(first, second);
            assert!(first.bytes < 100);
        }
    }
}
