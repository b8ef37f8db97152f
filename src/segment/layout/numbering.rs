//! Is a line the number of a page, and which? Whether it is one where it stands is decided elsewhere.

/// How a page number is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Form {
    /// `Página 3 de 10`: nothing else is.
    Whole,
    /// `Page 3`
    Named,
    /// `- 3 -`, `[3]`, `3/10`
    Marked,
    /// `3`
    Bare,
    /// `iii`
    Roman,
}

/// The page number on a line of its own.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Number {
    pub(super) value: u32,
    pub(super) form: Form,
}

/// The longest such line in bytes.
const LONGEST: usize = 40;

const PAGE: &[&str] = &["page", "pages", "página", "pagina", "pág.", "pag.", "pág", "pag", "p.", "pg.", "pg", "hoja", "folio"];

/// The number, if `line` is that of a page and nothing else.
pub(super) fn page_number(line: &str) -> Option<Number> {
    if line.len() > LONGEST || !line.ends_with(|c: char| is_mark(c) || c.is_ascii_alphanumeric()) {
        return None;
    }
    let inner = line.trim_matches(|c: char| is_mark(c) || c == ' ');
    let marked = inner.len() < line.len();
    if marked && !(line.starts_with(is_mark) && line.ends_with(is_mark)) {
        return None;
    }
    let (named, rest) = unnamed(inner);
    let (first, total) = fraction(rest);
    let value = digits(first);
    let form = match (named, total) {
        (true, Some(_)) => Form::Whole,
        (true, None) => Form::Named,
        (false, Some(_)) => Form::Marked,
        (false, None) if marked => Form::Marked,
        (false, None) if value.is_none() => Form::Roman,
        (false, None) => Form::Bare,
    };
    let value = value.or_else(|| roman(first).filter(|_| total.is_none()))?;
    if total.is_some_and(|total| digits(total).is_none_or(|total| total < value)) {
        return None;
    }
    Some(Number { value, form })
}

fn is_mark(c: char) -> bool {
    matches!(c, '-' | '–' | '—' | '|' | '~' | '·' | '•' | '*' | '[' | ']' | '(' | ')' | '_')
}

/// The line without the word for page, and whether it had one.
fn unnamed(line: &str) -> (bool, &str) {
    let Some((word, rest)) = line.split_once(' ') else { return (false, line) };
    if PAGE.contains(&word.to_lowercase().as_str()) { (true, rest.trim()) } else { (false, line) }
}

/// `3 de 10`, `3 of 10`, `3/10` → both numbers.
fn fraction(line: &str) -> (&str, Option<&str>) {
    let parts = ["/", " of ", " de "].iter().find_map(|by| line.split_once(by));
    parts.map_or((line, None), |(first, total)| (first.trim(), Some(total.trim())))
}

fn digits(word: &str) -> Option<u32> {
    let plain = (1..=4).contains(&word.len()) && word.bytes().all(|b| b.is_ascii_digit());
    word.parse().ok().filter(|_| plain)
}

/// The value of a Roman numeral below 400 in letters of one case.
fn roman(word: &str) -> Option<u32> {
    let one_case = word.bytes().all(|b| b.is_ascii_lowercase()) || word.bytes().all(|b| b.is_ascii_uppercase());
    if word.is_empty() || word.len() > 10 || !one_case {
        return None;
    }
    let mut value = 0;
    let mut highest = 0;
    for letter in word.bytes().rev() {
        let worth = match letter.to_ascii_lowercase() {
            b'i' => 1,
            b'v' => 5,
            b'x' => 10,
            b'l' => 50,
            b'c' => 100,
            _ => return None,
        };
        if worth < highest {
            value -= value.min(worth);
        } else {
            value += worth;
            highest = worth;
        }
    }
    Some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn page_numbers_are_read_in_all_their_forms() {
        for (line, value, form) in [
            ("Página 3 de 10", 3, Form::Whole),
            ("- Page 3 of 10 -", 3, Form::Whole),
            ("pág. 12", 12, Form::Named),
            ("- 12 -", 12, Form::Marked),
            ("[12]", 12, Form::Marked),
            ("3/10", 3, Form::Marked),
            ("12", 12, Form::Bare),
            ("xiv", 14, Form::Roman),
            ("IV", 4, Form::Roman),
        ] {
            assert_eq!(page_number(line), Some(Number { value, form }), "{line}");
        }
    }

    #[test]
    fn other_short_lines_are_none() {
        for line in
            ["3 de mayo", "-12", "12.", "12 %", "a)", "Page", "Pages of history", "10/3", "MIL", "iV", "12345", "—", "año 3", "12é", ""]
        {
            assert_eq!(page_number(line), None, "{line}");
        }
    }
}
