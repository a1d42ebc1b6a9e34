-- What a workspace knows besides events. JSON is kept as text: it comes back exactly as it was written
-- (jsonb refuses \u0000 and sorts keys), and no question is ever asked inside it.

-- One row. Whoever changes what an answer depends on holds it until the end of the transaction.
CREATE TABLE workspace (
  one          boolean PRIMARY KEY DEFAULT true CHECK (one),
  data_version bigint NOT NULL DEFAULT 0
);
INSERT INTO workspace DEFAULT VALUES;

-- Rows are never deleted, so that an id is never used again.
CREATE TABLE import (
  id           integer PRIMARY KEY CHECK (id > 0),
  recipe       text NOT NULL,
  mapping      text NOT NULL,
  mapping_hash text NOT NULL,
  files        text NOT NULL,
  status       text NOT NULL CHECK (status IN ('loading', 'live', 'removing', 'removed')),
  prepared     boolean NOT NULL,
  events       text,
  customers    bigint,
  seconds      double precision,
  started_at   timestamptz(3) NOT NULL,
  finished_at  timestamptz(3)
);

CREATE TABLE touchpoint (
  id      integer PRIMARY KEY CHECK (id BETWEEN 1 AND 65535),
  name    text NOT NULL,
  stage   text,
  channel text,
  role    text,
  owner   text
);
-- Names are kept verbatim and may be longer than an index entry.
CREATE UNIQUE INDEX touchpoint_name ON touchpoint (md5(name));

CREATE TABLE setting (
  key   text PRIMARY KEY,
  value text NOT NULL
);

-- Stored answers, each good for one data version.
CREATE TABLE result (
  key          text NOT NULL,
  data_version bigint NOT NULL,
  report       text NOT NULL,
  PRIMARY KEY (key, data_version)
);
