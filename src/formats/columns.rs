//! Columns of a table by their names: which hold the texts, and where the others go in a unit. How a line is split is the format's business.

use std::collections::BTreeMap;

use super::{ReadOptions, empty_side, sides};
use crate::error::{Error, Result};
use crate::model::{Lang, Provenance, State, Unit};
use crate::text::hash;
use crate::text::lang::KNOWN;

/// Names of the column with the source text.
pub const SOURCE: &[&str] = &["source", "src", "source_text", "src_text"];

/// Names of the column with the target text.
pub const TARGET: &[&str] = &["target", "tgt", "trg", "target_text", "tgt_text", "trg_text"];

/// Names of languages, for the tables that people make: a column so named holds the texts in that language, as one named by its code does.
pub const LANGUAGES: &[(&str, &str)] =
    &[("spanish", "es"), ("español", "es"), ("espanol", "es"), ("castellano", "es"), ("english", "en"), ("inglés", "en"), ("ingles", "en")];

/// Columns that say something of the whole unit. The last three are those of an alignment.
pub const UNIT: &[&str] = &["id", "score", "confidence", "state", "note", "original_lang", "kind", "source_segments", "target_segments"];

/// Columns that say where a text comes from: alone they count for both sides, after `source_` or `target_` for one (`source_outlet`).
/// `other` is a JSON object of what has no column.
pub const PROVENANCE: &[&str] = &[
    "speaker",
    "role",
    "event",
    "date",
    "place",
    "medium",
    "outlet",
    "url",
    "translator_kind",
    "translator_name",
    "translator_evidence",
    "licence",
    "other",
];

/// What a table's columns are.
#[derive(Debug, Clone, PartialEq)]
pub struct Columns {
    /// The names in order; `None` for the two texts.
    names: Vec<Option<String>>,
    source: usize,
    target: usize,
    source_lang: Lang,
    target_lang: Lang,
    header: bool,
}

impl Columns {
    /// Two columns without a header: source and target.
    pub fn plain(options: &ReadOptions) -> Columns {
        Columns {
            names: vec![None, None],
            source: 0,
            target: 1,
            source_lang: options.source_lang,
            target_lang: options.target_lang,
            header: false,
        }
    }

    /// The columns that a first line names; `None` when it does not name a source and a target, so that it is a record.
    ///
    /// Columns named by languages are placed as `options` ask, whatever their order. Two languages of which one is not asked for are an error.
    /// Names are compared without case, and with blanks and hyphens as `_`.
    pub fn of_header(fields: &[&str], options: &ReadOptions) -> Result<Option<Columns>> {
        let names: Vec<String> = fields.iter().map(|field| canonical(field)).collect();
        let position = |list: &[&str]| names.iter().position(|name| list.contains(&name.as_str()));
        let (source, target, langs) = match (position(SOURCE), position(TARGET)) {
            (Some(source), Some(target)) => (source, target, (options.source_lang, options.target_lang)),
            _ => match by_language(&names, options)? {
                Some(placed) => placed,
                None => return Ok(None),
            },
        };
        let names = names.into_iter().enumerate().map(|(n, name)| (n != source && n != target).then_some(name)).collect();
        Ok(Some(Columns { names, source, target, source_lang: langs.0, target_lang: langs.1, header: true }))
    }

    /// The unit in the fields of one record, or why there is none.
    pub fn unit<'a>(&self, fields: impl Iterator<Item = &'a str> + Clone, record: u64) -> Result<Unit, String> {
        let (mut source, mut target, mut count) = ("", "", 0);
        for (n, field) in fields.clone().enumerate() {
            if n == self.source {
                source = field;
            } else if n == self.target {
                target = field;
            }
            count = n + 1;
        }
        if count != self.names.len() {
            return Err(self.wrong_count(count));
        }
        if let Some(cause) = empty_side(source, target) {
            return Err(cause.into());
        }
        let mut unit = Unit::new(self.source_lang, self.target_lang, source.to_string(), target.to_string());
        unit.origin.record = Some(record);
        if count > 2 {
            for (name, value) in self.names.iter().zip(fields) {
                if let Some(name) = name {
                    set_field(&mut unit, name, value);
                }
            }
        }
        Ok(unit)
    }

    /// How many there are.
    pub fn count(&self) -> usize {
        self.names.len()
    }

    /// The 0-based places of the source and the target.
    pub fn places(&self) -> (usize, usize) {
        (self.source, self.target)
    }

    fn wrong_count(&self, count: usize) -> String {
        let columns = if count == 1 { "1 column".to_string() } else { format!("{count} columns") };
        if count > self.names.len() && !self.header {
            return format!("{columns} and no header line that names them");
        }
        format!("{columns} where there should be {}", self.names.len())
    }
}

