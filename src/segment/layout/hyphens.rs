//! Words with a hyphen at a line end: broken there, or written so. The rest of the document is the witness; there is no dictionary.

use std::collections::HashMap;

use super::lines::Lines;
use super::pages::{Furniture, is_join};
use super::{Repair, RepairKind};
use crate::segment::Paragraphs;
use crate::segment::characters::{is_final, is_space, is_word};

/// First parts of compounds that keep their hyphen in English and Spanish, and are no syllable that other words begin with.
const FIRSTS: &[&str] = &[
    "well", "self", "half", "long", "cross", "non", "vice", "quasi", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty",
    "ninety", "three", "four", "five", "anglo", "franco", "hispano", "luso", "greco", "sino", "chino", "judeo", "austro",
];

/// Second parts of such compounds in English that are no syllables that other words end with.
const SECONDS: &[&str] =
    &["based", "backed", "related", "induced", "sized", "resistant", "dimensional", "term", "level", "speaking", "driven"];

/// Small words inside compounds of more than two parts: `state-of-the-art`.
const SMALL: &[&str] = &["of", "the", "to", "and", "in", "by", "up", "on", "at", "or", "a", "out", "for", "de", "la", "y", "o"];

/// Words that go on after a hyphen that stands for a part left out: `pre- and post-war`.
const LINKS: &[&str] = &["and", "or", "to", "y", "o", "e", "u", "a"];

/// Adds the repairs of the hyphens at line ends of a text whose lines are wrapped, or whose pages are.
pub(super) fn join(lines: &Lines<'_>, furniture: &[Furniture], paragraphs: Paragraphs, repairs: &mut Vec<Repair>) {
    let breaks = breaks(lines, furniture, paragraphs, repairs);
    if breaks.is_empty() {
        return;
    }
    let witness = Witness::of(lines, &breaks);
    let mut found = Vec::new();
    for b in &breaks {
        let kind = match verdict(lines, b, &witness) {
            Verdict::Broken => RepairKind::BrokenWord,
            Verdict::Hyphenated => RepairKind::HyphenKept,
            Verdict::Neither => continue,
        };
        let start = if kind == RepairKind::BrokenWord { b.hyphen } else { lines.end(b.before) };
        match repairs.binary_search_by_key(&lines.end(b.before), |repair| repair.start) {
            Ok(n) => repairs[n] = Repair { start, put: None, kind, ..repairs[n] },
            Err(_) => found.push(Repair { start, end: lines.start(b.after), put: None, kind }),
        }
    }
    repairs.extend(found);
    repairs.sort_by_key(|repair| repair.start);
}

/// A line that ends with a letter and a hyphen, and the line that goes on with a letter.
struct Break<'a> {
    before: usize,
    after: usize,
    /// Where the hyphen is.
    hyphen: usize,
    /// The part of a word before the hyphen.
    first: &'a str,
    /// The part of a word after it.
    second: &'a str,
}

/// The hyphens at line ends, in order; over a page break only where its repair joins.
fn breaks<'a>(lines: &Lines<'a>, furniture: &[Furniture], paragraphs: Paragraphs, repairs: &[Repair]) -> Vec<Break<'a>> {
    let mut furniture = furniture.iter().map(|f| f.line).peekable();
    let mut breaks = Vec::new();
    for before in 0..lines.len() {
        if furniture.next_if_eq(&before).is_some() || !ends_with_hyphen(lines.line(before)) {
            continue;
        }
        let mut after = before + 1;
        while furniture.peek() == Some(&after) {
            furniture.next();
            after += 1;
        }
        let joined = is_join(repairs, lines.end(before));
        let wrapped = paragraphs == Paragraphs::Blank && after == before + 1 && after < lines.len() && !lines.blank_before(after);
        if after < lines.len() && (joined || wrapped) {
            breaks.extend(Break::of(lines, before, after));
        }
    }
    breaks
}

fn ends_with_hyphen(line: &str) -> bool {
    line.ends_with(['-', '\u{2010}', '\u{ad}', '\u{ac}'])
}

