//! The message catalogue: a finding → a line in Spanish or English. Keys and placeholders are the same in both files.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use crate::model::Finding;
use crate::text::Lang;

type Catalogue = BTreeMap<String, String>;

static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("messages/en.json")));
static SPANISH: LazyLock<Catalogue> = LazyLock::new(|| read(include_str!("messages/es.json")));

fn read(json: &str) -> Catalogue {
    serde_json::from_str(json).expect("the catalogues are read by a test")
}

/// The catalogue for `lang`: Spanish, or English for everything else.
fn catalogue(lang: &Lang) -> &'static Catalogue {
    if lang.primary() == "es" { &SPANISH } else { &ENGLISH }
}

/// The finding's message in `lang` with its values filled in; the key itself if the catalogue has no such message.
pub fn message(finding: &Finding, lang: &Lang) -> String {
    let Some(pattern) = catalogue(lang).get(&finding.message) else { return finding.message.clone() };
    fill(pattern, &finding.args)
}

/// Replaces `{name}` by its value, once: braces in a value stay as they are.
fn fill(pattern: &str, args: &BTreeMap<String, String>) -> String {
    let mut filled = String::with_capacity(pattern.len() + 32);
    let mut rest = pattern;
    while let Some((before, after)) = rest.split_once('{') {
        filled.push_str(before);
        let (name, after) = after.split_once('}').unwrap_or((after, ""));
        filled.push_str(args.get(name).map_or("", String::as_str));
        rest = after;
    }
    filled.push_str(rest);
    filled
}

/// The keys of the catalogue for `lang` with the names of their placeholders.
#[cfg(test)]
pub(super) fn placeholders(lang: &Lang) -> BTreeMap<&'static str, Vec<&'static str>> {
    let names = |pattern: &'static str| {
        let mut names: Vec<_> = pattern.split('{').skip(1).filter_map(|part| part.split('}').next()).collect();
        names.sort_unstable();
        names
    };
    catalogue(lang).iter().map(|(key, pattern)| (key.as_str(), names(pattern))).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn both_catalogues_have_the_same_keys_and_placeholders() {
        assert_eq!(placeholders(&Lang::EN), placeholders(&Lang::ES));
    }

    #[test]
    fn values_are_filled_in_once() {
        let args = BTreeMap::from([("source".to_string(), "{target}".to_string()), ("target".to_string(), "x".to_string())]);
        assert_eq!(fill("{source} → {target}{none}", &args), "{target} → x");
    }
}
