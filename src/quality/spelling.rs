//! How alike two folded forms are spelled, seen through the regular differences between Spanish, English and transliterations.
//! It knows no dictionary and allocates nothing but skeletons.

/// Longer forms are no words.
const LONGEST: usize = 40;

/// The length of the longest common subsequence divided by the longer length (Melamed 1999), in [0, 1]; 0 for forms that are empty or
/// longer than 40 bytes. All places of `a` are looked at at once (Hyyrö 2004).
pub(super) fn likeness(a: &str, b: &str) -> f64 {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short == 0 || long > LONGEST || 2 * short < long {
        return 0.0;
    }
    let mut open = u64::MAX;
    for letter in b.bytes() {
        let places = a.bytes().enumerate().filter(|(_, c)| *c == letter).fold(0_u64, |bits, (n, _)| bits | 1 << n);
        let here = open & places;
        open = open.wrapping_add(here) | (open - here);
    }
    f64::from((!open & ((1 << a.len()) - 1)).count_ones()) / long as f64
}

/// How many bytes the forms have in common at their beginning.
pub(super) fn common_start(a: &str, b: &str) -> usize {
    a.bytes().zip(b.bytes()).take_while(|(a, b)| a == b).count()
}

/// The form as it sounds: `ph` and `f`, `qu`, `ch`, `k` and hard `c`, `sch` and `sh`, `v` and `b`, `y` and `i`, `j` and `h` are one, double letters
/// are single, the `e` that Spanish puts before `s` and a consonant is left out. ASCII letters only.
pub(super) fn skeleton(form: &str) -> String {
    let letters: Vec<u8> =
        form.chars().filter_map(|c| u8::try_from(if c == 'ñ' { 'n' } else { c }).ok()).filter(u8::is_ascii_lowercase).collect();
    let at = |n: usize| letters.get(n).copied().unwrap_or(0);
    let mut out = String::with_capacity(letters.len());
    let mut n = usize::from(at(0) == b'e' && at(1) == b's' && !is_vowel(at(2)));
    while n < letters.len() {
        let (sound, width) = sound(at(n), at(n + 1), at(n + 2));
        if !out.ends_with(sound) {
            out.push_str(sound);
        }
        n += width;
    }
    out
}

/// The consonants of a skeleton.
pub(super) fn consonants(skeleton: &str) -> impl Iterator<Item = u8> + '_ {
    skeleton.bytes().filter(|b| !is_vowel(*b))
}

/// What a letter sounds like before two others, and how many letters that takes.
fn sound(letter: u8, next: u8, after: u8) -> (&'static str, usize) {
    match (letter, next) {
        (b's', b'c') if after == b'h' => ("s", 3),
        (b's', b'h') | (b'c', b'z') => ("s", 2),
        (b't', b'c') if after == b'h' => ("k", 3),
        (b't', b's') if after == b'c' || after == b'h' => ("k", 3),
        (b'c' | b'k', b'h') | (b'c', b'k') => ("k", 2),
        (b'q', b'u') if after == b'e' || after == b'i' => ("k", 2),
        (b'p', b'h') => ("f", 2),
        (b't', b'h') => ("t", 2),
        (b'd', b'h') => ("d", 2),
        (b'g', b'h' | b'u') if next == b'h' || after == b'e' || after == b'i' => ("g", 2),
        (b'n', b'y') => ("n", 2),
        (b't', b'i') if is_vowel(after) => ("s", 1),
        (b'c', b'e' | b'i' | b'y') | (b'z' | b's', _) => ("s", 1),
        (b'c' | b'q' | b'k', _) => ("k", 1),
        (b'o', b'u') => ("u", 2),
        (b'o', b'o') => ("u", 2),
        (b'e', b'e') => ("i", 2),
        _ => (ONE[usize::from(letter - b'a')], 1),
    }
}

/// What each letter from `a` to `z` sounds like where nothing else is known of it.
const ONE: [&str; 26] =
    ["a", "b", "k", "d", "e", "f", "g", "", "i", "", "k", "l", "m", "n", "o", "p", "k", "r", "s", "t", "u", "b", "u", "ks", "i", "s"];

fn is_vowel(letter: u8) -> bool {
    matches!(letter, b'a' | b'e' | b'i' | b'o' | b'u')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn likeness_is_the_share_of_letters_in_common_order() {
        assert_eq!(likeness("kanton", "kantos"), 5.0 / 6.0);
        assert_eq!(likeness("abcde", "edcba"), 0.2);
        assert_eq!(likeness("", "a"), 0.0);
        assert_eq!(likeness(&"a".repeat(70), &"a".repeat(70)), 0.0);
    }

    #[test]
    fn transliterations_sound_alike() {
        for (a, b) in [("gorbachov", "gorbachev"), ("yeltsin", "eltsin"), ("chaikovski", "tchaikovsky"), ("filosofia", "philosophy")] {
            let (a, b) = (skeleton(a), skeleton(b));
            assert!(likeness(&a, &b) >= 0.7, "{a} {b}");
        }
        assert_eq!(skeleton("мир"), "");
    }
}
