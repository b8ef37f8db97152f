//! What makes two pairs duplicates: which sides are compared, what spelling does not count, which of them is the best, and how alike two are that differ.
//! Finding them among many is `export::duplicates`' business; nothing is dropped here.

mod fold;
mod key;
mod minhash;
mod rank;
mod similarity;

pub use fold::Fold;
pub use key::Folded;
pub use minhash::{MinHash, Threshold};
pub use rank::rank;
pub use similarity::{Shingles, similarity};

/// Version of what counts as a duplicate; part of the signature of what was made without them.
pub const VERSION: u32 = 1;

/// The sides that are compared.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Sides {
    /// Duplicates are alike on both sides: another translation of the same text is none.
    #[default]
    Both,
    /// Duplicates are alike on the source side, whatever the target.
    Source,
    /// Duplicates are alike on the target side, whatever the source.
    Target,
}

impl Sides {
    /// All of them.
    pub const ALL: [Sides; 3] = [Sides::Both, Sides::Source, Sides::Target];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Sides::Both => "both",
            Sides::Source => "source",
            Sides::Target => "target",
        }
    }

    /// The sides with that name.
    pub fn named(name: &str) -> Result<Sides, String> {
        named("sides", name, Sides::ALL, Sides::name)
    }
}

/// Which records of a group of duplicates stay.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Keep {
    /// The best of them (see [`rank`]), the first of equals.
    #[default]
    Best,
    /// The first.
    First,
    /// None: what occurs more than once is dropped altogether.
    None,
    /// All: duplicates are told and nothing is dropped.
    All,
}

impl Keep {
    /// All of them.
    pub const ALL: [Keep; 4] = [Keep::Best, Keep::First, Keep::None, Keep::All];

    /// Its name.
    pub fn name(self) -> &'static str {
        match self {
            Keep::Best => "best",
            Keep::First => "first",
            Keep::None => "none",
            Keep::All => "all",
        }
    }

    /// The policy with that name.
    pub fn named(name: &str) -> Result<Keep, String> {
        named("policy", name, Keep::ALL, Keep::name)
    }
}

/// The one of `all` that `name` names.
fn named<T: Copy, const N: usize>(what: &str, name: &str, all: [T; N], name_of: fn(T) -> &'static str) -> Result<T, String> {
    all.into_iter()
        .find(|one| name_of(*one) == name)
        .ok_or_else(|| format!("no {what} `{name}`; there are {}", all.map(name_of).join(", ")))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_back_and_others_are_refused_with_a_list() {
        assert!(Sides::ALL.into_iter().all(|sides| Sides::named(sides.name()) == Ok(sides)));
        assert!(Keep::ALL.into_iter().all(|keep| Keep::named(keep.name()) == Ok(keep)));
        assert!(Fold::ALL.into_iter().all(|fold| Fold::named(fold.name()) == Ok(fold)));
        assert_eq!(Keep::named("beste"), Err("no policy `beste`; there are best, first, none, all".into()));
    }
}
