-- Version 2: whose score a unit has, and the scores that others gave it.

-- The key of what gave `unit.score`; NULL for a score that came with the file, or for none.
ALTER TABLE unit ADD COLUMN scored TEXT;

CREATE TABLE unit_score (
    unit  INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
    name  TEXT NOT NULL,
    key   TEXT NOT NULL,   -- of what gave it
    value REAL NOT NULL,
    PRIMARY KEY (unit, name)
) STRICT, WITHOUT ROWID;
