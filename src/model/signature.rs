//! What produced a result: components with their versions and options. Never a path, a clock or a number of threads.

use std::collections::BTreeMap;
use std::fmt;

use serde::{Deserialize, Serialize};

/// Components by name with version and options, shown as `aligner:1|max-bead:5x5|segmenter:1` (after sacreBLEU's signature).
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(transparent)]
pub struct Signature(pub BTreeMap<String, String>);

impl Signature {
    /// The same signature with one more component.
    #[must_use]
    pub fn with(mut self, component: &str, value: impl fmt::Display) -> Signature {
        self.0.insert(component.to_string(), value.to_string());
        self
    }

    /// The signature that is shown as `line`.
    pub fn parse(line: &str) -> Signature {
        let parts = line.split('|').filter_map(|part| part.split_once(':'));
        Signature(parts.map(|(component, value)| (component.to_string(), value.to_string())).collect())
    }

    /// The components of both.
    #[must_use]
    pub fn and(mut self, other: &Signature) -> Signature {
        self.0.extend(other.0.iter().map(|(k, v)| (k.clone(), v.clone())));
        self
    }
}

impl fmt::Display for Signature {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (n, (component, value)) in self.0.iter().enumerate() {
            write!(f, "{}{component}:{value}", if n > 0 { "|" } else { "" })?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_signature_reads_in_one_line_in_one_order() {
        let signature = Signature::default().with("segmenter", 1).with("aligner", 1).and(&Signature::default().with("max-bead", "5x5"));
        assert_eq!(signature.to_string(), "aligner:1|max-bead:5x5|segmenter:1");
        assert_eq!(Signature::parse(&signature.to_string()), signature);
    }
}
