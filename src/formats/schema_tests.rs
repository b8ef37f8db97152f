//! The JSON schemas and the model say the same: what is written validates, and every field and every value of the model is in the schema.

use std::collections::BTreeSet;

use serde_json::{Value, json};

use super::contract_tests::{sample_statements, sample_units};
use super::tests::{options, write_files_with};
use super::{WriteOptions, jsonl, statements};
use crate::model::{Medium, QuoteType, RenderingKind, State, TranslatorKind};

const STATEMENT: &str = include_str!("../../schemas/statement.schema.json");
const UNIT: &str = include_str!("../../schemas/unit.schema.json");

fn parsed(schema: &str) -> Value {
    serde_json::from_str(schema).expect("the schema is JSON")
}

fn lines(text: &str) -> Vec<Value> {
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn units() -> Vec<Value> {
    let options = WriteOptions { notes: true, ..options() };
    let files = write_files_with(&jsonl::FORMAT, &sample_units(), &options).0;
    lines(&String::from_utf8(files.concat()).expect("UTF-8"))
}

/// What the schema has against the value.
fn errors(schema: &str, value: &Value) -> Vec<String> {
    let validator = jsonschema::validator_for(&parsed(schema)).expect("a valid schema");
    validator.iter_errors(value).map(|error| error.to_string()).collect()
}

fn at<'a>(value: &'a Value, pointer: &str) -> &'a Value {
    value.pointer(pointer).unwrap_or_else(|| panic!("there is `{pointer}`"))
}

fn keys(value: &Value) -> BTreeSet<&str> {
    value.as_object().expect("an object").keys().map(String::as_str).collect()
}

#[test]
fn what_is_written_validates() {
    let statements = lines(&statements::write(&sample_statements()));
    for (schema, values) in [(STATEMENT, statements), (UNIT, units())] {
        for value in values {
            assert_eq!(errors(schema, &value), Vec::<String>::new());
        }
    }
}

#[test]
fn a_misspelt_key_and_an_empty_text_do_not_validate() {
    let mut statement = lines(&statements::write(&sample_statements())).remove(0);
    statement["speeker"] = json!("x");
    assert_eq!(errors(STATEMENT, &statement).len(), 1);
    let mut unit = units().remove(0);
    unit["translation"]["es"] = json!(" ");
    assert_eq!(errors(UNIT, &unit).len(), 1);
}

#[test]
fn every_field_of_the_model_is_in_the_schemas_and_no_other() {
    let (statement, unit) = (lines(&statements::write(&sample_statements())).remove(0), units().remove(0));
    let (statement_schema, unit_schema) = (parsed(STATEMENT), parsed(UNIT));
    for (value, schema) in [
        (&statement, at(&statement_schema, "/properties")),
        (at(&statement, "/renderings/0"), at(&statement_schema, "/$defs/rendering/properties")),
        (at(&statement, "/renderings/0/translator"), at(&statement_schema, "/$defs/translator/properties")),
        (at(&unit, "/origin"), at(&unit_schema, "/properties/origin/properties")),
        (at(&unit, "/statement"), at(&unit_schema, "/properties/statement/properties")),
        (at(&unit, "/provenance"), at(&unit_schema, "/properties/provenance/properties")),
        (at(&unit, "/provenance/source"), at(&unit_schema, "/$defs/provenance/properties")),
        (at(&unit, "/provenance/source/translator"), at(&unit_schema, "/$defs/provenance/properties/translator/properties")),
    ] {
        assert_eq!(keys(value), keys(schema));
    }
    // `source` and `target` take the place of `translation` where both texts are in one language.
    let both: BTreeSet<&str> = keys(&unit).union(&BTreeSet::from(["source", "target"])).copied().collect();
    assert_eq!(both, keys(at(&unit_schema, "/properties")));
}

#[test]
fn the_values_of_the_model_are_those_of_the_schemas() {
    let (statement, unit) = (parsed(STATEMENT), parsed(UNIT));
    assert_eq!(at(&statement, "/properties/medium/enum"), &json!(Medium::ALL));
    assert_eq!(at(&statement, "/$defs/rendering/properties/kind/enum"), &json!(RenderingKind::ALL));
    assert_eq!(at(&statement, "/$defs/rendering/properties/quote_type/enum"), &json!(QuoteType::ALL));
    assert_eq!(at(&statement, "/$defs/translator/properties/kind/enum"), &json!(TranslatorKind::ALL));
    assert_eq!(at(&unit, "/properties/state/enum"), &json!(State::ALL));
    assert_eq!(at(&unit, "/$defs/provenance/properties/medium/enum"), &json!(Medium::ALL));
    assert_eq!(at(&unit, "/$defs/provenance/properties/translator/properties/kind/enum"), &json!(TranslatorKind::ALL));
}
