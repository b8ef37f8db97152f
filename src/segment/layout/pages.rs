//! Running heads, feet and page numbers: lines that stand between the halves of a sentence on page after page.
//!
//! That they interrupt sentences is what tells them from headings, refrains and lists, which do not; so a text that no page break cut has
//! none that is found. A line that is left out wrongly is worse than one that is kept.

use std::collections::HashMap;
use std::ops::Range;

use super::lines::Lines;
use super::numbering::{Form, Number, page_number};
use super::{Repair, RepairKind};
use crate::segment::Paragraphs;
use crate::segment::characters::{is_final, is_opener, is_space};

/// A line that belongs to the page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Furniture {
    pub(super) line: usize,
    pub(super) kind: RepairKind,
}

/// The longest running head in bytes.
const LONGEST: usize = 100;

/// How many lines of furniture a page break has at most.
const CLUSTER: usize = 5;

/// The least text between two pages in bytes; a page of a small book has 1,500.
const PAGE: usize = 500;

/// The furniture of a text, by lines.
pub(super) fn furniture(lines: &Lines<'_>) -> Vec<Furniture> {
    let (numbers, heads) = candidates(lines);
    let feeds = (0..lines.len()).any(|n| lines.feed_before(n));
    if numbers.is_empty() && heads.is_empty() {
        return Vec::new();
    }
    let mut pages = Pages { lines, passed: vec![false; lines.len()], found: vec![None; lines.len()], feeds };
    for n in numbers.iter().map(|&(n, _)| n).chain(heads.iter().flatten().copied()) {
        pages.passed[n] = true;
    }
    for form in [Form::Whole, Form::Named, Form::Marked, Form::Bare, Form::Roman] {
        let of_form = numbers.iter().filter(|(_, number)| number.form == form).map(|&(n, number)| (n, number.value));
        pages.number(form, &of_form.collect::<Vec<_>>());
    }
    for group in &heads {
        pages.head(group);
    }
    let found = pages.found.iter().enumerate();
    found.filter_map(|(line, kind)| kind.map(|kind| Furniture { line, kind })).collect()
}

/// Lines that may be page numbers, and lines that may be heads: those that are the same but for their digits, in groups.
fn candidates(lines: &Lines<'_>) -> (Vec<(usize, Number)>, Vec<Vec<usize>>) {
    let mut numbers = Vec::new();
    let mut keys: Vec<(u64, usize)> = Vec::new();
    for n in 0..lines.len() {
        let line = lines.line(n);
        if line.len() > LONGEST {
            continue;
        }
        if let Some(number) = page_number(line) {
            numbers.push((n, number));
        } else if may_be_head(lines, n) {
            keys.push((key(line), n));
        }
    }
    keys.sort_unstable();
    let groups = keys.chunk_by(|a, b| a.0 == b.0).filter(|group| group.len() > 1);
    let mut groups: Vec<Vec<usize>> = groups.map(|group| group.iter().map(|&(_, n)| n).collect()).collect();
    groups.sort_unstable();
    (numbers, groups)
}

/// True for a line that begins as a title does and is no sentence, no part of one and no remark in brackets.
fn may_be_head(lines: &Lines<'_>, n: usize) -> bool {
    let line = lines.line(n);
    let begins = line.trim_start_matches(is_opener).starts_with(|c: char| c.is_uppercase() || c.is_ascii_digit());
    begins
        && !line.starts_with(['(', '['])
        && !line.ends_with(|c| is_final(c) || matches!(c, ',' | ';' | ':' | ')' | ']' | '{' | '}'))
        && line.contains(char::is_alphabetic)
        && lines.is_short(n)
}

/// The hash (FNV-1a) of a line, its runs of digits and of blanks as one.
fn key(line: &str) -> u64 {
    let mut hash = 0xcbf2_9ce4_8422_2325_u64;
    let mut last = 0;
    for byte in line.bytes() {
        let byte = if byte.is_ascii_digit() { b'0' } else { byte };
        if byte != last || !matches!(byte, b'0' | b' ') {
            hash = (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
        }
        last = byte;
    }
    hash
}

struct Pages<'a> {
    lines: &'a Lines<'a>,
    /// Lines that may be furniture: to be passed over when the text around one is looked for.
    passed: Vec<bool>,
    found: Vec<Option<RepairKind>>,
    feeds: bool,
}

