//! What the bytes of a text are, sixty-four at a time: a bit for each. To go from one bit to the next is quicker than to ask every byte, as a processor
//! cannot foresee where a word ends. What is made of it is the business of others.

use wide::u8x16;

/// What each of up to sixty-four bytes is; the lowest bit is the first byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes {
    /// Letters of ASCII.
    pub letters: u64,
    /// Digits of ASCII.
    pub digits: u64,
    /// White space of ASCII.
    pub spaces: u64,
    /// Straight apostrophes.
    pub apostrophes: u64,
    /// Bytes beyond ASCII.
    pub beyond: u64,
    /// Those of them that begin no character.
    pub continuations: u64,
    /// Bytes of the text: all but the last sixty-four of it are full.
    pub all: u64,
}

/// Of a text, sixty-four bytes after sixty-four.
pub fn classes(text: &str) -> Vec<Classes> {
    let (blocks, last) = text.as_bytes().as_chunks::<64>();
    let mut found = Vec::with_capacity(blocks.len() + 1);
    found.extend(blocks.iter().map(|block| Classes::of(block, 64)));
    if !last.is_empty() {
        let mut block = [0; 64];
        block[..last.len()].copy_from_slice(last);
        found.push(Classes::of(&block, last.len()));
    }
    found
}

impl Classes {
    /// Of the first bytes of a block, the rest of which is 0; sixteen by sixteen, as many as a register has.
    #[inline]
    fn of(block: &[u8; 64], len: usize) -> Classes {
        let mut classes = Classes { all: u64::MAX >> (64 - len), ..Classes::default() };
        for (n, sixteen) in block.as_chunks::<16>().0.iter().enumerate() {
            let bytes = u8x16::new(*sixteen);
            let every = u8x16::splat;
            let is = |byte| bytes.simd_eq(every(byte));
            let within = |bytes: u8x16, first: u8, last: u8| {
                let from_first = bytes - every(first);
                from_first.min(every(last - first)).simd_eq(from_first)
            };
            let gathered = |found: u8x16| u64::from(found.to_bitmask()) << (16 * n);
            classes.letters |= gathered(within(bytes | every(0x20), b'a', b'z'));
            classes.digits |= gathered(within(bytes, b'0', b'9'));
            classes.spaces |= gathered(within(bytes, b'\t', b'\r') | is(b' '));
            classes.apostrophes |= gathered(is(b'\''));
            classes.beyond |= gathered(bytes);
            classes.continuations |= gathered(within(bytes, 0x80, 0xbf));
        }
        classes
    }
}

/// One to sixteen bytes from `at` on as two numbers; those that are missing are 0.
#[inline]
pub fn sixteen(text: &[u8], at: usize, len: usize) -> [u64; 2] {
    let bytes = match text[at..].first_chunk::<16>() {
        Some(bytes) => *bytes,
        None => {
            let mut bytes = [0; 16];
            bytes[..len].copy_from_slice(&text[at..at + len]);
            bytes
        }
    };
    let number = u128::from_le_bytes(bytes);
    let [low, high] = mask(len);
    [number as u64 & low, (number >> 64) as u64 & high]
}

/// The bits that so many bytes take in [`sixteen`].
#[inline]
pub fn mask(len: usize) -> [u64; 2] {
    const MASKS: [[u64; 2]; 17] = {
        let mut masks = [[0; 2]; 17];
        let mut len = 1;
        while len <= 16 {
            masks[len] = if len <= 8 { [u64::MAX >> (64 - 8 * len), 0] } else { [u64::MAX, u64::MAX >> (128 - 8 * len)] };
            len += 1;
        }
        masks
    };
    MASKS[len]
}

/// The places of the bits, in their order.
#[inline]
pub fn places(mut bits: u64) -> impl Iterator<Item = usize> {
    std::iter::from_fn(move || {
        let place = bits.trailing_zeros() as usize;
        (bits != 0).then(|| bits &= bits - 1)?;
        Some(place)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_has_its_class_wherever_it_stands() {
        for byte in 0..=255_u8 {
            for len in 1..=64 {
                let mut block = [0; 64];
                block[..len].fill(byte);
                let (found, all) = (Classes::of(&block, len), u64::MAX >> (64 - len));
                let expected = |is: bool| if is { all } else { 0 };
                let c = char::from(byte);
                assert_eq!(found.all, all);
                assert_eq!(found.letters, expected(c.is_ascii_alphabetic()), "{byte}");
                assert_eq!(found.digits, expected(c.is_ascii_digit()), "{byte}");
                assert_eq!(found.spaces, expected(c.is_ascii() && c.is_whitespace()), "{byte}");
                assert_eq!(found.apostrophes, expected(c == '\''), "{byte}");
                assert_eq!(found.beyond, expected(!c.is_ascii()), "{byte}");
                assert_eq!(found.continuations, expected(byte & 0xc0 == 0x80), "{byte}");
            }
        }
    }

    #[test]
    fn a_text_is_classed_in_blocks() {
        let text = format!("{}a1'é z", " ".repeat(63));
        let found = classes(&text);
        assert_eq!((found.len(), found[0].letters, found[0].spaces, found[0].all), (2, 1 << 63, u64::MAX >> 1, u64::MAX));
        let second = Classes {
            letters: 0b10_0000,
            digits: 1,
            spaces: 0b1_0000,
            apostrophes: 0b10,
            beyond: 0b1100,
            continuations: 0b1000,
            all: 0b11_1111,
        };
        assert_eq!(found[1], second);
        assert_eq!((classes("").len(), classes(&"x".repeat(64)).len()), (0, 1));
    }

    #[test]
    fn bytes_are_the_same_numbers_wherever_they_stand() {
        let text = b"una casa vieja de la casa";
        assert_eq!(sixteen(text, 4, 4), sixteen(text, 21, 4));
        assert_eq!(sixteen(text, 0, 8), [u64::from_le_bytes(*b"una casa"), 0]);
        assert_eq!(sixteen(text, 8, 9), [u64::from_le_bytes(*b" vieja d"), u64::from(b'e')]);
        assert_eq!(mask(9), [u64::MAX, 0xff]);
        assert_eq!(sixteen(text, 9, 16), [u64::from_le_bytes(*b"vieja de"), u64::from_le_bytes(*b" la casa")]);
    }

    #[test]
    fn places_are_those_of_the_bits() {
        assert_eq!(places(0b1001_0010).collect::<Vec<_>>(), [1, 4, 7]);
        assert_eq!(places(1 << 63).collect::<Vec<_>>(), [63]);
        assert_eq!(places(0).count(), 0);
    }
}
