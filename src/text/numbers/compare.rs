//! Which numbers of two texts have no counterpart in the other: equal values first, then what a good translation may do to a number.

use super::clock::HALF;
use super::decimal::Decimal;
use super::grammar::identifier;
use super::scale::{Slip, take_slips};
use super::{Kind, Notation, Quantity, Value};

/// Numbers in digits that the other side does not answer, as indices, rising.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Unanswered {
    /// Of the source.
    pub source: Vec<usize>,
    /// Of the target.
    pub target: Vec<usize>,
    /// Numbers of the source and the target that differ by a power of ten, in words too. They are not among the others.
    pub scaled: Vec<Slip>,
}

impl Unanswered {
    /// True if every number has its counterpart.
    pub fn is_empty(&self) -> bool {
        self.source.is_empty() && self.target.is_empty() && self.scaled.is_empty()
    }
}

/// A reason why two different numbers may render each other. Symmetric.
type Tie = fn(&Quantity<'_>, &Quantity<'_>) -> bool;

/// Tried in this order, so that a loose tie never takes a number that a strict one needs.
const TIES: &[Tie] = &[any_reading, named_month, same_identifier, same_time, completed_year, share, converted, rounded, same_magnitude];

/// Above this many comparisons only equal values are tied: a page of figures must not cost its square.
const MOST_COMPARISONS: usize = 10_000;

/// The numbers in digits of each side that nothing on the other side answers. Each number answers one.
///
/// Words, roman numerals and names answer but are never unanswered themselves (see [`Quantity::is_soft`]).
pub fn unanswered(source: &[Quantity<'_>], target: &[Quantity<'_>]) -> Unanswered {
    let (mut left, mut right) = equal_values(source, target);
    for tie in TIES {
        if left.len() * right.len() > MOST_COMPARISONS {
            break;
        }
        left.retain(|&s| {
            let answer = right.iter().position(|&t| tie(&source[s], &target[t]));
            answer.map(|at| right.remove(at)).is_none()
        });
    }
    let scaled = if left.len() * right.len() > MOST_COMPARISONS { Vec::new() } else { take_slips(source, target, &mut left, &mut right) };
    let renamed = renamed(source, target, &left, &right);
    left.retain(|&s| !source[s].is_soft() || renamed.iter().any(|pair| pair.0 == s));
    right.retain(|&t| !target[t].is_soft() || renamed.iter().any(|pair| pair.1 == t));
    left.sort_unstable();
    right.sort_unstable();
    Unanswered { source: left, target: right, scaled }
}

