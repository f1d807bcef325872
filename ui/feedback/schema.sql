-- What makes each version of the file from the one before, version 1 first, with a line of dashes between them.
CREATE TABLE feedback (
  id INTEGER PRIMARY KEY,
  received_at TEXT NOT NULL,    -- UTC, ISO 8601
  answer_id TEXT NOT NULL,
  status TEXT NOT NULL,
  provision_ids TEXT NOT NULL,  -- JSON array
  corpus_version TEXT NOT NULL,
  verdict TEXT NOT NULL,        -- up, down
  reason TEXT,
  comment TEXT,                 -- masked
  question TEXT                 -- masked; only with consent
);
CREATE INDEX feedback_received_at ON feedback (received_at);
----
ALTER TABLE feedback ADD COLUMN departments TEXT NOT NULL DEFAULT '[]';  -- JSON array: of the provisions, at that time
ALTER TABLE feedback ADD COLUMN ballot TEXT;  -- a digest, the same for every verdict of one visitor on one answer
CREATE UNIQUE INDEX feedback_ballot ON feedback (ballot);
CREATE TABLE gap (
  day TEXT NOT NULL,            -- UTC, ISO 8601
  department TEXT NOT NULL,     -- '' where none is named
  ask TEXT NOT NULL,            -- a key of kinds.toml
  count INTEGER NOT NULL,
  PRIMARY KEY (day, department, ask)
);
