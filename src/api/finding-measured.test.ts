/**
 * A finding from its first numbers to the next ones, on a made-up shop where the truth is known.
 * How an effect is estimated is tested beside analysis/moments.ts.
 */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import { type Answer, findOperation, type OperationName, runOperation } from "./operations.ts";

const DAY_MS = 86_400_000;
const QUESTION = {
  ...{ touchpoint: "Chat", contrast: "presence", outcome: 'touchpoint = "Order Completed"' },
  withinMs: DAY_MS,
} as const;

/**
 * Customers who see a page, then chat or search, and some order: of ten chatters `chatters`, of ten others two.
 * One visits days later, so that the windows of all others lie in the data.
 */
function writeShop(name: string, customers: number, month: string, chatters: number): string {
  const lines = ["user_id,event,timestamp"];
  for (let one = 0; one < customers; one++) {
    const at = `${month}-${String(1 + (one % 20)).padStart(2, "0")}`;
    const chats = one % 2 === 0;
    const orders = Math.floor(one / 20) % 10 < (chats ? chatters : 2);
    const events = ["Page Viewed", chats ? "Chat" : "Search", orders ? "Order Completed" : "Page Left"];
    for (const [hour, event] of events.entries()) lines.push(`${name}${one},${event},${at}T0${hour}:00:00Z`);
  }
  return [...lines, `${name},Page Viewed,${month}-28T00:00:00Z`, ""].join("\n");
}

let workspace: TemporaryWorkspace;
let now = Date.parse("2026-02-01T08:00:00Z");
beforeAll(async () => {
  workspace = await openTemporaryWorkspace(() => new Date(now));
  await load("a", 2_000, "2025-01", 6);
});
afterAll(() => workspace.close());

const call = { signal: new AbortController().signal, onProgress: () => undefined };
/** The answer, held against the operation's own description of it. */
async function ask<Name extends OperationName>(name: Name, input: object = {}): Promise<Answer<Name>> {
  const answer = await runOperation(workspace.platform, name, input, call);
  expect(findOperation(name)?.output.safeParse(answer).error).toBeUndefined();
  return answer as Answer<Name>;
}
async function load(name: string, customers: number, month: string, chatters: number): Promise<void> {
  const path = join(workspace.folder, `${name}.csv`);
  await writeFile(path, writeShop(name, customers, month, chatters));
  await ask("import", { paths: [path] });
}

test("a finding has the numbers of the answer, and gets new ones from new data", async () => {
  const { id } = await ask("keep-finding", { question: QUESTION });
  const kept = await ask("finding", { id });
  const { claim, dataVersion, months } = await ask("moment", QUESTION);
  expect(claim?.effect).toBeCloseTo(0.4, 2);
  expect(kept).toMatchObject({
    ...{ status: "open", waiting: false, outdated: false, question: { ...QUESTION, journey: "life" } },
    title: expect.stringMatching(/^Customers with a «Chat» order 40\.\d points more often within 1 day/u),
  });
  expect(kept.measures).toEqual([
    {
      ...{ measuredAt: new Date(now).toISOString(), dataVersion, method: kept.measures[0]?.method },
      ...{ effect: claim?.effect, low: claim?.low, high: claim?.high, q: claim?.q, reach: claim?.reach },
      ...{ impact: claim?.impact, money: claim?.money, months, claimed: true, reason: null },
    },
  ]);
  expect(await ask("measure-finding", { id })).toEqual(kept);

  // As many again, of whom chatters order no more than others: the effect halves.
  await load("b", 2_000, "2025-02", 2);
  expect(await ask("finding", { id })).toMatchObject({ outdated: true });
  now += DAY_MS;
  const measured = await ask("measure-finding", { id });
  expect(measured).toMatchObject({ outdated: false, lastActionAt: kept.lastActionAt });
  const [first, second, ...more] = measured.measures;
  expect([first, more]).toEqual([kept.measures[0], []]);
  expect(second).toMatchObject({ claimed: true, reach: 2_000, measuredAt: new Date(now).toISOString() });
  expect(second?.effect).toBeCloseTo(0.2, 2);
});

test("the same question is kept once, whoever says its journey", async () => {
  const [finding] = (await ask("findings")).findings;
  for (const question of [QUESTION, { ...QUESTION, journey: "life" }])
    await expect(ask("keep-finding", { title: "again", question })).rejects.toMatchObject({
      ...{ code: "conflict", details: { finding: finding?.id } },
    });
  expect((await ask("findings")).findings).toHaveLength(1);
});

test("a finding means the same when the default journey is another one", async () => {
  await ask("set-settings", { defaultJourney: "visit" });
  const { id } = (await ask("findings")).findings.at(-1) as Answer<"finding">;
  const { measures } = await ask("measure-finding", { id });
  expect(measures.at(-1)).toMatchObject({ claimed: true, reach: 2_000 });
  expect(measures.at(-1)?.effect).toBeCloseTo(measures.at(-2)?.effect as number, 9);
});

test("of a touchpoint that nobody knows nothing is kept; without data a finding says so", async () => {
  await expect(ask("keep-finding", { question: { ...QUESTION, touchpoint: "Chatt" } })).rejects.toMatchObject({
    code: "not-found",
  });
  const { findings } = await ask("findings");
  const { imports } = await ask("imports");
  for (const { id } of imports) await ask("rollback", { id });
  const [{ id }] = findings as [Answer<"finding">];
  const { measures } = await ask("measure-finding", { id });
  expect(measures.at(-1)).toMatchObject({ effect: null, low: null, high: null, reach: 0, claimed: false });
  expect(measures.at(-1)?.reason).toMatch(/./u);
  await expect(ask("keep-finding", { question: { ...QUESTION, withinMs: 3 * DAY_MS } })).rejects.toMatchObject({
    code: expect.stringMatching(/^(?:invalid|not-found)$/u),
  });
  expect((await ask("findings")).findings).toHaveLength(findings.length);
});
