//! Dates in digits and names of months. A date is read as its parts: day, month and year may each answer a number of the other side.

use super::decimal::Decimal;
use super::form::Form;
use super::grammar::{Grammar, digit_runs};
use super::lexicon::Sense;
use super::token::{Token, What};
use super::{Kind, Notation, Value};

/// A part of a numeric date: first byte, past the last byte, value.
type Part = (usize, usize, u64);

impl Grammar<'_> {
    /// `12/10/2010`, `2010-10-12`, `12.10.2010`: day and month are not told apart here. Two parts alone are soft: `9/11`, `24/7` and `1/2`
    /// are dates, idioms and fractions that the other language says in its own way.
    pub(super) fn date(&mut self, at: usize) -> Option<usize> {
        let (parts, end) = self.dotted_date(at).or_else(|| self.marked_date(at))?;
        let small = |&(_, _, n): &Part| (1..=31).contains(&n);
        let year = parts.iter().position(|part| !small(part));
        let day_and_month = parts.iter().filter(|part| small(part)).count() >= 2 && parts.iter().any(|&(_, _, n)| (1..=12).contains(&n));
        let year_at_an_end = year.is_none_or(|n| n != 1 && parts.len() == 3 && (parts[n].2 >= 1000 || parts[n].2 < 100));
        if !day_and_month || !year_at_an_end {
            return None;
        }
        let notation = if parts.len() == 3 { Notation::Digits } else { Notation::Name };
        for (n, (from, to, value)) in parts.into_iter().enumerate() {
            let kind = if Some(n) == year { Kind::Year } else { Kind::DatePart };
            self.push(from..to, kind, Value::Number(Decimal::integer(value)), notation);
        }
        Some(end)
    }

    fn dotted_date(&self, at: usize) -> Option<(Vec<Part>, usize)> {
        let What::Number(Form { value: None, .. }) = self.tokens[at].what else { return None };
        let Token { start, text, .. } = self.tokens[at];
        let parts: Vec<_> =
            digit_runs(text).map_while(|(from, run)| Some((start + from, start + from + run.len(), run.parse().ok()?))).collect();
        // `3.10.2` is a version.
        let full_year = parts.iter().any(|part| part.2 >= 1000) || text.len() == "12.10.10".len();
        (parts.len() == 3 && full_year).then_some((parts, at + 1))
    }

    fn marked_date(&self, at: usize) -> Option<(Vec<Part>, usize)> {
        let mark = ['/', '-'].into_iter().find(|mark| self.glued_mark(at + 1, *mark))?;
        let mut parts = vec![self.date_part(at)?, self.date_part(at + 2).filter(|_| self.tokens[at + 2].glued)?];
        if self.glued_mark(at + 3, mark) {
            parts.push(self.date_part(at + 4).filter(|_| self.tokens[at + 4].glued)?);
            return Some((parts, at + 5));
        }
        (mark == '/').then_some((parts, at + 3))
    }

    fn date_part(&self, at: usize) -> Option<Part> {
        let token = self.tokens.get(at)?;
        Some((token.start, token.end(), self.plain(at)?))
    }

    /// A month's name answers the month of a numeric date. `may` and `march` in lower case are verbs.
    pub(super) fn month(&mut self, at: usize) -> Option<usize> {
        let word = self.word(at)?;
        let What::Word(Some(Sense::Month(month))) = self.tokens[at].what else { return None };
        if matches!(word, "may" | "march") {
            return None;
        }
        let span = self.tokens[at].start..self.tokens[at].end();
        self.push(span, Kind::DatePart, Value::Number(Decimal::integer(u64::from(month))), Notation::Words);
        Some(at + 1)
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use crate::text::Lang;

    #[test]
    fn numeric_dates_are_read_as_their_parts() {
        for text in ["12/10/2010", "12-10-2010", "12.10.2010"] {
            assert_eq!(shown(text, Lang::ES), ["datepart 12", "datepart 10", "year 2010"], "{text}");
        }
        assert_eq!(shown("2010-10-12", Lang::EN), ["year 2010", "datepart 10", "datepart 12"]);
        assert_eq!(shown("9/11", Lang::EN), ["(datepart 9)", "(datepart 11)"]);
    }

    #[test]
    fn what_no_calendar_has_is_no_date() {
        assert_eq!(shown("80/20", Lang::EN), ["cardinal 80", "cardinal 20"]);
        assert_eq!(shown("1981-87", Lang::ES), ["year 1981", "cardinal 87"]);
        assert_eq!(shown("24/25/2010", Lang::ES), ["cardinal 24", "cardinal 25", "year 2010"]);
    }

    #[test]
    fn names_of_months_answer_but_verbs_do_not() {
        assert_eq!(shown("el 5 de mayo", Lang::ES), ["cardinal 5", "(datepart 5)"]);
        assert_eq!(shown("They may march in May", Lang::EN), ["(datepart 5)"]);
    }
}
