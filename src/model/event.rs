//! Review acts. A state is the projection of the events on a unit, and can always be recomputed from them.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::provenance::named_enum;

named_enum! {
    /// What a reviewer said of a unit.
    #[derive(Default)]
    Verdict {
        /// Nothing yet.
        #[default]
        Unreviewed = "unreviewed",
        /// It is right.
        Accepted = "accepted",
        /// It is wrong.
        Rejected = "rejected",
        /// It needs a second look.
        Flagged = "flagged",
    }
}

named_enum! {
    /// Where a unit stands, as exported: the verdict, with an accepted unit that has edits shown as `edited`;
    /// `withdrawn` when its origin no longer has it.
    #[derive(Default)]
    State {
        /// No verdict.
        #[default]
        Unreviewed = "unreviewed",
        /// Accepted as it was.
        Accepted = "accepted",
        /// Accepted after an edit.
        Edited = "edited",
        /// Rejected.
        Rejected = "rejected",
        /// Needs a second look.
        Flagged = "flagged",
        /// Reviewed once, but gone from its origin.
        Withdrawn = "withdrawn",
    }
}

impl State {
    /// The projection of a verdict and whether there are edits.
    pub fn of(verdict: Verdict, edited: bool) -> State {
        match verdict {
            Verdict::Unreviewed => State::Unreviewed,
            Verdict::Accepted if edited => State::Edited,
            Verdict::Accepted => State::Accepted,
            Verdict::Rejected => State::Rejected,
            Verdict::Flagged => State::Flagged,
        }
    }
}

impl Verdict {
    /// The verdict that a state shows; none of one that is withdrawn.
    pub fn of(state: State) -> Verdict {
        match state {
            State::Unreviewed | State::Withdrawn => Verdict::Unreviewed,
            State::Accepted | State::Edited => Verdict::Accepted,
            State::Rejected => Verdict::Rejected,
            State::Flagged => Verdict::Flagged,
        }
    }
}

/// One review act: who, when, what, on which state. The only thing in the model that has a clock time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Event {
    /// Version of this record's form.
    pub v: u32,
    /// `REVIEWER-NUMBER`, unique among the reviewer's events.
    pub id: String,
    /// When: RFC 3339, UTC.
    pub at: String,
    /// The reviewer.
    pub by: String,
    /// The unit; empty for an act on many.
    pub unit: String,
    /// Hash of the state the reviewer saw.
    pub base: String,
    /// What was done: `verdict`, `edit`, `note`, …
    pub op: String,
    /// The act's own fields.
    #[serde(flatten)]
    pub args: serde_json::Map<String, Value>,
}

impl Event {
    /// The order in which events count, whatever log they come from: time, then id.
    pub fn order(&self) -> (i64, &str) {
        (millis(&self.at).unwrap_or(i64::MIN), &self.id)
    }

    /// The number in an id of the form `REVIEWER-NUMBER`.
    pub fn number(&self) -> Option<u64> {
        self.id.strip_prefix(&self.by)?.strip_prefix('-')?.parse().ok()
    }
}

/// RFC 3339 in UTC with milliseconds, of milliseconds since 1970.
pub fn rfc3339(millis: i64) -> String {
    let (days, rest) = (millis.div_euclid(DAY), millis.rem_euclid(DAY));
    let (year, month, day) = date(days);
    let (seconds, thousandths) = (rest / 1000, rest % 1000);
    format!("{year:04}-{month:02}-{day:02}T{:02}:{:02}:{:02}.{thousandths:03}Z", seconds / 3600, seconds / 60 % 60, seconds % 60)
}

