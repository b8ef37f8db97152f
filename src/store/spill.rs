//! Spill files for what does not fit memory: records of fixed size in sorted order, and texts to come back to. They have no name, lie in the folder for
//! temporary files (`TMPDIR`) and vanish with their owner, whatever happens to the program. What they hold is their user's business.

use std::cmp::Reverse;
use std::collections::BinaryHeap;
use std::collections::binary_heap::PeekMut;
use std::fs::File;
use std::io::{BufReader, BufWriter, Read, Seek, SeekFrom, Write};

use tempfile::SpooledTempFile;

use crate::error::{Error, Result};
use crate::parallel::Pool;

/// Records in a piece that is sorted by one worker.
const PIECE: usize = 1 << 16;
/// Spill files that are merged at a time; more are merged into one first, so that buffers and open files stay few.
const RUNS: usize = 64;
/// Bytes of a file's buffer.
const BUFFER: usize = 1 << 16;

/// A record: numbers, compared one after the other.
pub type Row<const N: usize> = [u64; N];

/// Sorts any number of records with bounded memory. What comes out does not depend on the memory or on the threads.
pub struct Sorter<'p, const N: usize> {
    pool: &'p Pool,
    pieces: Vec<Vec<Row<N>>>,
    piece: usize,
    most_pieces: usize,
    runs: Vec<Run>,
}

impl<'p, const N: usize> Sorter<'p, N> {
    /// A sorter that holds about `memory` bytes of records before it writes them to a file; at least some hundred records.
    pub fn new(pool: &'p Pool, memory: usize) -> Sorter<'p, N> {
        let records = (memory / size_of::<Row<N>>()).max(256);
        let piece = PIECE.min(records / 4);
        Sorter { pool, pieces: Vec::new(), piece, most_pieces: records / piece, runs: Vec::new() }
    }

    /// Adds a record. Fails when a spill file cannot be written.
    pub fn push(&mut self, record: Row<N>) -> Result<()> {
        match self.pieces.last_mut() {
            Some(last) if last.len() < self.piece => last.push(record),
            _ => {
                if self.pieces.len() == self.most_pieces {
                    self.spill()?;
                }
                let mut piece = Vec::with_capacity(self.piece);
                piece.push(record);
                self.pieces.push(piece);
            }
        }
        Ok(())
    }

    /// How many files hold what did not fit memory.
    pub fn spilled(&self) -> usize {
        self.runs.len()
    }

    /// The records in ascending order.
    pub fn finish(mut self) -> Result<Sorted<N>> {
        let mut sources: Vec<Source<N>> = self.runs.drain(..).map(Source::file).collect::<Result<_>>()?;
        sources.extend(self.sorted_pieces());
        Sorted::new(sources)
    }

    fn sorted_pieces(&mut self) -> impl Iterator<Item = Source<N>> + use<N> {
        self.pool.chunks(&mut self.pieces, 1, |_, pieces| pieces.iter_mut().for_each(|piece| piece.sort_unstable()));
        std::mem::take(&mut self.pieces).into_iter().map(|piece| Source::Memory(piece.into_iter()))
    }

    fn spill(&mut self) -> Result<()> {
        let pieces = self.sorted_pieces().collect();
        self.runs.push(Run::write(Sorted::new(pieces)?)?);
        if self.runs.len() == RUNS {
            let runs = self.runs.drain(..).map(Source::file).collect::<Result<_>>()?;
            self.runs.push(Run::write(Sorted::<N>::new(runs)?)?);
        }
        Ok(())
    }
}

/// Sorted records in a file.
struct Run {
    file: File,
    records: u64,
}

impl Run {
    fn write<const N: usize>(sorted: Sorted<N>) -> Result<Run> {
        let mut file = BufWriter::with_capacity(BUFFER, tempfile::tempfile().map_err(|e| not_spilled(&e))?);
        let mut records = 0;
        for record in sorted {
            file.write_all(record?.map(u64::to_le_bytes).as_flattened()).map_err(|e| not_spilled(&e))?;
            records += 1;
        }
        let mut file = file.into_inner().map_err(|e| not_spilled(e.error()))?;
        file.seek(SeekFrom::Start(0)).map_err(|e| not_spilled(&e))?;
        Ok(Run { file, records })
    }
}

fn not_spilled(error: &std::io::Error) -> Error {
    let cause = Error::from(std::io::Error::from(error.kind())).cause;
    Error::new(format!("a temporary file: {cause}")).hint("it lies in the folder that the environment variable `TMPDIR` names")
}

/// Where sorted records come from.
enum Source<const N: usize> {
    Memory(std::vec::IntoIter<Row<N>>),
    File { reader: BufReader<File>, left: u64 },
}

impl<const N: usize> Source<N> {
    fn file(run: Run) -> Result<Source<N>> {
        Ok(Source::File { reader: BufReader::with_capacity(BUFFER, run.file), left: run.records })
    }

