//! Exact decimal values. No rounding, no binary fractions: `1,10` and `1.1` are equal, `0,1 + 0,2` is `0,3`.

use std::fmt;

/// Most digits a value may have: 10³⁰ leaves an `i128` room for a scale of 10⁸ on top.
const MOST_DIGITS: usize = 30;

/// `digits × 10^-scale`, without trailing zeros after the point, so that equal values are equal structs.
///
/// The order is total and stable, for sorting; it is not the order of the values.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal {
    digits: i128,
    scale: u32,
}

impl Decimal {
    /// Zero.
    pub const ZERO: Decimal = Decimal::integer(0);
    /// One.
    pub const ONE: Decimal = Decimal::integer(1);

    /// A whole number.
    pub const fn integer(value: u64) -> Decimal {
        Decimal { digits: value as i128, scale: 0 }
    }

    /// `digits × 10^-scale`, for scales to 30: `new(50, 2)` is one half.
    pub fn new(digits: u64, scale: u32) -> Decimal {
        Decimal { digits: i128::from(digits), scale: scale.min(30) }.reduced()
    }

    /// The number with these ASCII digits before and after the point; other characters are skipped.
    /// `None` when there are more than 30 digits or none at all.
    pub fn from_digits(whole: &str, fraction: &str) -> Option<Decimal> {
        let digits = || whole.bytes().chain(fraction.bytes()).filter(u8::is_ascii_digit);
        if !(1..=MOST_DIGITS).contains(&digits().count()) {
            return None;
        }
        let value = digits().fold(0, |value: i128, b| value * 10 + i128::from(b - b'0'));
        let scale = fraction.bytes().filter(u8::is_ascii_digit).count();
        Some(Decimal { digits: value, scale: u32::try_from(scale).ok()? }.reduced())
    }

    /// The value times `10^power`; `None` when it does not fit.
    pub fn shifted(self, power: u32) -> Option<Decimal> {
        let from_scale = power.min(self.scale);
        let digits = self.digits.checked_mul(10_i128.checked_pow(power - from_scale)?)?;
        Some(Decimal { digits, scale: self.scale - from_scale }.reduced())
    }

    /// The sum; `None` when it does not fit.
    pub fn plus(self, other: Decimal) -> Option<Decimal> {
        let scale = self.scale.max(other.scale);
        let at = |d: Decimal| d.digits.checked_mul(10_i128.checked_pow(scale - d.scale)?);
        Some(Decimal { digits: at(self)?.checked_add(at(other)?)?, scale }.reduced())
    }

    /// The value, if it is whole and fits.
    pub fn as_integer(self) -> Option<u64> {
        if self.scale == 0 { u64::try_from(self.digits).ok() } else { None }
    }

    /// The nearest floating-point value, for tolerances only.
    pub fn to_f64(self) -> f64 {
        self.digits as f64 / 10_f64.powi(self.scale as i32)
    }

    /// The value of one in the last digit that is not zero: 1000 for 12 000, 0.1 for 3.5; 1 for zero.
    pub fn last_place(self) -> f64 {
        10_f64.powi(self.significand().1)
    }

    /// The digits without the zeros around them, and the power of ten that they are multiplied by: 12 000 is 12 × 10³. Zero has the power 0.
    pub fn significand(self) -> (i128, i32) {
        let (mut digits, mut power) = (self.digits, -(self.scale as i32));
        while digits != 0 && digits % 10 == 0 {
            (digits, power) = (digits / 10, power + 1);
        }
        (digits, power)
    }

    fn reduced(mut self) -> Decimal {
        while self.scale > 0 && self.digits % 10 == 0 {
            self.digits /= 10;
            self.scale -= 1;
        }
        self
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let power = 10_i128.pow(self.scale);
        write!(f, "{}", self.digits / power)?;
        if self.scale > 0 {
            write!(f, ".{:0width$}", self.digits % power, width = self.scale as usize)?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn decimal(whole: &str, fraction: &str) -> Decimal {
        Decimal::from_digits(whole, fraction).expect("digits")
    }

    #[test]
    fn equal_values_are_equal_structs() {
        assert_eq!(decimal("1", "10"), decimal("1", "1"));
        assert_eq!(decimal("3", "000"), Decimal::integer(3));
        assert_eq!(decimal("1.234", ""), Decimal::integer(1234), "separators are skipped");
        assert_eq!(Decimal::new(50, 2), decimal("0", "5"));
    }

    #[test]
    fn shifting_keeps_every_digit() {
        assert_eq!(decimal("1", "5").shifted(6), Some(Decimal::integer(1_500_000)));
        assert_eq!(decimal("2", "0345").shifted(3), Some(decimal("2034", "5")));
        assert_eq!(decimal(&"9".repeat(30), "").shifted(30), None);
    }

    #[test]
    fn sums_align_the_point() {
        assert_eq!(decimal("0", "1").plus(decimal("0", "2")), Some(decimal("0", "3")));
        assert_eq!(Decimal::integer(2_000_000).plus(Decimal::integer(300_000)), Some(Decimal::integer(2_300_000)));
    }

    #[test]
    fn too_many_digits_are_no_number() {
        assert_eq!(Decimal::from_digits(&"1".repeat(31), ""), None);
        assert_eq!(Decimal::from_digits("", ""), None);
    }

    #[test]
    fn values_are_shown_with_a_point() {
        assert_eq!(decimal("1234", "05").to_string(), "1234.05");
        assert_eq!(Decimal::integer(7).to_string(), "7");
    }

    #[test]
    fn the_last_place_tells_how_round_a_number_is() {
        assert_eq!(Decimal::integer(12_000).last_place(), 1000.0);
        assert_eq!(decimal("3", "5").last_place(), 0.1);
        assert_eq!(Decimal::ZERO.last_place(), 1.0);
    }
}
