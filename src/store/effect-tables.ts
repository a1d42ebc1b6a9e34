/**
 * Registered measurements in their three tables: the plan, what was measured, what was said.
 * Over whatever engine the state store runs; that a plan is frozen at its switch-on is enforced here, in the transaction.
 */
import { and, asc, desc, eq, getTableColumns, ne, sql } from "drizzle-orm";
import type { PgDatabase, PgQueryResultHKT } from "drizzle-orm/pg-core";
import { AppError } from "../domain/app-error.ts";
import { type EffectMeasure, type EffectPlan, FROZEN_QUESTION, refuseFrozen } from "../domain/effect-plan.ts";
import { writeMoment } from "../domain/moment.ts";
import type { EffectChange, EffectRegistration, EffectStore, NewEffect } from "./effect-store.ts";
import { effectComments, effectMeasures, effects, findings, workspace } from "./state-schema.ts";

type Database = PgDatabase<PgQueryResultHKT, Record<string, never>>;
type EffectRow = typeof effects.$inferSelect;
type MeasureRow = Omit<typeof effectMeasures.$inferSelect, "report">;

export interface EffectTables {
  /** Runs a transaction on the engine, and tells its faults. */
  readonly transaction: <Result>(work: (db: Database) => Promise<Result>) => Promise<Result>;
  readonly clock: () => Date;
}

export function openEffectTables({ transaction, clock }: EffectTables): EffectStore {
  const act = <Result>(id: number, work: (db: Database, row: EffectRow, now: Date) => Promise<Result>) =>
    transaction(async (db) => {
      const row = await lockEffect(db, id);
      // Only now: whoever waited for the lock may have waited past the switch-on.
      return work(db, row, clock());
    });
  return {
    list: () => transaction((db) => readEffects(db)),
    get: (id) =>
      transaction(async (db) => {
        const [effect] = fitsInteger(id) ? await readEffects(db, id) : [];
        return effect ?? refuse(id);
      }),
    newestReport: (id) => act(id, (db) => readNewest(db, id)),
    add: (effect) => transaction((db) => insertEffect(db, effect, clock)),
    update: (id, change) => transaction((db) => changeEffect(db, id, change, clock)),
    remove: (id) =>
      act(id, async (db, row, now) => {
        refuseFrozen(toTimes(row), now, "it stays, however it ends");
        await db.delete(effectComments).where(eq(effectComments.effect, id));
        await db.delete(effects).where(eq(effects.id, id));
      }),
    comment: (id, { by, text }) =>
      act(id, async (db, _, at) => {
        const [row] = await db
          .insert(effectComments)
          .values({ effect: id, at, by, text })
          .returning({ id: effectComments.id });
        return (row as { id: number }).id;
      }),
    measure: (id, measure, report) =>
      act(id, async (db, row, now) => {
        if (now < row.switchOn) throw tooEarly(row);
        await insertMeasure(db, id, measure, report);
      }),
  };
}

/** One effect, or all in the order they were planned. */
async function readEffects(db: Database, id?: number): Promise<EffectPlan[]> {
  const rows = await db
    .select()
    .from(effects)
    .where(id === undefined ? undefined : eq(effects.id, id))
    .orderBy(asc(effects.id));
  const { report: _, ...columns } = getTableColumns(effectMeasures);
  const measures = await db
    .select(columns)
    .from(effectMeasures)
    .where(id === undefined ? undefined : eq(effectMeasures.effect, id))
    .orderBy(asc(effectMeasures.dataVersion));
  const comments = await db
    .select()
    .from(effectComments)
    .where(id === undefined ? undefined : eq(effectComments.effect, id))
    .orderBy(asc(effectComments.id));
  const [measuresOf, commentsOf] = [groupByEffect(measures), groupByEffect(comments)];
  return rows.map((row) => ({
    ...toPlan(row),
    measures: (measuresOf.get(row.id) ?? []).map(toMeasure),
    comments: (commentsOf.get(row.id) ?? []).map(({ effect: _, ...comment }) => ({
      ...comment,
      at: comment.at.toISOString(),
    })),
  }));
}

function groupByEffect<Row extends { readonly effect: number }>(rows: readonly Row[]): Map<number, Row[]> {
  const groups = new Map<number, Row[]>();
  for (const row of rows) groups.set(row.effect, [...(groups.get(row.effect) ?? []), row]);
  return groups;
}

function toTimes({ id, zone, switchOn, registeredAt }: EffectRow) {
  return { id, zone, switchOn: switchOn.toISOString(), registeredAt: registeredAt.toISOString() };
}

function toPlan({ questionHash: _, ...row }: EffectRow): Omit<EffectPlan, "measures" | "comments"> {
  return {
    ...row,
    ...toTimes({ questionHash: _, ...row }),
    question: JSON.parse(row.question) as EffectPlan["question"],
    baseline: row.baseline === null ? null : (JSON.parse(row.baseline) as EffectPlan["baseline"]),
    foreseen: JSON.parse(row.foreseen) as EffectPlan["foreseen"],
    until: row.until.toISOString(),
    createdAt: row.createdAt.toISOString(),
  };
}

