/**
 * Initiatives on a real workspace, from their beginning to a finding that is verified by a measured effect: what is kept,
 * recorded, refused and answered. What actions do and which rules there are is tested beside src/delivery.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import type { DeliveryAction } from "../domain/dsdm/action.ts";
import type { EffectMeasure } from "../domain/effect-plan.ts";
import type { Platform } from "../platform.ts";
import { type Answer, findOperation, type OperationName, runOperation } from "./operations.ts";

const START = Date.parse("2026-03-02T23:30:00Z");
const MINUTE = 60_000;

let workspace: TemporaryWorkspace;
let platform: Platform;
let now = START;

beforeAll(async () => {
  workspace = await openTemporaryWorkspace(() => new Date(now));
  platform = workspace.platform;
  await ask("set-settings", { zone: "Europe/Berlin" });
});
afterAll(() => workspace.close());

const call = { signal: new AbortController().signal, onProgress: () => undefined };
/** The answer, held against the operation's own description of it. */
async function ask<Name extends OperationName>(name: Name, input: object = {}): Promise<Answer<Name>> {
  const answer = await runOperation(platform, name, input, call);
  expect(findOperation(name)?.output.safeParse(answer).error).toBeUndefined();
  return answer as Answer<Name>;
}

/** A minute later each time. */
function change(id: number, action: DeliveryAction, said: { author?: string; reason?: string } = {}) {
  now += MINUTE;
  return ask("change-initiative", { id, author: "Ada", ...said, action });
}
const begin = async (more: object = {}) =>
  (await ask("create-initiative", { title: "Parcels in time", author: "Ada", ...more })).id;

let kept = 0;
const keepFinding = (title: string) =>
  platform.state.findings.add({
    ...{ kind: "moment", title, questionHash: `${title} ${kept++}`, question: {} },
    measure: {
      ...{ measuredAt: new Date(now).toISOString(), dataVersion: 0, method: "made up", effect: -0.05, low: -0.08 },
      ...{ high: -0.02, q: 0.01, reach: 900, impact: -45, money: -1200, months: 4, claimed: true, reason: null },
    },
  });

/** Registered before its switch-on of long ago. */
function registerEffect(name: string, finding: number | null = null): Promise<number> {
  return platform.state.effects.add({
    ...{ name, why: null, finding, questionHash: `${name} ${kept++}`, zone: "UTC", baseline: null },
    question: {
      ...{ design: "staged", metric: { kind: "share", event: 'touchpoint = "Order Placed"' }, unit: "customer" },
      ...{ by: "customer.group", switchOn: { A: "2026-02-01" }, until: "2026-03-01", period: "week", adjust: true },
      ...{ peeking: false, controls: "never", minEffect: 0.02, lowerIsBetter: false, confidence: 0.95 },
    },
    ...{ switchOn: "2026-01-31T23:30:00.000Z", until: "2026-03-01T00:00:00.000Z" },
    foreseen: {
      ...{ power: 0.8, unitsNeeded: null, unitsPerDay: null, days: null, weeks: null, unitsByStop: null },
      ...{ smallestEffect: null, reason: "made up" },
    },
  });
}
const MEASURED = { n: 1_240, estimate: 0.2, low: 0.15, high: 0.25 };
let dataVersion = 1;
const measure = (effect: number, verdict: string) => {
  const numbers: EffectMeasure = {
    ...{ ...MEASURED, verdict, p: 0.001, relative: null },
    ...{ dataVersion: dataVersion++, measuredAt: "2026-03-01T08:00:00.000Z" },
  };
  return platform.state.effects.measure(effect, numbers, {});
};