/// True when a column of that name has a place in a unit.
pub fn is_known(name: &str) -> bool {
    let name = canonical(name);
    let side = side_of(&name).map_or(name.as_str(), |(_, field)| field);
    [SOURCE, TARGET, UNIT].iter().any(|list| list.contains(&name.as_str())) || PROVENANCE.contains(&side) || language(&name).is_some()
}

/// Puts what a file says under `name` where it belongs in the unit. What the unit has no place for, or a value that does not fit there, is kept
/// under its name in the provenance of both sides.
pub fn set_field(unit: &mut Unit, name: &str, value: &str) {
    if value.is_empty() {
        return;
    }
    let placed = match name {
        // An id of another program is none of ours.
        "id" => hash::from_base32(value).map(|_| unit.id = Some(value.to_string())),
        "score" => probability(value).map(|score| unit.score = Some(score)),
        "confidence" => probability(value).map(|confidence| unit.confidence = Some(confidence)),
        "state" => State::from_name(value).map(|state| unit.state = state),
        "original_lang" => value.parse().ok().map(|lang| unit.original_lang = Some(lang)),
        _ => None,
    };
    if placed.is_some() {
        return;
    }
    match side_of(name) {
        Some((Side::Source, field)) if PROVENANCE.contains(&field) => set_provenance(&mut unit.source_provenance, field, value),
        Some((Side::Target, field)) if PROVENANCE.contains(&field) => set_provenance(&mut unit.target_provenance, field, value),
        _ => {
            set_provenance(&mut unit.source_provenance, name, value);
            set_provenance(&mut unit.target_provenance, name, value);
        }
    }
}

enum Side {
    Source,
    Target,
}

fn side_of(name: &str) -> Option<(Side, &str)> {
    let source = name.strip_prefix("source_").map(|field| (Side::Source, field));
    source.or_else(|| name.strip_prefix("target_").map(|field| (Side::Target, field)))
}

fn set_provenance(provenance: &mut Provenance, name: &str, value: &str) {
    match serde_json::from_str::<BTreeMap<String, String>>(value) {
        Ok(other) if name == "other" => provenance.other.extend(other),
        _ => provenance.set(field_name(name), value),
    }
}

/// The value of a column of [`PROVENANCE`], empty when unknown; the inverse of reading it.
pub fn provenance_column(provenance: &Provenance, column: &str) -> String {
    if column == "other" && !provenance.other.is_empty() {
        return serde_json::to_string(&provenance.other).expect("the keys are strings");
    }
    let fields = provenance.fields();
    fields.iter().find(|(name, _)| *name == field_name(column)).map(|(_, value)| (*value).to_string()).unwrap_or_default()
}

/// The name that [`Provenance::fields`] has for a column.
fn field_name(column: &str) -> &str {
    match column {
        "translator_kind" => "translator-kind",
        "translator_name" => "translator-name",
        "translator_evidence" => "translator-evidence",
        _ => column,
    }
}

fn probability(value: &str) -> Option<f64> {
    value.parse().ok().filter(|p| (0.0..=1.0).contains(p))
}

pub(super) fn canonical(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_").replace("license", "licence")
}

/// The language that a column name stands for: a code of a language that the tool knows, or a name of [`LANGUAGES`].
pub fn language(name: &str) -> Option<Lang> {
    let named = LANGUAGES.iter().find(|(known, _)| *known == name).map(|(_, code)| *code);
    let lang: Lang = named.unwrap_or(name).parse().ok()?;
    KNOWN.iter().any(|(two, _, _)| *two == lang.primary()).then_some(lang)
}

