//! Tables of vectors as NumPy stores them: `.npy` with two dimensions, one vector a row. Read into [`Vectors`], written row by row.
//!
//! The form is that of NumPy's `numpy.lib.format`, versions 1.0 to 3.0: a magic string, the length of the header, the header (a Python
//! dictionary), the values. Taken are little-endian float32 and float16 in C order, written is float32; nothing is converted or repaired.

use std::fs::File;
use std::io::{self, BufReader, BufWriter, Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};

use half::f16;
use tempfile::NamedTempFile;

use super::output::{begin, give_name};
use crate::error::{Error, Result};
use crate::semantics::Vectors;

const MAGIC: &[u8] = b"\x93NUMPY";
/// NumPy itself refuses longer headers without being told otherwise (`max_header_size`).
const MAX_HEADER: usize = 10_000;
/// Bytes before the values in what is written: there is room for any number of rows, and the values are aligned to 64 bytes as NumPy asks.
const WRITTEN_HEADER: usize = 128;

/// Reads a table of vectors.
///
/// Another shape, order or type than two dimensions of float16 or float32, missing or trailing bytes, and values that are no numbers are
/// errors that say which and, for a value, where (row and column, from 0).
pub fn read(path: &Path) -> Result<Vectors> {
    let file = File::open(path).map_err(|e| Error::io(path, &e))?;
    table(BufReader::with_capacity(1 << 18, file)).map_err(|e| e.in_file(path))
}

fn table(mut file: impl Read) -> Result<Vectors> {
    let Header { kind, rows, dimensions } = header(&mut file)?;
    let mut values = Vec::new();
    let mut bytes = vec![0; dimensions * kind.size()];
    for row in 0..rows {
        fill(&mut file, &mut bytes)?.then_some(()).ok_or_else(|| Error::new(format!("the file ends in row {row} of {rows}")))?;
        let before = values.len();
        kind.decode(&bytes, &mut values);
        if let Some(column) = values[before..].iter().position(|value: &f32| !value.is_finite()) {
            let value = values[before + column];
            return Err(Error::new(format!("row {row}, column {column} is `{value}`"))
                .hint("every value must be a number; rows and columns are counted from 0"));
        }
    }
    if fill(&mut file, &mut [0])? {
        return Err(Error::new(format!("the file goes on after its {rows} rows of {dimensions} values")));
    }
    Vectors::new(dimensions, values).ok_or_else(|| Error::new("the vectors have no dimension"))
}

/// Reads as many bytes as fit; false when the file ends before.
fn fill(file: &mut impl Read, bytes: &mut [u8]) -> Result<bool> {
    match file.read_exact(bytes) {
        Ok(()) => Ok(true),
        Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => Ok(false),
        Err(e) => Err(e.into()),
    }
}

/// The types of values that are read.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Kind {
    Float32,
    Float16,
}

impl Kind {
    fn size(self) -> usize {
        match self {
            Kind::Float32 => 4,
            Kind::Float16 => 2,
        }
    }

    fn decode(self, bytes: &[u8], values: &mut Vec<f32>) {
        match self {
            Kind::Float32 => values.extend(bytes.as_chunks().0.iter().map(|&value| f32::from_le_bytes(value))),
            Kind::Float16 => values.extend(bytes.as_chunks().0.iter().map(|&value| f16::from_le_bytes(value).to_f32())),
        }
    }
}

#[derive(Debug, PartialEq)]
struct Header {
    kind: Kind,
    rows: usize,
    dimensions: usize,
}

fn header(file: &mut impl Read) -> Result<Header> {
    let cut_off = || Error::new("the file ends within its header");
    let mut magic = [0; 8];
    if !fill(file, &mut magic)? || !magic.starts_with(MAGIC) {
        return Err(Error::new("is not a NumPy file").hint("vectors are read from what `numpy.save` writes: `.npy`, not `.npz`"));
    }
    let mut length = [0; 4];
    let size = match magic[6] {
        1 => &mut length[..2],
        2 | 3 => &mut length[..],
        other => return Err(Error::new(format!("version {other} of the NumPy format is unknown"))),
    };
    if !fill(file, size)? {
        return Err(cut_off());
    }
    let length = u32::from_le_bytes(length) as usize;
    if length > MAX_HEADER {
        return Err(Error::new(format!("the header has {length} bytes, more than {MAX_HEADER}")));
    }
    let mut header = vec![0; length];
    if !fill(file, &mut header)? {
        return Err(cut_off());
    }
    parse(&String::from_utf8_lossy(&header))
}

