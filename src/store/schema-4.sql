-- Version 4: beads that people have grouped, and what their acts start from.

ALTER TABLE bead ADD COLUMN by_hand INTEGER NOT NULL DEFAULT 0;

-- Bitexts with acts on their beads: the beads are what the acts after `since` make of `start`.
CREATE TABLE mending (
    origin INTEGER PRIMARY KEY REFERENCES origin ON DELETE CASCADE,
    since  INTEGER NOT NULL,               -- a place in the log; acts up to it are part of `start`
    start  TEXT NOT NULL                   -- beads by the bytes of their documents, as JSON
) STRICT;
