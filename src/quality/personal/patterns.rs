//! Forms of numbers that say by themselves what they are, with their check digits. What stands beside them is not asked.

use super::PersonalKind;

/// A form of a number.
pub(super) struct Pattern {
    /// `9` is a digit, `A` a capital, `X` either of them, `K` a digit or the letter k, `~` one blank, full stop or hyphen or nothing; the rest
    /// stands for itself.
    form: &'static str,
    pub(super) kind: PersonalKind,
    /// True for letters and digits that can be such a number.
    is_right: fn(&[u8]) -> bool,
}

const fn id(form: &'static str, is_right: fn(&[u8]) -> bool) -> Pattern {
    Pattern { form, kind: PersonalKind::Id, is_right }
}

const fn phone(form: &'static str) -> Pattern {
    Pattern { form, kind: PersonalKind::Phone, is_right: |_| true }
}

const fn card(form: &'static str) -> Pattern {
    Pattern { form, kind: PersonalKind::Card, is_right: is_card }
}

/// The forms, the longer before the shorter.
pub(super) const PATTERNS: &[Pattern] = &[
    card("9999~9999~9999~9999"),
    card("9999~999999~99999"),
    // Mexico's CURP.
    id("AAAA999999AAAAAAX9", |_| true),
    // Argentina's CUIT and CUIL.
    id("99-99999999-9", |n| checks_eleven(n, &[5, 4, 3, 2, 7, 6, 5, 4, 3, 2])),
    // Venezuela's RIF and identity card.
    id("A-99999999-9", is_rif),
    id("A-99~999~999", |n| matches!(n[0], b'V' | b'E')),
    id("A-9~999~999", |n| matches!(n[0], b'V' | b'E')),
    // Spain's DNI and NIE.
    id("99~999~999~A", is_dni),
    id("A~9999999~A", is_nie),
    // Chile's RUT.
    id("99~999~999-K", is_rut),
    id("9~999~999-K", is_rut),
    // The United Kingdom's national insurance number.
    id("AA~99~99~99~A", |n| !n[..2].iter().any(|b| b"DFIQUV".contains(b)) && (b'A'..=b'D').contains(&n[8])),
    // The social security number of the United States.
    id("999-99-9999", |n| !matches!(&n[..3], b"000" | b"666") && n[0] != b'9' && &n[3..5] != b"00" && &n[5..] != b"0000"),
    // Telephone numbers of North America.
    phone("(999)~999-9999"),
    phone("999-999-9999"),
];

/// No number has more letters and digits.
const LONGEST: usize = 18;

impl Pattern {
    /// Bytes of the number that `text` begins with, if it has this form and is right.
    pub(super) fn len(&self, text: &[u8]) -> Option<usize> {
        let mut found = [0; LONGEST];
        let (mut at, mut count) = (0, 0);
        for sign in self.form.bytes() {
            let next = text.get(at).copied().unwrap_or(0);
            let counts = match sign {
                b'9' => next.is_ascii_digit(),
                b'A' => next.is_ascii_uppercase(),
                b'X' => next.is_ascii_digit() || next.is_ascii_uppercase(),
                b'K' => next.is_ascii_digit() || matches!(next, b'k' | b'K'),
                b'~' => {
                    at += usize::from(matches!(next, b' ' | b'.' | b'-'));
                    continue;
                }
                _ if next == sign => {
                    at += 1;
                    continue;
                }
                _ => false,
            };
            if !counts {
                return None;
            }
            found[count] = next;
            (at, count) = (at + 1, count + 1);
        }
        (is_end(&text[at..]) && (self.is_right)(&found[..count])).then_some(at)
    }
}

/// True unless a longer number or word goes on.
fn is_end(rest: &[u8]) -> bool {
    match rest {
        [] => true,
        [b' ' | b'.' | b'-' | b',' | b'/', b'0'..=b'9', ..] => false,
        [first, ..] => {
            !first.is_ascii_alphanumeric() && *first < 0x80 || rest.starts_with("»".as_bytes()) || rest.starts_with("”".as_bytes())
        }
    }
}

/// Luhn's formula, and a beginning that some issuer has.
fn is_card(number: &[u8]) -> bool {
    let mut sum = 0;
    for (n, b) in number.iter().rev().enumerate() {
        let digit = u32::from(b - b'0') * if n % 2 == 1 { 2 } else { 1 };
        sum += digit / 10 + digit % 10;
    }
    let issued = match number.len() {
        15 => matches!(&number[..2], b"34" | b"37"),
        _ => matches!(number[0], b'4' | b'5' | b'6') || matches!(&number[..2], b"22" | b"23" | b"24" | b"25" | b"26" | b"27"),
    };
    issued && sum % 10 == 0
}

