//! `align`, `segment` and `eval`: files in, tables out, no store.

use crate::harness::Scene;

const ES: &str = "La casa es de la abuela. No llueve en la sierra desde 2019.\n\n¿Vendrá el médico mañana?\n";
const EN: &str = "The house is the grandmother's. It has not rained in the hills since 2019.\n\nWill the doctor come tomorrow?\n";

fn scene() -> Scene {
    Scene::new().file("a.es.txt", ES).file("a.en.txt", EN)
}

#[test]
fn two_texts_become_a_bilingual_table() {
    let ran = scene().run("align a.es.txt a.en.txt").ok();
    let rows: Vec<Vec<&str>> = ran.stdout.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(rows.len(), 3, "{}", ran.stdout);
    assert!(rows.iter().all(|row| row.len() == 6 && row[1] == "1:1"), "{}", ran.stdout);
    assert_eq!(rows[2][4..], ["¿Vendrá el médico mañana?", "Will the doctor come tomorrow?"]);
}

#[test]
fn the_extension_chooses_the_form_and_several_go_at_once() {
    let scene = scene();
    scene.run("align a.es.txt a.en.txt --to t/a.html t/a.tmx t/a.tsv t/a.jsonl").ok().says("wrote t/a.html");
    assert!(scene.read("t/a.html").contains("¿Vendrá el médico mañana?"));
    assert!(scene.read("t/a.tmx").contains("<seg>¿Vendrá el médico mañana?</seg>"));
    assert_eq!(scene.read("t/a.tsv").lines().count(), 3);
    scene.run("align a.es.txt a.en.txt --to a.docx").fails().says("no format writes `.docx`").says(".html");
}

#[test]
fn exchange_forms_count_segments_from_zero() {
    let scene = Scene::new().file("a.es", "Uno.\n\nDos y tres.\n").file("a.en", "One.\n\nTwo and three.\n");
    let vecalign = scene.run("align a.es a.en --segmented --output-format vecalign").ok();
    assert!(vecalign.stdout.starts_with("[0]:[0]:"), "{}", vecalign.stdout);
    assert!(
        vecalign.stdout.lines().nth(1).is_some_and(|line| line.starts_with("[1]:[1]:")),
        "a blank line is not counted: {}",
        vecalign.stdout
    );
    let hunalign = scene.run("align a.es a.en --segmented --output-format hunalign").ok();
    assert!(hunalign.stdout.starts_with("0\t0\t"), "{}", hunalign.stdout);
}

#[test]
fn an_alignment_scores_full_marks_against_itself() {
    let scene = Scene::corpus();
    scene.run("align corpus/gold/speech.es corpus/gold/speech.en --segmented --to out.vecalign").ok();
    let scores = scene.run("eval out.vecalign out.vecalign --json").ok().json();
    assert_eq!(scores[0]["strict"]["f1"], 1.0);
}

#[test]
fn the_sample_documents_align_well() {
    let scene = Scene::corpus();
    for name in ["speech", "news", "interview"] {
        scene.run(&format!("align corpus/gold/{name}.es corpus/gold/{name}.en --segmented --to out/{name}.vecalign")).ok();
    }
    scene.run("eval corpus/gold out --min 0.7").ok().prints("strict P");
    scene.run("eval corpus/gold out --min 0.9999").code(1);
}

#[test]
fn segments_are_printed_one_a_line() {
    let scene = Scene::new();
    let ran = scene.run_with("segment --lang es", "El Sr. Pérez llegó. ¿Y tú?\n\nEE. UU. no vino.\n").ok();
    assert_eq!(ran.stdout, "El Sr. Pérez llegó.\n¿Y tú?\n\nEE. UU. no vino.\n");
    ran.says("(--paragraphs ");
    let line = scene.run_with("segment --lang en --paragraphs line", "Mr. Smith came.\nHe left.\n").ok();
    assert_eq!(line.stdout, "Mr. Smith came.\n\nHe left.\n");
}

/// The offsets, counted in characters that are not blanks, at which a segment ends.
fn boundaries(segmented: &str) -> std::collections::BTreeSet<usize> {
    let mut at = 0;
    let lines = segmented.lines().filter(|line| !line.is_empty());
    lines
        .map(|line| {
            at += line.chars().filter(|c| !c.is_whitespace()).count();
            at
        })
        .collect()
}

/// A capital after `p.m.` may begin a sentence or not; everything else in the three documents is clear.
#[test]
fn the_sample_documents_are_segmented_as_their_gold() {
    let scene = Scene::corpus();
    for (name, lang) in [("speech", "es"), ("speech", "en"), ("news", "es"), ("news", "en"), ("interview", "es"), ("interview", "en")] {
        let ran = scene.run(&format!("segment corpus/documents/{name}.{lang}.txt --lang {lang}")).ok();
        let (found, gold) = (boundaries(&ran.stdout), boundaries(&scene.read(&format!("corpus/gold/{name}.{lang}"))));
        let wrong: Vec<_> = found.symmetric_difference(&gold).collect();
        assert!(wrong.len() <= 1, "{name}.{lang}: {wrong:?}");
    }
}