type Placed = (usize, usize, (Lang, Lang));

fn by_language(names: &[String], options: &ReadOptions) -> Result<Option<Placed>> {
    let (places, langs): (Vec<usize>, Vec<Lang>) = names.iter().enumerate().filter_map(|(n, name)| Some((n, language(name)?))).unzip();
    if langs.len() < 2 {
        return Ok(None);
    }
    match sides(&langs, options.source_lang, options.target_lang) {
        Some((source, target)) => Ok(Some((places[source], places[target], (langs[source], langs[target])))),
        None => Err(other_languages(&langs, options)),
    }
}

/// The error for texts in other languages than those asked for.
pub fn other_languages(langs: &[Lang], options: &ReadOptions) -> Error {
    let found: Vec<String> = langs.iter().map(|lang| format!("`{lang}`")).collect();
    let error = Error::new(format!("texts in {}, not in `{}` and `{}`", found.join(" and "), options.source_lang, options.target_lang));
    error.hint("name the languages of the file with `--source-lang` and `--target-lang`")
}

#[cfg(test)]
mod tests {
    use super::*;

    const OPTIONS: ReadOptions = ReadOptions { source_lang: Lang::ES, target_lang: Lang::EN };

    fn header(names: &[&str]) -> Option<Columns> {
        Columns::of_header(names, &OPTIONS).expect("languages that were asked for")
    }

    #[test]
    fn every_field_of_a_provenance_has_a_column() {
        let fields = crate::model::Provenance::FIELDS.map(|name| name.replace('-', "_"));
        assert_eq!(PROVENANCE[..PROVENANCE.len() - 1], fields);
        assert_eq!(PROVENANCE.last(), Some(&"other"));
    }

    #[test]
    fn columns_named_by_language_are_placed_in_either_orientation() {
        for (names, fields) in [(["en", "es"], ["Yes.", "Sí."]), (["Español", "English"], ["Sí.", "Yes."])] {
            let unit = header(&names).expect("a header").unit(fields.into_iter(), 1).expect("a unit");
            assert_eq!((unit.source.as_str(), unit.target.as_str()), ("Sí.", "Yes."));
        }
    }

    #[test]
    fn a_language_that_was_not_asked_for_is_an_error() {
        let error = Columns::of_header(&["fr", "en"], &OPTIONS).expect_err("French").to_string();
        assert!(error.contains("`fr` and `en`, not in `es` and `en`"), "{error}");
    }

    #[test]
    fn a_line_that_names_no_two_texts_is_no_header() {
        assert_eq!(header(&["id", "score"]), None);
        assert_eq!(header(&["Sí.", "Yes."]), None);
    }

    #[test]
    fn other_columns_go_where_they_belong() {
        let columns = header(&["source", "target", "source_outlet", "date", "score", "id", "topic"]).expect("a header");
        let unit = columns.unit(["Sí.", "Yes.", "Semana", "2025", "0.5", "17", "paz"].into_iter(), 3).expect("a unit");
        assert_eq!(unit.source_provenance.outlet.as_deref(), Some("Semana"));
        assert_eq!(unit.target_provenance.outlet, None);
        assert_eq!(unit.target_provenance.date.as_deref(), Some("2025"));
        assert_eq!((unit.score, unit.id.as_deref(), unit.origin.record), (Some(0.5), None, Some(3)));
        assert_eq!((&*unit.source_provenance.other["id"], &*unit.target_provenance.other["topic"]), ("17", "paz"));
    }

    #[test]
    fn a_wrong_number_of_columns_is_counted() {
        let plain = Columns::plain(&OPTIONS);
        let cause = |fields: &[&'static str]| plain.unit(fields.iter().copied(), 1).expect_err("no unit");
        assert_eq!(cause(&["a"]), "1 column where there should be 2");
        assert_eq!(cause(&["0.9", "a", "b"]), "3 columns and no header line that names them");
        assert_eq!(cause(&["a", " "]), "empty target");
    }
}
