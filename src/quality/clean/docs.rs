//! The reference of the cleaning rules, made from the registry so that it cannot fall behind it.

use std::fmt::Write;

use super::{Kind, RULES, Rule, visible};

/// `docs/clean.md`: a table of the rules, then one section each.
pub fn docs() -> String {
    let mut page = String::from(INTRODUCTION);
    page.push_str("\n| rule | kind | changes | version |\n|---|---|---|---|\n");
    for Rule { id, version, kind, about, .. } in RULES {
        let _ = writeln!(page, "| [`{id}`](#{id}) | {} | {} | {version} |", kind.name(), about.en);
    }
    for rule in RULES {
        section(&mut page, rule);
    }
    page
}

const INTRODUCTION: &str = "\
# Cleaning

A cleaning rule undoes what a file did to a text, or brings marks to one convention. It adds no word and takes none away, and numbers stay as they are. Nothing is
cleaned unless asked for: `bitexto clean --rules …`, or `[clean] rules = […]` in a recipe, for what is exported; stored text stays as it came.

`all` stands for repairs and conventions, `repairs` for repairs alone; what masks must be named. Rules are applied in the order of this table, whatever the
order they are named in, until nothing changes: a cleaned text does not change when it is cleaned again.

Not here, since it would guess: opening marks that are missing (`¿`, `¡`), accents left out, capitals, spelling (Bifixer's word lists), a full stop that one side lacks
(OpusCleaner fix_sent_final_punct), splitting into segments (`bitexto segment`), tokens put together again (Moses detokenizer.perl).

This page is made from the registry of rules; to change it, change the rule and run `BITEXTO_BLESS=1 cargo test clean_page`.
";

impl Kind {
    /// One word for lists.
    pub fn name(self) -> &'static str {
        match self {
            Kind::Repair => "repair",
            Kind::Convention => "convention",
            Kind::Mask => "mask",
        }
    }
}

fn section(page: &mut String, rule: &Rule) {
    let _ = write!(page, "\n# {}\n\n{}. *{}.*\n\n{}\n", rule.id, rule.about.en, rule.about.es, rule.docs.trim());
    page.push_str("\n| before | after |\n|---|---|\n");
    for change in rule.changes {
        let _ = writeln!(page, "| {} | {} |", cell(change.before), cell(change.after));
    }
    for left in rule.leaves {
        let _ = writeln!(page, "| {} | *as it is* |", cell(left.text));
    }
}

/// Text in a table cell as it is; what cannot be seen by its code.
fn cell(text: &str) -> String {
    let mut shown = String::new();
    for c in text.chars() {
        match c {
            '&' => shown.push_str("&amp;"),
            '<' => shown.push_str("&lt;"),
            '>' => shown.push_str("&gt;"),
            '|' => shown.push_str("\\|"),
            '*' | '_' | '`' | '\\' | '[' | ']' | '{' | '}' | '#' => shown.extend(['\\', c]),
            _ => shown.push(c),
        }
    }
    visible(&shown).replace("  ", " ⟨0020⟩")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_clean_page_is_up_to_date() {
        let path = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("docs/clean.md");
        if std::env::var_os("BITEXTO_BLESS").is_some() {
            std::fs::write(&path, docs()).expect("the page can be written");
        }
        let page = std::fs::read_to_string(&path).unwrap_or_default();
        assert!(page == docs(), "docs/clean.md is out of date: run `BITEXTO_BLESS=1 cargo test clean_page`");
    }
}
