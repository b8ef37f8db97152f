//! The words, numbers and marks of a bitext as small integers, the same for both sides. It does not know which of them translate each other.

use rustc_hash::FxHashMap;

use super::numbers;
use crate::text::{Lang, fold, words::words};

/// What a type is, which decides how likely it is to have a visible counterpart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Kind {
    /// Digits, separators removed, or a number word.
    Number,
    /// Always capitalised, and not only at the start of a segment.
    Name,
    /// A word of at least [`LONG`] characters.
    Long,
    /// Any other word.
    Short,
    /// A question or exclamation mark, a quotation mark, a colon, a bracket …
    Mark,
}

/// The number of kinds.
pub(super) const KINDS: usize = 5;

/// Words from this many characters on tend to be content words, and to have cognates.
pub(super) const LONG: usize = 5;

/// The types of a bitext: folded forms with their kind and the number of segments they occur in.
#[derive(Debug, Default)]
pub(super) struct Vocabulary {
    /// The folded forms.
    pub forms: Vec<String>,
    /// The kind of each type.
    pub kinds: Vec<Kind>,
    /// In how many source segments, and in how many target segments, each type occurs.
    pub frequencies: Vec<[u32; 2]>,
    ids: FxHashMap<String, u32>,
}

/// The distinct types of each segment of one side, in rising order.
#[derive(Debug, Default)]
pub(super) struct Tokens {
    starts: Vec<usize>,
    types: Vec<u32>,
}

impl Tokens {
    /// The distinct types of segment `n`.
    pub(super) fn of(&self, n: usize) -> &[u32] {
        &self.types[self.starts[n]..self.starts[n + 1]]
    }

    /// How many segments there are.
    pub(super) fn len(&self) -> usize {
        self.starts.len() - 1
    }
}

impl Vocabulary {
    /// Reads both sides.
    pub(super) fn read(sides: [(&Lang, &[&str]); 2]) -> (Vocabulary, [Tokens; 2]) {
        let mut reader = Reader::default();
        let tokens = [0, 1].map(|side| reader.side(side, sides[side].0, sides[side].1));
        (reader.finish(), tokens)
    }

    /// How many types there are.
    pub(super) fn len(&self) -> usize {
        self.forms.len()
    }
}

/// How often a type was seen in each kind of spelling.
#[derive(Debug, Clone, Copy, Default)]
struct Spellings {
    lower: u32,
    capital_inside: u32,
}

#[derive(Default)]
struct Reader {
    vocabulary: Vocabulary,
    spellings: Vec<Spellings>,
}

impl Reader {
    fn side(&mut self, side: usize, lang: &Lang, segments: &[&str]) -> Tokens {
        let mut tokens = Tokens { starts: vec![0], types: Vec::new() };
        let (mut found, mut seen) = (Vec::new(), FxHashMap::default());
        for segment in segments {
            found.clear();
            self.words(lang, segment, &mut seen, &mut found);
            if segment.contains(|c: char| c.is_ascii_digit()) {
                found.extend(numbers::digits(segment).map(|number| self.id(&number, Kind::Number)));
            }
            found.extend(marks(segment).map(|mark| self.id(mark, Kind::Mark)));
            found.sort_unstable();
            found.dedup();
            for &id in &found {
                self.vocabulary.frequencies[id as usize][side] += 1;
            }
            tokens.types.extend_from_slice(&found);
            tokens.starts.push(tokens.types.len());
        }
        tokens
    }

