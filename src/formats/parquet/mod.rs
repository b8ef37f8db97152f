//! Parquet for training: one row a unit, readable with Hugging Face `datasets`, which takes the two texts for a `Translation`.

use super::Format;

mod read;
mod write;

/// Parquet, one row group for each call of the encoder.
pub static FORMAT: Format = Format {
    name: "parquet",
    extensions: &["parquet"],
    about: "columns for training, with the features of a Hugging Face translation data set",
    sniff: |head| head.starts_with(b"PAR1"),
    provenance: true,
    read_units: Some(read::open),
    write_units: Some(write::open),
    ..Format::NONE
};

#[cfg(test)]
mod tests {
    use std::io::Write;
    use std::sync::{Arc, Mutex};

    use arrow_array::{
        Array, ArrayRef, Float32Array, LargeStringArray, RecordBatch, StringArray, StringViewArray, cast::AsArray, types::Float64Type,
    };
    use parquet::arrow::ArrowWriter;
    use parquet::arrow::arrow_reader::ParquetRecordBatchReaderBuilder;
    use serde_json::{Map, Value, json};

    use super::FORMAT;
    use super::write::{COLUMNS, json_of, open};
    use crate::error::Result;
    use crate::formats::tests::read_named;
    use crate::formats::{Read, WriteOptions};
    use crate::model::{Lang, State, StatementLink, Unit};

    #[derive(Clone, Default)]
    struct Shared(Arc<Mutex<Vec<u8>>>);

    impl Write for Shared {
        fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
            self.0.lock().expect("no panic").write(bytes)
        }

