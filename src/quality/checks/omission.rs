//! `omission`: a stretch of one side without counterpart, about a clause or more. Single words left out are not its business.

use crate::model::Finding;
use crate::quality::coverage::{Coverage, Gap};
use crate::quality::definition::args;
use crate::quality::{About, Check, Example, Reading};

/// The check.
pub static OMISSION: Check = Check {
    id: "omission",
    version: 1,
    tier: 1,
    its: "omission",
    about: About { en: "A clause has no counterpart", es: "Una oración no tiene correspondencia" },
    docs: "
## What it does
Looks for the counterpart of each word that carries meaning: in the lexicon, by its spelling, by its digits. Reports a stretch of at least
four such words without counterpart, a stray one allowed, if the other side has nothing where the counterpart should stand: a free translation has other words there.
In the middle of a text the evidence must be stronger than at its start or end, where texts are cut. Silent without a lexicon for the two languages.

## Why
What was left out cannot be seen by a reader of one side. Cut texts, and neighbours that slipped in, are the commonest faults of alignment.

## Example
`El ministro dimitió ayer y la oposición exige elecciones anticipadas en otoño` rendered as `The minister resigned yesterday`.
",
    run,
    fires: &[
        Example {
            source: "El ministro dimitió ayer después de una larga reunión con el presidente y los jefes del partido. La oposición exige elecciones anticipadas.",
            target: "The minister resigned yesterday after a long meeting with the president and the leaders of the party.",
        },
        Example {
            source: "El río inundó el valle durante la noche y los vecinos abandonaron sus casas con los niños.",
            target: "The river flooded the valley during the night and the neighbours left their houses with the children, while farmers lost harvest and cattle.",
        },
    ],
    silent: &[
        Example {
            source: "La oposición exige elecciones anticipadas y promete bajar los impuestos.",
            target: "The opposition demands early elections and promises to lower taxes.",
        },
        Example { source: "Llueve a cántaros, así que nos quedamos en casa.", target: "It is raining cats and dogs, so we are staying in." },
    ],
};

/// Words without counterpart.
const FEWEST_WORDS: usize = 4;
/// What one uncovered word of the other side, in the place of the counterpart, takes off the evidence.
const ANSWER: f32 = 1.2;
/// The least evidence at the start or end of a text, and within it. At these values 0.7 % of the gold pairs of news have a finding, and 65 % of texts
/// that were cut at random; the values were chosen on the same texts.
const AT_EDGE: f32 = 5.0;
const WITHIN: f32 = 7.5;

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let Some(coverage) = pair.context.lexicon.as_deref().and_then(|lexicon| Coverage::of(pair, lexicon)) else { return };
    if let Some(gap) = coverage.source.gap.filter(is_left_out) {
        let text = &pair.source[gap.span[0]..gap.span[1]];
        findings.push(Finding { source_spans: vec![gap.span], args: args([("source", text.to_string())]), ..OMISSION.finding("missing") });
    }
    if let Some(gap) = coverage.target.gap.filter(is_left_out) {
        let text = &pair.target[gap.span[0]..gap.span[1]];
        findings.push(Finding {
            target_spans: vec![gap.span],
            args: args([("target", text.to_string())]),
            its: "addition".to_string(),
            ..OMISSION.finding("added")
        });
    }
}

fn is_left_out(gap: &Gap) -> bool {
    let least = if gap.from_start || gap.to_end { AT_EDGE } else { WITHIN };
    gap.uncovered >= FEWEST_WORDS && gap.evidence - ANSWER * gap.answers as f32 >= least
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::{Context, Pair};
    use crate::text::Lang;

    fn found(source: &str, target: &str, context: &Context) -> Vec<String> {
        let mut findings = Vec::new();
        run(&Reading::new(Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN }, context), &mut findings);
        findings.into_iter().map(|f| f.args.into_values().collect()).collect()
    }

    #[test]
    fn the_finding_shows_what_was_left_out() {
        let source = "El ministro dimitió ayer. La oposición exige elecciones anticipadas y promete bajar los impuestos.";
        let gap = "oposición exige elecciones anticipadas y promete bajar los impuestos";
        assert_eq!(found(source, "The minister resigned yesterday.", &Context::shipped()), [gap]);
    }

    #[test]
    fn without_a_lexicon_nothing_is_said() {
        assert_eq!(found("La oposición exige elecciones anticipadas y promete bajar los impuestos.", "No.", &Context::default()), [""; 0]);
    }
}
