//! `score`, `filter`, `train score`.

use crate::harness::Scene;

const PAIRS: &str = "El presidente habló ayer en la plaza.\tThe president spoke in the square yesterday.\n\
    solo un campo\n\
    El presidente habló ayer en la plaza.\tThe recipe needs three eggs and some sugar.\n\
    Murieron 12 personas en el puerto.\t21 people died in the harbour.\n";

#[test]
fn every_line_of_the_file_gets_an_object_in_order() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    let ran = scene.run("score --format tsv --source-lang es --target-lang en --output-format jsonl a.tsv").ok();
    let objects: Vec<serde_json::Value> = ran.stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    let records: Vec<_> = objects.iter().map(|object| object["record"].as_u64()).collect();
    assert_eq!(records, [Some(1), Some(2), Some(3), Some(4)]);
    let kept: Vec<_> = objects.iter().map(|object| object["keep"].as_bool()).collect();
    assert_eq!(kept, [Some(true), Some(false), Some(false), Some(false)]);
    assert_eq!(objects[1]["reasons"][0], "unreadable");
    assert!(objects[1]["cause"].as_str().is_some_and(|cause| cause.contains("column")), "{}", objects[1]);
    assert_eq!(objects[2]["reasons"][0], "translation");
    assert_eq!(objects[3]["findings"][0]["check"], "number");
    assert!(objects.iter().all(|object| object["score"].as_f64().is_some_and(|score| (0.0..=1.0).contains(&score))));
}

#[test]
fn threads_do_not_show() {
    let scene = Scene::new().file("a.tsv", PAIRS.repeat(2000));
    let one = scene.run("score a.tsv --threads 1").ok().stdout;
    assert_eq!(scene.run("score a.tsv --threads 3").ok().stdout, one);
    assert_eq!(one.lines().count(), 8000);
    let kept = scene.run("filter a.tsv --threads 1").ok().stdout;
    assert_eq!(scene.run("filter a.tsv --threads 3").ok().stdout, kept);
}

#[test]
fn what_is_kept_and_what_is_dropped_are_all_there_is() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    scene.run("filter a.tsv --to kept.tsv --dropped dropped.jsonl").ok().says("4 records read, 1 kept").says("translation");
    assert_eq!(scene.read("kept.tsv"), PAIRS.lines().next().expect("a line").to_string() + "\n");
    let dropped = scene.read("dropped.jsonl");
    assert_eq!(dropped.lines().count(), 3);
    assert!(dropped.contains("\"unreadable\"") && dropped.contains("solo un campo"), "{dropped}");
    let all = scene.run("filter a.tsv --preset review --off number").ok().stdout;
    assert_eq!(all.lines().count(), 3);
}

#[test]
fn rules_can_be_set_and_wrong_ones_are_refused() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    assert_eq!(scene.run("filter a.tsv --set words=50..").ok().stdout, "");
    assert_eq!(scene.run("filter a.tsv --no-score --off number").ok().stdout.lines().count(), 3);
    scene.run("filter a.tsv --set wrods=50..").fails().says("there is no filter `wrods`").says("words");
    scene.run("filter a.tsv --set letters=2..").fails().says("from 0 to 1");
    scene.run("filter a.tsv --set letters").fails().says("FILTER=LEAST..MOST");
    scene.run("filter a.tsv --preset trainning").fails().says("training, strict, review");
}

#[test]
fn a_score_model_is_made_of_pairs_and_few_are_refused() {
    let pairs: String = (0..200)
        .map(|n| format!("El ministro {n} no llegó a la casa número {n}1.\tMinister {n} did not come to house number {n}1.\n"))
        .collect();
    let scene = Scene::new().file("pairs.tsv", pairs).file("few.tsv", "Sí.\tYes.\n");
    scene.run("train score pairs.tsv --out a.score --examples 500 --trees 3").ok().says("500 examples");
    scene.run("train score pairs.tsv --out b.score --examples 500 --trees 3 --threads 1").ok();
    assert_eq!(scene.bytes("a.score"), scene.bytes("b.score"));
    scene.run("train score few.tsv --out c.score").fails().says("few.tsv: fewer than 100 pairs");
}
