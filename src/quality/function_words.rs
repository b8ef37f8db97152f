//! Words that only Spanish or only English has: in running text of the one, they show a stretch of the other. What a whole text is written in, they do not tell.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

const LIST: &str = include_str!("data/function_words.tsv");

/// What a function word is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct FunctionWord {
    /// True if it is Spanish, false if English.
    pub spanish: bool,
    /// True if it stands inside names too: `Universidad de los Andes`.
    pub joins_names: bool,
}

static WORDS: LazyLock<FxHashMap<&str, FunctionWord>> = LazyLock::new(|| LIST.lines().filter_map(entry).collect());

fn entry(line: &'static str) -> Option<(&'static str, FunctionWord)> {
    let mut columns = line.split('\t');
    let (lang, class, word) = (columns.next()?, columns.next()?, columns.next()?);
    matches!(lang, "es" | "en").then_some((word, FunctionWord { spanish: lang == "es", joins_names: class == "joins" }))
}

/// Bytes of the longest word of the list.
const LONGEST: usize = 9;

/// What `word` is, written in lower case with its accents; `None` for every other word.
pub(super) fn function_word(word: &str) -> Option<FunctionWord> {
    if word.len() > LONGEST { None } else { WORDS.get(word).copied() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_of_the_list_is_well_formed_and_no_word_is_of_both_languages() {
        let lines: Vec<_> = LIST.lines().filter(|line| !line.starts_with('#')).collect();
        for line in &lines {
            let columns: Vec<_> = line.split('\t').collect();
            assert!(columns.len() == 4 && matches!(columns[1], "joins" | "plain") && !columns[3].is_empty(), "{line}");
            assert!(columns[2].len() <= LONGEST && columns[2].to_lowercase() == columns[2], "{line}");
        }
        assert_eq!(WORDS.len(), lines.len());
    }

    #[test]
    fn words_in_capitals_tell_nothing() {
        assert_eq!(function_word("que").map(|word| word.spanish), Some(true));
        assert_eq!(function_word("UN"), None);
    }
}
