//! How probable it is from their spelling alone that two words translate each other (after Simard, Foster & Isabelle 1992).
//! It knows regular spelling differences between Romance languages and English, and no dictionary.

use rustc_hash::FxHashMap;

use super::translations::Translations;
use super::vocabulary::{Kind, LONG, Vocabulary};

/// The least similarity at which two words count as cognates.
const LEAST_SIMILARITY: f64 = 0.6;
/// Words are compared if their skeletons begin with the same characters.
const SHARED_START: usize = 2;
/// A bucket of words with the same start is compared only with the neighbours of like length; more than this many are left out,
/// so that a huge vocabulary stays linear.
const MOST_CANDIDATES: usize = 400;

/// For every type that occurs on the source side: the target types that look like it, with the probability in (0, 1) that they translate it.
pub(super) fn cognates(vocabulary: &Vocabulary) -> Translations {
    let skeletons: Vec<String> = vocabulary.forms.iter().map(|form| skeleton(form)).collect();
    let buckets = buckets(vocabulary, &skeletons);
    (0..vocabulary.len())
        .map(|u| {
            if vocabulary.frequencies[u][0] == 0 {
                return Vec::new();
            }
            let mut found = Vec::new();
            if vocabulary.frequencies[u][1] > 0
                && let Some(q) = identical(vocabulary.kinds[u], &vocabulary.forms[u])
            {
                found.push((u as u32, q));
            }
            if is_comparable(vocabulary, u)
                && let Some(bucket) = start(&skeletons[u]).and_then(|start| buckets.get(start))
            {
                let pattern = Pattern::of(&skeletons[u]);
                let alike = bucket.iter().filter(|&&v| v as usize != u).take(MOST_CANDIDATES);
                found.extend(alike.filter_map(|&v| {
                    let similarity = pattern.similarity(&skeletons[v as usize]);
                    (similarity >= LEAST_SIMILARITY).then(|| (v, spelled_alike(similarity)))
                }));
            }
            found
        })
        .collect()
}

fn buckets<'a>(vocabulary: &Vocabulary, skeletons: &'a [String]) -> FxHashMap<&'a str, Vec<u32>> {
    let mut buckets: FxHashMap<&str, Vec<u32>> = FxHashMap::default();
    for (v, skeleton) in skeletons.iter().enumerate() {
        if vocabulary.frequencies[v][1] > 0
            && is_comparable(vocabulary, v)
            && let Some(start) = start(skeleton)
        {
            buckets.entry(start).or_default().push(v as u32);
        }
    }
    buckets
}

fn is_comparable(vocabulary: &Vocabulary, n: usize) -> bool {
    matches!(vocabulary.kinds[n], Kind::Long | Kind::Name) || (vocabulary.kinds[n] == Kind::Short && vocabulary.forms[n].len() >= LONG - 1)
}

fn start(skeleton: &str) -> Option<&str> {
    skeleton.get(..SHARED_START)
}

/// The probability that a form translates itself; short words in lower case (*me*, *son*, *once*) mostly do not.
fn identical(kind: Kind, form: &str) -> Option<f32> {
    match kind {
        Kind::Number => Some(0.9),
        Kind::Name => Some(0.85),
        Kind::Mark => Some(0.7),
        Kind::Long => Some(0.7),
        Kind::Short => (form.len() >= LONG - 1).then_some(0.4),
    }
}

fn spelled_alike(similarity: f64) -> f32 {
    let above = (similarity - LEAST_SIMILARITY) / (1.0 - LEAST_SIMILARITY);
    (0.05 + 0.6 * above) as f32
}

