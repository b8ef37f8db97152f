//! What records are called where they are told of: by their number in a file, by their id in a store.

use serde_json::Value;

use crate::error::Result;
use crate::formats::Read;
use crate::model::Unit;
use crate::store::spill::Spool;
use crate::text::hash::{base32, from_base32};

/// The names of the records of one file or store.
pub(super) enum Labels {
    Numbers,
    /// The ids by record number from 1 on, 16 bytes each.
    Ids(Spool),
}

impl Labels {
    /// No names yet; of a store, up to `memory` bytes of ids stay in memory.
    pub(super) fn new(of_store: bool, memory: usize) -> Labels {
        if of_store { Labels::Ids(Spool::new(memory)) } else { Labels::Numbers }
    }

    /// What a name is called.
    pub(super) fn key(&self) -> &'static str {
        match self {
            Labels::Numbers => "record",
            Labels::Ids(_) => "id",
        }
    }

    /// The ids of units, as far as they are names.
    pub(super) fn ids_of(of_store: bool, records: &[Read<Unit>]) -> Vec<[u8; 16]> {
        let id = |record: &Read<Unit>| record.as_ref().ok().and_then(|unit| from_base32(unit.id.as_deref()?)).unwrap_or_default();
        if of_store { records.iter().map(id).collect() } else { Vec::new() }
    }

    /// Adds the names of the next records.
    pub(super) fn push(&mut self, ids: &[[u8; 16]]) -> Result<()> {
        match self {
            Labels::Numbers => Ok(()),
            Labels::Ids(spool) => spool.push(ids.as_flattened()).map(drop),
        }
    }

    /// The name of a record.
    pub(super) fn of(&mut self, record: u64) -> Result<Value> {
        match self {
            Labels::Numbers => Ok(record.into()),
            Labels::Ids(spool) => {
                let mut id = [0; 16];
                spool.read((record - 1) * 16, &mut id)?;
                Ok(base32(&id).into())
            }
        }
    }
}
