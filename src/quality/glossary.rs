//! How terms must and must not be translated: a list, and what it finds in two texts. It knows inflection by suffixes only, and reads no file:
//! the text of a list comes in.

use rustc_hash::FxHashMap;
use serde::{Deserialize, Serialize};

use crate::error::{Error, Result};
use crate::text::words::words;
use crate::text::{Lang, fold};

/// Between two words of a term, a translation may put this many more: `tasas máximas de interés`.
const MOST_BETWEEN: usize = 2;

/// One line of a list of terms.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rule {
    /// The term as written, one word or more.
    pub source: String,
    /// A translation of it.
    pub target: String,
    /// True if it must not be translated so.
    pub forbidden: bool,
}

/// Required and forbidden translations of terms.
///
/// ```
/// use bitexto::quality::TermList;
/// use bitexto::text::Lang;
/// let terms = TermList::parse("tasa de interés\tinterest rate\n", Lang::ES, Lang::EN).unwrap();
/// assert!(terms.broken("Bajan las tasas de interés.", "Interest rates fall.").is_empty());
/// assert_eq!(terms.broken("Bajan las tasas de interés.", "Interest falls.").len(), 1);
/// ```
#[derive(Debug, Clone)]
pub struct TermList {
    rules: Vec<Rule>,
    langs: [Lang; 2],
    terms: Vec<Term>,
    /// The terms that begin with a stem, the longest first.
    by_first: FxHashMap<String, Vec<usize>>,
}

impl PartialEq for TermList {
    fn eq(&self, other: &TermList) -> bool {
        (&self.rules, self.langs) == (&other.rules, other.langs)
    }
}

/// A source term with all its rules.
#[derive(Debug, Clone)]
struct Term {
    stems: Vec<String>,
    /// Rule and stems of each translation.
    renderings: Vec<(usize, Vec<String>)>,
}

/// A rule that two texts break.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Broken {
    /// Where the term stands in the source, in bytes.
    pub source: [usize; 2],
    /// Where the forbidden translation stands in the target; `None` where a required one is missing.
    pub target: Option<[usize; 2]>,
    /// The term's translations: the forbidden one, or all that are allowed.
    pub renderings: Vec<String>,
}

impl TermList {
    /// Reads a rule a line: term and translation, separated by a tab, and `forbidden` in a third column where it must not be translated so;
    /// further columns are remarks. A term may have several translations. Empty lines and lines that begin with `#` are left out.
    /// The error names line and cause.
    pub fn parse(text: &str, source: Lang, target: Lang) -> Result<TermList> {
        let lines = text.split('\n').enumerate().map(|(n, line)| (n as u64 + 1, line.strip_suffix('\r').unwrap_or(line)));
        let lines = lines.filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'));
        let rules = lines.map(|(n, line)| rule(line).map_err(|cause| Error::new(cause).at_line(n)));
        Ok(TermList::of(rules.collect::<Result<_>>()?, [source, target]))
    }

    /// The rules as they were read.
    pub fn rules(&self) -> &[Rule] {
        &self.rules
    }

    /// The languages of the two columns.
    pub fn languages(&self) -> [Lang; 2] {
        self.langs
    }

    /// A list of these rules; the languages are those of the two columns.
    pub fn of(rules: Vec<Rule>, langs: [Lang; 2]) -> TermList {
        let mut terms: Vec<Term> = Vec::new();
        let mut known: FxHashMap<Vec<String>, usize> = FxHashMap::default();
        for (n, rule) in rules.iter().enumerate() {
            let stems = stems(&rule.source, &langs[0]);
            let term = *known.entry(stems).or_insert_with_key(|stems| {
                terms.push(Term { stems: stems.clone(), renderings: Vec::new() });
                terms.len() - 1
            });
            terms[term].renderings.push((n, self::stems(&rule.target, &langs[1])));
        }
        let mut by_first: FxHashMap<String, Vec<usize>> = FxHashMap::default();
        for (n, term) in terms.iter().enumerate() {
            by_first.entry(term.stems[0].clone()).or_default().push(n);
        }
        by_first.values_mut().for_each(|found| found.sort_by_key(|&n| std::cmp::Reverse(terms[n].stems.len())));
        TermList { rules, langs, terms, by_first }
    }

