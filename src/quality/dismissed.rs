//! Findings that somebody has looked at and dismissed, by their keys. Who did and why is not kept here: a line of a file or an event of a review tells.

use std::collections::BTreeSet;

use crate::error::{Error, Result};
use crate::model::Finding;
use crate::text::hash::from_base32;

/// Keys ([`Finding::key`]) of findings that need no more attention. Collect them from wherever dismissals are kept.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Dismissed {
    keys: BTreeSet<String>,
}

impl Dismissed {
    /// Reads keys, one a line; the rest of a line, after a blank, is the reason. `#` begins a comment. The error names the line.
    ///
    /// ```
    /// use bitexto::quality::Dismissed;
    /// let dismissed = Dismissed::parse("# by hand\nmexrff2axeb5vwwzoe6cvtfl3m the figure is a year\n").expect("a key");
    /// assert_eq!(dismissed.keys().count(), 1);
    /// ```
    pub fn parse(text: &str) -> Result<Dismissed> {
        let lines = text.lines().enumerate().filter_map(|(n, line)| Some((n, line.split_whitespace().next()?)));
        let keys = lines.filter(|(_, first)| !first.starts_with('#')).map(|(n, key)| {
            let malformed =
                || Error::new(format!("`{key}` is no key of a finding")).hint("`check --json` prints the keys").at_line(n as u64 + 1);
            from_base32(key).map(|_| key.to_string()).ok_or_else(malformed)
        });
        Ok(Dismissed { keys: keys.collect::<Result<_>>()? })
    }

    /// The keys, in order.
    pub fn keys(&self) -> impl Iterator<Item = &str> {
        self.keys.iter().map(String::as_str)
    }

    /// Takes the dismissed ones out of the findings of a pair, and returns their keys.
    pub fn take(&self, source: &str, target: &str, findings: &mut Vec<Finding>) -> Vec<String> {
        if self.keys.is_empty() {
            return Vec::new();
        }
        let mut taken = Vec::new();
        findings.retain(|finding| {
            let key = finding.key(source, target);
            let open = !self.keys.contains(&key);
            if !open {
                taken.push(key);
            }
            open
        });
        taken
    }
}

impl FromIterator<String> for Dismissed {
    fn from_iter<K: IntoIterator<Item = String>>(keys: K) -> Dismissed {
        Dismissed { keys: keys.into_iter().collect() }
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Context, Pair, Selection, check};
    use super::*;
    use crate::text::Lang;

    const PAIR: Pair<'_> = Pair { source: "¿Murieron 12?", target: "21 died.", source_lang: Lang::ES, target_lang: Lang::EN };

    #[test]
    fn a_dismissed_finding_is_taken_out_and_the_others_stay() {
        let mut findings = check(&PAIR, &Context::default(), &Selection::all());
        let all = findings.len();
        let key = findings[0].key(PAIR.source, PAIR.target);
        let dismissed = Dismissed::parse(&format!("{key}\tlooked up\n\n  # {key}\n")).expect("a key");
        assert_eq!(dismissed.take(PAIR.source, PAIR.target, &mut findings), std::slice::from_ref(&key));
        assert_eq!(findings.len(), all - 1);
        assert!(all > 1 && findings.iter().all(|finding| finding.key(PAIR.source, PAIR.target) != key));
        assert!(dismissed.take(PAIR.source, "12 died.", &mut findings).is_empty());
    }

    #[test]
    fn what_is_no_key_is_named_with_its_line() {
        let error = Dismissed::parse("# keys\nnumber 12\n").expect_err("no key").in_file(std::path::Path::new("d.txt"));
        assert!(error.to_string().starts_with("d.txt:2: `number` is no key"), "{error}");
    }
}
