//! `quotes`: quotation marks and apostrophes of many shapes become straight ones. What is quoted is not asked.

use super::{Edits, Kind, Rule, Side, around, en, es, left_en, left_es};
use crate::quality::About;

/// The rule.
pub(super) static QUOTES: Rule = Rule {
    id: "quotes",
    version: 1,
    kind: Kind::Convention,
    about: About { en: "Quotation marks and apostrophes become straight", es: "Las comillas y los apóstrofos quedan rectos" },
    docs: "
`«»`, `“”`, `„`, ` ``…'' ` become `\"`; `‘’`, `‹›`, `‚` and accents that stand for an apostrophe (`don´t`) become `'`, in both languages. Straight marks are the convention since they can be had from any text without a guess: whether a straight
mark opens or closes must be guessed on the way back.
Left: primes of feet and minutes (`5′`), accents on their own, `ʻ` of Hawaiian, apostrophes that are straight.

Elsewhere: Moses normalize-punctuation.perl, OpusCleaner fix_quotes, ftfy `uncurl_quotes`, Bifixer.
",
    changes: &[
        es("«Sí», dijo, “no ‘siempre’”", "\"Sí\", dijo, \"no 'siempre'\""),
        en("“It’s a ‘yes’,” he said; I don´t", "\"It's a 'yes',\" he said; I don't"),
        en("``No'', he said", "\"No\", he said"),
    ],
    leaves: &[left_es("\"Sí\", de 5′ y 3″"), left_en("It's Hawaiʻi, a ` and a ´")],
    find,
};

fn find(side: &Side<'_>, edits: &mut Edits) {
    let text = side.text;
    let bytes = text.as_bytes();
    if !bytes.iter().any(|b| matches!(b, b'\'' | b'`' | 0xc2 | 0xe2)) {
        return;
    }
    for (at, c) in text.char_indices() {
        let end = at + c.len_utf8();
        match c {
            '«' | '»' | '“' | '”' | '„' | '‟' => edits.put(at..end, "\""),
            '‘' | '’' | '‚' | '‛' | '‹' | '›' => edits.put(at..end, "'"),
            '`' | '\'' if bytes.get(end) == Some(&bytes[at]) && is_pair(text, at) => edits.put(at..end + 1, "\""),
            '`' | '´' if matches!(around(text, at, end), (a, b) if a.is_alphabetic() && b.is_alphabetic()) => edits.put(at..end, "'"),
            _ => {}
        }
    }
}

/// True if the mark at `at` and the same one after it are two and no more.
fn is_pair(text: &str, at: usize) -> bool {
    let mark = &text[at..=at];
    !text[..at].ends_with(mark) && !text[at + 2..].starts_with(mark)
}
