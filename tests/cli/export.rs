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
    scene.run("export --corpus c.db --to out --output-format tmx,moses,tsv,jsonl,csv,parquet,xlsx,html").ok().says("exported 3 units");
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
            "corpus.xlsx",
            "manifest.json",
            "report.html"
        ]
    );
    let manifest: serde_json::Value = serde_json::from_str(&scene.read("out/manifest.json")).expect("json");
    assert_eq!(manifest["units"], 3);
    assert_eq!(manifest["files"].as_array().map(Vec::len), Some(9));
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

#[test]
fn a_preset_drops_by_scores_made_on_the_way_and_everything_is_accounted_for() {
    let good = "El presidente habló ayer en la plaza.\tThe president spoke in the square yesterday.\n";
    let bad = "El presidente habló ayer en la plaza.\tThe recipe needs three eggs and some sugar.\n";
    let scene = Scene::new().file("a.tsv", good.repeat(3) + bad);
    scene.run("ingest a.tsv --corpus c.db").ok();
    let before = scene.bytes("c.db");
    let line = "export --corpus c.db --to out --output-format tsv,html --preset training --json";
    let json = scene.run(line).ok().says("left out 1 of 4").json();
    assert_eq!(scene.bytes("c.db"), before, "an export leaves the store as it is");
    assert_eq!((json["units"].as_u64(), json["drops"]["records"].as_u64(), json["drops"]["kept"].as_u64()), (Some(3), Some(4), Some(3)));
    assert_eq!(json["drops"]["dropped"]["translation"]["all"], 1);
    assert!(json["signature"].as_str().is_some_and(|signature| signature.contains("filter:")), "{json}");
    let dropped: serde_json::Value = serde_json::from_str(scene.read("out/corpus.dropped.jsonl").trim_end()).expect("one line");
    assert_eq!(dropped["reasons"][0], "translation", "{dropped}");
    assert!(dropped["score"].as_f64().is_some_and(|score| score < 0.065) && dropped["id"].as_str().is_some_and(|id| id.len() == 26));
    let html = scene.read("out/report.html");
    assert!(html.contains("class=\"dropped\"") && html.contains("three eggs"));
    // Without a preset nothing is dropped, and the side file of the earlier export goes.
    scene.run("export --corpus c.db --to out --output-format tsv").ok().says("removed corpus.dropped.jsonl").says("exported 4 units");
    assert!(!scene.path("out/corpus.dropped.jsonl").exists());
    scene.run("export --corpus c.db --to out --output-format tsv --set words=50..").ok().says("all units were left out: 4 by `words`");
    scene.run("export --corpus c.db --to out --output-format tsv --set wrods=50..").fails().says("there is no filter `wrods`");
    scene.run("export --corpus c.db --to out --output-format tsv --preset trainning").fails().says("training, strict, review");
}
