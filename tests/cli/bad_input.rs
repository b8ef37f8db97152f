//! Bad input: a message with place and cause, nothing lost, nothing half-written.

use crate::harness::Scene;

#[test]
fn a_missing_file_is_named() {
    Scene::new().run("ingest nowhere.tsv --corpus c.db").fails().says("nowhere.tsv: no such file");
    Scene::new().run("align a b").fails().says("a: no such file");
    Scene::new().run("stats c.db").fails().says("c.db: no such file");
    assert!(!Scene::new().path("c.db").exists());
}

#[test]
fn records_that_cannot_be_read_are_put_aside() {
    let lines: String = (0..40).map(|n| format!("Línea {n}.\tLine {n}.\n")).collect();
    let scene = Scene::new().file("a.tsv", lines + "sin pareja\n");
    scene.run("ingest a.tsv --corpus c.db").ok().says("1 of 41 records rejected").says("a.tsv.rejected.jsonl");
    let rejection: serde_json::Value = serde_json::from_str(scene.read("a.tsv.rejected.jsonl").trim_end()).expect("one line of JSON");
    assert_eq!((rejection["line"].as_u64(), rejection["record"].as_u64()), (Some(41), Some(41)));
    assert_eq!(rejection["text"], "sin pareja");
    assert_eq!(rejection["file"], "a.tsv");
    scene.run("verify c.db").ok();
    scene.write("a.tsv", "Hola.\tHello.\n");
    scene.run("ingest a.tsv --corpus c.db").ok();
    assert!(!scene.path("a.tsv.rejected.jsonl").exists(), "nothing is rejected any more");
}

#[test]
fn too_many_rejections_show_in_the_exit_code() {
    let scene = Scene::new().file("a.tsv", "Hola.\tHello.\nsolo\n");
    scene.run("ingest a.tsv --corpus c.db").code(1).says("1 of 2 records rejected");
    let scene = Scene::new().file("a.tsv", "Hola.\tHello.\nsolo\n");
    scene.run("ingest a.tsv --corpus c.db --max-rejected 50").code(0);
}

#[test]
fn strict_stops_at_the_first_bad_record_and_stores_nothing() {
    let scene = Scene::new().file("a.tsv", "Hola.\tHello.\nsolo\n");
    scene.run("ingest a.tsv --corpus c.db --strict").fails().says("a.tsv:2: record 2:");
    let stats = scene.run("stats c.db --json").ok().json();
    assert_eq!(stats["units"], 0);
}

#[test]
fn text_that_is_not_utf8_is_named_with_its_line_and_a_hint() {
    let scene = Scene::new().file("a.es.txt", b"Hola.\nMa\xf1ana.\n").file("a.en.txt", "Hello.\nTomorrow.\n");
    scene.run("ingest a.es.txt a.en.txt --corpus c.db").fails().says("a.es.txt:2: not UTF-8").says("--encoding windows-1252");
    scene.run("align a.es.txt a.en.txt").fails().says("a.es.txt:2: not UTF-8");
    let tsv = Scene::new().file("b.tsv", b"Ma\xf1ana.\tTomorrow.\nHola.\tHello.\n");
    tsv.run("ingest b.tsv --corpus c.db").code(1).says("1 of 2 records rejected");
    assert!(tsv.read("b.tsv.rejected.jsonl").contains("\\\\xF1"));
    tsv.run("ingest b.tsv --corpus d.db --encoding windows-1252").ok().says("2 units added");
}

#[test]
fn malformed_records_of_each_format_are_named() {
    let scene = Scene::new().file("a.jsonl", "{\"source\":\"uno\",\"target\":\"one\"}\n{\"source\":\n");
    scene.run("ingest a.jsonl --corpus c.db").code(1).says("1 of 2 records rejected");
    assert!(scene.read("a.jsonl.rejected.jsonl").contains("\"line\":2"));
    let scene = Scene::new().file("a.tmx", "<tmx version=\"1.4\"><header/><body><tu><tuv xml:lang=\"es\"><seg>Hola</seg></tuv></tu>\n<tu>");
    scene.run("ingest a.tmx --corpus c.db").fails().says("a.tmx:");
    let stats = scene.run("stats c.db --json").ok().json();
    assert_eq!(stats["units"], 0, "a broken file is not half stored");
}

#[test]
fn moses_files_of_unequal_length_are_refused() {
    let scene = Scene::new().file("m.en-es.es", "Uno.\nDos.\n").file("m.en-es.en", "One.\n");
    let ran = scene.run("ingest m.en-es.es m.en-es.en --corpus c.db").fails();
    assert!(ran.stderr.contains('1') && ran.stderr.contains('2') && ran.stderr.contains("lines"), "{}", ran.stderr);
}

#[test]
fn a_foreign_file_a_newer_store_and_an_empty_file_are_refused() {
    let scene =
        Scene::new().file("notes.txt", "nothing to see here\n".repeat(100)).file("empty.tsv", "").file("e.es.txt", "").file("e.en.txt", "");
    scene.run("stats notes.txt").fails().says("notes.txt: is not a bitexto store");
    scene.run("ingest empty.tsv --corpus c.db").fails().says("empty.tsv: the file is empty");
    scene.run("ingest e.es.txt e.en.txt --corpus c.db").fails().says("the file is empty");
    scene.run("align e.es.txt e.en.txt").fails().says("e.es.txt: the file is empty");
    scene.write("a.tsv", "Hola.\tHello.\n");
    scene.run("ingest a.tsv --corpus d.db").ok();
    let mut bytes = scene.bytes("d.db");
    // `user_version` of a SQLite file: four bytes at offset 60.
    bytes[60..64].copy_from_slice(&99_u32.to_be_bytes());
    scene.write("d.db", bytes);
    scene.run("stats d.db").fails().says("d.db: the store has schema 99").says("hint: use the newer bitexto");
}

#[test]
fn an_unknown_key_in_the_recipe_is_named_with_its_line() {
    let scene = Scene::corpus();
    let recipe = scene.read("corpus/bitexto.toml").replace("original_lang = \"es\"\nmedium = \"speech\"", "originalLang = \"es\"");
    let line = recipe.lines().position(|l| l.starts_with("originalLang")).expect("the key") + 1;
    scene.write("corpus/bitexto.toml", recipe);
    scene.run("build corpus").fails().says(&format!("corpus/bitexto.toml:{line}: unknown field `originalLang`"));
    assert!(!scene.path("corpus/out").exists());
    Scene::new().run("build .").fails().says("no `bitexto.toml` in this folder");
}

#[cfg(unix)]
#[test]
fn a_full_disk_leaves_nothing_under_a_final_name() {
    let scene = Scene::new().file("a.tsv", "Hola.\tHello.\n");
    scene.run("ingest a.tsv --corpus c.db").ok();
    // Writing to /dev/full fails as a full disk does.
    scene.run("export --corpus c.db --to /dev/full/out --output-format tsv").fails().says("/dev/full");
}

#[test]
fn a_closed_pipe_is_no_error() {
    use std::process::{Command, Stdio};
    let scene = Scene::new().file("a.txt", "Una frase bastante larga para llenar la tubería. ".repeat(20_000));
    let mut child = Command::new(env!("CARGO_BIN_EXE_bitexto"))
        .args(["segment", "--lang", "es", "--quiet"])
        .arg(scene.path("a.txt"))
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .expect("the command starts");
    drop(child.stdout.take());
    let output = child.wait_with_output().expect("the command ends");
    assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
}
