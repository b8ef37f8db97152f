//! The table that a reviewer has filled in: what its rows say that is new. Rows may be sorted, left out or added, and columns moved or added.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use super::cells::{Seen, hash, is_full};
use super::read::{SheetRow, Value, each_row, header};
use super::{NOTE, SEEN, VERDICT, is_for_reviewers};
use crate::error::{Error, Result};
use crate::formats::columns::{Columns, canonical};
use crate::formats::returned::{Place, Returned, ReturnedRow, lines};
use crate::formats::{Input, ReadOptions};
use crate::model::Verdict;
use crate::text::hash::from_base32;

/// Where the columns are.
struct Columned {
    id: usize,
    source: usize,
    target: usize,
    verdict: usize,
    note: Option<usize>,
    seen: usize,
}

impl Columned {
    fn of(names: &[String], options: &ReadOptions) -> Result<Columned> {
        let place = |wanted: &str| names.iter().position(|name| canonical(name) == wanted);
        let missing = |name: &str| {
            Error::new(format!("a table for reviewers without its column `{name}`"))
                .hint("take the file as it came back, with its hidden columns; a table of other units has no column `verdict`")
        };
        let fields: Vec<&str> = names.iter().map(String::as_str).collect();
        let (source, target) = Columns::of_header(&fields, options)?.ok_or_else(|| missing("source` or `target"))?.places();
        let wanted = |name: &str| place(name).ok_or_else(|| missing(name));
        Ok(Columned { id: wanted("id")?, source, target, verdict: wanted(VERDICT)?, note: place(NOTE), seen: wanted(SEEN)? })
    }

    /// The cells that people fill in.
    fn text(&self, row: &SheetRow) -> String {
        let columns = [Some(self.id), Some(self.source), Some(self.target), Some(self.verdict), self.note];
        columns.into_iter().flatten().map(|n| row.cell(n).as_str()).collect::<Vec<_>>().join("\t")
    }
}

/// Reads a table that came back; `None` when no sheet is one.
pub(super) fn read(input: Input, options: &ReadOptions) -> Result<Option<Returned>> {
    let file = input.name.clone();
    let mut reading = Reading::default();
    let (mut sheet, mut columns, mut found) = (None, None, false);
    each_row(input, |row| {
        if sheet.as_ref() != Some(&row.sheet) {
            sheet = Some(row.sheet.clone());
            let names = header(&row);
            let is_one = is_for_reviewers(&names);
            columns =
                is_one.then(|| Columned::of(&names, options)).transpose().map_err(|e| e.in_file(Path::new(&file)).at_line(row.row))?;
            found |= is_one;
            return Ok(is_one);
        }
        if let Some(columns) = &columns {
            reading.take(&file, columns, &row);
        }
        Ok(true)
    })?;
    Ok(found.then(|| reading.finish()))
}

#[derive(Default)]
struct Reading {
    returned: Returned,
    sheets: Vec<String>,
    /// Sheet and row of each unit.
    places: HashMap<[u8; 16], (usize, u64)>,
    /// Units that have several rows.
    twice: BTreeSet<[u8; 16]>,
}

impl Reading {
    fn take(&mut self, file: &str, columns: &Columned, row: &SheetRow) {
        self.returned.read += 1;
        let (file, sheet, text) = (file.to_string(), row.sheet.clone(), columns.text(row));
        let place = Place { file, sheet, row: row.row, record: self.returned.read, text };
        match self.claim(columns, row).and_then(|()| news(columns, row, &place)) {
            Ok(news) => self.returned.rows.extend(news),
            Err(cause) => self.returned.rejected.push(place.reject(cause)),
        }
    }

