//! What the characters of one text are: letters, digits, marks of punctuation, leftovers of markup and of wrong encodings, loops.

use unicode_normalization::char::is_combining_mark;

use crate::text::classes::{Classes, number, places};
use crate::text::words::is_latin;

/// Counts and shares of one text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Marks {
    /// Characters.
    pub characters: f32,
    /// Share of letters among the characters that are no white space.
    pub letters: f32,
    /// Digits.
    pub digits: f32,
    /// Question marks that end a question, and exclamation marks.
    pub questions: f32,
    pub exclamations: f32,
    /// Quotation marks and brackets.
    pub quotes: f32,
    pub brackets: f32,
    /// Ends of sentences.
    pub sentences: f32,
    /// Characters of tags, templates, addresses and entities.
    pub markup: f32,
    /// Characters that texts in a wrong encoding are full of.
    pub garbled: f32,
    /// The longest run of words that is said again at once, in characters, as a share of the text.
    pub repeated: f32,
    /// Marks that are none of the above.
    pub others: f32,
    /// What the text ends with.
    pub end: End,
    /// Words, as white space has them, and the characters of the longest.
    pub words: u32,
    pub longest_word: u32,
    /// The longest run of words that are one letter.
    pub lone_letters: u32,
}

/// What a text ends with, quotation marks and brackets aside.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) enum End {
    /// A letter or a digit.
    #[default]
    Word,
    /// A full stop or dots.
    Stop,
    /// A question mark.
    Question,
    /// An exclamation mark.
    Exclamation,
    /// A comma, a colon, a dash: more should come.
    Open,
}

impl Marks {
    /// `classes` are those of the text.
    pub(super) fn of(text: &str, classes: &[Classes]) -> Marks {
        let mut counts = Counts::default();
        let bytes = text.as_bytes();
        // Most of a text is letters, of which a run is counted at once.
        let mut done = 0;
        for (n, classes) in classes.iter().enumerate() {
            for at in places(!classes.letters & classes.all).map(|place| 64 * n + place) {
                // What is left of a character that was seen.
                if at < done {
                    continue;
                }
                counts.letters(bytes, done, at);
                done = at + 1;
                if bytes[at].is_ascii() {
                    counts.ascii(bytes[at]);
                } else if let Some(c) = text[at..].chars().next() {
                    counts.other(c);
                    done = at + c.len_utf8();
                }
            }
        }
        counts.letters(bytes, done, bytes.len());
        counts.word_ends();
        Marks {
            characters: counts.characters as f32,
            letters: counts.letters as f32 / counts.visible.max(1) as f32,
            digits: counts.of(DIGIT),
            questions: counts.of(QUESTION),
            exclamations: counts.of(EXCLAMATION),
            quotes: counts.of(QUOTE),
            brackets: counts.of(BRACKET),
            sentences: counts.sentences as f32,
            markup: counts.of(MARKUP) + 2.0 * counts.slashes as f32,
            garbled: counts.garbled as f32,
            repeated: if counts.may_repeat { repeated(text) } else { 0.0 },
            others: counts.of(OTHER),
            end: end(text),
            words: counts.words,
            longest_word: counts.longest_word,
            lone_letters: counts.lone_letters,
        }
    }
}

/// What a character is, as far as marks are concerned; the last few are counted.
type Kind = u8;
const NONE: Kind = 0;
const SPACE: Kind = 1;
const DIGIT: Kind = 2;
const QUESTION: Kind = 3;
const EXCLAMATION: Kind = 4;
const QUOTE: Kind = 5;
const BRACKET: Kind = 6;
const MARKUP: Kind = 7;
const OTHER: Kind = 8;
const CONTROL: Kind = 9;
const KINDS: usize = 10;

/// The kind of each ASCII character.
const ASCII: [Kind; 128] = {
    let mut kinds = [NONE; 128];
    let mut c = 0;
    while c < 128 {
        kinds[c as usize] = match c {
            b'0'..=b'9' => DIGIT,
            b' ' | 9..=13 => SPACE,
            0..=8 | 14..=31 | 127 => CONTROL,
            b'?' => QUESTION,
            b'!' => EXCLAMATION,
            b'"' => QUOTE,
            b'(' | b')' => BRACKET,
            b'<' | b'>' | b'{' | b'}' | b'[' | b']' | b'|' | b'=' | b'\\' | b'_' | b'~' | b'^' => MARKUP,
            b'&' | b';' | b'#' | b'%' | b'$' | b'*' | b'@' | b'+' => OTHER,
            _ => NONE,
        };
        c += 1;
    }
    kinds
};

