/**
 * Edits of the touchpoint catalogue, and the journeys of those whom an edit concerns: merged, split, or cut elsewhere.
 * Raw events keep the names they came in with, so every edit can be taken back; what it changes is in the state store.
 */
import type { Touchpoint } from "../domain/touchpoint.ts";
import type { EventStore } from "../store/event-store.ts";
import type { StateStore, TouchpointEdit } from "../store/state-store.ts";
import { prepareJourneys } from "./prepare-journeys.ts";

export interface EditDeps {
  readonly events: EventStore;
  readonly state: StateStore;
}

export interface EditOptions {
  /** Heard until the edit is committed; after that it is always completed. */
  readonly signal?: AbortSignal;
  /** Told before journeys are prepared: how many customers that concerns. */
  readonly onPreparing?: (customers: number) => void;
}

/**
 * Changes one touchpoint. Until the commit an abort or error leaves nothing behind; after it the edit stands, and what is
 * left to do is done here or, after a crash, on the next opening.
 * @returns the touchpoint set, renamed, merged into or split off
 * @throws AppError not-found, conflict, invalid, unavailable; the signal's reason
 */
export async function editTouchpoint(
  deps: EditDeps,
  edit: TouchpointEdit,
  { signal, onPreparing }: EditOptions = {},
): Promise<Touchpoint> {
  signal?.throwIfAborted();
  // One that failed half-way, for lack of memory perhaps, would otherwise leave journeys of two catalogues.
  await finishEdits(deps, onPreparing);
  signal?.throwIfAborted();
  const touchpoint = await deps.state.editTouchpoint(edit);
  await finishEdits(deps, onPreparing);
  return touchpoint;
}

/**
 * Prepares whom the last edits concern. It can be repeated from the start.
 * @returns the raw names that were waiting for it
 */
export async function finishEdits(
  { events, state }: EditDeps,
  onPreparing?: EditOptions["onPreparing"],
): Promise<readonly string[]> {
  const waiting = await state.listUnprepared();
  if (waiting.length === 0) return waiting;
  const live = (await state.listImports()).filter(({ status }) => status === "live").map(({ id }) => id);
  if (onPreparing) onPreparing(await countCustomers(events, live, waiting));
  await prepareJourneys(events, {
    liveImports: live,
    touchpoints: await state.listTouchpoints(),
    version: await state.dataVersion(),
    owners: { having: waiting },
  });
  await state.finishTouchpoints(waiting);
  return waiting;
}

async function countCustomers(events: EventStore, live: readonly number[], names: readonly string[]): Promise<number> {
  const [row] = await events.query<{ customers: number }>(
    `SELECT toFloat64(uniqExactIf(customer, customer != 0)) AS customers FROM raw
     WHERE import IN {live:Array(UInt32)} AND touchpoint IN {names:Array(String)}`,
    { params: { live, names } },
  );
  return row?.customers ?? 0;
}
