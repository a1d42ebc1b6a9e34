-- What people keep of the answers because it matters, with its numbers as they were. No answer depends on it.

-- question_hash: the same question is kept once. Rows are never deleted.
CREATE TABLE finding (
  id             integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  kind           text NOT NULL CHECK (kind IN ('moment', 'pain-point')),
  title          text NOT NULL,
  status         text NOT NULL CHECK (status IN ('open', 'accepted', 'dismissed', 'being-fixed', 'fixed', 'verified')),
  reason         text,
  owner          text,
  question       text NOT NULL,
  question_hash  text NOT NULL UNIQUE,
  created_at     timestamptz(3) NOT NULL,
  last_action_at timestamptz(3) NOT NULL,
  CHECK ((status = 'dismissed') = (reason IS NOT NULL))
);

-- One measurement a data version: on the same data the numbers are the same.
CREATE TABLE finding_measure (
  finding      integer NOT NULL REFERENCES finding (id),
  data_version bigint NOT NULL,
  measured_at  timestamptz(3) NOT NULL,
  method       text NOT NULL,
  effect       double precision,
  low          double precision,
  high         double precision,
  q            double precision,
  reach        bigint NOT NULL,
  impact       double precision,
  money        double precision,
  claimed      boolean NOT NULL,
  reason       text,
  PRIMARY KEY (finding, data_version)
);

CREATE TABLE finding_comment (
  id      integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  finding integer NOT NULL REFERENCES finding (id),
  at      timestamptz(3) NOT NULL,
  by      text,
  text    text NOT NULL
);
CREATE INDEX finding_comment_finding ON finding_comment (finding);
