//! What the characters of one text are: letters, digits, marks of punctuation, leftovers of markup and of wrong encodings, loops.

use multiversion::multiversion;
use unicode_normalization::char::is_combining_mark;

use crate::text::classes::{Classes, places, sixteen};
use crate::text::words::is_latin;

/// Counts and shares of one text.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub(crate) struct Marks {
    /// Characters.
    pub characters: f32,
    /// Share of letters among the characters that are no white space.
    pub letters: f32,
    /// Letters, and those of them that are Latin.
    pub all_letters: u32,
    pub latin_letters: u32,
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
        let (counts, words) = counted(text, classes);
        let visible = counts.characters - counts.spaces;
        Marks {
            characters: counts.characters as f32,
            letters: counts.letters as f32 / visible.max(1) as f32,
            all_letters: counts.letters,
            latin_letters: counts.letters - counts.foreign,
            digits: counts.digits as f32,
            questions: counts.of(QUESTION),
            exclamations: counts.of(EXCLAMATION),
            quotes: counts.of(QUOTE),
            brackets: counts.of(BRACKET),
            sentences: counts.sentences as f32,
            markup: counts.of(MARKUP) + 2.0 * counts.slashes as f32,
            garbled: counts.garbled as f32,
            repeated: if words.repeats { repeated(text) } else { 0.0 },
            others: counts.of(OTHER),
            end: end(text),
            words: words.count,
            longest_word: words.longest,
            lone_letters: words.lone_letters,
        }
    }
}

/// What a character is, as far as marks are concerned; the last few are counted.
type Kind = u8;
const NONE: Kind = 0;
const QUESTION: Kind = 1;
const EXCLAMATION: Kind = 2;
const QUOTE: Kind = 3;
const BRACKET: Kind = 4;
const MARKUP: Kind = 5;
const OTHER: Kind = 6;
const CONTROL: Kind = 7;
const KINDS: usize = 8;

