//! Errors put into good translations, on purpose and the same on every run: what a check should see.
//! It reads numbers by their bytes and not with the parser that is under test.

use std::ops::Range;

/// Numbers that look random and are the same on every run: SplitMix64 (Steele, Lea & Flood 2014).
pub(crate) struct Random(pub(crate) u64);

impl Random {
    /// A number from 0 to `n` − 1.
    pub(crate) fn below(&mut self, n: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut x = self.0;
        x = (x ^ (x >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        x = (x ^ (x >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        ((x ^ (x >> 31)) % n.max(1) as u64) as usize
    }
}

/// A way to spoil a pair: the source and the target with an error in one of them, or `None` where there is no place for it.
pub(crate) type Spoil = fn(&str, &str, &mut Random) -> Option<(String, String)>;

/// Every way, with its name and the checks that should see it.
pub(crate) const ERRORS: &[(&str, Spoil, &[&str])] = &[
    ("a digit changed", digit_changed, &["number", "number-scale"]),
    ("×10", times_ten, &["number", "number-scale"]),
    ("a number dropped", number_dropped, &["number", "number-scale"]),
    ("a negation dropped from the source", negation_dropped_from_source, &["negation"]),
    ("a negation dropped from the target", negation_dropped_from_target, &["negation"]),
];

fn digit_changed(source: &str, target: &str, random: &mut Random) -> Option<(String, String)> {
    let number = one_of(&numbers(target), random)?;
    let digits: Vec<usize> = number.clone().filter(|&n| target.as_bytes()[n].is_ascii_digit()).collect();
    let at = *digits.get(random.below(digits.len()))?;
    let least = u8::from(at == number.start);
    let others: Vec<u8> = (b'0' + least..=b'9').filter(|digit| *digit != target.as_bytes()[at]).collect();
    let digit = char::from(others[random.below(others.len())]);
    Some((source.to_string(), replaced(target, at..at + 1, &digit.to_string())))
}

/// `3,000` → `30,000`, `3.5` → `35`, `3 million` → `30 million`.
fn times_ten(source: &str, target: &str, random: &mut Random) -> Option<(String, String)> {
    let number = one_of(&numbers(target), random)?;
    let written = &target[number.clone()];
    if written.bytes().all(|b| matches!(b, b'0' | b'.' | b',')) {
        return None;
    }
    let (whole, decimals) = match written.rsplit_once('.') {
        Some((whole, decimals)) if decimals.len() != 3 => (whole, decimals),
        _ => (written, ""),
    };
    let digits: String = whole.chars().filter(char::is_ascii_digit).collect();
    let (next, rest) = decimals.split_at(usize::from(!decimals.is_empty()));
    let digits = format!("{digits}{}", if next.is_empty() { "0" } else { next });
    let whole = if whole.contains(',') { grouped(&digits) } else { digits };
    let larger = if rest.is_empty() { whole } else { format!("{whole}.{rest}") };
    Some((source.to_string(), replaced(target, number, &larger)))
}

/// Takes the number away with the sign of its currency before it and the scale, per cent or unit after it.
fn number_dropped(source: &str, target: &str, random: &mut Random) -> Option<(String, String)> {
    let number = one_of(&numbers(target), random)?;
    let start = target[..number.start].trim_end_matches(['$', '€', '£']).len();
    let mut end = number.end;
    while let Some(word) = belonging(&target[end..]) {
        end += word;
    }
    Some((source.to_string(), replaced(target, start..end, "")))
}

fn negation_dropped_from_source(source: &str, target: &str, _: &mut Random) -> Option<(String, String)> {
    Some((
        without_only(source, &["no", "nunca", "jamás", "nadie", "nada", "ningún", "ninguna", "ni", "tampoco"], &["no", "No"])?,
        target.to_string(),
    ))
}

fn negation_dropped_from_target(source: &str, target: &str, _: &mut Random) -> Option<(String, String)> {
    let negations = ["not", "never", "nobody", "none", "nothing", "nor", "neither", "cannot", "no"];
    Some((source.to_string(), without_only(target, &negations, &["not", "never"])?))
}

/// Segments longer than this often say the negation in another clause.
const MOST_WORDS: usize = 20;

/// The text without its only negation, if it has exactly one, which is one of `removable`, in a short segment.
fn without_only(text: &str, negations: &[&str], removable: &[&str]) -> Option<String> {
    let words: Vec<&str> = text.split_whitespace().collect();
    let bare = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let found: Vec<&&str> =
        words.iter().filter(|word| negations.contains(&bare(word).as_str()) || word.contains("n't") || word.contains("n’t")).collect();
    let [only] = found[..] else { return None };
    let at = words.iter().position(|word| std::ptr::eq(*word, *only))?;
    if words.len() > MOST_WORDS || !removable.contains(only) {
        return None;
    }
    Some([&words[..at], &words[at + 1..]].concat().join(" "))
}

/// Digits with points and commas between them that stand by themselves: no letter, hyphen, slash or colon touches them.
fn numbers(text: &str) -> Vec<Range<usize>> {
    let bytes = text.as_bytes();
    let mut found = Vec::new();
    let mut at = 0;
    while let Some(start) = (at..bytes.len()).find(|&n| bytes[n].is_ascii_digit()) {
        let inside =
            |n: usize| bytes[n].is_ascii_digit() || (matches!(bytes[n], b'.' | b',') && bytes.get(n + 1).is_some_and(u8::is_ascii_digit));
        at = (start..bytes.len()).find(|&n| !inside(n)).unwrap_or(bytes.len());
        let touches =
            |c: Option<char>| c.is_some_and(|c| c.is_alphanumeric() || matches!(c, '-' | '–' | '/' | ':' | '.' | ',' | '_' | '@' | '#'));
        let after = text[at..].chars().next().filter(|c| !matches!(c, '.' | ',' | ':'));
        if !touches(text[..start].chars().next_back()) && !touches(after) {
            found.push(start..at);
        }
    }
    found
}

fn one_of(found: &[Range<usize>], random: &mut Random) -> Option<Range<usize>> {
    found.get(random.below(found.len())).cloned()
}

fn replaced(text: &str, range: Range<usize>, by: &str) -> String {
    format!("{}{by}{}", &text[..range.start], &text[range.end..])
}

fn grouped(digits: &str) -> String {
    let mut text = String::new();
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// The bytes of a scale, a per cent sign or a unit at the start of `text`, with the blank before it.
fn belonging(text: &str) -> Option<usize> {
    const WORDS: &[&str] = &[
        "%",
        "percent",
        "per",
        "cent",
        "thousand",
        "million",
        "billion",
        "trillion",
        "euros",
        "dollars",
        "crowns",
        "people",
        "km",
        "kilometers",
        "kilometres",
        "m",
        "meters",
        "metres",
        "miles",
        "feet",
        "kg",
        "tonnes",
        "tons",
        "years",
        "months",
        "days",
        "hours",
        "minutes",
        "degrees",
    ];
    let trimmed = text.trim_start_matches(' ');
    let len = trimmed.find(|c: char| !c.is_alphabetic()).unwrap_or(trimmed.len()).max(usize::from(trimmed.starts_with('%')));
    WORDS.contains(&&trimmed[..len]).then_some(text.len() - trimmed.len() + len)
}
