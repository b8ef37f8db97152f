//! `acronym`: acronyms that stand on one side only, neither as such nor in words. Their expansion is looked up or read off initials.

use std::sync::LazyLock;

use rustc_hash::FxHashMap;

use crate::model::Finding;
use crate::quality::definition::args;
use crate::quality::{About, Check, Context, Example, Reading, data};
use crate::text::links::links;
use crate::text::words::words;
use crate::text::{Lang, fold};

/// The check.
pub static ACRONYM: Check = Check {
    id: "acronym",
    version: 1,
    tier: 2,
    its: "inconsistent-entities",
    about: About { en: "An acronym has no counterpart", es: "Una sigla no tiene correspondencia" },
    docs: "
## What it does
Reports words of two to six capitals that the other side has neither as they are, nor in its own language (`OTAN` and `NATO`, by a table or
because the letters are the same), nor in words (`Naciones Unidas`, or any words with these initials). Silent: roman numbers, texts in capitals.

## Why
Acronyms are names; one that is lost or exchanged names another body.

## Example
`La OEA condenó el golpe` rendered as `The UN condemned the coup`.
",
    run,
    fires: &[
        Example { source: "La OEA condenó ayer el golpe.", target: "The UN condemned the coup yesterday." },
        Example { source: "El FMI aprobó el préstamo para el país.", target: "The ECB approved the loan for the country." },
    ],
    silent: &[
        Example { source: "La ONU y la OTAN apoyan a EE. UU.", target: "The United Nations and NATO support the U.S." },
        Example { source: "En el siglo XX, el ADN era un misterio.", target: "In the 20th century, DNA was a mystery." },
        Example { source: "LLAME AHORA MISMO", target: "Call right now" },
    ],
};

fn run(pair: &Reading<'_>, findings: &mut Vec<Finding>) {
    if pair.source_lang.same_language(&pair.target_lang)
        || !pair.is_of_segments()
        || !(has_capitals(pair.source) || has_capitals(pair.target))
    {
        return;
    }
    let texts = [Text::of(pair.source, pair.source_lang), Text::of(pair.target, pair.target_lang)];
    let (source, target) = (texts[0].alone(&texts[1], pair.context), texts[1].alone(&texts[0], pair.context));
    let what = match (source.is_empty(), target.is_empty()) {
        (true, true) => return,
        (false, false) => "changed",
        (false, true) => "missing",
        (true, false) => "added",
    };
    let written = |text: &str, spans: &[[usize; 2]]| spans.iter().map(|[start, end]| &text[*start..*end]).collect::<Vec<_>>().join(", ");
    findings.push(Finding {
        args: args([("source", written(pair.source, &source)), ("target", written(pair.target, &target))]),
        source_spans: source,
        target_spans: target,
        ..ACRONYM.finding(what)
    });
}

/// True if two ASCII capitals stand together, or with a dot between.
fn has_capitals(text: &str) -> bool {
    let bytes = text.as_bytes();
    bytes.windows(2).any(|two| two[0].is_ascii_uppercase() && (two[1].is_ascii_uppercase() || two[1] == b'.'))
}

/// Letters of an acronym.
const LENGTHS: std::ops::RangeInclusive<usize> = 2..=6;

/// The words of one side.
struct Text<'a> {
    lang: Lang,
    words: Vec<(usize, &'a str)>,
    /// The words folded, for the table.
    forms: Vec<String>,
    acronyms: Vec<Acronym>,
}

/// Its letters, without dots and a plural *s*, and its bytes.
#[derive(PartialEq)]
struct Acronym {
    letters: String,
    span: [usize; 2],
}

