//! JSON Lines: one unit per object, with all that is known of it, as `schemas/unit.schema.json` describes it. Also the form of an alignment that
//! holds everything.
//!
//! Read are that form and what others write: `{"translation":{"es":…,"en":…}}`, `{"es":…,"en":…}` and `{"source":…,"target":…}`. Keys that
//! have no place in a unit are kept in the provenance of both sides.

use std::collections::BTreeMap;
use std::fmt;
use std::io::Write;

use serde::de::{Deserializer, MapAccess, Visitor};
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::columns::{SOURCE, TARGET, language, other_languages, set_field};
use super::lines::{self, Lines};
use super::{Aligned, Batches, Encoded, Encoder, Files, Format, Input, ReadOptions, Sink, WriteOptions, empty_side, sides, statements};
use crate::error::{Error, Result};
use crate::model::alignment::Links;
use crate::model::{Document, Lang, Origin, Provenance, Signature, State, StatementLink, Unit};

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "jsonl",
    extensions: &["jsonl", "ndjson"],
    about: "JSON Lines: a unit per line with everything known of it",
    sniff,
    provenance: true,
    read_units: Some(read),
    write_units: Some(write),
    read_alignment: Some(read_alignment),
    write_alignment: Some(write_alignment),
    ..Format::NONE
};

/// True when the first line can only be an object of its own, and is no statement.
fn sniff(head: &[u8]) -> bool {
    let line = first_line(head).trim_ascii();
    let object = line.strip_prefix(b"{").is_some_and(|rest| rest.trim_ascii_start().starts_with(b"\""));
    let whole = line.ends_with(b"}") || !head.contains(&b'\n');
    object && whole && !statements::sniff(head)
}

pub(super) fn first_line(head: &[u8]) -> &[u8] {
    head.split(|byte| *byte == b'\n').next().unwrap_or(head)
}

/// The words of a JSON error, with the column (in bytes, 1-based) and without the line, which is always the first.
pub(super) fn cause(error: &serde_json::Error) -> String {
    let text = error.to_string();
    match text.rsplit_once(" at line 1 column ") {
        Some((cause, column)) if column != "0" => format!("{cause} at column {column}"),
        Some((cause, _)) => cause.to_string(),
        None => text,
    }
}

fn read(inputs: Vec<Input>, options: &ReadOptions) -> Result<Batches> {
    let options = *options;
    Ok(lines::batches(Lines::new(super::one(inputs)?), move |line, record| unit(line, record, &options)))
}

fn unit(line: &str, record: u64, options: &ReadOptions) -> Result<Unit, String> {
    let Object(mut object) = serde_json::from_str(line).map_err(|e| cause(&e))?;
    let options = ReadOptions {
        source_lang: take_lang(&mut object, "source_lang")?.unwrap_or(options.source_lang),
        target_lang: take_lang(&mut object, "target_lang")?.unwrap_or(options.target_lang),
    };
    let Texts { source, target, source_lang, target_lang } = take_texts(&mut object, &options)?;
    if let Some(cause) = empty_side(&source, &target) {
        return Err(cause.into());
    }
    let mut unit = Unit::new(source_lang, target_lang, source, target);
    unit.origin = take_object(&mut object, "origin")?.unwrap_or_else(|| Origin { record: Some(record), ..Origin::default() });
    unit.statement = take_object(&mut object, "statement")?;
    let sides: Sides = take_object(&mut object, "provenance")?.unwrap_or_default();
    (unit.source_provenance, unit.target_provenance) = (sides.source.into(), sides.target.into());
    for (name, value) in object {
        match value {
            Value::Null => {}
            Value::String(text) => set_field(&mut unit, &name, &text),
            other => set_field(&mut unit, &name, &other.to_string()),
        }
    }
    Ok(unit)
}

/// An object that does not have a key twice: of two values one would be lost.
struct Object(BTreeMap<String, Value>);

impl<'de> Deserialize<'de> for Object {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Object, D::Error> {
        deserializer.deserialize_map(ObjectVisitor)
    }
}

struct ObjectVisitor;

impl<'de> Visitor<'de> for ObjectVisitor {
    type Value = Object;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Object, A::Error> {
        let mut object = BTreeMap::new();
        while let Some((key, value)) = map.next_entry::<String, Value>()? {
            if object.contains_key(&key) {
                return Err(serde::de::Error::custom(format!("the key `{key}` is there twice")));
            }
            object.insert(key, value);
        }
        Ok(Object(object))
    }
}

