//! Units to sheets, a row each. A sheet that is full is followed by another. The same units give the same bytes: the only date in it is fixed.

use std::borrow::Cow;
use std::io::Write;

use rust_xlsxwriter::{
    Color, DataValidation, DataValidationErrorStyle, DocProperties, ExcelDateTime, Format as Style, FormatAlign, FormatBorder, Workbook,
    Worksheet, XlsxError,
};
use zip::result::ZipError;

use super::cells::{Cell, Seen, shown};
use super::{NOTE, SEEN, VERDICT};
use crate::error::{Error, Result};
use crate::formats::columns::{self, LANGUAGES};
use crate::formats::{Encoded, Encoder, Sink, WriteOptions};
use crate::model::{Lang, Origin, Provenance, Side, Unit, Verdict};

/// Rows of a sheet without its header: 2^20 in all.
const ROWS: u32 = 1_048_575;

/// What the guide says, in both languages.
const GUIDE: &str = include_str!("guide.txt");

/// Its width, in characters.
const GUIDE_WIDTH: u16 = 100;

/// A column of a table.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Column {
    Id,
    Text(Side),
    Verdict,
    /// Empty, for the reviewer.
    Note,
    /// What was noted before.
    Notes,
    Findings,
    State,
    Confidence,
    Score,
    OriginalLang,
    Origin,
    Statement,
    Provenance(Side, &'static str),
    Seen,
}

/// What a table is like.
#[derive(Clone)]
struct Layout {
    columns: Vec<Column>,
    headings: [String; 2],
    /// The store whose units they are, when the table is for reviewers.
    store: Option<String>,
    signature: String,
    langs: [Lang; 2],
}

impl Layout {
    fn of(options: &WriteOptions) -> Layout {
        let sides = [Side::Source, Side::Target];
        let columns = if options.store.is_some() {
            let mut columns = vec![Column::Id, Column::Text(Side::Source), Column::Text(Side::Target), Column::Verdict, Column::Note];
            columns.extend([Column::Notes, Column::Findings, Column::Confidence, Column::Score, Column::Origin, Column::Statement]);
            columns.extend(sides.iter().flat_map(|side| ["speaker", "outlet", "date", "url"].map(|name| Column::Provenance(*side, name))));
            columns.push(Column::Seen);
            columns
        } else {
            let mut columns = vec![Column::Id, Column::Text(Side::Source), Column::Text(Side::Target), Column::State, Column::Score];
            columns.extend([Column::Confidence, Column::OriginalLang]);
            columns.extend(sides.iter().flat_map(|side| columns::PROVENANCE.iter().map(|name| Column::Provenance(*side, name))));
            columns
        };
        let langs = [options.source_lang, options.target_lang];
        Layout { columns, headings: headings(langs), store: options.store.clone(), signature: options.signature.clone(), langs }
    }

    fn heading(&self, column: Column) -> Cow<'_, str> {
        match column {
            Column::Id => "id".into(),
            Column::Text(Side::Source) => self.headings[0].as_str().into(),
            Column::Text(Side::Target) => self.headings[1].as_str().into(),
            Column::Verdict => VERDICT.into(),
            Column::Note => NOTE.into(),
            Column::Notes => "notes so far".into(),
            Column::Findings => "findings".into(),
            Column::State => "state".into(),
            Column::Confidence => "confidence".into(),
            Column::Score => "score".into(),
            Column::OriginalLang => "original_lang".into(),
            Column::Origin => "origin".into(),
            Column::Statement => "statement".into(),
            Column::Provenance(side, name) => format!("{side}_{name}").into(),
            Column::Seen => SEEN.into(),
        }
    }

    /// The place of the verdict.
    fn verdict(&self) -> Option<u16> {
        (0..).zip(&self.columns).find(|(_, column)| **column == Column::Verdict).map(|(n, _)| n)
    }

    fn row(&self, unit: &Unit, replaced: &mut u64) -> Vec<Cell> {
        let mut fit = |cell: Cell| match &cell {
            Cell::Text(text) => match shown(text) {
                Cow::Borrowed(_) => cell,
                Cow::Owned(part) => {
                    *replaced += 1;
                    Cell::Text(part)
                }
            },
            _ => cell,
        };
        self.columns.iter().map(|column| fit(cell(unit, *column))).collect()
    }
}