impl<'a> Break<'a> {
    fn of(lines: &Lines<'a>, before: usize, after: usize) -> Option<Break<'a>> {
        let (line, next) = (lines.line(before), lines.line(after));
        let mark = line.chars().next_back()?;
        let rest = &line[..line.len() - mark.len_utf8()];
        let first = &rest[rest.trim_end_matches(is_word).len()..];
        let second = &next[..next.len() - next.trim_start_matches(is_word).len()];
        let whole = !first.is_empty() && !second.is_empty();
        whole.then_some(Break { before, after, hyphen: lines.end(before) - mark.len_utf8(), first, second })
    }
}

enum Verdict {
    /// One word, broken by the margin.
    Broken,
    /// A word with a hyphen.
    Hyphenated,
    /// The hyphen is no part of a word, or stands for what is left out.
    Neither,
}

fn verdict(lines: &Lines<'_>, b: &Break<'_>, witness: &Witness) -> Verdict {
    let (line, next) = (lines.line(b.before), lines.line(b.after));
    if line.ends_with(['\u{ad}', '\u{ac}']) {
        return Verdict::Broken; // a soft hyphen means nothing else
    }
    let [first, second] = [b.first, b.second].map(str::to_lowercase);
    let (joined, hyphenated) = (witness.count(&format!("{first}{second}")), witness.count(&format!("{first}-{second}")));
    if joined > 0 || hyphenated > 0 {
        return if joined >= hyphenated { Verdict::Broken } else { Verdict::Hyphenated };
    }
    let compound = next[b.second.len()..].starts_with('-') && SMALL.contains(&second.as_str())
        || lines.text[..b.hyphen - b.first.len()].ends_with('-') && SMALL.contains(&first.as_str());
    if compound {
        return Verdict::Hyphenated;
    }
    let aside = witness.count(&second) > 0 && closes_an_aside(lines, b);
    if aside || LINKS.contains(&second.as_str()) && first.chars().count() > 1 {
        return Verdict::Neither;
    }
    let letters = b.first.chars().count() > 1 && b.first.chars().chain(b.second.chars()).all(char::is_alphabetic);
    let capitals = |part: &str| part.chars().all(char::is_uppercase);
    let capital = capitals(b.first) != b.second.starts_with(char::is_uppercase);
    let words = witness.count(&first) > 0 && witness.count(&second) > 0;
    let listed = FIRSTS.contains(&first.as_str()) && second.chars().count() >= 4 || SECONDS.contains(&second.as_str());
    if !letters || capital || words || listed { Verdict::Hyphenated } else { Verdict::Broken }
}

/// How many lines an aside may go back.
const ASIDE: usize = 3;

/// True when the hyphen at the line end closes what one after a blank opened: `-No vendrá -dijo su amo-`, where hyphens stand for dashes. One
/// that opens what somebody says closes nowhere.
fn closes_an_aside(lines: &Lines<'_>, b: &Break<'_>) -> bool {
    let from = (b.before.saturating_sub(ASIDE)..=b.before).find(|&n| (n + 1..=b.before).all(|n| !lines.blank_before(n)));
    let aside = &lines.text[lines.start(from.unwrap_or(b.before))..b.hyphen];
    let mut open = false;
    for (at, _) in aside.match_indices('-') {
        let (before, after) = (&aside[..at], &aside[at + 1..]);
        let apart = before.ends_with(is_space);
        if apart && after.starts_with(is_word) {
            let text = before.trim_end_matches(is_space);
            open = !(before[text.len()..].contains('\n') && text.ends_with(is_final));
        } else if !apart && !after.starts_with(is_word) {
            open = false;
        }
    }
    open
}

/// How often the forms in question occur where no line end is in the way.
struct Witness(HashMap<String, u32>);

impl Witness {
    fn of(lines: &Lines<'_>, breaks: &[Break<'_>]) -> Witness {
        let mut counts = HashMap::new();
        for b in breaks {
            let [first, second] = [b.first, b.second].map(str::to_lowercase);
            counts.extend([format!("{first}{second}"), format!("{first}-{second}"), first, second].map(|form| (form, 0)));
        }
        let mut broken = false;
        for n in 0..lines.len() {
            let breaks = ends_with_hyphen(lines.line(n));
            let mut words = words(lines.line(n)).skip(usize::from(broken)).peekable();
            while let Some(word) = words.next() {
                if words.peek().is_none() && breaks {
                    break;
                }
                if let Some(count) = counts.get_mut(word.to_lowercase().as_str()) {
                    *count += 1;
                }
            }
            broken = breaks;
        }
        Witness(counts)
    }

