//! Characters that an encoding or an editor left behind. It looks at one character and its neighbours; lines are not its business.

use super::{Repair, RepairKind};

/// The repairs of single characters of `text`, in order.
pub(super) fn repairs(text: &str) -> Vec<Repair> {
    let mut repairs = Vec::new();
    let mut at = 0;
    while let Some(odd) = next_odd(text.as_bytes(), at) {
        let start = text.floor_char_boundary(odd);
        let Some(c) = text[start..].chars().next() else { break };
        let end = start + c.len_utf8();
        let neighbours = [text[..start].chars().next_back(), text[end..].chars().next()];
        if let Some((put, kind)) = repair(c, neighbours) {
            repairs.push(Repair { start, end, put, kind });
        }
        at = end;
    }
    repairs
}

/// What is read in place of `c`, and why; nothing when it is right where it is.
fn repair(c: char, neighbours: [Option<char>; 2]) -> Option<(Option<char>, RepairKind)> {
    match c {
        '\u{80}'..='\u{9f}' if !neighbours[0].is_some_and(leads) => Some((Some(windows_1252(c)?), RepairKind::Windows1252)),
        '\0'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}' => Some((None, RepairKind::Control)),
        '\u{ad}' | '\u{2060}' | '\u{feff}' => Some((None, RepairKind::Invisible)),
        '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' if neighbours.into_iter().flatten().all(needs_none) => {
            Some((None, RepairKind::Invisible))
        }
        '\u{fffd}' => Some((Some(c), RepairKind::Lost)),
        _ => None,
    }
}

/// True for what UTF-8 that was read as Latin-1 has before a control: `Ã`, `Â`, `â`. The control is a part of a character then.
fn leads(c: char) -> bool {
    matches!(c, 'Â' | 'Ã' | 'â')
}

/// True for a character that joiners and marks of direction do nothing for: European letters, marks and spaces, no emoji, no Arabic.
fn needs_none(c: char) -> bool {
    c < '\u{590}' || ('\u{2000}'..='\u{206f}').contains(&c)
}

/// The character at that byte of windows-1252 (WHATWG Encoding Standard, index windows-1252), if it has one.
fn windows_1252(c: char) -> Option<char> {
    const MEANT: [char; 32] = [
        '€', '\0', '‚', 'ƒ', '„', '…', '†', '‡', 'ˆ', '‰', 'Š', '‹', 'Œ', '\0', 'Ž', '\0', '\0', '‘', '’', '“', '”', '•', '–', '—', '˜',
        '™', 'š', '›', 'œ', '\0', 'ž', 'Ÿ',
    ];
    MEANT.get((c as usize).checked_sub(0x80)?).copied().filter(|&meant| meant != '\0')
}

/// How many bytes are tested at once.
const BLOCK: usize = 1024;

/// The first byte from `at` on that may belong to a character of interest.
fn next_odd(bytes: &[u8], at: usize) -> Option<usize> {
    let mut from = at;
    while from < bytes.len() {
        let end = bytes.len().min(from + BLOCK);
        let block = &bytes[from..bytes.len().min(end + 2)];
        if any_odd(block) || end == bytes.len() {
            let found = (from..end).find(|&n| is_odd(bytes[n], after(bytes, n, 1), after(bytes, n, 2)));
            if found.is_some() {
                return found;
            }
        }
        from = end;
    }
    None
}

fn after(bytes: &[u8], n: usize, by: usize) -> u8 {
    bytes.get(n + by).copied().unwrap_or(b' ')
}

/// Without branches, so that the compiler takes many bytes at a time.
fn any_odd(block: &[u8]) -> bool {
    block.windows(3).fold(false, |odd, bytes| odd | is_odd(bytes[0], bytes[1], bytes[2]))
}

/// True for the first byte of U+0000–U+0008, U+000E–U+001F, U+007F–U+009F, U+00AD, U+200B–U+200F, U+202A–U+202E, U+2060, U+FEFF, U+FFFD and
/// few others.
fn is_odd(a: u8, b: u8, c: u8) -> bool {
    let within = |byte: u8, first: u8, last: u8| byte.wrapping_sub(first) <= last - first;
    let control = (a < 0x20) & !within(a, b'\t', b'\r') | (a == 0x7f);
    let latin = (a == 0xc2) & (within(b, 0x80, 0x9f) | (b == 0xad));
    let general = (a == 0xe2) & (((b == 0x80) & (within(c, 0x8b, 0x8f) | within(c, 0xaa, 0xae))) | ((b == 0x81) & (c == 0xa0)));
    let special = (a == 0xef) & (((b == 0xbb) & (c == 0xbf)) | ((b == 0xbf) & (c == 0xbd)));
    control | latin | general | special
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::layout::{Layout, Options};

    fn read(text: &str) -> String {
        Layout::of(text, Options::default()).read(text, 0..text.len()).into_owned()
    }

    #[test]
    fn controls_are_read_as_the_characters_of_windows_1252() {
        assert_eq!(read("\u{93}No\u{94}, dijo\u{85} \u{80}5 \u{96} ya"), "“No”, dijo… €5 – ya");
        assert_eq!(read("un \u{81} y \u{9d}"), "un \u{81} y \u{9d}", "windows-1252 has nothing there");
        assert_eq!(read("Ã\u{93}scar, â\u{80}\u{9c}"), "Ã\u{93}scar, â\u{80}\u{9c}".replace('\u{9c}', "œ"), "a part of a character");
    }

    #[test]
    fn what_cannot_be_seen_is_left_out_unless_a_script_needs_it() {
        assert_eq!(read("\u{feff}exam\u{ad}ple\u{200b} y\u{200d} \u{1}más\u{7f}"), "example y más");
        for needed in ["👩\u{200d}🚀", "نمی\u{200c}خواهم", "\u{200f}שלום", "tab\ty\r\nfin\u{b}"] {
            assert_eq!(read(needed), needed);
        }
    }

    #[test]
    fn a_lost_character_is_told_and_stays() {
        let repairs = repairs("pa\u{fffd}s");
        assert_eq!(repairs, [Repair { start: 2, end: 5, put: Some('\u{fffd}'), kind: RepairKind::Lost }]);
    }

    #[test]
    fn odd_characters_are_found_across_blocks() {
        for length in BLOCK - 4..BLOCK + 4 {
            let text = "a".repeat(length) + "\u{200b}" + &"¿".repeat(BLOCK) + "\u{93}";
            assert_eq!(repairs(&text).len(), 2);
        }
    }
}