struct Texts {
    source: String,
    target: String,
    source_lang: Lang,
    target_lang: Lang,
}

fn take_texts(object: &mut BTreeMap<String, Value>, options: &ReadOptions) -> Result<Texts, String> {
    let key = |names: &[&'static str]| names.iter().copied().find(|name| object.contains_key(*name));
    match object.get("translation") {
        Some(Value::Object(_)) => {
            let Some(Value::Object(texts)) = object.remove("translation") else { return Err("no `translation`".into()) };
            let mut texts: BTreeMap<String, Value> = texts.into_iter().collect();
            let placed = take_languages(&mut texts, options, |key| key.parse().ok())?.ok_or("`translation` has no two languages")?;
            object.extend(texts);
            Ok(placed)
        }
        _ if let Some((source, target)) = key(SOURCE).zip(key(TARGET)) => Ok(Texts {
            source: take_text(object, source)?,
            target: take_text(object, target)?,
            source_lang: options.source_lang,
            target_lang: options.target_lang,
        }),
        _ => take_languages(object, options, language)?
            .ok_or_else(|| "no texts: neither `translation`, nor `source` and `target`, nor two languages".into()),
    }
}

/// The texts under keys that are language codes; `None` when there are not two such keys.
fn take_languages(
    object: &mut BTreeMap<String, Value>,
    options: &ReadOptions,
    lang: fn(&str) -> Option<Lang>,
) -> Result<Option<Texts>, String> {
    let (keys, langs): (Vec<String>, Vec<Lang>) = object.keys().filter_map(|key| Some((key.clone(), lang(key)?))).unzip();
    if langs.len() < 2 {
        return Ok(None);
    }
    let (source, target) = sides(&langs, options.source_lang, options.target_lang).ok_or_else(|| other_languages(&langs, options).cause)?;
    Ok(Some(Texts {
        source: take_text(object, &keys[source])?,
        target: take_text(object, &keys[target])?,
        source_lang: langs[source],
        target_lang: langs[target],
    }))
}

fn take_text(object: &mut BTreeMap<String, Value>, key: &str) -> Result<String, String> {
    match object.remove(key) {
        Some(Value::String(text)) => Ok(text),
        Some(Value::Null) | None => Ok(String::new()),
        Some(_) => Err(format!("`{key}` is no string")),
    }
}

fn take_lang(object: &mut BTreeMap<String, Value>, key: &str) -> Result<Option<Lang>, String> {
    match object.remove(key) {
        Some(Value::String(code)) => code.parse().map(Some).map_err(|e| format!("`{key}`: {e}")),
        Some(Value::Null) | None => Ok(None),
        Some(_) => Err(format!("`{key}` is no string")),
    }
}

/// The object under `key`, which must have our form; what is no object is left to be kept as a foreign key.
fn take_object<T: for<'de> Deserialize<'de>>(object: &mut BTreeMap<String, Value>, key: &str) -> Result<Option<T>, String> {
    if !object.get(key).is_some_and(Value::is_object) {
        return Ok(None);
    }
    let value = object.remove(key).unwrap_or_default();
    serde_json::from_value(value).map(Some).map_err(|e| format!("`{key}`: {e}"))
}

/// The provenance of both sides, as read.
#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct Sides {
    source: Provenance,
    target: Provenance,
}

fn write(options: &WriteOptions, files: Vec<Box<dyn Write + Send>>) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
    Ok((Box::new(Jsonl { notes: options.notes }), Box::new(Files(files))))
}

struct Jsonl {
    notes: bool,
}

impl Encoder for Jsonl {
    fn encode(&self, units: &[Unit]) -> Result<Encoded> {
        let mut bytes = Vec::new();
        for unit in units {
            push(&mut bytes, &Written::of(unit, self.notes))?;
        }
        Ok(Encoded::one(bytes, 0))
    }
}

fn push(out: &mut Vec<u8>, line: &impl Serialize) -> Result<()> {
    serde_json::to_writer(&mut *out, line).map_err(|e| Error::new(format!("no JSON: {e}")))?;
    out.push(b'\n');
    Ok(())
}

