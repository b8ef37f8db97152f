//! One number written in digits: which of its separators group and which one begins the decimals.
//! What stands around it (scales, percent signs, units) is the grammar's business.

use super::Style;
use super::decimal::Decimal;

/// A number in digits at the start of some text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Form {
    /// Bytes of text it takes.
    pub(super) len: usize,
    /// Its value; `None` for what is no decimal number: `1.2.3`, or more digits than a [`Decimal`] holds.
    pub(super) value: Option<Decimal>,
    /// The other reading of an ambiguous form: `1.234` is 1234 or 1.234.
    pub(super) other: Option<Decimal>,
    /// True for digits without any separator.
    pub(super) plain: bool,
}

/// Most runs of digits looked at: enough for any 30-digit number, and what is longer costs no more.
const MOST_RUNS: usize = 12;

/// A run of digits with the separator before it.
#[derive(Clone, Copy)]
struct Run {
    separator: char,
    start: usize,
    end: usize,
}

impl Run {
    fn len(&self) -> usize {
        self.end - self.start
    }
}

/// The digits at the start of `text` alone: an item of a list such as `1,2,3`.
pub(super) fn item(text: &str) -> Form {
    single(text, Run { separator: ' ', start: 0, end: digits(text) })
}

/// The number at the start of `text`, which begins with an ASCII digit.
pub(super) fn read(text: &str, style: Style) -> Form {
    let mut runs = [Run { separator: ' ', start: 0, end: digits(text) }; MOST_RUNS];
    let mut count = 1;
    while count < MOST_RUNS
        && let Some(next) = next_run(text, runs[count - 1].end)
    {
        runs[count] = next;
        count += 1;
    }
    let runs = &runs[..count];
    if runs.len() >= 3 && is_list(runs) {
        return single(text, runs[0]);
    }
    (2..=runs.len()).rev().find_map(|n| interpret(text, &runs[..n], style)).unwrap_or_else(|| single(text, runs[0]))
}

fn digits(text: &str) -> usize {
    text.bytes().take_while(u8::is_ascii_digit).count()
}

/// Digits only: one plain number.
fn single(text: &str, run: Run) -> Form {
    Form { len: run.end, value: Decimal::from_digits(&text[..run.end], ""), other: None, plain: true }
}

fn next_run(text: &str, at: usize) -> Option<Run> {
    let separator = text[at..].chars().next().filter(|c| is_separator(*c))?;
    let mut start = at + separator.len_utf8();
    if text[start..].starts_with(' ') && is_spaced_out(&text[..at], separator, &text[start + 1..]) {
        start += 1;
    }
    let end = start + digits(&text[start..]);
    (end > start).then_some(Run { separator: canonical(separator), start, end })
}

/// `0, 5` and `140. 000`, as careless typing has it: nothing else begins with zero or consists of zeros.
fn is_spaced_out(before: &str, separator: char, after: &str) -> bool {
    let len = digits(after);
    let listed = after[len..].starts_with(", ");
    matches!(separator, '.' | ',') && ((before == "0" && (1..=2).contains(&len) && !listed) || &after[..len] == "000")
}

fn is_separator(c: char) -> bool {
    matches!(c, '.' | ',' | '\'' | '’' | ' ' | '\u{a0}' | '\u{202f}' | '\u{2009}')
}

/// All blanks and both apostrophes are one separator each.
fn canonical(separator: char) -> char {
    match separator {
        '\u{a0}' | '\u{202f}' | '\u{2009}' => ' ',
        '’' => '\'',
        other => other,
    }
}

/// `1,2,3` lists three numbers: the same comma each time and not all runs of three.
fn is_list(runs: &[Run]) -> bool {
    runs[1..].iter().all(|run| run.separator == ',') && !runs[1..].iter().all(|run| run.len() == 3)
}

/// The runs as one number, or `None` when they are not one.
fn interpret(text: &str, runs: &[Run], style: Style) -> Option<Form> {
    let (last, before) = runs.split_last()?;
    let same = before[1..].iter().all(|run| run.separator == last.separator);
    if groups(text, runs) && same {
        return Some(grouped(text, runs, style));
    }
    if last.separator == ' ' {
        return None;
    }
    if before.len() > 1 && groups(text, runs) && runs[1].separator == '\'' {
        return Some(ecuadorian(text, runs));
    }
    if before.len() == 1 || (groups(text, before) && !same) {
        return Some(decimal(text, runs));
    }
    if same && last.separator == '.' {
        return Some(Form { len: last.end, value: None, other: None, plain: false });
    }
    None
}

/// Runs of three after a first run of one to three that does not begin with zero.
fn groups(text: &str, runs: &[Run]) -> bool {
    (1..=3).contains(&runs[0].len()) && !text.starts_with('0') && runs[1..].iter().all(|run| run.len() == 3)
}