/// The texts are headed by the names of their languages where these tell them apart and no region is lost, else by codes, else by sides.
fn headings([source, target]: [Lang; 2]) -> [String; 2] {
    if source == target {
        return ["source", "target"].map(String::from);
    }
    [source, target].map(|lang| name(lang).unwrap_or_else(|| lang.to_string()))
}

/// The English name of a language, if a table so headed can be read.
fn name(lang: Lang) -> Option<String> {
    let (name, _) = LANGUAGES.iter().find(|(_, code)| *code == lang.as_str())?;
    let mut letters = name.chars();
    letters.next().map(|first| first.to_uppercase().chain(letters).collect())
}

fn cell(unit: &Unit, column: Column) -> Cell {
    let number = |number: Option<f64>| number.map_or(Cell::Empty, Cell::Number);
    match column {
        Column::Id => Cell::text(unit.id.clone().unwrap_or_default()),
        Column::Text(Side::Source) => Cell::text(&*unit.source),
        Column::Text(Side::Target) => Cell::text(&*unit.target),
        Column::Verdict => Cell::text(Verdict::of(unit.state).name()),
        Column::Note => Cell::Empty,
        Column::Notes => Cell::text(unit.notes()),
        Column::Findings => Cell::text(unit.remarks.as_ref().map(|remarks| remarks.findings.join("\n")).unwrap_or_default()),
        Column::State => Cell::text(unit.state.name()),
        Column::Confidence => number(unit.confidence),
        Column::Score => number(unit.score),
        Column::OriginalLang => Cell::text(unit.original_lang.map(|lang| lang.to_string()).unwrap_or_default()),
        Column::Origin => Cell::text(origin(&unit.origin)),
        Column::Statement => Cell::text(unit.statement.as_ref().map(|link| link.statement.clone()).unwrap_or_default()),
        Column::Provenance(side, name) => Cell::text(columns::provenance_column(provenance(unit, side), name)),
        Column::Seen => Cell::text(Seen::of(unit).written()),
    }
}

fn provenance(unit: &Unit, side: Side) -> &Provenance {
    match side {
        Side::Source => &unit.source_provenance,
        Side::Target => &unit.target_provenance,
    }
}

/// The place of a unit, for people: `a.tsv:17`, `a.es.txt | a.en.txt`.
fn origin(origin: &Origin) -> String {
    let target = origin.target_file.as_ref().map(|file| format!(" | {file}")).unwrap_or_default();
    let record = origin.record.map(|record| format!(":{record}")).unwrap_or_default();
    format!("{}{target}{record}", origin.file)
}

/// Begins a workbook.
pub(super) fn open(options: &WriteOptions, files: Vec<Box<dyn Write + Send>>) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
    open_with(options, files, ROWS)
}

/// The same with so many rows in a sheet, without its header.
pub(super) fn open_with(options: &WriteOptions, files: Vec<Box<dyn Write + Send>>, rows: u32) -> Result<(Box<dyn Encoder>, Box<dyn Sink>)> {
    let file = files.into_iter().next().ok_or_else(|| Error::new("no file"))?;
    let layout = Layout::of(options);
    let book = Book::new(file, layout.clone(), rows)?;
    Ok((Box::new(Rows(layout)), Box::new(book)))
}

struct Rows(Layout);

impl Encoder for Rows {
    fn encode(&self, units: &[Unit]) -> Result<Encoded> {
        let mut replaced = 0;
        let rows = units.iter().map(|unit| self.0.row(unit, &mut replaced)).collect();
        Ok(Encoded { rows, replaced, ..Encoded::default() })
    }
}

/// A workbook whose sheets are filled one after the other; the rows wait in temporary files.
struct Book {
    file: Box<dyn Write + Send>,
    layout: Layout,
    styles: Styles,
    /// Rows that a sheet takes.
    room: u32,
    book: Workbook,
    sheet: Worksheet,
    /// The number of the sheet.
    number: u32,
    /// Rows in it.
    rows: u32,
}

