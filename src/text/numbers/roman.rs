//! Roman numerals in capitals, one to 3999, in their canonical spelling only.

const PARTS: [(&str, u16); 13] = [
    ("M", 1000),
    ("CM", 900),
    ("D", 500),
    ("CD", 400),
    ("C", 100),
    ("XC", 90),
    ("L", 50),
    ("XL", 40),
    ("X", 10),
    ("IX", 9),
    ("V", 5),
    ("IV", 4),
    ("I", 1),
];

/// The value of `text`, if it is spelt as [`spell`] would.
pub(super) fn read(text: &str) -> Option<u16> {
    if text.is_empty() || text.len() > 15 || !text.bytes().all(|b| b"IVXLCDM".contains(&b)) {
        return None;
    }
    let mut rest = text;
    let mut value = 0_u16;
    for (part, worth) in PARTS {
        while let Some(after) = rest.strip_prefix(part) {
            (rest, value) = (after, value + worth);
        }
    }
    (rest.is_empty() && value < 4000 && spell(value) == text).then_some(value)
}

fn spell(mut value: u16) -> String {
    let mut text = String::new();
    for (part, worth) in PARTS {
        while value >= worth {
            text.push_str(part);
            value -= worth;
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_canonical_spelling_is_a_numeral() {
        assert_eq!(read("XXI"), Some(21));
        assert_eq!(read("MCMXCIV"), Some(1994));
        for text in ["IIII", "VX", "IC", "", "xx", "MMMMM"] {
            assert_eq!(read(text), None, "{text}");
        }
    }
}
