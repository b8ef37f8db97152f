//! Content hashes: ids and text hashes. No clock, no random number, no path goes into one.

/// 128 bits in lower-case base32 (RFC 4648 alphabet, no padding): 26 characters.
pub fn base32(bytes: &[u8; 16]) -> String {
    const ALPHABET: &[u8; 32] = b"abcdefghijklmnopqrstuvwxyz234567";
    let value = u128::from_be_bytes(*bytes);
    // 26 characters hold 130 bits: the two spare bits are the low bits of the last character.
    (0..26)
        .map(|n| {
            let five = if n < 25 { value >> (123 - 5 * n) } else { value << 2 };
            char::from(ALPHABET[(five & 31) as usize])
        })
        .collect()
}

/// The inverse of [`base32`]; `None` for anything it cannot have made.
pub fn from_base32(text: &str) -> Option<[u8; 16]> {
    if text.len() != 26 {
        return None;
    }
    let mut value: u128 = 0;
    for (n, b) in text.bytes().enumerate() {
        let five = match b {
            b'a'..=b'z' => b - b'a',
            b'2'..=b'7' => b - b'2' + 26,
            _ => return None,
        };
        if n < 25 {
            value = (value << 5) | u128::from(five);
        } else {
            if five & 3 != 0 {
                return None;
            }
            value = (value << 3) | u128::from(five >> 2);
        }
    }
    Some(value.to_be_bytes())
}

/// BLAKE3 of the parts, each preceded by its length so that no two lists of parts collide, cut to 128 bits.
pub fn digest<'a>(parts: impl IntoIterator<Item = &'a [u8]>) -> [u8; 16] {
    let mut hasher = blake3::Hasher::new();
    for part in parts {
        hasher.update(&(part.len() as u64).to_le_bytes());
        hasher.update(part);
    }
    let mut short = [0; 16];
    short.copy_from_slice(&hasher.finalize().as_bytes()[..16]);
    short
}

/// The hash of a file's or document's content: 26 characters of base32.
pub fn content_hash(bytes: &[u8]) -> String {
    base32(&digest([bytes]))
}

/// The hash shared by all units with the same two texts, whatever their origin: 26 characters of base32.
pub fn text_hash(source: &str, target: &str) -> String {
    base32(&digest([source.as_bytes(), target.as_bytes()]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn base32_goes_there_and_back() {
        for bytes in [[0; 16], [255; 16], *b"0123456789abcdef"] {
            let text = base32(&bytes);
            assert_eq!(text.len(), 26);
            assert_eq!(from_base32(&text), Some(bytes));
        }
        assert_eq!(from_base32("short"), None);
        assert_eq!(from_base32(&"1".repeat(26)), None);
    }

    #[test]
    fn parts_do_not_run_into_each_other() {
        assert_ne!(text_hash("a", "bc"), text_hash("ab", "c"));
    }
}
