//! Statements with their renderings: one JSON object per line, as `schemas/statement.schema.json` describes it.
//! Which renderings make units is ingest's business.

use memchr::memmem;

use super::jsonl::{cause, first_line};
use super::lines::Lines;
use super::{Format, Input, Read};
use crate::error::Result;
use crate::model::Statement;

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "statements",
    extensions: &["jsonl"],
    about: "JSON Lines: a statement with its published renderings per line",
    sniff,
    provenance: true,
    read_statements: Some(read),
    ..Format::NONE
};

/// True when the first line is an object that has renderings.
pub(super) fn sniff(head: &[u8]) -> bool {
    let line = first_line(head);
    line.trim_ascii_start().starts_with(b"{")
        && memmem::find_iter(line, b"\"renderings\"").any(|at| line[at + 12..].trim_ascii_start().starts_with(b":"))
}

fn read(input: Input) -> Result<Vec<Read<Statement>>> {
    let mut lines = Lines::new(input);
    let mut statements = Vec::new();
    while let Some(block) = lines.block()? {
        statements.extend(block.parse(|line, _| statement(line)));
    }
    Ok(statements)
}

fn statement(line: &str) -> Result<Statement, String> {
    let statement: Statement = serde_json::from_str(line).map_err(|e| cause(&e))?;
    match statement.flaw() {
        None => Ok(statement),
        Some(flaw) => Err(flaw),
    }
}

/// The statements in their canonical form: a line each, keys in the order of the model, what is unknown left out.
///
/// ```
/// use bitexto::formats::statements;
/// assert_eq!(statements::write(&[]), "");
/// ```
pub fn write(statements: &[Statement]) -> String {
    let mut text = String::new();
    for statement in statements {
        text += &serde_json::to_string(statement).expect("the keys of a statement are strings");
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    const LINE: &str = r#"{"id":"orden","speaker":"Gustavo Petro","medium":"megaphone","original_lang":"es","renderings":[{"id":"a","lang":"es","kind":"original","text":"Obedezcan.","quote_type":"direct"}]}"#;

    fn read_text(text: &str) -> Vec<Read<Statement>> {
        read(Input::from_bytes("s.jsonl", text.into()).expect("in memory")).expect("reads")
    }

    fn cause_of(line: &str) -> String {
        read_text(line).remove(0).expect_err("a flaw").cause
    }

    #[test]
    fn the_canonical_form_reads_back() {
        let read: Vec<Statement> = read_text(LINE).into_iter().map(|s| s.expect("a statement")).collect();
        assert_eq!(write(&read), format!("{LINE}\n"));
    }

    #[test]
    fn a_flaw_rejects_the_line_and_the_run_goes_on() {
        let read = read_text(&format!("{LINE}\n{}\n{LINE}\n", LINE.replace("Obedezcan.", " ")));
        assert_eq!(read.iter().map(Read::is_ok).collect::<Vec<_>>(), [true, false, true]);
        let rejection = read[1].as_ref().expect_err("empty text");
        assert_eq!((rejection.line, rejection.cause.as_str()), (2, "rendering `a` has an empty `text`"));
    }

    #[test]
    fn a_misspelt_key_or_value_is_named() {
        assert!(cause_of(&LINE.replace("\"speaker\"", "\"speeker\"")).starts_with("unknown field `speeker`, expected one of"));
        assert!(cause_of(&LINE.replace("megaphone", "megafono")).contains("unknown variant `megafono`"));
        let missing = cause_of(r#"{"id":"a"}"#);
        assert_eq!(missing, "missing field `speaker` at column 10");
    }

    #[test]
    fn renderings_tell_a_statement_from_a_unit() {
        assert!(sniff(LINE.as_bytes()));
        assert!(!sniff(br#"{"source":"dijo \"renderings\"","target":"said"}"#));
        assert!(!sniff(b"\"renderings\": "));
    }
}
