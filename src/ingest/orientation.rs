//! Which side is which language: what was said, what the texts look like, and whether the two agree.

use crate::error::{Error, Result};
use crate::model::{Lang, Unit};
use crate::text::langid::Evidence;

/// Records looked at before sides that look swapped are refused.
const RECORDS: u64 = 1000;

/// Collects evidence on the languages of both sides.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Sides {
    records: u64,
    source: Evidence,
    target: Evidence,
}

impl Sides {
    /// Looks at a unit, one of the first [`RECORDS`]; true when the last of these has just been seen.
    pub(super) fn look(&mut self, unit: &Unit) -> bool {
        if self.records >= RECORDS {
            return false;
        }
        self.add(&unit.source, &unit.target);
        self.records == RECORDS
    }

    /// Looks at two whole texts.
    pub(super) fn add(&mut self, source: &str, target: &str) {
        self.records += 1;
        self.source.add(Evidence::of(source));
        self.target.add(Evidence::of(target));
    }

    /// An error when the sides look swapped: the text on the source side is in the target language and the other way round.
    pub(super) fn refuse_swapped(&self, source_lang: Lang, target_lang: Lang) -> Result<()> {
        let is = |evidence: Evidence, lang: Lang| evidence.verdict().is_some_and(|v| v.same_language(&lang));
        if is(self.source, target_lang) && is(self.target, source_lang) {
            let cause =
                format!("the sides look swapped: what should be `{source_lang}` reads like `{target_lang}` and the other way round");
            let hint = format!("if the file comes `{target_lang}` first, say so: `-s {target_lang} -t {source_lang}`");
            return Err(Error::new(cause).hint(hint));
        }
        Ok(())
    }
}

/// The unit in the corpus's orientation.
///
/// # Errors
/// The cause, if it is of other languages.
pub(super) fn orient(unit: Unit, source_lang: Lang, target_lang: Lang) -> std::result::Result<Unit, String> {
    if unit.source_lang.same_language(&source_lang) && unit.target_lang.same_language(&target_lang) {
        Ok(unit)
    } else if unit.source_lang.same_language(&target_lang) && unit.target_lang.same_language(&source_lang) {
        Ok(unit.swapped())
    } else {
        Err(format!("is `{}`–`{}` in a corpus of `{source_lang}`–`{target_lang}`", unit.source_lang, unit.target_lang))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn swapped_sides_are_refused_with_the_options_to_use() {
        let mut sides = Sides::default();
        sides.add("the orders of Trump", "las órdenes de la humanidad");
        let error = sides.refuse_swapped(Lang::ES, Lang::EN).expect_err("refused").to_string();
        assert!(error.contains("`-s en -t es`"), "{error}");
        assert!(sides.refuse_swapped(Lang::EN, Lang::ES).is_ok());
    }

    #[test]
    fn one_odd_side_is_not_a_swap() {
        let mut sides = Sides::default();
        sides.add("the orders of Trump", "the orders of Trump");
        assert!(sides.refuse_swapped(Lang::ES, Lang::EN).is_ok());
    }

    #[test]
    fn units_are_turned_to_the_corpus() {
        let unit = Unit::new(Lang::EN, "es-CO".parse().expect("a code"), "Yes.".into(), "Sí.".into());
        let turned = orient(unit, Lang::ES, Lang::EN).expect("turned");
        assert_eq!((turned.source.as_str(), turned.source_lang.as_str()), ("Sí.", "es-CO"));
        let french = Unit::new("fr".parse().expect("a code"), Lang::EN, "Oui.".into(), "Yes.".into());
        assert!(orient(french, Lang::ES, Lang::EN).is_err());
    }
}