impl Book {
    fn new(file: Box<dyn Write + Send>, layout: Layout, room: u32) -> Result<Book> {
        let mut book = Workbook::new();
        // A date is asked for; a clock would give other bytes each time.
        let date = ExcelDateTime::from_ymd(2000, 1, 1).map_err(failed)?;
        book.set_properties(&DocProperties::new().set_author("bitexto").set_creation_datetime(&date));
        let styles = Styles::new();
        let sheet = begin(&mut book, &layout, &styles, 1)?;
        Ok(Book { file, layout, styles, room, book, sheet, number: 1, rows: 0 })
    }

    fn put(&mut self, row: Vec<Cell>) -> Result<()> {
        if self.rows == self.room {
            let next = begin(&mut self.book, &self.layout, &self.styles, self.number + 1)?;
            let full = std::mem::replace(&mut self.sheet, next);
            self.book.push_worksheet(ended(full, &self.layout, self.rows)?);
            (self.number, self.rows) = (self.number + 1, 0);
        }
        self.rows += 1;
        let lines = self.layout.columns.iter().zip(&row).map(|(column, cell)| lines(*column, cell)).max().unwrap_or(1);
        self.sheet.set_row_height(self.rows, height(lines)).map_err(failed)?;
        for ((n, column), cell) in (0..).zip(&self.layout.columns).zip(row) {
            let style = self.styles.of(*column);
            match cell {
                Cell::Empty if *column == Column::Note => self.sheet.write_blank(self.rows, n, style),
                Cell::Empty => continue,
                Cell::Text(text) => self.sheet.write_string_with_format(self.rows, n, text, style),
                Cell::Number(number) => self.sheet.write_number_with_format(self.rows, n, number, style),
            }
            .map_err(failed)?;
        }
        Ok(())
    }
}

impl Sink for Book {
    fn append(&mut self, encoded: Encoded) -> Result<()> {
        encoded.rows.into_iter().try_for_each(|row| self.put(row))
    }

    fn finish(self: Box<Self>) -> Result<()> {
        let Book { mut file, layout, styles, mut book, sheet, rows, .. } = *self;
        book.push_worksheet(ended(sheet, &layout, rows)?);
        if let Some(store) = &layout.store {
            add_guide(&mut book, &layout, &styles, store)?;
        }
        book.save_to_writer(&mut file).map_err(failed)?;
        Ok(file.flush()?)
    }
}

/// A sheet with its header and without rows.
fn begin(book: &mut Workbook, layout: &Layout, styles: &Styles, number: u32) -> Result<Worksheet> {
    let mut sheet = book.new_worksheet_with_constant_memory().map_err(failed)?;
    let name = if number == 1 { "Units".to_string() } else { format!("Units {number}") };
    sheet.set_name(name).and_then(|sheet| sheet.set_freeze_panes(1, 0)).map_err(failed)?;
    for (n, column) in (0..).zip(&layout.columns) {
        sheet.write_string_with_format(0, n, layout.heading(*column), &styles.header).map_err(failed)?;
        sheet.set_column_width(n, width(*column)).map_err(failed)?;
        if *column == Column::Seen {
            sheet.set_column_hidden(n).map_err(failed)?;
        }
    }
    Ok(sheet)
}

/// A sheet that has all its rows, with what goes by their number.
fn ended(mut sheet: Worksheet, layout: &Layout, rows: u32) -> Result<Worksheet> {
    let last = u16::try_from(layout.columns.len() - 1).expect("a table has some thirty columns");
    sheet.autofilter(0, 0, rows, last).map_err(failed)?;
    if let Some(verdict) = layout.verdict().filter(|_| rows > 0) {
        sheet.add_data_validation(1, verdict, rows, verdict, &verdicts()?).map_err(failed)?;
    }
    Ok(sheet)
}

/// In characters.
fn width(column: Column) -> u32 {
    match column {
        Column::Text(_) => 55,
        Column::Note | Column::Notes | Column::Findings => 35,
        Column::Confidence | Column::Score | Column::OriginalLang => 11,
        Column::Verdict | Column::State => 13,
        _ => 18,
    }
}

/// Whether a column shows texts in full, on as many lines as it takes.
fn is_wrapped(column: Column) -> bool {
    matches!(column, Column::Text(_) | Column::Note | Column::Notes | Column::Findings)
}

/// The lines that a cell takes.
fn lines(column: Column, cell: &Cell) -> usize {
    match cell {
        Cell::Text(text) if is_wrapped(column) => lines_of(text, width(column) as usize),
        _ => 1,
    }
}

