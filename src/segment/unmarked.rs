//! Does a segment end at a gap without a final mark? Where the lines of a page were run together: separators, list items, letters, headlines.
//! Clean prose has no such ends; each rule here asks for what does not occur in it.

use super::characters::is_dash;
use super::gap::{Case, Gap, Left, Marks, Right};
use super::headlines::is_headline;
use super::lists::Lists;
use super::tokens::{is_bullet_token, is_clock, is_date, is_separator, item};

/// True if the segment before `gap`, which has no final mark, ends there.
pub(super) fn ends(gap: &Gap<'_>, left: &Left<'_>, right: &Right<'_>, lists: &Lists) -> bool {
    is_apart(gap)
        || (left.marks == Marks::None && continues_list(gap))
        || (gap.breaks_line() && begins_list(gap))
        || (left.smiles && right.case == Case::Capital && gap.before().nth(1).is_some())
        || is_letter_formula(gap, left, right)
        || is_headline(gap, left, right, lists)
}

/// Separators and list items begin and end where they do.
fn is_apart(gap: &Gap<'_>) -> bool {
    let first = gap.after().next().unwrap_or("");
    let last = gap.before().next().unwrap_or("");
    let urls = first.contains("://") && last.contains("://");
    urls || is_separator(first) || is_separator(last) || is_bullet_token(first) || ends_stamp(gap) || begins_stamp(gap)
}

/// `1) one | 2) two`; `- one | - two` where a line ends.
fn continues_list(gap: &Gap<'_>) -> bool {
    let next = gap.after().next().unwrap_or("");
    let numbered = matches!((item(gap.first()), item(next)), (Some(this), Some(next)) if next == (this.0 + 1, this.1));
    numbered || (gap.breaks_line() && is_item_mark(next) && next == gap.first())
}

/// The first item, on a line of its own after a colon.
fn begins_list(gap: &Gap<'_>) -> bool {
    let next = gap.after().next().unwrap_or("");
    gap.segment().ends_with(':') && (is_item_mark(next) || item(next).is_some())
}

fn is_item_mark(token: &str) -> bool {
    token == "*" || (!token.is_empty() && token.chars().all(is_dash))
}

/// `02/13/2001 08:02 PM |`: the time stamp of a message stands on a line of its own.
fn ends_stamp(gap: &Gap<'_>) -> bool {
    let mut before = gap.before();
    let mut next = |is: fn(&str) -> bool| before.next().is_some_and(is);
    next(is_half_day) && next(is_clock) && next(is_date)
}

fn is_half_day(token: &str) -> bool {
    matches!(token, "AM" | "PM")
}

/// `Name Surname | 02/13/2001 08:02 PM`: so does the sender before it.
fn begins_stamp(gap: &Gap<'_>) -> bool {
    let mut after = gap.after();
    let mut next = |is: fn(&str) -> bool| after.next().is_some_and(is);
    let stamp = next(is_date) && next(is_clock) && next(is_half_day);
    stamp && gap.before().nth(4).is_none() && gap.before().all(|token| !token.starts_with(char::is_lowercase))
}

/// What opens and closes a letter, before a comma.
const FORMULAS: &[&str] = &["regards", "sincerely", "respectfully", "atentamente", "cordialmente", "saludos", "afectuosamente"];
const GREETINGS: &[&str] = &["dear", "estimado", "estimada", "estimados", "estimadas", "querido", "querida", "queridos", "queridas"];

/// The longest such opening or closing, in bytes.
pub(super) const LONGEST_FORMULA: usize = 60;

/// `Best regards, | Clara`, `Dear all, | My name is`.
fn is_letter_formula(gap: &Gap<'_>, left: &Left<'_>, right: &Right<'_>) -> bool {
    let short = left.marks == Marks::Inner && right.case == Case::Capital && gap.before().nth(4).is_none();
    let is_in = |word: &str, list: &[&str]| list.iter().any(|formula| word.eq_ignore_ascii_case(formula));
    short && (is_in(left.word, FORMULAS) || is_in(gap.first(), GREETINGS))
}

#[cfg(test)]
mod tests {
    use crate::segment::marked::{en, es};
    use crate::segment::{Paragraphs, segment};
    use crate::text::Lang;

    fn count_in_block(text: &str) -> usize {
        segment(text, &Lang::ES, Paragraphs::Blank).len()
    }

    #[test]
    fn items_that_count_on_are_segments() {
        es("1. Introducción | 2. Métodos | 3. Conclusión");
        es("a) primero | b) segundo");
        es("(1) Uno; (2) dos; y (3) tres.");
        es("El punto 2. | Nada.");
    }

    #[test]
    fn bullets_begin_segments() {
        es("• Uno | • Dos, tres | • Cuatro");
    }

    #[test]
    fn dashes_mark_items_at_the_start_of_lines_only() {
        assert_eq!(count_in_block("Compró:\n- pan\n- vino tinto\n- sal"), 4);
        assert_eq!(count_in_block("El vino\n- que era tinto - no\nestaba bueno"), 1);
    }

    #[test]
    fn drawn_lines_stand_alone() {
        en("It is over | *** | It begins | ===== | The end --- or not.");
    }

    #[test]
    fn urls_one_after_another_are_segments() {
        en("http://a.org/x | http://a.org/y and http://a.org/z");
    }

    #[test]
    fn the_stamp_of_a_message_stands_alone() {
        en("Clara Reyes | 02/13/2001 08:02 PM | Please call me.");
        en("It was on 02/13/2001 that he came.");
    }

    #[test]
    fn the_formulas_of_a_letter_stand_alone() {
        en("Dear Clara, | The book came. | Best regards, | Tom");
        es("Estimada Clara, | Llegó el libro. | Saludos cordiales, Tomás");
        en("My dear Clara, Tom, and Ann are here.");
    }
}
