//! Folding for duplicates: what of a spelling counts when two texts are compared. Nothing that is kept is changed by it.

use unicode_normalization::UnicodeNormalization;

use super::named;
use crate::text;

/// What of a spelling does not count.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Fold {
    /// Everything counts, to the byte.
    None,
    /// Case, Unicode form and white space do not: NFC, lower case, every run of white space one blank. Punctuation, accents and digits count, as *sí* is
    /// not *si* and *¿Viene?* is not *Viene.*; what remains is a difference in layout alone, so it is the default.
    #[default]
    Case,
    /// Only letters without their accents and digits count; `ñ` stays `ñ`. Blanks do not count, so that tokenized text is like any other. What stands
    /// between two digits becomes one blank, as 1,5 is not 15. A text without letters and digits is folded as by [`Fold::Case`].
    Letters,
}

impl Fold {
    /// All of them.
    pub const ALL: [Fold; 3] = [Fold::None, Fold::Case, Fold::Letters];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Fold::None => "none",
            Fold::Case => "case",
            Fold::Letters => "letters",
        }
    }

    /// The folding with that name.
    pub fn named(name: &str) -> Result<Fold, String> {
        named("folding", name, Fold::ALL, Fold::name)
    }

    /// Appends the folded `text` to `out`.
    pub fn push(self, text: &str, out: &mut Vec<u8>) {
        match self {
            Fold::None => out.extend_from_slice(text.as_bytes()),
            Fold::Case => push_case(text, out),
            Fold::Letters => {
                let start = out.len();
                push_letters(text, out);
                if out.len() == start {
                    push_case(text, out);
                }
            }
        }
    }
}

fn push_case(text: &str, out: &mut Vec<u8>) {
    push_common(text, out, common_case, |text, out| {
        let start = out.len();
        let lower: String = text.nfc().flat_map(char::to_lowercase).nfc().collect();
        for word in lower.split_whitespace() {
            if out.len() > start {
                out.push(b' ');
            }
            out.extend_from_slice(word.as_bytes());
        }
    });
}

fn push_letters(text: &str, out: &mut Vec<u8>) {
    push_common(text, out, common_letters, |text, out| {
        let (start, mut gap) = (out.len(), false);
        let compatible: String = text.nfkc().collect();
        for c in text::fold(&compatible).chars() {
            if !c.is_alphanumeric() {
                gap = true;
                continue;
            }
            if gap && c.is_numeric() && out[start..].last().is_some_and(u8::is_ascii_digit) {
                out.push(b' ');
            }
            gap = false;
            out.extend_from_slice(c.encode_utf8(&mut [0; 4]).as_bytes());
        }
    });
}

/// Most text is ASCII, Latin-1 and general punctuation, which is folded byte by byte, several times as fast as by the Unicode tables (16 CPU seconds
/// became 5 for 2 million pairs). `common` writes into as many bytes as there are, and says how many it wrote, or `None` where a character needs
/// the tables.
fn push_common(text: &str, out: &mut Vec<u8>, common: fn(&[u8], &mut [u8]) -> Option<usize>, tables: fn(&str, &mut Vec<u8>)) {
    let start = out.len();
    out.resize(start + text.len(), 0);
    match common(text.as_bytes(), &mut out[start..]) {
        Some(len) => out.truncate(start + len),
        None => {
            out.truncate(start);
            tables(text, out);
        }
    }
}

/// ASCII in lower case; 0 for white space and for what is no ASCII character.
const SMALL: [u8; 256] = {
    let mut table = [0; 256];
    let mut byte = 0u8;
    while byte < 0x80 {
        table[byte as usize] = if matches!(byte, b' ' | b'\t'..=b'\r') { 0 } else { byte.to_ascii_lowercase() };
        byte += 1;
    }
    table
};

fn common_case(text: &[u8], into: &mut [u8]) -> Option<usize> {
    let (mut at, mut len) = (0, 0);
    while let Some(&byte) = text.get(at) {
        let small = SMALL[usize::from(byte)];
        if small != 0 {
            into[len] = small;
            (at, len) = (at + 1, len + 1);
            continue;
        }
        let character = &text[at..at + width(&text[at..])?];
        at += character.len();
        if is_blank(character) {
            if len > 0 && into[len - 1] != b' ' {
                into[len] = b' ';
                len += 1;
            }
            continue;
        }
        into[len..len + character.len()].copy_from_slice(character);
        if let &[0xc3, second @ (0x80..=0x96 | 0x98..=0x9e)] = character {
            into[len + 1] = second | 0x20;
        }
        len += character.len();
    }
    Some(if len > 0 && into[len - 1] == b' ' { len - 1 } else { len })
}

