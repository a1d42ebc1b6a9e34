-- Measurements written down before their change is switched on. What is measured is frozen from then on: no row changes
-- in question, times, baseline or power after switch_on, and none goes.

-- question_hash: the same question is registered once. question, baseline and foreseen are JSON.
CREATE TABLE effect (
  id            integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  name          text NOT NULL,
  why           text,
  finding       integer REFERENCES finding (id),
  question      text NOT NULL,
  question_hash text NOT NULL UNIQUE,
  zone          text NOT NULL,
  switch_on     timestamptz(3) NOT NULL,
  until         timestamptz(3) NOT NULL,
  baseline      text,
  foreseen      text NOT NULL,
  created_at    timestamptz(3) NOT NULL,
  registered_at timestamptz(3) NOT NULL,
  CHECK (switch_on < until)
);

-- One measurement a data version: on the same data the numbers are the same. report is JSON: the whole answer.
CREATE TABLE effect_measure (
  effect            integer NOT NULL REFERENCES effect (id),
  data_version      bigint NOT NULL,
  measured_at       timestamptz(3) NOT NULL,
  verdict           text NOT NULL,
  n                 bigint NOT NULL,
  estimate          double precision NOT NULL,
  low               double precision NOT NULL,
  high              double precision NOT NULL,
  p                 double precision NOT NULL,
  relative_estimate double precision,
  relative_low      double precision,
  relative_high     double precision,
  report            text NOT NULL,
  PRIMARY KEY (effect, data_version)
);

CREATE TABLE effect_comment (
  id     integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  effect integer NOT NULL REFERENCES effect (id),
  at     timestamptz(3) NOT NULL,
  by     text,
  text   text NOT NULL
);
CREATE INDEX effect_comment_effect ON effect_comment (effect);
