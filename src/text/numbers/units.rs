//! Units of measure that translators convert between, with their size in a common unit. Currencies are not among them.

/// What a unit measures.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Dimension {
    /// In metres; speeds too, as both languages name the same hour.
    Length,
    /// In square metres.
    Area,
    /// In kilograms.
    Mass,
    /// In litres.
    Volume,
    /// In hours.
    Duration,
    /// In degrees Celsius, which a factor alone cannot reach.
    Temperature,
}

/// A unit of measure: `size` of it is one of the dimension's common unit.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Unit {
    /// What it measures.
    pub dimension: Dimension,
    /// Its size in the dimension's common unit.
    pub size: f64,
    /// Where its zero lies, in the common unit; zero for all but degrees Fahrenheit.
    pub zero: f64,
}

impl Unit {
    const fn new(dimension: Dimension, size: f64) -> Unit {
        Unit { dimension, size, zero: 0.0 }
    }

    /// The same unit squared, if it is one of length.
    pub(super) fn squared(self) -> Unit {
        if self.dimension == Dimension::Length { Unit::new(Dimension::Area, self.size * self.size) } else { self }
    }

    /// `value` of this unit in the common unit.
    pub fn common(&self, value: f64) -> f64 {
        self.zero + value * self.size
    }
}

// International yard and pound (1959), US liquid gallon and international acre; see NIST Special Publication 811, appendix B.
pub(super) const MILLIMETRE: Unit = Unit::new(Dimension::Length, 0.001);
pub(super) const CENTIMETRE: Unit = Unit::new(Dimension::Length, 0.01);
pub(super) const METRE: Unit = Unit::new(Dimension::Length, 1.0);
pub(super) const KILOMETRE: Unit = Unit::new(Dimension::Length, 1000.0);
pub(super) const INCH: Unit = Unit::new(Dimension::Length, 0.0254);
pub(super) const FOOT: Unit = Unit::new(Dimension::Length, 0.3048);
pub(super) const YARD: Unit = Unit::new(Dimension::Length, 0.9144);
pub(super) const MILE: Unit = Unit::new(Dimension::Length, 1609.344);
pub(super) const HECTARE: Unit = Unit::new(Dimension::Area, 10_000.0);
pub(super) const ACRE: Unit = Unit::new(Dimension::Area, 4046.856);
pub(super) const GRAM: Unit = Unit::new(Dimension::Mass, 0.001);
pub(super) const KILOGRAM: Unit = Unit::new(Dimension::Mass, 1.0);
pub(super) const TONNE: Unit = Unit::new(Dimension::Mass, 1000.0);
pub(super) const OUNCE: Unit = Unit::new(Dimension::Mass, 0.028_349_5);
pub(super) const POUND: Unit = Unit::new(Dimension::Mass, 0.453_592_37);
pub(super) const LITRE: Unit = Unit::new(Dimension::Volume, 1.0);
pub(super) const MILLILITRE: Unit = Unit::new(Dimension::Volume, 0.001);
pub(super) const GALLON: Unit = Unit::new(Dimension::Volume, 3.785_412);
pub(super) const SECOND: Unit = Unit::new(Dimension::Duration, 1.0 / 3600.0);
pub(super) const MINUTE: Unit = Unit::new(Dimension::Duration, 1.0 / 60.0);
pub(super) const HOUR: Unit = Unit::new(Dimension::Duration, 1.0);
pub(super) const DAY: Unit = Unit::new(Dimension::Duration, 24.0);
pub(super) const WEEK: Unit = Unit::new(Dimension::Duration, 7.0 * 24.0);
pub(super) const FORTNIGHT: Unit = Unit::new(Dimension::Duration, 14.0 * 24.0);
/// Fifteen days, as Spanish counts two weeks.
pub(super) const QUINCENA: Unit = Unit::new(Dimension::Duration, 15.0 * 24.0);
pub(super) const MONTH: Unit = Unit::new(Dimension::Duration, 365.25 / 12.0 * 24.0);
pub(super) const YEAR: Unit = Unit::new(Dimension::Duration, 365.25 * 24.0);
pub(super) const DECADE: Unit = Unit::new(Dimension::Duration, 10.0 * 365.25 * 24.0);
pub(super) const CENTURY: Unit = Unit::new(Dimension::Duration, 100.0 * 365.25 * 24.0);
pub(super) const CELSIUS: Unit = Unit::new(Dimension::Temperature, 1.0);
pub(super) const FAHRENHEIT: Unit = Unit { dimension: Dimension::Temperature, size: 5.0 / 9.0, zero: -32.0 * 5.0 / 9.0 };

/// Symbols of any language, as they are written; sorted.
pub(super) const SYMBOLS: &[(&str, Unit)] = &[
    ("C", CELSIUS),
    ("F", FAHRENHEIT),
    ("cm", CENTIMETRE),
    ("ft", FOOT),
    ("g", GRAM),
    ("h", HOUR),
    ("ha", HECTARE),
    ("in", INCH),
    ("kg", KILOGRAM),
    ("km", KILOMETRE),
    ("kmh", KILOMETRE),
    ("kph", KILOMETRE),
    ("l", LITRE),
    ("lb", POUND),
    ("lbs", POUND),
    ("m", METRE),
    ("mi", MILE),
    ("min", MINUTE),
    ("ml", MILLILITRE),
    ("mm", MILLIMETRE),
    ("mph", MILE),
    ("oz", OUNCE),
    ("t", TONNE),
    ("yd", YARD),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn degrees_have_two_zeros() {
        assert!((FAHRENHEIT.common(95.0) - 35.0).abs() < 1e-9);
        assert!((CELSIUS.common(35.0) - 35.0).abs() < 1e-9);
    }

    #[test]
    fn squares_of_lengths_are_areas() {
        assert_eq!(MILE.squared().dimension, Dimension::Area);
        assert!((MILE.squared().size / KILOMETRE.squared().size - 2.59).abs() < 0.001);
    }
}
