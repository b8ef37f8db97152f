//! Units to row groups, encoded on many threads and the same for any number of them.

use std::io::Write;
use std::sync::Arc;

use arrow_array::builder::StringBuilder;
use arrow_array::{ArrayRef, Float64Array, StructArray};
use arrow_schema::{DataType, Field, Fields, Schema, SchemaRef};
use parquet::arrow::ArrowSchemaConverter;
use parquet::arrow::arrow_writer::{ArrowColumnChunk, ArrowRowGroupWriterFactory, compute_leaves};
use parquet::basic::{Compression, ZstdLevel};
use parquet::errors::ParquetError;
use parquet::file::metadata::KeyValue;
use parquet::file::properties::WriterProperties;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::ColumnPath;
use serde::Serialize;
use serde_json::{Map, Value, json};

use crate::error::{Error, Result};
use crate::formats::{Encoded, Encoder, Sink, WriteOptions};
use crate::model::Unit;

/// A column, by its name.
pub(super) type Column = (&'static str, Values);

/// What is in a column.
pub(super) enum Values {
    Text(fn(&Unit) -> Option<String>),
    Number(fn(&Unit) -> Option<f64>),
    /// Both texts, by the codes of the corpus's languages.
    Translation,
}

pub(super) const COLUMNS: [Column; 12] = [
    ("id", Values::Text(|unit| unit.id.clone())),
    ("translation", Values::Translation),
    ("source_lang", Values::Text(|unit| Some(unit.source_lang.to_string()))),
    ("target_lang", Values::Text(|unit| Some(unit.target_lang.to_string()))),
    ("original_lang", Values::Text(|unit| unit.original_lang.map(|lang| lang.to_string()))),
    ("confidence", Values::Number(|unit| unit.confidence)),
    ("score", Values::Number(|unit| unit.score)),
    ("state", Values::Text(|unit| Some(unit.state.to_string()))),
    ("origin", Values::Text(|unit| Some(json_of(&unit.origin)))),
    ("statement", Values::Text(|unit| unit.statement.as_ref().map(json_of))),
    ("source_provenance", Values::Text(|unit| Some(json_of(&unit.source_provenance)))),
    ("target_provenance", Values::Text(|unit| Some(json_of(&unit.target_provenance)))),
];

pub(super) fn json_of(value: &impl Serialize) -> String {
    serde_json::to_string(value).expect("strings and numbers have a JSON form")
}

/// Begins a Parquet file.
pub(super) fn open(options: &WriteOptions, files: Vec<Box<dyn Write + Send>>) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
    let languages = Languages::of(options)?;
    let file = files.into_iter().next().ok_or_else(|| Error::new("no file"))?;
    let schema = Arc::new(schema(&languages));
    let parquet = ArrowSchemaConverter::new().convert(&schema).map_err(failed)?;
    let writer = SerializedFileWriter::new(file, parquet.root_schema_ptr(), Arc::new(properties(&languages, options)?)).map_err(failed)?;
    let factory = ArrowRowGroupWriterFactory::new(&writer, schema.clone());
    Ok((Box::new(RowGroups { factory, schema, languages }), Box::new(File(writer))))
}

/// The codes of both texts in alphabetical order, as Hugging Face has them.
struct Languages {
    names: [String; 2],
    /// True when the source comes first.
    source_first: bool,
}

impl Languages {
    fn of(options: &WriteOptions) -> Result<Languages> {
        let (source, target) = (options.source_lang.to_string(), options.target_lang.to_string());
        if source == target {
            return Err(Error::new(format!("source and target are both `{source}`, and the columns need two names")));
        }
        let source_first = source < target;
        Ok(Languages { names: if source_first { [source, target] } else { [target, source] }, source_first })
    }

    fn fields(&self) -> Fields {
        self.names.iter().map(|name| Field::new(name, DataType::Utf8, true)).collect()
    }
}

/// Every field may be null, also those that never are: Hugging Face takes its own features only where the fields are equal to its own, which may.
fn schema(languages: &Languages) -> Schema {
    Schema::new(Fields::from_iter(COLUMNS.iter().map(|(name, values)| {
        let kind = match values {
            Values::Text(_) => DataType::Utf8,
            Values::Number(_) => DataType::Float64,
            Values::Translation => DataType::Struct(languages.fields()),
        };
        Field::new(*name, kind, true)
    })))
}

/// What Hugging Face `datasets` looks for under the key `huggingface`.
fn features(languages: &Languages) -> String {
    let features: Map<String, Value> = COLUMNS
        .iter()
        .map(|(name, values)| {
            let feature = match values {
                Values::Text(_) => json!({"dtype": "string", "_type": "Value"}),
                Values::Number(_) => json!({"dtype": "float64", "_type": "Value"}),
                Values::Translation => json!({"languages": languages.names, "_type": "Translation"}),
            };
            ((*name).to_string(), feature)
        })
        .collect();
    json!({"info": {"features": features}}).to_string()
}