/// For each distance in words how many in a row must be the same as those so many before, and one more, for a loop: one word is said three times,
/// more are said twice. Nothing is looked for from seven words on; eight numbers are what a processor compares at once.
const LOOP: [u32; LOOKED_BACK] = [1, 1, 2, 3, 4, 5, u32::MAX, u32::MAX];
const LOOKED_BACK: usize = 8;

/// What is counted on the way through a text.
#[derive(Debug)]
struct Counts {
    kinds: [u32; KINDS],
    characters: u32,
    letters: u32,
    visible: u32,
    sentences: u32,
    slashes: u32,
    garbled: u32,
    words: u32,
    longest_word: u32,
    /// Words of one letter in a row, now and at most.
    lone: u32,
    lone_letters: u32,
    /// For each distance, how many words in a row are the same as those so many words before; and whether ever enough are.
    runs: [u32; LOOKED_BACK],
    may_repeat: bool,
    /// The two characters before.
    first: char,
    before: char,
    /// The word that is being read: its hash and characters; and the hashes of the last ones, the latest first.
    hash: u32,
    length: u32,
    recent: [u32; LOOKED_BACK],
}

impl Default for Counts {
    fn default() -> Counts {
        Counts {
            kinds: [0; KINDS],
            characters: 0,
            letters: 0,
            visible: 0,
            sentences: 0,
            slashes: 0,
            garbled: 0,
            words: 0,
            longest_word: 0,
            lone: 0,
            lone_letters: 0,
            runs: [0; LOOKED_BACK],
            may_repeat: false,
            first: ' ',
            before: ' ',
            hash: SEED,
            length: 0,
            recent: [SEED; LOOKED_BACK],
        }
    }
}

/// The hash of a word before its first letter.
const SEED: u32 = 0x811c_9dc5;

impl Counts {
    /// A run of ASCII letters.
    #[inline]
    fn letters(&mut self, text: &[u8], start: usize, end: usize) {
        if start == end {
            return;
        }
        let run = &text[start..end];
        let count = run.len() as u32;
        self.characters += count;
        self.letters += count;
        self.visible += count;
        self.length += count;
        let mut at = start;
        while at < end {
            self.mix(number(text, at, (end - at).min(8)));
            at += 8;
        }
        self.garbled += u32::from(self.before == '?' && run[0].is_ascii_lowercase() && self.first.is_lowercase());
        for byte in &run[run.len().saturating_sub(2)..] {
            (self.first, self.before) = (self.before, char::from(*byte));
        }
    }