/// The names that differ in their digits alone: `GFAJ-1` and `GFAJ-2`. Nothing else is known to be missed of a name.
fn renamed(source: &[Quantity<'_>], target: &[Quantity<'_>], left: &[usize], right: &[usize]) -> Vec<(usize, usize)> {
    let names = |of: &[Quantity<'_>], which: &[usize]| which.iter().copied().filter(|&n| !of[n].name.is_empty()).collect::<Vec<_>>();
    let (left, right) = (names(source, left), names(target, right));
    let pairs = left.iter().flat_map(|&s| right.iter().map(move |&t| (s, t)));
    pairs.filter(|&(s, t)| letters(source[s].name).eq(letters(target[t].name))).collect()
}

/// The letters of a name, at least one of them a capital: `F-16` and `F16` have the same, and `4x4` has none.
fn letters(name: &str) -> impl Iterator<Item = char> {
    let capital = name.contains(char::is_uppercase);
    name.chars().filter(move |c| capital && c.is_alphabetic()).chain(if capital { None } else { name.chars().next() })
}

/// Ties equal likely values, numbers in digits before soft ones; returns the rest of both sides, in that order.
fn equal_values(source: &[Quantity<'_>], target: &[Quantity<'_>]) -> (Vec<usize>, Vec<usize>) {
    let (left, right) = (by_value(source), by_value(target));
    let mut rest = (Vec::new(), Vec::new());
    let (mut s, mut t) = (0, 0);
    while s < left.len() || t < right.len() {
        let order = match (left.get(s), right.get(t)) {
            (Some(a), Some(b)) => a.0.cmp(&b.0),
            (Some(_), None) => std::cmp::Ordering::Less,
            _ => std::cmp::Ordering::Greater,
        };
        // `None` sorts first and equals nothing: times and identifiers have no likely value.
        let untied = order.is_eq() && left[s].0.is_none();
        if order.is_lt() || untied {
            rest.0.push(left[s].3);
            s += 1;
        } else if order.is_gt() {
            rest.1.push(right[t].3);
            t += 1;
        } else {
            (s, t) = (s + 1, t + 1);
        }
    }
    rest.0.sort_by_key(|&n| (source[n].is_soft(), n));
    rest.1.sort_by_key(|&n| (target[n].is_soft(), n));
    rest
}

/// Likely value and sort, softness, ambiguity, index: in that order of preference.
type Key = (Option<(Decimal, Sort)>, bool, bool, usize);

fn by_value(quantities: &[Quantity<'_>]) -> Vec<Key> {
    let ambiguous = |q: &Quantity<'_>| matches!(q.value, Value::Either(..));
    let key = |q: &Quantity<'_>| q.value.readings().next().map(|value| (value, Sort::of(q)));
    let mut keys: Vec<_> = quantities.iter().enumerate().map(|(n, q)| (key(q), q.is_soft(), ambiguous(q), n)).collect();
    keys.sort_unstable();
    keys
}

/// What equals only its like: `September` is no answer to 9, nor `hundreds` to 100.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum Sort {
    Number,
    Magnitude,
    Month,
}

impl Sort {
    fn of(quantity: &Quantity<'_>) -> Sort {
        match (quantity.kind, quantity.notation) {
            (Kind::Magnitude, _) => Sort::Magnitude,
            (Kind::DatePart, Notation::Words) => Sort::Month,
            _ => Sort::Number,
        }
    }
}

/// `mayo` and the 5 of `12/5/2010`.
fn named_month(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    a.kind == Kind::DatePart && b.kind == Kind::DatePart && a.value == b.value
}

fn any_reading(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    Sort::of(a) == Sort::of(b) && a.value.readings().any(|x| b.value.readings().any(|y| x == y))
}

/// `cientos de personas` and `some 100 people`: a number below the next scale, where it is in words or as round as can be.
fn same_magnitude(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let fits = |magnitude: &Quantity<'_>, number: &Quantity<'_>| {
        let least = magnitude.value.readings().next().map_or(0.0, Decimal::to_f64);
        let round = number.value.readings().next().is_some_and(|n| n.significand().0 == 1);
        let loose = matches!(number.notation, Notation::Words | Notation::Implied) || (number.approximate && round);
        magnitude.kind == Kind::Magnitude && loose && number.value.readings().any(|n| (least..least * 1000.0).contains(&n.to_f64()))
    };
    fits(a, b) || fits(b, a)
}

/// An identifier with the same identifier, however the other side writes or reads it.
fn same_identifier(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    match (&a.value, &b.value) {
        (Value::Text(a), Value::Text(b)) => a == b || ungrouped(a) == ungrouped(b),
        (Value::Text(id), _) => *id == identifier(b.written) || b.value.readings().any(|value| value.to_string() == ungrouped(id)),
        (_, Value::Text(_)) => same_identifier(b, a),
        _ => false,
    }
}

/// `1.333` → `1333`: law numbers are grouped in one country and not in the next.
fn ungrouped(id: &str) -> String {
    let mut groups = id.split('.');
    let first = groups.next().is_some_and(|group| (1..=3).contains(&group.len()));
    if first && groups.all(|group| group.len() == 3) { id.replace('.', "") } else { id.to_string() }
}

/// Two times of day, or a time and the number that it is written as: `15:00` and 15, 15.00 or 1500, `10:30` and `diez y media`.
fn same_time(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    match (&a.value, &b.value) {
        (&Value::Time { seconds: x, any_half: open_x }, &Value::Time { seconds: y, any_half: open_y }) => {
            x == y || ((open_x || open_y) && x % HALF == y % HALF)
        }
        (&Value::Time { seconds, .. }, value) => value.readings().any(|value| reads_as_time(value, seconds)),
        (_, Value::Time { .. }) => same_time(b, a),
        _ => false,
    }
}

fn reads_as_time(value: Decimal, seconds: u32) -> bool {
    let (hour, minute) = (seconds / 3600, seconds / 60 % 60);
    [hour, (hour + 12) % 24, if hour == 0 { 24 } else { hour }].into_iter().any(|hour| {
        let hundreds = Decimal::integer(u64::from(hour * 100 + minute));
        value == hundreds || Some(hundreds) == value.shifted(2) || (value.to_f64() * 60.0 - f64::from(hour * 60 + minute)).abs() < 0.01
    })
}

/// `87` and 1987, `los 80` and the 1980s.
fn completed_year(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let completes = |short: &Quantity<'_>, long: &Quantity<'_>| {
        // A `1` in words is no year, and would answer 2001; `08` is one.
        let two_digits = short.notation == Notation::Digits && short.written.len() == 2;
        let Some(short) = short.value.readings().next().and_then(Decimal::as_integer).filter(|n| *n >= 10 || two_digits) else {
            return false;
        };
        let Some(year) = long.value.readings().next().and_then(Decimal::as_integer) else { return false };
        long.kind == Kind::Year && short < 100 && year >= 1000 && year % 100 == short
    };
    completes(a, b) || completes(b, a)
}

/// `75 %` and `tres cuartos`, to one point.
fn share(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let is_share = |percent: &Quantity<'_>, part: &Quantity<'_>| {
        let percent = percent.value.readings().next().filter(|_| percent.kind == Kind::Percent);
        percent.is_some_and(|percent| part.value.readings().any(|part| (100.0 * part.to_f64() - percent.to_f64()).abs() <= 1.0))
    };
    a.kind != b.kind && (is_share(a, b) || is_share(b, a))
}

/// Translators round what they convert: 150 ft is 45 m, 350 yd is 320 m.
const CONVERSION_TOLERANCE: f64 = 0.12;

/// The same length, mass, time or temperature in another unit.
fn converted(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let (Some(unit_a), Some(unit_b)) = (a.unit, b.unit) else { return false };
    if unit_a.dimension != unit_b.dimension || unit_a == unit_b {
        return false;
    }
    a.value
        .readings()
        .any(|x| b.value.readings().any(|y| close(unit_a.common(x.to_f64()), unit_b.common(y.to_f64()), CONVERSION_TOLERANCE)))
}

/// Most that rounding may change a number.
const ROUNDING_TOLERANCE: f64 = 0.1;

/// `casi 12 000` and 11,987: less than one in the last place of the rounder number, where a word says that this one is rounded.
fn rounded(a: &Quantity<'_>, b: &Quantity<'_>) -> bool {
    let (Some(x), Some(y)) = (a.value.readings().next(), b.value.readings().next()) else { return false };
    let place = x.last_place().max(y.last_place());
    let rounder = if x.last_place() == place { a } else { b };
    if a.approximate == b.approximate || !rounder.approximate {
        return false;
    }
    (x.to_f64() - y.to_f64()).abs() < place && close(x.to_f64(), y.to_f64(), ROUNDING_TOLERANCE)
}

fn close(x: f64, y: f64, tolerance: f64) -> bool {
    (x - y).abs() <= tolerance * x.abs().max(y.abs())
}

#[cfg(test)]
mod tests {
    use super::super::{Style, parse};
    use super::*;
    use crate::text::Lang;

    fn all_left(source: &str, target: &str) -> Unanswered {
        let (source, target) = (parse(source, &Lang::ES, Style::of(&Lang::ES)), parse(target, &Lang::EN, Style::of(&Lang::EN)));
        unanswered(&source, &target)
    }

    fn tied(source: &str, target: &str) {
        let left = all_left(source, target);
        assert!(left.is_empty(), "{source} | {target}: {left:?}");
    }

    fn apart(source: &str, target: &str) {
        assert!(!all_left(source, target).is_empty(), "{source} | {target}");
    }

    #[test]
    fn equal_values_are_tied_however_they_are_written() {
        tied("1.234,5 kg", "1,234.5 kg");
        tied("1.500 millones", "1.5 billion");
        tied("12 000 casas", "12,000 houses");
        tied("5 casas", "five houses");
        tied("siglo XXI", "21st century");
        tied("Luis XIV", "Louis the 14th");
        tied("el 5 de mayo de 2010", "05/05/2010");
        tied("un octogenario", "an 80-year-old");
    }

    #[test]
    fn other_values_are_not() {
        apart("12 casas", "21 houses");
        apart("1.500 casas", "1.5 houses");
        apart("2 casas y 2 perros", "2 houses and a dog");
        apart("5 km", "6 km");
    }

    #[test]
    fn an_ambiguous_form_is_tied_by_either_reading() {
        tied("1.234 casas", "1,234 houses");
        tied("1,234 casas", "1,234 houses");
        tied("1,234 casas", "1.234 houses");
        apart("1.234 casas", "1,235 houses");
    }

    #[test]
    fn times_are_tied_across_clocks() {
        tied("a las 15:30", "at 3:30 p.m.");
        tied("a las 3:30", "at 15:30");
        tied("a las diez y media", "at 10:30");
        tied("de 10:00 a 20.30 h", "from 1000 to 2030 hours");
        apart("a las 3:30 a. m.", "at 3:30 p.m.");
    }

    #[test]
    fn identifiers_are_compared_as_text() {
        tied("Ley 1.333", "Law 1333");
        tied("artículo 7.4", "Article 7(4)");
        tied("el séptimo artículo", "Article 7");
        apart("versión 3.10", "version 3.1");
        apart("artículo 7.4", "Article 74");
    }

    #[test]
    fn short_years_are_completed() {
        tied("los años 80", "the 1980s");
        tied("1981-87", "1981-1987");
        tied("de 2000 a 2008", "2000-08");
        apart("una de 2001", "one of them");
        apart("los años 80", "the 1990s");
    }

    #[test]
    fn conversions_are_tied_within_their_tolerance() {
        tied("45 m", "150 ft");
        tied("45m", "150ft");
        tied("35 °C", "95 °F");
        tied("80 kilómetros por hora", "50 mph");
        tied("25 km²", "10 square miles");
        tied("año y medio", "18 months");
        apart("100 m", "150 ft");
        apart("50 pesos", "150 ft");
    }

    #[test]
    fn a_share_answers_its_percent() {
        tied("el 75 %", "three quarters");
        tied("más de la mitad", "more than 50 percent");
        apart("el 75 %", "a half");
    }

    #[test]
    fn rounding_needs_a_word_that_says_so() {
        tied("casi 12.000 personas", "11,987 people");
        apart("12.000 personas", "11,987 people");
        apart("casi 12.000 personas", "9,987 people");
    }

    #[test]
    fn one_is_missed_in_digits_only() {
        tied("una casa", "the house");
        tied("1 hora", "an hour");
        apart("tipo 1", "type");
    }

    #[test]
    fn numbers_in_words_are_missed_from_three_on() {
        tied("los dos hermanos", "the brothers");
        tied("un tercio", "part");
        tied("mil gracias", "many thanks");
        apart("ocho años", "eighteen years");
        apart("cinco soldados", "soldiers");
    }

    #[test]
    fn words_that_have_a_number_in_them_are_not_missed() {
        tied("tridimensional", "three-dimensional");
        tied("las Tres Islas", "the islands");
        tied("triplicaba", "three times");
        tied("una quincena de casas", "fifteen houses");
        tied("siete días", "a week");
        tied("catorce días", "a fortnight");
        tied("doscientos metros", "a few hundred metres");
    }

    #[test]
    fn a_name_with_other_digits_is_another_name() {
        apart("la bacteria GFAJ-1", "the bacteria GFAJ-2");
        tied("el G7", "the group");
        tied("un F-16", "an F16");
    }

    #[test]
    fn a_month_is_no_number() {
        apart("el 9 de septiembre", "in September");
        tied("el 5/9/2010", "September 5, 2010");
    }

    #[test]
    fn pages_of_figures_stay_cheap_and_equal_values_are_still_tied() {
        let figures: String = (2..3000).map(|n| format!("{n}; ")).collect();
        tied(&figures, &figures);
        let others: String = (4000..7000).map(|n| format!("{n}; ")).collect();
        apart(&figures, &others);
    }
}
