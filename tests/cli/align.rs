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
fn one_to_one_leaves_no_other_beads() {
    let scene = Scene::new().file("a.es", "Vino en 1959 y se fue.\n").file("a.en", "He came in 1959.\nThen he left.\n");
    let one = scene.run("align a.es a.en --segmented --one-to-one --output-format jsonl").ok();
    let kinds = |ran: &str| ran.lines().skip(1).filter(|line| line.contains("[0,1]")).count();
    assert_eq!(kinds(&one.stdout), 0);
    assert!(one.stdout.contains("\"max-bead\":\"1x1\""), "{}", one.stdout);
    scene.run("align a.es a.en --segmented --one-to-one --max-bead 2:2").fails().says("cannot be used with");
}

/// Four equal segments against three: only a person knows which of them is missing.
fn ambiguous() -> Scene {
    Scene::new().file("a.es", "Sí.\n".repeat(4)).file("a.en", "Yes.\n".repeat(3))
}

#[test]
fn anchors_decide_what_the_texts_do_not() {
    let scene = ambiguous().file("x.tsv", "2\t1\n\n3\t2\n").file("x.vecalign", "[2]:[1]:0.1\n[1]:[]:0\n[3]:[2]\n");
    for anchors in ["x.tsv", "x.vecalign"] {
        let ran = scene.run(&format!("align a.es a.en --segmented --anchors {anchors} --output-format vecalign")).ok();
        assert!(ran.stdout.contains("[2]:[1]:") && ran.stdout.contains("[3]:[2]:"), "{}", ran.stdout);
    }
    for (anchors, why) in [
        ("4\t1\n", "the bead [4]:[1] is not within 4 × 3 segments"),
        ("2\t1\n1\t2\n", "the bead [1]:[2] goes back"),
        ("[0, 2]:[1]:0\n", "the bead [0, 2]:[1] has a gap"),
        ("1\t1\n1 1\n", "bad:2: `1 1` is neither two segments"),
    ] {
        scene.write("bad", anchors);
        scene.run("align a.es a.en --segmented --anchors bad").fails().says(why);
    }
}

#[test]
fn parts_end_together_on_both_sides() {
    let scene = Scene::new().file("a.es", "Sí.\nSí.\n<p>\n.EOA\nSí.\nSí.\n").file("a.en", "Yes.\n.EOA\nYes.\nYes.\n");
    let ran = scene.run("align a.es a.en --segmented --output-format vecalign").ok();
    assert!(ran.stdout.contains("\n[2]:[1]:") && ran.stdout.contains("\n[3]:[2]:"), "{}", ran.stdout);
    scene.write("x", "1\t1\n");
    scene.run("align a.es a.en --segmented --anchors x").fails().says("x: the bead [1]:[1] crosses the barrier before segments 2 and 1");
    scene.write("a.en", "Yes.\nYes.\n");
    let unequal = scene.run("align a.es a.en --segmented").fails();
    unequal.says("a.es:4: mark 1 `.EOA` of 1, where a.en has 0").says("hint: both files need a line `.EOA`");
}

/// A NumPy file of float32.
fn npy(rows: &[[f32; 2]]) -> Vec<u8> {
    let header = format!("{{'descr': '<f4', 'fortran_order': False, 'shape': ({}, 2), }}\n", rows.len());
    let mut bytes = b"\x93NUMPY\x01\x00".to_vec();
    bytes.extend((header.len() as u16).to_le_bytes());
    bytes.extend(header.bytes());
    bytes.extend(rows.iter().flatten().flat_map(|value| value.to_le_bytes()));
    bytes
}

#[test]
fn vectors_of_another_program_are_taken_one_a_segment() {
    let scene = ambiguous().file("s.npy", npy(&[[1.0, 0.0]; 4])).file("t.npy", npy(&[[0.0, 1.0]; 3]));
    scene.run("align a.es a.en --segmented --embeddings s.npy t.npy").ok();
    scene.run("align a.es a.en --segmented --embeddings t.npy s.npy").fails().says("t.npy: 3 vectors for the 4 segments of a.es");
    scene.write("t.npy", npy(&[[0.0, 1.0], [0.0, f32::NAN], [0.0, 1.0]]));
    scene.run("align a.es a.en --segmented --embeddings s.npy t.npy").fails().says("t.npy: row 1, column 1 is `NaN`");
    scene.write("t.npy", "no vectors");
    scene.run("align a.es a.en --segmented --embeddings s.npy t.npy").fails().says("t.npy: is not a NumPy file");
}

