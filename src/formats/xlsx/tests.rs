//! Tables there and back. What a reviewer does to a table is done here to its rows, which are then written as another program would.

use std::io::Read as _;

use rust_xlsxwriter::{ExcelDateTime, Format as Style, Workbook};

use super::cells::FULL;
use super::read::{Value, refuse_bomb, rows_of};
use super::{FORMAT, sniff, write};
use crate::error::Result;
use crate::formats::contract_tests::sample_units;
use crate::formats::returned::{Returned, ReturnedRow};
use crate::formats::tests::{READ, options, read_named, write_files_with, written};
use crate::formats::{Format, Input, Read, WriteOptions};
use crate::model::{Lang, Remarks, State, Unit, Verdict};
use crate::text::hash::base32;

fn unit(n: u8, source: &str, target: &str) -> Unit {
    let remarks = Some(Box::new(Remarks { base: base32(&[n + 100; 16]), ..Remarks::default() }));
    Unit { id: Some(base32(&[n; 16])), remarks, ..Unit::new(Lang::ES, Lang::EN, source.into(), target.into()) }
}

fn units() -> Vec<Unit> {
    vec![unit(1, "Sí.", "Yes."), unit(2, "No.", "No."), unit(3, "Año, año.", "Year,\r\nyear.")]
}

/// The table for reviewers.
fn table(units: &[Unit]) -> (Vec<u8>, u64) {
    let options = WriteOptions { store: Some("c.db".into()), ..options() };
    let (mut files, replaced) = write_files_with(&FORMAT, units, &options);
    (files.remove(0), replaced)
}

/// A workbook of these sheets, as another program writes it.
fn workbook(sheets: &[&[Vec<&str>]]) -> Vec<u8> {
    let mut book = Workbook::new();
    for rows in sheets {
        let sheet = book.add_worksheet();
        for (row, cells) in (0..).zip(*rows) {
            for (column, cell) in (0..).zip(cells) {
                sheet.write_string(row, column, *cell).expect("a cell");
            }
        }
    }
    book.save_to_buffer().expect("a workbook")
}

/// The table after a reviewer's work on its cells, header included.
fn worked_on(units: &[Unit], work: impl Fn(&mut Vec<Vec<String>>)) -> Vec<u8> {
    let rows = rows_of(&table(units).0).into_iter().filter(|row| row.sheet == "Units");
    let mut rows: Vec<Vec<String>> = rows.map(|row| row.texts()).collect();
    work(&mut rows);
    let rows: Vec<Vec<&str>> = rows.iter().map(|row| row.iter().map(String::as_str).collect()).collect();
    workbook(&[&rows])
}

fn came_back(bytes: &[u8]) -> Result<Option<Returned>> {
    let read_review = FORMAT.read_review.expect("the format reads reviews");
    read_review(Input::from_bytes("a.xlsx", bytes.to_vec()).expect("bytes"), &READ)
}

fn returned(bytes: &[u8]) -> Returned {
    came_back(bytes).expect("a workbook").expect("a table for reviewers")
}

/// Row and cause of what was rejected.
fn causes(returned: &Returned) -> Vec<(u64, &str)> {
    returned.rejected.iter().map(|rejection| (rejection.line, rejection.cause.as_str())).collect()
}

/// A part of the archive, as text.
fn part(bytes: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(bytes)).expect("an archive");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("UTF-8");
    text
}

#[test]
fn a_table_that_nobody_touched_says_nothing_new() {
    let returned = returned(&table(&units()).0);
    assert_eq!(returned, Returned { read: 3, ..Returned::default() });
}

#[test]
fn the_table_has_a_frozen_header_a_filter_a_list_of_verdicts_and_a_hidden_column() {
    let sheet = part(&table(&units()).0, "xl/worksheets/sheet1.xml");
    for wanted in [
        r#"<pane ySplit="1" topLeftCell="A2" activePane="bottomLeft" state="frozen"/>"#,
        r#"<autoFilter ref="A1:T4"/>"#,
        r#"sqref="D2:D4""#,
        "<formula1>\"unreviewed,accepted,rejected,flagged\"</formula1>",
        r#"<col min="20" max="20""#,
        r#"hidden="1""#,
    ] {
        assert!(sheet.contains(wanted), "{wanted}\n{sheet}");
    }
    let guide = part(&table(&units()).0, "xl/sharedStrings.xml");
    assert!(guide.contains("From the store c.db.") && guide.contains("Una tabla para revisar (español–inglés)"), "{guide}");
}

