//! `charset`: the share of letters that belong to the script of the language. Languages not written in Latin letters are not measured.

use super::{Filter, Interval, Presets, Record};
use crate::quality::About;
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
    let side = |text: &str, lang: &Lang| if is_latin_language(lang) { latin(text) } else { 1.0 };
    let pair = record.pair;
    Some([side(pair.source, &pair.source_lang), side(pair.target, &pair.target_lang)])
}

fn is_latin_language(lang: &Lang) -> bool {
    matches!(lang.primary(), "es" | "en" | "pt" | "ca" | "gl" | "it" | "fr" | "de" | "eu" | "nl" | "ro" | "pl" | "cs" | "sv" | "da" | "fi")
}

/// The share of Latin letters among the letters; 1 where there are none.
fn latin(text: &str) -> f64 {
    // No character from U+0240 on, as in most texts. Sixteen bytes are compared at once, which a loop that may end early cannot do.
    if text.bytes().fold(0, u8::max) < 0xc9 {
        return 1.0;
    }
    let (mut latin, mut others) = (0_u32, 0_u32);
    for c in text.chars().filter(|c| c.is_alphabetic()) {
        *if is_latin(c) { &mut latin } else { &mut others } += 1;
    }
    if others == 0 { 1.0 } else { f64::from(latin) / f64::from(latin + others) }
}

/// Basic Latin to Latin Extended-B, Latin Extended Additional, ligatures, and the signs for ordinals and micro.
fn is_latin(c: char) -> bool {
    c < '\u{250}' || matches!(c, '\u{1e00}'..='\u{1eff}' | '\u{fb00}'..='\u{fb06}')
}
