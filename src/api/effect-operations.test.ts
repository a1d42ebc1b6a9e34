/**
 * Registered measurements on a made-up experiment whose truth is known: planned before and after the switch-on, frozen,
 * looked at early, measured at the stop date. How an effect is estimated is tested beside analysis/effect/.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import type { EffectQuestionInput } from "../domain/effect.ts";
import { type Answer, findOperation, type OperationName, runOperation } from "./operations.ts";

const DAY_MS = 86_400_000;
/** Of ten customers with the variant four order, of ten others two. */
const QUESTION = {
  ...{ design: "randomised", by: "prop.variant", at: 'touchpoint = "Assigned"' },
  metric: { kind: "share", event: 'touchpoint = "Order Completed"' },
  ...{ since: "2025-03-01", until: "2025-04-01", minEffect: 0.05 },
} satisfies EffectQuestionInput;

let workspace: TemporaryWorkspace;
let now = Date.parse("2025-02-10T08:00:00Z");
beforeAll(async () => {
  workspace = await openTemporaryWorkspace(() => new Date(now));
});
afterAll(() => workspace.close());

const call = { signal: new AbortController().signal, onProgress: () => undefined };
/** The answer, held against the operation's own description of it. */
async function ask<Name extends OperationName>(name: Name, input: object = {}): Promise<Answer<Name>> {
  const answer = await runOperation(workspace.platform, name, input, call);
  expect(findOperation(name)?.output.safeParse(answer).error).toBeUndefined();
  return answer as Answer<Name>;
}

/** Who comes on each of these days, is put into an arm on March days, and orders or not an hour later. */
async function load(name: string, month: string, days: readonly number[], assigned: boolean): Promise<void> {
  const lines = ["user_id,event,timestamp,variant"];
  for (const day of days)
    for (let one = 0; one < 40; one++) {
      const [customer, at] = [`${name}-${day}-${one}`, `${month}-${String(day).padStart(2, "0")}`];
      const variant = one % 2 === 0 ? "control" : "treatment";
      const orders = Math.floor(one / 2) % 10 < (assigned && variant === "treatment" ? 4 : 2);
      lines.push(`${customer},${assigned ? "Assigned" : "Page Viewed"},${at}T10:00:00Z,${assigned ? variant : ""}`);
      lines.push(`${customer},${orders ? "Order Completed" : "Page Left"},${at}T11:00:00Z,`);
    }
  const path = join(workspace.folder, `${name}.csv`);
  await writeFile(path, `${lines.join("\n")}\n`);
  await ask("import", { paths: [path] });
}
const daysTo = (last: number, first = 1) => Array.from({ length: last - first + 1 }, (_, at) => first + at);
const checkOf = (effect: Answer<"effect">, id: string) => effect.report?.checks.find((check) => check.id === id);

