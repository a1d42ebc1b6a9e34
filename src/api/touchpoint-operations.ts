/**
 * The catalogue of touchpoints over the API: what there is, and the edits that people make.
 * What an edit does to journeys is in ingest/edit-touchpoints.ts.
 */
import { z } from "zod";
import { roleSchema, stageSchema, touchpointSchema } from "../domain/touchpoint.ts";
import { countRawNames } from "../ingest/count-touchpoints.ts";
import { editTouchpoint } from "../ingest/edit-touchpoints.ts";
import type { Platform } from "../platform.ts";
import { type Call, defineOperation } from "./operation.ts";
import { takeTurn } from "./take-turn.ts";
import { BUILD, VERSION } from "./version.ts";

const rowSchema = touchpointSchema.extend({ events: z.int() });
const editedSchema = z.object({ touchpoint: touchpointSchema });

const name = z.string().min(1);
const newName = z.string().trim().min(1, "must not be empty").max(500, "must have at most 500 characters");
const label = z.string().trim().min(1, "must not be empty; null takes it away").max(200).nullable();

/** Events of each raw name, counted once a data version. */
async function readCounts({ state, events }: Platform): Promise<Readonly<Record<string, number>>> {
  const key = `touchpoint-events ${VERSION} ${BUILD}`;
  const dataVersion = await state.dataVersion();
  const stored = await state.getResult(key, dataVersion);
  if (stored !== undefined) return stored as Readonly<Record<string, number>>;
  const counts = Object.fromEntries(await countRawNames(events, await state.listImports()));
  await state.putResult(key, dataVersion, counts);
  return counts;
}

const touchpoints = defineOperation({
  summary: "The catalogue of touchpoints: stage, channel, role, owner, events, and the names those came in with.",
  output: z.object({ touchpoints: z.array(rowSchema), unmapped: z.array(z.string()) }),
  input: z.strictObject({}),
  local: false,
  run: async (platform) => {
    const catalogue = await platform.state.listTouchpoints();
    const counts = await readCounts(platform);
    const count = (rawName: string) => (Object.hasOwn(counts, rawName) ? (counts[rawName] ?? 0) : 0);
    return {
      touchpoints: catalogue.map((touchpoint) => ({
        ...touchpoint,
        events: touchpoint.rawNames.reduce((sum, rawName) => sum + count(rawName), 0),
      })),
      unmapped: catalogue.filter(({ stage }) => stage === null).map((touchpoint) => touchpoint.name),
    };
  },
});

/** In the caller's turn: which journeys are prepared depends on the imports that are live, and on the catalogue. */
async function edit(platform: Platform, change: Parameters<typeof editTouchpoint>[1], call: Call) {
  const { events, state } = platform;
  const touchpoint = await takeTurn(platform, call, () =>
    editTouchpoint({ events, state }, change, {
      signal: call.signal,
      onPreparing: (customers) =>
        call.onProgress({ phase: "preparing journeys", done: 0, total: customers, unit: "customers" }),
    }),
  );
  return { touchpoint };
}

const setTouchpoint = defineOperation({
  summary:
    "Sets stage, channel, role or owner of a touchpoint (null takes it away), or hides it from the journey's views.",
  output: editedSchema,
  input: z.strictObject({
    name,
    stage: stageSchema.nullable().optional(),
    channel: label.optional(),
    role: roleSchema.nullable().optional(),
    owner: label.optional(),
    hidden: z.boolean().optional(),
  }),
  local: false,
  run: (platform, { name: which, stage, channel, role, owner, hidden }, call) => {
    const change = {
      ...(stage !== undefined && { stage }),
      ...(channel !== undefined && { channel }),
      ...(role !== undefined && { role }),
      ...(owner !== undefined && { owner }),
      ...(hidden !== undefined && { hidden }),
    };
    return edit(platform, { kind: "set", name: which, change }, call);
  },
});

const renameTouchpoint = defineOperation({
  summary: "Gives a touchpoint another name; later events of the old name still count for it.",
  output: editedSchema,
  input: z.strictObject({ name, to: newName }),
  local: false,
  run: (platform, { name: which, to }, call) => edit(platform, { kind: "rename", name: which, to }, call),
});

const mergeTouchpoints = defineOperation({
  summary: "Counts several touchpoints as one from now on; split-touchpoint takes it back.",
  output: editedSchema,
  input: z.strictObject({ names: z.array(name).min(1), into: name }),
  local: false,
  run: (platform, { names, into }, call) => edit(platform, { kind: "merge", names, into }, call),
});

const splitTouchpoint = defineOperation({
  summary: "Takes a merge back: events that came in under this raw name have a touchpoint of their own again.",
  output: editedSchema,
  input: z.strictObject({ name, rawName: name }),
  local: false,
  run: (platform, { name: which, rawName }, call) => edit(platform, { kind: "split", name: which, rawName }, call),
});

export const TOUCHPOINT_OPERATIONS = {
  touchpoints,
  "set-touchpoint": setTouchpoint,
  "rename-touchpoint": renameTouchpoint,
  "merge-touchpoints": mergeTouchpoints,
  "split-touchpoint": splitTouchpoint,
} as const;