describe("an initiative", () => {
  test("begins from a finding, in the workspace's day, with a record of it", async () => {
    const finding = await keepFinding("Late parcels");
    const { id: goal } = await ask("add-goal", { title: "More come back", kpis: ["repeat-purchase-rate"] });
    const version = await platform.state.dataVersion();
    const id = await begin({ summary: " They wait. ", goal, findings: [finding, finding] });
    const report = await ask("initiative", { id });
    expect(report.initiative).toMatchObject({
      ...{ id, title: "Parcels in time", summary: "They wait.", goal, findings: [finding], version: 1 },
      ...{ state: "active", createdBy: "Ada", createdAt: "2026-03-02T23:30:00.000Z" },
    });
    expect(report).toMatchObject({ today: "2026-03-03", goal: { title: "More come back" } });
    expect(report.findings).toEqual([
      {
        ...{
          id: finding,
          title: "Late parcels",
          status: "open",
          waiting: false,
          reach: 900,
          money: -1200,
          months: 4,
          q: 0.01,
        },
        ...{ effect: -0.05, low: -0.08, high: -0.02, claimed: true },
      },
    ]);
    expect((await ask("initiative-records", { id })).records).toMatchObject([
      { version: 1, author: "Ada", action: "create-initiative", subject: "initiative", at: "2026-03-02T23:30:00.000Z" },
    ]);
    const { initiatives } = await ask("initiatives", { state: "active" });
    expect(initiatives).toMatchObject([{ id, title: "Parcels in time", goal, effort: 0 }]);
    expect(await ask("initiatives", { state: "closed" })).toEqual({ initiatives: [] });
    expect(await platform.state.dataVersion()).toBe(version);
  });

  test("changes by actions, each with its author, reason and fields; the newer of two edits is a conflict", async () => {
    const id = await begin();
    await change(id, { type: "add-requirement", title: "Tell the delay", effort: 3, owner: "Anna" });
    const must = { type: "prioritise", requirement: 1, version: 1, level: "project", priority: "must" } as const;
    await expect(change(id, must)).rejects.toMatchObject({
      code: "invalid",
      message: expect.stringMatching(/reason/u),
    });
    const { initiative, project } = await change(id, must, { author: "Ben", reason: "nobody knows" });
    expect(initiative).toMatchObject({ version: 3, requirements: [{ version: 2, priority: { project: "must" } }] });
    expect(project.shares).toEqual({ must: 1, should: 0, could: 0 });
    const conflict = {
      code: "conflict",
      details: { requirement: 1, yours: 1, current: { version: 2, title: "Tell the delay" }, changedBy: "Ben" },
    };
    const edit = { type: "edit-requirement", requirement: 1, version: 1, title: "Tell it early" } as const;
    await expect(change(id, edit)).rejects.toMatchObject(conflict);

    const { records, more } = await ask("initiative-records", { id, subject: "requirement 1", limit: 1 });
    expect(more).toBe(true);
    expect(records).toMatchObject([
      {
        version: 3,
        author: "Ben",
        reason: "nobody knows",
        action: "prioritise",
        at: new Date(now - MINUTE).toISOString(),
      },
    ]);
    expect(records[0]?.changes.map(({ field }) => field)).toContain("requirements[1].priority.project");
    const older = await ask("initiative-records", { id, before: 3 });
    expect(older.records.map(({ version }) => version)).toEqual([2, 1]);
    expect(older.more).toBe(false);
  });

  test("two who edit the same version at once: one is kept, the other is told what it says now", async () => {
    const id = await begin();
    await change(id, { type: "add-requirement", title: "As it was" });
    const edit = (title: string, author: string) =>
      change(id, { type: "edit-requirement", requirement: 1, version: 1, title }, { author });
    const outcomes = await Promise.allSettled([edit("Of Ada", "Ada"), edit("Of Ben", "Ben")]);
    expect(outcomes.map(({ status }) => status).toSorted()).toEqual(["fulfilled", "rejected"]);
    const { initiative } = await ask("initiative", { id });
    const [current] = initiative.requirements;
    expect(current).toMatchObject({ version: 2, title: `Of ${current?.changedBy}` });
    expect(outcomes.find(({ status }) => status === "rejected")).toMatchObject({
      reason: { code: "conflict", details: { current: { title: current?.title }, changedBy: current?.changedBy } },
    });
    expect((await ask("initiative-records", { id })).records).toHaveLength(3);
  });

  test("a document is written from it", async () => {
    const id = await begin({ title: "Parcels & promises" });
    await change(id, { type: "add-increment", title: "First" });
    await change(id, {
      ...{ type: "plan-timebox", increment: 1, title: "Tell it", objective: "They know.", format: "structured" },
      ...{ start: "2026-03-09", end: "2026-03-20", capacity: 20 },
    });
    for (const document of ["feasibility", "foundations", "benefits"]) {
      const { title, markdown } = await ask("initiative-document", { id, document });
      expect(`${title}\n${markdown}`).toContain("Parcels");
    }
    const review = await ask("initiative-document", { id, document: "timebox-review", timebox: 1 });
    expect(review.markdown).toContain("Tell it");
    for (const wrong of [{}, { timebox: 7 }])
      await expect(ask("initiative-document", { id, document: "timebox-review", ...wrong })).rejects.toMatchObject({
        code: expect.stringMatching(/^(?:invalid|not-found)$/u),
      });
  });
});

