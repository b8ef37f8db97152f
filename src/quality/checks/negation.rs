//! `negation`: a negation that nothing on the other side answers. Opposites (`accept`, `reject`) are not compared.

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::negation::mismatch;
use crate::quality::reading::Hints;
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static NEGATION: Check = Check {
    id: "negation",
    version: 2,
    tier: 1,
    its: "mistranslation",
    about: About { en: "A negation has no counterpart", es: "Una negación no tiene correspondencia" },
    docs: "
## What it does
Looks for the words that negate in Spanish and English (`no`, `nunca`, `nadie`; `not`, `never`, `none`) and reports one that nothing on the other side answers.
Words that negate in another way answer too: `sin`, `dejar de`, `negarse a`, `imposible`, `apenas`; `without`, `refuse`, `fail`, `unlikely`, `hardly`.
They do not where they have their own counterpart: in `no descartó` and *ruled out*, the second word answers the second.
`imposible`, `negarse a`, *unable*, *refused* ask for an answer, too, but are content with anything that negates. *Not only* does not go with a bare `solo`.
A double negation (`no vino nadie`, `ni … ni`) counts once; `sin embargo`, `no solo`, `no obstante`, `not only` and questions for agreement (`¿no?`) are no negations.
In a long segment the answer must stand in about the same place, told by names, numbers and words that look alike.

## Why
A lost or added *no* turns a statement into its opposite and is easily read over.

## Example
`No vamos a obedecer` rendered as *We will obey*.
",
    run,
    fires: &[
        Example { source: "No vamos a obedecer esa orden.", target: "We are going to obey that order." },
        Example { source: "El portavoz confirmó la noticia.", target: "The spokesman didn’t confirm the news." },
        Example { source: "Nadie apagó la luz de la sala.", target: "They turned off the light in the room." },
        Example { source: "El portavoz no descartó la posibilidad.", target: "The spokesman ruled out the possibility." },
        Example { source: "Es posible calcular la fecha.", target: "It is impossible to calculate the date." },
        Example { source: "Cobran solo a las empresas.", target: "They charge not only the companies." },
    ],
    silent: &[
        Example { source: "No vino nadie, ni siquiera el alcalde.", target: "Nobody came, not even the mayor." },
        Example { source: "Sin embargo, no obedecieron.", target: "However, they refused to obey." },
        Example { source: "No solo cantó, sino que bailó.", target: "She sang and danced as well." },
        Example { source: "Fue una buena fiesta, ¿no?", target: "It was a good party, right?" },
        Example { source: "Es imposible saber la causa.", target: "You cannot know the cause." },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    if !pair.hints().iter().any(|hints| hints.has(Hints::NEGATION)) {
        return;
    }
    let evidence = mismatch(pair);
    if !evidence.strict() {
        return;
    }
    let (source_spans, target_spans) = (evidence.source_unanswered, evidence.target_unanswered);
    let what = match (source_spans.is_empty(), target_spans.is_empty()) {
        (false, true) => "missing",
        (true, false) => "added",
        _ => "both",
    };
    let quoted = |text: &str, spans: &[[usize; 2]]| spans.iter().map(|[start, end]| &text[*start..*end]).collect::<Vec<_>>().join(", ");
    let args = args([("source", quoted(pair.source, &source_spans)), ("target", quoted(pair.target, &target_spans))]);
    findings.push(Finding { source_spans, target_spans, args, ..NEGATION.finding(what) });
}