describe("one that is planned before its switch-on", () => {
  test("registers without any data, also when its touchpoints are still to come", async () => {
    const planned = await ask("plan-effect", { name: " New page ", why: "it is shorter", question: QUESTION });
    expect(planned).toMatchObject({
      ...{ id: 1, name: "New page", why: "it is shorter", finding: null, zone: "UTC", baseline: null, report: null },
      ...{ switchOn: "2025-03-01T00:00:00.000Z", until: "2025-04-01T00:00:00.000Z" },
      ...{ status: "planned", frozenAt: null, outdated: false, measures: [] },
      question: { ...QUESTION, confidence: 0.95, peeking: false },
      registered: { id: "registered", passed: true, detail: "Registered on 2025-02-10, 19 days before the switch-on." },
    });
    expect(planned.foreseen.reason).toMatch(/./u);
    await load("feb", "2025-02", daysTo(9), false);
    const again = await ask("update-effect", { id: 1, question: QUESTION });
    expect(again.foreseen.reason).toMatch(
      /Nothing can be foreseen: .*«Assigned».* Make sure that it will be called so\./u,
    );
  });

  test("it may be changed, and counts as registered anew; another one may go", async () => {
    now += DAY_MS;
    const changed = await ask("update-effect", { id: 1, name: "Newer page", why: null });
    expect(changed).toMatchObject({ name: "Newer page", why: null, registeredAt: "2025-02-10T08:00:00.000Z" });
    const other = { ...QUESTION, minEffect: 0.1 };
    expect(await ask("update-effect", { id: 1, question: other })).toMatchObject({
      ...{ registeredAt: "2025-02-11T08:00:00.000Z", createdAt: "2025-02-10T08:00:00.000Z" },
      question: { minEffect: 0.1 },
    });
    await ask("plan-effect", { name: "Old idea", question: QUESTION });
    await expect(ask("update-effect", { id: 1, question: QUESTION })).rejects.toMatchObject({
      ...{ code: "conflict", details: { effect: 2 } },
    });
    await expect(ask("measure-effect", { id: 2 })).resolves.toMatchObject({ status: "planned", measures: [] });
    expect(await ask("remove-effect", { id: 2 })).toEqual({ id: 2 });
    await ask("update-effect", { id: 1, question: QUESTION });
    expect((await ask("effects")).effects.map(({ id }) => id)).toEqual([1]);
  });

  test("from its switch-on on nothing that is measured changes, and it stays", async () => {
    now = Date.parse("2025-03-01T00:00:00Z");
    const before = await ask("effect", { id: 1 });
    expect(before).toMatchObject({ status: "running", frozenAt: "2025-03-01T00:00:00.000Z", outdated: true });
    const refused = {
      code: "conflict",
      message: expect.stringMatching(/^Effect 1 is frozen since its switch-on, 2025-03-01:/u),
    };
    for (const question of [QUESTION, { ...QUESTION, minEffect: 0.01 }, { ...QUESTION, until: "2025-05-01" }])
      await expect(ask("update-effect", { id: 1, name: "x", question })).rejects.toMatchObject(refused);
    await expect(ask("remove-effect", { id: 1 })).rejects.toMatchObject(refused);
    expect(await ask("effect", { id: 1 })).toEqual(before);
    await ask("comment-effect", { id: 1, text: "live", by: "Ada" });
    expect(await ask("update-effect", { id: 1, why: "noted" })).toMatchObject({
      ...{ why: "noted", comments: [{ text: "live", by: "Ada" }], registeredAt: before.registeredAt },
    });
  });

  test("looked at before its stop date there are numbers that hold at every look, and no verdict", async () => {
    await load("early", "2025-03", daysTo(14), true);
    now = Date.parse("2025-03-15T08:00:00Z");
    const looked = await ask("measure-effect", { id: 1 });
    expect(looked).toMatchObject({ status: "running", outdated: false });
    expect(looked.report?.verdict).toBe("inconclusive");
    expect(looked.report?.estimate).toBeCloseTo(0.2, 9);
    expect(looked.report?.method).toContain("always-valid");
    expect(checkOf(looked, "stop-date")).toMatchObject({
      passed: false,
      detail: expect.stringContaining("no verdict"),
    });
    expect(checkOf(looked, "registered")).toEqual(looked.registered);
    expect(await ask("measure-effect", { id: 1 })).toEqual(looked);
  });

  test("at its stop date it has a verdict, beside what was seen before, whatever the workspace's zone is then", async () => {
    await load("late", "2025-03", daysTo(31, 15), true);
    now = Date.parse("2025-04-01T00:00:00Z");
    await ask("set-settings", { zone: "Asia/Tokyo" });
    expect(await ask("effect", { id: 1 })).toMatchObject({ status: "ended", outdated: true });
    const measured = await ask("measure-effect", { id: 1 });
    expect(measured).toMatchObject({ outdated: false, report: { verdict: "better", n: 31 * 40 } });
    expect(measured.measures.map(({ verdict }) => verdict)).toEqual(["inconclusive", "better"]);
    const [first, last] = measured.measures;
    expect(last).toMatchObject({ n: 1_240, measuredAt: new Date(now).toISOString() });
    expect((first?.high ?? 0) - (first?.low ?? 0)).toBeGreaterThan((last?.high ?? 1) - (last?.low ?? 0));
    expect(checkOf(measured, "stop-date")?.passed).toBe(true);
    expect((await ask("effects", { status: "ended" })).effects.map(({ id }) => id)).toEqual([1]);
    expect((await ask("effects", { status: "planned" })).effects).toEqual([]);
  });
});

