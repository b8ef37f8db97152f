//! `mask-personal-data`: a word such as `[EMAIL]` in place of personal data. What is personal is in [`personal`](crate::quality::personal).

use super::{Edits, Kind, Rule, Side, en, es, left_en, left_es};
use crate::quality::About;
use crate::quality::personal::personal_data_beside;

/// The rule.
pub(super) static MASK_PERSONAL_DATA: Rule = Rule {
    id: "mask-personal-data",
    version: 1,
    kind: Kind::Mask,
    about: About { en: "Personal data become `[EMAIL]`, `[PHONE]`, `[ID]`, `[IBAN]`, `[CARD]`, `[IP]`", es: "Los datos personales pasan a `[EMAIL]`, `[PHONE]`, `[ID]`, `[IBAN]`, `[CARD]`, `[IP]`" },
    docs: "
Addresses of e-mail; telephone numbers with a country code, in the form of North America, or after a word such as `tel.`; numbers of documents: Spain's DNI and NIE, Chile's RUT, Venezuela's RIF
and identity card, Argentina's CUIT, Mexico's CURP, the social security number of the United States, the national insurance number of the United Kingdom, and any after `cédula`, `pasaporte`,
`passport`; IBAN; numbers of cards; IPv4 addresses. Where there is a check digit it must be right. What is masked on one side is masked on the other.
Left: names, postal addresses, handles, web addresses, and numbers that nothing tells from amounts. This finds what has a form; it makes no text anonymous.
The filter `personal-data` counts the same.

Elsewhere: KEOPS marks such pairs; BiROAMer (Bitextor) masks.
",
    changes: &[
        es("Escriba a ana@example.org o llame al tel. 91 123 45 67.", "Escriba a [EMAIL] o llame al tel. [PHONE]."),
        en("His card is 4111 1111 1111 1111, from 192.0.2.235", "His card is [CARD], from [IP]"),
        es("DNI 12345678Z", "DNI [ID]"),
    ],
    leaves: &[left_es("1.234.567 euros en 2019-2020, @ana"), left_en("912 345 678 people; section 7.1.2.3")],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    for data in personal_data_beside(side.text, side.other) {
        edits.put(data.span, data.kind.mask());
    }
}
