/**
 * What is written can be read again: by the proposal that Waymark makes itself, and by the mapping that comes with it.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../../test/command-line.ts";
import { readMappingFile } from "../recipes.ts";
import { simulatePlanted } from "./simulate-planted.ts";
import { writePlantedFiles } from "./write-planted-files.ts";

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
  const events = [...simulation.customers].reduce((sum, customer) => sum + customer.events.length, 0);
  expect(truth).toEqual(simulation.truth());
  expect(JSON.parse(await readFile(join(folder, "truth.json"), "utf8"))).toEqual(truth);
  const { events: rules } = await readMappingFile(join(folder, "mapping.yaml"));
  expect(rules[0]).toMatchObject({ traits: { segment: { column: "segment" } } });
  const holder = await cli.hold("planted");
  try {
    const { code, out, err } = await cli.run("planted", "import", join(folder, "events.csv"), "--yes", "--json");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    const [report] = (JSON.parse(out) as { imports: readonly unknown[] }).imports;
    expect(report).toMatchObject({
      customers: RUN.customers,
      events: { added: events, rejected: 0, skipped: {} },
    });
  } finally {
    await holder.close();
  }
});