/// The lines of a text, in a column of so many characters.
fn lines_of(text: &str, width: usize) -> usize {
    text.split('\n').map(|line| line.chars().count().div_ceil(width).max(1)).sum()
}

/// The height of a row of so many lines, in points: not every program finds it out by itself, and none takes more than 409.
fn height(lines: usize) -> u32 {
    u32::try_from(lines).map_or(409, |lines| lines.saturating_mul(15).min(409))
}

/// What the cell of a verdict takes.
fn verdicts() -> Result<DataValidation> {
    let names: Vec<&str> = Verdict::ALL.iter().map(|verdict| verdict.name()).collect();
    let list = DataValidation::new().allow_list_strings(&names).map_err(failed)?.set_error_style(DataValidationErrorStyle::Stop);
    list.set_error_title("verdict").and_then(|list| list.set_error_message(names.join(", "))).map_err(failed)
}

struct Styles {
    header: Style,
    /// What is short, as it stands: `=1` and `1/2` are no formula and no date.
    plain: Style,
    /// Texts.
    text: Style,
    /// What a reviewer fills in.
    open: Style,
    number: Style,
    title: Style,
    heading: Style,
}

impl Styles {
    fn new() -> Styles {
        let plain = Style::new().set_num_format("@").set_align(FormatAlign::Top);
        let text = plain.clone().set_text_wrap();
        let open = text.clone().set_background_color(Color::RGB(0x00FF_F8E1)).set_border(FormatBorder::Hair);
        Styles {
            header: Style::new().set_bold().set_text_wrap().set_align(FormatAlign::Top).set_background_color(Color::RGB(0x00E0_E0E0)),
            number: Style::new().set_num_format("0.00").set_align(FormatAlign::Top),
            title: Style::new().set_bold().set_font_size(14),
            heading: Style::new().set_bold(),
            plain,
            text,
            open,
        }
    }

    fn of(&self, column: Column) -> &Style {
        match column {
            Column::Verdict | Column::Note => &self.open,
            Column::Confidence | Column::Score => &self.number,
            column if is_wrapped(column) => &self.text,
            _ => &self.plain,
        }
    }
}

fn add_guide(book: &mut Workbook, layout: &Layout, styles: &Styles, store: &str) -> Result<()> {
    let sheet = book.add_worksheet();
    sheet.set_name("Read me").and_then(|sheet| sheet.set_column_width(0, GUIDE_WIDTH)).map_err(failed)?;
    for (row, line) in (0..).zip(guide(layout, store)) {
        let (text, style) = match (line.strip_prefix("# "), line.strip_prefix("## ")) {
            (Some(title), _) => (title, &styles.title),
            (_, Some(heading)) => (heading, &styles.heading),
            _ => (line.as_str(), &styles.text),
        };
        if style == &styles.text {
            sheet.set_row_height(row, height(lines_of(text, usize::from(GUIDE_WIDTH)))).map_err(failed)?;
        }
        sheet.write_string_with_format(row, 0, shown(text), style).map_err(failed)?;
    }
    Ok(())
}

/// The lines of the guide: titles begin with `# `, headings with `## `.
fn guide(layout: &Layout, store: &str) -> Vec<String> {
    let spanish = |lang: Lang| match lang.primary() {
        "es" => "español".to_string(),
        "en" => "inglés".to_string(),
        _ => lang.to_string(),
    };
    let [source, target] = &layout.headings;
    let values = [
        ("{source}", source.clone()),
        ("{target}", target.clone()),
        ("{fuente}", spanish(layout.langs[0])),
        ("{meta}", spanish(layout.langs[1])),
        ("{store}", store.to_string()),
        ("{signature}", layout.signature.clone()),
    ];
    let filled = |line: &str| values.iter().fold(line.to_string(), |line, (name, value)| line.replace(name, value));
    GUIDE.lines().map(filled).collect()
}

/// The cause of an error of the crate; one of the file under it as what it is, so that a broken pipe is known as one.
fn failed(error: XlsxError) -> Error {
    match error {
        XlsxError::IoError(source) => Error::from(source),
        XlsxError::ZipError(ZipError::Io(source)) => Error::from(source),
        error => Error::new(format!("cannot write XLSX: {error}")),
    }
}
