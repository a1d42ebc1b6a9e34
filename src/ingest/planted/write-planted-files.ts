/**
 * Writes a planted world for anybody to score a method on: the events as a raw export, how to read them, and the truth.
 * `events.csv` alone says nothing of the truth; that is in truth.json.
 */
import { mkdir, open, writeFile } from "node:fs/promises";
import { join } from "node:path";
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

function* formatCustomers(customers: Iterable<PlantedCustomer>): Generator<string> {
  yield "customer,event,timestamp,segment,channel,order_id\n";
  for (const { id, segment, events } of customers)
    for (const { touchpoint, time, channel, order } of events)
      yield `${id},${touchpoint},${new Date(time).toISOString()},${segment},${channel},${order}\n`;
}

/**
 * Writes events.csv, mapping.yaml and truth.json into a folder, which is made when it is missing; files there are replaced.
 */
export async function writePlantedFiles(directory: string, run: PlantedRun): Promise<PlantedTruth> {
  await mkdir(directory, { recursive: true });
  const simulation = simulatePlanted(run);
  const handle = await open(join(directory, "events.csv"), "w");
  try {
    let pending = "";
    for (const line of formatCustomers(simulation.customers)) {
      pending += line;
      if (pending.length < CHUNK) continue;
      await handle.write(pending);
      pending = "";
    }
    await handle.write(pending);
  } finally {
    await handle.close();
  }
  const truth = simulation.truth();
  await writeFile(join(directory, "mapping.yaml"), MAPPING);
  await writeFile(join(directory, "truth.json"), `${JSON.stringify(truth, null, 2)}\n`);
  return truth;
}