impl<'a> Text<'a> {
    fn of(text: &'a str, lang: Lang) -> Text<'a> {
        let links = links(text);
        let linked = |at: usize| links.iter().any(|link| link.span.contains(&at));
        let words: Vec<_> = words(text).filter(|(at, _)| !linked(*at)).collect();
        let forms = words.iter().map(|(_, word)| fold(word).into_owned()).collect();
        let acronyms = if is_in_capitals(&words) { Vec::new() } else { acronyms(text, &words, &lang) };
        Text { lang, words, forms, acronyms }
    }

    fn alone(&self, other: &Text<'_>, context: &Context) -> Vec<[usize; 2]> {
        let alone =
            self.acronyms.iter().filter(|acronym| !self.is_answered(&acronym.letters, other) && !self.is_word(&acronym.letters, context));
        alone.map(|acronym| acronym.span).collect()
    }

    fn is_answered(&self, letters: &str, other: &Text<'_>) -> bool {
        let same = |found: &Acronym| found.letters == letters || is_anagram(letters, &found.letters);
        other.acronyms.iter().any(same)
            || other.forms.iter().any(|form| form.eq_ignore_ascii_case(letters))
            || TABLE.answers(letters, &self.lang, other)
            || other.spells(letters)
    }

    /// True for a word in capitals for emphasis: the lexicon translates it.
    fn is_word(&self, letters: &str, context: &Context) -> bool {
        let form = fold(letters);
        let best = context.lexicon.as_deref().and_then(|lexicon| lexicon.translations(&self.lang, &form).next());
        best.is_some_and(|(best, probability)| best != form && probability > 0.2) && TABLE.entries(letters, &self.lang).next().is_none()
    }

    /// True if words that stand together, small ones aside, have the letters as their initials, in any order.
    fn spells(&self, letters: &str) -> bool {
        let initials: Vec<char> = self.forms.iter().filter(|form| form.len() > 3).filter_map(|form| form.chars().next()).collect();
        let wanted = sorted(&fold(letters));
        wanted.len() > 1 && initials.windows(wanted.len()).any(|run| sorted_chars(run.iter().copied()) == wanted)
    }

    fn has(&self, form: &[String]) -> bool {
        self.forms.windows(form.len()).any(|run| run == form)
    }

    fn has_acronym(&self, letters: &str) -> bool {
        self.acronyms.iter().any(|acronym| acronym.letters == letters)
    }
}

/// `OTAN` and `NATO`, `ADN` and `DNA`.
fn is_anagram(a: &str, b: &str) -> bool {
    a.len() > 2 && a.len() == b.len() && sorted(a) == sorted(b)
}

fn sorted(text: &str) -> Vec<char> {
    sorted_chars(text.chars())
}

fn sorted_chars(chars: impl Iterator<Item = char>) -> Vec<char> {
    let mut chars: Vec<char> = chars.collect();
    chars.sort_unstable();
    chars
}

/// True if a third of the longer words is in capitals: there, capitals say nothing.
fn is_in_capitals(words: &[(usize, &str)]) -> bool {
    let long = || words.iter().filter(|(_, word)| word.len() > 3);
    let capitals = long().filter(|(_, word)| word.chars().all(|c| !c.is_lowercase())).count();
    capitals > 2 && 3 * capitals > long().count()
}

fn acronyms(text: &str, words: &[(usize, &str)], lang: &Lang) -> Vec<Acronym> {
    let mut found: Vec<Acronym> = Vec::new();
    let mut n = 0;
    while n < words.len() {
        let (acronym, width) = match dotted(text, &words[n..], lang) {
            Some((acronym, width)) => (Some(acronym), width),
            None => (plain(words[n].0, words[n].1), 1),
        };
        found.extend(acronym);
        n += width;
    }
    found
}

/// `ONU`, `ONGs`; no roman number.
fn plain(at: usize, word: &str) -> Option<Acronym> {
    let letters = word.trim_end_matches("'s").trim_end_matches("’s");
    let letters = letters.strip_suffix('s').unwrap_or(letters);
    let capitals = LENGTHS.contains(&letters.len()) && letters.bytes().all(|b| b.is_ascii_uppercase());
    (capitals && !letters.bytes().all(|b| b"IVXLCDM".contains(&b)))
        .then(|| Acronym { letters: letters.to_string(), span: [at, at + letters.len()] })
}

/// `EE. UU.`, `U.S.`: one or two capitals with a dot after each but perhaps the last, and known to the table; initials of names are none.
fn dotted(text: &str, words: &[(usize, &str)], lang: &Lang) -> Option<(Acronym, usize)> {
    let end = |(at, word): &(usize, &str)| at + word.len();
    let part = |(_, word): &(usize, &str)| word.len() <= 2 && word.bytes().all(|b| b.is_ascii_uppercase());
    let joins = |two: &[(usize, &str)]| text[end(&two[0])..].starts_with('.') && two[1].0 - end(&two[0]) <= 2;
    let parts = words.iter().take(4).take_while(|word| part(word)).count();
    let parts = (2..=parts)
        .rev()
        .find(|&parts| words[..parts].windows(2).all(joins) && TABLE.entries(&joined(&words[..parts]), lang).next().is_some())?;
    Some((Acronym { letters: joined(&words[..parts]), span: [words[0].0, end(&words[parts - 1])] }, parts))
}

fn joined(words: &[(usize, &str)]) -> String {
    words.iter().map(|(_, word)| *word).collect()
}

/// The acronyms of both languages with their expansions.
struct Table {
    entries: Vec<[Forms; 2]>,
    by_acronym: [FxHashMap<&'static str, Vec<usize>>; 2],
}

struct Forms {
    acronyms: Vec<&'static str>,
    expansions: Vec<Vec<String>>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let mut table = Table { entries: Vec::new(), by_acronym: [FxHashMap::default(), FxHashMap::default()] };
    for columns in data::rows(include_str!("../data/acronyms.tsv")) {
        let forms = [0, 1]
            .map(|n| Forms { acronyms: columns[n].split('|').collect(), expansions: columns[n + 2].split('|').map(words_of).collect() });
        for (n, forms) in forms.iter().enumerate() {
            forms.acronyms.iter().for_each(|acronym| table.by_acronym[n].entry(acronym).or_default().push(table.entries.len()));
        }
        table.entries.push(forms);
    }
    table
});

impl Table {
    /// The entries of an acronym, each as its forms in the other language.
    fn entries(&self, letters: &str, lang: &Lang) -> impl Iterator<Item = &Forms> {
        let side = ["es", "en"].iter().position(|code| lang.primary() == *code);
        let found = side.and_then(|n| self.by_acronym[n].get(letters).map(|entries| (n, entries)));
        found.into_iter().flat_map(move |(n, entries)| entries.iter().map(move |&entry| &self.entries[entry][1 - n]))
    }

