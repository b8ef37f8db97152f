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

#[test]
fn scores_of_another_program_are_joined_in_order_and_change_no_other() {
    let scene = Scene::new().file("a.tsv", PAIRS).file("comet.txt", "0.9\n0\n0.1\n0.8\n");
    let objects = |line: &str| -> Vec<serde_json::Value> {
        scene.run(line).ok().stdout.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
    };
    let (with, without) = (objects("score a.tsv --scores comet.txt --set comet=0.95.."), objects("score a.tsv"));
    assert_eq!((with[0]["scores"]["comet"].as_f64(), with[3]["scores"]["comet"].as_f64()), (Some(0.9), Some(0.8)));
    assert_eq!(with[0]["reasons"], serde_json::json!(["comet"]));
    assert!(with.iter().zip(&without).all(|(with, without)| with["score"] == without["score"]));
    scene.run("filter a.tsv --scores laser=comet.txt --set laser=0.95..").ok().says("laser");
    scene.run("filter a.tsv --scores comet.txt --set laser=0.95..").fails().says("there is no filter `laser`").says("comet");
}

#[test]
fn scores_that_do_not_fit_the_records_are_refused_with_their_line() {
    let scene = Scene::new().file("a.tsv", PAIRS).file("few.txt", "1\n2\n").file("many.txt", "1\n2\n3\n4\n5\n6\n");
    let scene = scene.file("bad.txt", "1\n2\ngood\n4\n");
    scene.run("score a.tsv --scores few.txt --quiet").code(2).says("few.txt: has 2 numbers, and there are more records");
    scene.run("score a.tsv --scores many.txt --quiet").code(2).says("many.txt: has 6 numbers for 4 records");
    scene.run("filter a.tsv --scores bad.txt --to k.tsv").fails().says("bad.txt:3: `good` is no number");
    assert!(!scene.path("k.tsv").exists(), "no half-written file");
    scene.run("filter a.tsv --scores translation=few.txt").fails().says("the name `translation` is taken");
}

#[test]
fn what_was_dropped_is_counted_by_reason_and_source_with_examples() {
    let scene = Scene::new().file("a.tsv", PAIRS.repeat(50));
    let json = scene.run("filter a.tsv --to k.tsv --dropped d.jsonl --json").ok().says("`translation` drops 50 % of `a.tsv`").json();
    assert_eq!((json["records"].as_u64(), json["kept"].as_u64()), (Some(200), Some(50)));
    assert_eq!(json["sources"]["a.tsv"], serde_json::json!({"records": 200, "kept": 50}));
    let reasons = json["dropped"].as_object().expect("reasons");
    assert_eq!(reasons.values().map(|of| of["first"].as_u64().unwrap_or(0)).sum::<u64>(), 150);
    let number = &json["dropped"]["number"];
    assert_eq!((number["all"].as_u64(), number["only"].as_u64(), number["first"].as_u64()), (Some(100), Some(0), Some(0)));
    assert_eq!(number["sources"]["a.tsv"]["examples"].as_array().map(Vec::len), Some(5));
    let warnings = json["warnings"].as_array().expect("warnings");
    assert!(warnings.iter().any(|one| one["reason"] == "translation" && one["share"] == 0.5), "{json}");
    assert_eq!(json["filter"]["every"]["translation"], "0.065..");
    assert_eq!(scene.read("d.jsonl").lines().count(), 150);
    let shown = scene.run("filter a.tsv --to k.tsv --examples").ok();
    shown.says("dropped by   by itself  alone  in turn").says("three eggs");
}

#[test]
fn numbers_and_examples_do_not_depend_on_threads() {
    let scene = Scene::new().file("a.tsv", PAIRS.repeat(1000));
    let one = scene.run("filter a.tsv --to k.tsv --json --threads 1").ok();
    let three = scene.run("filter a.tsv --to k.tsv --json --threads 3").ok();
    assert_eq!((one.stdout, one.stderr), (three.stdout, three.stderr));
}

#[test]
fn a_filter_that_drops_little_of_a_source_is_not_warned_of() {
    let good = PAIRS.lines().next().expect("a line").to_string() + "\n";
    let scene = Scene::new().file("a.tsv", good.repeat(7) + &"¿Qué?\tThe recipe needs three eggs.\n".repeat(3));
    let ran = scene.run("filter a.tsv --to k.tsv").ok();
    assert!(!ran.stderr.contains("warning"), "30 % are not more than 30 %: {}", ran.stderr);
    // A unit that says where it comes from is counted there.
    let line = |n| format!("{{\"source\":\"Sí.\",\"target\":\"Yes.\",\"origin\":{{\"file\":\"{n}.txt\"}}}}\n");
    let scene = scene.file("b.jsonl", (0..10).map(|n| line(n % 2)).collect::<String>());
    let json = scene.run("filter b.jsonl --set length=9.. --to k.jsonl --json").ok().says("of `0.txt`").json();
    assert_eq!(json["sources"]["1.txt"]["records"], 5);
}

#[test]
fn a_record_that_says_where_it_comes_from_has_its_number_in_this_file() {
    let line = "{\"source\":\"Sí.\",\"target\":\"Yes.\",\"origin\":{\"file\":\"x.txt\",\"record\":70}}\n";
    let scene = Scene::new().file("b.jsonl", line.repeat(2));
    let ran = scene.run("score b.jsonl").ok();
    assert!(ran.stdout.lines().nth(1).is_some_and(|line| line.starts_with("{\"record\":2,")), "{}", ran.stdout);
}

#[test]
fn one_record_is_explained_for_people_and_for_programs() {
    let scene = Scene::new().file("a.tsv", PAIRS).file("comet.txt", "0.9\n0\n0.1\n0.8\n");
    let ran = scene.run("score a.tsv --explain 4 --scores comet.txt --set comet=0.85..").ok();
    let ran =
        ran.prints("record 4: dropped for translation, number, comet").prints("21 people died").prints("numbers differ: 12 in the source");
    ran.prints("0.85..").prints("tier 1 unless 0.69").prints("cosine");
    let json = scene.run("filter a.tsv --explain 1 --json").ok().json();
    assert_eq!((json["keep"].as_bool(), json["reasons"].as_array().map(Vec::len)), (Some(true), Some(0)));
    let words = json["filters"].as_array().expect("filters").iter().find(|filter| filter["name"] == "words").expect("the filter");
    assert_eq!(words["values"], serde_json::json!([7.0, 7.0]));
    scene.run("score a.tsv --explain 2").ok().prints("cannot be read").prints("solo un campo");
    scene.run("score a.tsv --explain 9").fails().says("there is no record 9");
    scene.run("score a.tsv --explain first").fails().says("neither the number of a record nor the id of a unit");
}

#[test]
fn filters_are_listed_with_what_each_preset_keeps() {
    let scene = Scene::new();
    scene.run("filters").ok().prints("filter").prints("translation").prints("1..3000");
    let json = scene.run("filters --json").ok().json();
    assert!(json.as_array().is_some_and(|filters| filters.iter().any(|filter| filter["id"] == "words-listed")));
}

#[test]
fn listed_words_drop_a_record() {
    let scene = Scene::new().file("a.tsv", PAIRS).file("words.txt", "# places\nen\tsquare\n");
    let ran = scene.run("filter a.tsv --words words.txt --to kept.tsv --json").ok();
    assert_eq!(ran.json()["dropped"]["words-listed"]["all"], 1);
    scene.run("filter a.tsv --words nowhere.txt").fails().says("nowhere.txt");
}
