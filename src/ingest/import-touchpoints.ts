/**
 * The touchpoints an import brings: into the catalogue, with stage, channel and role from the mapping or by name.
 * It decides nothing about touchpoints that are already there: people may have edited them.
 */
import { AppError } from "../domain/app-error.ts";
import type { Mapping } from "../domain/mapping.ts";
import { touchpointDefaults } from "../domain/touchpoint-defaults.ts";
import type { EventStore } from "../store/event-store.ts";
import type { NewTouchpoint, StateStore } from "../store/state-store.ts";
import { listCommonest } from "./count-touchpoints.ts";

const MAX_TOUCHPOINTS = 65_535;

interface Stores {
  readonly events: EventStore;
  readonly state: StateStore;
}

/** Names in order of first appearance in the source; one more than may be, so that too many are noticed. */
async function listNames(events: EventStore, importId: number): Promise<readonly string[]> {
  const rows = await events.query<{ touchpoint: string }>(
    `SELECT touchpoint FROM raw WHERE import = {id:UInt32} GROUP BY touchpoint
     ORDER BY min(ordinal), touchpoint LIMIT ${MAX_TOUCHPOINTS + 1}`,
    { params: { id: importId } },
  );
  return rows.map((row) => row.touchpoint);
}

function describe(name: string, mapping: Mapping): NewTouchpoint {
  const told = mapping.touchpoints && Object.hasOwn(mapping.touchpoints, name) ? mapping.touchpoints[name] : undefined;
  const guessed = touchpointDefaults(name);
  return {
    name,
    stage: told?.stage ?? guessed.stage,
    channel: told?.channel ?? guessed.channel,
    role: told?.role ?? guessed.role,
  };
}

/** @throws AppError invalid when there would be more touchpoints than journeys can number */
export async function registerTouchpoints(stores: Stores, importId: number, mapping: Mapping): Promise<void> {
  const names = await listNames(stores.events, importId);
  if (names.length > MAX_TOUCHPOINTS)
    throw new AppError(
      "invalid",
      `The mapping ${mapping.recipe} makes more than ${MAX_TOUCHPOINTS.toLocaleString("en-US")} different touchpoints, so the field touchpoint most likely reads a column of ids or free text. Choose a column that names the kind of event.`,
      { mapping: mapping.recipe, field: "touchpoint" },
    );
  await stores.state.ensureTouchpoints(names.map((name) => describe(name, mapping)));
}

/** By the names that events come in with: the touchpoint they count for, as it is or as it would be. */
async function readKnown({ state }: Stores, mapping: Mapping): Promise<(name: string) => NewTouchpoint> {
  const touchpoints = await state.listTouchpoints();
  const known = new Map([
    ...touchpoints.map((touchpoint) => [touchpoint.name, touchpoint] as const),
    ...touchpoints.flatMap((touchpoint) => touchpoint.rawNames.map((name) => [name, touchpoint] as const)),
  ]);
  return (name) => known.get(name) ?? describe(name, mapping);
}

/** Names of this import whose touchpoint has no stage: in the catalogue, or as it would stand there. */
export async function findUnmapped(stores: Stores, importId: number, mapping: Mapping): Promise<readonly string[]> {
  const find = await readKnown(stores, mapping);
  const names = await listNames(stores.events, importId);
  return names.filter((name) => find(name).stage === null);
}

export interface PreviewTouchpoint extends NewTouchpoint {
  /** The name that events come in with; `name` is that of their touchpoint. */
  readonly rawName: string;
  readonly events: number;
}

const COMMONEST = 50;

/** The commonest names of an import, and the touchpoints they lead to. */
export async function previewTouchpoints(
  stores: Stores,
  importId: number,
  mapping: Mapping,
): Promise<readonly PreviewTouchpoint[]> {
  const find = await readKnown(stores, mapping);
  return (await listCommonest(stores.events, importId, COMMONEST)).map(({ name: rawName, events }) => {
    const { name, stage, channel, role } = find(rawName);
    return { rawName, name, stage, channel, role, events };
  });
}