describe("health", () => {
  test("tells what is broken, of all or of one; a threshold that is changed counts from then on", async () => {
    const id = await begin();
    await change(id, { type: "enter-phase", phase: "functional-model" });
    await change(id, { type: "add-requirement", title: "x", effort: 65, need: { kpi: "orders" }, owner: "Anna" });
    await change(id, { type: "add-requirement", title: "y", effort: 35, need: { kpi: "orders" }, owner: "Anna" });
    const put = (requirement: number, priority: "must" | "could") =>
      change(id, { type: "prioritise", requirement, version: 1, level: "project", priority }, { reason: "so" });
    await put(1, "must");
    await put(2, "could");
    const { rules } = await ask("health", { initiative: id });
    expect(rules.map((rule) => rule.id)).toEqual(expect.arrayContaining([6, 9]));
    expect(rules.every((rule) => rule.initiative === id)).toBe(true);
    expect((await ask("health")).rules).toEqual(expect.arrayContaining(rules));
    expect((await ask("initiative", { id })).health).toEqual(rules);

    const version = await platform.state.dataVersion();
    const before = await ask("health-thresholds");
    expect(before).toMatchObject({ mostMust: 0.6, standUpDays: 2, leastTeam: 5, mostTeam: 9 });
    expect(await ask("set-health-thresholds", { standUpDays: 3 })).toEqual({ ...before, standUpDays: 3 });
    expect(await ask("set-health-thresholds", { mostMust: 0.7 })).toEqual({ ...before, standUpDays: 3, mostMust: 0.7 });
    const later = (await ask("health", { initiative: id })).rules.map((rule) => rule.id);
    expect([later.includes(6), later.includes(9)]).toEqual([true, false]);
    expect(await platform.state.dataVersion()).toBe(version);
  });

  test.each([
    [{}, "give a threshold"],
    [{ mostMust: 1.1 }, "mostMust"],
    [{ mostMist: 0.5 }, "mostMist"],
    [{ leastTeam: 10 }, "at most 9"],
  ])("the thresholds %j are refused", async (input, words) => {
    const before = await ask("health-thresholds");
    const refused = { code: "invalid", message: expect.stringContaining(words) };
    await expect(ask("set-health-thresholds", input)).rejects.toMatchObject(refused);
    expect(await ask("health-thresholds")).toEqual(before);
  });
});

