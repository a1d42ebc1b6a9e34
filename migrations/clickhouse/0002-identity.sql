-- Who was behind an anonymous id: what each import says of it. Made from the import's own raw events, gone with them.
CREATE TABLE identity_links
(
    import      UInt32,
    anonymous   UInt64 COMMENT 'cityHash64(anonymousId): the raw customer of its events while nobody was known',
    anonymousId String,
    customer    UInt64 COMMENT 'cityHash64(customerId)',
    customerId  String,
    first       DateTime64(3, 'UTC') COMMENT 'of the events that name both'
)
ENGINE = MergeTree
PARTITION BY import
ORDER BY (anonymous, customer);

-- The mapping that preparation reads: to whom the events of an anonymous id belong, and since when.
-- One row an anonymous id, so that an import or a rollback replaces it at once.
CREATE TABLE identity_rows
(
    anonymous   UInt64,
    anonymousId String,
    since       Array(DateTime64(3, 'UTC')) COMMENT 'from when on, rising; what was before the first belongs to the first',
    customers   Array(UInt64) COMMENT 'parallel to since',
    customerIds Array(String) COMMENT 'parallel to since',
    blocked     UInt8 COMMENT '1 when the id is itself a customer''s: two known users are not merged, it is not followed',
    version     UInt64,
    deleted     UInt8
)
ENGINE = ReplacingMergeTree(version, deleted)
ORDER BY anonymous;

CREATE VIEW identities AS SELECT * FROM identity_rows FINAL WHERE deleted = 0;

-- Whom a preparation concerns, while it runs.
CREATE TABLE concerned_ids
(
    part LowCardinality(String),
    id   UInt64
)
ENGINE = MergeTree
ORDER BY (part, id);
