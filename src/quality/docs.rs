//! The reference of the checks, made from the registry so that it cannot fall behind it.

use std::fmt::Write;

use super::blank::is_blank;
use super::{CHECKS, Check, Example};

/// `docs/checks.md`: a table of the checks, then one section each.
pub fn docs() -> String {
    let mut page = String::from(INTRODUCTION);
    page.push_str("\n| check | tier | finds | ITS type | version |\n|---|---|---|---|---|\n");
    for check in CHECKS {
        let Check { id, tier, its, version, about, .. } = check;
        let _ = writeln!(page, "| [`{id}`](#{id}) | {tier} | {} | {its} | {version} |", about.en);
    }
    for check in CHECKS {
        section(&mut page, check);
    }
    page
}

/// The section of [`docs`] about one check.
pub fn doc(check: &Check) -> String {
    let mut page = String::new();
    section(&mut page, check);
    page.trim_start().to_string()
}

const INTRODUCTION: &str = "\
# Checks

A check looks at a pair of texts and reports what a person should look at. A finding is a reason to look, never a verdict.
Tier 1 interrupts a reviewer, tier 2 shows in the detail of a unit, tier 3 is for reports.

This page is made from the registry of checks; to change it, change the check and run `BITEXTO_BLESS=1 cargo test checks_page`.
";

fn section(page: &mut String, check: &Check) {
    let _ = write!(page, "\n# {}\n\n{}. *{}.*\n\n", check.id, check.about.en, check.about.es);
    page.push_str(&check.docs.trim().replace("## ", "### "));
    page.push('\n');
    examples(page, "Fires on", check.fires);
    examples(page, "Silent on", check.silent);
}

fn examples(page: &mut String, title: &str, examples: &[Example]) {
    let _ = write!(page, "\n### {title}\n\n| source | target |\n|---|---|\n");
    for example in examples {
        let _ = writeln!(page, "| {} | {} |", cell(example.source), cell(example.target));
    }
}

/// Text in a table cell as it is: no Markdown, no link, no line break.
fn cell(text: &str) -> String {
    if is_blank(text) { "*(blank)*".to_string() } else { format!("`{}`", text.replace('|', "\\|").replace(['\n', '`'], " ")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_checks_page_is_up_to_date() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/checks.md");
        if std::env::var_os("BITEXTO_BLESS").is_some() {
            std::fs::create_dir_all(path.parent().expect("a folder")).expect("the folder can be made");
            std::fs::write(&path, docs()).expect("the page can be written");
        }
        let page = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(page == docs(), "docs/checks.md is out of date: run `BITEXTO_BLESS=1 cargo test checks_page`");
    }
}