describe("the benefits assessment", () => {
  test("is filled from the newest measurement, and verifies the finding that the effect names", async () => {
    const [late, other] = [await keepFinding("late"), await keepFinding("other")];
    const id = await begin({ findings: [late, other] });
    const effect = await registerEffect("orders", late);
    const unmeasured = await registerEffect("returns", other);
    await change(id, { type: "register-effect", effect });
    const registered = await change(id, { type: "register-effect", effect: unmeasured });
    expect(registered.effects).toMatchObject([
      // Its days are the workspace's.
      { id: effect, status: "running", switchOn: "2026-02-01", minEffect: 0.02, finding: late, newest: null },
      { id: unmeasured },
    ]);
    const said = { id, author: "Vera", text: "They come back." };
    await measure(effect, "inconclusive");
    await expect(ask("assess-benefits", said)).rejects.toMatchObject({
      ...{ code: "invalid", message: expect.stringContaining("decision") },
    });
    expect((await ask("initiative", { id })).initiative.assessments).toEqual([]);
    await ask("assess-benefits", { ...said, decision: "Measure on until May." });
    expect(await ask("finding", { id: late })).toMatchObject({ status: "open" });

    await measure(effect, "better");
    const { initiative, findings, effects } = await ask("assess-benefits", said);
    expect(initiative.assessments).toMatchObject([
      { decision: "Measure on until May.", effects: [{ effect, verdict: "inconclusive" }] },
      {
        author: "Vera",
        text: "They come back.",
        decision: null,
        effects: [{ ...MEASURED, effect, verdict: "better" }],
      },
    ]);
    expect(findings.map(({ id, status }) => [id, status])).toEqual([
      [late, "verified"],
      [other, "open"],
    ]);
    expect(effects[0]).toMatchObject({ newest: { ...MEASURED, verdict: "better" } });
    expect((await ask("initiatives")).initiatives.find((one) => one.id === id)?.verdicts).toEqual(["better"]);
    const [record] = (await ask("initiative-records", { id, limit: 1 })).records;
    expect(record).toMatchObject({ author: "Vera", action: "assess-benefits", subject: "initiative" });

    // One that was cut short after the document was written: asking again does what is left, and only that.
    await platform.state.findings.update(late, { status: "fixed" });
    await ask("assess-benefits", said);
    const { lastActionAt, status } = await ask("finding", { id: late });
    now += MINUTE;
    await ask("assess-benefits", said);
    expect([status, (await ask("finding", { id: late })).lastActionAt]).toEqual(["verified", lastActionAt]);
  });

  test("without any effect it asks for a decision, and verifies nothing", async () => {
    const finding = await keepFinding("alone");
    const id = await begin({ findings: [finding] });
    await expect(ask("assess-benefits", { id, author: "Vera", text: "So." })).rejects.toMatchObject({
      code: "invalid",
    });
    await ask("assess-benefits", { id, author: "Vera", text: "So.", decision: "Stop here." });
    expect(await ask("finding", { id: finding })).toMatchObject({ status: "open" });
  });

  test("is no action that somebody fills in", async () => {
    const id = await begin();
    const effects = [{ ...MEASURED, effect: 1, verdict: "better" }];
    await expect(change(id, { type: "assess-benefits", text: "Good.", decision: null, effects })).rejects.toMatchObject(
      { code: "invalid", message: expect.stringContaining("assess-benefits") },
    );
  });
});

describe("the portfolio", () => {
  test("has the goals with the newest values of their KPIs and with targets, and what is worth acting on", async () => {
    const path = join(workspace.folder, "shop.csv");
    await writeFile(
      path,
      "user_id,event,timestamp\na,Order Completed,2026-03-01T10:00:00Z\nb,Order Completed,2026-03-01T11:00:00Z\n",
    );
    await ask("import", { paths: [path] });
    await ask("set-target", { kpi: "orders", target: 1_200 });
    const { id: goal } = await ask("add-goal", { title: "Sell more", kpis: ["orders", "orders"], owner: "Sofia" });
    const id = await begin({ goal });
    const baseline = { value: 0.1, n: null, low: null, high: null, at: "2026-02-01T00:00:00.000Z" };
    await change(id, { type: "set-kpi", kpi: "late-delivery-share", baseline, target: 0.05 });
    const portfolio = await ask("portfolio");
    expect(portfolio.goals.find((one) => one.goal.id === goal)).toEqual({
      goal: { id: goal, title: "Sell more", kpis: ["orders"], owner: "Sofia" },
      kpis: [
        { kpi: "orders", value: 2, target: 1_200 },
        { kpi: "late-delivery-share", value: null, target: 0.05 },
      ],
      initiatives: [id],
    });
    expect(portfolio.initiatives).toEqual((await ask("initiatives")).initiatives);
    const finding = await keepFinding("worth it");
    const { opportunities } = await ask("portfolio");
    expect(opportunities.find((one) => one.finding.id === finding)).toMatchObject({
      confidence: 0.99,
      initiatives: [],
    });

    expect(await ask("update-goal", { id: goal, owner: null, kpis: [] })).toEqual({ id: goal });
    expect((await ask("portfolio")).goals.find((one) => one.goal.id === goal)).toMatchObject({
      goal: { title: "Sell more", kpis: [], owner: null },
    });
  });
});

