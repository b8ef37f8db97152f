//! `spaces`: white space as running text has it. It knows nothing of characters without width.

use super::{Edits, Kind, Rule, Side, en, es, left_en, left_es};
use crate::quality::About;

/// The rule.
pub(super) static SPACES: Rule = Rule {
    id: "spaces",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "White space becomes single blanks, none before commas or inside quotation marks", es: "Los espacios quedan en uno, ninguno antes de comas ni dentro de comillas" },
    docs: "
Every run of white space becomes one blank: no-break, thin and wide spaces, tabs, line breaks within the segment; none is left at the ends.
Blanks go before `,` `;` `:` `.` `?` `!` and closing marks when a blank, a closing mark or the end follows, and after opening marks (`¿ Qué`, `« Sí »`, `( a )`).
Left: whether there is a blank before `%` and in `12 000`, both of which are right; blanks before an ellipsis and between dots, a decimal (`.5`), a name (`.NET`) or a face (`:)`);
straight quotation marks, which open and close alike; a missing blank, which would be a guess.

Elsewhere: OpusFilter WhitespaceNormalizer, OpusCleaner normalize_whitespace, Bifixer, Moses normalize-punctuation.perl.
",
    changes: &[
        es("Dijo:  « Sí »\u{a0}, y  se\tfue .", "Dijo: «Sí», y se fue."),
        es("¿ Qué ? ¡ Nada !", "¿Qué? ¡Nada!"),
        es("  un 10\u{a0}%\u{2003}( aprox. ) ", "un 10 % (aprox.)"),
        en("Well , he\nsaid “ no ” .", "Well, he said “no”."),
    ],
    leaves: &[
        left_es("Un 10 % de 12 000, un 5% más"),
        left_es("Y entonces ... nada . . . más"),
        left_en("The .NET code is .5 bigger :) ;-)"),
        left_en("He said \"no\" to \" that \""),
        left_en("the ”Plan” and the „Plan“ of it"),
    ],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    let mut at = 0;
    while let Some(start) = text[at..].find(char::is_whitespace).map(|n| at + n) {
        let end = text[start..].find(|c: char| !c.is_whitespace()).map_or(text.len(), |n| start + n);
        let put = if is_needed(text, start, end) { " " } else { "" };
        if &text[start..end] != put {
            edits.put(start..end, put);
        }
        at = end;
    }
}

/// True if the white space from `start` to `end` separates anything.
fn is_needed(text: &str, start: usize, end: usize) -> bool {
    let (mut before, mut after) = (text[..start].chars().rev(), text[end..].chars());
    let (Some(last), Some(next)) = (before.next(), after.next()) else { return false };
    let (last_but_one, next_but_one) = (before.next(), after.next());
    let dots = next == '.' && after_dots(&text[end..]);
    // `the ”Plan” is` and `„Plan“ is` open and close with the same mark the other way round.
    let opened = opens(last) && !last_but_one.is_some_and(|c| c.is_alphanumeric() || is_mark(c));
    let closed = closes(next) && !next_but_one.is_some_and(char::is_alphanumeric);
    let before_mark = is_mark(next) && ends(next, next_but_one) && !is_mark(last);
    dots || !(opened || closed || before_mark)
}

/// True if a dot is followed by another one, blanks between them or not.
fn after_dots(text: &str) -> bool {
    text[1..].trim_start().starts_with('.')
}

fn opens(c: char) -> bool {
    matches!(c, '«' | '“' | '¿' | '¡' | '(' | '[')
}

fn closes(c: char) -> bool {
    matches!(c, '»' | '”' | ')' | ']')
}

fn is_mark(c: char) -> bool {
    matches!(c, ',' | ';' | ':' | '.' | '?' | '!')
}

/// True if a mark before `c` ends something; `:)` and `;)` are faces.
fn ends(mark: char, c: Option<char>) -> bool {
    let face = matches!(mark, ':' | ';');
    c.is_none_or(|c| c.is_whitespace() || !face && (closes(c) || matches!(c, '"' | '\'')))
}