    /// Notes that the row has a unit which no earlier one has.
    fn claim(&mut self, columns: &Columned, row: &SheetRow) -> Result<(), String> {
        let id = row.cell(columns.id).as_str().trim();
        if id.is_empty() {
            return Err("there is no unit id".into());
        }
        let uid = from_base32(id).ok_or_else(|| format!("`{id}` is not a unit id"))?;
        if let Some((sheet, first)) = self.places.get(&uid) {
            self.twice.insert(uid);
            return Err(format!("row {first} of sheet `{}` has the same unit", self.sheets[*sheet]));
        }
        if self.sheets.last() != Some(&row.sheet) {
            self.sheets.push(row.sheet.clone());
        }
        self.places.insert(uid, (self.sheets.len() - 1, row.row));
        Ok(())
    }

    /// Of several rows with one unit nobody can tell which one counts, so that none does.
    fn finish(mut self) -> Returned {
        let is_twice = |row: &ReturnedRow| from_base32(&row.id).is_some_and(|uid| self.twice.contains(&uid));
        let (twice, rows): (Vec<_>, Vec<_>) = self.returned.rows.into_iter().partition(is_twice);
        self.returned.rejected.extend(twice.iter().map(|row| row.place.reject("a later row has the same unit")));
        self.returned.rejected.sort_by_key(|rejection| rejection.record);
        Returned { rows, ..self.returned }
    }
}

/// What a row says that is new, or why it cannot be taken.
fn news(columns: &Columned, row: &SheetRow, place: &Place) -> Result<Option<ReturnedRow>, String> {
    let seen = row.cell(columns.seen).as_str();
    let seen = Seen::parse(seen).ok_or("the hidden column `seen` is not as it was written")?;
    let id = row.cell(columns.id).as_str().trim().to_string();
    let news = ReturnedRow {
        place: place.clone(),
        id,
        base: seen.base,
        verdict: verdict(row.cell(columns.verdict), seen.verdict)?,
        source: edited("source", row.cell(columns.source), seen.source)?,
        target: edited("target", row.cell(columns.target), seen.target)?,
        note: columns.note.map_or(Ok(None), |column| note(row.cell(column)))?,
    };
    if news.verdict.is_none() && news.source.is_none() && news.target.is_none() && news.note.is_none() {
        return Ok(None);
    }
    if seen.in_part {
        return Err("its text does not fit into a cell and was shown in part: review it in `bitexto review`".into());
    }
    Ok(Some(news))
}

/// The verdict, if it is another one than was shown. `edited`, as other tables have it, is accepted: the edit is in the text.
fn verdict(cell: &Value, seen: Verdict) -> Result<Option<Verdict>, String> {
    let names = || Verdict::ALL.iter().map(|verdict| verdict.name()).collect::<Vec<_>>().join(", ");
    let name = cell.as_str().trim().to_lowercase();
    let verdict = match name.as_str() {
        "" if seen == Verdict::Unreviewed => seen,
        "" => return Err(format!("the verdict is empty: one of {}", names())),
        "edited" => Verdict::Accepted,
        name => Verdict::from_name(name).ok_or_else(|| format!("`{name}` is no verdict: one of {}", names()))?,
    };
    Ok((verdict != seen).then_some(verdict))
}

/// The text, if it is another one than was shown.
fn edited(side: &str, cell: &Value, seen: [u8; 16]) -> Result<Option<String>, String> {
    let text = cell.as_str();
    match cell {
        _ if hash(text) == seen => Ok(None),
        _ if text.trim().is_empty() => Err(format!("the {side} was emptied: to drop the unit, reject it")),
        Value::Error(error) => Err(format!("the cell of the {side} holds an error: {error}")),
        Value::Other(_) => Err(format!("the cell of the {side} holds a number or a date: give it the format `text` and write it again")),
        Value::Text(_) if is_full(text) => Err(format!("the cell of the {side} is full, its text may be cut")),
        Value::Text(_) => Ok(Some(lines(text).into_owned())),
    }
}

fn note(cell: &Value) -> Result<Option<String>, String> {
    match cell {
        Value::Error(error) => Err(format!("the cell of the note holds an error: {error}")),
        cell => Ok(Some(lines(cell.as_str()).trim().to_string()).filter(|note| !note.is_empty())),
    }
}
