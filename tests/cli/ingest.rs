//! `ingest`: every way into a store.

use std::io::Write;

use crate::harness::Scene;

const TSV: &str = "La casa es de la abuela.\tThe house is the grandmother's.\nNo llueve en la sierra.\tIt is not raining in the hills.\n";

fn units(scene: &Scene) -> u64 {
    scene.run("stats c.db --json").ok().json()["units"].as_u64().expect("a number")
}

#[test]
fn a_tsv_file_is_stored_once() {
    let scene = Scene::new().file("a.tsv", TSV);
    scene.run("ingest a.tsv --corpus c.db").ok().says("2 units added");
    scene.run("ingest a.tsv --corpus c.db -v").ok().says("unchanged");
    assert_eq!(units(&scene), 2);
    scene.run("verify c.db").ok();
}

#[test]
fn a_changed_file_is_a_set_difference() {
    let scene = Scene::new().file("a.tsv", TSV);
    scene.run("ingest a.tsv --corpus c.db").ok();
    scene.write("a.tsv", format!("Otra cosa.\tSomething else.\n{}", TSV.lines().next().expect("a line")));
    scene.run("ingest a.tsv --corpus c.db").ok().says("1 unit added, 1 unit kept, 1 unit removed");
    assert_eq!(units(&scene), 2);
    scene.run("verify c.db").ok();
}

#[test]
fn standard_input_and_compressed_files_are_read() {
    let scene = Scene::new().file("b.tsv.zst", zstd::encode_all(TSV.as_bytes(), 3).expect("zstd"));
    let mut gz = flate2::write::GzEncoder::new(Vec::new(), flate2::Compression::default());
    gz.write_all(TSV.as_bytes()).expect("gzip");
    scene.write("c.tsv.gz", gz.finish().expect("gzip"));
    scene.run_with("ingest - --format tsv --corpus c.db", TSV).ok();
    scene.run_with("ingest - --format tsv --corpus c.db", TSV).ok();
    assert_eq!(units(&scene), 2, "the same standard input again is no news");
    scene.run_with("ingest - --format tsv --corpus c.db", "Nuevo.\tNew.\n").ok();
    assert_eq!(units(&scene), 3, "other input takes nothing back");
    scene.run("ingest b.tsv.zst c.tsv.gz --corpus c.db").ok();
    assert_eq!(units(&scene), 7);
}

#[test]
fn moses_files_pair_by_their_names() {
    let scene = Scene::new().file("m/news.en-es.es", "Uno.\nDos.\n").file("m/news.en-es.en", "One.\nTwo.\n");
    scene.run("ingest m --corpus c.db").ok().says("2 units added");
    let scene = Scene::new().file("left", "Uno.\nDos.\n").file("right", "One.\nTwo.\n");
    scene.run("ingest left right --format moses --corpus c.db").ok().says("2 units added");
}

#[test]
fn a_folder_pairs_its_documents_and_lists_the_rest() {
    let scene = Scene::new()
        .file("d/a.es.txt", "La casa es de la abuela. No llueve.\n")
        .file("d/a.en.txt", "The house is the grandmother's. It is not raining.\n")
        .file("d/es/b.txt", "Vino el médico.\n")
        .file("d/en/b.txt", "The doctor came.\n")
        .file("d/c.es.txt", "Sola.\n");
    scene.run("ingest d --corpus c.db").ok().says("c.es.txt: left out: no file of that name in `en`").says("aligned 2 bitexts");
    let stats = scene.run("stats c.db --json").ok().json();
    assert_eq!(stats["documents"], 4);
    assert!(stats["units"].as_u64() >= Some(2));
    scene.run("verify c.db").ok();
}

#[test]
fn two_files_named_by_hand_are_a_pair() {
    let scene = Scene::new().file("uno.txt", "La casa es de la abuela.\n").file("dos.txt", "The house is the grandmother's.\n");
    scene.run("ingest uno.txt dos.txt --corpus c.db").ok().says("uno.txt: taken to be `es`").says("aligned 1 bitext");
    assert_eq!(units(&scene), 1);
}

