-- Version 1. Later versions are files of their own that only add.

CREATE TABLE setting (
    key   TEXT PRIMARY KEY,
    value TEXT NOT NULL
) STRICT, WITHOUT ROWID;

CREATE TABLE provenance (
    id   INTEGER PRIMARY KEY,
    json TEXT NOT NULL UNIQUE
) STRICT;

CREATE TABLE document (
    id           INTEGER PRIMARY KEY,
    path         TEXT NOT NULL UNIQUE,   -- relative to the corpus folder; FILE#STATEMENT/RENDERING for a rendering
    lang         TEXT NOT NULL,
    text         TEXT NOT NULL,          -- exactly as it came
    content_hash TEXT NOT NULL,
    segmentation TEXT NOT NULL,          -- signature of what found the segments
    provenance   INTEGER NOT NULL REFERENCES provenance
) STRICT;

CREATE TABLE segment (
    document   INTEGER NOT NULL REFERENCES document ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    start_byte INTEGER NOT NULL,
    end_byte   INTEGER NOT NULL,
    paragraph  INTEGER NOT NULL,
    PRIMARY KEY (document, n)
) STRICT, WITHOUT ROWID;

-- What units come from: a file of units, a file of statements, or a bitext.
CREATE TABLE origin (
    id              INTEGER PRIMARY KEY,
    key             TEXT NOT NULL UNIQUE,
    kind            TEXT NOT NULL CHECK (kind IN ('units', 'statements', 'bitext')),
    source          TEXT NOT NULL,       -- name of the source it belongs to
    file            TEXT NOT NULL,
    target_file     TEXT,
    format          TEXT NOT NULL,
    content_hash    TEXT NOT NULL,
    records         INTEGER NOT NULL DEFAULT 0,  -- units, statements or beads it holds; `verify` counts again
    rejected        INTEGER NOT NULL DEFAULT 0,
    parent          INTEGER REFERENCES origin ON DELETE CASCADE,
    source_document INTEGER REFERENCES document,
    target_document INTEGER REFERENCES document,
    original_lang   TEXT,
    signature       TEXT,                -- of the alignment; NULL until aligned
    generation      INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE INDEX origin_parent ON origin (parent);
CREATE INDEX origin_source_document ON origin (source_document);
CREATE INDEX origin_target_document ON origin (target_document);

CREATE TABLE bead (
    origin       INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
    n            INTEGER NOT NULL,
    source_start INTEGER NOT NULL,
    source_end   INTEGER NOT NULL,
    target_start INTEGER NOT NULL,
    target_end   INTEGER NOT NULL,
    confidence   REAL NOT NULL,
    PRIMARY KEY (origin, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE statement (
    id     INTEGER PRIMARY KEY,
    name   TEXT NOT NULL UNIQUE,
    origin INTEGER NOT NULL REFERENCES origin ON DELETE CASCADE,
    record INTEGER NOT NULL,
    json   TEXT NOT NULL              -- with its renderings
) STRICT;
CREATE INDEX statement_origin ON statement (origin);

CREATE TABLE rendering (
    document  INTEGER PRIMARY KEY REFERENCES document ON DELETE CASCADE,
    statement INTEGER NOT NULL REFERENCES statement ON DELETE CASCADE,
    name      TEXT NOT NULL,
    UNIQUE (statement, name)
) STRICT;

CREATE TABLE unit (
    id                INTEGER PRIMARY KEY,
    uid               BLOB NOT NULL UNIQUE,   -- 16 bytes; shown as 26 characters of base32
    origin            INTEGER NOT NULL REFERENCES origin,
    record            INTEGER NOT NULL,       -- 1-based record of the file, or 0-based bead of the bitext
    source_lang       TEXT NOT NULL,
    target_lang       TEXT NOT NULL,
    source            TEXT NOT NULL,
    target            TEXT NOT NULL,
    source_provenance INTEGER NOT NULL REFERENCES provenance,
    target_provenance INTEGER NOT NULL REFERENCES provenance,
    original_lang     TEXT,
    confidence        REAL,
    score             REAL,
    state             TEXT NOT NULL DEFAULT 'unreviewed',
    generation        INTEGER NOT NULL
) STRICT;
CREATE INDEX unit_origin ON unit (origin, record);

CREATE TABLE finding (
    unit       INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
    n          INTEGER NOT NULL,
    check_name TEXT NOT NULL,
    tier       INTEGER NOT NULL,
    json       TEXT NOT NULL,
    PRIMARY KEY (unit, n)
) STRICT, WITHOUT ROWID;

CREATE TABLE event (
    seq  INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE,
    unit BLOB NOT NULL,
    json TEXT NOT NULL
) STRICT;
CREATE INDEX event_unit ON event (unit);

CREATE TABLE stage (
    name TEXT PRIMARY KEY,
    key  TEXT NOT NULL,
    json TEXT NOT NULL
) STRICT, WITHOUT ROWID;
