//! `dedup`.

use serde_json::Value;

use crate::harness::Scene;

const PAIRS: &str = "el presidente habló ayer en la plaza mayor\tthe president spoke in the main square yesterday\n\
    solo un campo\n\
    El presidente habló ayer en la plaza mayor.\tThe president spoke in the main square yesterday.\n\
    No.\tNo.\n\
    El presidente habló  ayer en la plaza mayor.\tThe president spoke in the main square yesterday.\n\
    Murieron 12 personas.\tTwelve people died.\n\
    NO.\tno.\n";

fn objects(lines: &str) -> Vec<Value> {
    lines.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn what_is_kept_is_in_order_and_the_rest_names_what_stays() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    let ran = scene.run("dedup a.tsv --dropped dropped.jsonl").ok().says("7 records read, 4 kept").says("unreadable");
    let lines: Vec<&str> = PAIRS.lines().collect();
    assert_eq!(ran.stdout.lines().collect::<Vec<_>>(), [lines[0], lines[2], lines[3], lines[5]]);
    let dropped = objects(&scene.read("dropped.jsonl"));
    let told: Vec<_> = dropped.iter().map(|o| (o["record"].as_u64(), o["duplicate_of"].as_u64(), o["reasons"][0].as_str())).collect();
    assert_eq!(told, [(Some(2), None, Some("unreadable")), (Some(5), Some(3), Some("duplicate")), (Some(7), Some(4), Some("duplicate"))]);
    assert_eq!(dropped[2]["source"], "NO.");
}

#[test]
fn the_summary_accounts_for_every_record() {
    let scene = Scene::new().file("a.tsv", PAIRS).file("test.tsv", "no.\tNo.\n");
    let summary = scene.run("dedup a.tsv --near 0.7 --against test.tsv --to kept.tsv --dropped d.jsonl --json").ok().json();
    let parts = ["kept", "duplicates", "near_duplicates", "against", "unreadable"].map(|part| summary[part].as_u64().expect("a number"));
    assert_eq!(parts, [2, 1, 1, 2, 1]);
    assert_eq!(summary["records"], 7);
    assert_eq!(scene.read("kept.tsv").lines().count() + scene.read("d.jsonl").lines().count(), 7);
}

#[test]
fn policies_and_foldings_do_what_they_say() {
    let scene = Scene::new().file("a.tsv", "No.\tNo.\nNO\tNO\nno.\tno.\nSí.\tYes.\n");
    let kept = |options: &str| scene.run(&format!("dedup a.tsv {options}")).ok().stdout;
    assert_eq!(kept("--fold none"), "No.\tNo.\nNO\tNO\nno.\tno.\nSí.\tYes.\n");
    assert_eq!(kept(""), "No.\tNo.\nNO\tNO\nSí.\tYes.\n");
    assert_eq!(kept("--fold letters"), "No.\tNo.\nSí.\tYes.\n");
    assert_eq!(kept("--fold letters --keep none"), "Sí.\tYes.\n");
    assert_eq!(kept("--keep all"), scene.read("a.tsv"));
    scene.run("dedup a.tsv --keep all").ok().says("kept though duplicates");
}

#[test]
fn one_side_can_be_compared_alone_and_the_higher_score_stays() {
    let scene = Scene::new().file("a.tsv", "source\ttarget\tscore\nSí.\tYes.\t0.5\nSí.\tIndeed.\t0.9\nVale.\tYes.\t0.1\n");
    assert_eq!(scene.run("dedup a.tsv").ok().stdout.lines().count(), 3);
    assert_eq!(scene.run("dedup a.tsv --sides source").ok().stdout, "Sí.\tIndeed.\nVale.\tYes.\n");
    assert_eq!(scene.run("dedup a.tsv --sides source --keep first").ok().stdout, "Sí.\tYes.\nVale.\tYes.\n");
    assert_eq!(scene.run("dedup a.tsv --sides target").ok().stdout, "Sí.\tYes.\nSí.\tIndeed.\n");
}

#[test]
fn near_duplicates_say_how_alike_they_are() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    scene.run("dedup a.tsv --near 0.7 --dropped d.jsonl").ok().says("near duplicates");
    let dropped = objects(&scene.read("d.jsonl"));
    assert_eq!(dropped[0]["record"], 1);
    assert_eq!(dropped[0]["duplicate_of"], 3);
    assert!(dropped[0]["similarity"].as_f64().is_some_and(|s| (0.7..1.0).contains(&s)), "{}", dropped[0]);
}