impl Pages<'_> {
    /// Takes the lines of `numbers` that are page numbers in that form.
    fn number(&mut self, form: Form, numbers: &[(usize, u32)]) {
        if form == Form::Whole {
            for &(n, _) in numbers {
                self.take_number(n);
            }
            return;
        }
        let anchors = rising(numbers.iter().copied().filter(|&(n, _)| self.is_anchor(n)));
        let needed = if matches!(form, Form::Bare | Form::Roman) { 2 } else { 1 };
        let certain = anchors.iter().any(|&(n, _)| self.cuts(n..n + 1) || self.beside(n).any(|(with, _)| self.cuts(with)));
        if !certain || anchors.len() < needed || !self.are_pages_apart(anchors.iter().map(|&(n, _)| n)) {
            return;
        }
        for &(n, value) in numbers {
            if fits(&anchors, n, value) {
                self.take_number(n);
            }
        }
    }

    /// Takes the page number on line `n`, and a head beside it that interrupts the same sentence.
    fn take_number(&mut self, n: usize) {
        self.found[n] = Some(RepairKind::PageNumber);
        if self.cuts(n..n + 1) {
            return;
        }
        let head = self.beside(n).find(|(with, _)| self.cuts(with.clone())).map(|(_, head)| head);
        if let Some(head) = head {
            self.found[head] = Some(RepairKind::RunningHead);
            self.passed[head] = true;
        }
    }

    /// True when line `n` interrupts a sentence, alone or with a head beside it.
    fn is_anchor(&self, n: usize) -> bool {
        self.interrupts(n..n + 1) || self.beside(n).any(|(with, _)| self.interrupts(with))
    }

    /// The lines before and after line `n` that may be heads, and are too short for a line of the text.
    fn beside(&self, n: usize) -> impl Iterator<Item = (Range<usize>, usize)> {
        let short = |&(_, head): &(Range<usize>, usize)| {
            let fits = head < self.lines.len() && !self.passed[head];
            fits && may_be_head(self.lines, head)
        };
        let before = n.checked_sub(1).map(|head| (head..n + 1, head));
        before.into_iter().chain([(n..n + 2, n + 1)]).filter(short)
    }

    /// Takes the lines of a group that are the same but for their digits, if they are running heads.
    fn head(&mut self, group: &[usize]) {
        let interrupting = group.iter().filter(|&&n| self.interrupts(n..n + 1)).count();
        let certain = group.iter().any(|&n| self.cuts(n..n + 1));
        let often = interrupting >= 2 && interrupting * 10 >= group.len() * 3;
        let apart = group.iter().all(|&n| self.is_set_off(n)) || (group.len() > 3 && self.words(group[0]) > 1);
        let cuts = certain && ((often && apart) || self.counts_on(group)) && self.are_regular(group);
        let numbered = group.iter().all(|&n| self.is_by_number(n));
        let fed = self.feeds && group.len() > 2 && group.iter().all(|&n| self.is_by_feed(n));
        if !(cuts || numbered || fed) || !self.are_pages_apart(group.iter().copied()) || self.counts_headings(group) {
            return;
        }
        for &n in group {
            if !self.is_title(group, n) {
                self.found[n] = Some(RepairKind::RunningHead);
            }
        }
    }

    /// True when the first line of a group is not the head but what it repeats: the title of the document, or of a chapter.
    fn is_title(&self, group: &[usize], n: usize) -> bool {
        let lines = self.lines;
        if n != group[0] || self.interrupts(n..n + 1) || lines.line(n) != lines.line(group[1]) {
            return false;
        }
        let page = lines.start(group[1]) - lines.start(n);
        lines.start(n) * 2 < page || lines.start(n) * 2 > page * 3
    }

    /// True for `Chapter 1`, `Chapter 2`: one word and numbers that differ.
    fn counts_headings(&self, group: &[usize]) -> bool {
        let line = self.lines.line(group[0]);
        self.words(group[0]) < 2 && group.iter().any(|&n| self.lines.line(n) != line)
    }

    /// True when a sentence goes on from the text before `lines` to the text after them, other candidates passed over.
    fn interrupts(&self, lines: Range<usize>) -> bool {
        let around = self.before(lines.start).zip(self.after(lines.end));
        around.is_some_and(|(before, after)| self.lines.goes_on(before, after))
    }

    /// The words on line `n`; numbers are none.
    fn words(&self, n: usize) -> usize {
        self.lines.line(n).split(is_space).filter(|word| word.contains(char::is_alphabetic)).count()
    }

    /// True when a blank line, a form feed or a page number is beside line `n`.
    fn is_set_off(&self, n: usize) -> bool {
        let parted = |n: usize| n >= self.lines.len() || self.lines.blank_before(n) || self.lines.feed_before(n);
        parted(n) || parted(n + 1) || self.is_by_number(n)
    }

    /// True when the sentence goes on with a small letter: no text by chance does.
    fn cuts(&self, lines: Range<usize>) -> bool {
        let after = self.after(lines.end);
        self.interrupts(lines) && after.is_some_and(|after| self.lines.begins_small(after))
    }

    /// True when lines of several words end with numbers that count on from page to page, or begin with them.
    fn counts_on(&self, group: &[usize]) -> bool {
        let number = |n: usize, last: bool| {
            let mut words = self.lines.line(n).split_whitespace();
            let word = if last { words.next_back() } else { words.next() };
            word.and_then(|word| word.parse::<u32>().ok())
        };
        [true, false].into_iter().any(|last| {
            let numbers: Vec<_> = group.iter().map_while(|&n| number(n, last)).collect();
            numbers.len() == group.len() && numbers.windows(2).all(|pair| pair[0] < pair[1] && pair[1] - pair[0] <= 2)
        })
    }

    /// The last line of text before line `n`.
    fn before(&self, n: usize) -> Option<usize> {
        (n.saturating_sub(CLUSTER)..n).rev().find(|&n| !self.passed[n])
    }

    /// The first line of text from line `n` on.
    fn after(&self, n: usize) -> Option<usize> {
        (n..self.lines.len().min(n + CLUSTER)).find(|&n| !self.passed[n])
    }

    fn is_by_number(&self, n: usize) -> bool {
        let number = |n: usize| self.found.get(n) == Some(&Some(RepairKind::PageNumber));
        number(n + 1) || n.checked_sub(1).is_some_and(number)
    }

    fn is_by_feed(&self, n: usize) -> bool {
        let first = self.before(n).map_or(0, |before| before + 1);
        let last = self.after(n + 1).unwrap_or(self.lines.len() - 1);
        (first..=last).any(|n| self.lines.feed_before(n))
    }

    /// True when half of the lines or more have a page of text between them; of two lines, both.
    fn are_pages_apart(&self, group: impl Iterator<Item = usize>) -> bool {
        let starts: Vec<usize> = group.map(|n| self.lines.start(n)).collect();
        let apart = starts.windows(2).filter(|pair| pair[1] - pair[0] >= PAGE).count();
        apart * 2 >= starts.len() - 1
    }

    /// True when at least half of the distances are within 40 % of their median. Of distances by chance, 28 % are.
    fn are_regular(&self, group: &[usize]) -> bool {
        let mut distances: Vec<usize> = group.windows(2).map(|pair| self.lines.start(pair[1]) - self.lines.start(pair[0])).collect();
        distances.sort_unstable();
        let median = distances[distances.len() / 2];
        let near = distances.iter().filter(|&&d| d * 10 >= median * 6 && d * 10 <= median * 14).count();
        near * 2 >= distances.len()
    }
}