/// Milliseconds since 1970 of a time in RFC 3339; only UTC (`Z`) is read, digits beyond the third are dropped.
pub fn millis(at: &str) -> Option<i64> {
    let (day, time) = at.strip_suffix('Z')?.split_once('T')?;
    let [year, month, day] = numbers(day, '-')?;
    let (time, fraction) = time.split_once('.').unwrap_or((time, "0"));
    let [hour, minute, second] = numbers(time, ':')?;
    let is_time = hour < 24 && minute < 60 && second <= 60 && fraction.bytes().all(|b| b.is_ascii_digit());
    if !is_time || !(1..=9999).contains(&year) || !(1..=12).contains(&month) || !(1..=31).contains(&day) {
        return None;
    }
    let thousandths: i64 = format!("{fraction:0<3}").get(..3)?.parse().ok()?;
    Some(days(year, month, day) * DAY + (hour * 3600 + minute * 60 + second) * 1000 + thousandths)
}

/// Milliseconds of a day.
const DAY: i64 = 86_400_000;

fn numbers(text: &str, separator: char) -> Option<[i64; 3]> {
    let parts: Vec<i64> = text
        .split(separator)
        .map(|part| part.bytes().all(|b| b.is_ascii_digit()).then(|| part.parse().ok()).flatten())
        .collect::<Option<_>>()?;
    parts.try_into().ok()
}

/// Days since 1970 of a date of the Gregorian calendar. The year is taken to begin in March, so that the leap day is its last.
fn days(year: i64, month: i64, day: i64) -> i64 {
    let (year, month) = if month > 2 { (year, month - 3) } else { (year - 1, month + 9) };
    let leap_days = year.div_euclid(4) - year.div_euclid(100) + year.div_euclid(400);
    // 153 days are the five months from March to July, and again from August to December. 719 468 days lie between 0000-03-01 and 1970.
    year * 365 + leap_days + (153 * month + 2) / 5 + day - 1 - 719_468
}

/// The inverse of [`days`]: the year is guessed and put right.
fn date(day: i64) -> (i64, i64, i64) {
    let mut year = 1970 + day.div_euclid(366);
    while days(year + 1, 1, 1) <= day {
        year += 1;
    }
    let month = (1..=12).rev().find(|month| days(year, *month, 1) <= day).unwrap_or(1);
    (year, month, day - days(year, month, 1) + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_go_there_and_back() {
        for at in ["1970-01-01T00:00:00.000Z", "2024-02-29T23:59:59.999Z", "2026-11-24T03:17:01.120Z", "2100-03-01T00:00:00.001Z"] {
            assert_eq!(rfc3339(millis(at).expect("a time")), at);
        }
        assert_eq!(millis("1970-01-02T00:00:01Z"), Some(DAY + 1000));
        assert_eq!(millis("1970-01-01T00:00:00.5Z"), Some(500));
    }

    #[test]
    fn what_is_no_time_in_utc_is_none() {
        for at in ["", "2026-11-24", "2026-11-24T03:17:01", "2026-11-24T03:17:01+01:00", "2026-13-01T00:00:00Z", "2026-11-24T+3:17:01Z"] {
            assert_eq!(millis(at), None, "{at}");
        }
    }

    #[test]
    fn the_number_of_an_event_stands_after_its_reviewer() {
        let event = |id: &str| Event { id: id.into(), by: "ana-b".into(), ..blank() };
        assert_eq!(event("ana-b-000412").number(), Some(412));
        assert_eq!(event("ana-000412").number(), None);
    }

    fn blank() -> Event {
        let empty = String::new;
        Event { v: 1, id: empty(), at: empty(), by: empty(), unit: empty(), base: empty(), op: empty(), args: serde_json::Map::new() }
    }

    #[test]
    fn an_accepted_unit_with_edits_is_edited() {
        assert_eq!(State::of(Verdict::Accepted, true), State::Edited);
        assert_eq!(State::of(Verdict::Rejected, true), State::Rejected);
    }

    #[test]
    fn an_event_keeps_the_fields_of_its_act() {
        let line = r#"{"v":1,"id":"r-1","at":"2026-11-24T03:17:01Z","by":"r","unit":"k3v9","base":"b","op":"edit","from":"a","side":"target","to":"b"}"#;
        let event: Event = serde_json::from_str(line).expect("an event");
        assert_eq!(event.args["side"], "target");
        let again = serde_json::to_string(&event).expect("json");
        assert_eq!(again, line);
    }
}
