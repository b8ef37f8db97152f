//! How alike two forms are spelled. It knows no language and no dictionary.

/// Shorter forms are alike by chance.
const SHORTEST: usize = 4;

/// The length of the longest common subsequence divided by the longer length (Melamed 1999), in [0, 1]; 0 for forms of fewer than four
/// characters or more than 64. `e` before `s` and a consonant at the beginning does not count, as in *estado* and *state*.
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (start(a), start(b));
    if a.is_ascii() && b.is_ascii() { alike(a.as_bytes(), b.as_bytes()) } else { alike(&letters(a), &letters(b)) }
}

fn alike<T: PartialEq>(a: &[T], b: &[T]) -> f64 {
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short < SHORTEST || long > 64 || 2 * short < long {
        return 0.0;
    }
    f64::from(common(a, b)) / long as f64
}

/// The form without the `e` that Spanish puts before `s` and a consonant.
fn start(form: &str) -> &str {
    match form.as_bytes() {
        [b'e', b's', third, ..] if !b"aeiou".contains(third) => &form[1..],
        _ => form,
    }
}

fn letters(form: &str) -> Vec<char> {
    form.chars().map(|c| if c == 'ñ' { 'n' } else { c }).collect()
}

/// The length of the longest common subsequence, all places of `a` at once (Hyyrö 2004).
fn common<T: PartialEq>(a: &[T], b: &[T]) -> u32 {
    let mut open = u64::MAX;
    for letter in b {
        let places = a.iter().enumerate().filter(|(_, c)| *c == letter).fold(0, |bits, (n, _)| bits | 1 << n);
        let here = open & places;
        open = open.wrapping_add(here) | (open - here);
    }
    let mask = if a.len() == 64 { u64::MAX } else { (1 << a.len()) - 1 };
    (!open & mask).count_ones()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cognates_are_alike_and_other_words_are_not() {
        assert!(likeness("constitucion", "constitution") > 0.8);
        assert!(likeness("estado", "state") >= 0.6);
        assert!(likeness("ventana", "window") < 0.5);
        assert_eq!(likeness("son", "son"), 0.0);
    }

    #[test]
    fn forms_of_any_length_and_script_can_be_compared() {
        let long = "ñ".repeat(64);
        assert_eq!(likeness(&long, &long), 1.0);
        assert_eq!(likeness(&"a".repeat(70), &"a".repeat(70)), 0.0);
        assert_eq!(likeness("", "мир"), 0.0);
    }
}