#[test]
fn what_was_noted_and_found_is_shown() {
    let rows = rows_of(&table(&sample_units()).0);
    let cell = |name: &str| {
        let column = rows[0].texts().iter().position(|heading| heading == name).expect(name);
        rows[1].cell(column).as_str().to_string()
    };
    assert_eq!(cell("notes so far"), "ana: ¿«armas» o «fusiles»?\nluis: armas");
    assert_eq!((cell("findings"), cell("verdict"), cell("note")), ("numbers differ: 12".into(), "accepted".into(), String::new()));
    assert_eq!((cell("origin"), cell("confidence")), ("a.es.txt | a.en.txt:1".into(), "0.973".into()));
    assert_eq!((cell("statement"), cell("source_outlet")), ("ejemplo-1".into(), "Diario del ejemplo".into()));
}

#[test]
fn verdicts_edits_and_notes_come_back() {
    let bytes = worked_on(&units(), |rows| {
        rows[1][3] = " Accepted ".into();
        rows[2][1] = "No, no.".into();
        rows[3][4] = "¿seguro?\r\nno\n".into();
    });
    let returned = returned(&bytes);
    let row = |n: usize| &returned.rows[n];
    assert_eq!((returned.read, returned.rows.len(), returned.rejected.len()), (3, 3, 0));
    let news = |row: &ReturnedRow| (row.verdict, row.source.clone(), row.target.clone(), row.note.clone());
    assert_eq!(news(row(0)), (Some(Verdict::Accepted), None, None, None));
    assert_eq!(news(row(1)), (None, Some("No, no.".into()), None, None));
    assert_eq!(news(row(2)), (None, None, None, Some("¿seguro?\nno".into())));
    assert_eq!((row(0).id.as_str(), row(0).base.as_str()), (&*base32(&[1; 16]), &*base32(&[101; 16])));
    assert_eq!((row(1).place.row, row(1).place.record, row(1).place.sheet.as_str()), (3, 2, "Sheet1"));
}

#[test]
fn rows_may_be_sorted_left_out_and_columns_moved() {
    let bytes = worked_on(&units(), |rows| {
        rows[3][3] = "rejected".into();
        rows.remove(1);
        rows[1..].reverse();
        rows.iter_mut().for_each(|row| {
            row.rotate_left(2);
            row.push("mine".into());
        });
    });
    let returned = returned(&bytes);
    assert_eq!((returned.read, returned.rows.len(), causes(&returned)), (2, 1, vec![]));
    assert_eq!((returned.rows[0].id.as_str(), returned.rows[0].verdict), (&*base32(&[3; 16]), Some(Verdict::Rejected)));
}

#[test]
fn what_a_program_changes_by_saving_is_no_edit_and_a_blank_inside_is() {
    let bytes = worked_on(&units(), |rows| {
        rows[3][1] = "  An\u{303}o, an\u{303}o. ".into();
        rows[3][2] = "Year,\nyear.\n".into();
        rows[2][1] = "N o.".into();
    });
    let returned = returned(&bytes);
    assert_eq!(returned.rows.iter().map(|row| (row.place.row, row.source.as_deref())).collect::<Vec<_>>(), [(3, Some("N o."))]);
}

#[test]
fn rows_that_cannot_be_matched_are_told_with_row_and_cause() {
    let many: Vec<Unit> = (1..8).map(|n| unit(n, "Sí.", "Yes.")).collect();
    let bytes = worked_on(&many, |rows| {
        rows[1][3] = "quizá".into();
        rows[2][1] = " ".into();
        rows[3][0] = "x".into();
        rows[4][0] = String::new();
        rows[5][19] = "otra cosa".into();
        rows[6][3] = String::new();
        rows[7][3] = "accepted".into();
        rows.push(rows[7].clone());
    });
    let returned = returned(&bytes);
    let expected = [
        (2, "`quizá` is no verdict: one of unreviewed, accepted, rejected, flagged"),
        (3, "the source was emptied: to drop the unit, reject it"),
        (4, "`x` is not a unit id"),
        (5, "there is no unit id"),
        (6, "the hidden column `seen` is not as it was written"),
        (8, "a later row has the same unit"),
        (9, "row 8 of sheet `Sheet1` has the same unit"),
    ];
    assert_eq!(causes(&returned), expected);
    assert_eq!((returned.read, returned.rows.len()), (8, 0), "an empty verdict where there was none is none");
    assert_eq!(returned.rejected[0].text, format!("{}\tSí.\tYes.\tquizá\t", base32(&[1; 16])));
}

