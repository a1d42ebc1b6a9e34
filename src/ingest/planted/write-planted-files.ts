/**
 * Writes a planted world for anybody to score a method on: the events as a raw export, how to read them, and the truth.
 * `events.csv` alone says nothing of the truth; that is in truth.json.
 */
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { type FrictionRun, type FrictionTruthReport, simulateFrictions } from "./simulate-frictions.ts";
import { type PlantedCustomer, type PlantedRun, type PlantedTruth, simulatePlanted } from "./simulate-planted.ts";

const CHUNK = 1 << 20;

/** Waymark's own proposal reads the file too, with the segment as a property of events instead of the customer's. */
const MAPPING = `# The events of a planted world: waymark import events.csv --mapping mapping.yaml
recipe: planted
zone: UTC
files:
  events: { match: "events*.csv", format: csv }
events:
  - touchpoint: { column: event }
    time: { column: timestamp }
    timeFormat: iso
    customer: { column: customer }
    channel: { column: channel }
    objects:
      order: { column: order_id }
    traits:
      segment: { column: segment }
`;
const FRICTION_PROPERTIES = ["late", "failed", "topic"] as const;
/** Of friction worlds; a wait with a promise has it in truth.json, for `waymark expectations set`. */
const FRICTION_MAPPING = `${MAPPING}    score: { column: score }
    scale: 1-5
    properties:
${FRICTION_PROPERTIES.map((name) => `      ${name}: { column: ${name} }\n`).join("")}`;

function* formatCustomers(customers: Iterable<PlantedCustomer>, properties: readonly string[]): Generator<string> {
  const more = properties.length > 0 ? ["score", ...properties] : [];
  yield `${["customer", "event", "timestamp", "segment", "channel", "order_id", ...more].join(",")}\n`;
  for (const { id, segment, events } of customers)
    for (const { touchpoint, time, channel, order, score = null, properties: told = {} } of events) {
      const cells = [id, touchpoint, new Date(time).toISOString(), segment, channel, order];
      if (more.length > 0) cells.push(String(score ?? ""), ...properties.map((name) => told[name] ?? ""));
      yield `${cells.join(",")}\n`;
    }
}

async function writeEvents(file: string, lines: Iterable<string>): Promise<void> {
  const handle = await open(file, "w");
  try {
    let pending = "";
    for (const line of lines) {
      pending += line;
      if (pending.length < CHUNK) continue;
      await handle.write(pending);
      pending = "";
    }
    await handle.write(pending);
  } finally {
    await handle.close();
  }
}

async function writeWorld<Truth>(
  directory: string,
  simulation: { readonly customers: Iterable<PlantedCustomer>; truth(): Truth },
  mapping: string,
  properties: readonly string[] = [],
): Promise<Truth> {
  await mkdir(directory, { recursive: true });
  await writeEvents(join(directory, "events.csv"), formatCustomers(simulation.customers, properties));
  const truth = simulation.truth();
  await writeFile(join(directory, "mapping.yaml"), mapping);
  await writeFile(join(directory, "truth.json"), `${JSON.stringify(truth, null, 2)}\n`);
  return truth;
}

/**
 * Writes events.csv, mapping.yaml and truth.json into a folder, which is made when it is missing; files there are replaced.
 */
export function writePlantedFiles(directory: string, run: PlantedRun): Promise<PlantedTruth> {
  return writeWorld(directory, simulatePlanted(run), MAPPING);
}

/** The same of a friction world. */
export function writeFrictionFiles(directory: string, run: FrictionRun): Promise<FrictionTruthReport> {
  return writeWorld(directory, simulateFrictions(run), FRICTION_MAPPING, FRICTION_PROPERTIES);
}
