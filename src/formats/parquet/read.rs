//! Rows to units, whoever wrote them: the texts are in a struct `translation`, in two columns named as those of a table, or in two named by
//! their languages. Columns of lists, dates and bytes are left out.

use std::path::Path;
use std::sync::Arc;

use arrow_array::cast::AsArray;
use arrow_array::types::{Float32Type, Float64Type, Int32Type, Int64Type};
use arrow_array::{Array, ArrayRef, RecordBatch};
use arrow_schema::DataType;
use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
use serde::de::DeserializeOwned;

use crate::error::{Error, Result};
use crate::formats::columns::{self, SOURCE, TARGET, other_languages, set_field};
use crate::formats::{Batch, Batches, Input, Read, ReadOptions, Rejection, empty_side, one, sides};
use crate::model::{Lang, Unit};

/// How many rows are decoded at once.
const BATCH_ROWS: usize = 1000;

/// The column of both texts.
const TEXTS: &str = "translation";

/// Opens a Parquet file.
pub(super) fn open(inputs: Vec<Input>, options: &ReadOptions) -> Result<Batches> {
    let (input, options) = (one(inputs)?, *options);
    let file: Arc<str> = input.name.as_str().into();
    let name = Arc::clone(&file);
    let failed = move |cause: String| Error::new(format!("cannot read Parquet: {cause}")).in_file(Path::new(&*name));
    let reader = ParquetRecordBatchReaderBuilder::try_new(input.seekable()?).and_then(|r| r.with_batch_size(BATCH_ROWS).build());
    let mut batches = Some(reader.map_err(|e| failed(e.to_string()))?);
    let mut rows = 0;
    let mut table = move |batch: RecordBatch| {
        let texts = Texts::of(&batch, &options).map_err(|e| e.in_file(Path::new(&*file)))?;
        let table = Table { file: Arc::clone(&file), first: rows, batch, texts };
        rows += table.batch.num_rows() as u64;
        Ok(Batch::new(Some(table.batch.num_rows()), move || (0..table.batch.num_rows()).map(|row| table.read(row)).collect()))
    };
    Ok(Box::new(std::iter::from_fn(move || {
        let batch = batches.as_mut()?.next()?;
        let batch = batch.map_err(|e| failed(e.to_string())).and_then(&mut table);
        // The crate goes on after an error, with the next error.
        batches = batches.take().filter(|_| batch.is_ok());
        Some(batch)
    })))
}

/// Some rows.
struct Table {
    file: Arc<str>,
    /// Number of rows before these.
    first: u64,
    batch: RecordBatch,
    texts: Texts,
}

/// The columns of the two texts, and their languages.
struct Texts {
    source: ArrayRef,
    target: ArrayRef,
    langs: (Lang, Lang),
    /// The names of the columns that are taken.
    taken: Vec<String>,
}

impl Texts {
    fn of(batch: &RecordBatch, options: &ReadOptions) -> Result<Texts> {
        let asked = (options.source_lang, options.target_lang);
        let named = |names: &[&'static str]| names.iter().find_map(|name| Some((*name, batch.column_by_name(name)?)));
        if let (Some((s, source)), Some((t, target))) = (named(SOURCE), named(TARGET)) {
            let taken = vec![s.to_string(), t.to_string()];
            return Ok(Texts { source: source.clone(), target: target.clone(), langs: asked, taken });
        }
        if let Some(texts) = batch.column_by_name(TEXTS).and_then(|column| column.as_struct_opt()) {
            let columns = texts.column_names().into_iter().zip(texts.columns());
            let texts = Texts::by_language(columns.filter_map(|(name, column)| Some((name, name.parse().ok()?, column))), options)?;
            return Ok(Texts { taken: vec![TEXTS.to_string()], ..texts });
        }
        let schema = batch.schema();
        let columns = schema.fields().iter().zip(batch.columns());
        Texts::by_language(
            columns.filter_map(|(field, column)| Some((field.name().as_str(), columns::language(&field.name().to_lowercase())?, column))),
            options,
        )
    }

    fn by_language<'a>(columns: impl Iterator<Item = (&'a str, Lang, &'a ArrayRef)>, options: &ReadOptions) -> Result<Texts> {
        let columns: Vec<_> = columns.collect();
        let langs: Vec<Lang> = columns.iter().map(|(_, lang, _)| *lang).collect();
        if langs.len() < 2 {
            return Err(Error::new("no texts: neither `translation`, nor `source` and `target`, nor two languages"));
        }
        let (s, t) = sides(&langs, options.source_lang, options.target_lang).ok_or_else(|| other_languages(&langs, options))?;
        let taken = vec![columns[s].0.to_string(), columns[t].0.to_string()];
        Ok(Texts { source: columns[s].2.clone(), target: columns[t].2.clone(), langs: (langs[s], langs[t]), taken })
    }
}