#[test]
fn a_list_of_pairs_is_aligned_and_what_fails_is_reported() {
    let scene = Scene::new().file("in/a.es.txt", ES).file("in/a.en.txt", EN);
    scene.write("in/list.tsv", "a.es.txt\ta.en.txt\nnowhere.es\ta.en.txt\na.es.txt\ta.en.txt\tsub/second.tmx\n");
    let ran = scene.run("align --batch in/list.tsv --to out --json").code(1);
    let summary = ran.json();
    assert_eq!((summary["pairs"].as_u64(), summary["segments"].as_u64()), (Some(3), Some(12)));
    assert_eq!(summary["failed"][0]["name"], "nowhere.es × a.en.txt");
    assert_eq!(summary["worst"].as_array().map(Vec::len), Some(2));
    let ran = ran.says("[1/3] a.es.txt × a.en.txt: 3 × 3 segments, 3 beads, 0 unmatched, quality ");
    ran.says("error: [2/3] nowhere.es × a.en.txt: in/nowhere.es: no such file").says("3 pairs, 1 failed, 12 segments");
    assert_eq!(scene.names("out"), ["a.tsv", "sub"]);
    assert!(scene.read("out/sub/second.tmx").contains("¿Vendrá el médico mañana?"));
    scene.run("align in/a.es.txt in/a.en.txt --to one.tsv").ok();
    assert_eq!(scene.read("out/a.tsv"), scene.read("one.tsv"), "as aligned alone");
    scene.run("align --batch in/list.tsv --to other --threads 1 --output-format vecalign").code(1);
    assert_eq!(scene.names("other"), ["a.vecalign", "sub"]);
}

#[test]
fn a_bad_list_is_refused_before_anything_is_done() {
    let scene = scene().file("list.tsv", "a.es.txt\ta.en.txt\nb.es.txt\n").file("empty.tsv", "\n");
    scene.run("align --batch list.tsv --to out").fails().says("list.tsv:2: 1 fields, not two or three");
    scene.run("align --batch empty.tsv --to out").fails().says("empty.tsv: the list is empty");
    scene.run("align --batch list.tsv").fails().says("--to");
    scene.run("align a.es.txt --batch list.tsv --to out").fails().says("cannot be used with");
    scene.run("align a.es.txt").fails().says("TARGET");
    assert!(!scene.path("out").exists());
}

#[test]
fn the_bitexts_of_a_store_are_aligned_once() {
    let scene = scene();
    scene.run("ingest a.es.txt a.en.txt --corpus c.db --no-align").ok();
    scene.run("align --corpus c.db").ok().says("[1/1] a.es.txt|a.en.txt: 3 × 3 segments, 3 beads").says("1 pair, 6 segments");
    scene.run("align --corpus c.db").ok().says("1 bitext left as they are").says("0 pairs");
    scene.run("align --corpus c.db --segmented").fails().says("cannot be used with");
    scene.run("align --corpus c.db --one-to-one").ok().says("[1/1]");
    assert_eq!(scene.run("stats c.db --json").ok().json()["units"], 3);
}

#[test]
fn units_of_several_sentences_are_cut_into_their_sentences() {
    let long = "La asamblea empezó el 3 de mayo. Vinieron 250 personas.\tThe assembly began on 3 May. 250 people came.\n";
    let scene = Scene::new().file("m.tsv", format!("{long}Sí.\tYes.\n{long}sin pareja\n"));
    let expected = "La asamblea empezó el 3 de mayo.\tThe assembly began on 3 May.\nVinieron 250 personas.\t250 people came.\n";
    let ran = scene.run("align --within-units m.tsv").code(1);
    assert_eq!(ran.stdout, format!("{expected}Sí.\tYes.\n{expected}"));
    ran.says("2 cut of 4 records: 5 units").says("1 of 4 records rejected: see ./m.tsv.rejected.jsonl");
    scene.run("align --within-units m.tsv --to out/m.jsonl").code(1);
    let units: Vec<serde_json::Value> = scene.read("out/m.jsonl").lines().map(|line| serde_json::from_str(line).expect("JSON")).collect();
    assert_eq!(units[0]["origin"]["parent"], units[1]["origin"]["parent"]);
    assert_eq!((&units[2]["origin"]["parent"], &units[2]["id"]), (&serde_json::Value::Null, &serde_json::Value::Null));
    assert_eq!(scene.names("out"), ["m.jsonl", "m.tsv.rejected.jsonl"]);
    let piped = scene.run_with("align --within-units - --format tsv --output-format tmx", long).ok();
    assert_eq!(piped.stdout.matches("<tu ").count(), 2, "{}", piped.stdout);
    scene.run("align --within-units m.tsv --to m.vecalign").fails().says("no format for units writes `.vecalign`");
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