/// How many pages without a number there may be between two with one.
const GAP: u32 = 8;

/// The numbers that rise from page to page.
fn rising(numbers: impl Iterator<Item = (usize, u32)>) -> Vec<(usize, u32)> {
    let mut rising: Vec<(usize, u32)> = Vec::new();
    for (n, value) in numbers {
        if rising.last().is_none_or(|&(_, last)| value > last && value - last <= GAP) {
            rising.push((n, value));
        }
    }
    rising
}

/// True when the number `value` on line `n` has its place between those that are certain.
fn fits(anchors: &[(usize, u32)], n: usize, value: u32) -> bool {
    let at = anchors.partition_point(|&(line, _)| line < n);
    if anchors.get(at) == Some(&(n, value)) {
        return true;
    }
    let above = at.checked_sub(1).is_none_or(|before| value > anchors[before].1 && value - anchors[before].1 <= GAP);
    let below = anchors.get(at).is_none_or(|&(_, after)| value < after && after - value <= GAP);
    above && below
}

/// The repairs that leave furniture out. Where a sentence goes on over a page break, one blank is all that remains of the break.
pub(super) fn repairs(lines: &Lines<'_>, furniture: &[Furniture], paragraphs: Paragraphs) -> Vec<Repair> {
    let kinds: HashMap<usize, RepairKind> = furniture.iter().map(|f| (f.line, f.kind)).collect();
    let mut repairs = Vec::new();
    let mut after = 0;
    while after < lines.len() {
        let first = after;
        while kinds.contains_key(&after) {
            after += 1;
        }
        let feed = first == after && lines.feed_before(after) && (lines.blank_before(after) || paragraphs == Paragraphs::Line);
        if first < after || feed {
            leave_out(lines, first..after, &kinds, &mut repairs);
        }
        after += 1;
    }
    repairs
}