/// The written form: keys in this order, absent when unknown.
#[derive(Serialize)]
struct Written<'a> {
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a str>,
    #[serde(flatten)]
    texts: WrittenTexts<'a>,
    source_lang: Lang,
    target_lang: Lang,
    #[serde(skip_serializing_if = "is_default")]
    origin: &'a Origin,
    #[serde(skip_serializing_if = "Option::is_none")]
    statement: Option<&'a StatementLink>,
    #[serde(skip_serializing_if = "BTreeMap::is_empty")]
    provenance: BTreeMap<&'a str, &'a Provenance>,
    #[serde(skip_serializing_if = "Option::is_none")]
    original_lang: Option<Lang>,
    #[serde(skip_serializing_if = "Option::is_none")]
    confidence: Option<f64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    score: Option<f64>,
    state: State,
    #[serde(skip_serializing_if = "String::is_empty")]
    note: String,
}

#[derive(Serialize)]
#[serde(untagged)]
enum WrittenTexts<'a> {
    ByLanguage {
        translation: BTreeMap<&'a str, &'a str>,
    },
    /// Two texts in one language, which a map by language cannot hold.
    BySide {
        source: &'a str,
        target: &'a str,
    },
}

impl<'a> Written<'a> {
    fn of(unit: &'a Unit, notes: bool) -> Written<'a> {
        let translation = BTreeMap::from([(unit.source_lang.as_str(), &*unit.source), (unit.target_lang.as_str(), &*unit.target)]);
        let texts = match translation.len() {
            2 => WrittenTexts::ByLanguage { translation },
            _ => WrittenTexts::BySide { source: &unit.source, target: &unit.target },
        };
        let sides = [("source", &*unit.source_provenance), ("target", &*unit.target_provenance)];
        Written {
            id: unit.id.as_deref(),
            texts,
            source_lang: unit.source_lang,
            target_lang: unit.target_lang,
            origin: &unit.origin,
            statement: unit.statement.as_ref(),
            provenance: sides.into_iter().filter(|(_, provenance)| !provenance.is_empty()).collect(),
            original_lang: unit.original_lang,
            confidence: unit.confidence,
            score: unit.score,
            state: unit.state,
            note: if notes { unit.notes() } else { String::new() },
        }
    }
}

fn is_default(origin: &&Origin) -> bool {
    **origin == Origin::default()
}

/// The first line of an alignment: what was aligned, and by what.
#[derive(Serialize)]
struct Head<'a> {
    source: HeadSide<'a>,
    target: HeadSide<'a>,
    signature: &'a Signature,
}

#[derive(Serialize)]
struct HeadSide<'a> {
    path: &'a str,
    lang: Lang,
}

/// A line of an alignment: a bead and its texts.
#[derive(Serialize)]
struct BeadLine {
    source_segments: Vec<usize>,
    target_segments: Vec<usize>,
    confidence: f64,
    source: String,
    target: String,
}

fn write_alignment(aligned: &Aligned<'_>, out: &mut dyn Write) -> Result<()> {
    fn side(document: &Document) -> HeadSide<'_> {
        HeadSide { path: &document.path, lang: document.lang }
    }
    let mut bytes = Vec::new();
    push(&mut bytes, &Head { source: side(aligned.source), target: side(aligned.target), signature: &aligned.alignment.signature })?;
    for (n, bead) in aligned.alignment.beads.iter().enumerate() {
        let Links { source: source_segments, target: target_segments } = Links::from(bead);
        let (source, target) = aligned.texts(n);
        push(&mut bytes, &BeadLine { source_segments, target_segments, confidence: bead.confidence, source, target })?;
    }
    Ok(out.write_all(&bytes)?)
}

/// The part of a bead's line that is read back.
#[derive(Deserialize)]
struct LinksLine {
    source_segments: Vec<usize>,
    target_segments: Vec<usize>,
}

fn read_alignment(text: &str) -> Result<Vec<Links>> {
    let is_head = |line: &str| serde_json::from_str::<Value>(line).is_ok_and(|value| value.get("signature").is_some());
    let lines = text.split_terminator('\n').enumerate().filter(|(n, line)| *n > 0 || !is_head(line));
    let links = |line: &str| -> Result<Links, serde_json::Error> {
        let LinksLine { source_segments, target_segments } = serde_json::from_str(line)?;
        Ok(Links { source: source_segments, target: target_segments })
    };
    lines.map(|(n, line)| links(line).map_err(|e| Error::new(cause(&e)).at_line(n as u64 + 1))).collect()
}

