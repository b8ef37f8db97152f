//! Does a segment end at a gap? What the mark before it says; gaps without a mark are for [`unmarked`].

use super::abbreviations::dot;
use super::characters::{is_closer, is_final};
use super::gap::{Case, Gap, Left, Marks, Right};
use super::lists::{Dot, Lists, Start, capitalised};
use super::tokens::{is_date, is_ordinal, is_short_number, item};
use super::unmarked::{self, LONGEST_FORMULA};

/// The longest line of verse, in words. Poems run together have capitals after semicolons.
const LONGEST_VERSE: usize = 10;

/// True if the segment before `gap` ends there.
pub(super) fn ends(gap: &Gap<'_>, lists: &Lists) -> bool {
    if is_hopeless(gap, lists) {
        return false;
    }
    let right = Right::of(gap);
    if right.trails {
        return false;
    }
    let left = Left::of(gap);
    if gap.place.end == gap.place.next && right.openers.is_empty() && right.case == Case::Capital {
        return is_glued(&left, &right, lists);
    }
    match left.marks {
        Marks::None if is_note_number(gap, lists) => true,
        Marks::None | Marks::Inner => unmarked::ends(gap, &left, &right, lists),
        Marks::Semicolon => lists.start(right.word) == Some(Start::Strong) && gap.before().nth(LONGEST_VERSE).is_some(),
        _ if precedes_note_number(gap, lists) => false,
        Marks::Period => period(gap, &left, &right, lists),
        Marks::Ellipsis => ellipsis(gap, &left, &right, lists),
        Marks::Strong => strong(gap, &left, &right, lists),
    }
}

/// True for what the first bytes on both sides exclude: most of the gaps that come here, and quickly told.
fn is_hopeless(gap: &Gap<'_>, lists: &Lists) -> bool {
    match gap.edges() {
        (b'a'..=b'z' | b'0'..=b'9', b'A'..=b'Z') => lists.start(gap.next_word()).is_none(),
        (b'a'..=b'z', b'0'..=b'9') => {
            !gap.breaks_line() && !gap.after().next().is_some_and(|token| is_date(token) || item(token).is_some())
        }
        (b',', b' '..=b'~') => gap.segment().len() > LONGEST_FORMULA,
        _ => false,
    }
}

/// A full stop, or the dot of an abbreviation.
fn period(gap: &Gap<'_>, left: &Left<'_>, right: &Right<'_>, lists: &Lists) -> bool {
    if gap.before().nth(1).is_none() && is_ordinal(left.word) {
        return false; // `1.`, `a.` or `IV.` numbers an item
    }
    let dot = if left.enclosed { None } else { dot(gap, left.word, lists) };
    match dot {
        Some(Dot::Inside) => false,
        Some(Dot::Number) => begins(right) && (right.case != Case::Digit && !is_ordinal(right.word) || !right.openers.is_empty()),
        Some(Dot::Digit) => begins(right) && right.case != Case::Digit,
        Some(Dot::Either) => right.inverted || is_start(gap, right, lists),
        Some(Dot::End) => begins(right),
        None => begins(right) || (right.case == Case::Lower && ends_before_small_letter(gap, left, right)),
    }
}

/// A whole sentence in brackets, a word that is too long for an abbreviation, or a writer without capitals.
fn ends_before_small_letter(gap: &Gap<'_>, left: &Left<'_>, right: &Right<'_>) -> bool {
    right.openers.starts_with('(') || left.word.chars().count() >= 4 || gap.segment().starts_with(char::is_lowercase)
}

/// Dots that trail off end a segment before a capital, but one that stands apart is a pause.
fn ellipsis(gap: &Gap<'_>, left: &Left<'_>, right: &Right<'_>, lists: &Lists) -> bool {
    let pause = left.alone && left.closers.is_empty();
    let first_person = right.word == "I" || right.word.starts_with("I'") || right.word.starts_with("I’");
    let goes_on = matches!(right.case, Case::Digit | Case::Lower) || first_person;
    begins(right) && !goes_on && (!pause || right.inverted || is_start(gap, right, lists))
}

