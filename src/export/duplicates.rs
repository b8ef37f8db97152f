//! Duplicates among any number of records, found with bounded memory: keys are sorted, in files where they do not fit. What a duplicate is lies in
//! [`quality::duplicates`](crate::quality::duplicates); reading and writing records is the caller's business.
//!
//! ```
//! use bitexto::export::duplicates::{Duplicates, Fate, Options};
//! use bitexto::model::{Lang, Unit};
//! use bitexto::parallel::Pool;
//! let units = [("¿Viene?", "Is he coming?"), ("No.", "No."), ("¿VIENE?", "Is he  coming?")];
//! let units = units.map(|(source, target)| Unit::new(Lang::ES, Lang::EN, source.into(), target.into()));
//! let records = units.into_iter().enumerate().map(|(n, unit)| (n as u64 + 1, unit)).collect();
//! let mut duplicates = Duplicates::find([Ok(records)], &Options::default(), &Pool::new(2)?)?;
//! assert_eq!(duplicates.fate(1)?, Fate::Kept { also: vec![3] });
//! assert_eq!(duplicates.fate(2)?, Fate::Kept { also: vec![] });
//! assert!(matches!(duplicates.fate(3)?, Fate::Dropped(twin) if twin.record == 1));
//! # Ok::<(), bitexto::Error>(())
//! ```

use std::iter::Peekable;

use crate::error::{Error, Result};
use crate::model::Unit;
use crate::parallel::Pool;
use crate::quality::duplicates::{Fold, Folded, Keep, Sides, Threshold, rank};
use crate::store::spill::{Row, Sorted, Sorter};

use near::Near;

mod near;
mod texts;

/// MiB that the tables take by default: those of 16 million records without a spill file.
pub const MEMORY: usize = 1024;

/// What counts as a duplicate, and what is done with it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Options {
    /// The sides that are compared.
    pub sides: Sides,
    /// What of a spelling does not count.
    pub fold: Fold,
    /// The least similarity of near duplicates; `None` for exact ones alone.
    pub near: Option<Threshold>,
    /// Which of a group stays.
    pub keep: Keep,
    /// MiB for the tables; what does not fit is spilled to files.
    pub memory: usize,
}

impl Default for Options {
    fn default() -> Options {
        Options { sides: Sides::default(), fold: Fold::default(), near: None, keep: Keep::default(), memory: MEMORY }
    }
}

/// What is compared of a record.
#[derive(Debug, Clone, PartialEq)]
pub struct Keyed {
    /// Its number, in [0, 2⁴⁸).
    pub record: u64,
    /// The key of its folded texts: equal for exact duplicates.
    pub key: u128,
    /// How good it is; higher is better.
    pub rank: u64,
    /// The folded texts, where near duplicates are looked for.
    pub folded: Option<Folded>,
}

impl Options {
    /// What is compared of units, each with its record number.
    pub fn keyed<'a>(&self, units: impl IntoIterator<Item = (u64, &'a Unit)>) -> Vec<Keyed> {
        let mut folded = Folded::default();
        let one = |(record, unit): (u64, &Unit)| {
            folded.hold(&unit.source, &unit.target, self.sides, self.fold);
            let rank = if self.keep == Keep::First { 0 } else { rank(unit) };
            Keyed { record, key: folded.key(), rank, folded: self.near.map(|_| folded.clone()) }
        };
        units.into_iter().map(one).collect()
    }
}

/// The record that another duplicates.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Twin {
    /// The file it is in, by the order in which they were added with [`Finder::add_against`]; `None` for the records themselves.
    pub against: Option<usize>,
    /// Its record number.
    pub record: u64,
    /// How alike the two are, from the threshold to 1, where they are near duplicates; `None` where they are exact ones.
    pub similarity: Option<f64>,
}

/// What becomes of a record.
#[derive(Debug, Clone, PartialEq)]
pub enum Fate {
    /// It stays.
    Kept {
        /// The records that were dropped (or told, where nothing is dropped) as its duplicates.
        also: Vec<u64>,
    },
    /// It is a duplicate and stays, as all do.
    Told(Twin),
    /// It is dropped as a duplicate: of the record that stays, or where none does, of the best of the others.
    Dropped(Twin),
}

impl Fate {
    /// True when the record stays.
    pub fn is_kept(&self) -> bool {
        !matches!(self, Fate::Dropped(_))
    }
}

/// The duplicates among records, to be asked for in the order of the records.
pub struct Duplicates {
    /// As [`Duplicate::row`] has them.
    drops: Peekable<Sorted<3>>,
    /// A record and one that was dropped as its duplicate.
    also: Peekable<Sorted<2>>,
    files: Vec<u64>,
    keep: Keep,
}

