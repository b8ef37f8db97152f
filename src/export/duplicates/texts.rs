//! The folded texts of records, put down once and read again, in order or one by one. What is looked for in them is `near`'s business.

use crate::error::Result;
use crate::quality::duplicates::Folded;
use crate::store::spill::Spool;

/// Bytes read at a time where texts are read in order.
const BLOCK: usize = 1 << 18;
const HEAD: usize = 24;

/// A record with its folded texts.
#[derive(Debug, Clone, PartialEq)]
pub(super) struct Text {
    pub(super) id: u64,
    /// Its rank, inverted: 0 is the best.
    pub(super) worse: u64,
    pub(super) folded: Folded,
}

/// Texts that lie in memory, or in a file when they are many.
pub(super) struct Texts(Spool);

impl Texts {
    /// Up to `memory` bytes stay in memory.
    pub(super) fn new(memory: usize) -> Texts {
        Texts(Spool::new(memory))
    }

    /// Puts down a text. One of more than 4 GiB cannot be: a record is never so long.
    pub(super) fn push(&mut self, id: u64, worse: u64, folded: &Folded) -> Result<()> {
        let mut head = [0; HEAD];
        head[..8].copy_from_slice(&id.to_le_bytes());
        head[8..16].copy_from_slice(&worse.to_le_bytes());
        head[16..20].copy_from_slice(&(folded.second as u32).to_le_bytes());
        head[20..].copy_from_slice(&(folded.bytes.len() as u32).to_le_bytes());
        self.0.push(&head)?;
        self.0.push(&folded.bytes).map(drop)
    }

    /// The text at a place.
    pub(super) fn at(&mut self, place: u64) -> Result<Text> {
        let mut head = [0; HEAD];
        self.0.read(place, &mut head)?;
        let (mut text, len) = begin(&head);
        text.folded.bytes.resize(len, 0);
        self.0.read(place + HEAD as u64, &mut text.folded.bytes)?;
        Ok(text)
    }

    /// The texts from a place on with their places, some at a time, and the place of the next; none at the end.
    pub(super) fn block(&mut self, from: u64) -> Result<(Vec<(u64, Text)>, u64)> {
        let mut texts = Vec::new();
        if from >= self.0.len() {
            return Ok((texts, from));
        }
        let mut bytes = vec![0; BLOCK.min((self.0.len() - from) as usize)];
        self.0.read(from, &mut bytes)?;
        let mut rest = bytes.as_slice();
        let mut place = from;
        while let Some((head, tail)) = rest.split_first_chunk::<HEAD>() {
            let (mut text, len) = begin(head);
            let Some((bytes, tail)) = tail.split_at_checked(len) else { break };
            text.folded.bytes.extend_from_slice(bytes);
            texts.push((place, text));
            (rest, place) = (tail, place + (HEAD + len) as u64);
        }
        if texts.is_empty() {
            let text = self.at(from)?;
            place += (HEAD + text.folded.bytes.len()) as u64;
            texts.push((from, text));
        }
        Ok((texts, place))
    }
}

/// A text without its bytes, and how many they are.
fn begin(head: &[u8; HEAD]) -> (Text, usize) {
    let long = |at: usize| u64::from_le_bytes(head[at..at + 8].try_into().expect("eight bytes"));
    let short = |at: usize| u32::from_le_bytes(head[at..at + 4].try_into().expect("four bytes")) as usize;
    (Text { id: long(0), worse: long(8), folded: Folded { bytes: Vec::new(), second: short(16) } }, short(20))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn texts_are_read_in_order_and_one_by_one() {
        let texts =
            ["a".repeat(BLOCK + 7), String::new(), "bcd".into()].map(|bytes| Folded { second: bytes.len() / 2, bytes: bytes.into() });
        let mut spool = Texts::new(0);
        for (n, folded) in texts.iter().enumerate() {
            spool.push(n as u64, 9, folded).expect("writes");
        }
        let (mut read, mut place) = (Vec::new(), 0);
        loop {
            let (block, next) = spool.block(place).expect("reads");
            if block.is_empty() {
                break;
            }
            read.extend(block);
            place = next;
        }
        assert!(read.iter().map(|(_, text)| &text.folded).eq(&texts));
        for (place, text) in read {
            assert_eq!(spool.at(place).expect("reads"), text);
        }
    }
}