    fn answers(&self, letters: &str, lang: &Lang, other: &Text<'_>) -> bool {
        self.entries(letters, lang).any(|forms| {
            forms.acronyms.iter().any(|acronym| other.has_acronym(acronym) || other.words.iter().any(|(_, word)| word == acronym))
                || forms.expansions.iter().any(|words| other.has(words))
        })
    }
}

fn words_of(text: &str) -> Vec<String> {
    words(text).map(|(_, word)| fold(word).into_owned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::quality::Pair;

    fn alone(source: &str, target: &str) -> Vec<String> {
        let mut findings = Vec::new();
        run(&Reading::new(Pair { source, target, source_lang: Lang::ES, target_lang: Lang::EN }, &Context::default()), &mut findings);
        findings.into_iter().flat_map(|f| f.args.into_values()).filter(|text| !text.is_empty()).collect()
    }

    #[test]
    fn expansions_and_initials_answer() {
        assert_eq!(alone("Las ONG y el PIB", "NGOs and the gross domestic product"), [""; 0]);
        assert_eq!(alone("El ZKW publicó un informe", "The Zonal Kerning Works published a report"), [""; 0]);
        assert_eq!(alone("El ZKW publicó un informe", "The office published a report"), ["ZKW"]);
    }

    #[test]
    fn dots_and_blanks_do_not_count_and_initials_of_names_are_no_acronym() {
        assert_eq!(alone("Vive en EE.UU. y en EE. UU.", "He lives in the USA"), [""; 0]);
        assert_eq!(alone("Habló J. K. Rowling", "She spoke"), [""; 0]);
    }

    #[test]
    fn every_line_of_the_table_has_acronyms_and_expansions_of_both_languages() {
        for columns in data::rows(include_str!("../data/acronyms.tsv")) {
            assert_eq!(columns.len(), 4, "{columns:?}");
            assert!(columns[..2].iter().all(|forms| forms.split('|').all(|form| !form.is_empty() && !form.contains(' '))), "{columns:?}");
            assert!(columns[2..].iter().all(|forms| forms.split('|').all(|form| !words_of(form).is_empty())), "{columns:?}");
        }
    }
}