impl Duplicates {
    /// The duplicates among units that come in batches, with rising record numbers. Fails with a batch, or when a spill file cannot be written.
    pub fn find(batches: impl IntoIterator<Item = Result<Vec<(u64, Unit)>>>, options: &Options, pool: &Pool) -> Result<Duplicates> {
        let mut finder = Finder::new(options, pool);
        pool.map_ordered(
            batches,
            |units: Vec<(u64, Unit)>| options.keyed(units.iter().map(|(record, unit)| (*record, unit))),
            |keyed| keyed.into_iter().try_for_each(|record| finder.add(record)),
        )?;
        finder.finish()
    }

    /// What becomes of a record. Ask with rising record numbers; those left out are passed over.
    pub fn fate(&mut self, record: u64) -> Result<Fate> {
        let id = self.own() + record;
        while let Some(row) = next_until(&mut self.drops, id)? {
            if row[0] == id {
                let twin = self.twin(&Duplicate::of_row(row));
                return Ok(if self.keep == Keep::All { Fate::Told(twin) } else { Fate::Dropped(twin) });
            }
        }
        let mut also = Vec::new();
        while let Some([of, twin]) = next_until(&mut self.also, id)? {
            if of == id {
                also.push(twin - self.own());
            }
        }
        Ok(Fate::Kept { also })
    }

    /// The first id of the records themselves.
    fn own(&self) -> u64 {
        *self.files.last().expect("there is always the file of the records")
    }

    fn twin(&self, drop: &Duplicate) -> Twin {
        let file = self.files.partition_point(|first| *first <= drop.of) - 1;
        let against = (file + 1 < self.files.len()).then_some(file);
        Twin { against, record: drop.of - self.files[file], similarity: drop.similarity }
    }
}

/// The next row that begins with `id` or less.
fn next_until<const N: usize>(rows: &mut Peekable<Sorted<N>>, id: u64) -> Result<Option<Row<N>>> {
    rows.next_if(|row| row.as_ref().map_or(true, |row| row[0] <= id)).transpose()
}

/// Takes records and finds the duplicates among them.
pub struct Finder<'p> {
    options: Options,
    pool: &'p Pool,
    /// Key (two halves), rank (inverted, so that the best is first), id.
    entries: Sorter<'p, 4>,
    near: Option<Near<'p>>,
    /// The first id of each file, the records themselves last.
    files: Vec<u64>,
    /// The least id that the next record can have.
    next: u64,
    own: bool,
}

impl<'p> Finder<'p> {
    /// Begins without records.
    pub fn new(options: &Options, pool: &'p Pool) -> Finder<'p> {
        let share = options.memory << 20;
        let near = options.near.map(|threshold| Near::new(threshold, options.keep, pool, share / 2));
        let entries = Sorter::new(pool, if near.is_some() { share / 4 } else { share / 2 });
        Finder { options: *options, pool, entries, near, files: Vec::new(), next: 0, own: false }
    }

    /// Adds a record of a file that is only compared with: what duplicates it is dropped, and none of its own is. To be called before [`Finder::add`],
    /// files in their order from 0 and records in theirs.
    pub fn add_against(&mut self, file: usize, mut keyed: Keyed) -> Result<()> {
        self.begin(file)?;
        keyed.rank = AGAINST;
        self.push(&keyed)
    }

    /// Adds a record, with a higher number than the one before.
    pub fn add(&mut self, keyed: Keyed) -> Result<()> {
        self.begin_own();
        self.push(&Keyed { rank: keyed.rank.min(AGAINST - 1), ..keyed })
    }

    /// Finds the duplicates.
    pub fn finish(mut self) -> Result<Duplicates> {
        self.begin_own();
        let own = *self.files.last().expect("begun above");
        let share = self.options.memory << 20;
        let mut found =
            Told { drops: Sorter::new(self.pool, share / 8), also: Sorter::new(self.pool, share / 8), own, keep: self.options.keep };
        let entries = self.entries.finish()?;
        match self.near {
            None => exact(entries, self.options.keep, |id, of| found.tell(&Duplicate { id, of, similarity: None }))?,
            Some(mut near) => {
                exact(entries, self.options.keep, |id, of| near.exact(id, of, own))?;
                near.finish(own, |duplicate| found.tell(&duplicate))?;
            }
        }
        let (drops, also) = (found.drops.finish()?.peekable(), found.also.finish()?.peekable());
        Ok(Duplicates { drops, also, files: self.files, keep: self.options.keep })
    }

    fn begin(&mut self, file: usize) -> Result<()> {
        if self.own || file + 1 < self.files.len() {
            return Err(Error::new("files to compare with come first, one after the other"));
        }
        while self.files.len() <= file {
            self.files.push(self.next);
        }
        Ok(())
    }

    fn begin_own(&mut self) {
        if !self.own {
            self.own = true;
            self.files.push(self.next);
        }
    }

    fn push(&mut self, keyed: &Keyed) -> Result<()> {
        let id = self.files.last().expect("a file was begun") + keyed.record;
        if id < self.next {
            return Err(Error::new(format!("record {} comes after a later one", keyed.record)));
        }
        self.next = id + 1;
        let worse = !keyed.rank;
        if let (Some(near), Some(folded)) = (&mut self.near, &keyed.folded) {
            near.push(id, worse, folded)?;
        }
        self.entries.push([(keyed.key >> 64) as u64, keyed.key as u64, worse, id])
    }
}

/// The rank of records that are only compared with: better than any.
const AGAINST: u64 = u64::MAX;

/// What the finder has found.
struct Told<'p> {
    drops: Sorter<'p, 3>,
    also: Sorter<'p, 2>,
    own: u64,
    keep: Keep,
}