#[test]
fn an_emptied_verdict_takes_none_back() {
    let accepted = Unit { state: State::Accepted, ..unit(1, "Sí.", "Yes.") };
    let emptied = worked_on(std::slice::from_ref(&accepted), |rows| rows[1][3].clear());
    assert_eq!(causes(&returned(&emptied)), [(2, "the verdict is empty: one of unreviewed, accepted, rejected, flagged")]);
    let taken_back = worked_on(&[accepted], |rows| rows[1][3] = "unreviewed".into());
    assert_eq!(returned(&taken_back).rows[0].verdict, Some(Verdict::Unreviewed));
}

#[test]
fn a_number_or_a_date_is_no_edit_of_a_text() {
    let rows = rows_of(&table(&[unit(1, "1/2", "1/2")]).0);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in (0..).zip(&rows[..2]) {
        for (c, text) in (0..).zip(row.texts()) {
            sheet.write_string(r, c, text).expect("a cell");
        }
    }
    let date = Style::new().set_num_format("yyyy-mm-dd");
    sheet.write_datetime_with_format(1, 2, ExcelDateTime::from_ymd(2025, 2, 1).expect("a date"), &date).expect("a cell");
    let bytes = book.save_to_buffer().expect("a workbook");
    assert_eq!(rows_of(&bytes)[1].cell(2), &Value::Other("2025-02-01".into()));
    let cause = "the cell of the target holds a number or a date: give it the format `text` and write it again";
    assert_eq!(causes(&returned(&bytes)), [(2, cause)]);
}

#[test]
fn a_text_that_does_not_fit_is_counted_and_never_taken_back() {
    let units = [unit(1, &"a".repeat(FULL), "b"), unit(2, "ring\u{7}", "c"), unit(3, "d", "e")];
    let (bytes, replaced) = table(&units);
    assert_eq!(replaced, 2);
    assert_eq!(returned(&bytes), Returned { read: 3, ..Returned::default() });
    let edited = worked_on(&units, |rows| {
        rows[1][3] = "accepted".into();
        rows[2][1] = "ring".into();
        rows[3][1] = "f".into();
    });
    let returned = returned(&edited);
    let cause = "its text does not fit into a cell and was shown in part: review it in `bitexto review`";
    assert_eq!((causes(&returned), returned.rows.len()), (vec![(2, cause), (3, cause)], 1));
    let filled = worked_on(&units, |rows| rows[3][1] = "x".repeat(FULL));
    assert_eq!(causes(&self::returned(&filled)), [(4, "the cell of the source is full, its text may be cut")]);
}

#[test]
fn what_looks_like_a_formula_is_a_text() {
    let units: Vec<Unit> =
        ["=1+1", "+1", "-1", "@x", "=HYPERLINK(\"http://example.org\")"].iter().map(|text| unit(1, text, text)).collect();
    let (bytes, _) = written(&FORMAT, &units, true);
    assert!(!part(&bytes, "xl/worksheets/sheet1.xml").contains("<f>"));
    let read: Vec<String> =
        read_named(&FORMAT, &[("a.xlsx", &bytes)]).expect("reads").into_iter().map(|u| u.expect("a unit").source).collect();
    assert_eq!(read, ["=1+1", "+1", "-1", "@x", "=HYPERLINK(\"http://example.org\")"]);
}

/// A workbook of sheets with so many rows, written in one go.
fn in_sheets_of(rows: u32, units: &[Unit], store: Option<&str>) -> Vec<u8> {
    let file = tempfile::NamedTempFile::new().expect("a file");
    let options = WriteOptions { store: store.map(String::from), ..options() };
    let (encoder, mut sink) = write::open_with(&options, vec![Box::new(file.reopen().expect("a file"))], rows).expect("opens");
    sink.append(encoder.encode(units).expect("encodes")).expect("appends");
    sink.finish().expect("finishes");
    std::fs::read(file.path()).expect("a file")
}

#[test]
fn a_full_sheet_is_followed_by_another() {
    for store in [Some("c.db"), None] {
        let bytes = in_sheets_of(2, &units(), store);
        let sheets: Vec<(String, u64)> =
            rows_of(&bytes).into_iter().map(|row| (row.sheet, row.row)).filter(|(s, _)| s != "Read me").collect();
        assert_eq!(
            sheets.iter().map(|(sheet, row)| (sheet.as_str(), *row)).collect::<Vec<_>>(),
            [("Units", 1), ("Units", 2), ("Units", 3), ("Units 2", 1), ("Units 2", 2)]
        );
        if store.is_some() {
            assert_eq!(returned(&bytes).read, 3);
        }
        let read = read_named(&FORMAT, &[("a.xlsx", &bytes)]).expect("reads");
        assert_eq!(read.into_iter().map(|u| u.expect("a unit").origin.record).collect::<Vec<_>>(), [Some(1), Some(2), Some(3)]);
    }
}