    /// The rules that a translation breaks. Of terms within each other the longest counts; of a term that comes several times, the first place.
    pub fn broken(&self, source: &str, target: &str) -> Vec<Broken> {
        let source = Stemmed::of(source, &self.langs[0]);
        let found = self.terms_in(&source);
        if found.is_empty() {
            return Vec::new();
        }
        let target = Stemmed::of(target, &self.langs[1]);
        found.into_iter().flat_map(|(term, span)| self.broken_of(&self.terms[term], span, &target)).collect()
    }

    /// Each term of the text once, with its first span.
    fn terms_in(&self, text: &Stemmed) -> Vec<(usize, [usize; 2])> {
        let mut found: Vec<(usize, [usize; 2])> = Vec::new();
        let mut at = 0;
        while at < text.stems.len() {
            let candidates = self.by_first.get(&text.stems[at]).into_iter().flatten();
            let Some(term) = candidates.copied().find(|&n| text.stems[at..].starts_with(&self.terms[n].stems)) else {
                at += 1;
                continue;
            };
            let end = at + self.terms[term].stems.len();
            if found.iter().all(|(n, _)| *n != term) {
                found.push((term, text.span(at, end)));
            }
            at = end;
        }
        found
    }

    fn broken_of(&self, term: &Term, source: [usize; 2], target: &Stemmed) -> Vec<Broken> {
        let (forbidden, allowed): (Vec<_>, Vec<_>) = term.renderings.iter().partition(|(rule, _)| self.rules[*rule].forbidden);
        let written = |rule: usize| self.rules[rule].target.clone();
        let mut broken: Vec<Broken> = forbidden
            .into_iter()
            .filter_map(|(rule, stems)| {
                let span = target.find(stems, 0)?;
                Some(Broken { source, target: Some(span), renderings: vec![written(*rule)] })
            })
            .collect();
        if !allowed.is_empty() && allowed.iter().all(|(_, stems)| target.find(stems, MOST_BETWEEN).is_none()) {
            broken.push(Broken { source, target: None, renderings: allowed.iter().map(|(rule, _)| written(*rule)).collect() });
        }
        broken
    }
}

fn rule(line: &str) -> Result<Rule, String> {
    let mut columns = line.split('\t').map(str::trim);
    let source = columns.next().unwrap_or_default();
    let target = columns.next().ok_or("1 column where there should be 2 or 3, separated by tabs: term, translation, `forbidden`")?;
    let forbidden = match columns.next().unwrap_or_default() {
        "" => false,
        "forbidden" => true,
        other => return Err(format!("the third column is `{other}`, must be `forbidden` or empty")),
    };
    for (name, term) in [("term", source), ("translation", target)] {
        if words(term).next().is_none() {
            return Err(format!("no word in the {name} `{term}`"));
        }
    }
    Ok(Rule { source: source.to_string(), target: target.to_string(), forbidden })
}

/// A text as stems, with the bytes of each.
struct Stemmed {
    stems: Vec<String>,
    spans: Vec<[usize; 2]>,
}

impl Stemmed {
    fn of(text: &str, lang: &Lang) -> Stemmed {
        let (stems, spans) = words(text).map(|(at, word)| (stem(word, lang), [at, at + word.len()])).unzip();
        Stemmed { stems, spans }
    }

    fn span(&self, start: usize, end: usize) -> [usize; 2] {
        [self.spans[start][0], self.spans[end - 1][1]]
    }

    /// The first place where the stems come in order, with at most `between` others from one to the next.
    fn find(&self, stems: &[String], between: usize) -> Option<[usize; 2]> {
        let begins = (0..self.stems.len()).filter(|&at| self.stems[at] == stems[0]);
        begins.into_iter().find_map(|start| {
            let mut last = start;
            for stem in &stems[1..] {
                let near = self.stems.iter().enumerate().skip(last + 1).take(between + 1);
                last = near.into_iter().find(|(_, found)| *found == stem)?.0;
            }
            Some(self.span(start, last + 1))
        })
    }
}

fn stems(term: &str, lang: &Lang) -> Vec<String> {
    words(term).map(|(_, word)| stem(word, lang)).collect()
}