impl Told<'_> {
    fn tell(&mut self, duplicate: &Duplicate) -> Result<()> {
        if duplicate.id < self.own {
            return Ok(());
        }
        if duplicate.of >= self.own && self.keep != Keep::None {
            self.also.push([duplicate.of, duplicate.id])?;
        }
        self.drops.push(duplicate.row())
    }
}

/// Tells the exact duplicates among records sorted by key and rank: a record, and the best with its key.
fn exact(entries: Sorted<4>, keep: Keep, mut tell: impl FnMut(u64, u64) -> Result<()>) -> Result<()> {
    let mut best: Option<(Row<4>, bool)> = None;
    for entry in entries {
        let entry = entry?;
        match &mut best {
            Some((best, alone)) if best[..2] == entry[..2] => {
                tell(entry[3], best[3])?;
                if *alone && keep == Keep::None {
                    tell(best[3], entry[3])?;
                }
                *alone = false;
            }
            _ => best = Some((entry, true)),
        }
    }
    Ok(())
}

/// A record that duplicates another.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Duplicate {
    id: u64,
    of: u64,
    /// `None` for an exact one.
    similarity: Option<f64>,
}

impl Duplicate {
    /// As a row, sorted by `id`; of several with one id the exact one is first. The bits of numbers from 0 on are sorted as the numbers are.
    fn row(&self) -> [u64; 3] {
        [self.id, self.similarity.map_or(0, f64::to_bits), self.of]
    }