fn parse(header: &str) -> Result<Header> {
    let missing = |key: &str| Error::new(format!("the header has no `{key}`"));
    let value = |key: &str| {
        let (_, rest) = header.split_once(&format!("'{key}':")).ok_or_else(|| missing(key))?;
        Ok::<_, Error>(rest.trim_start())
    };
    let kind = match value("descr")? {
        descr if descr.starts_with("'<f4'") => Kind::Float32,
        descr if descr.starts_with("'<f2'") => Kind::Float16,
        descr => {
            let found = descr.split([',', '}']).next().unwrap_or_default().trim_matches('\'');
            return Err(Error::new(format!("values of type `{found}`, not `<f4` or `<f2`"))
                .hint("in NumPy: `table.astype('float32')` before saving"));
        }
    };
    if !value("fortran_order")?.starts_with("False") {
        return Err(Error::new("the table is in Fortran order").hint("in NumPy: `numpy.ascontiguousarray(table)` before saving"));
    }
    let shape = value("shape")?.strip_prefix('(').and_then(|rest| rest.split_once(')')).ok_or_else(|| missing("shape"))?.0;
    let sizes: Vec<&str> = shape.split(',').map(str::trim).filter(|size| !size.is_empty()).collect();
    let size = |n: usize| sizes.get(n).and_then(|size| size.parse::<usize>().ok());
    match (sizes.len(), size(0), size(1)) {
        // A row must fit in memory to be looked at.
        (2, Some(rows), Some(dimensions @ 1..=1_000_000)) => Ok(Header { kind, rows, dimensions }),
        _ => Err(Error::new(format!("the shape is ({shape}), not (segments, dimensions)"))),
    }
}

/// Writes a table of float32 vectors row by row; it has its name only when whole, and says how many rows it has only then.
pub struct Writer {
    path: PathBuf,
    file: BufWriter<NamedTempFile>,
    dimensions: usize,
    rows: usize,
}

impl Writer {
    /// Begins the table `path` of vectors of this length.
    pub fn create(path: &Path, dimensions: usize) -> Result<Writer> {
        let at = |e: io::Error| Error::io(path, &e);
        let mut file = BufWriter::with_capacity(1 << 18, begin(path).map_err(at)?);
        file.write_all(&written_header(0, dimensions)).map_err(at)?;
        Ok(Writer { path: path.to_path_buf(), file, dimensions, rows: 0 })
    }

    /// Appends a vector; one of another length is an error.
    pub fn push(&mut self, vector: &[f32]) -> Result<()> {
        if vector.len() != self.dimensions {
            return Err(Error::new(format!("a vector of {} values in a table of {}", vector.len(), self.dimensions)).in_file(&self.path));
        }
        let bytes: Vec<u8> = vector.iter().flat_map(|value| value.to_le_bytes()).collect();
        self.rows += 1;
        self.file.write_all(&bytes).map_err(|e| Error::io(&self.path, &e))
    }

    /// Makes the file whole, gives it its name and tells how many rows it has.
    pub fn finish(self) -> Result<usize> {
        let at = |e: io::Error| Error::io(&self.path, &e);
        let mut file = self.file.into_inner().map_err(|e| at(e.into_error()))?;
        file.seek(SeekFrom::Start(0)).map_err(at)?;
        file.write_all(&written_header(self.rows, self.dimensions)).map_err(at)?;
        give_name(file, &self.path).map_err(at)?;
        Ok(self.rows)
    }
}

