//! Headlines run into the text below them: `Sube la tensión en la frontera | La tensión creció el lunes`. No mark says where they end; what does is a
//! function word with a capital that is neither a name's nor a title's, and words said again. Titles inside sentences must not be cut.

use super::characters::{is_closer, is_final, is_opener};
use super::gap::{Case, Gap, Left, Marks, Right};
use super::lists::{Lists, Start};
use crate::text::fold;

/// The longest headline, in words; newspapers keep to 15.
const LONGEST: usize = 20;
/// From so many words on, a headline is less likely.
const LONG: usize = 15;
/// The fewest words of the segment after a headline; what is shorter is a title inside a sentence.
const SHORTEST_NEXT: usize = 5;
/// How far into the next segment its words are compared.
const REACH: usize = 30;

/// True if what precedes `gap` is a headline and what follows its text.
pub(super) fn is_headline(gap: &Gap<'_>, left: &Left<'_>, right: &Right<'_>, lists: &Lists) -> bool {
    right.case == Case::Capital
        && left.marks == Marks::None
        && begins_text(gap, left, right, lists)
        && ends_headline(gap, left, lists)
        && (2..=LONGEST).contains(&gap.before().take(LONGEST + 1).count())
        && sentence(gap).count() >= SHORTEST_NEXT
        && evidence(gap, left) > 0
}

/// A function word with a capital, and nothing at it.
fn begins_text(gap: &Gap<'_>, left: &Left<'_>, right: &Right<'_>, lists: &Lists) -> bool {
    let tells = match lists.start(right.word) {
        Some(Start::Strong) => true,
        Some(Start::Title) => !is_capital(left.word),
        Some(Start::Weak) | None => false,
    };
    tells && gap.after().next() == Some(right.word)
}

/// A word that can be the last one: no function word, nothing that a title follows, no opened quotation, no bracket.
fn ends_headline(gap: &Gap<'_>, left: &Left<'_>, lists: &Lists) -> bool {
    let opened = gap.before().next().is_some_and(|token| token.starts_with(is_opener) && !token.ends_with(is_closer));
    let whole = left.word.ends_with(|c: char| c.is_alphanumeric() || c == '%');
    whole && !opened && !left.closers.contains(')') && !lists.is_function(left.word) && !lists.introduces_title(left.word)
}

/// Points for and against; a headline needs more than none. Set by hand on running news text, and checked on encyclopedia articles, where
/// titles without quotation marks are common.
fn evidence(gap: &Gap<'_>, left: &Left<'_>) -> i32 {
    let second = gap.after().nth(1).unwrap_or("");
    let names = match (is_capital(left.word), is_capital(second)) {
        (false, false) => 0,
        (true, false) => 1,
        (false, true) => 3,
        (true, true) => 5,
    };
    let clauses = if gap.before().any(|token| token.ends_with(',')) { 2 } else { 0 };
    let length = i32::from(gap.before().nth(LONG - 1).is_some());
    let repeated = shared_words(gap).min(2);
    2 + 2 * repeated as i32 - names - clauses - length
}

fn is_capital(word: &str) -> bool {
    word.starts_with(char::is_uppercase)
}

/// The tokens up to the next final mark.
fn sentence<'a>(gap: &Gap<'a>) -> impl Iterator<Item = &'a str> {
    let mut ended = false;
    gap.after().take(REACH).take_while(move |token| {
        let go_on = !ended;
        ended = token.trim_end_matches(is_closer).ends_with(is_final);
        go_on
    })
}

/// How many words of four letters or more the headline shares with its text, by their first five letters: it says what follows.
fn shared_words(gap: &Gap<'_>) -> usize {
    let headline: Vec<String> = gap.before().filter_map(stem).collect();
    let mut shared: Vec<String> = sentence(gap).filter_map(stem).filter(|stem| headline.contains(stem)).collect();
    shared.sort_unstable();
    shared.dedup();
    shared.len()
}

fn stem(token: &str) -> Option<String> {
    let word = token.trim_matches(|c: char| !c.is_alphanumeric());
    let folded = fold(word);
    folded.chars().nth(3).is_some().then(|| folded.chars().take(5).collect())
}

#[cfg(test)]
mod tests {
    use crate::segment::marked::{en, es};

    #[test]
    fn a_headline_ends_where_its_text_begins() {
        es("Sube la tensión en la frontera | La tensión creció el lunes entre los dos países.");
        es("El río baja crecido por las lluvias | Según los vecinos, nadie recuerda nada igual.");
        en("Bus drivers return to work in Leeds | The drivers had walked out a week ago.");
        en("Museum reopens after ten years | After long repairs the doors are open to all.");
    }

    #[test]
    fn titles_of_works_are_not_cut() {
        es("Su segunda novela El faro de la isla salió a la venta en marzo en todo el país.");
        en("They all went to see the film The last farmer in town on a Friday night.");
        en("The children loved Gone With the Wind and asked to see it again.");
    }

    #[test]
    fn names_with_an_article_are_not_cut() {
        es("Pasaron unos días felices La Habana y Los Ángeles de por medio y volvieron a casa.");
        es("Se reunió con Oscar De la Cruz y con otros muchos amigos de la infancia.");
    }

    #[test]
    fn a_headline_is_no_clause_and_has_a_text() {
        es("Cuando por fin llegaron, ya de noche, todos cansados y con hambre, juntos La casa estaba vacía y nadie abrió.");
        es("Pidió en la taquilla una entrada Para hoy.");
    }
}
