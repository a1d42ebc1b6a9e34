/** Findings on a real workspace: what is kept, changed, refused and measured again, and that no answer depends on it. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openTemporaryWorkspace, type TemporaryWorkspace } from "../../test/temporary-workspace.ts";
import type { FindingMeasure } from "../domain/finding.ts";
import type { Platform } from "../platform.ts";
import { type Answer, findOperation, type OperationName, runOperation } from "./operations.ts";

const DAY_MS = 86_400_000;
const START = Date.parse("2026-01-05T08:00:00Z");

let workspace: TemporaryWorkspace;
let platform: Platform;
let now = START;

beforeAll(async () => {
  workspace = await openTemporaryWorkspace(() => new Date(now));
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

const MEASURE: FindingMeasure = {
  ...{ measuredAt: new Date(START).toISOString(), dataVersion: 0, method: "made up", effect: 0.05, low: 0.02 },
  ...{ high: 0.08, q: 0.01, reach: 900, impact: 45, money: null, months: 3, claimed: true, reason: null },
};
const ASKED = { touchpoint: "A", contrast: "presence", outcome: "repurchase" } as const;
/** One in the store, without a question to Waymark. */
const put = (title: string) =>
  platform.state.findings.add({
    ...{ kind: "moment", title, questionHash: title, measure: MEASURE },
    question: { touchpoint: title, contrast: "presence", outcome: "repurchase" },
  });

describe("what people do with a finding", () => {
  test("it is commented, owned, dismissed with a reason and taken up again; no answer is new", async () => {
    const version = await platform.state.dataVersion();
    const id = await put("Chat");
    expect(await ask("finding", { id })).toMatchObject({ id, status: "open", waiting: false, outdated: false });
    now += DAY_MS;
    const owned = await ask("update-finding", { id, owner: " Ada " });
    expect(owned).toMatchObject({ owner: "Ada", status: "open", lastActionAt: new Date(now).toISOString() });
    const comment = await ask("comment-finding", { id, text: " who looks at it? ", by: "Ben" });
    const at = new Date(now).toISOString();
    expect((await ask("finding", { id })).comments).toEqual([
      { id: comment.id, at, by: "Ben", text: "who looks at it?" },
    ]);
    expect(await ask("update-finding", { id, status: "dismissed", reason: "a test" })).toMatchObject({
      ...{ status: "dismissed", reason: "a test", owner: "Ada" },
    });
    expect(await ask("update-finding", { id, status: "accepted", owner: null })).toMatchObject({
      ...{ status: "accepted", reason: null, owner: null },
    });
    expect(await platform.state.dataVersion()).toBe(version);
  });

  test("one that nobody acts on for two weeks waits, and those that wait come first", async () => {
    const [old, settled] = [await put("old"), await put("settled")];
    await platform.state.findings.update(settled, { status: "verified" });
    now += 14 * DAY_MS;
    const fresh = await put("fresh");
    expect(await ask("finding", { id: old })).toMatchObject({ waiting: false });
    now += 1;
    const { findings } = await ask("findings");
    const places = [old, fresh, settled].map((id) => findings.findIndex((each) => each.id === id));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    expect(places.map((at) => findings[at]?.waiting)).toEqual([true, false, false]);
    expect((await ask("findings", { status: "verified" })).findings.map(({ id }) => id)).toEqual([settled]);
    await ask("comment-finding", { id: old, text: "on it" });
    expect(await ask("finding", { id: old })).toMatchObject({ waiting: false });
  });

  test("verified is not said by people; one that is may be owned, and taken up again", async () => {
    const id = await put("measured by an effect");
    await expect(ask("update-finding", { id, status: "verified" })).rejects.toMatchObject({
      ...{ code: "invalid", message: expect.stringMatching(/^status: .*benefits assessment.*assess-benefits/u) },
    });
    await platform.state.findings.update(id, { status: "verified" });
    expect(await ask("update-finding", { id, owner: "Ada" })).toMatchObject({ status: "verified", owner: "Ada" });
    expect(await ask("update-finding", { id, status: "open" })).toMatchObject({ status: "open" });
  });

  test("new data make its numbers outdated", async () => {
    const id = await put("measured before");
    await ask("set-settings", { zone: "Asia/Kolkata" });
    expect(await ask("finding", { id })).toMatchObject({ outdated: true });
  });

  test.each([
    ["finding", { id: 999 }, "not-found"],
    ["update-finding", { id: 999, status: "open" }, "not-found"],
    ["update-finding", { id: 1 }, "invalid"],
    ["update-finding", { id: 1, status: "done" }, "invalid"],
    ["update-finding", { id: 1, status: "verified" }, "invalid"],
    ["update-finding", { id: 1, status: "dismissed" }, "invalid"],
    ["update-finding", { id: 1, reason: "why not" }, "invalid"],
    ["update-finding", { id: 1, owner: "x".repeat(201) }, "invalid"],
    ["update-finding", { id: 1, owner: "nul\0" }, "invalid"],
    ["comment-finding", { id: 999, text: "x" }, "not-found"],
    ["comment-finding", { id: 1, text: "  " }, "invalid"],
    ["comment-finding", { id: 1, text: "x".repeat(5_001) }, "invalid"],
    ["measure-finding", { id: 999 }, "not-found"],
    ["findings", { status: "waiting" }, "invalid"],
    ["keep-finding", { title: "x".repeat(501), question: ASKED }, "invalid"],
    ["keep-finding", { question: { ...ASKED, tuchpoint: "B" } }, "invalid"],
    ["keep-finding", { question: { ...ASKED, outcome: "x".repeat(20_000) } }, "invalid"],
  ] as const)("%s %j is refused", async (name, input, code) => {
    const before = await ask("findings");
    await expect(ask(name, input)).rejects.toMatchObject({ code });
    expect(await ask("findings")).toEqual(before);
  });
});
