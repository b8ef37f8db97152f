//! A table that many threads read and fill at once and that waits for nobody: what is in it stays there.

use std::sync::atomic::{AtomicU64, Ordering};

/// Values by a hash of what they belong to, each with a brief that says what is mostly asked.
///
/// Open addressing, slot after slot. A slot has the number of a value, what its place does not say of the hash, and the brief: whether this is the
/// value, and mostly all that is wanted, is seen without a look at the value, which would have to be fetched from somewhere else.
#[derive(Debug)]
pub struct Table<T> {
    slots: Box<[Slot]>,
    values: boxcar::Vec<T>,
    brief: fn(&T) -> u64,
}

/// Two numbers in one line of a cache. The first is written once; the brief soon after it.
#[derive(Debug, Default)]
#[repr(align(16))]
struct Slot {
    /// 0, or the number of a value plus 1 in the lower [`NUMBER_BITS`] and the lower bits of its hash above them.
    value: AtomicU64,
    /// 0 as long as it is not known.
    brief: AtomicU64,
}

/// Bits of a slot that number a value.
const NUMBER_BITS: u32 = 24;

/// A value that was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Found {
    /// What it is asked for by.
    pub number: u32,
    /// What is mostly asked of it.
    pub brief: u64,
}

impl<T> Table<T> {
    /// A table with 2 to the power of `bits` slots, from 2 to 23; half of them are filled. A brief is not 0.
    pub fn new(bits: u32, brief: fn(&T) -> u64) -> Table<T> {
        assert!((2..NUMBER_BITS).contains(&bits), "{bits} bits");
        Table { slots: (0..1 << bits).map(|_| Slot::default()).collect(), values: boxcar::Vec::new(), brief }
    }

    /// True if half of the slots are filled. More values are still taken, but not found again.
    pub fn is_full(&self) -> bool {
        2 * self.values.count() >= self.slots.len()
    }

    /// The value of a hash, of which all 64 bits should be good. One that is not there is made; of two threads that make the same one, one wins.
    #[inline]
    pub fn get_or_make(&self, hash: u64, make: impl FnOnce() -> T) -> Found {
        let mut at = (hash >> (u64::BITS - self.slots.len().ilog2())) as usize;
        loop {
            let slot = &self.slots[at];
            match slot.value.load(Ordering::Acquire) {
                0 => return self.insert(at, hash, make()),
                value if is_of(value, hash) => return self.found(slot, value),
                _ => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    #[inline]
    fn found(&self, slot: &Slot, value: u64) -> Found {
        let number = (value & ((1 << NUMBER_BITS) - 1)) as u32 - 1;
        match slot.brief.load(Ordering::Acquire) {
            0 => Found { number, brief: (self.brief)(self.value(number)) },
            brief => Found { number, brief },
        }
    }

    /// Fills the first empty slot from `at` on, unless another thread has filled one of them with the same. A full table is not filled further.
    #[cold]
    fn insert(&self, mut at: usize, hash: u64, made: T) -> Found {
        let (is_full, brief) = (self.is_full(), (self.brief)(&made));
        let number = self.values.push(made) as u32;
        let new = Found { number, brief };
        if is_full {
            return new;
        }
        let value = hash << NUMBER_BITS | (u64::from(number) + 1);
        loop {
            let slot = &self.slots[at];
            match slot.value.compare_exchange(0, value, Ordering::AcqRel, Ordering::Acquire) {
                Ok(_) => {
                    slot.brief.store(brief, Ordering::Release);
                    return new;
                }
                Err(other) if is_of(other, hash) => return self.found(slot, other),
                Err(_) => at = (at + 1) & (self.slots.len() - 1),
            }
        }
    }

    /// The value with a number that was found.
    #[inline]
    pub fn value(&self, number: u32) -> &T {
        &self.values[number as usize]
    }
}

/// Whether the slot's value has a hash with these lower bits.
fn is_of(value: u64, hash: u64) -> bool {
    value >> NUMBER_BITS == hash << NUMBER_BITS >> NUMBER_BITS
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A hash of which all bits are good.
    fn hash(n: u64) -> u64 {
        blake3::hash(&n.to_le_bytes()).as_bytes()[..8].iter().fold(0, |hash, byte| hash << 8 | u64::from(*byte))
    }

    fn table(bits: u32) -> Table<u64> {
        Table::new(bits, |n| n + 1000)
    }

    /// What is found, which must be `n` and its brief; `None` if it was not there.
    fn get(table: &Table<u64>, hash: u64, n: u64) -> Option<u32> {
        let mut is_new = false;
        let found = table.get_or_make(hash, || {
            is_new = true;
            n
        });
        assert_eq!((*table.value(found.number), found.brief), (n, n + 1000));
        (!is_new).then_some(found.number)
    }

    #[test]
    fn a_value_is_made_once() {
        let table = table(4);
        assert_eq!(get(&table, hash(1), 10), None);
        assert_eq!(get(&table, hash(2), 20), None);
        assert_eq!((get(&table, hash(1), 10), get(&table, hash(2), 20)), (Some(0), Some(1)));
    }

    #[test]
    fn hashes_that_meet_in_a_slot_are_told_apart() {
        let table = table(3);
        for known in [None, Some(())] {
            for n in 0..3_u64 {
                assert_eq!(get(&table, u64::MAX << 61 | n, n).map(|_| ()), known);
            }
        }
    }

    #[test]
    fn a_full_table_still_gives_what_is_asked_for() {
        let table = table(4);
        for n in 0..100 {
            assert_eq!(get(&table, hash(n), n), None);
            assert_eq!(table.is_full(), n >= 7);
        }
        assert_eq!(get(&table, hash(7), 7), Some(7));
        assert_eq!(get(&table, hash(50), 50), None);
    }

    #[test]
    fn threads_see_the_same_values() {
        let table = table(12);
        std::thread::scope(|scope| {
            for _ in 0..4 {
                scope.spawn(|| (0..1500).for_each(|n| assert!(get(&table, hash(n), n).is_none_or(|number| number < 6000))));
            }
        });
        assert!((0..1500).all(|n| get(&table, hash(n), n).is_some()));
    }
}
