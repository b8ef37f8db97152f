//! `personal-data`: how many pieces of personal data a side has. No preset drops for it: whether to mask them (the cleaning rule `mask-personal-data`) or to drop is not a
//! question of quality.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::quality::personal::personal_data_beside;

/// The filter.
pub(super) static PERSONAL_DATA: Filter = Filter {
    id: "personal-data",
    about: About {
        en: "E-mail addresses, telephone, document, account and card numbers",
        es: "Correos, teléfonos, números de documento, de cuenta y de tarjeta",
    },
    unit: "pieces",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::ANY, strict: Interval::ANY, review: Interval::ANY },
    peers: "KEOPS flag, BiROAMer",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let [source, target] = record.texts();
    Some([(source, target), (target, source)].map(|(text, other)| personal_data_beside(text, other).len() as f64))
}
