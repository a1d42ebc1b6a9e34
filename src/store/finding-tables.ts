/**
 * Findings in their three tables: what was kept, its measurements, its comments.
 * Over whatever engine the state store runs; which transitions make sense is not decided here.
 */
import { asc, eq, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { AppError } from "../domain/app-error.ts";
import type { Finding, FindingComment, FindingMeasure } from "../domain/finding.ts";
import type { FindingChange, FindingStore, NewFinding } from "./finding-store.ts";
import { findingComments, findingMeasures, findings } from "./state-schema.ts";

type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;
type FindingRow = typeof findings.$inferSelect;

export interface FindingTables {
  /** Runs a transaction on the engine, and tells its faults. */
  readonly transaction: <Result>(work: (db: Database) => Promise<Result>) => Promise<Result>;
  readonly clock: () => Date;
}

export function openFindingTables({ transaction, clock }: FindingTables): FindingStore {
  const act = <Result>(id: number, work: (db: Database, row: FindingRow, now: Date) => Promise<Result>) => {
    const now = clock();
    return transaction(async (db) => work(db, await lockFinding(db, id), now));
  };
  return {
    list: () => transaction((db) => readFindings(db)),
    get: (id) =>
      transaction(async (db) => {
        const [finding] = fitsInteger(id) ? await readFindings(db, id) : [];
        return finding ?? refuse(id);
      }),
    add: (finding) => {
      const now = clock();
      return transaction((db) => insertFinding(db, finding, now));
    },
    update: (id, change) =>
      act(id, async (db, row, lastActionAt) => {
        const next = applyChange(row, change);
        await db
          .update(findings)
          .set({ ...next, lastActionAt })
          .where(eq(findings.id, id));
      }),
    comment: (id, comment) =>
      act(id, async (db, _, now) => {
        await db.update(findings).set({ lastActionAt: now }).where(eq(findings.id, id));
        const [row] = await db
          .insert(findingComments)
          .values({ finding: id, at: now, by: comment.by, text: comment.text })
          .returning({ id: findingComments.id });
        return (row as { id: number }).id;
      }),
    measure: (id, measure) => act(id, (db) => insertMeasure(db, id, measure)),
  };
}

/** One finding, or all in the order they were kept. */
async function readFindings(db: Database, id?: number): Promise<Finding[]> {
  const rows = await db
    .select()
    .from(findings)
    .where(id === undefined ? undefined : eq(findings.id, id))
    .orderBy(asc(findings.id));
  const measures = await db
    .select()
    .from(findingMeasures)
    .where(id === undefined ? undefined : eq(findingMeasures.finding, id))
    .orderBy(asc(findingMeasures.dataVersion));
  const comments = await db
    .select()
    .from(findingComments)
    .where(id === undefined ? undefined : eq(findingComments.finding, id))
    .orderBy(asc(findingComments.id));
  const measuresOf = groupByFinding(measures);
  const commentsOf = groupByFinding(comments);
  return rows.map(({ questionHash: _, ...row }) => ({
    ...row,
    question: JSON.parse(row.question) as Finding["question"],
    createdAt: row.createdAt.toISOString(),
    lastActionAt: row.lastActionAt.toISOString(),
    measures: (measuresOf.get(row.id) ?? []).map(toMeasure),
    comments: (commentsOf.get(row.id) ?? []).map(toComment),
  }));
}

function groupByFinding<Row extends { readonly finding: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) groups.set(row.finding, [...(groups.get(row.finding) ?? []), row]);
  return groups;
}

function toMeasure({ finding: _, ...row }: typeof findingMeasures.$inferSelect): FindingMeasure {
  return { ...row, measuredAt: row.measuredAt.toISOString() };
}

function toComment({ finding: _, ...row }: typeof findingComments.$inferSelect): FindingComment {
  return { ...row, at: row.at.toISOString() };
}

async function insertFinding(db: Database, finding: NewFinding, now: Date): Promise<number> {
  const { kind, title, question, questionHash, measure } = finding;
  const [row] = await db
    .insert(findings)
    .values({
      ...{ kind, title, question: JSON.stringify(question), questionHash },
      ...{ status: "open" as const, createdAt: now, lastActionAt: now },
    })
    .onConflictDoNothing({ target: findings.questionHash })
    .returning({ id: findings.id });
  if (!row) {
    const [kept] = await db.select({ id: findings.id }).from(findings).where(eq(findings.questionHash, questionHash));
    throw new AppError("conflict", `This is kept already, as finding ${kept?.id}.`, { finding: kept?.id });
  }
  await insertMeasure(db, row.id, measure);
  return row.id;
}

/** Of two who measured at once, the one on older data comes too late. */
async function insertMeasure(db: Database, finding: number, { measuredAt, ...measure }: FindingMeasure): Promise<void> {
  const [row] = await db
    .select({ newest: sql<string | null>`max(${findingMeasures.dataVersion})` })
    .from(findingMeasures)
    .where(eq(findingMeasures.finding, finding));
  if (Number(row?.newest ?? -1) >= measure.dataVersion) return;
  await db.insert(findingMeasures).values({ finding, measuredAt: new Date(measuredAt), ...measure });
}

function applyChange(row: FindingRow, change: FindingChange): Pick<FindingRow, "status" | "owner" | "reason"> {
  const { status = row.status, owner = row.owner } = change;
  if (status !== "dismissed") {
    if (change.reason)
      throw new AppError("invalid", "A reason is for a finding that is dismissed.", { field: "reason" });
    return { status, owner, reason: null };
  }
  const reason = change.reason ?? (row.status === "dismissed" ? row.reason : null);
  if (!reason) throw new AppError("invalid", "Say why it is dismissed: give a reason.", { field: "reason" });
  return { status, owner, reason };
}

/** To the end of the transaction nobody else changes it. */
async function lockFinding(db: Database, id: number): Promise<FindingRow> {
  const [row] = fitsInteger(id) ? await db.select().from(findings).where(eq(findings.id, id)).for("update") : [];
  return row ?? refuse(id);
}

function refuse(id: number): never {
  throw new AppError("not-found", `There is no finding ${id}.`, { finding: id });
}

/** A number the column cannot hold is a number no row has, not a fault of the engine. */
function fitsInteger(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= 2_147_483_647;
}
