//! What in a text is page and not text: running heads, page numbers, words broken at line ends, characters that an encoding spoilt.
//!
//! It finds [`Repair`]s and reads a text through them. The text itself never changes, and segments stay byte spans into it: what is left
//! out between two segments belongs to none, and what is left out inside one (a page break in mid-sentence) goes when the segment is
//! read. On a text without layout nothing is found.

mod characters;
mod hyphens;
mod lines;
mod numbering;
mod pages;
mod report;

use std::borrow::Cow;
use std::ops::Range;

use super::{Paragraphs, Segment, VERSION, decide, segment};
use crate::text::Lang;
use lines::Lines;
use pages::Furniture;

pub use report::Repaired;

/// How a text is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Options {
    /// What separates paragraphs.
    pub paragraphs: Paragraphs,
    /// Take the text as it stands: repair nothing, leave nothing out.
    pub keep_layout: bool,
}

impl Options {
    /// What makes the segments of a document that is read so, for stores: `segmenter:2|layout:repaired|paragraphs:auto`.
    pub fn signature(self) -> String {
        let layout = if self.keep_layout { KEPT } else { "layout:repaired" };
        format!("segmenter:{VERSION}|{layout}|paragraphs:{}", self.paragraphs.name())
    }

    /// The layout of a text that is read so.
    pub fn layout(self, text: &str) -> Layout {
        Layout::of(text, self)
    }

    /// The options in a signature, also in one of an earlier version.
    pub fn of_signature(signature: &str) -> Options {
        let named = |part: &str| part.strip_prefix("paragraphs:").and_then(Paragraphs::from_name);
        let paragraphs = signature.split('|').find_map(named).unwrap_or_default();
        Options { paragraphs, keep_layout: signature.split('|').any(|part| part == KEPT) }
    }
}

const KEPT: &str = "layout:kept";

/// A stretch of a text that is read as something else, or not at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Repair {
    /// First byte.
    pub start: usize,
    /// Past the last byte.
    pub end: usize,
    /// What is read in its place.
    pub put: Option<char>,
    /// Why.
    pub kind: RepairKind,
}

/// What a repair is for.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum RepairKind {
    /// A head or foot that stands on page after page is left out.
    RunningHead,
    /// The number of a page is left out.
    PageNumber,
    /// What separated the halves of a sentence at a page break is one blank.
    PageBreak,
    /// A word that was broken at a line end is one again.
    BrokenWord,
    /// A word with a hyphen at a line end keeps it; the line end goes.
    HyphenKept,
    /// A control U+0080–U+009F is the windows-1252 character that it was.
    Windows1252,
    /// A control character is left out.
    Control,
    /// A soft hyphen, space without width or byte-order mark is left out.
    Invisible,
    /// U+FFFD, the mark of a character that is lost, stays where it is.
    Lost,
}

/// The repairs of one text, and what separates its paragraphs.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Layout {
    /// In order; none overlaps another.
    pub repairs: Vec<Repair>,
    /// What separates the paragraphs; [`Paragraphs::Auto`] only in a default layout.
    pub paragraphs: Paragraphs,
}

impl Layout {
    /// The layout of `text`. With [`Options::keep_layout`] it has no repairs.
    ///
    /// ```
    /// use bitexto::segment::{Layout, Options, Paragraphs};
    /// let text = "Era un exam-\nple de \u{93}los\u{94} que se dan.";
    /// let layout = Layout::of(text, Options { paragraphs: Paragraphs::Blank, keep_layout: false });
    /// assert_eq!(layout.read(text, 0..text.len()), "Era un example de “los” que se dan.");
    /// ```
    pub fn of(text: &str, options: Options) -> Layout {
        let decided = |text: &str| if options.paragraphs == Paragraphs::Auto { decide(text) } else { options.paragraphs };
        if options.keep_layout {
            return Layout { repairs: Vec::new(), paragraphs: decided(text) };
        }
        let lines = Lines::of(text, decided(text));
        let furniture = pages::furniture(&lines);
        let paragraphs = if furniture.is_empty() { lines.paragraphs } else { decided(&without(&lines, &furniture)) };
        let mut repairs = pages::repairs(&lines, &furniture, paragraphs);
        if paragraphs == Paragraphs::Blank || !furniture.is_empty() {
            hyphens::join(&lines, &furniture, paragraphs, &mut repairs);
        }
        merge(&mut repairs, characters::repairs(text));
        Layout { repairs, paragraphs }
    }

