//! An import goes down the layers only. This test reads the sources; it runs nothing.

use std::fs;
use std::path::{Path, PathBuf};

/// The modules from the lowest layer to the highest. Modules in one row do not know each other.
const LAYERS: &[&[&str]] = &[
    &["error"],
    &["text"],
    &["segment"],
    &["model"],
    &["semantics"],
    &["parallel"],
    &["align", "quality", "formats", "store"],
    &["train"],
    &["ingest"],
    &["export"],
    &["recipe"],
    &["review"],
    &["cli"],
];

/// Modules that read and write no file, open no socket and print nothing.
const PURE: &[&str] = &["text", "segment", "model", "semantics", "align", "quality"];

fn layer(module: &str) -> Option<usize> {
    LAYERS.iter().position(|row| row.contains(&module))
}

fn sources(path: &Path, found: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(path).expect("a folder").map(|e| e.expect("an entry").path()).collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            sources(&entry, found);
        } else if entry.extension().is_some_and(|e| e == "rs") {
            found.push(entry);
        }
    }
}

/// The module of a file below `src`: `store` for `src/store/units.rs` and for `src/store.rs`; none for the crate's root files.
fn module_of(file: &Path) -> Option<String> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let first = file.strip_prefix(root).expect("below src").components().next()?;
    let name = first.as_os_str().to_string_lossy().trim_end_matches(".rs").to_string();
    (!["lib", "main"].contains(&name.as_str())).then_some(name)
}

/// The code lines of a file with their numbers: comments left out.
fn code(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.lines().enumerate().map(|(n, line)| (n + 1, line)).filter(|(_, line)| !line.trim_start().starts_with("//"))
}

/// The modules of this crate that a line names by `crate::module`, also in `use crate::{a, b::c}`.
fn imports(line: &str) -> Vec<String> {
    let mut modules = Vec::new();
    for part in line.split("crate::").skip(1) {
        let names = part.strip_prefix('{').map_or(vec![part], |list| list.split(',').collect());
        for name in names {
            let name: String = name.trim().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            match name.as_str() {
                "Error" | "Result" => modules.push("error".to_string()),
                _ if layer(&name).is_some() => modules.push(name),
                _ => {}
            }
        }
    }
    modules
}

#[test]
fn an_import_goes_down_only() {
    let mut files = Vec::new();
    sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut files);
    assert!(files.len() > 30, "the sources are where this test looks for them");
    let mut wrong = Vec::new();
    for file in &files {
        let Some(module) = module_of(file) else { continue };
        let own = layer(&module).unwrap_or_else(|| panic!("{} is in no layer: add it to LAYERS and to ARCHITECTURE.md", file.display()));
        let text = fs::read_to_string(file).expect("a source file");
        for (n, line) in code(&text) {
            for import in imports(line) {
                if import != module && layer(&import) >= Some(own) {
                    wrong.push(format!("{}:{n}: `{module}` imports `{import}`", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn pure_modules_do_no_io() {
    let mut wrong = Vec::new();
    for module in PURE {
        let mut files = Vec::new();
        sources(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src").join(module), &mut files);
        for file in files {
            let text = fs::read_to_string(&file).expect("a source file");
            // Tests may read golden files.
            let text = text.split("#[cfg(test)]").next().unwrap_or_default();
            let name = file.file_name().expect("a name").to_string_lossy().into_owned();
            if ["contract.rs", "tests.rs"].contains(&name.as_str()) {
                continue;
            }
            for (n, line) in code(text) {
                if ["std::fs", "std::io", "std::net", "println!", "static mut", "Mutex", "SystemTime", "Instant"]
                    .iter()
                    .any(|word| line.contains(word))
                {
                    wrong.push(format!("{}:{n}: {line}", file.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn the_layers_are_those_of_the_architecture_page() {
    let page = fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("ARCHITECTURE.md")).expect("ARCHITECTURE.md");
    for module in LAYERS.iter().copied().flatten() {
        assert!(page.contains(&format!("`{module}`")), "ARCHITECTURE.md does not tell what `{module}` is");
    }
}
