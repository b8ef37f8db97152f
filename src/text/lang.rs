//! Language codes: BCP-47 in, one canonical spelling out. It knows no names of languages and no data about them.

use std::fmt;
use std::str::FromStr;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

const CAPACITY: usize = 15;

/// A language code in canonical BCP-47 form (`es`, `es-CO`, `es-419`, `zh-Hant`), at most 15 characters, cheap to copy.
///
/// `ES`, `spa`, `es_co` and `es-co` are read as `es`, `es`, `es-CO` and `es-CO` (RFC 5646 §2.1.1; ISO 639-2 codes of the languages
/// this tool meets are mapped to their two-letter form).
///
/// ```
/// use bitexto::text::Lang;
/// let lang: Lang = "SPA".parse().unwrap();
/// assert_eq!(lang.as_str(), "es");
/// assert_eq!("es_co".parse::<Lang>().unwrap().as_str(), "es-CO");
/// assert!("not a language".parse::<Lang>().is_err());
/// ```
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Lang {
    bytes: [u8; CAPACITY],
    len: u8,
}

impl Lang {
    /// Spanish, without a region.
    pub const ES: Lang = Lang::ascii(b"es");
    /// English, without a region.
    pub const EN: Lang = Lang::ascii(b"en");

    pub(in crate::text) const fn ascii(code: &[u8; 2]) -> Lang {
        let mut bytes = [0; CAPACITY];
        bytes[0] = code[0];
        bytes[1] = code[1];
        Lang { bytes, len: 2 }
    }

    /// The canonical code.
    pub fn as_str(&self) -> &str {
        std::str::from_utf8(&self.bytes[..usize::from(self.len)]).unwrap_or("und")
    }

    /// The language without script and region: `es` for `es-CO`.
    pub fn primary(&self) -> &str {
        let code = &self.bytes[..usize::from(self.len)];
        let end = code.iter().position(|byte| *byte == b'-').unwrap_or(code.len());
        std::str::from_utf8(&code[..end]).unwrap_or("und")
    }

    /// True when both are the same language, whatever the region.
    pub fn same_language(&self, other: &Lang) -> bool {
        self == other || self.primary() == other.primary()
    }

    /// The code of the language that a file name ends with, and the name without it: `speech.es.txt` and `speech.es` give `speech` and `es`.
    ///
    /// Only codes of languages in [`KNOWN`] count, so that `notes.md` is not Moldavian.
    pub fn of_file_name(name: &str) -> Option<(&str, Lang)> {
        let name = name.strip_suffix(".gz").or_else(|| name.strip_suffix(".zst")).unwrap_or(name);
        let stem = name.strip_suffix(".txt").unwrap_or(name);
        let separators: &[char] = if stem.len() < name.len() { &['.', '_', '-'] } else { &['.'] };
        separators.iter().find_map(|separator| {
            let (rest, code) = stem.rsplit_once(*separator)?;
            let lang: Lang = code.parse().ok()?;
            lang.is_known().then_some((rest, lang))
        })
    }

    fn is_known(&self) -> bool {
        KNOWN.iter().any(|(two, _, _)| *two == self.primary())
    }
}

/// ISO 639-1, ISO 639-2/T and 639-2/B codes of the languages that file names and tags are matched against.
pub const KNOWN: &[(&str, &str, &str)] = &[
    ("ca", "cat", "cat"),
    ("de", "deu", "ger"),
    ("en", "eng", "eng"),
    ("es", "spa", "spa"),
    ("eu", "eus", "baq"),
    ("fr", "fra", "fre"),
    ("gl", "glg", "glg"),
    ("it", "ita", "ita"),
    ("pt", "por", "por"),
];

impl Default for Lang {
    /// `und`, the code of an undetermined language.
    fn default() -> Lang {
        let mut bytes = [0; CAPACITY];
        bytes[..3].copy_from_slice(b"und");
        Lang { bytes, len: 3 }
    }
}

/// Why a string is no language code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LangError(String);

impl fmt::Display for LangError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}` is not a language code such as `es`, `es-CO` or `spa`", self.0)
    }
}

impl std::error::Error for LangError {}

impl FromStr for Lang {
    type Err = LangError;

    fn from_str(code: &str) -> Result<Lang, LangError> {
        let error = || LangError(code.to_string());
        let mut canonical = String::new();
        for (n, part) in code.trim().split(['-', '_']).enumerate() {
            if part.is_empty() || part.len() > 8 || !part.bytes().all(|b| b.is_ascii_alphanumeric()) {
                return Err(error());
            }
            if n > 0 {
                canonical.push('-');
            }
            canonical.push_str(&canonical_subtag(n, part).ok_or_else(error)?);
        }
        if canonical.len() > CAPACITY {
            return Err(error());
        }
        let mut lang = Lang { bytes: [0; CAPACITY], len: u8::try_from(canonical.len()).map_err(|_| error())? };
        lang.bytes[..canonical.len()].copy_from_slice(canonical.as_bytes());
        Ok(lang)
    }
}

/// RFC 5646 §2.1.1: language in lower case, script in title case, region in upper case.
fn canonical_subtag(position: usize, part: &str) -> Option<String> {
    let lower = part.to_ascii_lowercase();
    if position == 0 {
        if !(2..=3).contains(&part.len()) || !part.bytes().all(|b| b.is_ascii_alphabetic()) {
            return None;
        }
        let two = KNOWN.iter().find(|(_, t, b)| *t == lower || *b == lower).map(|(two, _, _)| (*two).to_string());
        return Some(two.unwrap_or(lower));
    }
    Some(match part.len() {
        2 => part.to_ascii_uppercase(),
        4 if part.bytes().all(|b| b.is_ascii_alphabetic()) => part[..1].to_ascii_uppercase() + &lower[1..],
        _ => lower,
    })
}

impl fmt::Display for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.pad(self.as_str())
    }
}

impl fmt::Debug for Lang {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Lang({})", self.as_str())
    }
}

impl Serialize for Lang {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for Lang {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Lang, D::Error> {
        let code = std::borrow::Cow::<'de, str>::deserialize(deserializer)?;
        code.parse().map_err(serde::de::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn canonical(code: &str) -> String {
        code.parse::<Lang>().expect(code).to_string()
    }

    #[test]
    fn codes_have_one_spelling() {
        for (typed, expected) in [
            ("ES", "es"),
            ("spa", "es"),
            ("eng", "en"),
            ("es_co", "es-CO"),
            ("es-419", "es-419"),
            ("zh-hant-tw", "zh-Hant-TW"),
            ("fre", "fr"),
        ] {
            assert_eq!(canonical(typed), expected);
        }
    }

    #[test]
    fn what_is_no_code_is_refused() {
        for typed in ["", "e", "spanish", "es--CO", "es CO", "1s", "es-toolongsubtag"] {
            assert!(typed.parse::<Lang>().is_err(), "{typed}");
        }
    }

    #[test]
    fn a_file_name_tells_its_language() {
        let of = |name| Lang::of_file_name(name).map(|(stem, lang)| (stem, lang.to_string()));
        assert_eq!(of("speech.es.txt"), Some(("speech", "es".into())));
        assert_eq!(of("speech.en"), Some(("speech", "en".into())));
        assert_eq!(of("speech_spa.txt"), Some(("speech", "es".into())));
        assert_eq!(of("a.es-CO.txt.gz"), Some(("a", "es-CO".into())));
        assert_eq!(of("notes.md"), None);
        assert_eq!(of("one-es"), None);
        assert_eq!(of("speech.txt"), None);
    }
}