/// The folded word without endings of number and gender (Spanish), number, possession and tense (English).
fn stem(word: &str, lang: &Lang) -> String {
    let word = fold(word);
    match lang.primary() {
        "es" => spanish(&word),
        "en" => english(&word),
        _ => word.into_owned(),
    }
}

fn spanish(word: &str) -> String {
    let singular = match word.strip_suffix("es") {
        Some(rest) if word.len() > 4 => rest.strip_suffix('c').map_or(rest.to_string(), |rest| format!("{rest}z")),
        _ => word.strip_suffix('s').filter(|rest| rest.len() > 2).unwrap_or(word).to_string(),
    };
    without(&singular, &["a", "o", "e"])
}

fn english(word: &str) -> String {
    let word = word.trim_end_matches("'s").trim_end_matches("’s").trim_end_matches(['\'', '’']);
    if let Some(rest) = word.strip_suffix("ies").filter(|rest| rest.len() > 1) {
        return format!("{rest}y");
    }
    let sibilant = |rest: &&str| ["s", "x", "z", "ch", "sh"].iter().any(|end| rest.ends_with(end));
    if let Some(rest) = word.strip_suffix("es").filter(sibilant) {
        return without(rest, &["e"]);
    }
    match word.strip_suffix('s') {
        Some(rest) if !rest.ends_with(['s', 'u', 'i']) => without(rest, &["e"]),
        _ => without(word, &["ing", "ed", "e"]),
    }
}

/// The word without the first of the endings that it has, if four bytes are left.
fn without(word: &str, endings: &[&str]) -> String {
    let left = endings.iter().find_map(|ending| word.strip_suffix(ending).filter(|rest| rest.len() > 3));
    left.unwrap_or(word).to_string()
}

/// What the examples of the check `term` are checked with.
#[cfg(test)]
pub(super) const EXAMPLE: &str = "tasa de interés\tinterest rate\nborrador\tdraft\nborrador\teraser\tforbidden\n";

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &str) -> TermList {
        TermList::parse(text, Lang::ES, Lang::EN).expect("a list of terms")
    }

    #[test]
    fn inflected_terms_and_translations_are_recognized() {
        for (term, inflected, lang) in [
            ("tasa", "tasas", Lang::ES),
            ("luz", "luces", Lang::ES),
            ("ley", "leyes", Lang::ES),
            ("diputado", "diputadas", Lang::ES),
            ("policy", "policies", Lang::EN),
            ("box", "boxes", Lang::EN),
            ("rate", "rates", Lang::EN),
            ("mayor", "mayor’s", Lang::EN),
            ("draft", "drafted", Lang::EN),
        ] {
            assert_eq!(stem(term, &lang), stem(inflected, &lang), "{term} {inflected}");
        }
    }

    #[test]
    fn a_translation_may_be_interrupted_and_one_of_several_is_enough() {
        let list = list("tasa de interés\tinterest rate\ntasa de interés\trate of interest\n");
        assert_eq!(list.broken("La tasa de interés.", "The rate of annual interest."), []);
        assert_eq!(list.broken("La tasa de interés.", "The rate.")[0].renderings, ["interest rate", "rate of interest"]);
    }

    #[test]
    fn the_longest_term_counts() {
        let list = list("interés\tconcern\ntasa de interés\tinterest rate\n");
        assert_eq!(list.broken("La tasa de interés.", "The interest rate."), []);
        assert_eq!(list.broken("El interés.", "The interest.").len(), 1);
    }

    #[test]
    fn a_forbidden_translation_is_found_with_its_place() {
        let found = list("borrador\teraser\tforbidden\n").broken("El borrador de la ley.", "The erasers of the law.");
        assert_eq!((found[0].source, found[0].target), ([3, 11], Some([4, 11])));
    }

    #[test]
    fn a_bad_line_is_an_error_with_number_and_cause() {
        let error = |text: &str| TermList::parse(text, Lang::ES, Lang::EN).map(|_| ()).expect_err("a bad line");
        assert_eq!(error("# ok\n\ncasa\n").line, Some(3));
        assert_eq!(error("casa\thouse\tno\n").cause, "the third column is `no`, must be `forbidden` or empty");
        assert_eq!(error("casa\t—\n").cause, "no word in the translation `—`");
    }
}
