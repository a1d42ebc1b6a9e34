/**
 * Initiatives in their two tables, the document and its records, and the goals in a third.
 * Over whatever engine the state store runs; what a change may do is decided by whoever makes it.
 */
import { and, asc, desc, eq, like, lt, or, type SQL, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { AppError } from "../domain/app-error.ts";
import type { DeliveryRecord, Goal, Initiative } from "../domain/dsdm/initiative.ts";
import type {
  GoalChange,
  InitiativeChange,
  InitiativeStore,
  NewInitiative,
  RecordPage,
  RecordQuery,
} from "./initiative-store.ts";
import { goals, initiativeRecords, initiatives, workspace } from "./state-schema.ts";

type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;
type RecordRow = typeof initiativeRecords.$inferSelect;
type GoalRow = typeof goals.$inferSelect;

export interface InitiativeTables {
  /** Runs a transaction on the engine, and tells its faults. */
  readonly transaction: <Result>(work: (db: Database) => Promise<Result>) => Promise<Result>;
  readonly clock: () => Date;
}

export function openInitiativeTables({ transaction, clock }: InitiativeTables): InitiativeStore {
  return {
    list: () =>
      transaction(async (db) => {
        const rows = await db.select({ document: initiatives.document }).from(initiatives).orderBy(asc(initiatives.id));
        return rows.map(readDocument);
      }),
    get: (id) => transaction((db) => readInitiative(db, id)),
    add: (make) => transaction((db) => insertInitiative(db, make, clock)),
    change: (id, work) => transaction((db) => changeInitiative(db, id, work, clock)),
    records: (id, query) => transaction((db) => readRecords(db, id, query)),
    goals: () => transaction(async (db) => (await db.select().from(goals).orderBy(asc(goals.id))).map(toGoal)),
    addGoal: ({ title, kpis, owner }) =>
      transaction(async (db) => {
        const [row] = await db
          .insert(goals)
          .values({ title, kpis: JSON.stringify(kpis), owner })
          .returning({ id: goals.id });
        return (row as { id: number }).id;
      }),
    updateGoal: (id, change) => transaction((db) => changeGoal(db, id, change)),
  };
}

/**
 * Documents are ours and are not checked again: 200 of them are read with every look at the portfolio.
 * Where a later schema needs a field that older documents lack, it is filled in here, by a function from the document as it
 * was to the document as it is. A migration in SQL would have to say the same twice, and the records would still tell the
 * fields as they were then. Every next change writes the document in its new form.
 */
function readDocument({ document }: { readonly document: string }): Initiative {
  return JSON.parse(document) as Initiative;
}

async function readInitiative(db: Database, id: number): Promise<Initiative> {
  const [row] = fitsInteger(id) ? await db.select().from(initiatives).where(eq(initiatives.id, id)) : [];
  return row ? readDocument(row) : refuse("initiative", id);
}

async function insertInitiative(db: Database, make: (id: number) => NewInitiative, clock: () => Date) {
  // Its lock: of two who begin at once the second one counts the first one's.
  await db.select().from(workspace).for("update");
  const [row] = await db.select({ next: sql<number>`coalesce(max(${initiatives.id}), 0) + 1` }).from(initiatives);
  const id = Number(row?.next);
  const { initiative, records } = make(id);
  const { version } = initiative;
  if (records.length !== version) throw new Error(`Version ${version} needs as many records, not ${records.length}.`);
  for (const [at, record] of records.entries())
    checkVersion({ after: { ...initiative, version: at + 1 }, record }, id, at + 1);
  await db.insert(initiatives).values({ id, version, document: JSON.stringify(initiative), changedAt: clock() });
  await db.insert(initiativeRecords).values(records.map(toRow));
  return id;
}

async function changeInitiative(
  db: Database,
  id: number,
  work: (before: Initiative) => InitiativeChange,
  clock: () => Date,
): Promise<Initiative> {
  // To the end of the transaction nobody else changes it.
  const [row] = fitsInteger(id) ? await db.select().from(initiatives).where(eq(initiatives.id, id)).for("update") : [];
  if (!row) return refuse("initiative", id);
  const { after, record } = work(readDocument(row));
  const version = row.version + 1;
  checkVersion({ after, record }, id, version);
  const document = JSON.stringify(after);
  await db.update(initiatives).set({ version, document, changedAt: clock() }).where(eq(initiatives.id, id));
  await db.insert(initiativeRecords).values(toRow(record));
  return after;
}

/** A record of another document or version would be a fault of ours, and could never be taken back. */
function checkVersion({ after, record }: InitiativeChange, id: number, version: number): void {
  const fits = after.id === id && record.initiative === id && after.version === version && record.version === version;
  if (!fits)
    throw new Error(`Version ${version} of initiative ${id} was to be written, not ${describe(after, record)}.`);
}

function describe(after: Initiative, record: DeliveryRecord): string {
  return `${after.version} of ${after.id} with the record ${record.version} of ${record.initiative}`;
}

function toRow({ at, changes, ...record }: DeliveryRecord): RecordRow {
  return { ...record, at: new Date(at), changes: JSON.stringify(changes) };
}

function toRecord({ at, changes, ...row }: RecordRow): DeliveryRecord {
  return { ...row, at: at.toISOString(), changes: JSON.parse(changes) as DeliveryRecord["changes"] };
}

/** Where the parts of a document stand that a record may touch besides its subject. */
const LISTS = { requirement: "requirements", timebox: "timeboxes", increment: "increments" } as const;

/** A close-out is about its timebox, and about each requirement that it carries over: its changes name them. */
function isAbout(subject: string): SQL | undefined {
  const [, noun, id] = /^(requirement|timebox|increment) (\d+)$/u.exec(subject) ?? [];
  const named = eq(initiativeRecords.subject, subject);
  if (noun === undefined) return named;
  // Inside the texts of people a quotation mark is escaped: this is found in the name of a field only.
  const field = `"field":"${LISTS[noun as keyof typeof LISTS]}[${id}]`;
  return or(named, like(initiativeRecords.changes, `%${field}%`));
}

async function readRecords(db: Database, id: number, { subject, before, limit }: RecordQuery): Promise<RecordPage> {
  await readInitiative(db, id);
  const rows = await db
    .select()
    .from(initiativeRecords)
    .where(
      and(
        eq(initiativeRecords.initiative, id),
        subject === undefined ? undefined : isAbout(subject),
        before === undefined ? undefined : lt(initiativeRecords.version, before),
      ),
    )
    .orderBy(desc(initiativeRecords.version))
    // One more than is wanted says whether there are more.
    .limit(limit + 1);
  return { records: rows.slice(0, limit).map(toRecord), more: rows.length > limit };
}

function toGoal({ kpis, ...row }: GoalRow): Goal {
  return { ...row, kpis: JSON.parse(kpis) as string[] };
}

async function changeGoal(db: Database, id: number, change: GoalChange): Promise<void> {
  const [row] = fitsInteger(id) ? await db.select().from(goals).where(eq(goals.id, id)).for("update") : [];
  if (!row) return refuse("goal", id);
  const { title, kpis, owner } = { ...toGoal(row), ...change };
  await db
    .update(goals)
    .set({ title, kpis: JSON.stringify(kpis), owner })
    .where(eq(goals.id, id));
}

function refuse(what: "initiative" | "goal", id: number): never {
  throw new AppError("not-found", `There is no ${what} ${id}.`, { [what]: id });
}

/** A number the column cannot hold is a number no row has, not a fault of the engine. */
function fitsInteger(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= 2_147_483_647;
}
