//! Numbers that can be compared across languages: digit strings without separators, and the commonest number words.
//! It does not compute values: `1.5` and `15` are the same to it, which is rare enough within one document.

use crate::text::Lang;

/// The digit strings of `text`, with separators between digits (`.`, `,`, `'`, a narrow or no-break space) removed.
pub(super) fn digits(text: &str) -> impl Iterator<Item = String> {
    let mut rest = text.chars().peekable();
    std::iter::from_fn(move || {
        let mut number = String::new();
        while let Some(c) = rest.next() {
            if let Some(digit) = c.to_digit(10) {
                number.extend(char::from_digit(digit, 10));
                continue;
            }
            let separates = is_separator(c) && rest.peek().is_some_and(char::is_ascii_digit);
            if !number.is_empty() && !separates {
                return Some(number);
            }
        }
        (!number.is_empty()).then_some(number)
    })
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | '\u{a0}' | '\u{2009}' | '\u{202f}')
}

/// The digit string that a folded number word of `lang` stands for. *Uno* and *one* are left out: they are mostly no numbers.
pub(super) fn word_value(lang: &Lang, folded: &str) -> Option<&'static str> {
    let words = match lang.primary() {
        "es" => SPANISH,
        "en" => ENGLISH,
        _ => return None,
    };
    words.binary_search_by_key(&folded, |(word, _)| word).ok().map(|n| words[n].1)
}

const SPANISH: &[(&str, &str)] = &[
    ("catorce", "14"),
    ("cien", "100"),
    ("ciento", "100"),
    ("cinco", "5"),
    ("cincuenta", "50"),
    ("cuarenta", "40"),
    ("cuatro", "4"),
    ("diez", "10"),
    ("doce", "12"),
    ("dos", "2"),
    ("mil", "1000"),
    ("millon", "1000000"),
    ("millones", "1000000"),
    ("noventa", "90"),
    ("nueve", "9"),
    ("ocho", "8"),
    ("once", "11"),
    ("quince", "15"),
    ("seis", "6"),
    ("sesenta", "60"),
    ("setenta", "70"),
    ("siete", "7"),
    ("trece", "13"),
    ("treinta", "30"),
    ("tres", "3"),
    ("veinte", "20"),
];

const ENGLISH: &[(&str, &str)] = &[
    ("eight", "8"),
    ("eleven", "11"),
    ("fifteen", "15"),
    ("fifty", "50"),
    ("five", "5"),
    ("forty", "40"),
    ("four", "4"),
    ("fourteen", "14"),
    ("hundred", "100"),
    ("million", "1000000"),
    ("millions", "1000000"),
    ("nine", "9"),
    ("ninety", "90"),
    ("seven", "7"),
    ("seventy", "70"),
    ("six", "6"),
    ("sixty", "60"),
    ("ten", "10"),
    ("thirteen", "13"),
    ("thirty", "30"),
    ("thousand", "1000"),
    ("three", "3"),
    ("twelve", "12"),
    ("twenty", "20"),
    ("two", "2"),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn separators_between_digits_do_not_count() {
        let found: Vec<_> = digits("En 2003, 1.250.000 y 3,5 (o 12 000).").collect();
        assert_eq!(found, ["2003", "1250000", "35", "12", "000"]);
    }

    #[test]
    fn a_number_at_the_end_is_found() {
        assert_eq!(digits("COVID-19").collect::<Vec<_>>(), ["19"]);
    }

    #[test]
    fn number_words_are_known_in_their_language_only() {
        assert_eq!(word_value(&Lang::ES, "once"), Some("11"));
        assert_eq!(word_value(&Lang::EN, "once"), None);
    }

    #[test]
    fn the_lists_are_sorted_for_the_search() {
        assert!(SPANISH.is_sorted() && ENGLISH.is_sorted());
    }
}
