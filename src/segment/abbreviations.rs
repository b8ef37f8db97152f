//! What the dot after a word is: the full stop of a sentence or the dot of an abbreviation. What follows from it is decided elsewhere.

use super::characters::is_opener;
use super::gap::Gap;
use super::lists::{Dot, Lists};
use super::tokens::is_roman;

/// What the dot after `word` does: by the lists, with the words before it where they belong to it (`p. ej.`), else by its shape.
/// `None` for an ordinary word.
pub(super) fn dot(gap: &Gap<'_>, word: &str, lists: &Lists) -> Option<Dot> {
    let listed = joined_dot(gap, word, lists).or_else(|| lists.dot(word));
    if is_initial(word) && listed != Some(Dot::End) {
        return Some(Dot::Either);
    }
    listed.or_else(|| looks_short(word).then_some(Dot::Either))
}

/// The last words of the entries of several words are no longer.
const LONGEST_LAST: usize = 4;

/// The longest entry of the lists that ends in `word` and begins at most three short words earlier.
fn joined_dot(gap: &Gap<'_>, word: &str, lists: &Lists) -> Option<Dot> {
    if word.len() > LONGEST_LAST {
        return None;
    }
    let mut joined = word.to_string();
    let mut found = None;
    for earlier in gap.before().skip(1).take(3).take_while(|token| token.len() <= 4) {
        joined.insert_str(0, if earlier.ends_with('.') { "" } else { " " });
        joined.insert_str(0, earlier.trim_start_matches(is_opener));
        found = lists.dot(&joined).or(found);
    }
    found
}

/// `J` in `J. L. Borges`.
fn is_initial(word: &str) -> bool {
    let mut letters = word.chars();
    letters.next().is_some_and(char::is_uppercase) && letters.next().is_none()
}

/// Acronyms with dots (`N.A.T.O.`), doubled capitals (`RR. HH.`), single letters and words in small letters without a vowel (`Bldg.`).
fn looks_short(word: &str) -> bool {
    let is_letter = |part: &str| part.chars().count() == 1 && part.starts_with(char::is_alphabetic);
    let dotted = word.rsplit('-').next().unwrap_or(word).split('.').all(is_letter);
    let bytes = word.as_bytes();
    let doubled = matches!(bytes, [first, second] if first == second && first.is_ascii_uppercase()) && !is_roman(word);
    let vowelless = bytes.len() > 1 && bytes.iter().all(u8::is_ascii_alphabetic) && !word.contains(is_vowel);
    dotted || doubled || (vowelless && bytes[1..].iter().all(u8::is_ascii_lowercase))
}

fn is_vowel(c: char) -> bool {
    matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u' | 'y')
}

#[cfg(test)]
mod tests {
    use crate::segment::marked::{en, es};

    #[test]
    fn a_title_before_a_name_does_not_end_a_segment() {
        es("El Sr. Pérez llegó. | La Sra. Gómez no. | Vino la Dra. Ruiz.");
        en("Mr. Smith met Dr. Jones. | Gen. Lee did not.");
    }

    #[test]
    fn an_abbreviation_of_a_country_ends_a_segment_where_another_evidently_begins() {
        es("Vive en EE. UU. desde ayer. | Llegó a EE.UU. | El viaje fue largo. | Habló EE. UU. Donald Trump calló.");
        en("He lives in the U.S. | The U.N. Security Council met. | She left the U.S. Army.");
    }

    #[test]
    fn phrases_go_on() {
        es("Compró fruta, p. ej. Manzanas. | Hay pan, etc. | Los precios subieron. | Hay pan, etc. y vino.");
        en("Buy fruit, e.g. Apples. | Cats vs. Dogs.");
    }

    #[test]
    fn a_number_follows_its_abbreviation() {
        es("Véase el art. 7 y la pág. XII. | Ver el cap. A. | Es la no. 5. | Dijo que no. | Y se fue.");
        en("See No. 5 and Fig. 3. | He said no. | I left.");
    }

    #[test]
    fn initials_go_with_the_name() {
        es("J. L. Borges nació en 1899. | Leí a J.L. Borges. | El detenido es A. A. J. de 28 años.");
        en("Franklin D. Roosevelt won. | Take vitamin C. | The body needs it.");
    }

    #[test]
    fn hours_and_years_end_segments_by_what_follows() {
        es("Llegó a las 5 p. m. | Salió a las 6 a.m. y volvió. | Fue en el 44 a. C. | César murió. | Es del s. V a. C. y basta.");
        en("It is at 5 p.m. Monday. | It ended at 6 a.m. | The crowd left.");
    }

    #[test]
    fn companies_of_several_dots_are_whole() {
        es("Es de S. A. de C. V. | La empresa cerró. | Trabaja en Cementos S.A. | Desde ayer manda.");
        en("He works for Acme Inc. | She works for Acme Corp. in Texas. | Yahoo! Inc. paid.");
    }

    #[test]
    fn shapes_tell_what_the_lists_do_not() {
        en("The N.A.T.O. Council met. | See Bldg. Four.");
    }

    #[test]
    fn roman_numbers_are_no_abbreviations() {
        es("Reinó Felipe II. | Carlos III no. | Fue en el siglo XX. | Europa ardía.");
    }

    #[test]
    fn a_bracket_closes_an_abbreviation() {
        es("Compruebe lo dicho en (a) y (b). | Abra después la ventana.");
    }
}