/// Leaves out the lines `cluster` of one page break.
fn leave_out(lines: &Lines<'_>, cluster: Range<usize>, kinds: &HashMap<usize, RepairKind>, repairs: &mut Vec<Repair>) {
    let before = cluster.start.checked_sub(1);
    let joins = before.is_some_and(|before| cluster.end < lines.len() && lines.goes_on(before, cluster.end));
    let mut at = before.map_or(0, |before| lines.end(before));
    let mut put = Some(' ');
    for n in cluster.clone() {
        if joins {
            repairs.push(Repair { start: at, end: lines.start(n), put: put.take(), kind: RepairKind::PageBreak });
        }
        at = if joins { lines.end(n) } else { past_line_end(lines.text, lines.end(n)) };
        repairs.push(Repair { start: lines.start(n), end: at, put: None, kind: kinds[&n] });
    }
    if joins {
        repairs.push(Repair { start: at, end: lines.start(cluster.end), put, kind: RepairKind::PageBreak });
    }
}

fn past_line_end(text: &str, at: usize) -> usize {
    memchr::memchr2(b'\n', b'\x0c', &text.as_bytes()[at..]).map_or(text.len(), |len| at + len + 1)
}

/// True when a page break that begins at `end` is joined.
pub(super) fn is_join(repairs: &[Repair], end: usize) -> bool {
    let found = repairs.binary_search_by_key(&end, |repair| repair.start);
    found.is_ok_and(|n| repairs[n].kind == RepairKind::PageBreak && repairs[n].put.is_some())
}

#[cfg(test)]
mod tests {
    use crate::segment::{Layout, Options};

    /// Text of a page that ends in mid-sentence.
    fn page() -> String {
        "la casa que se ve desde el camino es de la abuela y no de\nlos vecinos. El agua del río baja turbia desde hace días y\n".repeat(6)
    }

    /// `pages` pages with what `between` says between them.
    fn book(pages: usize, between: impl Fn(usize) -> String) -> String {
        (0..pages).map(|n| page() + &between(n)).collect::<String>() + "ya está."
    }

    fn left_out(text: &str) -> Vec<String> {
        Layout::of(text, Options::default()).report(text).iter().map(ToString::to_string).collect()
    }

    #[test]
    fn page_numbers_between_the_halves_of_sentences_are_left_out() {
        for form in ["- # -", "#", "Página # de 90", "Page #", "[#]", "#/90"] {
            let text = book(4, |n| format!("\n{}\n\n", form.replace('#', &(n + 12).to_string())));
            assert!(left_out(&text)[0].starts_with("4 page numbers left out: first `"), "{form}: {:?}", left_out(&text));
        }
        let roman = book(3, |n| format!("\n{}\n\n", ["xi", "xii", "xiii"][n]));
        assert!(left_out(&roman)[0].starts_with("3 page numbers"), "{:?}", left_out(&roman));
    }

