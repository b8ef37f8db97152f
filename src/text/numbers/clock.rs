//! Times of day: `15:30`, `3:30 p. m.`, `15h30`, `3.30 pm`, `las 3 de la tarde`, `0500`. Results written like them (`2:03:59`) read the same way.

use super::grammar::Grammar;
use super::lexicon::Sense;
use super::token::{Token, What};
use super::words;
use super::{Kind, Notation, Value};

const HOUR: u32 = 3600;
/// Half a day, in seconds.
pub(super) const HALF: u32 = 12 * HOUR;

/// A clock time being read: `end` is the token after it.
struct Clock {
    hour: u32,
    minute: u32,
    second: u32,
    end: usize,
    /// True if only a half of the day makes it a time: a bare hour, or `3.30`.
    needs_half: bool,
}

impl Grammar<'_> {
    /// A time of day; a bare hour only with its half of the day.
    pub(super) fn clock(&mut self, at: usize) -> Option<usize> {
        let in_words = matches!(self.tokens[at].what, What::Word(_));
        let clock = if in_words { self.worded_clock(at) } else { self.digit_clock(at) }?;
        let half = self.half_of_day(clock.end);
        if half.is_none() && clock.needs_half {
            return None;
        }
        let (after_noon, end) = half.map_or((None, clock.end), |(pm, end)| (Some(pm), end));
        let hour = match after_noon {
            Some(true) if clock.hour < 12 => clock.hour + 12,
            Some(false) if clock.hour == 12 => 0,
            _ => clock.hour % 24,
        };
        // `12 de la noche` is midnight and `12 p. m.` noon: twelve stays open.
        let any_half = clock.hour <= 12 && (after_noon.is_none() || clock.hour == 12);
        let seconds = hour * HOUR + clock.minute * 60 + clock.second;
        let span = self.tokens[at].start..self.tokens[end - 1].end();
        let notation = if in_words { Notation::Words } else { Notation::Digits };
        self.push(span, Kind::Time, Value::Time { seconds, any_half }, notation);
        Some(end)
    }

    fn digit_clock(&self, at: usize) -> Option<Clock> {
        self.colon_clock(at).or_else(|| self.letter_clock(at)).or_else(|| self.military(at)).or_else(|| self.bare_hour(at))
    }

    /// `tres`, `diez y media`, `ocho y cuarto`, `six thirty`.
    fn worded_clock(&self, at: usize) -> Option<Clock> {
        let What::Word(Some(Sense::Small(hour @ 1..=12))) = self.tokens[at].what else { return None };
        let joined = usize::from(self.word(at + 1).is_some_and(|word| word == self.lexicon.joiner));
        let (minute, end) = match self.tokens.get(at + 1 + joined).and_then(words::sense) {
            Some(Sense::Hundredths(50)) if joined > 0 => (30, at + 3),
            Some(Sense::Ordinal(4)) if joined > 0 => (15, at + 3),
            Some(Sense::Tens(minute @ 20..=50)) => (u32::from(minute), at + 2 + joined),
            Some(Sense::Small(minute @ 10..=29)) => (u32::from(minute), at + 2 + joined),
            _ => (0, at + 1),
        };
        Some(Clock { hour: u32::from(hour), minute, second: 0, end, needs_half: true })
    }

    /// `15:30`, `15:30:20`.
    fn colon_clock(&self, at: usize) -> Option<Clock> {
        let hour = self.below(at, 25)?;
        let minute = self.after_colon(at + 1)?;
        let second = self.after_colon(at + 3);
        Some(Clock { hour, minute, second: second.unwrap_or(0), end: if second.is_some() { at + 5 } else { at + 3 }, needs_half: false })
    }

    fn after_colon(&self, at: usize) -> Option<u32> {
        let two_digits = self.tokens.get(at + 1).is_some_and(|t| t.glued && t.text.len() == 2);
        if self.glued_mark(at, ':') && two_digits { self.below(at + 1, 60) } else { None }
    }

    /// `15h30`, `15h 30`, `15.30 h`; not `15 h`, which is a duration as often as a time.
    fn letter_clock(&self, at: usize) -> Option<Clock> {
        let next = self.tokens.get(at + 1)?;
        if next.what == What::Name && next.glued {
            let minute = next.text.strip_prefix(['h', 'H']).filter(|digits| digits.len() == 2)?.parse().ok()?;
            return Some(Clock { hour: self.below(at, 25)?, minute, second: 0, end: at + 2, needs_half: minute > 59 });
        }
        if self.glued_word(at + 1).is_some_and(|h| h == "h")
            && let (Some(hour), Some(minute)) = (self.below(at, 25), self.below(at + 2, 60))
            && self.tokens[at + 2].text.len() == 2
        {
            return Some(Clock { hour, minute, second: 0, end: at + 3, needs_half: false });
        }
        let (hour, minute) = self.pointed(at)?;
        let hours = matches!(self.word(at + 1).unwrap_or_default(), "h" | "hs" | "hrs" | "horas" | "hours");
        Some(Clock { hour, minute, second: 0, end: at + 1 + usize::from(hours), needs_half: !hours })
    }

    /// The two parts of `15.30`.
    fn pointed(&self, at: usize) -> Option<(u32, u32)> {
        let Token { what: What::Number(_), text, .. } = self.tokens[at] else { return None };
        let (hour, minute) = text.split_once('.').filter(|(hour, minute)| hour.len() <= 2 && minute.len() == 2)?;
        let (hour, minute): (u32, u32) = (hour.parse().ok()?, minute.parse().ok()?);
        (hour < 25 && minute < 60).then_some((hour, minute))
    }

    /// `0500`.
    fn military(&self, at: usize) -> Option<Clock> {
        let text = self.tokens[at].text;
        let value = self.below(at, 1000).filter(|_| text.len() == 4)?;
        (value % 100 < 60).then_some(Clock { hour: value / 100, minute: value % 100, second: 0, end: at + 1, needs_half: false })
    }

    fn bare_hour(&self, at: usize) -> Option<Clock> {
        Some(Clock { hour: self.below(at, 13)?, minute: 0, second: 0, end: at + 1, needs_half: true })
    }

    fn below(&self, at: usize, limit: u64) -> Option<u32> {
        self.plain(at).filter(|value| *value < limit).and_then(|value| u32::try_from(value).ok())
    }

    /// `a. m.`, `PM`, `de la tarde`, `in the morning`, `at night`: true after noon, and the token after it.
    fn half_of_day(&self, at: usize) -> Option<(bool, usize)> {
        let word = self.word(at)?;
        match word.to_ascii_lowercase().as_str() {
            "am" => return Some((false, at + 1)),
            "pm" => return Some((true, at + 1)),
            "a" | "p" => {
                let dot = usize::from(self.glued_mark(at + 1, '.'));
                let m = at + 1 + dot;
                let is_m = dot == 1 && self.word(m).is_some_and(|m| m.eq_ignore_ascii_case("m"));
                return is_m.then(|| (word.eq_ignore_ascii_case("p"), m + 1 + usize::from(self.glued_mark(m + 1, '.'))));
            }
            "de" | "in" | "at" => {}
            _ => return None,
        }
        let article = usize::from(matches!(self.word(at + 1), Some("la" | "the")));
        let part = self.lexicon.day_part(self.word(at + 1 + article)?)?;
        Some((part, at + 2 + article))
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::shown;
    use crate::text::Lang;

    #[test]
    fn times_are_minutes_of_the_day() {
        let spanish = [
            ("15:30", "time 15:30"),
            ("3:30", "time 3:30?"),
            ("3:30 p. m.", "time 15:30"),
            ("15h30", "time 15:30"),
            ("15.30 h", "time 15:30"),
            ("12h 15 GMT", "time 12:15?"),
            ("las 3 de la tarde", "time 15:00"),
            ("las 20.30 de la tarde", "time 20:30"),
            ("las 12 de la noche", "time 12:00?"),
        ];
        for (text, expected) in spanish {
            assert_eq!(shown(text, Lang::ES)[0], expected, "{text}");
        }
        for (text, expected) in
            [("3pm", "time 15:00"), ("at 10:26 PM", "time 22:26"), ("9 in the morning", "time 9:00"), ("0500", "time 5:00?")]
        {
            assert_eq!(shown(text, Lang::EN), [expected], "{text}");
        }
    }

    #[test]
    fn a_bare_hour_needs_its_half_of_the_day() {
        assert_eq!(shown("3 a tres", Lang::ES)[0], "cardinal 3");
        assert_eq!(shown("subió 3.30 puntos", Lang::ES), ["cardinal 3.3"]);
        assert_eq!(shown("15 horas", Lang::ES), ["cardinal 15"]);
    }
}