    fn next(&mut self) -> Result<Option<Row<N>>> {
        match self {
            Source::Memory(records) => Ok(records.next()),
            Source::File { left: 0, .. } => Ok(None),
            Source::File { reader, left } => {
                let mut bytes = [[0; 8]; N];
                reader.read_exact(bytes.as_flattened_mut()).map_err(|e| not_spilled(&e))?;
                *left -= 1;
                Ok(Some(bytes.map(u64::from_le_bytes)))
            }
        }
    }
}

/// Records in ascending order, merged from memory and files as they are asked for.
pub struct Sorted<const N: usize> {
    sources: Vec<Source<N>>,
    /// The next record of each source that has one.
    next: BinaryHeap<Reverse<(Row<N>, usize)>>,
}

impl<const N: usize> Sorted<N> {
    fn new(mut sources: Vec<Source<N>>) -> Result<Sorted<N>> {
        let mut next = BinaryHeap::with_capacity(sources.len());
        for (n, source) in sources.iter_mut().enumerate() {
            next.extend(source.next()?.map(|record| Reverse((record, n))));
        }
        Ok(Sorted { sources, next })
    }

    fn pop(&mut self) -> Result<Option<Row<N>>> {
        let Some(mut least) = self.next.peek_mut() else { return Ok(None) };
        let Reverse((record, source)) = *least;
        match self.sources[source].next()? {
            Some(after) => *least = Reverse((after, source)),
            None => drop(PeekMut::pop(least)),
        }
        Ok(Some(record))
    }
}

impl<const N: usize> Iterator for Sorted<N> {
    type Item = Result<Row<N>>;

    fn next(&mut self) -> Option<Result<Row<N>>> {
        self.pop().transpose()
    }
}

/// Bytes that are written once and read again at any place; in memory as long as they are few.
pub struct Spool {
    file: SpooledTempFile,
    len: u64,
    buffer: Vec<u8>,
}

impl Spool {
    /// A spool that keeps up to `memory` bytes in memory.
    pub fn new(memory: usize) -> Spool {
        Spool { file: SpooledTempFile::new(memory), len: 0, buffer: Vec::with_capacity(BUFFER) }
    }

    /// Appends bytes; their place.
    pub fn push(&mut self, bytes: &[u8]) -> Result<u64> {
        let place = self.len;
        self.buffer.extend_from_slice(bytes);
        self.len += bytes.len() as u64;
        if self.buffer.len() >= BUFFER {
            self.flush()?;
        }
        Ok(place)
    }

    /// How many bytes it holds.
    pub fn len(&self) -> u64 {
        self.len
    }

    /// True when it holds nothing.
    pub fn is_empty(&self) -> bool {
        self.len == 0
    }

    /// Reads into all of `bytes` from a place on; fails when there are fewer.
    pub fn read(&mut self, place: u64, bytes: &mut [u8]) -> Result<()> {
        self.flush()?;
        self.file.seek(SeekFrom::Start(place)).and_then(|_| self.file.read_exact(bytes)).map_err(|e| not_spilled(&e))
    }

    fn flush(&mut self) -> Result<()> {
        if !self.buffer.is_empty() {
            let at_end = self.file.seek(SeekFrom::End(0));
            at_end.and_then(|_| self.file.write_all(&self.buffer)).map_err(|e| not_spilled(&e))?;
            self.buffer.clear();
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn sorted(records: u64, memory: usize) -> (Vec<Row<2>>, usize) {
        let pool = Pool::new(2).expect("a pool");
        let mut sorter = Sorter::new(&pool, memory);
        for n in 0..records {
            sorter.push([n % 7, n.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 40]).expect("spills");
        }
        let spilled = sorter.spilled();
        (sorter.finish().expect("merges").collect::<Result<_>>().expect("reads"), spilled)
    }

    #[test]
    fn what_spills_comes_out_as_from_memory() {
        let (all, files) = sorted(30_000, 1 << 20);
        assert!(files == 0 && all.len() == 30_000 && all.is_sorted());
        let (spilled, files) = sorted(30_000, 1 << 16);
        assert!(files > 1, "{files}");
        assert_eq!(spilled, all);
    }

    #[test]
    fn many_files_become_one() {
        // 256 records fit, so this makes more than RUNS files.
        let (all, files) = sorted(20_000, 1);
        assert!(files < RUNS && all.is_sorted() && all.len() == 20_000);
    }

    #[test]
    fn a_spool_is_read_at_any_place_in_memory_or_not() {
        for memory in [0, 1 << 20] {
            let mut spool = Spool::new(memory);
            let places: Vec<u64> = (0..50_000u32).map(|n| spool.push(&n.to_le_bytes()).expect("writes")).collect();
            let mut bytes = [0; 4];
            for n in [49_999, 0, 777] {
                spool.read(places[n], &mut bytes).expect("reads");
                assert_eq!(u32::from_le_bytes(bytes) as usize, n);
            }
            assert!(spool.read(spool.len() - 3, &mut bytes).is_err());
        }
    }
}
