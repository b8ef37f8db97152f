//! Running text set in pages as a printer would, to see what is made of it: lines of 72 columns with words broken at their ends, a running
//! head and a page number every 40 lines, quotation marks and dashes as the controls that windows-1252 leaves when it is read as Latin-1.
//! Everything is decided by the text alone, so that two runs make the same pages.

use std::fmt;

use bitexto::model::Lang;
use bitexto::segment::Layout;
use bitexto::segment::layout::RepairKind;

const COLUMNS: usize = 72;
const LINES: usize = 40;

/// How heads and page numbers stand.
#[derive(Clone, Copy)]
pub(crate) enum Style {
    /// A number at the foot, a head on the next page.
    FootAndHead,
    /// The number in the head.
    NumberedHead,
    /// A form feed, a head, and `Page 3 of 7` under it.
    Feed,
}

impl Style {
    pub(crate) fn of(n: usize) -> Style {
        [Style::FootAndHead, Style::NumberedHead, Style::Feed][n % 3]
    }

    fn between(self, lang: Lang, page: usize, pages: usize) -> (String, Vec<String>) {
        let spanish = lang.same_language(&Lang::ES);
        let head = if spanish { "Crónica de la Sierra, 3 de mayo" } else { "Chronicle of the Hills, 3 May" }.to_string();
        let of = if spanish { format!("Página {} de {pages}", page + 1) } else { format!("Page {} of {pages}", page + 1) };
        match self {
            Style::FootAndHead => ("\n".into(), vec![format!("- {page} -\n\n"), head + "\n\n"]),
            Style::NumberedHead => ("\n".into(), vec![format!("{head}        {}\n\n", page + 1)]),
            Style::Feed => ("\x0c".into(), vec![head + "\n", of + "\n\n"]),
        }
    }
}

/// A text, and for the first byte of each of its characters the gold segment it belongs to.
pub(crate) struct Marked {
    pub(crate) text: String,
    pub(crate) gold: Vec<Option<usize>>,
    /// Where lines that no gold segment holds begin.
    furniture: Vec<usize>,
    /// Where line ends have a hyphen, and whether the word had it before.
    hyphens: Vec<(usize, bool)>,
}

impl Marked {
    /// `text` has the characters of the lines of `gold` in their order, white space aside.
    pub(crate) fn of(text: &str, gold: &str) -> Marked {
        let lines = gold.lines().filter(|line| !line.trim().is_empty()).enumerate();
        let mut owners = lines.flat_map(|(n, line)| line.chars().filter(|c| !c.is_whitespace()).map(move |_| n));
        let mut marked = Marked::default();
        for c in text.chars() {
            let owner = if c.is_whitespace() { None } else { owners.next() };
            marked.push(c, owner);
        }
        marked
    }

    fn default() -> Marked {
        Marked { text: String::new(), gold: Vec::new(), furniture: Vec::new(), hyphens: Vec::new() }
    }

    fn push(&mut self, c: char, gold: Option<usize>) {
        self.text.push(c);
        self.gold.push(gold);
        self.gold.resize(self.text.len(), None);
    }

    fn push_all(&mut self, text: &str) {
        text.chars().for_each(|c| self.push(c, None));
    }

    fn words(&self, from: usize, to: usize) -> Vec<Word> {
        let mut words: Vec<Word> = vec![Vec::new()];
        for (at, c) in self.text[from..to].char_indices() {
            if c.is_whitespace() {
                words.push(Vec::new());
            } else if let Some(word) = words.last_mut() {
                word.push((spoilt(c), self.gold[from + at]));
            }
        }
        words.retain(|word| !word.is_empty());
        words
    }
}

type Word = Vec<(char, Option<usize>)>;

/// The lines of a text that are not blank as paragraphs of wrapped lines, on pages.
pub(crate) fn set(text: &Marked, style: Style, lang: Lang) -> Marked {
    let mut lines: Vec<(Vec<Word>, Option<bool>)> = Vec::new();
    let mut at = 0;
    for paragraph in text.text.split_inclusive('\n') {
        let words = text.words(at, at + paragraph.len());
        if !words.is_empty() {
            wrap(words, &mut lines);
            lines.push((Vec::new(), None));
        }
        at += paragraph.len();
    }
    let pages = lines.len().div_ceil(LINES);
    let mut out = Marked::default();
    for (n, (words, hyphen)) in lines.into_iter().enumerate() {
        if n > 0 && n % LINES == 0 {
            let (before, furniture) = style.between(lang, n / LINES, pages);
            out.push_all(&before);
            for line in furniture {
                out.furniture.push(out.text.len());
                out.push_all(&line);
            }
        }
        for (w, word) in words.into_iter().enumerate() {
            if w > 0 {
                out.push(' ', None);
            }
            word.into_iter().for_each(|(c, gold)| out.push(c, gold));
        }
        if let Some(own) = hyphen {
            out.hyphens.push((out.text.len() - 1, own));
        }
        out.push('\n', None);
    }
    out
}