    /// Finds the words of a segment; `seen` are the spellings of this side that were met before.
    fn words<'a>(&mut self, lang: &Lang, segment: &'a str, seen: &mut FxHashMap<&'a str, u32>, found: &mut Vec<u32>) {
        for (n, (_, word)) in words(segment).enumerate() {
            if word.starts_with(char::is_numeric) {
                continue;
            }
            let id = *seen.entry(word).or_insert_with(|| self.word(lang, word));
            found.push(id);
            let spellings = &mut self.spellings[id as usize];
            if !word.starts_with(char::is_uppercase) {
                spellings.lower += 1;
            } else if n > 0 {
                spellings.capital_inside += 1;
            }
        }
    }

    fn word(&mut self, lang: &Lang, word: &str) -> u32 {
        let form = fold(word);
        match numbers::word_value(lang, &form) {
            Some(value) => self.id(value, Kind::Number),
            None => self.id(&form, if form.chars().count() >= LONG { Kind::Long } else { Kind::Short }),
        }
    }

    fn id(&mut self, form: &str, kind: Kind) -> u32 {
        if let Some(&id) = self.vocabulary.ids.get(form) {
            return id;
        }
        let id = u32::try_from(self.vocabulary.len()).expect("fewer than four thousand million distinct words");
        self.vocabulary.ids.insert(form.to_string(), id);
        self.vocabulary.forms.push(form.to_string());
        self.vocabulary.kinds.push(kind);
        self.vocabulary.frequencies.push([0; 2]);
        self.spellings.push(Spellings::default());
        id
    }

    fn finish(self) -> Vocabulary {
        let mut vocabulary = self.vocabulary;
        for (kind, seen) in vocabulary.kinds.iter_mut().zip(&self.spellings) {
            if matches!(kind, Kind::Long | Kind::Short) && seen.lower == 0 && seen.capital_inside > 0 {
                *kind = Kind::Name;
            }
        }
        vocabulary
    }
}

/// The punctuation of `segment` that translators tend to keep, one spelling for all variants of a mark.
fn marks(segment: &str) -> impl Iterator<Item = &'static str> {
    segment.chars().filter_map(|c| {
        Some(match c {
            '?' | '¿' | '？' => "?",
            '!' | '¡' | '！' => "!",
            '«' | '»' | '“' | '”' | '„' | '"' => "\"",
            ':' | '：' => ":",
            ';' => ";",
            '(' | ')' | '（' | '）' => "(",
            '[' | ']' => "[",
            '%' => "%",
            '€' => "€",
            '$' => "$",
            '/' => "/",
            '…' => "…",
            '=' => "=",
            '+' => "+",
            '©' => "©",
            _ => return None,
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(source: &[&str], target: &[&str]) -> (Vocabulary, [Tokens; 2]) {
        Vocabulary::read([(&Lang::ES, source), (&Lang::EN, target)])
    }

    fn kind(vocabulary: &Vocabulary, form: &str) -> Option<Kind> {
        vocabulary.forms.iter().position(|f| f == form).map(|n| vocabulary.kinds[n])
    }

    #[test]
    fn the_same_number_in_two_spellings_is_one_type() {
        let (_, [source, target]) = read(&["1.250"], &["1,250"]);
        assert_eq!(source.of(0), target.of(0));
        let (_, [source, target]) = read(&["siete"], &["seven"]);
        assert_eq!(source.of(0), target.of(0));
    }

    #[test]
    fn a_name_is_never_in_lower_case_and_not_only_first() {
        let (vocabulary, _) = read(&["Ayer habló Petro.", "Petro no habló ayer."], &[]);
        assert_eq!(kind(&vocabulary, "petro"), Some(Kind::Name));
        assert_eq!(kind(&vocabulary, "ayer"), Some(Kind::Short));
        assert_eq!(kind(&vocabulary, "hablo"), Some(Kind::Long));
    }

    #[test]
    fn frequencies_count_segments_of_each_side() {
        let (vocabulary, _) = read(&["no, no", "no"], &["no"]);
        let no = vocabulary.forms.iter().position(|f| f == "no").expect("it is there");
        assert_eq!(vocabulary.frequencies[no], [2, 1]);
    }

    #[test]
    fn marks_have_one_spelling() {
        let (_, [source, target]) = read(&["«¿?»"], &["“?”"]);
        assert_eq!(source.of(0), target.of(0));
    }
}