    /// The part `span` of `text`, which this is the layout of, as it is to be read.
    ///
    /// # Panics
    /// If `span` is not one of `text`.
    pub fn read<'t>(&self, text: &'t str, span: Range<usize>) -> Cow<'t, str> {
        let first = self.repairs.partition_point(|repair| repair.start < span.start);
        let inside = self.repairs[first..].iter().take_while(|repair| repair.end <= span.end);
        let mut read = String::new();
        let mut at = span.start;
        for repair in inside {
            read.push_str(&text[at..repair.start]);
            read.extend(repair.put);
            at = repair.end;
        }
        if at == span.start && read.is_empty() {
            return Cow::Borrowed(&text[span]);
        }
        read.push_str(&text[at..span.end]);
        Cow::Owned(read)
    }

    /// The segments of `text`, which this is the layout of. Together they hold every character that is read and not white space.
    pub fn segments(&self, text: &str, lang: &Lang) -> Vec<Segment> {
        if self.repairs.is_empty() {
            return segment(text, lang, self.paragraphs);
        }
        let mut segments = segment(&self.read(text, 0..text.len()), lang, self.paragraphs);
        let mut places = Places { repairs: &self.repairs, passed: 0, shift: 0 };
        for segment in &mut segments {
            (segment.start, segment.end) = (places.start(segment.start), places.end(segment.end));
        }
        segments
    }
}

/// The text without the lines that are furniture.
fn without(lines: &Lines<'_>, furniture: &[Furniture]) -> String {
    let mut furniture = furniture.iter().map(|f| f.line).peekable();
    let mut out = String::with_capacity(lines.text.len());
    for n in 0..lines.len() {
        if furniture.next_if_eq(&n).is_none() {
            out.push_str(if lines.blank_before(n) { "\n" } else { "" });
            out.push_str(lines.line(n));
            out.push('\n');
        }
    }
    out
}

/// Adds the repairs of characters to those of lines; a character inside a repair of a line has none of its own.
fn merge(repairs: &mut Vec<Repair>, characters: Vec<Repair>) {
    if characters.is_empty() {
        return;
    }
    let lines = std::mem::take(repairs);
    let mut lines = lines.into_iter().peekable();
    for repair in characters {
        while let Some(line) = lines.next_if(|line| line.start <= repair.start) {
            repairs.push(line);
        }
        if repairs.last().is_none_or(|last| last.end <= repair.start) {
            repairs.push(repair);
        }
    }
    repairs.extend(lines);
}

/// From places of a text as it is read, which rise, to places of the text.
struct Places<'a> {
    repairs: &'a [Repair],
    /// How many repairs lie behind.
    passed: usize,
    /// What they took away; negative for what they brought.
    shift: isize,
}