/// The check letter of Spain's identity numbers: the rest of a division by 23.
fn is_dni(number: &[u8]) -> bool {
    let (digits, letter) = number.split_at(number.len() - 1);
    let value = digits.iter().fold(0, |value, b| value * 10 + usize::from(b - b'0'));
    b"TRWAGMYFPDXBNJZSQVHLCKE"[value % 23] == letter[0]
}

/// The same for foreigners, whose first letter stands for a digit.
fn is_nie(number: &[u8]) -> bool {
    let Some(first) = b"XYZ".iter().position(|letter| *letter == number[0]) else { return false };
    let mut number = number.to_vec();
    number[0] = b'0' + first as u8;
    is_dni(&number)
}

/// Chile's check digit: weights 2 to 7 from the end, eleven less the rest of a division by 11, `K` for ten.
fn is_rut(number: &[u8]) -> bool {
    let (digits, check) = number.split_at(number.len() - 1);
    let sum: u32 = digits.iter().rev().zip([2, 3, 4, 5, 6, 7].into_iter().cycle()).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    let expected = match 11 - sum % 11 {
        11 => b'0',
        10 => b'K',
        digit => b'0' + digit as u8,
    };
    check[0].to_ascii_uppercase() == expected
}

/// True if the last digit is eleven less the rest of the weighted sum of the others by 11; eleven counts as nought.
fn checks_eleven(number: &[u8], weights: &[u32]) -> bool {
    let sum: u32 = number.iter().zip(weights).map(|(b, weight)| u32::from(b - b'0') * weight).sum();
    let check = (11 - sum % 11) % 11;
    number.last().is_some_and(|last| u32::from(last - b'0') == check)
}

/// Venezuela's: the letter counts as a digit of weight 4, and ten as nought.
fn is_rif(number: &[u8]) -> bool {
    let Some(letter) = b"VEJPG".iter().position(|letter| *letter == number[0]) else { return false };
    let digits = number[1..9].iter().zip([3, 2, 7, 6, 5, 4, 3, 2]);
    let sum: u32 = 4 * (letter as u32 + 1) + digits.map(|(b, weight)| u32::from(b - b'0') * weight).sum::<u32>();
    let check = 11 - sum % 11;
    u32::from(number[9] - b'0') == if check >= 10 { 0 } else { check }
}

/// No account number has more characters.
const LONGEST_IBAN: usize = 34;

/// Bytes of the account number that the text begins with: two letters, two check digits and 11 to 30 others, in groups or not, whose value
/// (letters as two digits, the first four at the end) leaves 1 when divided by 97 (ISO 13616).
pub(super) fn iban(text: &[u8]) -> Option<usize> {
    if !matches!(text, [b'A'..=b'Z', b'A'..=b'Z', b'0'..=b'9', b'0'..=b'9', ..]) {
        return None;
    }
    let (mut found, mut ends) = (Vec::new(), Vec::new());
    for (at, b) in text.iter().enumerate() {
        match b {
            b'A'..=b'Z' | b'0'..=b'9' if found.len() <= LONGEST_IBAN => found.push(*b),
            b' ' if found.len() % 4 == 0 && text.get(at + 1).is_some_and(u8::is_ascii_alphanumeric) => continue,
            _ => break,
        }
        ends.push(at + 1);
    }
    // A word in capitals may follow: the longest number that is right.
    (15..=found.len().min(LONGEST_IBAN))
        .rev()
        .find(|&count| is_iban(&found[..count]) && is_end(&text[ends[count - 1]..]))
        .map(|count| ends[count - 1])
}

fn is_iban(number: &[u8]) -> bool {
    let moved = number[4..].iter().chain(&number[..4]);
    let rest = moved.fold(0_u32, |rest, b| match b {
        b'0'..=b'9' => (rest * 10 + u32::from(b - b'0')) % 97,
        _ => (rest * 100 + u32::from(b - b'A') + 10) % 97,
    });
    rest == 1
}

/// True for the address of one machine in the network: four numbers up to 255, one of them of three digits (`7.1.2.3` is a section), that are no mask and
/// of no range for private use (RFC 1918, RFC 6890).
pub(super) fn ip(number: &str) -> bool {
    let parts: Option<Vec<u8>> = number.split('.').map(|part| part.parse().ok().filter(|_| !part.starts_with('+'))).collect();
    let Some([a, b, c, d]) = parts.as_deref().and_then(|parts| <[u8; 4]>::try_from(parts).ok()) else { return false };
    let private = matches!((a, b), (0 | 10 | 127 | 224..=255, _) | (192, 168) | (169, 254) | (172, 16..=31));
    !private && [a, b, c, d].iter().any(|part| *part > 99)
}