fn common_letters(text: &[u8], into: &mut [u8]) -> Option<usize> {
    let (mut at, mut len, mut gap) = (0, 0, false);
    while at < text.len() {
        let character = &text[at..at + width(&text[at..])?];
        at += character.len();
        let letter = match *character {
            [byte] if byte.is_ascii_alphanumeric() => byte.to_ascii_lowercase(),
            [0xc3, second] => match second | 0x20 {
                // × and ÷ are no letters; ñ stays, and so do the letters that are more than a letter with an accent.
                _ if second == 0x97 || second == 0xb7 => 0,
                0xa0..=0xa5 => b'a',
                0xa7 => b'c',
                0xa8..=0xab => b'e',
                0xac..=0xaf => b'i',
                0xb2..=0xb6 => b'o',
                0xb9..=0xbc => b'u',
                0xbd => b'y',
                _ if second == 0x9f => return None,
                0xbf => b'y',
                small => {
                    into[len..len + 2].copy_from_slice(&[0xc3, small]);
                    (len, gap) = (len + 2, false);
                    continue;
                }
            },
            // What is no letter, or a letter only by compatibility: ª, º, µ, superior digits, fractions.
            [0xc2, 0xaa | 0xb2 | 0xb3 | 0xb5 | 0xb9 | 0xba | 0xbc..=0xbe] => return None,
            _ => 0,
        };
        if letter == 0 {
            gap = true;
            continue;
        }
        if gap && letter.is_ascii_digit() && len > 0 && into[len - 1].is_ascii_digit() {
            into[len] = b' ';
            len += 1;
        }
        into[len] = letter;
        (len, gap) = (len + 1, false);
    }
    Some(len)
}

/// Bytes of the first character, if it is one of ASCII, Latin-1 or U+2000 to U+203F: none of them is changed by NFC but for blanks, or composes with the next.
fn width(text: &[u8]) -> Option<usize> {
    match text {
        [0..0x80, ..] => Some(1),
        [0xc2 | 0xc3, _, ..] => Some(2),
        [0xe2, 0x80, _, ..] => Some(3),
        _ => None,
    }
}

/// White space, of the characters that [`width`] knows.
fn is_blank(character: &[u8]) -> bool {
    match character {
        [b' ' | b'\t'..=b'\r'] | [0xc2, 0x85 | 0xa0] => true,
        [0xe2, 0x80, third] => matches!(third, 0x80..=0x8a | 0xa8 | 0xa9 | 0xaf),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn folded(fold: Fold, text: &str) -> String {
        let mut out = Vec::new();
        fold.push(text, &mut out);
        String::from_utf8(out).expect("folded text is text")
    }

    #[test]
    fn case_form_and_white_space_do_not_count_and_the_rest_does() {
        assert_eq!(folded(Fold::Case, "  ¿QUÉ\u{a0}\u{2009}pasó\tAYER? "), "¿qué pasó ayer?");
        assert_eq!(folded(Fold::Case, "AN\u{303}O"), "año");
        assert_ne!(folded(Fold::Case, "Sí."), folded(Fold::Case, "Si."));
        assert_ne!(folded(Fold::Case, "Sí."), folded(Fold::Case, "Sí"));
    }

    #[test]
    fn the_fast_way_and_the_tables_agree() {
        // The last letter needs the tables, and so does the text it ends.
        for fold in [Fold::Case, Fold::Letters] {
            for c in ('\0'..='\u{ff}').chain('\u{2000}'..='\u{203f}') {
                let text: String = ['A', c, 'É', c, c, '1', c, '2', ' '].iter().collect();
                let by_tables = folded(fold, &format!("{text}ω"));
                let expected = by_tables.strip_suffix('ω').expect("the last letter").trim_end_matches(' ');
                assert_eq!(folded(fold, &text), expected, "{c:?}");
            }
        }
    }

    #[test]
    fn letters_alone_count_without_their_accents_and_blanks() {
        assert_eq!(folded(Fold::Letters, "¿Qué pasó, Año?"), folded(Fold::Letters, "que paso año"));
        assert_eq!(folded(Fold::Letters, "Hola , mundo ."), "holamundo");
        assert_ne!(folded(Fold::Letters, "el año"), folded(Fold::Letters, "el ano"));
    }

    #[test]
    fn a_decimal_sign_is_not_nothing() {
        assert_eq!(folded(Fold::Letters, "1,5 kg"), folded(Fold::Letters, "1.5 kg"));
        assert_ne!(folded(Fold::Letters, "1,5 kg"), folded(Fold::Letters, "15 kg"));
    }

    #[test]
    fn text_without_letters_is_still_compared() {
        assert_ne!(folded(Fold::Letters, "¡!"), folded(Fold::Letters, "¿?"));
    }
}
