//! `build`: the sample corpus, from recipe to files.

use crate::harness::Scene;

#[test]
fn the_sample_corpus_builds_into_its_out_folder() {
    let scene = Scene::corpus();
    let before = scene.names("corpus");
    let ran = scene.run("build corpus").ok();
    let ran = ran.prints("exported").prints("next:").prints("report.html");
    assert!(
        ran.stdout.trim_end().lines().last().is_some_and(|line| line.starts_with("  ")),
        "it ends with the next steps:\n{}",
        ran.stdout
    );
    let mut after = scene.names("corpus");
    after.retain(|name| name != "out");
    assert_eq!(after, before, "nothing else in the folder changes");
    let out = scene.names("corpus/out");
    for name in [
        "corpus.db",
        "corpus.en-es.en",
        "corpus.en-es.es",
        "corpus.jsonl",
        "corpus.parquet",
        "corpus.tmx",
        "corpus.tsv",
        "manifest.json",
        "report.html",
    ] {
        assert!(out.iter().any(|n| n == name), "{name} is missing from {out:?}");
    }
    assert!(!out.iter().any(|name| name.ends_with(".part")), "{out:?}");
    scene.run("verify corpus/out/corpus.db").ok();
    let stats = scene.run("stats corpus/out/corpus.db --json").ok().json();
    assert_eq!((stats["statements"].as_u64(), stats["documents"].as_u64()), (Some(27), Some(6)));
    assert!(stats["units"].as_u64() > Some(180), "{stats}");
}

#[test]
fn a_second_build_does_nothing() {
    let scene = Scene::corpus();
    scene.run("build corpus").ok();
    let before = scene.bytes("corpus/out/manifest.json");
    let again = scene.run("build corpus --json").ok().json();
    for stage in again["stages"].as_array().expect("stages") {
        assert_eq!(stage["reasons"], serde_json::json!([]), "{stage}");
    }
    assert_eq!(scene.bytes("corpus/out/manifest.json"), before);
    scene.run("build corpus").ok().prints("up to date");
}

#[test]
fn a_dry_run_says_why_and_does_nothing() {
    let scene = Scene::corpus();
    scene.run("build corpus --dry-run").ok().prints("there is no store yet");
    assert!(!scene.path("corpus/out").exists());
    scene.run("build corpus").ok();
    scene.run("build corpus --dry-run").ok().prints("up to date");
    scene.write("corpus/documents/news.en.txt", scene.read("corpus/documents/news.en.txt") + "\nThe end.\n");
    let ran = scene.run("build corpus --dry-run").ok();
    ran.prints("`documents/news.en.txt` changed").prints("`ingest` runs");
}

#[test]
fn a_changed_document_changes_its_units_only() {
    let scene = Scene::corpus();
    scene.run("build corpus").ok();
    let text = scene.read("corpus/documents/news.en.txt");
    scene.write("corpus/documents/news.en.txt", text + "\nThe end of the report.\n");
    let built = scene.run("build corpus --json").ok().json();
    assert_eq!(built["files"].as_array().map(Vec::len), Some(1), "{built}");
    assert_eq!(built["align"]["bitexts"], 1);
    scene.run("verify corpus/out/corpus.db").ok();
}

#[test]
fn a_document_that_is_gone_is_taken_back() {
    let scene = Scene::corpus();
    scene.run("build corpus").ok();
    for name in ["speech.es.txt", "speech.en.txt"] {
        std::fs::remove_file(scene.path(&format!("corpus/documents/{name}"))).expect("removed");
    }
    scene.run("build corpus").ok().prints("taken back  documents/speech.es.txt|documents/speech.en.txt").says("matches no file");
    let stats = scene.run("stats corpus/out/corpus.db --json").ok().json();
    assert_eq!(stats["documents"], 4);
    scene.run("verify corpus/out/corpus.db").ok();
}

#[test]
fn deleted_outputs_are_made_again_and_unwanted_ones_go() {
    let scene = Scene::corpus();
    scene.run("build corpus").ok();
    let tmx = scene.bytes("corpus/out/corpus.tmx");
    std::fs::remove_file(scene.path("corpus/out/corpus.tmx")).expect("removed");
    scene.run("build corpus --dry-run").ok().prints("`corpus.tmx` is missing");
    scene.run("build corpus").ok();
    assert_eq!(scene.bytes("corpus/out/corpus.tmx"), tmx, "the same bytes again");
    let recipe = scene.read("corpus/bitexto.toml").replace("\"moses\", ", "");
    scene.write("corpus/bitexto.toml", recipe);
    scene.run("build corpus").ok().prints("removed     corpus.en-es.en").prints("removed     corpus.en-es.es");
    assert!(!scene.path("corpus/out/corpus.en-es.es").exists());
}

#[test]
fn the_same_bytes_with_any_number_of_threads() {
    let manifests: Vec<Vec<u8>> = [1, 2, 4]
        .map(|threads| {
            let scene = Scene::corpus();
            scene.run(&format!("build corpus --threads {threads}")).ok();
            scene.bytes("corpus/out/manifest.json")
        })
        .into();
    // The manifest has the SHA-256 of every file.
    assert_eq!(manifests[0], manifests[1]);
    assert_eq!(manifests[0], manifests[2]);
}

#[test]
fn the_planted_slips_are_found() {
    let scene = Scene::corpus();
    scene.run("build corpus").ok();
    let ran = scene.run("check corpus/out/corpus.db").code(1);
    assert!(ran.stdout.lines().any(|line| line.contains("12,500") && line.contains("\tnumber-scale\t")), "{}", ran.stdout);
    assert!(ran.stdout.lines().any(|line| line.contains("340") && line.contains("\tnumber\t")), "{}", ran.stdout);
    assert!(ran.stdout.lines().any(|line| line.contains("horarios") && line.contains("\turl\t")), "{}", ran.stdout);
    scene.run("check corpus/out/corpus.db --exit-zero").code(0);
}
