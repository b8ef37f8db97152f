//! What the bytes of a text are, sixty-four at a time: a bit for each. To go from one bit to the next is quicker than to ask every byte, as a processor
//! cannot foresee where a word ends. What is made of it is the business of others.

/// What each of up to sixty-four bytes is; the lowest bit is the first byte.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Classes {
    /// Letters of ASCII.
    pub letters: u64,
    /// Digits of ASCII.
    pub digits: u64,
    /// Straight apostrophes.
    pub apostrophes: u64,
    /// Bytes beyond ASCII.
    pub beyond: u64,
    /// Bytes of the text: all but the last sixty-four of it are full.
    pub all: u64,
}

/// Of a text, sixty-four bytes after sixty-four.
pub fn classes(text: &str) -> Vec<Classes> {
    text.as_bytes().chunks(64).map(Classes::of).collect()
}

impl Classes {
    /// Eight by eight: eight bytes are one number, and what is asked of it is asked of each.
    #[inline]
    fn of(bytes: &[u8]) -> Classes {
        let mut classes = Classes { all: u64::MAX >> (64 - bytes.len()), ..Classes::default() };
        let (eights, last) = bytes.as_chunks::<8>();
        eights.iter().enumerate().for_each(|(n, eight)| classes.add(8 * n, u64::from_le_bytes(*eight)));
        if !last.is_empty() {
            classes.add(8 * eights.len(), number(last, 0, last.len()));
        }
        classes
    }

    #[inline]
    fn add(&mut self, at: usize, eight: u64) {
        const ONES: u64 = u64::MAX / 255;
        const HIGH: u64 = ONES << 7;
        let low = eight & !HIGH;
        // The upper bit of each byte tells whether it is at least `least`: the bytes have seven bits, so that none carries into the next.
        let at_least = |bytes: u64, least: u8| bytes + ONES * u64::from(0x80 - least);
        let within = |bytes: u64, first: u8, last: u8| at_least(bytes, first) & !at_least(bytes, last + 1) & !eight & HIGH;
        // The upper bits, next to each other: the multiplication adds up shifted copies, of which no two bits meet.
        let gathered = |bits: u64| (bits >> 7).wrapping_mul(0x0102_0408_1020_4080) >> 56 << at;
        self.letters |= gathered(within(low | ONES << 5, b'a', b'z'));
        self.digits |= gathered(within(low, b'0', b'9'));
        self.apostrophes |= gathered(within(low, b'\'', b'\''));
        self.beyond |= gathered(eight & HIGH);
    }
}

/// One to eight bytes from `at` on as a number; those that are missing are 0.
#[inline]
pub fn number(text: &[u8], at: usize, len: usize) -> u64 {
    match text[at..].first_chunk::<8>() {
        Some(eight) => u64::from_le_bytes(*eight) & u64::MAX >> (64 - 8 * len),
        None => text[at..at + len].iter().rev().fold(0, |number, byte| number << 8 | u64::from(*byte)),
    }
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
            for len in [1, 7, 8, 9, 63, 64, 65, 130] {
                let bytes = vec![byte; len];
                for bytes in bytes.chunks(64) {
                    let (found, all) = (Classes::of(bytes), u64::MAX >> (64 - bytes.len()));
                    let expected = |is: bool| if is { all } else { 0 };
                    assert_eq!(found.all, all);
                    assert_eq!(found.letters, expected(byte.is_ascii_alphabetic()), "{byte}");
                    assert_eq!(found.digits, expected(byte.is_ascii_digit()), "{byte}");
                    assert_eq!(found.apostrophes, expected(byte == b'\''), "{byte}");
                    assert_eq!(found.beyond, expected(!byte.is_ascii()), "{byte}");
                }
            }
        }
        assert_eq!(
            classes("a1'é z")[0],
            Classes { letters: 0b100_0001, digits: 0b10, apostrophes: 0b100, beyond: 0b1_1000, all: 0b111_1111 }
        );
    }

    #[test]
    fn a_number_is_the_same_wherever_its_bytes_stand() {
        let text = b"casa de la casa";
        assert_eq!(number(text, 0, 4), number(text, 11, 4));
        assert_eq!(number(text, 0, 8), u64::from_le_bytes(*b"casa de "));
        assert_ne!(number(text, 0, 4), number(text, 0, 5));
    }

    #[test]
    fn places_are_those_of_the_bits() {
        assert_eq!(places(0b1001_0010).collect::<Vec<_>>(), [1, 4, 7]);
        assert_eq!(places(1 << 63).collect::<Vec<_>>(), [63]);
        assert_eq!(places(0).count(), 0);
    }
}
