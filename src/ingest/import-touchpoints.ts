/**
 * The touchpoints an import brings: into the catalogue, with stage, channel and role from the mapping or by name.
 * It decides nothing about touchpoints that are already there: people may have edited them.
 */
import { AppError } from "../domain/app-error.ts";
import type { Mapping } from "../domain/mapping.ts";
import { touchpointDefaults } from "../domain/touchpoint-defaults.ts";
import type { EventStore } from "../store/event-store.ts";
import type { NewTouchpoint, StateStore } from "../store/state-store.ts";

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

/** Touchpoints of this import without a stage: in the catalogue, or as they would stand there. */
export async function findUnmapped(stores: Stores, importId: number, mapping: Mapping): Promise<readonly string[]> {
  const touchpoints = await stores.state.listTouchpoints();
  const known = new Map([
    ...touchpoints.map((touchpoint) => [touchpoint.name, touchpoint] as const),
    ...touchpoints.flatMap((touchpoint) => touchpoint.rawNames.map((name) => [name, touchpoint] as const)),
  ]);
  const names = await listNames(stores.events, importId);
  return names.filter((name) => (known.get(name) ?? describe(name, mapping)).stage === null);
}
