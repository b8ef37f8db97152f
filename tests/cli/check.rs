//! `check`, `checks`, `formats`.

use crate::harness::Scene;

#[test]
fn findings_are_lines_and_an_exit_code() {
    let scene = Scene::new().file(
        "a.tsv",
        "Murieron 12 personas en el puerto.\tTwenty people died in the harbour.\nLlueve mucho hoy.\tIt is raining hard today.\n",
    );
    let ran = scene.run("check a.tsv --header").code(1).says("2 units checked");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "unit\tcheck\ttier\tmessage\tsource\ttarget");
    assert!(lines[1].starts_with("1\tnumber\t1\t"), "{}", ran.stdout);
    assert_eq!(lines.len(), 2);
    scene.run("check a.tsv --off number").code(0);
    scene.run("check a.tsv --off spelling").fails().says("spelling");
}

#[test]
fn a_glossary_says_how_terms_are_translated() {
    let scene = Scene::new()
        .file("a.tsv", "Baja la tasa de interés.\tThe interest fee is falling.\n")
        .file("terms.tsv", "tasa de interés\tinterest rate\n")
        .file("bad.tsv", "# banca\ntasa\n");
    scene.run("check a.tsv").code(0);
    scene.run("check a.tsv --glossary terms.tsv").code(1).prints("interest rate");
    scene.run("check a.tsv --glossary bad.tsv").fails().says("bad.tsv:2: 1 column where there should be 2 or 3");
}

#[test]
fn messages_come_in_spanish_too() {
    let scene = Scene::new().file("a.tsv", "Murieron 12 personas en el puerto.\tTwenty people died in the harbour.\n");
    let english = scene.run("check a.tsv").code(1).stdout;
    let spanish = scene.run("check a.tsv --messages es").code(1).stdout;
    assert_ne!(english, spanish);
}

#[test]
fn a_file_that_is_neither_store_nor_units_is_named() {
    Scene::new().file("a.txt", "hola\n").run("check a.txt").fails().says("a.txt: neither a store nor a file of units");
}

#[test]
fn the_registries_are_listed() {
    let scene = Scene::new();
    scene.run("checks").ok().prints("empty-side").prints("number");
    scene.run("checks number").ok().prints("What it does");
    scene.run("checks spelling").fails().says("unknown check `spelling`");
    scene.run("formats").ok().prints("tmx").prints("parquet");
    assert!(scene.run("formats --json").ok().json().as_array().is_some_and(|formats| formats.len() >= 8));
}
