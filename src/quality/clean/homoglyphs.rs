//! `homoglyphs`: letters of another script that look like Latin ones, within Latin words. Words of another script stay.

use super::{Edits, Kind, Rule, Side, en, es, knows, left_en, left_es};
use crate::quality::About;
use crate::text::words::words;

/// The rule.
pub(super) static HOMOGLYPHS: Rule = Rule {
    id: "homoglyphs",
    version: 1,
    kind: Kind::Repair,
    about: About { en: "Cyrillic and Greek letters in Latin words become Latin", es: "Las letras cirílicas y griegas en palabras latinas pasan a latinas" },
    docs: "
In a word of which more than half of the letters are Latin, Cyrillic and Greek letters that look like Latin ones become these (the `о` of `Cuatrо`), and Cyrillic letters that have the
byte of a Latin one in windows-1251 become that (the `у` of `atenciуn`), when the lexicon of the language has the word then.
Left: any other word, words of one letter, words with less Latin in them, languages that there is no lexicon of.

Elsewhere: Bifixer (characters from wrong alphabets), Bicleaner c_no_script_inconsistencies.
",
    changes: &[es("Cuatrо años en Сuba, con atenciуn", "Cuatro años en Cuba, con atención"), en("the Еnglish text", "the English text")],
    leaves: &[left_es("la palabra Москва y la letra о"), left_en("the α-helix, μg, Ωmega, Яndex, an atenciуn")],
    find,
};

/// Letters and the Latin ones that they look like, pairwise.
const ALIKE: &str = "АAВBЕEКKМMНHОOРPСCТTХXаaеeоoрpсcхxуyіiІIјjЈJѕsЅSΑAΒBΕEΖZΗHΙIΚKΜMΝNΟOΡPΤTΥYΧXοoνv";

fn find(side: &Side<'_>, edits: &mut Edits) {
    // The first bytes of Greek and Cyrillic letters.
    if !side.text.bytes().any(|b| matches!(b, 0xcd..=0xd2)) {
        return;
    }
    for (start, word) in words(side.text) {
        let (mut latin, mut others) = (0, 0);
        for c in word.chars().filter(|c| c.is_alphabetic()) {
            *if is_other(c) { &mut others } else { &mut latin } += 1;
        }
        let readings = if others == 0 || latin <= others { [None, None] } else { [read(word, alike), read(word, same_byte)] };
        let right = readings.into_iter().flatten().find(|reading| knows(&side.lang, reading));
        if let Some(right) = right {
            edits.put(start..start + word.len(), right);
        }
    }
}

/// The word with each letter of another script as `latin` has it; nothing if it has none for one of them.
fn read(word: &str, latin: fn(char) -> Option<char>) -> Option<String> {
    word.chars().map(|c| if is_other(c) { latin(c) } else { Some(c) }).collect()
}

/// True for Greek and Cyrillic.
fn is_other(c: char) -> bool {
    matches!(c, '\u{370}'..='\u{52f}')
}

/// The Latin letter that looks so.
fn alike(c: char) -> Option<char> {
    let mut pairs = ALIKE.chars();
    while let (Some(other), Some(latin)) = (pairs.next(), pairs.next()) {
        if other == c {
            return Some(latin);
        }
    }
    None
}

/// The letter that Latin-1 has at the byte of windows-1251 that is `c`: `а` to `я` are at 0xE0 to 0xFF, the capitals before them.
fn same_byte(c: char) -> Option<char> {
    let byte = u32::from(c).checked_sub(0x410).filter(|n| *n < 0x40)? + 0xc0;
    char::from_u32(byte)
}