#[test]
fn what_is_in_another_file_goes_and_nothing_of_that_file_comes() {
    let scene = Scene::new().file("a.tsv", PAIRS).file("dev.tsv", "Otra.\tOther.\nroto\n").file("test.jsonl", r#"{"es":"no.","en":"NO."}"#);
    let ran = scene.run("dedup a.tsv --keep all --against dev.tsv --against test.jsonl").ok().says("dev.tsv: 1 record could not be read");
    assert_eq!(ran.stdout.lines().count(), 6);
    let ran = scene.run("dedup a.tsv --against dev.tsv --against test.jsonl --dropped d.jsonl").ok().says("in other files");
    assert!(!ran.stdout.contains("Otra") && !ran.stdout.contains("No."), "{}", ran.stdout);
    let against: Vec<Value> = objects(&scene.read("d.jsonl")).into_iter().filter(|o| o["reasons"][0] == "against").collect();
    assert_eq!(against.len(), 2);
    assert_eq!((&against[0]["against"], &against[0]["duplicate_of"]), (&"test.jsonl".into(), &1.into()));
}

#[test]
fn jsonl_names_with_the_survivor_what_was_dropped_for_it() {
    let lines = "{\"es\":\"Sí.\",\"en\":\"Yes.\"}\n{\"es\":\"No.\",\"en\":\"No.\"}\n{\"es\":\"SÍ.\",\"en\":\"Yes.\",\"origin\":{\"file\":\"b.tmx\",\"record\":9}}\n";
    let scene = Scene::new().file("a.jsonl", lines);
    let kept = objects(&scene.run("dedup a.jsonl --dropped d.jsonl").ok().stdout);
    assert_eq!(kept[0]["also"], serde_json::json!([3]));
    assert!(kept[1].get("also").is_none());
    assert_eq!(objects(&scene.read("d.jsonl"))[0]["origin"]["file"], "b.tmx");
}

#[test]
fn standard_input_is_like_a_file() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    let file = scene.run("dedup a.tsv --near 0.7").ok().stdout;
    assert_eq!(scene.run_with("dedup --format tsv --near 0.7", PAIRS).ok().stdout, file);
}

#[test]
fn neither_threads_nor_memory_show() {
    let line = |n: u32| format!("Una frase con el número {}.\tA sentence, number {} in it.\n", n % 2500, n % 2500);
    let pairs = |n: u32| (0..n).map(line).collect::<String>();
    let scene = Scene::new().file("many.tsv", pairs(20_000)).file("some.tsv", pairs(3000));
    for (file, options) in [("many.tsv", ""), ("some.tsv", "--near 0.8 --keep first")] {
        scene.run(&format!("dedup {file} {options} --threads 1 --to one.tsv --dropped one.jsonl")).ok();
        scene.run(&format!("dedup {file} {options} --threads 4 --memory 1 --to four.tsv --dropped four.jsonl")).ok();
        assert!(scene.bytes("one.tsv") == scene.bytes("four.tsv") && scene.bytes("one.jsonl") == scene.bytes("four.jsonl"));
        assert!(!scene.bytes("one.jsonl").is_empty() && scene.read("one.tsv").lines().count() <= 2500);
    }
}

#[test]
fn a_store_tells_its_duplicates_and_stays_as_it_is() {
    let scene = Scene::new().file("a.tsv", "Sí.\tYes.\nNo.\tNo.\n").file("b.tsv", "SÍ.\tYes.\n").file("c.tsv", "no.\tno.\nYa.\tNow.\n");
    scene.run("ingest a.tsv b.tsv --corpus c.db -s es -t en").ok();
    let store = scene.bytes("c.db");
    let told = objects(&scene.run("dedup c.db").ok().says("3 records read, 2 kept").stdout);
    let id = |value: &Value| value.as_str().map(str::len);
    assert_eq!((told.len(), id(&told[0]["id"]), id(&told[0]["duplicate_of"])), (1, Some(26), Some(26)));
    assert_eq!(told[0]["origin"]["file"], "b.tsv");
    scene.run("dedup c.db --to kept.jsonl").ok();
    let kept = objects(&scene.read("kept.jsonl"));
    assert_eq!((&kept[0]["id"], &kept[0]["also"][0]), (&told[0]["duplicate_of"], &told[0]["id"]));
    scene.run("dedup c.tsv --against c.db --dropped d.jsonl --to new.tsv").ok();
    assert_eq!(scene.read("new.tsv"), "Ya.\tNow.\n");
    assert_eq!(objects(&scene.read("d.jsonl"))[0]["duplicate_of"], kept[1]["id"]);
    assert_eq!(scene.bytes("c.db"), store);
}

#[test]
fn nothing_half_written_has_a_name() {
    let scene = Scene::new().file("a.tsv", PAIRS);
    scene.run("dedup a.tsv --to out/kept.tsv --against none.tsv").fails().says("none.tsv");
    scene.run("dedup a.tsv --to kept.tsv --dropped a.tsv/d.jsonl").code(2);
    assert_eq!(scene.names("."), ["a.tsv"]);
}

#[test]
fn wrong_options_are_refused_with_what_is_right() {
    let scene = Scene::new().file("a.tsv", PAIRS).file("text", "¿?");
    scene.run("dedup a.tsv --keep beste").fails().says("best, first, none, all");
    scene.run("dedup a.tsv --fold lower").fails().says("none, case, letters");
    scene.run("dedup a.tsv --sides es").fails().says("both, source, target");
    scene.run("dedup a.tsv --near 0.3").fails().says("from 0.5 to less than 1");
    scene.run("dedup a.tsv --memory 0").fails().says("MiB");
    scene.run("dedup text").fails().says("no format that holds units");
}