#[test]
fn the_same_units_give_the_same_bytes() {
    let units: Vec<Unit> = (0..10).map(|n| unit(n, "Sí.", "Yes.")).collect();
    let bytes = table(&units).0;
    assert!(bytes == table(&units).0);
    assert!(bytes == in_sheets_of(100, &units, Some("c.db")), "whatever pages they come in");
    assert!(sniff(&bytes));
}

fn texts(bytes: &[u8]) -> Vec<Result<(String, String), (u64, String)>> {
    let read = read_named(&FORMAT, &[("a.xlsx", bytes)]).expect("reads");
    let place = |r: Box<crate::formats::Rejection>| (r.line, r.cause);
    read.into_iter().map(|unit: Read<Unit>| unit.map(|u| (u.source, u.target)).map_err(place)).collect()
}

#[test]
fn a_spreadsheet_of_pairs_is_read_by_its_header() {
    let notes = vec![vec!["some notes"]];
    let pairs = vec![vec!["n", "English", "Español", "tema"], vec!["1", "Yes.", "Sí.", "paz"], vec![], vec!["2", "", "No."]];
    let bytes = workbook(&[&notes, &pairs]);
    assert_eq!(texts(&bytes), [Ok(("Sí.".into(), "Yes.".into())), Err((4, "empty target".into()))]);
    let unit = read_named(&FORMAT, &[("a.xlsx", &bytes)]).expect("reads").remove(0).expect("a unit");
    assert_eq!(unit.source_provenance.other["tema"], "paz");
    assert_eq!(came_back(&bytes).expect("a workbook"), None);
}

#[test]
fn two_columns_need_no_header_and_more_do() {
    assert_eq!(texts(&workbook(&[&[vec!["Sí.", "Yes."], vec!["No.", "No."]]])).len(), 2);
    let cause = "3 columns and no header line that names them".to_string();
    assert_eq!(texts(&workbook(&[&[vec!["1", "Sí.", "Yes."]]])), [Err((1, cause))]);
    assert_eq!(texts(&workbook(&[&[]])), []);
}

#[test]
fn a_table_for_reviewers_without_its_hidden_column_is_an_error() {
    let bytes = worked_on(&units(), |rows| rows.iter_mut().for_each(|row| row.truncate(5)));
    let error = came_back(&bytes).expect_err("no `seen`").to_string();
    assert!(error.contains("a.xlsx:1: a table for reviewers without its column `seen`"), "{error}");
}

#[test]
fn what_is_no_workbook_is_an_error_with_its_name() {
    let whole = table(&units()).0;
    for bytes in [b"PK\x03\x04".to_vec(), b"hola".to_vec(), whole[..whole.len() / 2].to_vec()] {
        let error = read_named(&FORMAT, &[("a.xlsx", &bytes)]).expect_err("no workbook").to_string();
        assert!(error.starts_with("a.xlsx: cannot read XLSX"), "{error}");
    }
}

#[test]
fn an_archive_that_would_fill_the_memory_is_refused() {
    let mut file = tempfile::tempfile().expect("a file");
    std::io::Write::write_all(&mut file, &table(&units()).0).expect("writes");
    assert!(refuse_bomb(&mut file, 1 << 20).is_ok());
    let error = refuse_bomb(&mut file, 1000).expect_err("too much").to_string();
    assert!(error.contains("more than 1000"), "{error}");
}

#[test]
fn regions_and_other_languages_head_their_columns_by_code() {
    let headings = |source: &str, target: &str| {
        let options =
            WriteOptions { source_lang: source.parse().expect("a code"), target_lang: target.parse().expect("a code"), ..options() };
        let format: &Format = &FORMAT;
        let bytes = write_files_with(format, &[], &options).0.remove(0);
        rows_of(&bytes)[0].texts()[1..3].to_vec()
    };
    assert_eq!(headings("es", "en"), ["Spanish", "English"]);
    assert_eq!(headings("es-CO", "en"), ["es-CO", "English"]);
    assert_eq!(headings("fr", "fr"), ["source", "target"]);
}
