//! `build` with filters, scores of other programs, cleaning and duplicates in the recipe.

use crate::harness::Scene;

const RECIPE: &str = r#"[corpus]
name = "c"
source_lang = "es"
target_lang = "en"

[[source]]
name = "a"
match = "a.tsv"

[[source]]
name = "b"
match = "b.tsv"

[export]
formats = ["tsv"]
report = true
"#;

/// The first line after [`RECIPE`].
const NEXT: u64 = 17;

const GOOD: &str = "El presidente habló ayer en la plaza.\tThe president spoke in the square yesterday.\n";
const BAD: &str = "El presidente habló ayer en la plaza.\tThe recipe needs three eggs and some sugar.\n";

fn scene(tail: &str) -> Scene {
    let scene = Scene::new().file("c/a.tsv", GOOD.to_string() + BAD).file("c/b.tsv", GOOD.to_string() + BAD);
    with(scene, tail)
}

fn with(scene: Scene, tail: &str) -> Scene {
    scene.file("c/bitexto.toml", RECIPE.to_string() + tail)
}

fn reasons(scene: &Scene, stage: &str) -> Vec<String> {
    let plan = scene.run("build c --dry-run --json").ok().json();
    let stages = plan["stages"].as_array().expect("stages").clone();
    let stage = stages.into_iter().find(|found| found["name"] == stage).expect("the stage");
    stage["reasons"].as_array().expect("reasons").iter().map(|reason| reason.as_str().expect("text").to_string()).collect()
}