#[cfg(test)]
mod tests {
    use super::super::tests::{read_text, written};
    use super::*;

    fn read_one(line: &str) -> Result<Unit, String> {
        read_text(&FORMAT, &[line]).expect("reads").remove(0).map_err(|r| r.cause)
    }

    #[test]
    fn the_forms_of_others_are_read() {
        for line in [
            r#"{"source":"Sí.","target":"Yes."}"#,
            r#"{"en":"Yes.","es":"Sí."}"#,
            r#"{"translation":{"en":"Yes.","es":"Sí."}}"#,
            r#"{"src":"Sí.","tgt":"Yes."}"#,
            r#"{"source_lang":"es","target_lang":"en","source":"Sí.","target":"Yes."}"#,
        ] {
            let mut unit = Unit::new(Lang::ES, Lang::EN, "Sí.".into(), "Yes.".into());
            unit.origin.record = Some(1);
            assert_eq!(read_one(line), Ok(unit), "{line}");
        }
    }

    #[test]
    fn a_record_that_says_its_direction_keeps_it() {
        let unit = read_one(r#"{"translation":{"en":"Yes.","es":"Sí."},"source_lang":"en","target_lang":"es"}"#).expect("a unit");
        assert_eq!((unit.source_lang, unit.source.as_str()), (Lang::EN, "Yes."));
    }

    #[test]
    fn what_a_unit_has_no_place_for_is_kept_on_both_sides() {
        let line = r#"{"es":"Sí.","en":"Yes.","id":7,"score":1.2,"topic":"paz","tags":["a",1],"none":null,"outlet":"Semana","fr":"Oui."}"#;
        let unit = read_one(line).expect("a unit");
        assert_eq!(unit.source_provenance, unit.target_provenance);
        assert_eq!(unit.source_provenance.outlet.as_deref(), Some("Semana"));
        let other: Vec<_> = unit.source_provenance.other.iter().map(|(k, v)| format!("{k}={v}")).collect();
        assert_eq!(other, ["fr=Oui.", "id=7", "score=1.2", r#"tags=["a",1]"#, "topic=paz"]);
    }

    #[test]
    fn a_bad_record_says_why_and_where() {
        let cause = |line: &str| read_one(line).expect_err("no unit");
        assert_eq!(cause(r#"{"es":"Sí.",}"#), "trailing comma at column 14");
        assert!(cause("[1]").starts_with("invalid type: sequence, expected an object"));
        assert_eq!(cause(r#"{"es":"a","en":"b","es":"c"}"#), "the key `es` is there twice at column 28");
        assert_eq!(cause(r#"{"es":"Sí.","en":" "}"#), "empty target");
        assert_eq!(cause(r#"{"es":"Sí.","fr":"Oui."}"#), "texts in `es` and `fr`, not in `es` and `en`");
        assert!(cause(r#"{"a":1}"#).starts_with("no texts"));
        assert!(
            cause(r#"{"es":"a","en":"b","provenance":{"source":{"outlett":"x"}}}"#).starts_with("`provenance`: unknown field `outlett`")
        );
    }

    #[test]
    fn keys_are_written_in_one_order_and_only_when_known() {
        let unit = Unit::new(Lang::ES, Lang::EN, "«Sí»\t\u{2028}".into(), "\"Yes\"".into());
        let line = concat!(
            r#"{"translation":{"en":"\"Yes\"","es":"«Sí»\t"#,
            "\u{2028}",
            r#""},"source_lang":"es","target_lang":"en","state":"unreviewed"}"#,
            "\n"
        );
        assert_eq!(String::from_utf8(written(&FORMAT, &[unit], false).0).as_deref(), Ok(line));
    }

    #[test]
    fn two_texts_in_one_language_keep_their_sides() {
        let mut unit = Unit::new(Lang::ES, Lang::ES, "b".into(), "a".into());
        unit.origin.record = Some(1);
        let line = String::from_utf8(written(&FORMAT, std::slice::from_ref(&unit), false).0).expect("UTF-8");
        assert_eq!(read_one(&line), Ok(unit));
    }

    #[test]
    fn pretty_printed_json_is_no_json_lines() {
        assert!(sniff(b"{\"a\": 1}\n{"));
        assert!(!sniff(b"{\n  \"a\": 1\n}\n"));
    }
}