    /// Hashes more of the word: by the upper half of a product with the golden ratio.
    #[inline]
    fn mix(&mut self, number: u64) {
        self.hash = ((u64::from(self.hash) ^ number).wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32;
    }

    /// Any other ASCII character.
    #[inline]
    fn ascii(&mut self, byte: u8) {
        let kind = ASCII[usize::from(byte & 0x7f)];
        self.kinds[usize::from(kind)] += 1;
        self.characters += 1;
        if kind == SPACE {
            self.sentences += u32::from(matches!(self.before, '.' | '!' | '?' | '…'));
            self.word_ends();
        } else {
            self.visible += 1;
            self.length += 1;
            self.mix(u64::from(byte));
            self.slashes += u32::from(byte == b'/' && matches!(self.before, '/' | '<'));
            self.garbled += u32::from(kind == CONTROL);
        }
        (self.first, self.before) = (self.before, char::from(byte));
    }

    /// A combining mark is no character of its own: NFC and NFD weigh the same.
    fn other(&mut self, c: char) {
        if c >= '\u{300}' && is_combining_mark(c) {
            return;
        }
        self.characters += 1;
        if !is_latin(c) && c.is_whitespace() {
            self.sentences += u32::from(matches!(self.before, '.' | '!' | '?' | '…'));
            self.word_ends();
        } else {
            self.letters += u32::from(is_latin(c) || c.is_alphabetic());
            self.visible += 1;
            self.length += 1;
            self.mix(u64::from(u32::from(c)));
            self.kinds[usize::from(QUOTE)] += u32::from(matches!(c, '«' | '»' | '“' | '”' | '„'));
            self.garbled += u32::from(is_garbled([self.first, self.before, c]));
        }
        (self.first, self.before) = (self.before, c);
    }

    fn word_ends(&mut self) {
        if self.length == 0 {
            return;
        }
        for n in 0..LOOKED_BACK {
            self.runs[n] = if self.recent[n] == self.hash { self.runs[n] + 1 } else { 0 };
        }
        self.may_repeat |= (0..LOOKED_BACK).fold(false, |found, n| found | (self.runs[n] > LOOP[n]));
        self.recent.copy_within(..LOOKED_BACK - 1, 1);
        self.recent[0] = self.hash;
        self.words += 1;
        self.longest_word = self.longest_word.max(self.length);
        self.lone = if self.length == 1 && self.before.is_alphabetic() { self.lone + 1 } else { 0 };
        self.lone_letters = self.lone_letters.max(self.lone);
        (self.hash, self.length) = (SEED, 0);
    }

    fn of(&self, kind: Kind) -> f32 {
        self.kinds[usize::from(kind)] as f32
    }
}

fn end(text: &str) -> End {
    let trimmed = text.trim_end_matches(|c: char| c.is_whitespace() || matches!(c, '"' | '»' | '”' | '\'' | '’' | ')' | ']'));
    match trimmed.chars().next_back() {
        Some('.' | '…') => End::Stop,
        Some('?') => End::Question,
        Some('!') => End::Exclamation,
        Some(',' | ':' | ';' | '-' | '–' | '—') => End::Open,
        _ => End::Word,
    }
}

/// `Ã©`, `â€œ`, `Â«`; the replacement character; a question mark within a word (`peque?ño`). Control characters from U+0080 on are no sign: they
/// are what is left of quotation marks in many good texts.
fn is_garbled([first, before, c]: [char; 3]) -> bool {
    match (before, c) {
        (_, '\u{fffd}') => true,
        ('Ã' | 'Â' | 'â' | 'Å', c) => {
            matches!(c, '\u{80}'..='\u{bf}' | '€' | '‚' | '„' | '†' | '™' | 'œ' | 'š' | 'ž' | 'Ÿ' | '‹' | '›' | 'Œ' | 'Š' | 'Ž')
        }
        ('?', c) => first.is_lowercase() && c.is_lowercase(),
        _ => false,
    }
}

/// How long words said twice in a row are, as a share of the text in bytes: one to six words, at least two repetitions of a single word.
fn repeated(text: &str) -> f32 {
    let hash = |word: &str| word.bytes().fold(0_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3).rotate_left(5));
    let (words, lengths): (Vec<u64>, Vec<usize>) = text.split_whitespace().map(|word| (hash(word), word.len() + 1)).unzip();
    let mut most = 0;
    for width in 1..=6 {
        let mut start = 0;
        while start + 2 * width <= words.len() {
            let mut end = start + width;
            while end + width <= words.len() && words[end..end + width] == words[start..start + width] {
                end += width;
            }
            let times = (end - start) / width;
            if times >= 2 && (width > 1 || times >= 3) {
                most = most.max(lengths[start + width..end].iter().sum::<usize>());
            }
            start = if times >= 2 { end } else { start + 1 };
        }
    }
    most as f32 / text.len().max(1) as f32
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::classes::classes;

    fn marks(text: &str) -> Marks {
        Marks::of(text, &classes(text))
    }

    #[test]
    fn loops_are_measured_and_emphasis_is_not() {
        assert!(repeated("they live in their in their in their house") > 0.3);
        assert_eq!(repeated("no, no, it is very very good"), 0.0);
        assert!(repeated("ja ja ja ja ja") > 0.5);
    }

    #[test]
    fn texts_in_a_wrong_encoding_are_full_of_certain_pairs() {
        assert_eq!(marks("La canciÃ³n, la maÃ±ana").garbled, 2.0);
        assert_eq!(marks("s?lo un peque?o").garbled, 2.0);
        assert_eq!(marks("São Paulo, Ângela; «IRMÔ ¿Sí?No the Chancellor\u{92}s").garbled, 0.0);
    }

    #[test]
    fn the_end_is_what_stands_before_quotation_marks() {
        assert_eq!(marks("«¿Qué?»").end, End::Question);
        assert_eq!(marks("He said so.” ").end, End::Stop);
        assert_eq!(marks("").end, End::Word);
    }
}
