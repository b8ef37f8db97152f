//! A review by spreadsheet: `export` writes a table, a colleague fills it in, `ingest` takes it into the store's log.

use calamine::{Reader, Xlsx, open_workbook};
use rust_xlsxwriter::Workbook;
use serde_json::Value;

use crate::harness::Scene;

const TSV: &str = "La casa es de la abuela.\tThe house is the grandmother's.\nNo llueve en la sierra.\tIt is not raining in the hills.\n\
                   Murieron 12 personas.\tTwenty people died.\nVino el médico.\tThe doctor came.\n";

/// A store of four units, and its table.
fn scene() -> Scene {
    let scene = Scene::new().file("a.tsv", TSV);
    scene.run("ingest a.tsv --corpus c.db").ok();
    scene.run("export --corpus c.db --to out --output-format xlsx").ok().says("exported 4 units");
    scene
}

/// The cells of a sheet, header included.
fn cells(scene: &Scene, file: &str, sheet: &str) -> Vec<Vec<String>> {
    let mut book: Xlsx<_> = open_workbook(scene.path(file)).expect("a workbook");
    let range = book.worksheet_range(sheet).expect("a sheet");
    range.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// The table as a colleague sends it back: by another program, after `work` on its cells.
fn send_back(scene: &Scene, name: &str, work: impl Fn(&mut Vec<Vec<String>>)) {
    let mut rows = cells(scene, "out/corpus.xlsx", "Units");
    work(&mut rows);
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (r, row) in (0..).zip(&rows) {
        for (c, cell) in (0..).zip(row) {
            sheet.write_string(r, c, cell).expect("a cell");
        }
    }
    book.save(scene.path(name)).expect("a workbook");
}

/// What is in the store's log, in order.
fn events(scene: &Scene) -> Vec<Value> {
    let log = scene.run("review-log export c.db").ok().stdout;
    log.lines().map(|line| serde_json::from_str(line).expect("an event")).collect()
}

fn ops(scene: &Scene) -> Vec<(String, String)> {
    events(scene).iter().map(|event| (event["by"].to_string().replace('"', ""), event["op"].to_string().replace('"', ""))).collect()
}

fn rejected(scene: &Scene, name: &str) -> Vec<(u64, String)> {
    let lines = scene.read(&format!("{name}.rejected.jsonl"));
    let parsed = lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("a rejection"));
    parsed.map(|r| (r["line"].as_u64().expect("a row"), r["cause"].as_str().expect("a cause").to_string())).collect()
}

fn owned(ops: &[(&str, &str)]) -> Vec<(String, String)> {
    ops.iter().map(|(by, op)| (by.to_string(), op.to_string())).collect()
}