    fn count(&self, form: &str) -> u32 {
        self.0.get(form).copied().unwrap_or(0)
    }
}

/// The words of a line, hyphens inside them included.
fn words(line: &str) -> impl Iterator<Item = &str> {
    let words = line.split(|c| !is_word(c) && c != '-' && c != '\u{2010}');
    words.map(|word| word.trim_matches(['-', '\u{2010}'])).filter(|word| !word.is_empty())
}

#[cfg(test)]
mod tests {
    use crate::segment::{Layout, Options, Paragraphs};

    fn read(text: &str) -> String {
        let layout = Layout::of(text, Options { paragraphs: Paragraphs::Blank, keep_layout: false });
        layout.read(text, 0..text.len()).into_owned()
    }

    #[test]
    fn a_word_broken_at_a_line_end_is_read_as_one() {
        assert_eq!(read("Es un exam-\nple de ello."), "Es un example de ello.");
        assert_eq!(read("Es un exam\u{ad}\n  ple de ello."), "Es un example de ello.");
        assert_eq!(read("asia-\ntico-americanas"), "asiatico-americanas");
        assert_eq!(read("-Tú -dijo él-, que sabes de acha-\nque y más."), "-Tú -dijo él-, que sabes de achaque y más.");
        assert_eq!(read("-Tú -dijo el gigan-\nte-, que sabes."), "-Tú -dijo el gigante-, que sabes.");
        assert_eq!(read("UN EXAM-\nPLE MÁS."), "UN EXAMPLE MÁS.");
    }

    #[test]
    fn a_word_with_a_hyphen_keeps_it() {
        for (text, read_as) in [
            ("It is well-\nknown here.", "well-known"),
            ("the franco-\nalemán case", "franco-alemán"),
            ("Jean-\nPaul came", "Jean-Paul"),
            ("in 1914-\n18 there", "1914-18"),
            ("a state-of-\nthe-art thing", "state-of-the-art"),
            ("an X-\nray of it", "X-ray"),
            ("a US-\nbacked force", "US-backed"),
            ("a five-\nmember group", "five-member"),
            ("an antibiotic-\nresistant one", "antibiotic-resistant"),
        ] {
            assert!(read(text).contains(read_as), "{}", read(text));
        }
    }

    #[test]
    fn the_document_decides_when_it_has_the_word_elsewhere() {
        assert!(read("The co-operation ended. New co-\noperation began.").contains("New co-operation"));
        assert!(read("The cooperation ended. New co-\noperation began.").contains("New cooperation"));
        assert!(read("A coast and a line, a coast-\nline it was.").contains("coast-line"), "two words that occur alone");
    }

    #[test]
    fn a_hyphen_that_is_no_part_of_a_word_stays() {
        for text in ["the pre-\nand post-war years", "-No -dijo su amo-\nde los brazos de largos.", "palabra -\notra", "uno --\ndos"] {
            assert_eq!(read(text), text);
        }
    }

    #[test]
    fn lines_that_are_paragraphs_are_not_joined() {
        let text = "Es un exam-\nple de ello.";
        let layout = Layout::of(text, Options { paragraphs: Paragraphs::Line, keep_layout: false });
        assert_eq!(layout.repairs, []);
        assert_eq!(read("Es un exam-\n\nple de ello."), "Es un exam-\n\nple de ello.");
    }
}
