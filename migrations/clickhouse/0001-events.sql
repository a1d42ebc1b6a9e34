-- Raw events: append-only, one partition an import, read by preparation alone.
-- Small granules in compact parts: a refresh reads single customers whole, each from one place, not one place a column.
CREATE TABLE raw
(
    import      UInt32,
    ordinal     UInt64 COMMENT 'record number in the source, from 1, running on over the files of one import',
    rule        UInt16 COMMENT 'which event rule of the mapping made it: orders several events of one record',
    rowHash     UInt64 COMMENT 'hash of recipe, rule and raw record; never of the file name',
    customer    UInt64 COMMENT 'cityHash64(customerId, or anonymousId when that is empty); 0 when nobody is known',
    customerId  String,
    anonymousId String,
    time        DateTime64(3, 'UTC'),
    touchpoint  LowCardinality(String),
    channel     LowCardinality(String),
    value       Nullable(Decimal(18, 4)),
    currency    LowCardinality(String),
    score       Nullable(Float64),
    scale       LowCardinality(String) COMMENT 'like 1-5 or 0-10',
    objectTypes Array(LowCardinality(String)),
    objectIds   Array(String) COMMENT 'parallel to objectTypes',
    properties  Map(LowCardinality(String), String),
    traits      Map(LowCardinality(String), String) COMMENT 'what the record says of the customer'
)
ENGINE = MergeTree
PARTITION BY import
PRIMARY KEY customer
ORDER BY (customer, time, import, ordinal)
SETTINGS index_granularity = 512, min_bytes_for_wide_part = 1000000000000;

-- Prepared journeys: one row an owner, events as parallel arrays in journey order.
-- Person-owned rows (ownerType 'customer') serve life, visit and order-cycle, which differ only in `visits` and `cycles`.
CREATE TABLE journey_rows
(
    ownerType   LowCardinality(String) COMMENT 'customer, or an object type such as case, session, order',
    owner       UInt64 COMMENT 'cityHash64(ownerId)',
    ownerId     String,
    touchpoints Array(UInt16) COMMENT 'ids of the touchpoint catalogue',
    times       Array(DateTime64(3, 'UTC')),
    visits      Array(UInt32) COMMENT 'number of the visit each event is in, from 1; empty for objects',
    cycles      Array(UInt32) COMMENT 'number of the order cycle each event is in, from 1; empty for objects',
    customers   Array(UInt64) COMMENT 'who took part, for objects; empty for persons',
    channels    Array(LowCardinality(String)),
    values      Array(Nullable(Decimal(18, 4))),
    currencies  Array(LowCardinality(String)),
    scores      Array(Nullable(Float64)),
    scales      Array(LowCardinality(String)),
    orders      Array(UInt64) COMMENT 'cityHash64 of the order object, 0 without one',
    objectTypes Array(Array(LowCardinality(String))) COMMENT 'per event, the types of its objects',
    objectIds   Array(Array(String)) COMMENT 'parallel to objectTypes',
    eventIds    Array(UInt64) COMMENT 'hash of (rowHash, occurrence): the same in every row the event stands in',
    imports     Array(UInt32),
    properties  Array(Map(LowCardinality(String), String)),
    traits      Map(LowCardinality(String), String) COMMENT 'the latest value of each',
    known       UInt8 COMMENT '1 when the owner has a customer id, not only an anonymous one',
    version     UInt64,
    deleted     UInt8
)
ENGINE = ReplacingMergeTree(version, deleted)
PARTITION BY ownerType
ORDER BY (ownerType, owner);

CREATE VIEW journeys AS SELECT * FROM journey_rows FINAL WHERE deleted = 0;