#[test]
fn a_table_goes_out_and_comes_back_as_events() {
    let scene = scene();
    assert!(cells(&scene, "out/corpus.xlsx", "Units")[3][6].contains("numbers differ"), "the checks say what they found");
    send_back(&scene, "ana.xlsx", |rows| {
        rows[1][3] = "accepted".into();
        rows[2][2] = "It isn't raining in the hills.".into();
        rows[2][3] = "accepted".into();
        rows[3][4] = "¿12 o 20?".into();
    });
    let said = scene.run("ingest ana.xlsx --corpus c.db --reviewer ana").ok();
    said.says("ana.xlsx (review by ana): 2 verdicts, 1 edit, 1 note; 1 row untouched");
    assert_eq!(ops(&scene), owned(&[("ana", "verdict"), ("ana", "edit"), ("ana", "verdict"), ("ana", "note")]));
    scene.run("verify c.db").ok();
    scene.run("export --corpus c.db --to again --output-format jsonl,tsv,tmx,csv --notes").ok();
    let tsv = "source\ttarget\tstate\tnote\nLa casa es de la abuela.\tThe house is the grandmother's.\taccepted\t\n\
               No llueve en la sierra.\tIt isn't raining in the hills.\tedited\t\nMurieron 12 personas.\tTwenty people died.\tunreviewed\tana: ¿12 o 20?\n\
               Vino el médico.\tThe doctor came.\tunreviewed\t\n";
    assert_eq!(scene.read("again/corpus.tsv"), tsv);
    assert!(scene.read("again/corpus.jsonl").contains(r#""state":"unreviewed","note":"ana: ¿12 o 20?"}"#));
    assert!(scene.read("again/corpus.tmx").contains("<note>ana: ¿12 o 20?</note>"));
    assert!(scene.read("again/corpus.csv").contains(",ana: ¿12 o 20?,"));
    let plain = scene.run("export --corpus c.db --to plain --output-format jsonl,xlsx").ok();
    assert!(!scene.read("plain/corpus.jsonl").contains("note"), "{}", plain.stderr);
    // States come back with the units, from every format that has a place for them.
    for file in ["again/corpus.tmx", "again/corpus.jsonl", "again/corpus.tsv", "again/corpus.csv"] {
        let store = format!("{}.db", file.replace(['/', '.'], "_"));
        scene.run(&format!("ingest {file} --corpus {store}")).ok().says("4 units added");
        scene.run(&format!("export --corpus {store} --to back --output-format csv --state accepted,edited")).ok().says("exported 2 units");
    }
}

#[test]
fn the_same_table_again_adds_nothing() {
    let scene = scene();
    send_back(&scene, "ana.xlsx", |rows| {
        rows[1][3] = "rejected".into();
        rows[1][1] = "La casa de la abuela.".into();
        rows[2][4] = "bien".into();
    });
    scene.run("ingest ana.xlsx --corpus c.db --reviewer ana").ok();
    let before = events(&scene);
    let again = scene.run("ingest ana.xlsx --corpus c.db --reviewer ana").ok();
    again.says("0 verdicts, 0 edits, 0 notes; 2 rows untouched, 2 known already");
    assert_eq!(events(&scene), before);
    let table = scene.bytes("out/corpus.xlsx");
    scene.write("untouched.xlsx", table);
    scene.run("ingest untouched.xlsx --corpus c.db --reviewer luis").ok().says("4 rows untouched");
    assert_eq!(events(&scene), before);
}

#[test]
fn a_unit_that_changed_meanwhile_is_a_conflict_that_is_listed() {
    let scene = scene();
    send_back(&scene, "luis.xlsx", |rows| rows[1][3] = "rejected".into());
    send_back(&scene, "ana.xlsx", |rows| {
        rows[1][3] = "accepted".into();
        rows[1][4] = "me suena bien".into();
        rows[2][3] = "accepted".into();
    });
    scene.run("ingest luis.xlsx --corpus c.db --reviewer luis").ok();
    let said = scene.run("ingest ana.xlsx --corpus c.db --reviewer ana --max-rejected 50").ok();
    said.says("1 verdict, 0 edits, 1 note").says("1 conflict: units that were changed").says("1 of 4 records rejected");
    let cause = "conflict: the unit was changed by luis since the table was written, it is `rejected` now; not done: verdict `accepted`";
    assert_eq!(rejected(&scene, "ana.xlsx"), [(2, cause.to_string())]);
    // A note hurts nobody; the verdict of the first to come stands.
    assert_eq!(ops(&scene), owned(&[("luis", "verdict"), ("ana", "note"), ("ana", "verdict")]));
    let before = events(&scene);
    scene.run("ingest ana.xlsx --corpus c.db --reviewer ana").code(1).says("1 conflict");
    assert_eq!(events(&scene), before);
}

#[test]
fn rows_that_match_no_unit_are_listed_and_the_run_goes_on() {
    let scene = scene();
    send_back(&scene, "ana.xlsx", |rows| {
        rows.remove(1);
        rows[1][3] = "accepted".into();
        rows[2][0] = "a".repeat(26);
        rows[2][3] = "accepted".into();
        rows[3][3] = "vale".into();
    });
    let json = scene.run("ingest ana.xlsx --corpus c.db --reviewer ana --json").code(1).json();
    let review = &json["files"][0]["review"];
    assert_eq!((review["by"].as_str(), review["verdicts"].as_u64(), review["untouched"].as_u64()), (Some("ana"), Some(1), Some(0)));
    let causes = rejected(&scene, "ana.xlsx");
    assert_eq!(causes[0], (3, "there is no such unit in the store".to_string()));
    assert!(causes[1].1.contains("`vale` is no verdict"), "{causes:?}");
    assert!(scene.read("ana.xlsx.rejected.jsonl").starts_with(r#"{"file":"ana.xlsx","sheet":"Sheet1","record":2,"line":3,"#));
    scene.run("ingest ana.xlsx --corpus c.db --reviewer ana --strict").fails().says("ana.xlsx:3: record 2: there is no such unit");
    // A unit that its file does not have any more.
    scene.write("a.tsv", TSV.lines().skip(2).map(|line| format!("{line}\n")).collect::<String>());
    scene.run("ingest a.tsv --corpus c.db").ok().says("1 unit withdrawn");
    scene.run("ingest ana.xlsx --corpus c.db --reviewer ana").code(1);
    assert_eq!(rejected(&scene, "ana.xlsx")[0].1, "the unit is withdrawn: its origin does not have it any more");
}

#[test]
fn an_import_can_be_undone_as_any_review() {
    let scene = scene();
    send_back(&scene, "ana.xlsx", |rows| rows[1][3] = "accepted".into());
    scene.run("ingest ana.xlsx --corpus c.db --reviewer Ana").fails().says("`Ana` is not a reviewer's name");
    scene.run("ingest ana.xlsx --corpus c.db --reviewer ana").ok();
    scene.run("export --corpus c.db --to todo --output-format tsv --state unreviewed,flagged").ok().says("exported 3 units");
    scene
        .run("export --corpus c.db --to todo --output-format tsv --state done")
        .fails()
        .says("unreviewed, accepted, edited, rejected, flagged");
    // Its event is one as any other: the log of another store takes it.
    let log = scene.run("review-log export c.db").ok().stdout;
    scene.run("ingest a.tsv --corpus d.db").ok();
    scene.write("ana.jsonl", log);
    scene.run("review-log merge d.db ana.jsonl").ok();
    scene.run("export --corpus d.db --to other --output-format tsv --state accepted").ok().says("exported 1 unit");
}

#[test]
fn a_review_is_taken_only_where_it_is_named_and_a_store_is() {
    let scene = scene().file("back/notes.md", "");
    send_back(&scene, "back/ana.xlsx", |rows| rows[1][3] = "accepted".into());
    scene.run("ingest back --corpus c.db").fails().says("a review that came back");
    scene.run("ingest back/ana.xlsx --corpus new.db").fails().says("there is no store `new.db`");
    assert!(!scene.path("new.db").exists());
    assert_eq!(events(&scene), Vec::<Value>::new());
    let recipe = "[corpus]\nname = \"c\"\nsource_lang = \"es\"\ntarget_lang = \"en\"\n\n[[source]]\nname = \"all\"\nmatch = \"*.*\"\n\n\
                  [export]\nformats = [\"tsv\"]\n";
    scene.write("build/bitexto.toml", recipe);
    scene.write("build/a.tsv", TSV);
    scene.write("build/ana.xlsx", scene.bytes("back/ana.xlsx"));
    scene.run("build build").ok().says("ana.xlsx: left out: it is a review that came back");
}

#[test]
fn a_spreadsheet_of_pairs_is_a_source_of_units() {
    let scene = Scene::new();
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    for (row, cells) in (0..).zip([["English", "Español", "Tema"], ["Yes.", "Sí.", "paz"], ["No.", "", "paz"]]) {
        for (column, cell) in (0..).zip(cells) {
            sheet.write_string(row, column, cell).expect("a cell");
        }
    }
    book.save(scene.path("pares.xlsx")).expect("a workbook");
    scene
        .run("ingest pares.xlsx --corpus c.db --max-rejected 50")
        .ok()
        .says("pares.xlsx (xlsx): 1 unit added")
        .says("1 of 2 records rejected");
    scene.run("export --corpus c.db --to out --output-format tsv").ok();
    assert_eq!(scene.read("out/corpus.tsv"), "Sí.\tYes.\n");
}

#[test]
fn an_alignment_leaves_as_a_plain_table() {
    let scene = Scene::new().file("a.es.txt", "Hola a todos.\n").file("a.en.txt", "Hello everybody.\n");
    scene.run("align a.es.txt a.en.txt --to table.xlsx").ok();
    let header = &cells(&scene, "table.xlsx", "Units")[0];
    assert_eq!(header[..4], ["id", "Spanish", "English", "state"]);
    scene.run("ingest table.xlsx --corpus c.db").ok().says("1 unit added");
}