/// One group separator is ambiguous with a decimal mark; two are not. Decimals that end in zero hardly occur, so `1.500` is 1500.
fn grouped(text: &str, runs: &[Run], style: Style) -> Form {
    let end = runs[runs.len() - 1].end;
    let whole = Decimal::from_digits(&text[..end], "");
    let mut form = Form { len: end, value: whole, other: None, plain: false };
    let separator = runs[1].separator;
    if runs.len() > 2 || !matches!(separator, '.' | ',') {
        return form;
    }
    let fraction = decimal(text, runs).value;
    let decimal_likely = (separator == ',') == style.decimal_comma;
    match (style.certain, decimal_likely) {
        (true, true) => form.value = fraction,
        (true, false) => {}
        _ if text[..end].ends_with('0') => {}
        (false, true) => (form.value, form.other) = (fraction, whole),
        (false, false) => form.other = fraction,
    }
    form
}

/// `6’004.560`: in Ecuador the apostrophe is for millions and the point for thousands; in Switzerland the point begins the decimals.
fn ecuadorian(text: &str, runs: &[Run]) -> Form {
    let decimal = decimal(text, runs);
    Form { value: Decimal::from_digits(&text[..decimal.len], ""), other: decimal.value, ..decimal }
}

fn decimal(text: &str, runs: &[Run]) -> Form {
    let last = runs[runs.len() - 1];
    let whole = &text[..runs[runs.len() - 2].end];
    Form { len: last.end, value: Decimal::from_digits(whole, &text[last.start..last.end]), other: None, plain: false }
}

#[cfg(test)]
mod tests {
    use super::*;

    const COMMA: Style = Style { decimal_comma: true, certain: false };
    const POINT: Style = Style { decimal_comma: false, certain: false };

    fn readings(text: &str, style: Style) -> (String, Option<String>, usize) {
        let form = read(text, style);
        let show = |d: Option<Decimal>| d.map(|d| d.to_string());
        (show(form.value).unwrap_or_default(), show(form.other), form.len)
    }

    fn one(text: &str) -> String {
        let (value, other, len) = readings(text, COMMA);
        assert_eq!((other, len), (None, text.len()), "{text}");
        assert_eq!(readings(text, POINT), (value.clone(), None, len), "{text} reads alike in both styles");
        value
    }

    #[test]
    fn two_kinds_of_separators_leave_no_doubt() {
        assert_eq!(one("1.234,5"), "1234.5");
        assert_eq!(one("1,234.5"), "1234.5");
        assert_eq!(one("1.234.567"), "1234567");
        assert_eq!(one("1,234,567"), "1234567");
        assert_eq!(one("12 345,678"), "12345.678");
    }

    #[test]
    fn blanks_and_apostrophes_group() {
        for text in ["12 000", "12\u{a0}000", "12\u{202f}000", "12'000", "12’000"] {
            assert_eq!(one(text), "12000", "{text}");
        }
    }

    #[test]
    fn a_year_before_a_number_is_no_group() {
        assert_eq!(readings("2008 300", COMMA), ("2008".into(), None, 4));
        assert_eq!(readings("20 2008", COMMA), ("20".into(), None, 2));
    }

    #[test]
    fn decimals_of_other_than_three_digits_are_decimals_in_any_style() {
        assert_eq!(one("3,5"), "3.5");
        assert_eq!(one("3.14"), "3.14");
        assert_eq!(one("0,123"), "0.123");
        assert_eq!(one("1234.567"), "1234.567");
    }

    #[test]
    fn one_separator_before_three_digits_has_two_readings() {
        assert_eq!(readings("1.234", COMMA), ("1234".into(), Some("1.234".into()), 5));
        assert_eq!(readings("1.234", POINT), ("1.234".into(), Some("1234".into()), 5));
        assert_eq!(readings("1,234", COMMA), ("1.234".into(), Some("1234".into()), 5));
    }

    #[test]
    fn a_certain_style_leaves_one_reading() {
        let comma = Style { decimal_comma: true, certain: true };
        assert_eq!(readings("1.234", comma), ("1234".into(), None, 5));
        assert_eq!(readings("1,234", comma), ("1.234".into(), None, 5));
    }

    #[test]
    fn three_digits_that_end_in_zero_are_a_group() {
        assert_eq!(one("1.500"), "1500");
        assert_eq!(one("1,500"), "1500");
    }

    #[test]
    fn a_list_is_not_one_number() {
        assert_eq!(readings("1,2,3", COMMA).2, 1);
        assert_eq!(readings("4, 5", COMMA).2, 1);
    }

    #[test]
    fn a_blank_after_the_mark_is_overlooked_where_nothing_else_makes_sense() {
        assert_eq!(one("0, 5"), "0.5");
        assert_eq!(one("140. 000"), "140000");
        assert_eq!(readings("0, 1, 2", COMMA).2, 1);
        assert_eq!(readings("3, 5", COMMA).2, 1);
    }

    #[test]
    fn versions_and_very_long_numbers_have_no_value() {
        assert_eq!(readings("3.10.2", COMMA), (String::new(), None, 6));
        let long = "1".repeat(40);
        assert_eq!(readings(&long, COMMA), (String::new(), None, 40));
    }
}
