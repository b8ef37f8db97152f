//! `wrong-language`: a side is in another language than it should be. A passage in another language within a side is not its business.

use crate::model::Finding;
use crate::quality::checks::copied::are_copies;
use crate::quality::definition::args;
use crate::quality::{About, Check, Example, Reading};
use crate::text::Lang;
use crate::text::langid::{Guess, Model};

/// The check.
pub static WRONG_LANGUAGE: Check = Check {
    id: "wrong-language",
    version: 1,
    tier: 1,
    its: "other",
    about: About { en: "A side is in another language than it should be", es: "Un lado está en otro idioma que el debido" },
    docs: "
## What it does
Asks which language explains each side best: Spanish, English, Portuguese, Catalan, Galician, Italian, French, German, or any other. It reports a side
when another language explains it far better than its own, and does so before and after its middle and outside its quotation marks. Names, numbers,
addresses and texts of fewer than three words do not count. Two sides that are each in the other's language are reported as swapped.
The same text on both sides is the business of `copied`.

## Why
Crawled and mixed data hold Portuguese, Catalan and Galician under the name of Spanish, and columns in the wrong order.

## Example
`Os pobos teñen dereito a decidir o seu futuro.` as Spanish.
",
    run,
    fires: &[
        Example { source: "Os nosos veciños tiñan medo da choiva e quedaron na casa.", target: "Our neighbours were afraid of the rain and stayed at home." },
        Example { source: "Els nostres veïns tenien por de la pluja i es van quedar a casa.", target: "Our neighbours were afraid of the rain and stayed at home." },
        Example { source: "Os nossos vizinhos tinham medo da chuva e não saíram de casa.", target: "Our neighbours were afraid of the rain and stayed at home." },
        Example { source: "Los vecinos tenían miedo de la lluvia y se quedaron.", target: "Les voisins avaient peur de la pluie et sont restés." },
        Example { source: "The neighbours were afraid of the rain and stayed.", target: "Los vecinos tenían miedo de la lluvia y se quedaron." },
    ],
    silent: &[
        Example { source: "Hotel Central", target: "Central Hotel" },
        Example { source: "Cantaron «Grândola, Vila Morena, terra da fraternidade» en la plaza.", target: "They sang «Grândola, Vila Morena, terra da fraternidade» in the square." },
        Example { source: "El grupo gallego Os Diplomáticos de Monte Alto tocó anoche.", target: "The Galician band Os Diplomáticos de Monte Alto played last night." },
        Example { source: "SE LEVANTO LA SESION DE AYER", target: "YESTERDAY’S MEETING WAS CLOSED" },
    ],
};

/// Fewer words that could not be names tell too little.
const FEWEST_WORDS: usize = 3;
/// A text of capitalised words, which may all be names, needs more.
const FEWEST_CAPITALISED: usize = 6;
/// How much better, in log-odds, another language must explain a side. Of 2,150 good pairs of news and encyclopedia no Spanish side reaches 2
/// and no English side 4.
const CLEAR: f32 = 5.0;
/// A side that begins in its own language by this much is not in another: of such a text a half would lean to its own.
pub(in crate::quality) const LEAD: f32 = 8.0;
/// A side of fewer words than [`LONG`] may be a title, a loan word or a line of a game.
const CLEAR_IF_SHORT: f32 = 8.0;
/// A text of this many words must be in the other language before and after its middle.
const LONG: usize = 6;
/// A half with names in it, or a few words without its quotations, may lean to the language of the side by as much.
const LEANING: f32 = -2.0;

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let model = Model::shipped();
    let clear = pair.is_clear();
    let source = if clear[0] { None } else { found(model, pair.source, &pair.source_lang) };
    let target = if clear[1] { None } else { found(model, pair.target, &pair.target_lang) };
    if (source.is_none() && target.is_none()) || are_copies(pair.source, pair.target) {
        return;
    }
    let is = |found: &Option<Found>, lang: &Lang| matches!(found, Some(Found::Named(named)) if named.same_language(lang));
    if is(&source, &pair.target_lang) && is(&target, &pair.source_lang) {
        findings.push(Finding {
            source_spans: vec![[0, pair.source.len()]],
            target_spans: vec![[0, pair.target.len()]],
            args: args([("source", pair.target_lang.primary().to_string()), ("target", pair.source_lang.primary().to_string())]),
            ..WRONG_LANGUAGE.finding("swapped")
        });
        return;
    }
    if let Some(found) = source {
        findings
            .push(Finding { source_spans: vec![[0, pair.source.len()]], ..found.finding(["source", "source-other"], &pair.source_lang) });
    }
    if let Some(found) = target {
        findings
            .push(Finding { target_spans: vec![[0, pair.target.len()]], ..found.finding(["target", "target-other"], &pair.target_lang) });
    }
}

