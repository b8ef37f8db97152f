//! Units to TMX 1.4 as its DTD wants it: the same units give the same bytes, so there is no clock in it.

use std::fmt::Write as _;
use std::io::Write;

use super::{OWN, props};
use crate::error::{Error, Result};
use crate::formats::{Encoded, Encoder, Sink, WriteOptions};
use crate::model::{Lang, Origin, Provenance, Unit};

/// Begins a TMX file.
pub(super) fn open(options: &WriteOptions, files: Vec<Box<dyn Write + Send>>) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
    let mut file = files.into_iter().next().ok_or_else(|| Error::new("no file"))?;
    file.write_all(header(options).as_bytes())?;
    Ok((Box::new(Records { header_lang: options.source_lang, notes: options.notes }), Box::new(File(file))))
}

fn header(options: &WriteOptions) -> String {
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE tmx SYSTEM \"tmx14.dtd\">\n<tmx version=\"1.4\">\n");
    let (version, source) = (env!("CARGO_PKG_VERSION"), options.source_lang);
    out.push_str("  <header creationtool=\"bitexto\" creationtoolversion=\"");
    out.push_str(version);
    out.push_str("\" segtype=\"sentence\" o-tmf=\"bitexto\" adminlang=\"en\" srclang=\"");
    let _ = write!(out, "{source}\" datatype=\"plaintext\"");
    if options.signature.is_empty() {
        out.push_str("/>\n");
    } else {
        out.push_str(">\n");
        prop(&mut out, 4, &format!("{OWN}signature"), &options.signature);
        out.push_str("  </header>\n");
    }
    out.push_str("  <body>\n");
    out
}

struct Records {
    /// The `srclang` of the header.
    header_lang: Lang,
    /// Whether the notes of reviewers are written.
    notes: bool,
}

impl Encoder for Records {
    fn encode(&self, units: &[Unit]) -> Result<Encoded> {
        let mut out = String::with_capacity(units.len() * 500);
        let mut replaced = 0;
        for unit in units {
            replaced += record(&mut out, unit, self);
        }
        Ok(Encoded::one(out.into_bytes(), replaced))
    }
}

struct File(Box<dyn Write + Send>);

impl Sink for File {
    fn append(&mut self, encoded: Encoded) -> Result<()> {
        Ok(encoded.bytes.iter().try_for_each(|bytes| self.0.write_all(bytes))?)
    }

    fn finish(mut self: Box<Self>) -> Result<()> {
        self.0.write_all(b"  </body>\n</tmx>\n")?;
        Ok(self.0.flush()?)
    }
}

/// Writes a `tu`; gives back how many characters had to be replaced.
fn record(out: &mut String, unit: &Unit, records: &Records) -> u64 {
    let mut replaced = 0;
    out.push_str("    <tu");
    if let Some(id) = &unit.id {
        replaced += attribute(out, "tuid", id);
    }
    // Readers look for the very tag of `srclang`, region and all.
    if unit.source_lang != records.header_lang {
        let _ = write!(out, " srclang=\"{}\"", unit.source_lang);
    }
    out.push_str(">\n");
    let notes = if records.notes { unit.notes() } else { String::new() };
    if !notes.is_empty() {
        out.push_str("      <note>");
        replaced += escape(out, &notes);
        out.push_str("</note>\n");
    }
    for (name, value) in known(unit) {
        replaced += prop(out, 6, &format!("{OWN}{name}"), &value);
    }
    replaced += variant(out, unit.source_lang, &unit.source_provenance, &unit.source);
    replaced += variant(out, unit.target_lang, &unit.target_provenance, &unit.target);
    out.push_str("    </tu>\n");
    replaced
}

/// What is known of a unit besides its sides. The state is always there: by it the reader knows that the record is ours.
fn known(unit: &Unit) -> Vec<(&'static str, String)> {
    let mut known = vec![("state", unit.state.to_string())];
    known.extend(unit.confidence.map(|value| ("confidence", value.to_string())));
    known.extend(unit.score.map(|value| ("score", value.to_string())));
    known.extend(unit.original_lang.map(|lang| ("original-lang", lang.to_string())));
    known.extend(unit.statement.as_ref().map(|link| ("statement", json(link))));
    known.extend((unit.origin != Origin::default()).then(|| ("origin", json(&unit.origin))));
    known
}

fn json(value: &impl serde::Serialize) -> String {
    serde_json::to_string(value).expect("strings and numbers have a JSON form")
}

fn variant(out: &mut String, lang: Lang, provenance: &Provenance, text: &str) -> u64 {
    let mut replaced = 0;
    let _ = writeln!(out, "      <tuv xml:lang=\"{lang}\">");
    for (name, value) in props(provenance) {
        replaced += prop(out, 8, &name, value);
    }
    out.push_str("        <seg>");
    replaced += escape(out, text);
    out.push_str("</seg>\n      </tuv>\n");
    replaced
}

fn prop(out: &mut String, indent: usize, name: &str, value: &str) -> u64 {
    let _ = write!(out, "{:indent$}<prop", "");
    let mut replaced = attribute(out, "type", name);
    out.push('>');
    replaced += escape(out, value);
    out.push_str("</prop>\n");
    replaced
}

fn attribute(out: &mut String, name: &str, value: &str) -> u64 {
    let _ = write!(out, " {name}=\"");
    let start = out.len();
    let replaced = escape(out, value);
    if out[start..].contains('"') {
        let quoted = out.split_off(start).replace('"', "&quot;");
        out.push_str(&quoted);
    }
    out.push('"');
    replaced
}

/// Writes the text of an element. Line breaks and tabs are written by number, because readers take them for layout;
/// what XML 1.0 (§2.2) does not allow becomes U+FFFD. Gives back how many did.
fn escape(out: &mut String, text: &str) -> u64 {
    let (mut from, mut replaced) = (0, 0);
    for (at, char) in text.char_indices() {
        let with = match char {
            '&' => "&amp;",
            '<' => "&lt;",
            '>' => "&gt;",
            '\t' => "&#9;",
            '\n' => "&#10;",
            '\r' => "&#13;",
            '\0'..='\u{1f}' | '\u{fffe}' | '\u{ffff}' => {
                replaced += 1;
                "\u{fffd}"
            }
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(with);
        from = at + char.len_utf8();
    }
    out.push_str(&text[from..]);
    replaced
}