function toMeasure({ effect: _, relativeEstimate, relativeLow, relativeHigh, ...row }: MeasureRow): EffectMeasure {
  const relative =
    relativeEstimate === null || relativeLow === null || relativeHigh === null
      ? null
      : { estimate: relativeEstimate, low: relativeLow, high: relativeHigh };
  return { ...row, measuredAt: row.measuredAt.toISOString(), relative };
}

async function readNewest(db: Database, id: number): Promise<unknown> {
  const [row] = await db
    .select({ report: effectMeasures.report })
    .from(effectMeasures)
    .where(eq(effectMeasures.effect, id))
    .orderBy(desc(effectMeasures.dataVersion))
    .limit(1);
  return row && JSON.parse(row.report);
}

function toColumns({ question, questionHash, zone, switchOn, until, baseline, foreseen }: EffectRegistration) {
  return {
    ...{ question: JSON.stringify(question), questionHash, zone },
    ...{ switchOn: new Date(switchOn), until: new Date(until) },
    ...{ baseline: baseline === null ? null : JSON.stringify(baseline), foreseen: JSON.stringify(foreseen) },
  };
}

async function insertEffect(db: Database, effect: NewEffect, clock: () => Date): Promise<number> {
  await takeTurn(db);
  await refuseTwice(db, effect.questionHash);
  await checkFinding(db, effect.finding);
  const now = clock();
  const { name, why, finding } = effect;
  const [row] = await db
    .insert(effects)
    .values({ name, why, finding, ...toColumns(effect), createdAt: now, registeredAt: now })
    .returning({ id: effects.id });
  return (row as { id: number }).id;
}

async function changeEffect(db: Database, id: number, change: EffectChange, clock: () => Date): Promise<void> {
  await takeTurn(db);
  const row = await lockEffect(db, id);
  const now = clock();
  const { name = row.name, why = row.why, finding = row.finding, registration } = change;
  if (registration) {
    refuseFrozen(toTimes(row), now, FROZEN_QUESTION);
    await refuseTwice(db, registration.questionHash, id);
  }
  if (finding !== row.finding) await checkFinding(db, finding);
  await db
    .update(effects)
    .set({ name, why, finding, ...(registration ? { ...toColumns(registration), registeredAt: now } : {}) })
    .where(eq(effects.id, id));
}

/** Of two who register the same question at once the second one sees the first one's. */
async function takeTurn(db: Database): Promise<void> {
  await db.select().from(workspace).for("update");
}

/** @param id the effect that may have the question */
async function refuseTwice(db: Database, questionHash: string, id = 0): Promise<void> {
  const [other] = await db
    .select({ id: effects.id })
    .from(effects)
    .where(and(eq(effects.questionHash, questionHash), ne(effects.id, id)));
  if (!other) return;
  throw new AppError("conflict", `This is registered already, as effect ${other.id}.`, { effect: other.id });
}

/** Findings are never deleted: one that is there stays. */
async function checkFinding(db: Database, id: number | null): Promise<void> {
  if (id === null) return;
  const [row] = fitsInteger(id) ? await db.select({ id: findings.id }).from(findings).where(eq(findings.id, id)) : [];
  if (!row) throw new AppError("not-found", `There is no finding ${id}.`, { finding: id });
}

/** Of two who measured at once, the one on older data comes too late. */
async function insertMeasure(db: Database, effect: number, measure: EffectMeasure, report: unknown): Promise<void> {
  const [newest] = await db
    .select({ dataVersion: sql<string | null>`max(${effectMeasures.dataVersion})` })
    .from(effectMeasures)
    .where(eq(effectMeasures.effect, effect));
  if (Number(newest?.dataVersion ?? -1) >= measure.dataVersion) return;
  const { measuredAt, relative, ...numbers } = measure;
  await db.insert(effectMeasures).values({
    ...{ effect, ...numbers, measuredAt: new Date(measuredAt), report: JSON.stringify(report) },
    ...{ relativeEstimate: relative?.estimate, relativeLow: relative?.low, relativeHigh: relative?.high },
  });
}

/** To the end of the transaction nobody else changes it. */
async function lockEffect(db: Database, id: number): Promise<EffectRow> {
  const [row] = fitsInteger(id) ? await db.select().from(effects).where(eq(effects.id, id)).for("update") : [];
  return row ?? refuse(id);
}

function refuse(id: number): never {
  throw new AppError("not-found", `There is no effect ${id}.`, { effect: id });
}

function tooEarly({ id, zone, switchOn }: EffectRow): AppError {
  const at = switchOn.toISOString();
  const day = writeMoment(at, zone);
  return new AppError("conflict", `Effect ${id} is switched on ${day}: there is nothing to measure before.`, {
    ...{ effect: id, switchOn: at },
  });
}

/** A number the column cannot hold is a number no row has, not a fault of the engine. */
function fitsInteger(id: number): boolean {
  return Number.isInteger(id) && id > 0 && id <= 2_147_483_647;
}