#[test]
fn provenance_travels_from_the_command_line_to_the_export() {
    let scene = Scene::new().file("a.tsv", TSV);
    scene.run("ingest a.tsv --corpus c.db --licence CC0-1.0 --outlet Semana --date 2025-09-26").ok();
    scene.run("export --corpus c.db --to out --output-format jsonl").ok();
    let line: serde_json::Value = serde_json::from_str(scene.read("out/corpus.jsonl").lines().next().expect("a line")).expect("json");
    assert_eq!(line["provenance"]["source"]["outlet"], "Semana");
    assert_eq!(line["provenance"]["target"]["licence"], "CC0-1.0");
}

#[test]
fn a_real_world_tmx_is_read() {
    let tmx = r#"<?xml version="1.0"?>
<tmx version="1.4"><header datatype="PlainText" segtype="sentence"/>
<body>
<tu><tuv xml:lang="EN"><seg>The orders of humanity.</seg></tuv><tuv xml:lang="ES"><prop type="outlet">Semana</prop><seg>Las órdenes de la humanidad.</seg></tuv></tu>
</body></tmx>"#;
    let scene = Scene::new().file("a.tmx", tmx);
    scene.run("ingest a.tmx --corpus c.db").ok().says("1 unit added");
    scene.run("export --corpus c.db --to out --output-format jsonl").ok();
    assert!(scene.read("out/corpus.jsonl").contains("Semana"));
}

#[test]
fn statements_are_aligned_with_the_reference_of_the_other_language() {
    let scene = Scene::corpus();
    scene.run("ingest corpus/statements --corpus c.db").ok().says("aligned");
    let stats = scene.run("stats c.db --json").ok().json();
    assert_eq!((stats["statements"].as_u64(), stats["renderings"].as_u64()), (Some(27), Some(68)));
    scene.run("export --corpus c.db --to out --output-format jsonl").ok();
    let exported = scene.read("out/corpus.jsonl");
    let megaphone = exported.lines().filter(|line| line.contains("\"statement\":\"petro-megaphone-soldiers\"")).count();
    assert!(megaphone >= 5, "{megaphone}");
    scene.run("verify c.db").ok();
}

#[test]
fn a_file_that_comes_english_first_says_so() {
    let scene = Scene::new().file("a.tsv", "The orders of humanity and the army.\tLas órdenes de la humanidad y el ejército.\n");
    scene.run("ingest a.tsv --corpus c.db").fails().says("the sides look swapped").says("-s en -t es");
    scene.run("ingest a.tsv --corpus c.db -s en -t es").ok();
    scene.run("export --corpus c.db --to out --output-format tsv").ok();
    assert!(scene.read("out/corpus.tsv").starts_with("Las órdenes"), "stored in the corpus's orientation");
}

#[test]
fn a_rendering_that_is_gone_takes_its_text_and_units_along() {
    let rendering = |id: &str, lang: &str, kind: &str, text: &str| {
        format!("{{\"id\":\"{id}\",\"lang\":\"{lang}\",\"kind\":\"{kind}\",\"text\":\"{text}\",\"quote_type\":\"direct\"}}")
    };
    let statement = |renderings: &[String]| {
        let head = "{\"id\":\"s\",\"speaker\":\"Gustavo Petro\",\"medium\":\"megaphone\",\"original_lang\":\"es\"";
        format!("{head},\"renderings\":[{}]}}\n", renderings.join(","))
    };
    let spanish = rendering("a", "es", "original", "Obedezcan la orden de la humanidad.");
    let english = rendering("b", "en", "translation", "Obey the order of humanity.");
    let other = rendering("c", "en", "translation", "Obey the orders of humanity.");
    let scene = Scene::new().file("s.jsonl", statement(&[spanish.clone(), english.clone(), other]));
    scene.run("ingest s.jsonl --corpus c.db").ok();
    assert_eq!(units(&scene), 2);
    scene.write("s.jsonl", statement(&[spanish.clone(), english]));
    scene.run("ingest s.jsonl --corpus c.db").ok();
    assert_eq!(units(&scene), 1);
    scene.write("s.jsonl", statement(&[spanish]));
    scene.run("ingest s.jsonl --corpus c.db").ok();
    let stats = scene.run("stats c.db --json").ok().json();
    assert_eq!((stats["units"].as_u64(), stats["renderings"].as_u64(), stats["documents"].as_u64()), (Some(0), Some(1), Some(0)));
    scene.run("verify c.db").ok();
}
