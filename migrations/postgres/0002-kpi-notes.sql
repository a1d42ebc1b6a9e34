-- What people write beside the KPIs. No answer of an analysis depends on it.

-- An id is never used again: a page may still show a note that somebody else has just removed.
CREATE TABLE annotation (
  id         integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  date       text NOT NULL CHECK (date ~ '^\d{4}-\d{2}-\d{2}$'),
  text       text NOT NULL,
  created_at timestamptz(3) NOT NULL
);

CREATE TABLE kpi_target (
  kpi        text PRIMARY KEY,
  target     double precision,
  baseline   double precision,
  updated_at timestamptz(3) NOT NULL
);
