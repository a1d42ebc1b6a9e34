-- A merge reads its parts side by side: a hundred parts (the engine's default) of very wide events take more than a
-- gigabyte, beside whatever is asked meanwhile.
ALTER TABLE raw MODIFY SETTING max_parts_to_merge_at_once = 32;
ALTER TABLE journey_rows MODIFY SETTING max_parts_to_merge_at_once = 32;