/// The kind of each ASCII character that is neither letter, digit nor white space.
const ASCII: [Kind; 128] = {
    let mut kinds = [NONE; 128];
    let mut c = 0;
    while c < 128 {
        kinds[c as usize] = match c {
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

/// What is counted on the way through a text.
#[derive(Debug, Default)]
struct Counts {
    kinds: [u32; KINDS],
    characters: u32,
    letters: u32,
    /// Letters that are not Latin.
    foreign: u32,
    digits: u32,
    spaces: u32,
    sentences: u32,
    slashes: u32,
    garbled: u32,
}

/// What a character is to words.
enum Seen {
    /// One of the word.
    Mark,
    /// No character of its own.
    Part,
    /// White space, in so many bytes.
    Space(usize),
}

impl Counts {
    /// A character that is neither letter, digit nor white space of ASCII.
    fn see(&mut self, text: &str, at: usize) -> Seen {
        let byte = text.as_bytes()[at];
        if byte.is_ascii() {
            self.ascii(text, at, byte);
            return Seen::Mark;
        }
        text[at..].chars().next().map_or(Seen::Mark, |c| self.beyond(text, at, c))
    }

    fn ascii(&mut self, text: &str, at: usize, byte: u8) {
        let kind = ASCII[usize::from(byte & 0x7f)];
        self.kinds[usize::from(kind)] += 1;
        match byte {
            b'.' | b'!' => self.sentences += u32::from(is_before_space(text, at + 1)),
            b'?' => {
                self.sentences += u32::from(is_before_space(text, at + 1));
                self.garbled += u32::from(is_within_word(text, at));
            }
            b'/' => self.slashes += u32::from(text[..at].ends_with(['/', '<'])),
            _ => self.garbled += u32::from(kind == CONTROL),
        }
    }

    /// A combining mark is no character of its own: NFC and NFD weigh the same.
    fn beyond(&mut self, text: &str, at: usize, c: char) -> Seen {
        let is_latin = is_latin(c);
        if !is_latin && c >= '\u{300}' && is_combining_mark(c) {
            self.characters -= 1;
            return Seen::Part;
        }
        if !is_latin && c.is_whitespace() {
            self.spaces += 1;
            return Seen::Space(c.len_utf8());
        }
        let is_letter = is_latin || c.is_alphabetic();
        self.letters += u32::from(is_letter);
        self.foreign += u32::from(is_letter && !is_of_latin_script(c));
        self.sentences += u32::from(c == '…' && is_before_space(text, at + c.len_utf8()));
        self.kinds[usize::from(QUOTE)] += u32::from(matches!(c, '«' | '»' | '“' | '”' | '„'));
        self.garbled += u32::from(is_garbled(text, at, c));
        Seen::Mark
    }

    fn of(&self, kind: Kind) -> f32 {
        self.kinds[usize::from(kind)] as f32
    }
}

/// To count bits is one instruction for a processor that has it.
#[multiversion(targets("x86_64+popcnt+bmi1+avx2"))]
fn counted<'t>(text: &'t str, classes: &[Classes]) -> (Counts, Words<'t>) {
    let (mut counts, mut words) = (Counts::default(), Words::of(text));
    // What a character of white space takes of the next sixty-four bytes.
    let mut rest_of_space = 0;
    for (n, classes) in classes.iter().enumerate() {
        counts.letters += classes.letters.count_ones();
        counts.spaces += classes.spaces.count_ones();
        counts.characters += (classes.all & !classes.continuations).count_ones();
        counts.digits += classes.digits.count_ones();
        let (mut spaces, mut parts) = (classes.spaces | rest_of_space, classes.continuations);
        rest_of_space = 0;
        let common = classes.letters | classes.digits | classes.spaces | classes.continuations;
        for place in places(classes.all & !common) {
            match counts.see(text, 64 * n + place) {
                Seen::Mark => {}
                Seen::Part => parts |= 1 << place,
                Seen::Space(len) => {
                    let bits = ((1_u128 << len) - 1) << place;
                    spaces |= bits as u64;
                    rest_of_space = (bits >> 64) as u64;
                }
            }
        }
        words.see(64 * n, spaces, parts);
    }
    words.end(text.len());
    (counts, words)
}

/// Basic Latin to Latin Extended-B, Latin Extended Additional, ligatures, and the signs for ordinals and micro.
fn is_of_latin_script(c: char) -> bool {
    c < '\u{250}' || matches!(c, '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}')
}

fn is_before_space(text: &str, at: usize) -> bool {
    text[at..].starts_with(char::is_whitespace)
}

/// A question mark between small letters: `peque?ño`.
fn is_within_word(text: &str, at: usize) -> bool {
    let before = text[..at].chars().rev().find(|c| !is_combining_mark(*c));
    text[at + 1..].starts_with(char::is_lowercase) && before.is_some_and(char::is_lowercase)
}

/// `Ã©`, `â€œ`, `Â«`; the replacement character. Control characters from U+0080 on are no sign: they are what is left of quotation marks in many
/// good texts.
fn is_garbled(text: &str, at: usize, c: char) -> bool {
    let is_second = matches!(c, '\u{80}'..='\u{bf}' | '€' | '‚' | '„' | '†' | '™' | 'œ' | 'š' | 'ž' | 'Ÿ' | '‹' | '›' | 'Œ' | 'Š' | 'Ž');
    c == '\u{fffd}' || (is_second && text[..at].ends_with(['Ã', 'Â', 'â', 'Å']))
}

/// A loop is looked for within so many words, as many as a processor compares at once; it has at most six.
const LOOKED_BACK: usize = 8;

/// The words of a text, as white space has them.
#[derive(Debug)]
struct Words<'t> {
    text: &'t str,
    /// Where the word begins that is being read, and how many of its bytes that were seen are no characters.
    start: usize,
    parts: u32,
    count: u32,
    longest: u32,
    /// Words of one letter in a row, now and at most.
    lone: u32,
    lone_letters: u32,
    /// Hashes of the last words by their number, and of each of the last ones together with the one before it.
    hashes: [u32; 2 * LOOKED_BACK],
    pairs: [u32; LOOKED_BACK],
    /// Whether words are said again at once.
    repeats: bool,
}

impl Words<'_> {
    fn of(text: &str) -> Words<'_> {
        let (hashes, pairs) = ([0; 2 * LOOKED_BACK], [0; LOOKED_BACK]);
        Words { text, start: 0, parts: 0, count: 0, longest: 0, lone: 0, lone_letters: 0, hashes, pairs, repeats: false }
    }

    /// The next sixty-four bytes: white space, and what is no character of its own.
    #[inline(always)]
    fn see(&mut self, from: usize, spaces: u64, mut parts: u64) {
        parts &= !spaces;
        for place in places(spaces) {
            let up_to = (1 << place) - 1;
            self.parts += (parts & up_to).count_ones();
            parts &= !up_to;
            self.end(from + place);
            self.start = from + place + 1;
        }
        self.parts += parts.count_ones();
    }

    #[inline(always)]
    fn end(&mut self, end: usize) {
        let length = (end - self.start) as u32 - self.parts;
        self.parts = 0;
        if length == 0 {
            return;
        }
        self.count += 1;
        self.longest = self.longest.max(length);
        let is_lone = length == 1 && self.text[self.start..end].chars().any(char::is_alphabetic);
        self.lone = if is_lone { self.lone + 1 } else { 0 };
        self.lone_letters = self.lone_letters.max(self.lone);
        self.look_back(end);
    }

    /// A word that is said three times, or words that are said twice, have two in a row that were said so before.
    #[inline(always)]
    fn look_back(&mut self, end: usize) {
        let len = end - self.start;
        let [low, high] = sixteen(self.text.as_bytes(), self.start, len.min(16));
        let mix = |number: u64| (number.wrapping_mul(0x9e37_79b9_7f4a_7c15) >> 32) as u32;
        let hash = mix(low ^ u64::from(mix(high ^ len as u64)));
        let number = self.count as usize;
        let both = hash ^ self.hashes[(number - 1) % self.hashes.len()].rotate_left(16);
        self.hashes[number % self.hashes.len()] = hash;
        if self.pairs.iter().fold(false, |found, pair| found | (*pair == both)) {
            self.repeats |= (1..=LOOKED_BACK).any(|width| self.is_again(number, width));
        }
        self.pairs[number % LOOKED_BACK] = both;
    }

    /// True if the last so many words are those that were said before them; one word must be said three times.
    #[cold]
    fn is_again(&self, number: usize, width: usize) -> bool {
        let hash = |back: usize| self.hashes[number.wrapping_sub(back) % self.hashes.len()];
        number >= 2 * width && (0..width.max(2)).all(|n| hash(n) == hash(n + width))
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

    /// A text of some of the pieces, and where the next begins.
    fn random_text(pieces: &[&str], random: &mut u64) -> String {
        let mut next = |most: u64| {
            *random = random.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1);
            (*random >> 33) as usize % most as usize
        };
        (0..next(60)).map(|_| pieces[next(pieces.len() as u64)]).collect()
    }

    #[test]
    fn characters_are_counted_wherever_sixty_four_bytes_end() {
        let pieces = [
            "a",
            "Z",
            "él ",
            "0",
            " ",
            "  ",
            "\u{a0}",
            "\u{3000}",
            ". ",
            "… ",
            "?",
            "! ",
            "peque?ño",
            "Ã©",
            "\u{301}",
            "世",
            "«",
            "//",
            "x y z ",
            "\u{7f}",
            "canciones",
        ];
        let mut random = 11;
        for _ in 0..3000 {
            let text = random_text(&pieces, &mut random);
            let (marks, characters) = (marks(&text), || text.chars().filter(|c| !is_combining_mark(*c)));
            let lengths: Vec<u32> = text.split_whitespace().map(|w| w.chars().filter(|c| !is_combining_mark(*c)).count() as u32).collect();
            assert_eq!(marks.characters, characters().count() as f32, "{text:?}");
            assert_eq!(marks.words, lengths.iter().filter(|length| **length > 0).count() as u32, "{text:?}");
            assert_eq!(marks.longest_word, lengths.iter().copied().max().unwrap_or(0), "{text:?}");
            let letters = characters().filter(|c| c.is_alphabetic()).count() as f32;
            let visible = characters().filter(|c| !c.is_whitespace()).count().max(1) as f32;
            assert_eq!(marks.letters, letters / visible, "{text:?}");
            let sentences =
                text.match_indices(['.', '!', '?', '…']).filter(|(at, end)| text[at + end.len()..].starts_with(char::is_whitespace));
            assert_eq!(marks.sentences, sentences.count() as f32, "{text:?}");
        }
    }

    #[test]
    fn no_loop_is_overlooked() {
        let mut random = 5;
        for _ in 0..5000 {
            let text = random_text(&["ja ", "de ", "la ", "las\u{a0}", "administraciones ", "administrativas ", "x", "\n"], &mut random);
            assert_eq!(marks(&text).repeated, repeated(&text), "{text:?}");
        }
    }

    #[test]
    fn the_end_is_what_stands_before_quotation_marks() {
        assert_eq!(marks("«¿Qué?»").end, End::Question);
        assert_eq!(marks("He said so.” ").end, End::Stop);
        assert_eq!(marks("").end, End::Word);
    }
}