fn properties(languages: &Languages, options: &WriteOptions) -> Result<WriterProperties> {
    let level = ZstdLevel::try_new(3).map_err(failed)?;
    let mut metadata = vec![KeyValue::new("huggingface".to_string(), features(languages))];
    if !options.signature.is_empty() {
        metadata.push(KeyValue::new("bitexto.signature".to_string(), options.signature.clone()));
    }
    let mut properties = WriterProperties::builder()
        .set_compression(Compression::ZSTD(level))
        // Not the crate's default, which names its own version.
        .set_created_by(concat!("bitexto version ", env!("CARGO_PKG_VERSION")).to_string())
        .set_key_value_metadata(Some(metadata))
        .set_column_dictionary_enabled(ColumnPath::from("id"), false);
    for name in &languages.names {
        // Texts hardly repeat: a dictionary of them is given up after a megabyte anyway.
        let path = ColumnPath::new(vec!["translation".to_string(), name.clone()]);
        properties = properties.set_column_dictionary_enabled(path, false);
    }
    Ok(properties.build())
}

struct RowGroups {
    factory: ArrowRowGroupWriterFactory,
    schema: SchemaRef,
    languages: Languages,
}

impl Encoder for RowGroups {
    fn encode(&self, units: &[Unit]) -> Result<Encoded> {
        let columns = if units.is_empty() { Vec::new() } else { self.chunks(units)? };
        Ok(Encoded { columns, ..Encoded::default() })
    }
}

impl RowGroups {
    fn chunks(&self, units: &[Unit]) -> Result<Vec<ArrowColumnChunk>> {
        // The number of the row group only matters to encryption.
        let mut writers = self.factory.create_column_writers(0).map_err(failed)?.into_iter();
        let mut chunks = Vec::new();
        for (field, (_, values)) in self.schema.fields().iter().zip(&COLUMNS) {
            for leaf in compute_leaves(field, &self.array(values, units)?).map_err(failed)? {
                let mut writer = writers.next().ok_or_else(|| Error::new("fewer column writers than columns"))?;
                writer.write(&leaf).map_err(failed)?;
                chunks.push(writer.close().map_err(failed)?);
            }
        }
        Ok(chunks)
    }

    fn array(&self, values: &Values, units: &[Unit]) -> Result<ArrayRef> {
        Ok(match values {
            Values::Text(value) => strings(units.iter().map(value))?,
            Values::Number(value) => Arc::new(Float64Array::from_iter(units.iter().map(value))),
            Values::Translation => {
                let (source, target) = (strings(units.iter().map(|u| Some(&u.source)))?, strings(units.iter().map(|u| Some(&u.target)))?);
                let texts = if self.languages.source_first { vec![source, target] } else { vec![target, source] };
                Arc::new(StructArray::new(self.languages.fields(), texts, None))
            }
        })
    }
}

/// A column of texts; at most 2 GiB of them, since its offsets have 32 bits.
fn strings(values: impl Iterator<Item = Option<impl AsRef<str>>>) -> Result<ArrayRef> {
    let (mut builder, mut length) = (StringBuilder::new(), 0);
    for value in values {
        length += value.as_ref().map_or(0, |v| v.as_ref().len());
        if i32::try_from(length).is_err() {
            return Err(Error::new("the texts of one row group are longer than 2 GiB"));
        }
        builder.append_option(value);
    }
    Ok(Arc::new(builder.finish()))
}

struct File(SerializedFileWriter<Box<dyn Write + Send>>);

impl Sink for File {
    fn append(&mut self, encoded: Encoded) -> Result<()> {
        if encoded.columns.is_empty() {
            return Ok(());
        }
        let mut group = self.0.next_row_group().map_err(failed)?;
        for chunk in encoded.columns {
            chunk.append_to_row_group(&mut group).map_err(failed)?;
        }
        group.close().map(drop).map_err(failed)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.0.finish().map_err(failed)?;
        Ok(self.0.inner_mut().flush()?)
    }
}

/// The cause of a Parquet error; one of the file under it as what it is, so that a broken pipe is known as one.
fn failed(error: ParquetError) -> Error {
    match error {
        ParquetError::External(source) => match source.downcast::<std::io::Error>() {
            Ok(source) => Error::from(*source),
            Err(source) => Error::new(format!("cannot write Parquet: {source}")),
        },
        error => Error::new(format!("cannot write Parquet: {error}")),
    }
}