impl Table {
    fn read(&self, row: usize) -> Read<Unit> {
        let record = self.first + row as u64 + 1;
        self.unit(row, record).map_err(|cause| {
            let (source, target) = (cell(&self.texts.source, row), cell(&self.texts.target, row));
            let text = format!("{}\t{}", source.unwrap_or_default(), target.unwrap_or_default());
            // A row has no place of its own in the bytes of the file: its number stands for the line.
            Box::new(Rejection { file: self.file.to_string(), sheet: None, record, line: record, byte: 0, cause, text })
        })
    }

    fn unit(&self, row: usize, record: u64) -> Result<Unit, String> {
        let (source, target) = (cell(&self.texts.source, row).unwrap_or_default(), cell(&self.texts.target, row).unwrap_or_default());
        if let Some(cause) = empty_side(&source, &target) {
            return Err(cause.into());
        }
        let mut unit = Unit::new(self.texts.langs.0, self.texts.langs.1, source, target);
        for (field, column) in self.batch.schema().fields().iter().zip(self.batch.columns()) {
            let name = field.name().as_str();
            if let Some(value) = cell(column, row).filter(|_| !self.texts.taken.iter().any(|taken| taken == name)) {
                self.set(&mut unit, name, &value);
            }
        }
        unit.origin.record.get_or_insert(record);
        Ok(unit)
    }

    /// Puts a value where our own writer took it from, or where a table's column of that name goes.
    fn set(&self, unit: &mut Unit, name: &str, value: &str) {
        let region = |lang: Lang| value.parse::<Lang>().ok().filter(|own| own.same_language(&lang));
        let known = match name {
            "source_lang" => region(unit.source_lang).map(|lang| unit.source_lang = lang),
            "target_lang" => region(unit.target_lang).map(|lang| unit.target_lang = lang),
            "origin" => json(value).map(|origin| unit.origin = origin),
            "statement" => json(value).map(|link| unit.statement = Some(link)),
            "source_provenance" => json(value).map(|provenance| unit.source_provenance = provenance),
            "target_provenance" => json(value).map(|provenance| unit.target_provenance = provenance),
            _ => None,
        };
        if known.is_none() {
            set_field(unit, name, value);
        }
    }
}

fn json<T: DeserializeOwned>(value: &str) -> Option<T> {
    serde_json::from_str(value).ok()
}

/// A value as text; `None` when it is null or of a type that is left out.
fn cell(column: &ArrayRef, row: usize) -> Option<String> {
    if column.is_null(row) {
        return None;
    }
    match column.data_type() {
        DataType::Utf8 => Some(column.as_string::<i32>().value(row).to_string()),
        DataType::LargeUtf8 => Some(column.as_string::<i64>().value(row).to_string()),
        DataType::Utf8View => Some(column.as_string_view().value(row).to_string()),
        DataType::Float64 => Some(column.as_primitive::<Float64Type>().value(row).to_string()),
        DataType::Float32 => Some(column.as_primitive::<Float32Type>().value(row).to_string()),
        DataType::Int64 => Some(column.as_primitive::<Int64Type>().value(row).to_string()),
        DataType::Int32 => Some(column.as_primitive::<Int32Type>().value(row).to_string()),
        DataType::Boolean => Some(column.as_boolean().value(row).to_string()),
        _ => None,
    }
}