/// What a side is in instead of its language.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Found {
    Named(Lang),
    Other,
}

impl Found {
    fn finding(self, what: [&str; 2], declared: &Lang) -> Finding {
        let declared = ("declared", declared.primary().to_string());
        match self {
            Found::Named(lang) => Finding { args: args([declared, ("found", lang.to_string())]), ..WRONG_LANGUAGE.finding(what[0]) },
            Found::Other => Finding { args: args([declared]), ..WRONG_LANGUAGE.finding(what[1]) },
        }
    }
}

/// The language that `text` is in, if that is clearly not `declared`.
fn found(model: &Model, text: &str, declared: &Lang) -> Option<Found> {
    // A side is in another language only if it is so throughout: a clear beginning is enough to know that it is not.
    if model.begins_in(declared, text, LEAD) {
        return None;
    }
    let guess = model.identify(text);
    let is_long = guess.words.plain + guess.words.names >= LONG;
    if guess.log_odds_against(declared) < if is_long { CLEAR } else { CLEAR_IF_SHORT } || !has_enough_words(&guess) {
        return None;
    }
    let lang = guess.best().0;
    let agrees = |part: &str| model.identify(part).log_odds(&lang.unwrap_or_default(), declared) > LEANING;
    let (first, second) = halves(text);
    let throughout = !is_long || (agrees(first) && agrees(second));
    (throughout && agrees(&outside_quotes(text))).then_some(lang.map_or(Found::Other, Found::Named))
}

fn has_enough_words(guess: &Guess) -> bool {
    let words = guess.words;
    words.plain >= FEWEST_WORDS || (words.are_mostly_capitalised() && words.plain + words.names >= FEWEST_CAPITALISED)
}

/// The text cut at the blank nearest to the middle from below.
fn halves(text: &str) -> (&str, &str) {
    let middle = text.char_indices().map(|(at, _)| at).take_while(|at| *at <= text.len() / 2).last().unwrap_or(0);
    text.split_at(text[..middle].rfind(' ').unwrap_or(middle))
}

/// The text without what stands between quotation marks.
fn outside_quotes(text: &str) -> String {
    let mut outside = String::with_capacity(text.len());
    let mut closing = None;
    for c in text.chars() {
        match closing {
            Some(mark) if c == mark => closing = None,
            Some(_) => {}
            None => {
                closing = match c {
                    '«' => Some('»'),
                    '“' | '„' => Some('”'),
                    '"' => Some('"'),
                    _ => None,
                };
                outside.push(if closing.is_some() { ' ' } else { c });
            }
        }
    }
    outside
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::{Context, Pair};

    fn messages(source: &str, target: &str) -> Vec<String> {
        let mut findings = Vec::new();
        run(&Reading::new(Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN }, &Context::default()), &mut findings);
        findings.into_iter().map(|finding| finding.message).collect()
    }

    #[test]
    fn sides_in_each_others_language_are_one_finding() {
        assert_eq!(messages("We will not leave the square.", "No nos iremos de la plaza."), ["check.wrong-language.swapped"]);
    }

    #[test]
    fn other_scripts_and_languages_without_a_name_are_other() {
        let target = "We will not leave the square today.";
        assert_eq!(messages("Мы не уйдём сегодня с площади.", target), ["check.wrong-language.source-other"]);
        assert_eq!(messages("Wij zullen het plein vandaag niet verlaten.", target), ["check.wrong-language.source-other"]);
    }

    #[test]
    fn a_quotation_in_another_language_is_no_other_language() {
        let source = "Dijo: «We will not leave the square today or tomorrow, whatever they do to us».";
        assert_eq!(messages(source, "He said: “We will not leave the square today or tomorrow, whatever they do to us”."), [""; 0]);
        let whole = "«We will not leave the square today or tomorrow, whatever they do to us».";
        assert_eq!(messages(whole, "He said they would stay."), ["check.wrong-language.source"]);
    }

    #[test]
    fn halves_and_quotes_are_cut_on_characters() {
        assert_eq!(halves("ñañaña ñañaña"), ("ñañaña", " ñañaña"));
        assert_eq!(halves("日本語"), ("日", "本語"));
        assert_eq!(outside_quotes("Leyó «La plaza» y \"se fue\"."), "Leyó   y  .");
    }
}
