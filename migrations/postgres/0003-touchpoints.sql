-- Touchpoints can be hidden, renamed and merged; events keep the name they came in with, and an alias leads it to its
-- touchpoint. A retired touchpoint has no events: it waits for a merge to be taken back.
ALTER TABLE touchpoint ADD COLUMN hidden boolean NOT NULL DEFAULT false;
ALTER TABLE touchpoint ADD COLUMN retired boolean NOT NULL DEFAULT false;
DROP INDEX touchpoint_name;
CREATE UNIQUE INDEX touchpoint_name ON touchpoint (md5(name)) WHERE NOT retired;

-- prepared: whether the journeys of those who have such events show the present touchpoint. What is not prepared when a
-- workspace opens is prepared then.
CREATE TABLE touchpoint_alias (
  raw_name   text NOT NULL,
  touchpoint integer NOT NULL REFERENCES touchpoint (id),
  home       integer REFERENCES touchpoint (id),
  prepared   boolean NOT NULL
);
CREATE UNIQUE INDEX touchpoint_alias_name ON touchpoint_alias (md5(raw_name));
CREATE INDEX touchpoint_alias_touchpoint ON touchpoint_alias (touchpoint);
INSERT INTO touchpoint_alias SELECT name, id, id, true FROM touchpoint;

-- What people should know of an import, as JSON: whole sentences.
ALTER TABLE import ADD COLUMN notes text NOT NULL DEFAULT '[]';
