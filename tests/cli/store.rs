//! `stats`, `verify`, `backup`.

use crate::harness::Scene;

fn scene() -> Scene {
    let scene = Scene::new().file("a.tsv", "Sí.\tYes.\nSí.\tYes.\nNo.\tNo.\n").file("b.tsv", "Hola.\tHello.\n");
    scene.run("ingest a.tsv --corpus c.db --licence CC0-1.0").ok();
    scene.run("ingest b.tsv --corpus c.db --source greetings").ok();
    scene
}

#[test]
fn stats_count_and_sample() {
    let scene = scene();
    let stats = scene.run("stats c.db --by source --json").ok().json();
    assert_eq!((stats["units"].as_u64(), stats["duplicates"].as_u64()), (Some(4), Some(1)));
    assert_eq!(stats["by_source"][0]["name"], "a.tsv");
    assert_eq!(stats["by_source"][0]["licences"][0], "CC0-1.0");
    assert_eq!(stats["by_source"][1]["name"], "greetings");
    assert_eq!(stats["source"]["languages"]["es"], 4);
    let once = scene.run("stats c.db --seed 7 --sample 2").ok().stdout;
    assert_eq!(once, scene.run("stats c.db --seed 7 --sample 2").ok().stdout, "a seed chooses the sample");
}

#[test]
fn a_whole_store_verifies_and_its_backup_too() {
    let scene = scene();
    scene.run("verify c.db").ok().says("is whole");
    scene.run("backup c.db copies/c.db").ok();
    scene.run("verify copies/c.db").ok();
    assert_eq!(scene.names("copies"), ["c.db"]);
}

#[test]
fn damage_is_found() {
    let scene = scene();
    let mut bytes = scene.bytes("c.db");
    let at = bytes.windows(6).rposition(|w| w == "Hello.".as_bytes()).expect("the text is in the file");
    bytes[at] = b'J';
    scene.write("c.db", bytes);
    scene.run("verify c.db").code(1).prints("do not fit their texts");
    scene.run("verify c.db --exit-zero").code(0);
}

/// Stores of every schema there has been open, verify and export.
#[test]
fn stores_of_earlier_schemas_are_read() {
    let fixtures = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fixtures");
    for version in 1..=bitexto::store::VERSION {
        let compressed = std::fs::read(fixtures.join(format!("store-{version}.db.zst"))).expect("a fixture for every version");
        let scene = Scene::new().file("old.db", zstd::decode_all(&compressed[..]).expect("zstd"));
        scene.run("verify old.db").ok();
        let stats = scene.run("stats old.db --json").ok().json();
        assert_eq!((stats["statements"].as_u64(), stats["documents"].as_u64()), (Some(3), Some(2)), "{stats}");
        scene.run("export --corpus old.db --to out --output-format tmx,jsonl,parquet,html").ok();
        scene.write("more.tsv", "Nuevo.\tNew.\n");
        scene.run("ingest more.tsv --corpus old.db").ok().says("1 unit added");
    }
}
