//! `export`: data sets out of a store.

use crate::harness::Scene;

fn scene(lines: usize) -> Scene {
    let tsv: String =
        (0..lines).map(|n| format!("La casa número {n} es de la abuela.\tHouse number {n} is the grandmother's.\n")).collect();
    let scene = Scene::new().file("a.tsv", tsv);
    scene.run("ingest a.tsv --corpus c.db").ok();
    scene
}

#[test]
fn every_format_appears_whole_with_a_manifest() {
    let scene = scene(3);
    scene.run("export --corpus c.db --to out --output-format tmx,moses,tsv,jsonl,csv,parquet,html").ok().says("exported 3 units");
    let names = scene.names("out");
    assert_eq!(
        names,
        [
            "corpus.csv",
            "corpus.en-es.en",
            "corpus.en-es.es",
            "corpus.jsonl",
            "corpus.parquet",
            "corpus.tmx",
            "corpus.tsv",
            "manifest.json",
            "report.html"
        ]
    );
    let manifest: serde_json::Value = serde_json::from_str(&scene.read("out/manifest.json")).expect("json");
    assert_eq!(manifest["units"], 3);
    assert_eq!(manifest["files"].as_array().map(Vec::len), Some(8));
    assert!(manifest["files"].as_array().expect("files").iter().all(|f| f["sha256"].as_str().is_some_and(|s| s.len() == 64)));
    assert!(!manifest.to_string().contains("tmp"), "no path in it: {manifest}");
}

#[test]
fn the_bytes_do_not_depend_on_threads_or_pages() {
    let scene = scene(45_000);
    for threads in [1, 2, 4] {
        scene.run(&format!("export --corpus c.db --to out{threads} --output-format tmx,moses,tsv,jsonl,parquet --threads {threads}")).ok();
    }
    assert_eq!(scene.read("out1/manifest.json"), scene.read("out2/manifest.json"));
    assert_eq!(scene.read("out1/manifest.json"), scene.read("out4/manifest.json"));
}

#[test]
fn what_is_exported_comes_back_the_same() {
    let scene = scene(50);
    scene.run("export --corpus c.db --to out --output-format tmx,jsonl,tsv,csv,moses").ok();
    for file in ["out/corpus.tmx", "out/corpus.jsonl", "out/corpus.tsv", "out/corpus.csv", "out/corpus.en-es.es out/corpus.en-es.en"] {
        let store = format!("{}.db", file.replace(['/', '.', ' '], "_"));
        scene.run(&format!("ingest {file} --corpus {store}")).ok().says("50 units added");
        scene.run(&format!("export --corpus {store} --to again --output-format tsv")).ok();
        assert_eq!(scene.read("again/corpus.tsv"), scene.read("out/corpus.tsv"), "{file}");
    }
}

#[test]
fn nothing_to_export_says_why() {
    let scene = Scene::new().file("d/a.es.txt", "Hola.\n").file("d/a.en.txt", "Hello.\n");
    scene.run("ingest d --corpus c.db --no-align").ok();
    scene.run("export --corpus c.db --to out --output-format tsv").ok().says("the store has no units: 1 bitexts are not aligned yet");
    scene.run("ingest d --corpus c.db").ok();
    scene.run("export --corpus c.db --to out --output-format tsv --min-confidence 1.0").ok().says("left out");
}

#[test]
fn a_tab_inside_a_segment_becomes_a_blank_and_is_counted() {
    let scene = Scene::new().file("a.jsonl", "{\"source\":\"uno\\tdos\",\"target\":\"one\\ttwo\"}\n");
    scene.run("ingest a.jsonl --corpus c.db").ok();
    scene.run("export --corpus c.db --to out --output-format tsv,jsonl").ok().says("tsv: 2 tabs and line breaks");
    assert_eq!(scene.read("out/corpus.tsv"), "uno dos\tone two\n");
    assert!(scene.read("out/corpus.jsonl").contains("uno\\tdos"));
}

#[test]
fn a_format_that_cannot_be_written_is_refused_before_anything_is() {
    let scene = scene(1);
    scene.run("export --corpus c.db --to out --output-format docx").fails().says("unknown format `docx`");
    scene.run("export --corpus c.db --to out --output-format statements").fails().says("cannot be written");
    assert!(!scene.path("out").exists());
}

#[test]
fn the_report_shows_findings_whether_or_not_a_build_has_checked() {
    let scene = Scene::new().file("a.tsv", "Murieron 12 personas en el puerto.\tTwenty people died in the harbour.\n");
    scene.run("ingest a.tsv --corpus c.db").ok();
    scene.run("export --corpus c.db --to out --output-format html").ok();
    assert!(scene.read("out/report.html").contains("numbers differ"));
    let before = scene.bytes("c.db");
    scene.run("check c.db").code(1);
    assert_eq!(scene.bytes("c.db"), before, "a check leaves the store as it is");
}
