/**
 * Pain points through their operations, on a made-up shop: prices of handling, unanswered feedback, a finding that is kept.
 * How the numbers come about is tested beside analysis/pain-points.ts.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import { type Answer, findOperation, type OperationName, runOperation } from "./operations.ts";

const DAY_MS = 86_400_000;
const CUSTOMERS = 2_000;

/** Every second payment is declined; after these two in ten order, of all others six. */
function writeShop(): string {
  const lines = ["user_id,event,timestamp,declined"];
  for (let one = 0; one < CUSTOMERS; one++) {
    const day = `2025-01-${String(1 + (one % 20)).padStart(2, "0")}`;
    const declined = one % 2 === 0;
    const orders = Math.floor(one / 20) % 10 < (declined ? 2 : 6);
    lines.push(`c${one},Page Viewed,${day}T00:00:00Z,`, `c${one},Payment Entered,${day}T01:00:00Z,${declined}`);
    lines.push(`c${one},${orders ? "Order Completed" : "Page Left"},${day}T02:00:00Z,`);
  }
  return [...lines, "z,Page Viewed,2025-03-28T00:00:00Z,", ""].join("\n");
}

let workspace: TemporaryWorkspace;
beforeAll(async () => {
  workspace = await openTemporaryWorkspace(() => new Date("2026-02-01T08:00:00Z"));
  const path = join(workspace.folder, "shop.csv");
  await writeFile(path, writeShop());
  await ask("import", { paths: [path] });
});
afterAll(() => workspace.close());

const call = { signal: new AbortController().signal, onProgress: () => undefined };
/** The answer, held against the operation's own description of it. */
async function ask<Name extends OperationName>(name: Name, input: object = {}): Promise<Answer<Name>> {
  const answer = await runOperation(workspace.platform, name, input, call);
  expect(findOperation(name)?.output.safeParse(answer).error).toBeUndefined();
  return answer as Answer<Name>;
}

const QUESTION = { outcome: 'touchpoint = "Order Completed"', withinMs: 2 * DAY_MS, worth: 100 };
const find = ({ painPoints }: Answer<"pain-points">) =>
  painPoints.find(
    ({ kind, touchpoint, incident }) => kind === "error-event" && touchpoint === "Payment Entered" && !incident,
  );

test("pain points say what is lost; without a touch they say so", async () => {
  const report = await ask("pain-points", QUESTION);
  const declined = find(report);
  expect(declined?.effect).toBeCloseTo(-0.4, 2);
  expect(declined).toMatchObject({ events: CUSTOMERS / 2, segment: null, incident: false });
  expect(declined?.valueAtRisk.value).toBeGreaterThan(0);
  expect(await ask("pain-points", { ...QUESTION, to: "2020-01-01" })).toMatchObject({
    ...{ status: "insufficient-data", n: 0, painPoints: [] },
  });
  expect(await ask("unanswered")).toMatchObject({ negative: 0, share: null, newest: [] });
});

test("one is kept as a finding with its months", async () => {
  const question = { ...QUESTION, kind: "error-event", touchpoint: "Payment Entered" };
  const { id } = await ask("keep-finding", { kind: "pain-point", question });
  const { painPoint, months } = await ask("pain-point", question);
  const kept = await ask("finding", { id });
  expect(kept).toMatchObject({
    ...{ kind: "pain-point", status: "open", question: { ...question, journey: "life" } },
    measures: [{ effect: painPoint?.effect, reach: painPoint?.reach, months, claimed: true }],
  });
  expect(kept.measures[0]?.money).toBeCloseTo(-(painPoint?.valueAtRisk.value ?? Number.NaN) * months, 6);
  await expect(ask("keep-finding", { kind: "pain-point", question })).rejects.toMatchObject({ code: "conflict" });
  await expect(ask("keep-finding", { kind: "pain-point", question: { ...question, of: "nps" } })).rejects.toMatchObject(
    {
      code: "invalid",
    },
  );
});

describe("prices of handling", () => {
  test("are set, replaced, kept over a rename and taken away; they change what pain points cost", async () => {
    expect(await ask("handling-costs")).toEqual({ costs: [], currency: "" });
    const before = find(await ask("pain-points", QUESTION));
    expect(before).toMatchObject({ directCost: null });
    await ask("set-handling-cost", { touchpoint: "Page Left", amount: 1 });
    await ask("set-handling-cost", { touchpoint: "Payment Entered", amount: 9 });
    expect(await ask("set-handling-cost", { touchpoint: "Payment Entered", amount: 2.5 })).toEqual({
      ...{
        currency: "",
        costs: [
          { touchpoint: "Page Left", amount: 1 },
          { touchpoint: "Payment Entered", amount: 2.5 },
        ],
      },
    });
    const { months, ...report } = await ask("pain-points", QUESTION);
    const priced = find({ months, ...report });
    expect(priced?.directCost).toBeCloseTo(((priced?.events ?? Number.NaN) * 2.5) / months, 9);
    expect(priced?.valueAtRisk).toEqual(before?.valueAtRisk);
    await ask("rename-touchpoint", { name: "Page Left", to: "Gone Away" });
    expect((await ask("handling-costs")).costs.map(({ touchpoint }) => touchpoint)).toEqual([
      "Gone Away",
      "Payment Entered",
    ]);
    await ask("set-handling-cost", { touchpoint: "Gone Away", amount: null });
    await ask("set-handling-cost", { touchpoint: "Payment Entered", amount: null });
    expect((await ask("handling-costs")).costs).toEqual([]);
  });

  test.each([
    [{ touchpoint: "Nowhere", amount: 1 }, "not-found"],
    [{ touchpoint: "Payment Entered", amount: -1 }, "invalid"],
    [{ touchpoint: "Payment Entered" }, "invalid"],
  ])("%j is refused", async (input, code) => {
    await expect(ask("set-handling-cost", input)).rejects.toMatchObject({ code });
  });
});

describe("a bound for waits", () => {
  test("is hours at most, more than nought", async () => {
    const set = (limit: object) => ask("set-promise", { touchpoint: "Payment Entered", property: "wait", ...limit });
    for (const limit of [{ atLeast: 3 }, { atMost: 0 }])
      await expect(set(limit)).rejects.toMatchObject({ code: "invalid" });
    expect((await set({ atMost: 0.5 })).promises).toHaveLength(1);
    const { promises, untold } = await ask("expectations");
    expect([promises[0]?.promise, promises[0]?.met.count, untold]).toEqual([
      "the next event comes within 0.5 h",
      0,
      [],
    ]);
    expect((await set({})).promises).toEqual([]);
  });
});