/// Fills lines with `words`; the second of a line tells whether a hyphen at its end was there before.
fn wrap(words: Vec<Word>, lines: &mut Vec<(Vec<Word>, Option<bool>)>) {
    let mut line: Vec<Word> = Vec::new();
    let mut width = 0;
    for mut word in words {
        while width + usize::from(width > 0) + word.len() > COLUMNS && width > 0 {
            let room = COLUMNS.saturating_sub(width + 1);
            let Some((at, own)) = breaks(&word, room) else { break };
            let rest = word.split_off(at);
            if !own {
                word.push(('-', None));
            }
            line.push(std::mem::replace(&mut word, rest));
            lines.push((std::mem::take(&mut line), Some(own)));
            width = 0;
        }
        if width + usize::from(width > 0) + word.len() > COLUMNS && width > 0 {
            lines.push((std::mem::take(&mut line), None));
            width = 0;
        }
        width += usize::from(width > 0) + word.len();
        line.push(word);
    }
    if !line.is_empty() {
        lines.push((line, None));
    }
}

/// Where a word may be broken so that it fits `room`: after a hyphen of its own, or between a vowel and a consonant before a vowel, three letters
/// from either end.
fn breaks(word: &Word, room: usize) -> Option<(usize, bool)> {
    let letters: Vec<char> = word.iter().map(|&(c, _)| c).collect();
    let vowel = |c: char| "aeiouáéíóúAEIOUÁÉÍÓÚ".contains(c);
    let own = (2..letters.len().saturating_sub(1)).rev().find(|&n| n <= room && letters[n - 1] == '-' && letters[n].is_alphabetic());
    let own = own.filter(|&n| letters[..n - 1].iter().all(|c| c.is_alphabetic()));
    let inside = (3..letters.len().saturating_sub(2)).rev().find(|&n| {
        n < room
            && vowel(letters[n - 1])
            && letters[n].is_lowercase()
            && !vowel(letters[n])
            && vowel(letters[n + 1])
            && letters[n - 3..n + 3].iter().all(|c| c.is_alphabetic())
    });
    own.map(|n| (n, true)).or(inside.map(|n| (n, false)))
}

/// What windows-1252 leaves of a character when it is read as Latin-1.
fn spoilt(c: char) -> char {
    match c {
        '“' => '\u{93}',
        '”' => '\u{94}',
        '‘' => '\u{91}',
        '’' => '\u{92}',
        '…' => '\u{85}',
        '–' => '\u{96}',
        '—' => '\u{97}',
        c => c,
    }
}

/// How much of what `set` did is found.
#[derive(Default)]
pub(crate) struct Tally {
    furniture: [usize; 2],
    broken: [usize; 2],
    own: [usize; 2],
    lost: usize,
}

impl Tally {
    pub(crate) fn count(&mut self, marked: &Marked, layout: &Layout) {
        let at = |place: usize, kinds: &[RepairKind]| {
            layout.repairs.iter().any(|r| r.start <= place && place < r.end && kinds.contains(&r.kind))
        };
        let furniture = [RepairKind::RunningHead, RepairKind::PageNumber];
        for &line in &marked.furniture {
            self.furniture[0] += usize::from(at(line, &furniture));
            self.furniture[1] += 1;
        }
        for &(hyphen, own) in &marked.hyphens {
            let joined = at(hyphen, &[RepairKind::BrokenWord]);
            let count = if own { &mut self.own } else { &mut self.broken };
            count[0] += usize::from(joined != own && (!own || at(hyphen + 1, &[RepairKind::HyphenKept])));
            count[1] += 1;
        }
        let left_out = layout.repairs.iter().filter(|r| furniture.contains(&r.kind));
        self.lost += left_out.map(|r| marked.gold[r.start..r.end].iter().flatten().count()).sum::<usize>();
    }
}

impl fmt::Display for Tally {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Tally { furniture, broken, own, lost } = self;
        writeln!(f, "Lines of furniture left out: {} of {}; characters of the text left out: {lost}.", furniture[0], furniture[1])?;
        write!(f, "Broken words made whole: {} of {}; words with a hyphen that keep it: {} of {}.", broken[0], broken[1], own[0], own[1])
    }
}
