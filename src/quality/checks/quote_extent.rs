//! `quote-extent`: what one side quotes, the other says in its own words, or quotes more or less of it. Marks that do not pair are another check's business.

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::quotes::{Quotes, quotes};
use crate::quality::{About, Check, Example, Reading};
use crate::text::words::words;

/// The check.
pub static QUOTE_EXTENT: Check = Check {
    id: "quote-extent",
    version: 1,
    tier: 1,
    its: "other",
    about: About { en: "A quotation is lost or has another extent", es: "Una cita se pierde o tiene otra extensión" },
    docs: "
## What it does
Compares how much of each side stands in quotation marks of any kind, and reports a difference of five words or more. Titles, single words and words that
stand the same on the other side do not count. A side with single quotes or the dashes of dialogue may quote more than can be seen and is not accused.
A whole sentence that loses its marks is reported in tier 2: many outlets write `…, dijo` without them.

## Why
Quotation marks say whose words they are. Words put into a mouth, or taken out of it, are a misquotation.

## Example
`Dijo que «no iba a obedecer esa orden nunca»` rendered as *He said that he “was not going to” obey that order ever*.
",
    run,
    fires: &[
        Example {
            source: "El alcalde dijo que el plan «es una vergüenza para toda la ciudad».",
            target: "The mayor said that the plan is a disgrace for the whole city.",
        },
        Example {
            source: "La ministra habló de «un acuerdo» que va a cambiar la vida de la gente de esta región.",
            target: "The minister spoke of “an agreement that is going to change the lives of the people of this region.”",
        },
    ],
    silent: &[
        Example { source: "Leyó «El coronel no tiene quien le escriba».", target: "He read No One Writes to the Colonel." },
        Example { source: "—Mañana vamos todos a la plaza —respondió ella.", target: "“Tomorrow we are all going to the square,” she answered." },
        Example { source: "Habló de una «nueva era» para todos.", target: "She spoke of a new era for all." },
        Example { source: "«El plan es muy bueno», dijo ayer la alcaldesa.", target: "'The plan is very good,' the mayor said yesterday." },
    ],
};

/// Fewer words are a title, a term or irony.
const FEWEST_WORDS: f64 = 5.0;

/// Share of the text by which the quoted part must differ.
const LEAST_SHARE: f64 = 0.2;

/// Above this share the quotation is the sentence, with who says it.
const WHOLE: f64 = 0.6;

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let (source, target) = (quotes(pair.source), quotes(pair.target));
    if (source.spans.is_empty() && target.spans.is_empty()) || !source.paired || !target.paired {
        return;
    }
    let even = source.spans.len() == target.spans.len();
    let share = |text, quotes, other| if even { Share::of(text, quotes, |_, _| true) } else { Share::of_words(text, quotes, other) };
    let (here, there) = (share(pair.source, &source, pair.target), share(pair.target, &target, pair.source));
    let source_has_more = here.quoted * there.words > there.quoted * here.words;
    let (more, more_text, less, quotes) =
        if source_has_more { (here, pair.source, there, &target) } else { (there, pair.target, here, &source) };
    let difference = more.part() - less.part();
    if quotes.maybe_more || difference < LEAST_SHARE || difference * (more.words as f64) < FEWEST_WORDS {
        return;
    }
    let lost = quotes.spans.is_empty();
    let sentence = more.part() > WHOLE || more_text.trim_start().starts_with(['«', '“', '„', '"']);
    let what = match (lost, source_has_more) {
        (true, true) => "missing",
        (true, false) => "added",
        (false, _) => "extent",
    };
    let tier = if lost && sentence { 2 } else { QUOTE_EXTENT.tier };
    let args = args([("source", here.percent()), ("target", there.percent())]);
    findings.push(Finding { tier, source_spans: source.spans, target_spans: target.spans, args, ..QUOTE_EXTENT.finding(what) });
}

/// Numbers of words.
#[derive(Clone, Copy)]
struct Share {
    words: usize,
    quoted: usize,
}

impl Share {
    fn of(text: &str, quotes: &Quotes, counts: impl Fn(&str, &str) -> bool) -> Share {
        let quoted =
            quotes.spans.iter().map(|[start, end]| (&text[..*start], &text[*start..*end])).filter(|(before, quote)| counts(before, quote));
        Share { words: words(text).count(), quoted: quoted.map(|(_, quote)| words(quote).count()).sum() }
    }

    /// Without titles and what stands the same on the other side.
    fn of_words(text: &str, quotes: &Quotes, other: &str) -> Share {
        Share::of(text, quotes, |before, quote| !is_title(before, quote) && !is_copied(quote, other))
    }

    fn part(self) -> f64 {
        self.quoted as f64 / self.words.max(1) as f64
    }

    fn percent(self) -> String {
        format!("{:.0}", 100.0 * self.part())
    }
}

/// `The Old Man and the Sea`: half of the words after the first are capitalised; or the first is, though no colon or comma comes before, and
/// nothing in it ends a clause: `la novela «El coronel no tiene quien le escriba»`.
fn is_title(before: &str, quote: &str) -> bool {
    let capital = |(_, word): (usize, &str)| word.starts_with(char::is_uppercase);
    let (mut capitals, mut all) = (0, 0);
    for word in words(quote).skip(1) {
        capitals += usize::from(capital(word));
        all += 1;
    }
    let inside = before.trim_end_matches(['«', '“', '"', ' ']).ends_with(char::is_alphanumeric);
    2 * capitals >= all || (inside && words(quote).next().is_some_and(capital) && !quote.contains([',', '.', ';', '?', '!']))
}

fn is_copied(quote: &str, other: &str) -> bool {
    other.contains(quote.trim_end_matches([',', '.', ';', ' ']))
}
