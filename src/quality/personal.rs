//! Personal data in a text: addresses of e-mail, telephone numbers, numbers of identity documents, of bank accounts and cards, IP addresses. Where a number has a
//! check digit, only one that is right counts. Names and postal addresses are not looked for, nor are handles, which are public.

use std::ops::Range;

use crate::text::fold;
use crate::text::links::{Link, LinkKind, links};
use crate::text::words::words;

mod patterns;

use patterns::{PATTERNS, iban, ip};

/// What kind of data it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum PersonalKind {
    /// An address of e-mail.
    Email,
    /// A telephone number.
    Phone,
    /// The number of an identity document, a tax-payer or an insured person.
    Id,
    /// An account number (ISO 13616).
    Iban,
    /// A card number (ISO/IEC 7812).
    Card,
    /// An IP address, version 4.
    Ip,
}

impl PersonalKind {
    /// What is put in its place, the same in every language.
    pub fn mask(self) -> &'static str {
        match self {
            PersonalKind::Email => "[EMAIL]",
            PersonalKind::Phone => "[PHONE]",
            PersonalKind::Id => "[ID]",
            PersonalKind::Iban => "[IBAN]",
            PersonalKind::Card => "[CARD]",
            PersonalKind::Ip => "[IP]",
        }
    }
}

/// One piece of data.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Personal {
    /// What kind it is.
    pub kind: PersonalKind,
    /// Its bytes.
    pub span: Range<usize>,
}

/// A number with fewer digits is nobody's.
const FEWEST_DIGITS: usize = 6;

/// The personal data in `text`, in order, not overlapping.
///
/// ```
/// use bitexto::quality::personal::{PersonalKind, personal_data};
/// let text = "Escriba a ana@example.org o llame al tel. 91 123 45 67; DNI 12345678Z";
/// let found: Vec<_> = personal_data(text).into_iter().map(|data| (data.kind, &text[data.span])).collect();
/// assert_eq!(found, [
///     (PersonalKind::Email, "ana@example.org"),
///     (PersonalKind::Phone, "91 123 45 67"),
///     (PersonalKind::Id, "12345678Z"),
/// ]);
/// ```
pub fn personal_data(text: &str) -> Vec<Personal> {
    find(text, &[])
}

/// The personal data in `text`, and what is shown to be such only by the other side: the same number beside a telling word.
pub fn personal_data_beside(text: &str, other: &str) -> Vec<Personal> {
    let known: Vec<(PersonalKind, String)> = personal_data(other).into_iter().map(|data| (data.kind, digits(&other[data.span]))).collect();
    find(text, &known)
}

fn find(text: &str, known: &[(PersonalKind, String)]) -> Vec<Personal> {
    let numbers = text.bytes().filter(u8::is_ascii_digit).count() >= FEWEST_DIGITS;
    if !numbers && memchr::memchr(b'@', text.as_bytes()).is_none() {
        return Vec::new();
    }
    let links = links(text);
    let emails = links.iter().filter(|link| link.kind == LinkKind::Email);
    let mut found: Vec<Personal> = emails.map(|link| Personal { kind: PersonalKind::Email, span: link.span.clone() }).collect();
    if numbers {
        found.extend(in_numbers(text, &links, known));
        found.sort_by_key(|data| data.span.start);
    }
    found
}

fn in_numbers(text: &str, links: &[Link], known: &[(PersonalKind, String)]) -> Vec<Personal> {
    let bytes = text.as_bytes();
    let mut found: Vec<Personal> = Vec::new();
    let mut at = 0;
    while at < bytes.len() {
        if !begins(bytes, at) || text[..at].ends_with(char::is_alphanumeric) {
            at += 1;
            continue;
        }
        if let Some(link) = within(links, at) {
            at = link.span.end;
        } else if let Some((kind, len)) = number(text, at, known) {
            found.push(Personal { kind, span: at..at + len });
            at += len;
        } else {
            at += run(&bytes[at..]).max(1);
        }
    }
    found
}

/// The address that a place lies in.
pub(super) fn within(links: &[Link], at: usize) -> Option<&Link> {
    let next = links.partition_point(|link| link.span.end <= at);
    links.get(next).filter(|link| link.span.start <= at)
}

/// True where a number may begin.
fn begins(bytes: &[u8], at: usize) -> bool {
    match bytes[at] {
        b'0'..=b'9' => true,
        b'+' | b'(' => bytes.get(at + 1).is_some_and(u8::is_ascii_digit),
        b'A'..=b'Z' => bytes[at..].iter().take(5).any(u8::is_ascii_digit),
        _ => false,
    }
}

/// What begins at a place, and its bytes.
fn number(text: &str, at: usize, known: &[(PersonalKind, String)]) -> Option<(PersonalKind, usize)> {
    let bytes = &text.as_bytes()[at..];
    if let Some(len) = iban(bytes) {
        return Some((PersonalKind::Iban, len));
    }
    for pattern in PATTERNS {
        if let Some(len) = pattern.len(bytes) {
            return Some((pattern.kind, len));
        }
    }
    let len = run(bytes);
    let number = &text[at..at + len];
    let count = number.bytes().filter(u8::is_ascii_digit).count();
    if ip(number) {
        return Some((PersonalKind::Ip, len));
    }
    if !(FEWEST_DIGITS..=MOST_DIGITS).contains(&count) {
        return None;
    }
    if number.starts_with('+') && count >= FEWEST_OF_COUNTRY && !number.starts_with("+0") {
        return Some((PersonalKind::Phone, len));
    }
    let beside = known.iter().find(|(_, digits)| *digits == self::digits(number)).map(|(kind, _)| *kind);
    beside.or_else(|| told(&text[..at], number)).map(|kind| (kind, len))
}

