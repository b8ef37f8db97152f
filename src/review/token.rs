//! The secret that opens the API: 256 bits from the operating system. It is never written to a file, and a request that has it is compared in
//! a time that does not depend on where it differs.

use std::fmt::Write;

use crate::error::{Error, Result};

/// The bearer token of one run of the server: 64 hexadecimal digits.
pub(super) struct Token(String);

impl Token {
    /// A new one.
    ///
    /// # Errors
    /// If the system gives no random bytes.
    pub(super) fn new() -> Result<Token> {
        let mut bytes = [0_u8; 32];
        getrandom::fill(&mut bytes).map_err(|e| Error::new(format!("the system gives no random numbers: {e}")))?;
        let mut hex = String::with_capacity(64);
        for byte in bytes {
            let _ = write!(hex, "{byte:02x}");
        }
        Ok(Token(hex))
    }

    /// The token as it stands in the page's address.
    pub(super) fn as_str(&self) -> &str {
        &self.0
    }

    /// True if `authorization`, the value of that header, bears this token.
    pub(super) fn is_in(&self, authorization: &str) -> bool {
        let Some((scheme, token)) = authorization.split_once(' ') else { return false };
        scheme.eq_ignore_ascii_case("bearer") && same(token.trim().as_bytes(), self.0.as_bytes())
    }
}

/// Compares every byte, whatever the first ones are; only the length, which is no secret, ends it early.
fn same(a: &[u8], b: &[u8]) -> bool {
    if a.len() != b.len() {
        return false;
    }
    let different = a.iter().zip(b).fold(0_u8, |different, (a, b)| different | (a ^ b));
    std::hint::black_box(different) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_token_has_256_bits_and_no_two_are_the_same() {
        let (a, b) = (Token::new().expect("random bytes"), Token::new().expect("random bytes"));
        assert_eq!(a.as_str().len(), 64);
        assert_ne!(a.as_str(), b.as_str());
    }

    #[test]
    fn only_the_whole_token_opens() {
        let token = Token::new().expect("random bytes");
        let bearer = format!("Bearer {}", token.as_str());
        assert!(token.is_in(&bearer));
        assert!(token.is_in(&bearer.replace("Bearer", "bearer")));
        for wrong in ["", "Bearer", "Bearer ", &bearer[..bearer.len() - 1], &format!("{bearer}0"), &bearer.replace("Bearer", "Basic")] {
            assert!(!token.is_in(wrong), "{wrong}");
        }
    }
}
