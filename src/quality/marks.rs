//! What the characters of one text are: letters, digits, marks of punctuation, leftovers of markup and of wrong encodings, loops.

use unicode_normalization::char::is_combining_mark;

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
    pub(super) fn of(text: &str) -> Marks {
        let mut marks = Marks { end: end(text), repeated: repeated(text), ..Marks::default() };
        let (mut letters, mut visible) = (0.0_f32, 0.0_f32);
        let (mut first, mut before) = (' ', ' ');
        // A combining mark is no character of its own: NFC and NFD weigh the same.
        for c in text.chars().filter(|c| c.is_ascii() || !is_combining_mark(*c)) {
            marks.characters += 1.0;
            visible += f32::from(u8::from(!c.is_whitespace()));
            match c {
                _ if c.is_alphabetic() => letters += 1.0,
                '0'..='9' => marks.digits += 1.0,
                '?' => marks.questions += 1.0,
                '!' => marks.exclamations += 1.0,
                '"' | '«' | '»' | '“' | '”' | '„' => marks.quotes += 1.0,
                '(' | ')' => marks.brackets += 1.0,
                '<' | '>' | '{' | '}' | '[' | ']' | '|' | '=' | '\\' | '_' | '~' | '^' => marks.markup += 1.0,
                '/' if before == '/' || before == '<' => marks.markup += 2.0,
                '&' | ';' | '#' | '%' | '$' | '*' | '@' | '+' => marks.others += 1.0,
                _ => {}
            }
            marks.sentences += f32::from(u8::from(c.is_whitespace() && matches!(before, '.' | '!' | '?' | '…')));
            marks.garbled += f32::from(u8::from(is_garbled([first, before, c])));
            (first, before) = (before, c);
        }
        marks.letters = letters / visible.max(1.0);
        marks
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

/// `Ã©`, `â€œ`, `Â«`; the replacement character, control characters; a question mark within a word (`s?lo`). Control characters from U+0080 on
/// are no sign: they are what is left of quotation marks in many good texts.
fn is_garbled([first, before, c]: [char; 3]) -> bool {
    match (before, c) {
        (_, '\u{fffd}' | '\u{0}'..='\u{8}' | '\u{e}'..='\u{1f}' | '\u{7f}') => true,
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
    let (words, lengths): (Vec<u64>, Vec<usize>) = text.split_ascii_whitespace().map(|word| (hash(word), word.len() + 1)).unzip();
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

    #[test]
    fn loops_are_measured_and_emphasis_is_not() {
        assert!(repeated("they live in their in their in their house") > 0.3);
        assert_eq!(repeated("no, no, it is very very good"), 0.0);
        assert!(repeated("ja ja ja ja ja") > 0.5);
    }

    #[test]
    fn texts_in_a_wrong_encoding_are_full_of_certain_pairs() {
        assert_eq!(Marks::of("La canciÃ³n, la maÃ±ana").garbled, 2.0);
        assert_eq!(Marks::of("s?lo un peque?o").garbled, 2.0);
        assert_eq!(Marks::of("São Paulo, Ângela; «IRMÔ ¿Sí?No the Chancellor\u{92}s").garbled, 0.0);
    }

    #[test]
    fn the_end_is_what_stands_before_quotation_marks() {
        assert_eq!(Marks::of("«¿Qué?»").end, End::Question);
        assert_eq!(Marks::of("He said so.” ").end, End::Stop);
        assert_eq!(Marks::of("").end, End::Word);
    }
}
