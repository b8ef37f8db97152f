//! `train lexicon`, `wordalign`, `eval --words` and glossaries.

use crate::harness::Scene;

const PAIRS: &str = "\
la casa blanca\tthe white house
la casa\tthe house
la mesa blanca\tthe white table
la mesa\tthe table
una mesa\ta table
una casa verde\ta green house
el perro verde\tthe green dog
el perro\tthe dog
un perro\ta dog
un gato blanco\ta white cat
el gato duerme\tthe cat sleeps
el perro duerme\tthe dog sleeps
el libro\tthe book
un libro blanco\ta white book
el libro verde\tthe green book
la niña lee\tthe girl reads
la niña duerme\tthe girl sleeps
una niña\ta girl
el niño lee un libro\tthe boy reads a book
el niño duerme\tthe boy sleeps
un niño\ta boy
";

#[test]
fn a_lexicon_learned_from_pairs_links_their_words() {
    let scene = Scene::new().file("pairs.tsv", PAIRS).file("new.tsv", "la niña lee un libro verde\tthe girl reads a green book\n");
    scene.run("train lexicon pairs.tsv --out tiny.lex").ok().says("wrote tiny.lex").says("21 sentence pairs");
    let ran = scene.run("wordalign new.tsv --lexicon tiny.lex").ok();
    assert_eq!(ran.stdout, "0-0 1-1 2-2 3-3 4-5 5-4\n");
}

#[test]
fn the_number_of_threads_does_not_show_in_a_lexicon() {
    let scene = Scene::new().file("pairs.tsv", PAIRS);
    scene.run("train lexicon pairs.tsv --out one.lex --threads 1").ok();
    scene.run("train lexicon pairs.tsv --out three.lex --threads 3").ok();
    assert_eq!(scene.bytes("one.lex"), scene.bytes("three.lex"));
}

#[test]
fn sources_are_chosen_by_the_first_of_three_columns() {
    let scene = Scene::new().file("pairs.tsv", "a\tuna casa\ta house\nb\tun perro\ta dog\n");
    let summary = scene.run("train lexicon pairs.tsv --only b --out b.lex --json").ok().json();
    assert_eq!(summary["pairs"], 1);
    scene.run("train lexicon pairs.tsv --only c --out c.lex").fails().says("no pair to learn from");
    let scene = Scene::new().file("bad.tsv", "uno\tone\nsolo\n");
    scene.run("train lexicon bad.tsv --out x.lex").fails().says("bad.tsv:2: 1 column where there should be 2");
    assert!(!scene.path("x.lex").exists());
}

#[test]
fn the_shipped_lexicon_links_two_token_files() {
    let scene = Scene::new()
        .file("t.es", "La casa blanca .\n\n¿ Quién llegó en 1959 ?\n")
        .file("t.en", "The white house .\n\nWho arrived in 1959 ?\n");
    let ran = scene.run("wordalign t.es t.en").ok().says("words of 3 segment pairs linked");
    assert_eq!(ran.stdout.lines().next(), Some("0-0 1-2 2-1 3-3"));
    assert_eq!(ran.stdout.lines().nth(1), Some(""));
    scene.write("gold", "0-0 1-2 2-1 3-3\n\n1-0 2-1 3-2 4-3 5-4\n");
    scene.write("links", &ran.stdout);
    let scores = scene.run("eval --words gold links --json").ok().json();
    assert!(scores[0]["error_rate"].as_f64() < Some(0.1), "{}", ran.stdout);
    assert_eq!(scene.run("wordalign t.es t.en --train").ok().stdout.lines().next(), Some("0-0 1-2 2-1 3-3"));
    scene.write("short.en", "The white house .\n");
    scene.run("wordalign t.es short.en").fails().says("short.en: 1 lines, but t.es has 3");
}

#[test]
fn a_glossary_teaches_a_word() {
    let scene = Scene::new().file("g.tsv", "# jerga\nzorzal\tthrush\n").file("p.tsv", "el pequeño zorzal canta\tthe little thrush sings\n");
    let ran = scene.run("wordalign p.tsv --lexicon g.tsv").ok();
    assert!(ran.stdout.contains("2-2"), "{}", ran.stdout);
    let scene =
        scene.file("a.es.txt", "El zorzal canta.\n").file("a.en.txt", "The thrush sings.\n").file("bad.tsv", "zorzal\tthrush\nmirlo\n");
    scene.run("align a.es.txt a.en.txt --lexicon g.tsv").ok().prints("1:1");
    scene.run("align a.es.txt a.en.txt --lexicon bad.tsv").fails().says("bad.tsv:2: 1 column where there should be 2");
    scene.write("bad.lex", "BITEXLEX\u{1}\0\0\0and nonsense of more than thirty-two bytes");
    scene.run("align a.es.txt a.en.txt --lexicon bad.lex").fails().says("bad.lex: the lexicon is damaged");
}