/// The header of a table, filled up with blanks to [`WRITTEN_HEADER`] bytes.
fn written_header(rows: usize, dimensions: usize) -> Vec<u8> {
    let dictionary = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {dimensions}), }}");
    let length = WRITTEN_HEADER - MAGIC.len() - 4;
    let mut header = MAGIC.to_vec();
    header.extend([1, 0]);
    header.extend((length as u16).to_le_bytes());
    header.extend(format!("{dictionary:<width$}\n", width = length - 1).bytes());
    header
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A file of version 1.0 with this header and these bytes of values.
    fn file(header: &str, values: &[u8]) -> Vec<u8> {
        let mut bytes = [MAGIC, &[1, 0], &(header.len() as u16).to_le_bytes()].concat();
        bytes.extend([header.as_bytes(), values].concat());
        bytes
    }

    fn float32(rows: usize, dimensions: usize, values: &[f32]) -> Vec<u8> {
        let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({rows}, {dimensions}), }}\n");
        file(&header, &values.iter().flat_map(|v| v.to_le_bytes()).collect::<Vec<_>>())
    }

    fn refused(bytes: &[u8]) -> String {
        table(bytes).expect_err("refused").to_string()
    }

    #[test]
    fn both_types_and_all_versions_are_read() {
        let read = table(&*float32(2, 3, &[1.0, 2.0, 3.0, 4.0, 5.0, -0.5])).expect("a table");
        assert_eq!((read.len(), read.row(1)), (2, [4.0, 5.0, -0.5].as_slice()));
        let half = "{'shape': (1, 2), 'descr': '<f2', 'fortran_order': False}";
        // 1.5 and −2 as IEEE 754 binary16.
        let values = [0x00, 0x3e, 0x00, 0xc0];
        assert_eq!(table(&*file(half, &values)).expect("a table").values(), [1.5, -2.0]);
        for version in [2, 3] {
            let mut long = [MAGIC, &[version, 0], &(half.len() as u32).to_le_bytes(), half.as_bytes()].concat();
            long.extend(values);
            assert_eq!(table(&*long).expect("a table").len(), 1);
        }
    }

    #[test]
    fn what_is_no_table_of_vectors_is_refused_with_the_reason() {
        assert!(refused(b"PK\x03\x04 an archive").contains("is not a NumPy file"));
        assert!(refused(&[MAGIC, &[9, 0, 0, 0]].concat()).contains("version 9"));
        let with = |descr: &str, fortran: &str, shape: &str| {
            refused(&file(&format!("{{'descr': {descr}, 'fortran_order': {fortran}, 'shape': {shape}, }}"), &[0; 8]))
        };
        assert!(with("'<f8'", "False", "(1, 1)").starts_with("values of type `<f8`, not `<f4` or `<f2`"));
        assert!(with("[('a', '<f4')]", "False", "(1, 1)").starts_with("values of type"));
        assert!(with("'<f4'", "True", "(1, 2)").starts_with("the table is in Fortran order"));
        for shape in ["(2,)", "()", "(1, 1, 2)", "(1, 0)", "(-1, 2)", "(1, 99999999999)"] {
            assert!(with("'<f4'", "False", shape).contains("not (segments, dimensions)"), "{shape}");
        }
    }

    #[test]
    fn missing_and_trailing_bytes_are_refused() {
        let whole = float32(2, 2, &[0.0; 4]);
        assert_eq!(refused(&whole[..whole.len() - 1]), "the file ends in row 1 of 2");
        assert_eq!(refused(&[&whole[..], &[0]].concat()), "the file goes on after its 2 rows of 2 values");
        assert_eq!(refused(&whole[..20]), "the file ends within its header");
        // A shape without the bytes for it takes no memory.
        assert_eq!(refused(&float32(usize::MAX, 2, &[])), format!("the file ends in row 0 of {}", usize::MAX));
    }

    #[test]
    fn a_value_that_is_no_number_is_named_with_its_place() {
        assert!(refused(&float32(2, 2, &[0.0, 0.0, 0.0, f32::NAN])).starts_with("row 1, column 1 is `NaN`"));
        assert!(refused(&float32(1, 2, &[f32::NEG_INFINITY, 0.0])).starts_with("row 0, column 0 is `-inf`"));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("a/v.npy");
        let mut writer = Writer::create(&path, 3).expect("begins");
        writer.push(&[0.25, -1.0, 3.5e-8]).expect("writes");
        writer.push(&[0.0; 3]).expect("writes");
        assert!(writer.push(&[0.0; 2]).is_err());
        assert!(!path.exists());
        assert_eq!(writer.finish().expect("ends"), 2);
        let read = read(&path).expect("reads");
        assert_eq!(read, Vectors::new(3, vec![0.25, -1.0, 3.5e-8, 0.0, 0.0, 0.0]).expect("two rows"));
        assert_eq!(std::fs::metadata(&path).expect("there").len(), 128 + 24);
    }

    #[test]
    fn a_table_without_rows_is_one() {
        assert!(table(&*float32(0, 4, &[])).expect("a table").is_empty());
    }
}