/// A question or exclamation mark: small letters after it go on with the sentence (`¡Ay! dijo`), unless their author has no capitals at all.
fn strong(gap: &Gap<'_>, left: &Left<'_>, right: &Right<'_>, lists: &Lists) -> bool {
    if right.case == Case::Lower {
        return left.closers.is_empty() && right.openers.is_empty() && gap.segment().starts_with(char::is_lowercase);
    }
    if lists.dot(&format!("{}!", left.word)).is_some() {
        return is_start(gap, right, lists); // a name that ends in a mark
    }
    begins(right) && !reports(gap, left, lists) && (!is_inserted(gap, left) || is_start(gap, right, lists))
}

/// `(¿quién?)`: the bracket that closes after the mark was opened inside the segment.
fn is_inserted(gap: &Gap<'_>, left: &Left<'_>) -> bool {
    left.closers.starts_with(')') && gap.before().any(|token| token.starts_with('(')) && !gap.segment().starts_with('(')
}

/// `“Why?” Clara asked`: a name and a verb of saying after the quotation.
fn reports(gap: &Gap<'_>, left: &Left<'_>, lists: &Lists) -> bool {
    !left.closers.is_empty() && gap.after().skip(1).take(2).any(|token| lists.reports(token.trim_end_matches(['.', ',', ':'])))
}

fn begins(right: &Right<'_>) -> bool {
    right.inverted || !matches!(right.case, Case::Lower | Case::Other)
}

/// True for a word of the list of starters, with a capital or all in capitals, and for a verb such as `Llegó`; an initial (`A.`) is none.
fn is_start(gap: &Gap<'_>, right: &Right<'_>, lists: &Lists) -> bool {
    let initial = right.word.chars().count() == 1 && gap.after().next().is_some_and(|token| token.ends_with('.'));
    let shouted = right.word.len() > 1 && right.word.chars().all(char::is_uppercase);
    let verb = right.case == Case::Capital && right.word.len() > 4 && (right.word.ends_with('ó') || right.word.ends_with("o\u{301}"));
    let listed = |word: &str| lists.start(word).is_some();
    !initial && (listed(right.word) || verb || (shouted && listed(&capitalised(&right.word.to_lowercase()))))
}

/// `end.Next` without white space: a word before, an evident start after. Most such dots are in addresses.
fn is_glued(left: &Left<'_>, right: &Right<'_>, lists: &Lists) -> bool {
    left.word.len() >= 3 && left.word.chars().all(char::is_alphabetic) && lists.start(right.word).is_some()
}

/// `rights. 4 Even though`: the raised number of a note whose formatting is lost, before an evident start.
fn precedes_note_number(gap: &Gap<'_>, lists: &Lists) -> bool {
    let mut after = gap.after();
    after.next().is_some_and(is_short_number) && after.next().is_some_and(|next| next.len() > 1 && lists.start(next).is_some())
}

/// `rights. 4 | Even though`: the segment ends after that number.
fn is_note_number(gap: &Gap<'_>, lists: &Lists) -> bool {
    let mut before = gap.before();
    let numbered = before.next().is_some_and(is_short_number);
    let ended = before.next().is_some_and(|token| token.trim_end_matches(is_closer).ends_with(is_final));
    numbered && ended && gap.after().next().is_some_and(|next| next.len() > 1 && lists.start(next).is_some())
}

#[cfg(test)]
mod tests {
    use crate::segment::marked::{assert_split, en, es};
    use crate::text::Lang;

    #[test]
    fn a_full_stop_before_a_capital_a_digit_or_an_opener_ends_a_segment() {
        es("Llegó tarde. | Nadie lo vio. | 20 personas lo buscaban. | ¿Dónde estaba? | «En casa.» | (Mentía.) | $5 costó.");
    }

