//! How alike two forms are spelled. It knows no language and no dictionary.

/// Shorter forms are alike by chance.
const SHORTEST: usize = 4;

/// The length of the longest common subsequence divided by the longer length (Melamed 1999), in [0, 1]; 0 for forms of fewer than four
/// characters or more than 64. `e` before `s` and a consonant at the beginning does not count, as in *estado* and *state*.
pub fn likeness(a: &str, b: &str) -> f64 {
    let (a, b) = (letters(a), letters(b));
    let (short, long) = (a.len().min(b.len()), a.len().max(b.len()));
    if short < SHORTEST || long > 64 || 2 * short < long {
        return 0.0;
    }
    common(&a, &b) as f64 / long as f64
}

fn letters(form: &str) -> Vec<char> {
    let form = match form.as_bytes() {
        [b'e', b's', third, ..] if !b"aeiou".contains(third) => &form[1..],
        _ => form,
    };
    form.chars().map(|c| if c == 'ñ' { 'n' } else { c }).collect()
}

/// The length of the longest common subsequence, all places of `a` at once (Hyyrö 2004).
fn common(a: &[char], b: &[char]) -> u32 {
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
