//! Sheets to rows of cells, and rows to units. The rows wait in a temporary file, so that a large workbook takes the memory of its shared strings only.
//!
//! Every sheet whose first row names two texts holds units; the others are passed over. In a workbook without such a sheet the first one that is not
//! empty holds two columns, source and target.

use std::fs::File;
use std::io::{BufRead, BufReader, BufWriter, Seek, Write};
use std::path::Path;
use std::sync::Arc;

use calamine::{Cell as Found, DataRef, Reader, SheetType, Xlsx, XlsxError};
use serde::{Deserialize, Serialize};
use zip::ZipArchive;

use super::cells::is_full;
use crate::error::{Error, Result};
use crate::formats::columns::Columns;
use crate::formats::returned::Place;
use crate::formats::{Batch, Batches, Input, Read, ReadOptions, one};
use crate::model::Unit;

/// Rows that are handed over at a time.
const BATCH_ROWS: usize = 1000;

/// Bytes that a workbook may have when it is unpacked. A full sheet of long sentences has a tenth of it.
const MOST_BYTES: u64 = 4 << 30;

/// A row with at least one cell that is not empty.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) struct SheetRow {
    /// The sheet's name.
    pub sheet: String,
    /// Its number as the program shows it, from 1.
    pub row: u64,
    /// Its cells, from the first column on to the last that is not empty.
    pub cells: Vec<Value>,
}

/// What a cell holds.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub(super) enum Value {
    /// A text; empty when the cell is.
    Text(String),
    /// A number, a date or a truth, as text.
    Other(String),
    /// What stands in place of the result of a formula that has none.
    Error(String),
}

impl Value {
    /// As text.
    pub(super) fn as_str(&self) -> &str {
        match self {
            Value::Text(text) | Value::Other(text) | Value::Error(text) => text,
        }
    }
}

impl SheetRow {
    /// The cell in a column, empty where the row has none.
    pub(super) fn cell(&self, column: usize) -> &Value {
        static EMPTY: Value = Value::Text(String::new());
        self.cells.get(column).unwrap_or(&EMPTY)
    }

    /// The cells as text.
    pub(super) fn texts(&self) -> Vec<String> {
        self.cells.iter().map(|cell| cell.as_str().to_string()).collect()
    }
}

/// Hands over the rows of all sheets, in order, empty ones left out; `each` says whether to go on with that sheet.
pub(super) fn each_row(input: Input, mut each: impl FnMut(SheetRow) -> Result<bool>) -> Result<()> {
    let name = input.name.clone();
    let mut file = input.seekable()?;
    let failed = |e: XlsxError| Error::new(format!("cannot read XLSX: {e}")).in_file(Path::new(&name));
    refuse_bomb(&mut file, MOST_BYTES).map_err(|e| e.in_file(Path::new(&name)))?;
    let mut book = Xlsx::new(BufReader::new(file)).map_err(failed)?;
    let sheets: Vec<String> =
        book.sheets_metadata().iter().filter(|sheet| sheet.typ == SheetType::WorkSheet).map(|sheet| sheet.name.clone()).collect();
    for sheet in sheets {
        let mut cells = book.worksheet_cells_reader(&sheet).map_err(failed)?;
        let mut current = SheetRow { sheet: sheet.clone(), row: 0, cells: Vec::new() };
        let mut goes_on = true;
        while goes_on && let Some(found) = cells.next_cell().map_err(failed)? {
            let row = u64::from(found.get_position().0) + 1;
            let Some(value) = value(&found) else { continue };
            if row != current.row && !current.cells.is_empty() {
                goes_on = each(SheetRow { cells: std::mem::take(&mut current.cells), ..current.clone() })?;
            }
            current.row = row;
            let column = found.get_position().1 as usize;
            if current.cells.len() <= column {
                current.cells.resize(column + 1, Value::Text(String::new()));
            }
            current.cells[column] = value;
        }
        if goes_on && !current.cells.is_empty() {
            each(current)?;
        }
    }
    Ok(())
}

/// What a cell holds; `None` when that is nothing.
fn value(cell: &Found<DataRef<'_>>) -> Option<Value> {
    match cell.get_value() {
        DataRef::Empty => None,
        DataRef::String(text) => (!text.is_empty()).then(|| Value::Text(text.clone())),
        DataRef::SharedString(text) => (!text.is_empty()).then(|| Value::Text((*text).to_string())),
        DataRef::Int(number) => Some(Value::Other(number.to_string())),
        DataRef::Float(number) => Some(Value::Other(number.to_string())),
        DataRef::Bool(is_true) => Some(Value::Other(is_true.to_string())),
        DataRef::DateTimeIso(time) | DataRef::DurationIso(time) => Some(Value::Other(time.clone())),
        DataRef::DateTime(time) => {
            let (year, month, day, hour, minute, second, _) = time.to_ymd_hms_milli();
            let date = format!("{year:04}-{month:02}-{day:02}");
            let time = format!("T{hour:02}:{minute:02}:{second:02}");
            Some(Value::Other(if time == "T00:00:00" { date } else { date + &time }))
        }
        DataRef::Error(error) => Some(Value::Error(error.to_string())),
    }
}

