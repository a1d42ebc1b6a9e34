/**
 * The tables of the state store as Drizzle sees them.
 * The tables themselves are made by migrations/postgres; a test compares the two.
 */
import { bigint, boolean, doublePrecision, integer, pgTable, primaryKey, text, timestamp } from "drizzle-orm/pg-core";
import type { Finding, FindingStatus } from "../domain/finding.ts";
import type { Role, Stage } from "../domain/touchpoint.ts";
import type { ImportStatus } from "./state-store.ts";

const moment = (name: string) => timestamp(name, { withTimezone: true, precision: 3, mode: "date" });

/** One row. Its lock is what makes two writers take turns. */
export const workspace = pgTable("workspace", {
  one: boolean("one").primaryKey().default(true),
  dataVersion: bigint("data_version", { mode: "number" }).notNull().default(0),
});

/** `mapping`, `files`, `events` and `notes` are JSON text. */
export const imports = pgTable("import", {
  id: integer("id").primaryKey(),
  recipe: text("recipe").notNull(),
  mapping: text("mapping").notNull(),
  mappingHash: text("mapping_hash").notNull(),
  files: text("files").notNull(),
  status: text("status").$type<ImportStatus>().notNull(),
  prepared: boolean("prepared").notNull(),
  events: text("events"),
  customers: bigint("customers", { mode: "number" }),
  seconds: doublePrecision("seconds"),
  startedAt: moment("started_at").notNull(),
  finishedAt: moment("finished_at"),
  notes: text("notes").notNull().default("[]"),
});

export const touchpoints = pgTable("touchpoint", {
  id: integer("id").primaryKey(),
  name: text("name").notNull(),
  stage: text("stage").$type<Stage>(),
  channel: text("channel"),
  role: text("role").$type<Role>(),
  owner: text("owner"),
  hidden: boolean("hidden").notNull().default(false),
  retired: boolean("retired").notNull().default(false),
});

/** Which touchpoint the events count for that came in under a name. */
export const touchpointAliases = pgTable("touchpoint_alias", {
  rawName: text("raw_name").notNull(),
  touchpoint: integer("touchpoint").notNull(),
  home: integer("home"),
  prepared: boolean("prepared").notNull(),
});

/** `value` is JSON text. */
export const settings = pgTable("setting", {
  key: text("key").primaryKey(),
  value: text("value").notNull(),
});

/** `date` is a calendar day of the workspace's zone, YYYY-MM-DD. */
export const annotations = pgTable("annotation", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  date: text("date").notNull(),
  text: text("text").notNull(),
  createdAt: moment("created_at").notNull(),
});

export const kpiTargets = pgTable("kpi_target", {
  kpi: text("kpi").primaryKey(),
  target: doublePrecision("target"),
  baseline: doublePrecision("baseline"),
  updatedAt: moment("updated_at").notNull(),
});

/** `question` is JSON text. */
export const findings = pgTable("finding", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  kind: text("kind").$type<Finding["kind"]>().notNull(),
  title: text("title").notNull(),
  status: text("status").$type<FindingStatus>().notNull(),
  reason: text("reason"),
  owner: text("owner"),
  question: text("question").notNull(),
  questionHash: text("question_hash").notNull(),
  createdAt: moment("created_at").notNull(),
  lastActionAt: moment("last_action_at").notNull(),
});

export const findingMeasures = pgTable(
  "finding_measure",
  {
    finding: integer("finding").notNull(),
    dataVersion: bigint("data_version", { mode: "number" }).notNull(),
    measuredAt: moment("measured_at").notNull(),
    method: text("method").notNull(),
    effect: doublePrecision("effect"),
    low: doublePrecision("low"),
    high: doublePrecision("high"),
    q: doublePrecision("q"),
    reach: bigint("reach", { mode: "number" }).notNull(),
    impact: doublePrecision("impact"),
    money: doublePrecision("money"),
    months: doublePrecision("months"),
    claimed: boolean("claimed").notNull(),
    reason: text("reason"),
  },
  (table) => [primaryKey({ columns: [table.finding, table.dataVersion] })],
);

export const findingComments = pgTable("finding_comment", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  finding: integer("finding").notNull(),
  at: moment("at").notNull(),
  by: text("by"),
  text: text("text").notNull(),
});

/** `question`, `baseline` and `foreseen` are JSON text. */
export const effects = pgTable("effect", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  name: text("name").notNull(),
  why: text("why"),
  finding: integer("finding"),
  question: text("question").notNull(),
  questionHash: text("question_hash").notNull(),
  zone: text("zone").notNull(),
  switchOn: moment("switch_on").notNull(),
  until: moment("until").notNull(),
  baseline: text("baseline"),
  foreseen: text("foreseen").notNull(),
  createdAt: moment("created_at").notNull(),
  registeredAt: moment("registered_at").notNull(),
});

/** `report` is JSON text. */
export const effectMeasures = pgTable(
  "effect_measure",
  {
    effect: integer("effect").notNull(),
    dataVersion: bigint("data_version", { mode: "number" }).notNull(),
    measuredAt: moment("measured_at").notNull(),
    verdict: text("verdict").notNull(),
    n: bigint("n", { mode: "number" }).notNull(),
    estimate: doublePrecision("estimate").notNull(),
    low: doublePrecision("low").notNull(),
    high: doublePrecision("high").notNull(),
    p: doublePrecision("p").notNull(),
    relativeEstimate: doublePrecision("relative_estimate"),
    relativeLow: doublePrecision("relative_low"),
    relativeHigh: doublePrecision("relative_high"),
    report: text("report").notNull(),
  },
  (table) => [primaryKey({ columns: [table.effect, table.dataVersion] })],
);

export const effectComments = pgTable("effect_comment", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  effect: integer("effect").notNull(),
  at: moment("at").notNull(),
  by: text("by"),
  text: text("text").notNull(),
});

/** `kpis` is JSON text. */
export const goals = pgTable("goal", {
  id: integer("id").primaryKey().generatedAlwaysAsIdentity(),
  title: text("title").notNull(),
  kpis: text("kpis").notNull(),
  owner: text("owner"),
});

/** `document` is JSON text. */
export const initiatives = pgTable("initiative", {
  id: integer("id").primaryKey(),
  version: integer("version").notNull(),
  document: text("document").notNull(),
  changedAt: moment("changed_at").notNull(),
});

/** `changes` is JSON text. The database refuses to change or delete a row. */
export const initiativeRecords = pgTable(
  "initiative_record",
  {
    initiative: integer("initiative").notNull(),
    version: integer("version").notNull(),
    at: moment("at").notNull(),
    author: text("author").notNull(),
    reason: text("reason"),
    action: text("action").notNull(),
    subject: text("subject").notNull(),
    changes: text("changes").notNull(),
  },
  (table) => [primaryKey({ columns: [table.initiative, table.version] })],
);

/** `report` is JSON text. */
export const results = pgTable(
  "result",
  {
    key: text("key").notNull(),
    dataVersion: bigint("data_version", { mode: "number" }).notNull(),
    report: text("report").notNull(),
  },
  (table) => [primaryKey({ columns: [table.key, table.dataVersion] })],
);
