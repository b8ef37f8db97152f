//! `check`, `checks`, `formats`.

use crate::harness::Scene;

#[test]
fn findings_are_lines_and_an_exit_code() {
    let scene = Scene::new().file(
        "a.tsv",
        "Murieron 12 personas en el puerto.\tTwenty people died in the harbour.\nLlueve mucho hoy.\tIt is raining hard today.\n",
    );
    let ran = scene.run("check a.tsv --header").code(1).says("2 units checked");
    let lines: Vec<&str> = ran.stdout.lines().collect();
    assert_eq!(lines[0], "unit\tcheck\ttier\tmessage\tsource\ttarget");
    assert!(lines[1].starts_with("1\tnumber\t1\t"), "{}", ran.stdout);
    assert_eq!(lines.len(), 2);
    scene.run("check a.tsv --off number").code(0);
    scene.run("check a.tsv --off spelling").fails().says("spelling");
}

#[test]
fn a_glossary_says_how_terms_are_translated() {
    let scene = Scene::new()
        .file("a.tsv", "Baja la tasa de interés.\tThe interest fee is falling.\n")
        .file("terms.tsv", "tasa de interés\tinterest rate\n")
        .file("bad.tsv", "# banca\ntasa\n");
    scene.run("check a.tsv").code(0);
    scene.run("check a.tsv --glossary terms.tsv").code(1).prints("interest rate");
    scene.run("check a.tsv --glossary bad.tsv").fails().says("bad.tsv:2: 1 column where there should be 2 or 3");
}

const TWO: &str = "Murieron 12 personas en el puerto.\tTwenty people died in the harbour.\nNo vamos a obedecer esa orden.\tWe are going to obey that order.\n";

#[test]
fn a_check_is_given_another_tier_or_left_out() {
    let scene = Scene::new().file("a.tsv", TWO);
    let tiers = |options: &str| {
        let ran = scene.run(&format!("check a.tsv --exit-zero {options}"));
        ran.stdout.lines().map(|line| line.split('\t').skip(1).take(2).collect::<Vec<_>>().join(" ")).collect::<Vec<_>>()
    };
    assert_eq!(tiers(""), ["number 1", "negation 1"]);
    assert_eq!(tiers("--set number=3 --set negation=2"), ["number 3", "negation 2"]);
    assert_eq!(tiers("--set number=3 --tier 2"), ["negation 1"]);
    assert_eq!(tiers("--set number=off"), ["negation 1"]);
    scene.run("check a.tsv --set number=4").fails().says("no tier `4`");
    scene.run("check a.tsv --set spelling=1").fails().says("no check `spelling`");
    scene.run("check a.tsv --set number").fails().says("`number` is not CHECK=TIER");
}

#[test]
fn a_dismissed_finding_stays_dismissed_until_its_text_changes() {
    let scene = Scene::new().file("a.tsv", TWO);
    let found = scene.run("check a.tsv --keys --header").code(1).stdout;
    let lines: Vec<Vec<&str>> = found.lines().map(|line| line.split('\t').collect()).collect();
    assert_eq!(lines[0][6], "key");
    let key = lines[1][6].to_string();
    let json = scene.run("check a.tsv --json").code(1).stdout;
    assert!(json.lines().next().is_some_and(|line| line.contains(&format!("\"key\":\"{key}\""))), "{json}");

    let scene = scene.file("done.txt", format!("# looked at\n{key} twenty with the crew\n"));
    let rest = scene.run("check a.tsv --dismissed done.txt -v").code(1).says("1 finding (negation 1) in 1 unit; 1 dismissed");
    assert!(!rest.stderr.contains("any more"), "{}", rest.stderr);
    let scene = scene.file("b.tsv", TWO.replace("puerto", "muelle"));
    let again = scene.run("check b.tsv --dismissed done.txt -v").code(1).says("0 dismissed");
    again.says(&format!("dismissed `{key}` matches no finding any more"));
    let scene = scene.file("bad.txt", "number 12\n");
    scene.run("check a.tsv --dismissed bad.txt").fails().says("bad.txt:1: `number` is no key of a finding");
}

#[test]
fn a_document_tells_how_it_writes_numbers() {
    let votes = "Subió un 3.5 %.\tIt rose by 3.5 %.\nBajó un 2.25 %.\tIt fell by 2.25 %.\nSon 1,200.5 pesos.\tThat is 1,200.5 pesos.\n";
    let debt = "Debe 1.500 millones de pesos.\tIt owes 1.5 billion pesos.\n";
    let scene = Scene::new().file("mx.tsv", format!("{votes}{debt}")).file("es.tsv", debt);
    for file in ["mx", "es"] {
        scene.run(&format!("ingest {file}.tsv --corpus c.db")).ok();
    }
    let found = scene.run("check c.db --threads 1").code(1).stdout;
    assert_eq!(found.lines().filter(|line| line.contains("\tnumber")).count(), 1, "{found}");
    assert_eq!(scene.run("check c.db --threads 4").code(1).stdout, found);
}

#[test]
fn messages_come_in_spanish_too() {
    let scene = Scene::new().file("a.tsv", "Murieron 12 personas en el puerto.\tTwenty people died in the harbour.\n");
    let english = scene.run("check a.tsv").code(1).stdout;
    let spanish = scene.run("check a.tsv --messages es").code(1).stdout;
    assert_ne!(english, spanish);
}

#[test]
fn a_file_that_is_neither_store_nor_units_is_named() {
    Scene::new().file("a.txt", "hola\n").run("check a.txt").fails().says("a.txt: neither a store nor a file of units");
}

#[test]
fn the_registries_are_listed() {
    let scene = Scene::new();
    scene.run("checks").ok().prints("empty-side").prints("number");
    scene.run("checks number").ok().prints("What it does");
    scene.run("checks spelling").fails().says("unknown check `spelling`");
    scene.run("formats").ok().prints("tmx").prints("parquet");
    assert!(scene.run("formats --json").ok().json().as_array().is_some_and(|formats| formats.len() >= 8));
}