/// Refuses an archive that says of itself that it would fill the memory.
pub(super) fn refuse_bomb(file: &mut File, most: u64) -> Result<()> {
    let no_archive = |e: zip::result::ZipError| Error::new(format!("cannot read XLSX: {e}"));
    let mut archive = ZipArchive::new(&mut *file).map_err(no_archive)?;
    let mut bytes: u64 = 0;
    for n in 0..archive.len() {
        bytes = bytes.saturating_add(archive.by_index_raw(n).map_err(no_archive)?.size());
    }
    if bytes > most {
        return Err(Error::new(format!("unpacked, the workbook would have {bytes} bytes, more than {most}")));
    }
    drop(archive);
    Ok(file.rewind()?)
}

/// Opens a workbook of units.
pub(super) fn open(inputs: Vec<Input>, options: &ReadOptions) -> Result<Batches> {
    let (input, options) = (one(inputs)?, *options);
    let file: Arc<str> = input.name.as_str().into();
    let in_file = |e: Error| e.in_file(Path::new(&*file));
    let (rows, has_header) = spooled(input, &options)?;
    let mut rows = BufReader::new(rows).lines();
    let (mut record, mut columns, mut sheet) = (0, Arc::new(Columns::plain(&options)), String::new());
    let name = Arc::clone(&file);
    let mut next = move || -> Result<Option<Batch>> {
        let mut some = Vec::with_capacity(BATCH_ROWS);
        while some.len() < BATCH_ROWS
            && let Some(line) = rows.next()
        {
            let row: SheetRow = serde_json::from_str(&line?).map_err(|e| Error::new(e.to_string()))?;
            if has_header && row.sheet != sheet {
                let header = header(&row);
                let names: Vec<&str> = header.iter().map(String::as_str).collect();
                columns = Arc::new(Columns::of_header(&names, &options)?.unwrap_or_else(|| Columns::plain(&options)));
                sheet.clone_from(&row.sheet);
                continue;
            }
            record += 1;
            some.push((row, record, Arc::clone(&columns)));
        }
        let name = Arc::clone(&name);
        let read = move |(row, record, columns): (SheetRow, u64, Arc<Columns>)| read(&name, &row, record, &columns);
        Ok((!some.is_empty()).then(|| Batch::new(Some(some.len()), move || some.into_iter().map(read).collect())))
    };
    // What a header says wrong is told before anything is stored.
    let first = next().map_err(in_file)?;
    Ok(Box::new(first.map(Ok).into_iter().chain(std::iter::from_fn(move || next().transpose()))))
}

/// The rows that hold units as lines of JSON, each sheet with its header; and whether there are headers.
fn spooled(input: Input, options: &ReadOptions) -> Result<(File, bool)> {
    let file = input.name.clone();
    let mut spools = [BufWriter::new(tempfile::tempfile()?), BufWriter::new(tempfile::tempfile()?)];
    let (mut sheet, mut plain, mut has_header, mut is_headed) = (None, None, false, false);
    let put = |spool: &mut BufWriter<File>, row: &SheetRow| -> Result<()> {
        serde_json::to_writer(&mut *spool, row).map_err(|e| Error::new(e.to_string()))?;
        Ok(spool.write_all(b"\n")?)
    };
    each_row(input, |row| {
        if sheet.as_ref() != Some(&row.sheet) {
            let names = header(&row);
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            is_headed = Columns::of_header(&names, options).map_err(|e| e.in_file(Path::new(&file)).at_line(row.row))?.is_some();
            has_header |= is_headed;
            plain.get_or_insert_with(|| row.sheet.clone());
            sheet = Some(row.sheet.clone());
        }
        let is_plain = !has_header && plain.as_ref() == Some(&row.sheet);
        if is_headed || is_plain {
            put(&mut spools[usize::from(is_headed)], &row)?;
        }
        Ok(is_headed || is_plain)
    })?;
    let [plain, headed] = spools;
    let mut rows = if has_header { headed } else { plain }.into_inner().map_err(|e| Error::from(e.into_error()))?;
    rows.rewind()?;
    Ok((rows, has_header))
}

/// The names in a header; a column without one is named by its place.
pub(super) fn header(row: &SheetRow) -> Vec<String> {
    let named = |(n, name): (usize, String)| if name.trim().is_empty() { format!("column_{}", n + 1) } else { name };
    row.texts().into_iter().enumerate().map(named).collect()
}

fn read(file: &str, row: &SheetRow, record: u64, columns: &Columns) -> Read<Unit> {
    let mut texts = row.texts();
    // A row ends with its last cell, whatever comes after that in others.
    texts.resize(texts.len().max(columns.count()), String::new());
    let unit = flaw(row, columns).map_or_else(|| columns.unit(texts.iter().map(String::as_str), record), Err);
    unit.map_err(|cause| {
        let place = Place { file: file.to_string(), sheet: row.sheet.clone(), row: row.row, record, text: texts.join("\t") };
        Box::new(place.reject(cause))
    })
}

/// What is wrong with the cells of the texts.
fn flaw(row: &SheetRow, columns: &Columns) -> Option<String> {
    let (source, target) = columns.places();
    [("source", source), ("target", target)].into_iter().find_map(|(side, column)| match row.cell(column) {
        Value::Error(error) => Some(format!("the cell of the {side} holds an error: {error}")),
        cell if is_full(cell.as_str()) => Some(format!("the cell of the {side} is full, its text may be cut")),
        _ => None,
    })
}

#[cfg(test)]
pub(super) fn rows_of(bytes: &[u8]) -> Vec<SheetRow> {
    let mut rows = Vec::new();
    let input = Input::from_bytes("a.xlsx", bytes.to_vec()).expect("bytes");
    each_row(input, |row| {
        rows.push(row);
        Ok(true)
    })
    .expect("a workbook");
    rows
}