/// The form with regular spelling differences removed: `ph` and `f`, `ti` and `ci` before a vowel, `qu`, `ch`, `k` and hard `c`, double letters,
/// the `e` that Spanish puts before `s` and a consonant; ASCII letters only.
fn skeleton(form: &str) -> String {
    let letters: Vec<u8> =
        form.chars().filter_map(|c| u8::try_from(if c == 'ñ' { 'n' } else { c }).ok()).filter(u8::is_ascii_alphanumeric).collect();
    let mut out = String::with_capacity(letters.len());
    let at = |n: usize| letters.get(n).copied().unwrap_or(0);
    let mut n = 0;
    if at(0) == b'e' && at(1) == b's' && !is_vowel(at(2)) {
        n = 1;
    }
    while n < letters.len() {
        let (sound, width) = sound(at(n), at(n + 1), at(n + 2));
        if let Some(sound) = sound
            && !out.ends_with(sound)
        {
            out.push(sound);
        }
        n += width;
    }
    out
}

/// What a letter sounds like before two others, and how many letters that takes.
fn sound(letter: u8, next: u8, after: u8) -> (Option<char>, usize) {
    let (sound, width) = match (letter, next) {
        (b'p', b'h') => ('f', 2),
        (b't', b'h') => ('t', 2),
        (b'c', b'h' | b'k') => ('k', 2),
        (b'q', b'u') => ('k', 2),
        (b't', b'i') if is_vowel(after) => ('s', 1),
        (b'c', b'e' | b'i' | b'y') | (b'z', _) => ('s', 1),
        (b'c' | b'q', _) => ('k', 1),
        (b'y', _) => ('i', 1),
        (b'v', _) => ('b', 1),
        (b'j', _) => ('g', 1),
        (b'd', _) => ('t', 1),
        (b'h', _) => return (None, 1),
        _ => (char::from(letter), 1),
    };
    (Some(sound), width)
}

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

/// A skeleton prepared for comparison with many others: for each letter the places where it stands, as bits.
struct Pattern {
    places: [u64; 128],
    len: usize,
}

/// Longer skeletons are no words.
const LONGEST: usize = 40;

impl Pattern {
    fn of(skeleton: &str) -> Pattern {
        let mut places = [0; 128];
        for (n, letter) in skeleton.bytes().take(LONGEST).enumerate() {
            places[usize::from(letter & 127)] |= 1 << n;
        }
        Pattern { places, len: skeleton.len() }
    }

    /// Length of the longest common subsequence divided by the longer length (Melamed 1999), in [0, 1]; 0 where it cannot reach
    /// [`LEAST_SIMILARITY`]. The length is found for all places at once (Hyyrö 2004).
    fn similarity(&self, other: &str) -> f64 {
        let (short, long) = (self.len.min(other.len()), self.len.max(other.len()));
        if short < LONG - 1 || (short as f64) < LEAST_SIMILARITY * long as f64 || long > LONGEST {
            return 0.0;
        }
        let mut open = u64::MAX;
        for letter in other.bytes() {
            let here = open & self.places[usize::from(letter & 127)];
            open = open.wrapping_add(here) | (open - here);
        }
        (!open & ((1 << self.len) - 1)).count_ones() as f64 / long as f64
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn alike(a: &str, b: &str) -> bool {
        Pattern::of(&skeleton(a)).similarity(&skeleton(b)) >= LEAST_SIMILARITY
    }

    #[test]
    fn regular_spelling_differences_are_seen_through() {
        for (spanish, english) in
            [("accion", "action"), ("quimica", "chemical"), ("filosofia", "philosophy"), ("estado", "state"), ("unidad", "unity")]
        {
            assert!(alike(spanish, english), "{spanish} {english} {} {}", skeleton(spanish), skeleton(english));
        }
    }

    #[test]
    fn unlike_words_are_no_cognates() {
        for (spanish, english) in [("ventana", "window"), ("gobierno", "garden"), ("mesa", "measure")] {
            assert!(!alike(spanish, english), "{spanish} {english}");
        }
    }

    #[test]
    fn similarity_is_the_share_of_letters_in_common_order() {
        assert_eq!(Pattern::of("kanton").similarity("kantos"), 5.0 / 6.0);
        assert_eq!(Pattern::of("abcde").similarity("edcba"), 0.2);
    }

    #[test]
    fn letters_of_other_scripts_do_no_harm() {
        assert_eq!(skeleton("мир"), "");
        assert_eq!(skeleton("año"), "ano");
    }
}
