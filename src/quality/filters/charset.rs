//! `charset`: the share of letters that belong to the script of the language. Languages not written in Latin letters are not measured.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
use crate::quality::marks::Marks;
use crate::text::Lang;

/// The filter.
pub(super) static CHARSET: Filter = Filter {
    id: "charset",
    about: About { en: "Share of letters in the script of the language", es: "Proporción de letras en la escritura del idioma" },
    unit: "share",
    range: Interval::between(0.0, 1.0),
    presets: Presets { training: Interval::from(0.5), strict: Interval::from(0.9), review: Interval::ANY },
    peers: "OpusFilter CharacterScoreFilter, Bicleaner no_script_inconsistencies",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let ([source, target], marks) = (record.langs(), record.marks());
    let side = |lang: &Lang, marks: &Marks| if is_latin_language(lang) { latin(marks) } else { 1.0 };
    Some([side(&source, &marks[0]), side(&target, &marks[1])])
}

fn is_latin_language(lang: &Lang) -> bool {
    matches!(lang.primary(), "es" | "en" | "pt" | "ca" | "gl" | "it" | "fr" | "de" | "eu" | "nl" | "ro" | "pl" | "cs" | "sv" | "da" | "fi")
}

/// The share of Latin letters among the letters; 1 where there are none.
fn latin(marks: &Marks) -> f64 {
    if marks.all_letters == 0 { 1.0 } else { f64::from(marks.latin_letters) / f64::from(marks.all_letters) }
}