fn dropped(scene: &Scene) -> Vec<serde_json::Value> {
    scene.read("c/out/c.dropped.jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

#[test]
fn a_recipe_without_a_filter_drops_nothing_and_scores_everything() {
    let scene = scene("");
    scene.run("build c").ok().prints("scored      4 units").prints("exported    4 units");
    assert!(!scene.path("c/out/c.dropped.jsonl").exists());
    scene.run("build c").ok().prints("everything is up to date");
}

#[test]
fn a_source_may_have_a_filter_of_its_own_and_what_holds_is_told() {
    let recipe = RECIPE.replace("match = \"b.tsv\"\n", "match = \"b.tsv\"\n[source.filter]\npreset = \"none\"\nwords = \"..50\"\n");
    let scene = scene("").file("c/bitexto.toml", recipe + "[filter]\npreset = \"training\"\nchecks = { number = \"off\" }\n");
    let plan = scene.run("build c --dry-run").ok().prints("every source");
    let row = |line: &str| line.split_whitespace().eq(["translation", "0.065..", "off"]);
    assert!(plan.stdout.lines().any(row), "{}", plan.stdout);
    let built = scene.run("build c --json").ok().says("`translation` drops 50 % of `a`").json();
    assert_eq!(built["manifest"]["sources"], serde_json::json!({"a": 1, "b": 2}));
    assert_eq!(built["manifest"]["filter"]["sources"]["b"]["words"], "..50");
    assert_eq!(built["manifest"]["filter"]["every"].get("number"), None);
    let of_a = &built["drops"]["dropped"]["translation"]["sources"]["a"];
    assert_eq!(of_a["examples"][0]["target"], "The recipe needs three eggs and some sugar.");
    assert_eq!(built["warnings"][0]["source"], "a");
    let lines = dropped(&scene);
    assert_eq!((lines.len(), lines[0]["of"].as_str(), lines[0]["reasons"][0].as_str()), (1, Some("a"), Some("translation")));
}

#[test]
fn a_mistake_in_the_recipe_is_told_before_anything_runs() {
    for (tail, line, cause) in [
        ("[filter]\nwrods = \"1..\"\n", NEXT + 1, "there is no filter `wrods`; did you mean `words`?"),
        ("[filter]\npreset = \"trainig\"\n", NEXT + 1, "did you mean `training`?"),
        ("[filter]\nletters = \"0.3..7\"\n", NEXT + 1, "from 0 to 1"),
        ("[clean]\nrules = [\"nfcc\"]\n", NEXT + 1, "did you mean `nfc`?"),
        ("[dedup]\nkeep = \"bets\"\n", NEXT + 1, "there are best, first, none, all"),
        ("[[score]]\nname = \"comet\"\n", NEXT, "missing field `command`"),
    ] {
        let scene = scene(tail);
        scene.run("build c").fails().says(&format!("bitexto.toml:{line}: ")).says(cause);
        assert!(!scene.path("c/out").exists(), "{tail}");
    }
}

#[test]
fn a_stage_runs_again_for_what_it_depends_on_only() {
    let scene = scene("");
    scene.run("build c").ok();
    let scene = with(scene, "[filter]\npreset = \"review\"\n");
    assert_eq!((reasons(&scene, "ingest").len(), reasons(&scene, "score").len()), (0, 0));
    assert_eq!(reasons(&scene, "export"), ["`[filter]` changed"]);
    let scene = with(scene, "[clean]\nrules = [\"spaces\"]\n");
    assert_eq!(reasons(&scene, "score"), ["`[clean]` is new"]);
    let scene = with(scene, "[[score]]\nname = \"one\"\ncommand = \"sed s/.*/1/\"\n");
    assert_eq!(reasons(&scene, "score"), ["`[[score]]` `one` is new"]);
    assert_eq!((reasons(&scene, "ingest").len(), reasons(&scene, "check").len()), (0, 0));
    // Only what is new is scored.
    scene.run("build c").ok().prints("scored      0 units, 4 by `one`");
    scene.write("c/b.tsv", GOOD.repeat(2) + BAD);
    scene.run("build c").ok().prints("scored      1 unit, 1 by `one`");
}

#[test]
fn texts_are_cleaned_on_their_way_out_and_those_of_the_store_stay() {
    let scene = scene("[clean]\nrules = [\"spaces\"]\n").file("c/a.tsv", GOOD.replace(" en la", "   en la"));
    let built = scene.run("build c --json").ok().json();
    assert_eq!(built["manifest"]["cleaned"]["spaces"]["records"], 1);
    assert!(built["manifest"]["signature"].as_str().is_some_and(|signature| signature.contains("clean.spaces:")));
    assert_eq!(scene.read("c/out/c.tsv").lines().next(), GOOD.lines().next());
    scene.run("stats c/out/corpus.db --sample 9 --json").ok().prints("ayer   en la");
    assert!(scene.read("c/out/report.html").contains("spaces 1"));
}

#[test]
fn duplicates_among_what_is_kept_are_dropped_with_the_one_that_stays() {
    let scene = scene("[filter]\npreset = \"training\"\n[dedup]\n");
    let built = scene.run("build c --json").ok().json();
    assert_eq!((built["manifest"]["units"].as_u64(), built["manifest"]["drops"]["records"].as_u64()), (Some(1), Some(4)));
    assert_eq!(built["drops"]["dropped"]["duplicate"]["all"], 1);
    let lines = dropped(&scene);
    let twin = lines.iter().find(|line| line["reasons"][0] == "duplicate").expect("a duplicate");
    assert!(twin["duplicate_of"].as_str().is_some_and(|id| id.len() == 26) && twin["id"] != twin["duplicate_of"], "{twin}");
    let except = with(scene, "[filter]\npreset = \"training\"\n[dedup]\nexcept = [\"b\"]\n");
    assert_eq!(except.run("build c --json").ok().json()["manifest"]["units"], 2);
}

#[test]
fn the_same_bytes_with_any_number_of_threads_and_everything_on() {
    let tail =
        "[filter]\npreset = \"training\"\n[clean]\nrules = [\"all\"]\n[dedup]\n[[score]]\nname = \"one\"\ncommand = \"sed s/.*/1/\"\n";
    let manifests = [1, 3].map(|threads| {
        let scene = scene(tail).file("c/a.tsv", (GOOD.to_string() + BAD).repeat(300));
        scene.run(&format!("build c --threads {threads}")).ok();
        scene.read("c/out/manifest.json")
    });
    assert_eq!(manifests[0], manifests[1]);
}

#[cfg(unix)]
#[test]
fn a_command_scores_and_its_score_is_a_filter() {
    let scene = scene("[[score]]\nname = \"length\"\ncommand = \"x\"\n");
    scene.run("build c").fails().says("`length` has a meaning already");
    let command = "sed -e 's/.*eggs.*/-1/' -e t -e 's/.*/0.5/'";
    let scene = with(scene, &format!("[[score]]\nname = \"eggs\"\ncommand = \"{command}\"\nkeep = \"0..\"\n"));
    let built = scene.run("build c --json").ok().json();
    assert_eq!((built["score"]["others"]["eggs"].as_u64(), built["manifest"]["units"].as_u64()), (Some(4), Some(2)));
    assert!(built["manifest"]["signature"].as_str().is_some_and(|signature| signature.contains("score.eggs:")), "{built}");
    let lines = dropped(&scene);
    assert!(lines.iter().all(|line| line["reasons"] == serde_json::json!(["eggs"]) && line["scores"]["eggs"] == -1.0), "{lines:?}");
    let id = lines[0]["id"].as_str().expect("an id").to_string();
    scene.run(&format!("score c/out/corpus.db --set eggs=0.. --explain {id}")).ok().prints("eggs").prints("-1");
}

#[cfg(unix)]
#[test]
fn a_command_that_fails_ends_the_build_with_its_last_words_and_leaves_no_score() {
    for (command, cause) in [
        ("read x; echo 1; echo no model >&2; exit 4", "the command failed (exit status: 4), 1 of 4 pairs were scored; it said\n  no model"),
        ("head -n 1 | sed s/.*/1/", "the command ended too early, 1 of 4 pairs were scored"),
        ("sed s/.*/good/", "`good`, line 1 of what the command wrote, is no number"),
        ("sed p | sed s/.*/1/", "more numbers than it got pairs"),
    ] {
        let scene = scene(&format!("[[score]]\nname = \"comet\"\ncommand = \"{command}\"\n"));
        scene.run("build c --quiet").code(2).says("score `comet`: ").says(cause);
        assert!(!scene.path("c/out/manifest.json").exists(), "{command}");
        scene.run("verify c/out/corpus.db").ok();
        let scene = with(scene, "[[score]]\nname = \"comet\"\ncommand = \"sed s/.*/1/\"\n");
        scene.run("build c").ok().prints("scored      0 units, 4 by `comet`");
    }
}

#[test]
fn listed_words_are_one_file_for_all_sources() {
    let scene = scene("[filter]\nword_list = \"words.txt\"\nwords-listed = \"..0\"\n").file("c/words.txt", "square\n");
    scene.run("build c").ok();
    assert_eq!(dropped(&scene).len(), 2);
    let scene = scene.file("c/words.txt", "eggs\nsquare\n");
    assert_eq!(reasons(&scene, "export"), ["`words.txt` changed"]);
    scene.run("build c").ok();
    assert_eq!(dropped(&scene).len(), 4);
    with(scene, "[filter]\nword_list = 3\n").run("build c").fails().says("bitexto.toml:18");
}
