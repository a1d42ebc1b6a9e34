/**
 * What is left to do once an import is live: prepare its journeys, count what it brought, note the workspace's habits.
 * It can be repeated from the start, so that a crash here only means doing it again on the next opening.
 */
import type { Mapping } from "../domain/mapping.ts";
import type { EventStore } from "../store/event-store.ts";
import type { ImportCounts, StateStore } from "../store/state-store.ts";
import { countDuplicates, countEvents, type RefusedCount, summarizeCounts } from "./count-import.ts";
import { findUnmapped } from "./import-touchpoints.ts";
import { collectLinks } from "./link-identities.ts";
import { prepareJourneys } from "./prepare-journeys.ts";

export interface PublishDeps {
  readonly events: EventStore;
  readonly state: StateStore;
}

/** What is known before the commit and cannot be found out after a crash. */
export interface RememberedLoad {
  readonly read: number;
  readonly refused: readonly RefusedCount[];
  readonly seconds: number;
}

export interface PublishedImport {
  readonly counts: ImportCounts;
  readonly customers: number;
  readonly duplicate: number;
  readonly unmapped: readonly string[];
}

const loadKey = (id: number): string => `import:${id}:load`;

export async function rememberLoad(state: StateStore, id: number, load: RememberedLoad): Promise<void> {
  await state.setSetting(loadKey(id), load);
}

/** Finishes a live import. @throws AppError unavailable; the import then stays live and unprepared */
export async function publishImport(
  deps: PublishDeps,
  id: number,
  onPhase?: (phase: string) => void,
): Promise<PublishedImport> {
  const { events, state } = deps;
  const started = performance.now();
  const record = await state.getImport(id);
  const mapping = record.mapping as Mapping;
  const live = (await state.listImports()).filter((one) => one.status === "live");
  onPhase?.("preparing journeys");
  await collectLinks(events, id);
  await prepareJourneys(events, {
    liveImports: live.map((one) => one.id),
    touchpoints: await state.listTouchpoints(),
    version: await state.dataVersion(),
    owners: { of: id },
  });
  onPhase?.("counting");
  const count = await countEvents(events, id);
  const others = live.filter((one) => one.id !== id && one.recipe === record.recipe).map((one) => one.id);
  const duplicate = await countDuplicates(events, id, others);
  const load = (await state.getSetting<RememberedLoad | null>(loadKey(id))) ?? {
    read: count.events,
    refused: [],
    seconds: 0,
  };
  const counts = summarizeCounts(load.read, count.events, duplicate, load.refused);
  await recordHabits(
    deps,
    id,
    mapping,
    live.map((one) => one.id),
  );
  const seconds = load.seconds + (performance.now() - started) / 1000;
  await state.finishImport(id, { events: counts, customers: count.customers, seconds });
  await state.setSetting(loadKey(id), null);
  return { counts, customers: count.customers, duplicate, unmapped: await findUnmapped(deps, id, mapping) };
}

/** Object types, main currency and, with the first import, zone and default journey of the workspace. */
async function recordHabits(deps: PublishDeps, id: number, mapping: Mapping, live: readonly number[]): Promise<void> {
  const { events, state } = deps;
  const rows = await events.query<{ type: string }>(
    "SELECT DISTINCT arrayJoin(objectTypes) AS type FROM raw WHERE import = {id:UInt32} ORDER BY type",
    { params: { id } },
  );
  const types = rows.map((row) => row.type);
  const known = (await state.getSetting<readonly string[]>("objectTypes")) ?? [];
  const all = [...new Set([...known, ...types])];
  if (all.length > known.length) await state.setSetting("objectTypes", all);
  if (mapping.zone !== undefined && (await state.getSetting("zone")) === undefined)
    await state.setSetting("zone", mapping.zone);
  if ((await state.getSetting("defaultJourney")) === undefined)
    await state.setSetting("defaultJourney", chooseJourney(mapping.journey, types));
  const currency = await findMainCurrency(deps, live);
  if (currency !== undefined) await state.setSetting("currency", currency);
}

function chooseJourney(hint: string | undefined, types: readonly string[]): string {
  const personal = ["life", "visit", "order-cycle"];
  if (hint !== undefined && (personal.includes(hint) || types.includes(hint))) return hint;
  return types.includes("case") ? "case" : "life";
}

/** The currency of most order events; of most events with a value when no touchpoint is an order. */
async function findMainCurrency(deps: PublishDeps, live: readonly number[]): Promise<string | undefined> {
  const orders = (await deps.state.listTouchpoints()).filter((touchpoint) => touchpoint.role === "order");
  const [row] = await deps.events.query<{ currency: string }>(
    `SELECT currency FROM raw WHERE import IN {live:Array(UInt32)} AND currency != ''
     GROUP BY currency ORDER BY countIf(touchpoint IN {orders:Array(String)}) DESC, count() DESC, currency LIMIT 1`,
    { params: { live, orders: orders.flatMap(({ rawNames }) => rawNames) } },
  );
  return row?.currency;
}