    #[test]
    fn numbers_addresses_and_versions_are_whole() {
        es(
            "Costó 1.234,56 euros y 3.5 dólares. | Visite www.un.org. | Escriba a info@un.org o abra informe.v2.pdf. | La versión 2.0.1 ya está.",
        );
    }

    #[test]
    fn names_that_begin_small_begin_segments() {
        en("I like it. | iPhone sales grew. | eBay lost. | un.org has more.");
    }

    #[test]
    fn an_ellipsis_ends_a_segment_before_a_capital_only() {
        es("No sé… | Tal vez mañana. | Bueno... creo que sí. | Dijo que… ¡no vendría! | Ya… | ¿Y ahora?");
        en("Well... I think so. | He left... | Then she came.");
    }

    #[test]
    fn dots_that_stand_apart_are_a_pause() {
        en("They turn to credit … Lenders like it. | That is all.");
    }

    #[test]
    fn marks_may_be_several() {
        es("¿¡Cómo!? | ¡¿Qué?! | ¿Sí...? | ¡No!... | Ya.");
    }

    #[test]
    fn a_reporting_clause_goes_on_with_its_quotation() {
        es("«¿Vienes?» preguntó Clara. | «¡No!», dijo él.");
        en("“Why?” she asked. | \"Why?\" Clara asked. | “Go!” | He went.");
    }

    #[test]
    fn a_raya_goes_with_what_it_opens() {
        es("—No —respondió—. | No quiero. | —¿Por qué? —preguntó ella. | —Porque no. | — Ya.");
    }

    #[test]
    fn quotes_and_brackets_close_with_their_segment() {
        es("Lo dijo (ayer). | «Fin.» | Calló (¡por fin!) | Era tarde (¿las dos?) Juan dormía.");
        es("Dijo: \" No iré. \" | Y no fue. | « Nunca. » | Así fue.");
        assert_split(&"de".parse().expect("a code"), "„Ja.“ | »Nein.« | So war es.");
    }

    #[test]
    fn a_note_number_stays_with_its_segment() {
        en("It is so.[12] | It is not. [3] | That was known. 4 | The rest is new.");
    }

    #[test]
    fn an_emoticon_stays_with_its_segment() {
        es("¡Gracias! 😊 | Hasta luego. | Muy bien :) | Nos vemos.");
    }

    #[test]
    fn a_writer_without_capitals_is_split_too() {
        en("i am here. | you know me. | ok? | fine");
    }

    #[test]
    fn text_in_capitals_is_split_like_any() {
        es("NADIE LO SABE. | EL DR. PÉREZ CALLA. | VIVE EN EE. UU. | LA VIDA SIGUE.");
    }

    #[test]
    fn white_space_may_be_missing() {
        es("Fin.¿Y ahora?".replace(".¿", ". | ¿").as_str());
        let text = "Es el fin.La vida sigue.¿O no? ASP.Net y U.S.Army no.";
        let found = crate::segment::segment(text, &Lang::ES, crate::segment::Paragraphs::Line);
        let found: Vec<&str> = found.iter().map(|s| &text[s.start..s.end]).collect();
        assert_eq!(found, ["Es el fin.", "La vida sigue.", "¿O no?", "ASP.Net y U.S.Army no."]);
    }

    #[test]
    fn a_semicolon_ends_a_segment_only_before_the_start_of_another() {
        es("Las tierras que quedan al norte del río se dedican desde entonces al maíz; | El resto no.");
        en("He will not always chide; Neither will he keep his anger for ever.");
    }

    #[test]
    fn cjk_marks_need_no_white_space() {
        let text = "你好。再见！「好。」完";
        assert_eq!(crate::segment::segment(text, &"zh".parse().expect("a code"), crate::segment::Paragraphs::Line).len(), 4);
    }
}