        fn flush(&mut self) -> std::io::Result<()> {
            Ok(())
        }
    }

    fn options(source: &str, target: &str) -> WriteOptions {
        let lang = |code: &str| code.parse::<Lang>().expect("a code");
        WriteOptions {
            source_lang: lang(source),
            target_lang: lang(target),
            header: true,
            signature: "aligner:1".into(),
            ..WriteOptions::default()
        }
    }

    /// The bytes of a file with row groups of two units; encoded backwards if `backwards`, as threads might.
    fn written(units: &[Unit], options: &WriteOptions, backwards: bool) -> Vec<u8> {
        let file = Shared::default();
        let (encoder, mut sink) = open(options, vec![Box::new(file.clone())]).expect("opens");
        let mut groups: Vec<_> = units.chunks(2).collect();
        if backwards {
            groups.reverse();
        }
        let mut encoded: Vec<_> = groups.into_iter().map(|group| encoder.encode(group).expect("encodes")).collect();
        if backwards {
            encoded.reverse();
        }
        for group in encoded {
            sink.append(group).expect("writes");
        }
        sink.finish().expect("finishes");
        std::mem::take(&mut *file.0.lock().expect("no panic"))
    }

    fn reader(bytes: &[u8]) -> ParquetRecordBatchReaderBuilder<std::fs::File> {
        let mut file = tempfile::tempfile().expect("a file");
        file.write_all(bytes).expect("writes");
        ParquetRecordBatchReaderBuilder::try_new(file).expect("is Parquet")
    }

    fn units() -> Vec<Unit> {
        let mut known = Unit::new("es-CO".parse().expect("a code"), Lang::EN, "¿Sí?\n\0".into(), "“Yes”\t𝄞".into());
        known.id = Some("aaaaaaaaaaaaaaaaaaaaaaaaae".into());
        known.statement = Some(StatementLink { statement: "s".into(), source_rendering: "a".into(), target_rendering: "b".into() });
        known.source_provenance.outlet = Some("Semana".into());
        (known.original_lang, known.confidence, known.score, known.state) = (Some(Lang::ES), Some(0.98), Some(0.5), State::Accepted);
        let plain = |n: usize| Unit::new(Lang::ES, Lang::EN, format!("uno {n}"), format!("one {n}"));
        std::iter::once(known).chain((1..5).map(plain)).collect()
    }

    fn text(batch: &RecordBatch, column: &str, row: usize) -> Option<String> {
        let array = batch.column_by_name(column).expect(column).as_string::<i32>();
        array.is_valid(row).then(|| array.value(row).to_string())
    }

    #[test]
    fn what_is_written_can_be_read_by_column() {
        let units = units();
        let reader = reader(&written(&units, &options("es", "en"), false));
        assert_eq!(reader.metadata().num_row_groups(), 3);
        let batches: Vec<RecordBatch> = reader.with_batch_size(100).build().expect("reads").map(|batch| batch.expect("a batch")).collect();
        let [batch] = &batches[..] else { panic!("{} batches", batches.len()) };
        assert_eq!(batch.num_rows(), units.len());
        let translation = batch.column_by_name("translation").expect("texts").as_struct();
        assert_eq!(translation.column_names(), ["en", "es"]);
        for (row, unit) in units.iter().enumerate() {
            let json = |value: String| Some(value);
            assert_eq!(translation.column(0).as_string::<i32>().value(row), unit.target);
            assert_eq!(translation.column(1).as_string::<i32>().value(row), unit.source);
            assert_eq!(text(batch, "id", row), unit.id);
            assert_eq!(text(batch, "source_lang", row), Some(unit.source_lang.to_string()));
            assert_eq!(text(batch, "original_lang", row), unit.original_lang.map(|l| l.to_string()));
            assert_eq!(text(batch, "state", row), Some(unit.state.to_string()));
            assert_eq!(text(batch, "statement", row), unit.statement.as_ref().map(json_of));
            assert_eq!(text(batch, "source_provenance", row), json(json_of(&unit.source_provenance)));
            let score = batch.column_by_name("score").expect("a column").as_primitive::<Float64Type>();
            assert_eq!(score.is_valid(row).then(|| score.value(row)), unit.score);
        }
    }

    #[test]
    fn the_order_of_encoding_does_not_change_the_bytes() {
        let (units, options) = (units(), options("es", "en"));
        assert!(written(&units, &options, false) == written(&units, &options, true));
    }

    #[test]
    fn a_file_without_units_is_whole() {
        let reader = reader(&written(&[], &options("es", "en"), false));
        assert_eq!((reader.metadata().num_row_groups(), reader.schema().fields().len()), (0, COLUMNS.len()));
    }

    #[test]
    fn hugging_face_finds_its_features() {
        let reader = reader(&written(&units(), &options("en", "es-419"), false));
        let metadata = reader.metadata().file_metadata();
        let value = |key: &str| metadata.key_value_metadata()?.iter().find(|kv| kv.key == key)?.value.clone();
        let features: Value = serde_json::from_str(&value("huggingface").expect("features")).expect("JSON");
        let features = &features["info"]["features"];
        assert_eq!(features["translation"], json!({"languages": ["en", "es-419"], "_type": "Translation"}));
        assert_eq!(features["score"], json!({"dtype": "float64", "_type": "Value"}));
        assert_eq!(features["state"], json!({"dtype": "string", "_type": "Value"}));
        assert_eq!(features.as_object().map(Map::len), Some(COLUMNS.len()));
        assert_eq!(value("bitexto.signature").as_deref(), Some("aligner:1"));
        assert_eq!(metadata.created_by(), Some(concat!("bitexto version ", env!("CARGO_PKG_VERSION"))));
    }

    fn read(bytes: &[u8]) -> Result<Vec<Read<Unit>>> {
        read_named(&FORMAT, &[("a.parquet", bytes)])
    }

    #[test]
    fn what_is_written_is_read_as_the_same_units() {
        let expected: Vec<Unit> = units()
            .into_iter()
            .zip(1..)
            .map(|(mut unit, n)| {
                unit.origin.record = Some(n);
                unit
            })
            .collect();
        let read: Vec<Unit> =
            read(&written(&units(), &options("es", "en"), false)).expect("a file").into_iter().map(|unit| unit.expect("a unit")).collect();
        assert_eq!(read, expected);
    }

    /// A file of these columns, as another program may write it.
    fn foreign(columns: Vec<(&str, ArrayRef)>) -> Vec<u8> {
        let batch = RecordBatch::try_from_iter(columns).expect("columns of one length");
        let mut bytes = Vec::new();
        let mut writer = ArrowWriter::try_new(&mut bytes, batch.schema(), None).expect("begins");
        writer.write(&batch).expect("writes");
        writer.close().expect("ends");
        bytes
    }

    #[test]
    fn columns_of_other_programs_are_read() {
        let bytes = foreign(vec![
            ("English", Arc::new(LargeStringArray::from(vec![Some("Yes."), None])) as ArrayRef),
            ("Spanish", Arc::new(StringViewArray::from(vec!["Sí.", "No."]))),
            ("score", Arc::new(Float32Array::from(vec![0.5, 0.25]))),
            ("topic", Arc::new(StringArray::from(vec!["paz", "paz"]))),
        ]);
        let read = read(&bytes).expect("a file");
        let unit = read[0].as_ref().expect("a unit");
        assert_eq!((&*unit.source, &*unit.target, unit.score), ("Sí.", "Yes.", Some(0.5)));
        assert_eq!(unit.target_provenance.other["topic"], "paz");
        let rejection = read[1].as_ref().expect_err("no text");
        assert_eq!((rejection.record, &*rejection.cause, &*rejection.text), (2, "empty target", "No.\t"));
    }

    #[test]
    fn a_file_without_two_texts_or_no_parquet_is_an_error() {
        let bytes = foreign(vec![("topic", Arc::new(StringArray::from(vec!["paz"])) as ArrayRef)]);
        assert!(read(&bytes).expect_err("no texts").to_string().contains("a.parquet: no texts"));
        assert!(read(b"PAR1").expect_err("no Parquet").to_string().contains("a.parquet: cannot read Parquet"));
    }

    #[test]
    fn two_columns_need_two_languages() {
        assert!(open(&options("es", "es"), vec![]).is_err());
        assert!(open(&options("es-ES", "es-CO"), vec![Box::new(Vec::new())]).is_ok());
    }
}
