-- Version 3: what the review events have made of the units. It can be computed again from texts and events.

CREATE TABLE review (
    unit      INTEGER PRIMARY KEY REFERENCES unit ON DELETE CASCADE,
    initial   TEXT NOT NULL,               -- the state it was ingested with; unit.state is the one now
    verdict   TEXT NOT NULL,
    source    TEXT,                        -- the text now; NULL where it is that of the unit
    target    TEXT,
    conflicts INTEGER NOT NULL DEFAULT 0   -- acts on another state that nobody has settled
) STRICT;

-- Findings that reviewers dismissed, by key.
CREATE TABLE dismissed (
    unit INTEGER NOT NULL REFERENCES unit ON DELETE CASCADE,
    key  TEXT NOT NULL,
    PRIMARY KEY (unit, key)
) STRICT, WITHOUT ROWID;

-- The units of an event on many; `event.unit` is empty then, and the state that was seen is kept for each.
CREATE TABLE bulk (
    event INTEGER NOT NULL REFERENCES event,
    unit  BLOB NOT NULL,
    base  TEXT NOT NULL,
    PRIMARY KEY (event, unit)
) STRICT, WITHOUT ROWID;
CREATE INDEX bulk_unit ON bulk (unit);

-- Units that took over the review of one that vanished, because they have its texts.
CREATE TABLE moved (
    unit      BLOB PRIMARY KEY,
    came_from BLOB NOT NULL
) STRICT, WITHOUT ROWID;
CREATE INDEX moved_came_from ON moved (came_from);

ALTER TABLE event ADD COLUMN reviewer TEXT GENERATED ALWAYS AS (json ->> 'by') VIRTUAL;
CREATE INDEX event_reviewer ON event (reviewer, length(name), name);