    #[test]
    fn numbers_that_do_not_rise_or_head_chapters_are_kept() {
        let falling = book(4, |n| format!("\n{}\n\n", 40 - n));
        assert_eq!(left_out(&falling), [""; 0]);
        let chapters: String = (1..9).map(|n| format!("{n}\n\n{}Fin.\n\n", page())).collect();
        assert_eq!(left_out(&chapters), [""; 0]);
    }

    #[test]
    fn a_page_between_two_numbered_ones_has_its_number_though_no_sentence_is_cut() {
        let text = book(5, |n| if n == 2 { "fin.\n\n- 3 -\n\nEl ".into() } else { format!("\n- {} -\n\n", n + 1) });
        assert!(left_out(&text)[0].starts_with("5 page numbers"), "{:?}", left_out(&text));
    }

    #[test]
    fn running_heads_are_left_out_with_or_without_a_number() {
        let plain = book(5, |_| "EL PAÍS, 3 de mayo\n".into());
        assert!(left_out(&plain)[0].starts_with("running head `EL PAÍS, 3 de mayo` left out 5 times"), "{:?}", left_out(&plain));
        let numbered = book(5, |n| format!("\nDon Quijote de la Mancha   {}\n\n", n + 7));
        assert!(left_out(&numbered)[0].starts_with("running head `Don Quijote de la Mancha 7` left out 5 times (lines 14, 29, 44, …)"));
        assert_eq!(left_out(&numbered)[1], "5 sentences joined over page breaks: first `y …` (lines 12, 27, 42, …)");
    }

    #[test]
    fn a_head_by_a_page_number_or_a_form_feed_is_left_out_though_no_sentence_is_cut() {
        let fed = book(4, |_| "fin.\n\x0cEL PAÍS\n\nEl ".into());
        assert!(left_out(&fed)[0].starts_with("running head `EL PAÍS` left out"), "{:?}", left_out(&fed));
        let numbered = book(3, |n| format!("fin.\n\nPágina {} de 9\nEL PAÍS\n\nEl ", n + 1));
        assert!(left_out(&numbered)[0].starts_with("running head `EL PAÍS` left out 3 times"), "{:?}", left_out(&numbered));
    }

    #[test]
    fn headings_refrains_and_remarks_that_repeat_are_kept() {
        for between in ["fin.\n\nPregunta del público\n\nLa ", "fin.\n\nPREGUNTA:\n\nsí, ", "\n(Aplausos)\n\n", "fin.\n\n* * *\n\nLa "] {
            assert_eq!(left_out(&book(6, |_| between.into())), [""; 0], "{between}");
        }
        let chapters = book(4, |n| format!("fin.\n\x0cCapítulo {}\n\n{} ", n + 1, ["Un", "El", "Si", "No"][n]));
        assert_eq!(left_out(&chapters), [""; 0]);
        let wrapped = book(3, |_| "MIENTRAS\n".into());
        assert_eq!(left_out(&wrapped), [""; 0], "a word that may be one of the text");
        let close = "no\nVida mía\nque te fuiste\n".repeat(9);
        assert_eq!(left_out(&close), [""; 0]);
    }

    #[test]
    fn the_title_that_a_head_repeats_is_kept() {
        let text = format!("Las aguas del río\n\n{}", book(4, |_| "\nLas aguas del río\n\n".into()));
        let kept = Layout::of(&text, Options::default());
        assert!(kept.read(&text, 0..text.len()).starts_with("Las aguas del río"));
        assert!(left_out(&text)[0].contains("left out 4 times"), "{:?}", left_out(&text));
    }

    #[test]
    fn a_form_feed_in_mid_sentence_leaves_a_blank() {
        let text = book(2, |_| "\n\x0c".into());
        assert_eq!(left_out(&text), ["2 sentences joined over page breaks: first `y …` (lines 12, 25)"]);
    }
}