impl Places<'_> {
    /// Where the character at `at` begins.
    fn start(&mut self, at: usize) -> usize {
        self.pass(|begin, put| begin + put <= at);
        self.here(at)
    }

    /// Where the character before `at` ends.
    fn end(&mut self, at: usize) -> usize {
        self.pass(|begin, _| begin < at);
        self.here(at)
    }

    /// Passes the repairs that `before` is true of: told where in the read text they begin and how many bytes they put there.
    fn pass(&mut self, before: impl Fn(usize, usize) -> bool) {
        while let Some(repair) = self.repairs.get(self.passed) {
            let put = repair.put.map_or(0, char::len_utf8);
            if !before(repair.start.wrapping_add_signed(-self.shift), put) {
                break;
            }
            self.shift += (repair.end - repair.start).cast_signed() - put.cast_signed();
            self.passed += 1;
        }
    }

    fn here(&self, at: usize) -> usize {
        at.wrapping_add_signed(self.shift)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::segment::random;
    use crate::text::normalize::squeeze;

    const ALL: [Paragraphs; 3] = [Paragraphs::Auto, Paragraphs::Line, Paragraphs::Blank];

    fn layouts(text: &str) -> impl Iterator<Item = Layout> {
        ALL.into_iter().map(move |paragraphs| Layout::of(text, Options { paragraphs, keep_layout: false }))
    }

    /// Texts with pages of a few lines each, so that furniture is found in them too.
    fn paged() -> impl Iterator<Item = String> {
        let pages = |texts: Vec<String>| {
            let page = |(n, text): (usize, &String)| {
                format!("{text} y {}\n\n- {n} -\nEL PAÍS {n}\n\nno", "la casa que se ve desde el camino es de la abuela y no\n".repeat(10))
            };
            texts.iter().enumerate().map(page).collect::<String>()
        };
        random::texts(300).collect::<Vec<_>>().chunks(3).map(|texts| pages(texts.to_vec())).collect::<Vec<_>>().into_iter()
    }

    #[test]
    fn repairs_are_in_order_inside_the_text_and_on_characters() {
        let mut found = std::collections::BTreeSet::new();
        for text in random::texts(1000).chain(paged()) {
            for layout in layouts(&text) {
                let mut end = 0;
                for repair in &layout.repairs {
                    assert!(end <= repair.start && repair.start < repair.end, "{text:?} {repair:?}");
                    assert!(text.get(repair.start..repair.end).is_some(), "{text:?} {repair:?}");
                    end = repair.end;
                    found.insert(repair.kind);
                }
                assert!(layout.report(&text).iter().all(|r| r.lines[0] >= 1 && !r.to_string().is_empty()));
            }
        }
        assert_eq!(found.len(), 9, "every kind is tried: {found:?}");
    }

    #[test]
    fn segments_hold_what_is_read_and_nothing_else() {
        for text in random::texts(1000).chain(paged()) {
            for layout in layouts(&text) {
                let read = layout.read(&text, 0..text.len());
                let as_read: Vec<&str> = segment(&read, &Lang::ES, layout.paragraphs).iter().map(|s| &read[s.start..s.end]).collect();
                let segments = layout.segments(&text, &Lang::ES);
                let found: Vec<_> = segments.iter().map(|s| layout.read(&text, s.start..s.end)).collect();
                assert_eq!(found, as_read, "{text:?}");
                assert!(segments.windows(2).all(|pair| pair[0].end <= pair[1].start), "{text:?}");
            }
        }
    }

    #[test]
    fn without_repairs_segments_are_those_of_the_text_as_it_stands() {
        for text in random::texts(500) {
            for paragraphs in ALL {
                let kept = Layout::of(&text, Options { paragraphs, keep_layout: true });
                assert_eq!(kept.repairs, []);
                assert_eq!(kept.segments(&text, &Lang::ES), segment(&text, &Lang::ES, paragraphs));
            }
        }
        let clean = "Una frase. Otra\nmás, de 3-4 líneas.\n\n¿Y «ésta»?\n\n12\n\nSí…\n";
        assert_eq!(Layout::of(clean, Options::default()).repairs, []);
    }

    #[test]
    fn a_segment_over_a_page_break_is_read_without_it() {
        let page =
            "la casa que se ve desde el camino es de la abuela y no\nde los vecinos que viven más abajo, cerca del agua, y\n".repeat(8);
        let text = format!(
            "Dijo que {page}el perro que de noche guarda la casa es de la seño-\n\n- 2 -\n\nEL PAÍS, 3 de mayo\n\nra no ladraba. Se fue.\n"
        );
        let layout = Layout::of(&text, Options::default());
        let segments = layout.segments(&text, &Lang::ES);
        let read = layout.read(&text, segments[0].start..segments[0].end);
        assert!(squeeze(&read).ends_with("es de la señora no ladraba."), "{read}");
        assert_eq!((segments.len(), &text[segments[1].start..segments[1].end]), (2, "Se fue."));
        let report: Vec<String> = layout.report(&text).iter().map(ToString::to_string).collect();
        assert_eq!(
            report,
            [
                "running head `EL PAÍS, 3 de mayo` left out once (line 21)",
                "1 page number left out: `- 2 -` (line 19)",
                "1 word broken at a line end joined: `señora` (line 17)",
            ]
        );
    }

    #[test]
    fn a_signature_says_how_a_text_was_read() {
        for paragraphs in ALL {
            for keep_layout in [false, true] {
                let options = Options { paragraphs, keep_layout };
                assert_eq!(Options::of_signature(&options.signature()), options);
            }
        }
        let first = Options::of_signature("segmenter:1|paragraphs:blank");
        assert_eq!(first, Options { paragraphs: Paragraphs::Blank, keep_layout: false });
    }

    #[test]
    fn spaces_of_segments_are_read_as_they_stand_where_nothing_is_repaired() {
        let text = "uno\u{93}  dos";
        let layout = Layout::of(text, Options::default());
        assert!(matches!(layout.read(text, 5..10), Cow::Borrowed("  dos")));
        assert_eq!(squeeze(&layout.read(text, 0..10)), "uno“ dos");
    }
}
