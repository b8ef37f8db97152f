//! Near duplicates: candidates by shared bands of MinHash signatures, each compared in full before it counts, so that no record is dropped for one that is less
//! like it than the threshold. Exact duplicates are found before, and only the best of each takes part.

use super::Duplicate;
use super::texts::{Text, Texts};
use crate::error::{Error, Result};
use crate::parallel::Pool;
use crate::quality::duplicates::{Folded, Keep, MinHash, Shingles, Threshold, similarity};
use crate::store::spill::{Sorted, Sorter, Spool};

/// The first records of a band that all others with it are compared with. A template such as *página 7 de 90* puts thousands into one band, and comparing
/// each with each would take for ever; they are duplicates of one of the first, or meet in another band.
const FIRST: usize = 16;
/// Texts compared by a worker at a time.
const AT_A_TIME: usize = 512;

/// Takes the texts of records and finds the near duplicates among them.
pub(super) struct Near<'p> {
    threshold: Threshold,
    minhash: MinHash,
    keep: Keep,
    pool: &'p Pool,
    share: usize,
    texts: Texts,
    /// The record that an exact duplicate duplicates, and the duplicate.
    exact: Sorter<'p, 2>,
    /// Records that an exact duplicate stands for.
    spoken_for: Bits,
}

impl<'p> Near<'p> {
    pub(super) fn new(threshold: Threshold, keep: Keep, pool: &'p Pool, memory: usize) -> Near<'p> {
        let share = memory / 4;
        let (texts, exact) = (Texts::new(share), Sorter::new(pool, share / 2));
        Near { threshold, minhash: MinHash::new(threshold), keep, pool, share, texts, exact, spoken_for: Bits::default() }
    }

    pub(super) fn push(&mut self, id: u64, worse: u64, folded: &Folded) -> Result<()> {
        self.texts.push(id, worse, folded)
    }

    /// A record that is an exact duplicate of another.
    pub(super) fn exact(&mut self, id: u64, of: u64, own: u64) -> Result<()> {
        // Where none stays, the best of a group is told too; it goes on to speak for the group.
        let speaks = self.keep == Keep::None && self.spoken_for.has(of);
        if !speaks {
            self.spoken_for.set(id);
        }
        if id >= own { self.exact.push([of, id]) } else { Ok(()) }
    }

    /// Tells all duplicates, exact ones included. `own` is the first id of the records that can be dropped.
    pub(super) fn finish(mut self, own: u64, mut tell: impl FnMut(Duplicate) -> Result<()>) -> Result<()> {
        let (bands, mut places, first_own) = self.bands(own)?;
        let candidates = self.candidates(bands, first_own)?;
        let edges = self.edges(candidates, &mut places)?;
        let near = self.choose(edges, own)?;
        if self.keep == Keep::None {
            for row in near {
                tell(Duplicate::of_row(row?))?;
            }
            return self.exact.finish()?.try_for_each(|row| row.and_then(|[of, id]| tell(Duplicate { id, of, similarity: None })));
        }
        // An exact duplicate of a record that is dropped as a near one is a near one of the record that stays.
        let mut exact = self.exact.finish()?.peekable();
        for row in near {
            let drop = Duplicate::of_row(row?);
            while let Some([of, id]) = super::next_until(&mut exact, drop.id)? {
                tell(if of == drop.id { Duplicate { id, ..drop } } else { Duplicate { id, of, similarity: None } })?;
            }
            tell(drop)?;
        }
        exact.try_for_each(|row| row.and_then(|[of, id]| tell(Duplicate { id, of, similarity: None })))
    }

    /// The bands of all texts with the number of the text, the places of the texts, and the number of the first that can be dropped.
    fn bands(&mut self, own: u64) -> Result<(Sorted<2>, Spool, u64)> {
        let mut bands = Sorter::new(self.pool, self.share);
        let mut places = Spool::new(self.share / 4);
        let (mut number, mut first_own, mut place) = (0, 0, 0);
        let (texts, spoken_for, minhash) = (&mut self.texts, &self.spoken_for, self.minhash);
        let blocks = std::iter::from_fn(|| {
            let mut next = || {
                let (mut block, next) = texts.block(place)?;
                let (first, at_end) = (number, block.is_empty());
                place = next;
                block.retain(|(_, text)| !spoken_for.has(text.id));
                for (place, text) in &block {
                    places.push(&place.to_le_bytes())?;
                    number += 1;
                    first_own = if text.id < own { number } else { first_own };
                }
                Ok((!at_end).then_some((first, block)))
            };
            next().transpose()
        });
        let work = |(first, block): (u64, Vec<(u64, Text)>)| {
            let signatures: Vec<_> = block.iter().map(|(_, text)| minhash.signature(text.folded.texts())).collect();
            (first, signatures)
        };
        self.pool.map_ordered(blocks, work, |(first, signatures)| {
            for (n, signature) in signatures.into_iter().enumerate() {
                signature.into_iter().try_for_each(|band| bands.push([band, first + n as u64]))?;
            }
            Ok::<_, Error>(())
        })?;
        Ok((bands.finish()?, places, first_own))
    }

    /// The pairs of texts that share a band, by their numbers; those of two that cannot be dropped left out.
    fn candidates(&self, bands: Sorted<2>, first_own: u64) -> Result<Sorted<2>> {
        let mut candidates = Sorter::new(self.pool, self.share / 2);
        let (mut current, mut first) = (0, Vec::with_capacity(FIRST));
        for row in bands {
            let [band, number] = row?;
            if band != current {
                (current, first) = (band, Vec::with_capacity(FIRST));
            }
            if number >= first_own {
                first.iter().try_for_each(|other| candidates.push([*other, number]))?;
            }
            if first.len() < FIRST {
                first.push(number);
            }
        }
        candidates.finish()
    }

    /// The candidates that are alike enough, as rows of the worse record (rank, id), the better one (rank, id) and the similarity.
    fn edges(&mut self, candidates: Sorted<2>, places: &mut Spool) -> Result<Sorted<5>> {
        let mut edges = Sorter::new(self.pool, self.share / 2);
        let texts = &mut self.texts;
        let read = |number: u64| {
            let mut place = [0; 8];
            places.read(number * 8, &mut place)?;
            texts.at(u64::from_le_bytes(place))
        };
        let threshold = self.threshold.value();
        self.pool.map_ordered(
            Groups { candidates: candidates.peekable(), read },
            |groups: Vec<Group>| groups.iter().flat_map(|group| group.edges(threshold)).collect::<Vec<_>>(),
            |found| found.into_iter().try_for_each(|edge| edges.push(edge)),
        )?;
        edges.finish()
    }

    /// Goes through the records from the best to the worst: one that is like a better one that stays is dropped for it. Rows as of [`Duplicate`].
    fn choose(&self, edges: Sorted<5>, own: u64) -> Result<Sorted<3>> {
        let mut chosen = Sorter::new(self.pool, self.share / 2);
        let mut dropped = Bits::default();
        for edge in edges {
            let [_, id, _, of, similarity] = edge?;
            let duplicate = Duplicate { id, of, similarity: Some(f64::from_bits(similarity)) };
            if self.keep == Keep::None {
                let other = Duplicate { id: of, of: id, ..duplicate };
                for one in [duplicate, other].into_iter().filter(|one| one.id >= own) {
                    if dropped.set(one.id) {
                        chosen.push(one.row())?;
                    }
                }
            } else if !dropped.has(of) && dropped.set(id) {
                chosen.push(duplicate.row())?;
            }
        }
        chosen.finish()
    }
}

/// A text and some that share a band with it.
struct Group {
    text: Text,
    others: Vec<Text>,
}

impl Group {
    fn edges(&self, threshold: f64) -> impl Iterator<Item = [u64; 5]> {
        let shingles = |text: &Text| text.folded.texts().map(Shingles::of);
        let own = shingles(&self.text);
        self.others.iter().filter_map(move |other| {
            let similarity = similarity(&own, &shingles(other));
            let [a, b] = [&self.text, other].map(|text| (text.worse, text.id));
            let (better, worse) = (a.min(b), a.max(b));
            (similarity >= threshold).then(|| [worse.0, worse.1, better.0, better.1, similarity.to_bits()])
        })
    }
}

/// The candidates with their texts, some hundred at a time.
struct Groups<R> {
    candidates: std::iter::Peekable<Sorted<2>>,
    read: R,
}

impl<R: FnMut(u64) -> Result<Text>> Groups<R> {
    fn some(&mut self) -> Result<Option<Vec<Group>>> {
        let (mut groups, mut texts) = (Vec::new(), 0);
        while texts < AT_A_TIME {
            let Some([number, other]) = self.candidates.next().transpose()? else { break };
            let mut group = Group { text: (self.read)(number)?, others: vec![(self.read)(other)?] };
            let mut last = other;
            while group.others.len() < AT_A_TIME {
                let Some([_, other]) = super::next_until(&mut self.candidates, number)? else { break };
                // Two texts may share several bands.
                if other != last {
                    group.others.push((self.read)(other)?);
                    last = other;
                }
            }
            texts += 1 + group.others.len();
            groups.push(group);
        }
        Ok((!groups.is_empty()).then_some(groups))
    }
}

impl<R: FnMut(u64) -> Result<Text>> Iterator for Groups<R> {
    type Item = Result<Vec<Group>>;

    fn next(&mut self) -> Option<Result<Vec<Group>>> {
        self.some().transpose()
    }
}

/// A set of ids: a bit for each, 12 MiB for 100 million.
#[derive(Default)]
struct Bits(Vec<u64>);

impl Bits {
    fn has(&self, id: u64) -> bool {
        self.0.get((id / 64) as usize).is_some_and(|word| word >> (id % 64) & 1 == 1)
    }

    /// False when it was there.
    fn set(&mut self, id: u64) -> bool {
        let word = (id / 64) as usize;
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        let before = self.0[word];
        self.0[word] |= 1 << (id % 64);
        before != self.0[word]
    }
}