    fn of_row([id, similarity, of]: [u64; 3]) -> Duplicate {
        Duplicate { id, of, similarity: (similarity > 0).then(|| f64::from_bits(similarity)) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Lang;
    use crate::quality::duplicates::Shingles;

    fn unit(source: &str) -> Unit {
        Unit::new(Lang::ES, Lang::EN, source.into(), "It is so.".into())
    }

    fn fates(texts: &[&str], options: &Options, threads: usize) -> Vec<Fate> {
        let pool = Pool::new(threads).expect("a pool");
        let units: Vec<(u64, Unit)> = texts.iter().enumerate().map(|(n, text)| (n as u64, unit(text))).collect();
        let batches = units.chunks(3).map(|some| Ok(some.to_vec()));
        let mut duplicates = Duplicates::find(batches, options, &pool).expect("finds");
        (0..texts.len() as u64).map(|record| duplicates.fate(record).expect("reads")).collect()
    }

    /// The record that each record duplicates.
    fn twins(texts: &[&str], options: &Options) -> Vec<Option<u64>> {
        let twin = |fate: Fate| match fate {
            Fate::Kept { .. } => None,
            Fate::Told(twin) | Fate::Dropped(twin) => Some(twin.record),
        };
        fates(texts, options, 2).into_iter().map(twin).collect()
    }

    const TEXTS: [&str; 5] = ["así es", "Otra cosa.", "ASÍ ES", "Así es", "así  es"];

    #[test]
    fn each_policy_keeps_its_own() {
        let keep = |keep| twins(&TEXTS, &Options { keep, ..Options::default() });
        assert_eq!(keep(Keep::First), [None, None, Some(0), Some(0), Some(0)]);
        assert_eq!(keep(Keep::Best), [Some(3), None, Some(3), None, Some(3)]);
        assert_eq!(keep(Keep::None), [Some(3), None, Some(3), Some(0), Some(3)]);
        assert_eq!(keep(Keep::All), keep(Keep::Best));
    }

    #[test]
    fn the_survivor_knows_its_duplicates() {
        let all = fates(&TEXTS, &Options::default(), 2);
        assert_eq!(all[3], Fate::Kept { also: vec![0, 2, 4] });
        let told = fates(&TEXTS, &Options { keep: Keep::All, ..Options::default() }, 2);
        assert!(told.iter().all(Fate::is_kept));
        assert_eq!(told[3], all[3]);
    }

    #[test]
    fn what_is_compared_with_outweighs_every_policy_and_is_named() {
        let pool = Pool::new(1).expect("a pool");
        for keep in Keep::ALL {
            let options = Options { keep, ..Options::default() };
            let mut finder = Finder::new(&options, &pool);
            for (file, record, text) in [(0, 7, "nada"), (1, 5, "así es"), (1, 9, "así es")] {
                let keyed = options.keyed([(record, &unit(text))]).remove(0);
                finder.add_against(file, keyed).expect("adds");
            }
            for keyed in options.keyed([(1, &unit("Nuevo.")), (2, &unit("Así es"))]) {
                finder.add(keyed).expect("adds");
            }
            let mut duplicates = finder.finish().expect("finds");
            assert!(duplicates.fate(1).expect("reads").is_kept());
            let (Fate::Told(twin) | Fate::Dropped(twin)) = duplicates.fate(2).expect("reads") else { panic!("a duplicate") };
            assert_eq!(twin, Twin { against: Some(1), record: 5, similarity: None });
        }
    }

    fn near(keep: Keep) -> Options {
        Options { near: Some(Threshold::new(0.6).expect("a threshold")), keep, ..Options::default() }
    }

    const NEAR: [&str; 6] = [
        "el presidente habló ayer por la tarde en la plaza mayor",
        "la receta lleva tres huevos y un poco de azúcar moreno",
        "El presidente habló ayer por la tarde en la plaza mayor.",
        "El presidente habló ayer por la noche en la plaza mayor.",
        "EL PRESIDENTE habló ayer por la tarde en la plaza mayor",
        "La receta lleva tres huevos.",
    ];

    #[test]
    fn near_duplicates_follow_the_policy_and_what_speaks_for_them() {
        // 2 is the best of 0, 2, 3 and 4; 4 is an exact duplicate of 0, which is dropped for 2.
        assert_eq!(twins(&NEAR, &near(Keep::Best)), [Some(2), None, None, Some(2), Some(2), None]);
        assert_eq!(twins(&NEAR, &near(Keep::First)), [None, None, Some(0), Some(0), Some(0), None]);
        assert_eq!(twins(&NEAR, &near(Keep::All)), twins(&NEAR, &near(Keep::Best)));
        let none: Vec<bool> = twins(&NEAR, &near(Keep::None)).iter().map(Option::is_some).collect();
        assert_eq!(none, [true, false, true, true, true, false]);
    }

    #[test]
    fn a_near_duplicate_is_as_alike_as_is_said() {
        let Fate::Dropped(twin) = fates(&NEAR, &near(Keep::Best), 2).remove(3) else { panic!("a duplicate") };
        let shingles = |text: &str| Shingles::of(text.to_lowercase().as_bytes());
        assert_eq!(twin.similarity, Some(shingles(NEAR[3]).jaccard(&shingles(NEAR[2]))));
    }

    #[test]
    fn a_chain_of_likes_is_no_duplicate_of_its_end() {
        // Each is like the next, the first is not like the last: the middle one is dropped for the first, the last stays.
        let chain = ["uno dos tres cuatro cinco seis", "uno dos tres cuatro cinco ocho", "uno dos tres nueve cinco ocho"];
        let options = Options { near: Some(Threshold::new(0.5).expect("a threshold")), keep: Keep::First, ..Options::default() };
        assert_eq!(twins(&chain, &options), [None, Some(0), None]);
    }

    #[test]
    fn records_must_rise() {
        let pool = Pool::new(1).expect("a pool");
        let options = Options::default();
        let mut finder = Finder::new(&options, &pool);
        let keyed = |record| options.keyed([(record, &unit("Sí."))]).remove(0);
        finder.add(keyed(4)).expect("adds");
        assert!(finder.add(keyed(4)).is_err());
        assert!(finder.add_against(0, keyed(5)).is_err());
    }

    #[test]
    fn neither_memory_nor_threads_show() {
        let texts: Vec<String> = (0..3000).map(|n| format!("un texto que lleva el número {} y otro {}", n * n % 1300, n % 10)).collect();
        let texts: Vec<&str> = texts.iter().map(String::as_str).collect();
        for options in [Options::default(), near(Keep::Best)] {
            let plenty = fates(&texts, &options, 1);
            assert_eq!(fates(&texts, &Options { memory: 0, ..options }, 3), plenty);
            assert!(plenty.iter().any(|fate| !fate.is_kept()));
        }
    }
}
