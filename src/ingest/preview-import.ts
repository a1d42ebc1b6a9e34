/**
 * The first events of an import as people read them, in source order.
 */
import type { EventStore } from "../store/event-store.ts";

export interface PreviewEvent {
  /** Record number in the source, from 1. */
  readonly record: number;
  /** ISO 8601, UTC, with milliseconds. */
  readonly time: string;
  readonly customer: string;
  readonly touchpoint: string;
  readonly channel: string;
  readonly value: number | null;
  readonly currency: string;
  readonly score: number | null;
  readonly objects: readonly { readonly type: string; readonly id: string }[];
  readonly properties: Readonly<Record<string, string>>;
}

const FIRST = 10;

export async function previewEvents(store: EventStore, importId: number): Promise<readonly PreviewEvent[]> {
  const rows = await store.query<PreviewEvent & { types: readonly string[]; ids: readonly string[] }>(
    `SELECT toFloat64(ordinal) AS record, concat(replaceOne(toString(time), ' ', 'T'), 'Z') AS time,
       if(customerId = '', anonymousId, customerId) AS customer, touchpoint, channel, toFloat64(value) AS value, currency,
       score, objectTypes AS types, objectIds AS ids, properties
     FROM raw WHERE import = {id:UInt32} ORDER BY ordinal, rule LIMIT ${FIRST}`,
    { params: { id: importId } },
  );
  return rows.map(({ types, ids, ...row }) => ({
    ...row,
    objects: types.map((type, at) => ({ type, id: ids[at] ?? "" })),
  }));
}
