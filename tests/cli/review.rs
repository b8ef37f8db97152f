//! `review-log` and `find`; what reviewers did goes out with the exports.

use serde_json::{Value, json};

use crate::harness::Scene;

fn scene() -> Scene {
    let scene = Scene::new().file("a.tsv", "El año.\tThe year.\nSí.\tYes.\nNo.\tNo.\n");
    scene.run("ingest a.tsv --corpus c.db").ok();
    scene
}

/// The ids of the units, in their order.
fn ids(scene: &Scene) -> Vec<String> {
    scene.run("export --corpus c.db --to ids --output-format jsonl").ok();
    let lines = scene.read("ids/corpus.jsonl");
    lines.lines().map(|line| serde_json::from_str::<Value>(line).expect("json")["id"].as_str().expect("an id").to_string()).collect()
}

/// An event that counts on any state.
fn note(by: &str, number: u32, unit: &str) -> String {
    let event = json!({"v": 1, "id": format!("{by}-{number:06}"), "at": "2026-01-02T03:04:05.678Z", "by": by, "unit": unit, "base": "",
        "op": "note", "text": "ojo"});
    let event: bitexto::model::Event = serde_json::from_value(event).expect("an event");
    serde_json::to_string(&event).expect("json") + "\n"
}

#[test]
fn logs_are_merged_once_and_come_out_as_they_went_in() {
    let scene = scene();
    let ids = ids(&scene);
    let (ana, bob) = (note("ana", 1, &ids[0]), note("bob", 1, &ids[1]));
    scene.write("ana.jsonl", &ana);
    scene.write("bob.jsonl", &bob);
    scene.run("review-log merge c.db ana.jsonl bob.jsonl").ok().says("2 events added, 0 known already");
    scene.run("review-log merge c.db ana.jsonl").ok().says("0 events added, 1 known already");
    assert_eq!(scene.run("review-log export c.db --by ana").ok().stdout, ana);
    scene.run("review-log export c.db --to logs").ok();
    assert_eq!((scene.names("logs").join(" "), scene.read("logs/bob.jsonl")), ("ana.jsonl bob.jsonl".to_string(), bob));
    scene.run("verify c.db").ok();
}

#[test]
fn conflicts_are_listed_and_nothing_is_decided() {
    let scene = scene();
    let unit = &ids(&scene)[0];
    let event = json!({"v": 1, "id": "ana-000001", "at": "2026-01-02T03:04:05Z", "by": "ana", "unit": unit, "base": "another", "op": "verdict",
        "state": "rejected"});
    scene.write("ana.jsonl", format!("{event}\n"));
    let line = format!("{unit}\tana-000001\tana\t2026-01-02T03:04:05Z\tverdict\n");
    assert_eq!(scene.run("review-log merge c.db ana.jsonl").code(1).stdout, line);
    assert_eq!(scene.run("review-log conflicts c.db").ok().stdout, line);
    assert_eq!(scene.run("stats c.db --json").ok().json()["states"]["unreviewed"], 3);
    scene.run("verify c.db").ok();
}

/// An act on a unit that nobody has reviewed.
fn first_act(unit: &str, fields: &Value) -> String {
    let base = bitexto::model::review::base(unit, bitexto::model::Verdict::Unreviewed, None, None);
    let mut event = json!({"v": 1, "id": "ana-000001", "at": "2026-01-02T03:04:05Z", "by": "ana", "unit": unit, "base": base});
    event.as_object_mut().expect("an object").extend(fields.as_object().expect("an object").clone());
    format!("{event}\n")
}

#[test]
fn a_review_stays_with_its_text_when_a_document_changes() {
    let scene =
        Scene::new().file("a.es.txt", "Hola a todos.\n\nEl año fue largo.\n").file("a.en.txt", "Hello everybody.\n\nThe year was long.\n");
    scene.run("ingest a.es.txt a.en.txt --corpus c.db").ok();
    let found = scene.run("find c.db año --json").ok().json();
    scene.write("ana.jsonl", first_act(found[0]["id"].as_str().expect("an id"), &json!({"op": "verdict", "state": "flagged"})));
    scene.run("review-log merge c.db ana.jsonl").ok();
    scene.write("a.es.txt", "Hola a todos.\n\nLlovió mucho.\n\nEl año fue largo.\n");
    scene.write("a.en.txt", "Hello everybody.\n\nIt rained a lot.\n\nThe year was long.\n");
    scene.run("ingest a.es.txt a.en.txt --corpus c.db").ok();
    let states = scene.run("stats c.db --json").ok().json()["states"].clone();
    assert_eq!(states, json!({"flagged": 1, "unreviewed": 2}));
    scene.run("verify c.db").ok();
}

#[test]
fn exports_show_what_reviewers_made_of_the_texts() {
    let scene = scene();
    let unit = ids(&scene).remove(1);
    let edit = first_act(&unit, &json!({"op": "edit", "side": "target", "from": "Yes.", "to": "Yeah."}));
    scene.write("ana.jsonl", edit);
    scene.run("review-log merge c.db ana.jsonl").ok();
    scene.run("export --corpus c.db --to out --output-format tsv,jsonl").ok();
    assert!(scene.read("out/corpus.tsv").contains("Sí.\tYeah."), "{}", scene.read("out/corpus.tsv"));
    scene.run("find c.db yeah").ok().prints("Yeah");
    scene.run("verify c.db").ok();
}

#[test]
fn a_line_that_is_no_event_is_named() {
    let scene = scene().file("bad.jsonl", "\n{\"v\": 1}\n");
    scene.run("review-log merge c.db bad.jsonl").fails().says("bad.jsonl:2: no review event");
}

#[test]
fn words_are_found_on_both_sides() {
    let scene = scene();
    assert_eq!(scene.run("find c.db AÑO").ok().says("1 unit").stdout, "1\tEl \taño\t.\tThe year.\t\n");
    assert_eq!(scene.run("find c.db year").ok().stdout, "1\tThe \tyear\t.\tEl año.\t\n");
    assert_eq!(scene.run("find c.db ano").ok().stdout, "");
    assert_eq!(scene.run("find c.db es:no").ok().stdout, "3\t\tNo\t.\tNo.\t\n");
    scene.run("find c.db -- -no").fails().says("has no word to look for");
    scene.run("verify c.db").ok();
}
