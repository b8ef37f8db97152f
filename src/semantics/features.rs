//! What the encoder sees of a word: the word and its stem in their own language, its first letters and its digits in any language.
//! Each is a hash; what a feature means, the vector of it, lies in [`encoder`](super::encoder).

use crate::text::{Lang, fold, words::words};

/// A feature of a word: 32 bits of a hash, and whether it is one that both languages share.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Feature {
    /// The hash. Two features of 200 thousand share one with a probability of one in 200.
    pub hash: u32,
    /// True for digits and first letters, which mean the same in both languages.
    pub is_shared: bool,
}

/// Words of more letters than this have a stem: as many of their first letters.
const STEM: usize = 6;
/// The first letters that two kindred languages share.
const PREFIXES: [usize; 3] = [3, 4, 5];

/// The words of `text` as the encoder sees them: folded, a number of any spelling as its digits (`1.250` and `1,250` are `1250`).
pub fn forms(text: &str) -> impl Iterator<Item = String> {
    let mut words = parts(text).peekable();
    std::iter::from_fn(move || {
        let (at, word) = words.next()?;
        if !word.starts_with(|c: char| c.is_ascii_digit()) {
            return Some(fold(word).into_owned());
        }
        let (mut number, mut end) = (digits(word), at + word.len());
        while let Some((_, more)) = words.next_if(|(next, more)| continues_number(&text[end..*next], more)) {
            number.push_str(&digits(more));
            end = more.as_ptr() as usize - text.as_ptr() as usize + more.len();
        }
        Some(number)
    })
}

/// The words of `text`, and their parts between apostrophes: *Ana's* is *Ana* and *s*; with their byte offsets.
pub fn parts(text: &str) -> impl Iterator<Item = (usize, &str)> {
    words(text).flat_map(|(at, word)| {
        let start = word.as_ptr() as usize;
        // Hardly a word has an apostrophe; to look for its bytes first is cheaper.
        let most = if word.bytes().any(|byte| matches!(byte, b'\'' | 0xe2)) { usize::MAX } else { 1 };
        word.splitn(most, ['\'', '’']).map(move |part| (at + part.as_ptr() as usize - start, part))
    })
}

fn digits(word: &str) -> String {
    word.chars().filter(char::is_ascii_digit).collect()
}

fn continues_number(between: &str, word: &str) -> bool {
    matches!(between, "." | ",") && word.starts_with(|c: char| c.is_ascii_digit())
}

/// The features of one of [`forms`] in a language.
pub fn features(lang: &Lang, form: &str) -> impl Iterator<Item = Feature> {
    let is_number = form.starts_with(|c: char| c.is_ascii_digit());
    let number = is_number.then(|| shared('#', form));
    let word = (!is_number).then(|| own(lang, '=', form));
    let stem = first_letters(form, STEM).filter(|stem| !is_number && stem.len() < form.len()).map(|stem| own(lang, '~', stem));
    let prefixes = PREFIXES.iter().filter(move |_| !is_number).filter_map(|&n| first_letters(form, n)).map(|prefix| shared('^', prefix));
    number.into_iter().chain(word).chain(stem).chain(prefixes)
}

/// The first `n` letters, if there are so many.
fn first_letters(form: &str, n: usize) -> Option<&str> {
    let last = form.char_indices().nth(n - 1)?;
    Some(&form[..last.0 + last.1.len_utf8()])
}

fn own(lang: &Lang, kind: char, text: &str) -> Feature {
    Feature { hash: hash(lang.primary(), kind, text), is_shared: false }
}

fn shared(kind: char, text: &str) -> Feature {
    Feature { hash: hash("", kind, text), is_shared: true }
}

/// FNV-1a of 64 bits, then the upper half after a final mix (Appleby's fmix64, of MurmurHash3): stable, as files hold it.
fn hash(lang: &str, kind: char, text: &str) -> u32 {
    let mut hash: u64 = 0xcbf2_9ce4_8422_2325;
    for byte in lang.bytes().chain(std::iter::once(kind as u8)).chain(text.bytes()) {
        hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    }
    (mix(hash) >> 32) as u32
}

/// All bits of the number depend on all others.
pub(super) fn mix(mut x: u64) -> u64 {
    x = (x ^ (x >> 33)).wrapping_mul(0xff51_afd7_ed55_8ccd);
    x = (x ^ (x >> 33)).wrapping_mul(0xc4ce_b9fe_1a85_ec53);
    x ^ (x >> 33)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn count(lang: &Lang, form: &str) -> (usize, usize) {
        let all: Vec<Feature> = features(lang, form).collect();
        let shared = all.iter().filter(|f| f.is_shared).count();
        (all.len() - shared, shared)
    }

    #[test]
    fn numbers_are_their_digits_in_any_spelling() {
        assert_eq!(forms("Pagan 1.250,50 o 1,250.").collect::<Vec<_>>(), ["pagan", "125050", "o", "1250"]);
        assert_eq!(forms("1. 2").collect::<Vec<_>>(), ["1", "2"]);
        assert_eq!(forms("Ana’s 5").collect::<Vec<_>>(), ["ana", "s", "5"]);
        assert_eq!(count(&Lang::ES, "1250"), (0, 1));
    }

    #[test]
    fn a_word_has_its_form_its_stem_and_its_first_letters() {
        assert_eq!(count(&Lang::ES, "presidenta"), (2, 3));
        assert_eq!(count(&Lang::ES, "ley"), (1, 1));
        assert_eq!(count(&Lang::ES, "ña"), (1, 0));
    }

    #[test]
    fn only_first_letters_are_shared_between_languages() {
        let (es, en): (Vec<_>, Vec<_>) = (features(&Lang::ES, "metal").collect(), features(&Lang::EN, "metal").collect());
        assert_ne!(es[0], en[0]);
        assert_eq!(es[1..], en[1..]);
    }
}