describe("what is refused changes nothing", () => {
  const wrong: readonly (readonly [OperationName, object, string])[] = [
    ["initiative", { id: 999 }, "not-found"],
    ["health", { initiative: 999 }, "not-found"],
    ["initiative-records", { id: 999 }, "not-found"],
    ["initiative-records", { id: 1, limit: 501 }, "invalid"],
    ["initiative-document", { id: 999, document: "benefits" }, "not-found"],
    ["initiative-document", { id: 1, document: "novel" }, "invalid"],
    ["assess-benefits", { id: 999, author: "Ada", text: "x", decision: "y" }, "not-found"],
    ["assess-benefits", { id: 1, text: "x", decision: "y" }, "invalid"],
    ["initiatives", { state: "done" }, "invalid"],
    ["create-initiative", { title: "x" }, "invalid"],
    ["create-initiative", { title: "x", author: " " }, "invalid"],
    ["create-initiative", { title: "x", author: "a".repeat(101) }, "invalid"],
    ["create-initiative", { title: "x".repeat(301), author: "Ada" }, "invalid"],
    ["create-initiative", { title: "x", summary: "x".repeat(5_001), author: "Ada" }, "invalid"],
    ["create-initiative", { title: "nul\0", author: "Ada" }, "invalid"],
    ["create-initiative", { title: "x", author: "Ada", goal: 999 }, "not-found"],
    ["create-initiative", { title: "x", author: "Ada", findings: [1, 999] }, "not-found"],
    ["change-initiative", { id: 999, author: "Ada", action: { type: "add-increment", title: "x" } }, "not-found"],
    ["change-initiative", { id: 1, action: { type: "add-increment", title: "x" } }, "invalid"],
    ["change-initiative", { id: 1, author: "Ada", action: { type: "dance" } }, "invalid"],
    ["change-initiative", { id: 1, author: "Ada", action: { type: "add-increment", title: "x", by: "y" } }, "invalid"],
    ["add-goal", { title: "x", kpis: ["happiness"] }, "invalid"],
    ["add-goal", { title: "x", kpis: ["csat"] }, "invalid"],
    ["update-goal", { id: 999, title: "x" }, "not-found"],
    ["update-goal", { id: 1 }, "invalid"],
  ];
  const refusedActions: readonly (readonly [DeliveryAction, string])[] = [
    [{ type: "link-finding", finding: 999, linked: true }, "not-found"],
    [{ type: "register-effect", effect: 999 }, "not-found"],
    [{ type: "edit-initiative", goal: 999 }, "not-found"],
    [{ type: "add-requirement", title: "x", need: { finding: 999 } }, "not-found"],
    [{ type: "add-requirement", title: "x", need: { goal: 999 } }, "not-found"],
    [{ type: "add-requirement", title: "x", need: { kpi: "happiness" } }, "invalid"],
    [{ type: "set-kpi", kpi: "happiness", baseline: null, target: null }, "invalid"],
    [{ type: "set-kpi", kpi: "conversion", baseline: null, target: 12 }, "invalid"],
    [{ type: "prioritise", requirement: 99, version: 1, level: "project", priority: "must" }, "invalid"],
    [{ type: "edit-requirement", requirement: 99, version: 1, title: "x" }, "not-found"],
  ];
  const actions = refusedActions.map(
    ([action, code]) => ["change-initiative", { id: 1, author: "Ada", action }, code] as const,
  );

  const short = (input: object) => JSON.stringify(input).slice(0, 100);
  const all = [...wrong, ...actions].map(([name, input, code]) => [name, short(input), input, code] as const);

  test.each(all)("%s %s", async (name, _, input, code) => {
    const before = [await platform.state.initiatives.list(), await platform.state.initiatives.goals()];
    await expect(ask(name, input)).rejects.toMatchObject({ code });
    expect([await platform.state.initiatives.list(), await platform.state.initiatives.goals()]).toEqual(before);
  });
});
