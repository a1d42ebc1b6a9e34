-- What a measurement's impact and money add up over: numbers a month are those numbers ÷ months. Unknown of earlier ones.

ALTER TABLE finding_measure ADD COLUMN months double precision CHECK (months > 0);