describe("one that is planned after its switch-on", () => {
  test("is frozen at once, and says so in every answer", async () => {
    now = Date.parse("2025-06-01T08:00:00Z");
    const late = await ask("plan-effect", { name: "Seen before", question: { ...QUESTION, minEffect: 0.02 } });
    const said = "Registered on 2025-06-01, 3 months after the switch-on, and after the stop date:";
    expect(late).toMatchObject({
      status: "ended",
      frozenAt: "2025-06-01T08:00:00.000Z",
      registered: { passed: false },
    });
    expect(late.registered.detail).toContain(said);
    const { id } = late;
    const question = { ...QUESTION, minEffect: 0.01 };
    await expect(ask("update-effect", { id, question })).rejects.toMatchObject({ code: "conflict" });
    await expect(ask("remove-effect", { id })).rejects.toMatchObject({ code: "conflict" });
    const measured = await ask("measure-effect", { id });
    expect(measured.report?.verdict).toBe("better");
    expect(checkOf(measured, "registered")).toEqual(late.registered);
  });

  test("there its names must be right, also where nothing is known from before: it could not be mended", async () => {
    const at = 'touchpoint = "Asigned"';
    for (const question of [
      { ...QUESTION, at },
      { ...QUESTION, at, since: "2025-01-01" },
    ])
      await expect(ask("plan-effect", { name: "x", question })).rejects.toMatchObject({ code: "not-found" });
    const where = "count(";
    const question = { ...QUESTION, where, since: "2099-01-01", until: "2099-02-01" };
    await expect(ask("plan-effect", { name: "x", question })).rejects.toMatchObject({ code: "invalid" });
  });
});

describe("without a plan", () => {
  test("an effect is measured at once, and says that it was not registered", async () => {
    const report = await ask("estimate-effect", QUESTION);
    expect(report).toMatchObject({ verdict: "better", design: "randomised", minEffect: 0.05 });
    expect(report.checks.find(({ id }) => id === "registered")).toMatchObject({
      ...{ passed: false, detail: expect.stringMatching(/^Not registered/u) },
    });
  });

  test("what can be seen is foreseen from what was before", async () => {
    const { since: _, at: __, by: ___, ...rest } = QUESTION;
    const question = { ...rest, audience: 'has("Assigned")', since: "2025-03-15", withinMs: DAY_MS };
    const { baseline, foreseen } = await ask("foresee-effect", question);
    expect(baseline).toMatchObject({
      value: expect.any(Number),
      dataVersion: await workspace.platform.state.dataVersion(),
    });
    expect(baseline?.n).toBeGreaterThan(0);
    expect(foreseen).toMatchObject({ power: 0.8, unitsNeeded: expect.any(Number) });
    expect(await ask("plan-effect", { name: "From an audience", question })).toMatchObject({ foreseen });
  });
});

test.each([
  ["effect", { id: 999 }, "not-found"],
  ["measure-effect", { id: 999 }, "not-found"],
  ["remove-effect", { id: 999 }, "not-found"],
  ["update-effect", { id: 999, name: "x" }, "not-found"],
  ["update-effect", { id: 1 }, "invalid"],
  ["update-effect", { id: 1, finding: 999 }, "not-found"],
  ["update-effect", { id: 1, name: "nul\0" }, "invalid"],
  ["comment-effect", { id: 999, text: "x" }, "not-found"],
  ["comment-effect", { id: 1, text: " " }, "invalid"],
  ["effects", { status: "frozen" }, "invalid"],
  ["plan-effect", { name: "x", question: { ...QUESTION, until: undefined } }, "invalid"],
  ["plan-effect", { name: "x", question: { ...QUESTION, minEffect: 0 } }, "invalid"],
  ["plan-effect", { name: "x", question: { ...QUESTION, since: undefined } }, "invalid"],
  ["plan-effect", { name: "x", question: { ...QUESTION, until: "2025-03-01" } }, "invalid"],
  ["plan-effect", { name: " ", question: QUESTION }, "invalid"],
  ["plan-effect", { name: "x", question: { ...QUESTION, where: `channel = "${"x".repeat(20_000)}"` } }, "invalid"],
  ["plan-effect", { name: "x", finding: 7, question: { ...QUESTION, minEffect: 0.3 } }, "not-found"],
  ["estimate-effect", { ...QUESTION, metric: { kind: "ratio", event: "value > 1" } }, "invalid"],
] as const)("%s with a wrong input (%#) is refused", async (name, input, code) => {
  const before = await ask("effects");
  await expect(ask(name, input)).rejects.toMatchObject({ code });
  expect(await ask("effects")).toEqual(before);
});
