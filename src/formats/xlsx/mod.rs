//! Spreadsheets (Office Open XML). Units of a store go out as a table that a reviewer fills in, and come back as a review; any other
//! units are a plain table with a header, as in CSV. The crate `rust_xlsxwriter` writes them row by row, `calamine` reads them.
//!
//! No cell is ever a formula, whatever it begins with. A cell holds 32,767 characters: a longer text is shown in part, and a control character, which
//! XML cannot hold, by its picture (`␇`); both are counted, and such a text is never taken back.

use super::{Format, columns};

mod cells;
mod read;
mod returned;
mod write;

pub use cells::Cell;

/// The registry's entry.
pub static FORMAT: Format = Format {
    name: "xlsx",
    extensions: &["xlsx"],
    about: "a spreadsheet: the table that a reviewer fills in and sends back, or units under a header",
    sniff,
    provenance: true,
    read_units: Some(read::open),
    write_units: Some(write::open),
    read_review: Some(returned::read),
    replaces: ("texts", "do not fit into a cell as they are and are shown in part"),
    ..Format::NONE
};

/// Header of the verdict, by which a table for reviewers is known together with `id`.
const VERDICT: &str = "verdict";

/// Header of what a reviewer has to say.
const NOTE: &str = "note";

/// Header of the hidden column that tells what the reviewer was shown.
const SEEN: &str = "seen";

/// True for a ZIP archive whose first bytes name a part of a workbook; other office files are archives too.
fn sniff(head: &[u8]) -> bool {
    head.starts_with(b"PK\x03\x04") && memchr::memmem::find(head, b"xl/work").is_some()
}

/// Whether a header is that of a table for reviewers.
fn is_for_reviewers(header: &[String]) -> bool {
    let names: Vec<String> = header.iter().map(|name| columns::canonical(name)).collect();
    ["id", VERDICT].iter().all(|wanted| names.iter().any(|name| name == wanted))
}

#[cfg(test)]
mod tests;
