/**
 * The customers behind numbers of real data, and the detours of real paths, against the analyses that show those numbers.
 * Runs where the data folder is (WAYMARK_DATA, default ../shared/data); what is written out was counted by other tools.
 */
import { describe, expect, it } from "vitest";
import { readCustomerJourneys } from "../src/analysis/customer-journey.ts";
import { type CustomersQuery, listCustomers } from "../src/analysis/journey-list.ts";
import { analyzeMeasuredJourney } from "../src/analysis/measured-journey.ts";
import { analyzeProfile } from "../src/analysis/profile.ts";
import { analyzeVariants } from "../src/analysis/variants.ts";
import { hasRealData, whySkipped } from "./real-data.ts";
import { importRealData } from "./temporary-workspace.ts";

describe.skipIf(!hasRealData)(`helpdesk${whySkipped}`, () => {
  const context = importRealData("helpdesk/helpdesk.csv.gz").context;
  const count = async (query: CustomersQuery) => (await listCustomers(context(), { ...query, limit: 1 })).total;

  it("opens nodes, steps and ends of the map", async () => {
    const { nodes, edges } = await analyzeMeasuredJourney(context(), {});
    // 1,236 cases wait: the README's number, counted by other tools.
    expect(await count({ select: { kind: "touchpoint", touchpoint: "Wait" } })).toBe(1236);
    const [first, second] = edges;
    for (const edge of [first, second, edges.find(({ from, to }) => from === to)]) {
      if (!edge) throw new Error("the map has steps");
      expect(await count({ select: { kind: "step", from: edge.from, to: edge.to } })).toBe(edge.journeys);
    }
    const closed = nodes.find(({ touchpoint }) => touchpoint === "Closed");
    expect(await count({ select: { kind: "end", touchpoint: "Closed" } })).toBe(closed?.ends);
    expect(await count({ by: "stage", select: { kind: "touchpoint", touchpoint: "unmapped" } })).toBe(4580);
  });

  it("names the commonest detours, and opens their variants", async () => {
    const { variants } = await analyzeVariants(context(), { top: 8 });
    expect(variants.map(({ journeys, detour }) => [journeys, detour?.added, detour?.skipped])).toEqual([
      [2366, undefined, undefined],
      [552, ["Wait"], []],
      [228, ["Wait", "Take in charge ticket"], []],
      [213, ["Assign seriousness"], []],
      [164, [], ["Take in charge ticket"]],
      [109, ["Resolve ticket"], []],
      [69, ["Insert ticket"], []],
      [62, ["Resolve ticket"], ["Take in charge ticket"]],
    ]);
    for (const { path, journeys } of variants.slice(0, 3))
      expect(await count({ select: { kind: "path", path } })).toBe(journeys);
  });

  it("leads from a row to the customer's own journeys", async () => {
    const { rows } = await listCustomers(context(), { select: { kind: "touchpoint", touchpoint: "Wait" }, limit: 3 });
    expect(rows.length).toBe(3);
    for (const row of rows) {
      const { journeys } = await readCustomerJourneys(context(), { customer: row.customer ?? "", journey: "case" });
      const journey = journeys.find(({ owner }) => owner === row.owner);
      expect(journey).toMatchObject({ start: row.start, end: row.end, durationSeconds: row.durationSeconds });
      expect(journey?.events.length).toBe(row.events);
      expect(journey?.events.map(({ touchpoint }) => touchpoint)).toContain("Wait");
    }
  });

  it("tells who takes the detour", async () => {
    const report = await analyzeProfile(context(), { select: { kind: "touchpoint", touchpoint: "Wait" } });
    expect(report).toMatchObject({ n: 1236, others: 4580 - 1236 });
    // Counted in plain Python over the file: cases with and without Wait in which this person had a hand.
    expect(report.fields[0]).toMatchObject({
      ...{ field: "prop.org:resource", value: "Value 5" },
      selected: { count: 785, n: 1236 },
      rest: { count: 2921, n: 3344 },
    });
  });
});
