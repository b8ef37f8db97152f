//! Layout repair: what is left out and read otherwise is told by every command that segments, and can be switched off.

use crate::harness::Scene;

const HALF: &str =
    "la casa que se ve desde el camino es de la abuela y no de los\nvecinos. El agua del río baja turbia desde hace unos días y\n";

/// Three pages in Spanish, sentences cut by heads and page numbers, one word by a line end.
fn pages() -> String {
    let page = |n: usize| format!("{}\n- {n} -\n\nEL DIARIO, 3 de mayo\n\n", HALF.repeat(6));
    format!("Dijo \u{93}no\u{94} porque {}{}{}nadie lo exam-\nina. Fin.\n", page(1), page(2), page(3))
}

#[test]
fn what_belongs_to_the_page_is_no_segment_and_is_told() {
    let scene = Scene::new().file("a.txt", pages());
    let ran = scene.run("segment a.txt --lang es").ok();
    assert!(!ran.stdout.contains("DIARIO") && !ran.stdout.contains("- 2 -"), "{}", ran.stdout);
    assert!(ran.stdout.starts_with("Dijo “no” porque la casa"), "{}", ran.stdout);
    assert!(ran.stdout.contains("desde hace unos días y nadie lo examina.\nFin.\n"), "{}", ran.stdout);
    ran.says("a.txt: running head `EL DIARIO, 3 de mayo` left out 3 times (lines 16, 33, 50)")
        .says("a.txt: 3 page numbers left out: first `- 1 -` (lines 14, 31, 48)")
        .says("a.txt: 3 sentences joined over page breaks: first `y …`")
        .says("a.txt: 1 word broken at a line end joined: `examina` (line 52)")
        .says("a.txt: 2 controls read as windows-1252 characters: first `“` (line 1)");
}

#[test]
fn layout_is_kept_when_asked_to() {
    let scene = Scene::new().file("a.txt", pages());
    let ran = scene.run("segment a.txt --lang es --keep-layout").ok();
    assert!(ran.stdout.contains("EL DIARIO") && ran.stdout.contains("- 2 -") && ran.stdout.contains("exam- ina"), "{}", ran.stdout);
    assert!(!ran.stderr.contains("left out"), "{}", ran.stderr);
}

#[test]
fn align_tells_what_it_left_out_on_both_sides() {
    let scene = Scene::new().file("a.es.txt", pages()).file("a.en.txt", "The house is the grandmother's.\u{93}\n\nThe end.\n");
    let ran = scene.run("align a.es.txt a.en.txt --to a.tsv --json").ok().says("a.es.txt: 3 page numbers left out");
    let layout = &ran.json()["source_layout"];
    assert_eq!(layout[0]["kind"], "running-head");
    assert_eq!(layout[1]["count"], 3);
    assert_eq!(layout[1]["lines"], serde_json::json!([14, 31, 48]));
    assert_eq!(ran.json()["target_layout"][0]["kind"], "windows1252");
    assert!(!scene.read("a.tsv").contains("DIARIO"));
    scene.run("align a.es.txt a.en.txt --to a.tsv --segmented").ok();
    assert!(scene.read("a.tsv").contains("DIARIO"), "what is segmented already is taken as it stands");
}

#[test]
fn a_stored_document_is_whole_and_its_units_are_not_cut() {
    let scene = Scene::new().file("d/a.es.txt", pages()).file("d/a.en.txt", "The house is the grandmother's.\n\nThe end.\n");
    scene.run("ingest d --corpus c.db").ok().says("running head `EL DIARIO, 3 de mayo` left out 3 times");
    scene.run("verify c.db").ok();
    scene.run("export --corpus c.db --to out --output-format jsonl").ok();
    let exported = scene.read("out/corpus.jsonl");
    assert!(exported.contains("Fin.") && !exported.contains("DIARIO"), "{exported}");
    let kept = scene.run("ingest d --corpus c.db --keep-layout").ok();
    assert!(!kept.stderr.contains("left out"), "{}", kept.stderr);
    scene.run("verify c.db").ok();
}
