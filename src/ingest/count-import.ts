/**
 * What an import brought: records read, events added or already known, records refused and why, people.
 * It reads the import's own partition and temporary tables, before they are dropped.
 */
import type { EventStore } from "../store/event-store.ts";
import type { ImportCounts } from "../store/state-store.ts";
import { nameImportTables } from "./import-tables.ts";
import type { Problem, ProblemList } from "./problem-list.ts";

export interface RefusedCount extends Problem {
  readonly code: number;
  readonly records: number;
}

/** Records that became no event, by reason; most frequent first. */
export async function countRefused(
  store: EventStore,
  importId: number,
  problems: ProblemList,
): Promise<readonly RefusedCount[]> {
  const rows = await store.query<{ code: number; records: number }>(
    `SELECT code, toFloat64(count()) AS records FROM ${nameImportTables(importId).refused} GROUP BY code ORDER BY records DESC, code`,
  );
  return rows.map((row) => ({ ...problems.get(row.code), ...row }));
}

export interface EventCount {
  readonly events: number;
  readonly customers: number;
}

/** All events of the import, and the distinct people with a customer id among them. */
export async function countEvents(store: EventStore, importId: number): Promise<EventCount> {
  const [row] = await store.query<EventCount>(
    `SELECT toFloat64(count()) AS events, toFloat64(uniqExactIf(customer, customerId != '')) AS customers
     FROM raw WHERE import = {id:UInt32}`,
    { params: { id: importId } },
  );
  return row ?? { events: 0, customers: 0 };
}

/**
 * Events of this import that others brought too: the k-th equal record of one import is the k-th of another.
 * Equal records are of the same customer, and raw is ordered by customer: nobody else's events are read.
 */
export async function countDuplicates(store: EventStore, importId: number, others: readonly number[]): Promise<number> {
  if (others.length === 0) return 0;
  const [row] = await store.query<{ duplicate: number }>(
    `SELECT toFloat64(sum(least(mine, theirs))) AS duplicate FROM (
       SELECT sumIf(n, import = {id:UInt32}) AS mine, maxIf(n, import != {id:UInt32}) AS theirs FROM (
         SELECT rowHash, import, count() AS n FROM raw
         WHERE import IN {all:Array(UInt32)} AND customer IN (SELECT customer FROM raw WHERE import = {id:UInt32})
         GROUP BY rowHash, import)
       GROUP BY rowHash HAVING mine > 0 AND theirs > 0)`,
    {
      params: { id: importId, all: [importId, ...others] },
      settings: { max_bytes_before_external_group_by: 500_000_000 },
    },
  );
  return row?.duplicate ?? 0;
}

/** Puts the parts together as the contract shows them. */
export function summarizeCounts(
  read: number,
  events: number,
  duplicate: number,
  refused: readonly RefusedCount[],
): ImportCounts {
  const skipped: Record<string, number> = {};
  let rejected = 0;
  let repeated = 0;
  for (const { kind, reason, records } of refused) {
    if (kind === "reject") rejected += records;
    else if (kind === "repeat") repeated += records;
    else skipped[reason] = (skipped[reason] ?? 0) + records;
  }
  return { read, added: events - duplicate, duplicate: duplicate + repeated, rejected, skipped };
}
