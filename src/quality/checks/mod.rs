//! The registry: one file per check, one static list.

pub mod copied;
pub mod empty_side;
pub mod length;
pub mod number;
pub mod number_scale;
pub mod quote_unpaired;
pub mod url;

use super::Check;

/// Every check, in the order in which findings are reported.
pub static CHECKS: &[&Check] = &[
    &empty_side::EMPTY_SIDE,
    &copied::COPIED,
    &number::NUMBER,
    &number_scale::NUMBER_SCALE,
    &url::URL,
    &quote_unpaired::QUOTE_UNPAIRED,
    &length::LENGTH,
];
