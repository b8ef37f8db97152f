//! The registry: one file per check, one static list.

pub mod acronym;
pub mod control;
pub mod copied;
pub mod empty_side;
pub mod entity;
pub mod exclamation;
pub mod hedge;
pub mod length;
pub mod markup;
pub mod mojibake;
pub mod negation;
pub mod number;
pub mod number_scale;
pub mod omission;
pub mod partly_untranslated;
pub mod question;
pub mod quote_extent;
pub mod quote_unpaired;
pub mod term;
pub mod url;
pub mod wrong_language;

use super::Check;

/// Every check, in the order in which findings are reported.
pub static CHECKS: &[&Check] = &[
    &empty_side::EMPTY_SIDE,
    &copied::COPIED,
    &wrong_language::WRONG_LANGUAGE,
    &partly_untranslated::PARTLY_UNTRANSLATED,
    &omission::OMISSION,
    &number::NUMBER,
    &number_scale::NUMBER_SCALE,
    &negation::NEGATION,
    &entity::ENTITY,
    &acronym::ACRONYM,
    &hedge::HEDGE,
    &term::TERM,
    &url::URL,
    &quote_extent::QUOTE_EXTENT,
    &quote_unpaired::QUOTE_UNPAIRED,
    &question::QUESTION_MOOD,
    &exclamation::EXCLAMATION_MOOD,
    &markup::MARKUP,
    &control::CONTROL,
    &mojibake::MOJIBAKE,
    &length::LENGTH,
];
