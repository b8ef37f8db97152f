//! The lists of words that checks read: tab-separated columns, `#` before a remark. A test looks at every line of every list.

/// The rows of a list, each as its columns.
pub(super) fn rows(text: &'static str) -> impl Iterator<Item = Vec<&'static str>> {
    text.lines().filter(|line| !line.is_empty() && !line.starts_with('#')).map(|line| line.split('\t').collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::text::fold;

    #[test]
    fn function_words_are_folded_and_have_language_and_class() {
        for columns in rows(include_str!("data/function-words.tsv")) {
            assert!(columns.len() == 3 && matches!(columns[0], "es" | "en") && fold(columns[2]) == columns[2], "{columns:?}");
            assert!(columns[2].split(' ').all(|word| word.len() > 2), "{columns:?}");
        }
    }
}
