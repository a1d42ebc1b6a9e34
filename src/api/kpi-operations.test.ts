/** Annotations, targets and settings on a real workspace: what is kept, what is refused, and what makes answers new. */
import { readFile } from "node:fs/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import { KPI_DEFINITIONS } from "../analysis/kpi-definitions.ts";
import { KPI_FAMILIES } from "../analysis/kpi-families.ts";
import type { Platform } from "../platform.ts";
import { type Answer, findOperation, type OperationName, runOperation } from "./operations.ts";

let workspace: TemporaryWorkspace;
let platform: Platform;

beforeAll(async () => {
  workspace = await openTemporaryWorkspace(() => new Date("2026-01-05T08:00:00Z"));
  platform = workspace.platform;
});
afterAll(() => workspace.close());

const call = { signal: new AbortController().signal, onProgress: () => undefined };
/** The answer, held against the operation's own description of it. */
async function ask<Name extends OperationName>(name: Name, input: object = {}): Promise<Answer<Name>> {
  const answer = await runOperation(platform, name, input, call);
  expect(findOperation(name)?.output.safeParse(answer).error).toBeUndefined();
  return answer as Answer<Name>;
}

describe("annotations", () => {
  test("are listed by day and taken away, and make no answer new", async () => {
    const before = await platform.state.dataVersion();
    const sale = await ask("annotate", { date: "2025-06-01", text: "  a sale " });
    expect(sale).toEqual({ id: sale.id, date: "2025-06-01", text: "a sale", createdAt: "2026-01-05T08:00:00.000Z" });
    const outage = await ask("annotate", { date: "2024-02-29", text: "an outage" });
    expect((await ask("annotations")).annotations).toEqual([outage, sale]);
    expect(await ask("remove-annotation", { id: sale.id })).toEqual({ id: sale.id });
    expect((await ask("annotations")).annotations).toEqual([outage]);
    await expect(ask("remove-annotation", { id: sale.id })).rejects.toMatchObject({ code: "not-found" });
    expect(await platform.state.dataVersion()).toBe(before);
  });

  test.each([
    { date: "2025-02-29", text: "no such day" },
    { date: "2025-2-1", text: "no date" },
    { date: "2025-02-01", text: "   " },
    { date: "2025-02-01", text: "x".repeat(501) },
  ])("$date «$text» is refused", async (note) => {
    await expect(ask("annotate", note)).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("targets", () => {
  test("are set, changed and taken away", async () => {
    await ask("set-target", { kpi: "conversion", target: 0.12, baseline: 0.1 });
    const { targets } = await ask("set-target", { kpi: "csat:Review Answered", target: 0.9 });
    expect(targets.map(({ kpi, target, baseline }) => [kpi, target, baseline])).toEqual([
      ["conversion", 0.12, 0.1],
      ["csat:Review Answered", 0.9, null],
    ]);
    expect((await ask("set-target", { kpi: "conversion", target: null, baseline: null })).targets).toHaveLength(1);
    expect((await ask("targets")).targets).toHaveLength(1);
  });

  test.each([
    ["of no KPI", { kpi: "turnover", target: 1 }],
    ["of a score without its touchpoint", { kpi: "nps", target: 40 }],
    ["of 12 for a share", { kpi: "conversion", target: 12 }],
    ["that is no number", { kpi: "orders", target: "many" }],
  ])("%s are refused", async (_, target) => {
    await expect(ask("set-target", target)).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("settings", () => {
  test("change zone and default journey, and answers are then new", async () => {
    expect(await ask("settings")).toMatchObject({ zone: "UTC", defaultJourney: "life", currency: "" });
    const before = await platform.state.dataVersion();
    expect(await ask("set-settings", { zone: "Asia/Kolkata", defaultJourney: "visit" })).toMatchObject({
      ...{ zone: "Asia/Kolkata", defaultJourney: "visit", journeys: ["life", "visit", "order-cycle"] },
    });
    expect(await platform.state.dataVersion()).toBe(before + 2);
    expect(await ask("overview")).toMatchObject({ zone: "Asia/Kolkata", journey: "visit" });
    await ask("set-settings", { zone: "Asia/Kolkata" });
    expect(await platform.state.dataVersion()).toBe(before + 2);
  });

  test.each([
    [{ zone: "Mars/Olympus" }, "invalid"],
    [{ zone: "+01:00" }, "invalid"],
    [{ zone: "" }, "invalid"],
    [{ defaultJourney: "case" }, "not-found"],
    [{ zone: "UTC", defaultJourney: "case" }, "not-found"],
    [{}, "invalid"],
  ])("%j is refused whole", async (input, code) => {
    const before = await ask("settings");
    await expect(ask("set-settings", input)).rejects.toMatchObject({ code });
    expect(await ask("settings")).toEqual(before);
  });
});

describe("definitions", () => {
  test("there is one for every KPI, and docs/kpis.md has it", async () => {
    const { kpis } = await ask("kpi-definitions");
    expect(kpis.map(({ id }) => id).sort()).toEqual(KPI_FAMILIES.flatMap(({ ids }) => ids).sort());
    const manual = await readFile(new URL("../../docs/kpis.md", import.meta.url), "utf8");
    for (const { id, perTouchpoint } of KPI_DEFINITIONS)
      expect(manual).toContain(`| \`${perTouchpoint ? `${id}:TOUCHPOINT` : id}\` |`);
  });

  test("an empty workspace has trends without points and an overview without headline", async () => {
    expect(await ask("kpi-trend", { kpi: "orders" })).toMatchObject({ points: [], endOfData: null });
    expect(await ask("kpi-breakdown", { kpi: "orders", by: "channel" })).toMatchObject({ rows: [] });
    expect(await ask("overview")).toMatchObject({ events: 0, imports: 0, periods: null, headline: [], changes: [] });
  });
});
