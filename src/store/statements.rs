//! Statements and their renderings. A rendering's text is a document of its own, so that bitexts of renderings are like any other.

use rusqlite::OptionalExtension;

use super::{Bitext, Store};
use crate::error::{Error, Result};
use crate::model::{Statement, StatementLink};

/// A statement of the store.
#[derive(Debug, Clone, PartialEq)]
pub struct StoredStatement {
    /// The file it came in.
    pub file: String,
    /// The name of the source it belongs to.
    pub source: String,
    /// The statement with its renderings.
    pub statement: Statement,
}

impl Store {
    /// Stores a statement of an origin; `documents` are the rows of its renderings' documents, in their order.
    ///
    /// # Errors
    /// If another origin has a statement with the same id.
    pub fn put_statement(&self, origin: i64, record: u64, statement: &Statement, documents: &[i64]) -> Result<()> {
        let json = serde_json::to_string(statement).expect("a statement is plain strings");
        let owner = "SELECT origin.key FROM statement JOIN origin ON origin.id = statement.origin WHERE name = ?1";
        let owner: Option<String> = self.connection.prepare_cached(owner)?.query_row([&statement.id], |r| r.get(0)).optional()?;
        if let Some(owner) = owner {
            return Err(
                Error::new(format!("statement `{}` is in `{owner}` already", statement.id)).hint("give every statement an id of its own")
            );
        }
        let row = self
            .connection
            .prepare_cached("INSERT INTO statement (name, origin, record, json) VALUES (?1, ?2, ?3, ?4)")?
            .insert((&statement.id, origin, record, &json))?;
        let mut put = self.connection.prepare_cached("INSERT INTO rendering (document, statement, name) VALUES (?1, ?2, ?3)")?;
        for (rendering, document) in statement.renderings.iter().zip(documents) {
            put.execute((document, row, &rendering.id))?;
        }
        Ok(())
    }

    /// Forgets the statements of an origin (their documents and bitexts stay), before its new version is stored.
    pub fn clear_statements(&self, origin: i64) -> Result<()> {
        self.connection.execute("DELETE FROM statement WHERE origin = ?1", [origin])?;
        Ok(())
    }

    /// All statements, by file and record.
    pub fn statements(&self) -> Result<Vec<StoredStatement>> {
        let mut query = self.connection.prepare(
            "SELECT origin.file, origin.source, json FROM statement JOIN origin ON origin.id = statement.origin ORDER BY origin.key, record",
        )?;
        let rows = query.query_map([], |r| Ok((r.get(0)?, r.get(1)?, r.get::<_, String>(2)?)))?;
        rows.map(|row| {
            let (file, source, json) = row?;
            let statement = serde_json::from_str(&json).map_err(|e| Error::new(format!("statement of `{file}`: {e}")))?;
            Ok(StoredStatement { file, source, statement })
        })
        .collect()
    }

    /// The statement and renderings that a bitext pairs, if it is one of renderings.
    pub fn link_of(&self, bitext: &Bitext) -> Result<Option<StatementLink>> {
        self.statement_link(bitext.documents.0, bitext.documents.1)
    }

    pub(super) fn statement_link(&self, source_document: i64, target_document: i64) -> Result<Option<StatementLink>> {
        let mut query = self.connection.prepare_cached(
            "SELECT statement.name, s.name, t.name FROM rendering s JOIN rendering t ON t.statement = s.statement
             JOIN statement ON statement.id = s.statement WHERE s.document = ?1 AND t.document = ?2",
        )?;
        let link = query.query_row([source_document, target_document], |r| {
            Ok(StatementLink { statement: r.get(0)?, source_rendering: r.get(1)?, target_rendering: r.get(2)? })
        });
        Ok(link.optional()?)
    }
}
