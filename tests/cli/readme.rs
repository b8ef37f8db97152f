//! The README: its commands run, its table is the registry's.

use std::path::Path;

use crate::harness::Scene;

fn readme() -> String {
    std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md")).expect("README.md")
}

/// The `bitexto` commands in the README's shell blocks, in order.
fn commands(text: &str) -> Vec<&str> {
    let mut inside = false;
    let mut found = Vec::new();
    for line in text.lines() {
        if line.starts_with("```") {
            inside = line == "```sh";
        } else if let Some(command) = line.strip_prefix("bitexto ").filter(|_| inside) {
            found.push(command.split(" #").next().unwrap_or(command).trim());
        }
    }
    found
}

#[test]
fn the_commands_of_the_tour_run() {
    let scene = Scene::corpus();
    let documents = |name: &str| scene.read(&format!("corpus/documents/{name}"));
    scene.write("discurso.es.txt", documents("speech.es.txt"));
    scene.write("speech.en.txt", documents("speech.en.txt"));
    scene.write("texts/a.es.txt", documents("news.es.txt"));
    scene.write("texts/a.en.txt", documents("news.en.txt"));
    scene.write("pairs.tsv", "texts/a.es.txt\ttexts/a.en.txt\n");
    scene.write("sentences.tsv", "La casa blanca .\tThe white house .\n");
    scene.run("align discurso.es.txt speech.en.txt --to memory.tmx").ok();
    let text = readme();
    let commands = commands(&text);
    assert!(commands.len() >= 8, "{commands:?}");
    for command in commands {
        scene.run(command).ok();
    }
    for made in
        ["table.html", "table.tmx", "aligned/a.tmx", "sentences.tmx", "corpus/out/report.html", "out/report.html", "out/corpus.parquet"]
    {
        assert!(scene.path(made).exists(), "{made}");
    }
}

#[test]
fn the_formats_table_is_that_of_the_registry() {
    let text = readme();
    let begin = "<!-- formats: generated from the registry -->\n";
    let start = text.find(begin).expect("the table's place") + begin.len();
    let end = text.find("<!-- end of formats -->").expect("the table's end");
    let table = bitexto::formats::table();
    if std::env::var_os("BITEXTO_BLESS").is_some() {
        let fresh = format!("{}{table}{}", &text[..start], &text[end..]);
        std::fs::write(Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md"), fresh).expect("written");
        return;
    }
    assert_eq!(&text[start..end], table, "BITEXTO_BLESS=1 cargo test writes it anew");
}
