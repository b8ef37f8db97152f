//! `terminal`: ends of questions, exclamations and unfinished sentences that the other side has not. How many sentences there are is not
//! compared: translators split and join them.

use super::super::marks::End;
use super::{Filter, Interval, Presets, Record};
use crate::quality::About;

/// The filter.
pub(super) static TERMINAL: Filter = Filter {
    id: "terminal",
    about: About { en: "Terminal marks without counterpart", es: "Signos finales sin correspondencia" },
    unit: "marks",
    range: Interval::from(0.0),
    presets: Presets { training: Interval::ANY, strict: Interval::to(1.0), review: Interval::ANY },
    peers: "OpusFilter TerminalPunctuationFilter",
    measure,
};

fn measure(record: &Record<'_, '_>) -> Option<[f64; 2]> {
    let [source, target] = record.texts().map(ends);
    let counts = source[0].abs_diff(target[0]) + source[1].abs_diff(target[1]);
    let ends = [0, 1].map(|n| record.marks()[n].end);
    let is_open = |end: End| matches!(end, End::Open | End::Word);
    // An exclamation may become a statement; a question that counts is counted already.
    let unlike = is_open(ends[0]) != is_open(ends[1]) && record.marks().iter().all(|marks| marks.characters > SHORT);
    Some([f64::from(counts + u32::from(unlike)); 2])
}

/// Shorter texts end with a full stop or without one as it comes.
const SHORT: f32 = 20.0;

/// Ends of questions and of exclamations; a row of marks is one, and one within an address is none.
fn ends(text: &str) -> [u32; 2] {
    let mut counts = [0, 0];
    let bytes = text.as_bytes();
    for at in memchr::memchr2_iter(b'?', b'!', bytes) {
        let goes_on = bytes.get(at + 1).is_some_and(|next| next.is_ascii_alphanumeric() || matches!(next, b'?' | b'!' | b'/' | b'='));
        counts[usize::from(bytes[at] == b'!')] += u32::from(!goes_on);
    }
    counts
}
