/**
 * The commands of docs/cli.md on real data, as written there, against numbers that two other tools agreed on.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data) and says so when it is not.
 * The shops' KPIs are in kpis-real-data.test.ts.
 */
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import type { Answer } from "../src/api/operations.ts";
import type { Session } from "../src/api/session.ts";
import { type CommandLine, openCommandsHere } from "./command-line.ts";
import { hasRealData, REAL_DATA, readsLongData, whyLongSkipped, whySkipped } from "./real-data.ts";

describe.skipIf(!hasRealData)(`real data by the documented commands${whySkipped}`, () => {
  let cli: CommandLine;
  /** The engine allows one data folder a process: each test's workspace is closed before the next. */
  let holder: Session | undefined;

  beforeAll(async () => {
    cli = await openCommandsHere();
  });

  afterEach(() => holder?.close());
  afterAll(() => cli.close());

  /** Imports one file by its proposal into a workspace of its own, and returns a way to ask there. */
  async function importing(workspace: string, file: string) {
    holder = await cli.hold(workspace);
    const ask = async <Report>(...args: readonly string[]): Promise<Report> => {
      const { code, out, err } = await cli.run(workspace, ...args, "--json");
      expect({ code, err }).toEqual({ code: 0, err: "" });
      return JSON.parse(out) as Report;
    };
    await ask("import", join(REAL_DATA, file), "--yes");
    return ask;
  }

  const transitions = ({ edges }: Answer<"map">, from: string, to: string) =>
    edges.find((edge) => edge.from === from && edge.to === to)?.transitions;

  // Its CSV gives the same events (recipes.test.ts).
  test("helpdesk as XES", async () => {
    const ask = await importing("helpdesk", "helpdesk/helpdesk.xes.gz");
    const map = await ask<Answer<"map">>("map");
    expect(map).toMatchObject({ journey: "case", journeys: 4580 });
    expect(transitions(map, "Resolve ticket", "Closed")).toBe(4558);
    expect(transitions(map, "Assign seriousness", "Take in charge ticket")).toBe(4160);
    const variants = await ask<Answer<"variants">>("variants", "--top", "1");
    expect(variants).toMatchObject({ journeys: 4580, count: 226, other: { variants: 225, journeys: 4580 - 2366 } });
    expect(variants.variants).toEqual([
      {
        path: ["Assign seriousness", "Take in charge ticket", "Resolve ticket", "Closed"],
        journeys: 2366,
        share: 2366 / 4580,
        detour: null,
      },
    ]);
    expect((variants.medianSeconds ?? 0) / 86_400).toBeCloseTo(39.859, 3);
  });

  test.skipIf(!readsLongData)(`bpic2012, completed steps only${whyLongSkipped}`, async () => {
    const ask = await importing("bpic2012", "bpic2012/bpic2012.csv.gz");
    const map = await ask<Answer<"map">>("map", "--where", 'prop."lifecycle:transition" = "COMPLETE"');
    expect(transitions(map, "W_Nabellen offertes", "W_Nabellen offertes")).toBe(13_521);
    expect(transitions(map, "A_SUBMITTED", "A_PARTLYSUBMITTED")).toBe(13_087);
  });

  test("ecom by session", async () => {
    const ask = await importing("ecom", "ecom/ecom.csv.gz");
    const map = await ask<Answer<"map">>("map", "--journey", "session");
    expect(map.journeys).toBe(3605);
    expect(transitions(map, "catalog", "product_view")).toBe(1679);
    expect(transitions(map, "product_view", "catalog")).toBe(1403);
    const funnel = await ask<Answer<"funnel">>("funnel", "purchase", "--journey", "session");
    expect(funnel).toMatchObject({ total: 3605, entrants: 470 });
    const incident = ["--journey", "session", "--from", "2024-05-19", "--to", "2024-06-08", "--vs-outside"];
    const compared = await ask<Answer<"compare">>("compare", ...incident);
    expect(compared).toMatchObject({
      filter: { from: "2024-05-19", to: "2024-06-08", outside: false },
      vs: { from: "2024-05-19", to: "2024-06-08", outside: true, where: null },
    });
    expect(compared.edges.find(({ from, to }) => from === "payment_details" && to === "purchase")).toMatchObject({
      a: { transitions: 12, n: 175 },
      b: { transitions: 104, n: 534 },
    });
    const step = ["--step", "payment_details", "purchase", "--breakdown", "channel"];
    const split = await ask<Answer<"step-breakdown">>("compare", ...incident, ...step);
    expect(split.rows.map(({ value, a }) => [value, a.transitions, a.n])).toEqual([
      ["desktop", 8, 104],
      ["mobile", 4, 55],
      ["tablet", 0, 16],
    ]);
    const exits = await ask<Answer<"funnel-exits">>("funnel-exits", "cart", "purchase", "--journey", "session");
    expect(exits.steps).toMatchObject([{ touchpoint: "cart", missed: "purchase" }]);
  });
});
