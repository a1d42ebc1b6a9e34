/**
 * What is written can be read again: by the proposal that Waymark makes itself, and by the mapping that comes with it.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../../test/command-line.ts";
import { readMappingFile } from "../recipes.ts";
import { simulateFrictions } from "./simulate-frictions.ts";
import { type PlantedCustomer, simulatePlanted } from "./simulate-planted.ts";
import { writeFrictionFiles, writePlantedFiles } from "./write-planted-files.ts";

const countEvents = (customers: Iterable<PlantedCustomer>) =>
  [...customers].reduce((sum, customer) => sum + customer.events.length, 0);

async function importInto(workspace: string, ...options: readonly string[]): Promise<unknown> {
  const holder = await cli.hold(workspace);
  try {
    const { code, out, err } = await cli.run(workspace, "import", join(folder, "events.csv"), ...options, "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    return (JSON.parse(out) as { imports: readonly unknown[] }).imports[0];
  } finally {
    await holder.close();
  }
}

const RUN = { scenario: "loyalty", seed: 1, customers: 60 } as const;

let folder: string;
let cli: CommandLine;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "waymark-planted-"));
  cli = await openCommandsHere();
});
afterEach(async () => {
  await cli.close();
  await rm(folder, { recursive: true, force: true });
});

test("the files are read by their own mapping and by the proposal, and the truth is that of the run", async () => {
  const truth = await writePlantedFiles(folder, RUN);
  const simulation = simulatePlanted(RUN);
  const events = countEvents(simulation.customers);
  expect(truth).toEqual(simulation.truth());
  expect(JSON.parse(await readFile(join(folder, "truth.json"), "utf8"))).toEqual(truth);
  const { events: rules } = await readMappingFile(join(folder, "mapping.yaml"));
  expect(rules[0]).toMatchObject({ traits: { segment: { column: "segment" } } });
  expect(await importInto("planted", "--yes")).toMatchObject({ customers: 60, events: { added: events, rejected: 0 } });
});

test("those of frictions bring scores and properties along", async () => {
  const run = { scenario: "frictions", seed: 1, customers: 60 } as const;
  const truth = await writeFrictionFiles(folder, run);
  const simulation = simulateFrictions(run);
  const events = countEvents(simulation.customers);
  expect(truth).toEqual(simulation.truth());
  const report = await importInto("frictions", "--mapping", join(folder, "mapping.yaml"));
  expect(report).toMatchObject({ events: { added: events, rejected: 0, skipped: {} } });
  const { out } = await cli.run("frictions", "fields", "--json");
  const { properties } = JSON.parse(out) as { properties: readonly { name: string }[] };
  expect(properties.map(({ name }) => name).toSorted()).toEqual(["failed", "late", "topic"]);
});
