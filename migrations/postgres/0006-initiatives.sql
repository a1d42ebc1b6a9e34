-- Initiatives, each one document, with a record of every change; and the goals above them.

CREATE TABLE goal (
  id    integer PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
  title text NOT NULL,
  kpis  text NOT NULL,
  owner text
);

-- document is JSON. Rows are never deleted: the next id is the highest one and one.
CREATE TABLE initiative (
  id         integer PRIMARY KEY CHECK (id > 0),
  version    integer NOT NULL CHECK (version > 0),
  document   text NOT NULL,
  changed_at timestamptz(3) NOT NULL
);

-- What was done, one row a version. changes is JSON: what each field was and became.
CREATE TABLE initiative_record (
  initiative integer NOT NULL REFERENCES initiative (id),
  version    integer NOT NULL CHECK (version > 0),
  at         timestamptz(3) NOT NULL,
  author     text NOT NULL,
  reason     text,
  action     text NOT NULL,
  subject    text NOT NULL,
  changes    text NOT NULL,
  PRIMARY KEY (initiative, version)
);

-- No document without the record that made it what it is.
ALTER TABLE initiative ADD FOREIGN KEY (id, version) REFERENCES initiative_record (initiative, version)
  DEFERRABLE INITIALLY DEFERRED;

CREATE FUNCTION refuse_record_change() RETURNS trigger LANGUAGE plpgsql AS $body$
BEGIN
  RAISE EXCEPTION 'Records of initiatives are written once: % is refused.', TG_OP USING ERRCODE = 'restrict_violation';
END;
$body$;

-- Once a statement, so that it is refused also where it would meet no row.
CREATE TRIGGER initiative_record_stays BEFORE UPDATE OR DELETE OR TRUNCATE ON initiative_record
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_record_change();