/// No telephone number has more digits (ITU-T E.164), and none with its country code fewer than nine.
const MOST_DIGITS: usize = 15;
const FEWEST_OF_COUNTRY: usize = 9;

/// Bytes of the digits that the text begins with, single separators and brackets included.
fn run(bytes: &[u8]) -> usize {
    let mut end = 0;
    let mut separators = 0;
    for (at, b) in bytes.iter().enumerate() {
        match b {
            b'0'..=b'9' => {
                end = at + 1;
                separators = 0;
            }
            b'+' if at == 0 => {}
            b' ' | b'.' | b'-' | b'/' | b'(' | b')' if separators < 2 => separators += 1,
            _ => break,
        }
    }
    end
}

fn digits(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Words, folded, beside which a number is a telephone number.
const OF_PHONES: &[&str] = &[
    "tel",
    "telefono",
    "telefonos",
    "telefax",
    "telf",
    "tfno",
    "tlf",
    "movil",
    "celular",
    "fax",
    "phone",
    "telephone",
    "mobile",
    "cell",
    "whatsapp",
    "hotline",
];

/// Words beside which a number is that of a document or a person.
const OF_IDS: &[&str] = &["dni", "nie", "nif", "cedula", "pasaporte", "passport", "rut", "rif", "curp", "ssn", "cuit", "cuil", "rfc"];

/// So many words before a number, and so many bytes, are looked at for one that tells what it is: `cédula de ciudadanía n.º 1.234.567`.
const NEAR: usize = 5;
const REACH: usize = 48;

/// What the words before a number say it is.
fn told(before: &str, number: &str) -> Option<PersonalKind> {
    let from = before.ceil_char_boundary(before.len().saturating_sub(REACH));
    // A word of an earlier clause or before another number tells nothing of this one.
    let near = before[from..].rsplit([';', '!', '?', '(', '\n']).next()?;
    let near = near.rfind(|c: char| c.is_ascii_digit()).map_or(near, |n| &near[n + 1..]);
    let is_amount = number.len() > 3 && number.split('.').count() > 1 && number.split('.').skip(1).all(|group| group.len() == 3);
    if number.matches('/').count() > 1 {
        return None; // a date
    }
    let mut last = words(near).map(|(_, word)| fold(word)).collect::<Vec<_>>();
    last.reverse();
    last.iter().take(NEAR).find_map(|word| match word.as_ref() {
        word if OF_PHONES.contains(&word) && !is_amount => Some(PersonalKind::Phone),
        word if OF_IDS.contains(&word) => Some(PersonalKind::Id),
        _ => None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn found(text: &str) -> Vec<(&str, &str)> {
        personal_data(text).into_iter().map(|data| (data.kind.mask(), &text[data.span])).collect()
    }

    #[test]
    fn numbers_of_documents_count_when_their_check_digit_is_right() {
        assert_eq!(found("DNI 12345678Z, NIE X1234567L."), [("[ID]", "12345678Z"), ("[ID]", "X1234567L")]);
        assert_eq!(found("12.345.678-5 de Chile"), [("[ID]", "12.345.678-5")]);
        assert_eq!(found("12.345.678-6, 12345678A"), []);
        assert_eq!(found("V-12.345.678 votó; his SSN is 123-45-6789"), [("[ID]", "V-12.345.678"), ("[ID]", "123-45-6789")]);
    }

    #[test]
    fn accounts_cards_and_addresses_are_told_from_other_numbers() {
        assert_eq!(found("GB82 WEST 1234 5698 7654 32"), [("[IBAN]", "GB82 WEST 1234 5698 7654 32")]);
        assert_eq!(found("ES91 2100 0418 4502 0005 1332 hoy"), [("[IBAN]", "ES91 2100 0418 4502 0005 1332")]);
        assert_eq!(found("4111 1111 1111 1111"), [("[CARD]", "4111 1111 1111 1111")]);
        assert_eq!(found("4111 1111 1111 1112"), []);
        assert_eq!(found("from 192.0.2.235"), [("[IP]", "192.0.2.235")]);
    }

    #[test]
    fn telephone_numbers_have_a_country_a_form_or_a_word_before_them() {
        assert_eq!(found("+34 612 345 678 o (202) 555-0123"), [("[PHONE]", "+34 612 345 678"), ("[PHONE]", "(202) 555-0123")]);
        assert_eq!(found("Teléfono: 555 0123"), [("[PHONE]", "555 0123")]);
    }

    #[test]
    fn amounts_years_and_laws_are_nobodys() {
        for text in [
            "912 345 678 habitantes",
            "1.234.567 euros en 2019-2020",
            "Ley 27.275 del 14-09-2016, artículo 7.1.2.3",
            "10.000.000 de teléfonos, 12/10/1492, 978-84-376-0494-7",
            "https://example.org/4111111111111111",
            "El teléfono costó 1.234.567 pesos",
            "255.255.255.0, 192.168.0.2",
        ] {
            assert_eq!(found(text), [], "{text}");
        }
    }

    #[test]
    fn what_one_side_tells_the_other_side_knows() {
        assert_eq!(personal_data_beside("Ring 555 0123 now", "Teléfono: 555-0123").len(), 1);
        assert!(personal_data_beside("Ring 555 0124 now", "Teléfono: 555-0123").is_empty());
    }
}
