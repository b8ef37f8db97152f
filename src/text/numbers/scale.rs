//! Numbers that differ by a power of ten: `3.000` and `30,000`, `dos millones` and `two billion`, `decenas de millones` and `tens of billions`.

use super::{Decimal, Kind, Notation, Quantity};

/// A number of each side with the same digits and another power of ten.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Slip {
    /// Index in the source.
    pub source: usize,
    /// Index in the target.
    pub target: usize,
    /// The target is ten to this power times the source; not zero.
    pub power: i32,
}

/// Takes the slips out of `left` and `right`, the indices of what nothing answers; each number is in one slip.
pub(super) fn take_slips(source: &[Quantity<'_>], target: &[Quantity<'_>], left: &mut Vec<usize>, right: &mut Vec<usize>) -> Vec<Slip> {
    let mut slips = Vec::new();
    left.retain(|&s| {
        let slip = right.iter().enumerate().find_map(|(n, &t)| Some((n, t, power_apart(&source[s], &target[t])?)));
        let Some((n, t, power)) = slip else { return true };
        right.remove(n);
        slips.push(Slip { source: s, target: t, power });
        false
    });
    slips.sort_unstable_by_key(|slip| slip.source);
    slips
}

/// Words below this are said in too many ways: `cien` is no slip for `ten`.
const LEAST_WORDED: f64 = 1000.0;
/// Of two numbers in words one has to be as large as this, and so have `a million` and its like, of which only the scale can be compared.
const LEAST_SCALE: f64 = 1e6;

/// The power of ten by which `b` is larger than `a`, if that is all that tells them apart.
fn power_apart(a: &Quantity<'_>, b: &Quantity<'_>) -> Option<i32> {
    if !(is_scalable(a) && is_scalable(b)) || (a.kind == Kind::Percent) != (b.kind == Kind::Percent) {
        return None;
    }
    let (x, y) = (a.value.readings().next()?, b.value.readings().next()?);
    let ((x_digits, x_power), (y_digits, y_power)) = (x.significand(), y.significand());
    let power = y_power - x_power;
    (x_digits == y_digits && power != 0 && is_plain_enough(a, b, x, y, power)).then_some(power)
}

fn is_scalable(of: &Quantity<'_>) -> bool {
    matches!(of.kind, Kind::Cardinal | Kind::Magnitude | Kind::Percent | Kind::Year)
        && matches!(of.notation, Notation::Digits | Notation::Words)
}

/// `miles` is often said for `hundreds`, and `una` is everywhere: what is in words has to be large, and a scale of its own off by another scale.
fn is_plain_enough(a: &Quantity<'_>, b: &Quantity<'_>, x: Decimal, y: Decimal, power: i32) -> bool {
    let (least, most) = (x.to_f64().min(y.to_f64()), x.to_f64().max(y.to_f64()));
    let magnitude = a.kind == Kind::Magnitude || b.kind == Kind::Magnitude;
    if magnitude && power.abs() < 3 {
        return false;
    }
    match (a.notation == Notation::Words, b.notation == Notation::Words) {
        (false, false) => true,
        (true, true) => least >= LEAST_WORDED && most >= LEAST_SCALE && (magnitude || x.significand().0 != 1 || least >= LEAST_SCALE),
        (true, false) => x.to_f64() >= LEAST_WORDED,
        (false, true) => y.to_f64() >= LEAST_WORDED,
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Style, parse, unanswered};
    use crate::text::Lang;

    fn powers(source: &str, target: &str) -> Vec<i32> {
        let (source, target) = (parse(source, &Lang::ES, Style::of(&Lang::ES)), parse(target, &Lang::EN, Style::of(&Lang::EN)));
        unanswered(&source, &target).scaled.iter().map(|slip| slip.power).collect()
    }

    #[test]
    fn powers_of_ten_are_slips_in_digits_and_in_words() {
        assert_eq!(powers("4 millones", "4 billion"), [3]);
        assert_eq!(powers("3.000 casas", "30,000 houses"), [1]);
        assert_eq!(powers("dos millones", "two billion"), [3]);
        assert_eq!(powers("dos billones", "2 billion"), [-3]);
        assert_eq!(powers("un millón de voces", "a billion voices"), [3]);
        assert_eq!(powers("12 %", "1.2 %"), [-1]);
    }

    #[test]
    fn orders_of_magnitude_slip_by_whole_scales() {
        assert_eq!(powers("decenas de millones", "tens of billions"), [3]);
        assert_eq!(powers("miles de millones", "millions"), [-3]);
        assert_eq!(powers("varios millones de viales", "several billion vials"), [3]);
        assert_eq!(powers("decenas de miles", "thousands"), [0; 0]);
        assert_eq!(powers("miles de millones", "billions"), [0; 0]);
    }

    #[test]
    fn small_numbers_in_words_are_no_slips() {
        assert_eq!(powers("cien veces", "ten times"), [0; 0]);
        assert_eq!(powers("mil gracias", "thanks a million"), [0; 0]);
        assert_eq!(powers("una casa y 10 perros", "a house and dogs"), [0; 0]);
    }
}
