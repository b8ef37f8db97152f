//! `clean`.

use crate::harness::Scene;

const PAIRS: &str = "La canci&oacute;n ,  s\u{ed}\tThe song , yes\n\
    El a\u{f1}o\tThe year\n\
    Escriba a ana@example.org\t“Write” to ana@example.org\n";

#[test]
fn only_the_named_rules_change_texts_and_each_is_counted() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    let ran = scene.run("clean a.tsv --rules spaces,entities").ok().says("3 records read, 1 changed").says("entities        1        1");
    assert_eq!(ran.stdout, PAIRS.replace("&oacute;", "ó").replace(" ,  ", ", ").replace(" , ", ", "));
    ran.says("spaces          1        3").says("- La canci&oacute;n ,  sí").says("+ La canción ,  sí");
    let masked = scene.run("clean a.tsv --rules all,mask-personal-data --quiet").ok().stdout;
    assert!(masked.ends_with("Escriba a [EMAIL]\t\"Write\" to [EMAIL]\n"), "{masked}");
}

#[test]
fn rules_are_named_or_nothing_is_done() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    scene.run("clean a.tsv").fails().says("no `--rules` named").says("mojibake").says("--dry-run");
    scene.run("clean a.tsv --rules spcaes").fails().says("there is no rule `spcaes`").says("spaces");
    scene.run("clean --list").ok().prints("mask-personal-data").prints("convention");
}

#[test]
fn a_dry_run_writes_nothing_and_tells_what_each_rule_would_do() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    let ran = scene.run("clean a.tsv --dry-run --json --samples 1").ok().says("quotes");
    let summary = ran.json();
    let rules: Vec<_> = summary["rules"].as_array().expect("rules").iter().map(|rule| rule["rule"].as_str().expect("a name")).collect();
    assert_eq!(rules, ["entities", "spaces", "quotes", "mask-personal-data"]);
    assert_eq!(summary["rules"][2]["samples"][0]["after"], "\"Write\" to ana@example.org");
    assert_eq!(scene.run("clean a.tsv --dry-run").ok().stdout, "");
}

#[test]
fn plain_text_keeps_its_lines() {
    let scene = Scene::new().file("a.txt", "¿ Qué ?\n\nNada\u{a0}más .\n");
    assert_eq!(scene.run("clean a.txt --lang es --rules spaces").ok().stdout, "¿Qué?\n\nNada más.\n");
    scene.write("b.txt", b"Qu\xe9\n");
    scene.run("clean b.txt --lang es --rules spaces").fails().says("b.txt:1").says("--encoding");
    assert_eq!(scene.run("clean b.txt --lang es --rules spaces --encoding windows-1252").ok().stdout, "Qué\n");
}

#[test]
fn what_cannot_be_read_is_told_and_kept_aside() {
    let scene = Scene::new().file("a.tsv", format!("{}solo un campo\n", PAIRS.repeat(2)));
    scene.run("clean a.tsv --rules all --to b.tsv --rejected r.jsonl").code(1).says("1 record could not be read");
    assert_eq!(scene.read("b.tsv").lines().count(), 6);
    assert!(scene.read("r.jsonl").contains("solo un campo"));
}

#[test]
fn threads_do_not_show_and_a_clean_file_stays() {
    let scene = Scene::new().file("a.tsv", PAIRS.repeat(3000));
    let one = scene.run("clean a.tsv --rules all --threads 1 --to one.tsv").ok().stderr;
    assert_eq!(scene.run("clean a.tsv --rules all --threads 3 --to three.tsv").ok().stderr, one);
    assert_eq!(scene.bytes("one.tsv"), scene.bytes("three.tsv"));
    scene.run("clean one.tsv --rules all --to again.tsv").ok().says("9,000 records read, 0 changed");
    assert_eq!(scene.bytes("one.tsv"), scene.bytes("again.tsv"));
}
