//! `term`: terms that a list of the user's own wants translated otherwise. How terms are found is in [`glossary`](crate::quality::TermList).

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::{About, Broken, Check, Example, Reading};

/// The check.
pub static TERM: Check = Check {
    id: "term",
    version: 1,
    tier: 2,
    its: "terminology",
    about: About { en: "A term is not translated as the glossary says", es: "Un término no está traducido como dice el glosario" },
    docs: "
## What it does
Looks for the terms of a glossary and reports one that has none of its required translations, or one that is forbidden. Singular and plural, masculine
and feminine are one; words may stand between the words of a translation. Of a term within a longer term only the longer one counts. Silent without a glossary.

The glossary is a table with a tab between its columns: term, translation, and `forbidden` where the term must not be translated so.

## Why
One term, one translation: what a text calls by two names, readers take for two things.

## Example
With `tasa de interés` → `interest rate`: `Baja la tasa de interés` rendered as `The interest fee falls`.
",
    run,
    fires: &[
        Example { source: "Bajan las tasas de interés.", target: "Interest charges are falling." },
        Example { source: "El borrador de la ley ya está listo.", target: "The eraser of the law is ready, a draft." },
    ],
    silent: &[
        Example { source: "Bajan las tasas de interés.", target: "Interest rates are falling." },
        Example { source: "Los borradores de la ley están listos.", target: "The drafts of the law are ready." },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    let Some(terms) = pair.context.terms.as_deref() else { return };
    let [from, to] = terms.languages();
    if pair.source_lang.same_language(&from) && pair.target_lang.same_language(&to) {
        findings.extend(terms.broken(pair.source, pair.target).into_iter().map(|broken| finding(&broken, pair.source)));
    } else if pair.source_lang.same_language(&to) && pair.target_lang.same_language(&from) {
        findings.extend(terms.broken(pair.target, pair.source).into_iter().map(|broken| turned(finding(&broken, pair.target))));
    }
}

fn finding(broken: &Broken, source: &str) -> Finding {
    let what = if broken.target.is_some() { "forbidden" } else { "missing" };
    let term = source[broken.source[0]..broken.source[1]].to_string();
    Finding {
        source_spans: vec![broken.source],
        target_spans: broken.target.into_iter().collect(),
        args: args([("term", term), ("rendering", broken.renderings.join("; "))]),
        ..TERM.finding(what)
    }
}

/// The same finding with its sides exchanged.
fn turned(finding: Finding) -> Finding {
    Finding { source_spans: finding.target_spans, target_spans: finding.source_spans, ..finding }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::quality::TermList;
    use crate::quality::{Context, Pair};
    use crate::text::Lang;

    #[test]
    fn the_columns_of_a_glossary_keep_their_languages_in_either_direction() {
        let terms = TermList::parse("casa\thome\n", Lang::ES, Lang::EN).expect("a list of terms");
        let context = Context { terms: Some(Arc::new(terms)), ..Context::default() };
        let mut findings = Vec::new();
        run(
            &Reading::new(Pair { source: "My house", target: "Mi casa", source_lang: Lang::EN, target_lang: Lang::ES }, &context),
            &mut findings,
        );
        assert_eq!((findings[0].source_spans.len(), findings[0].target_spans.clone()), (0, vec![[3, 7]]));
    }
}
