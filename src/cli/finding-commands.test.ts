/** How findings read on a terminal, which question the words of `findings keep` make, and what is refused. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../test/command-line.ts";
import type { Answer } from "../api/operations.ts";
import type { Session } from "../api/session.ts";
import { buildProgram } from "./program.ts";
import { readKept, readWeeks } from "./read-kept.ts";
import { renderFinding, renderFindings } from "./render-findings.ts";

const MEASURE = {
  ...{ measuredAt: "2026-01-05T08:00:30.000Z", dataVersion: 3, method: "compared", claimed: true, reason: null },
  ...{ effect: -0.041, low: -0.06, high: -0.022, q: 0.00012, reach: 12_040, impact: -493.6, money: null, months: 17 },
};
const FINDING: Answer<"finding"> = {
  ...{ id: 3, kind: "moment", title: "Customers with a Chat order 4.1 points less often", status: "open" },
  ...{ reason: null, owner: null, createdAt: "2026-01-05T08:00:30.000Z", lastActionAt: "2026-01-06T09:00:00.000Z" },
  question: { outcome: "repurchase", withinMs: 2_592_000_000, touchpoint: "Chat", contrast: "presence" },
  ...{ measures: [MEASURE], comments: [], waiting: false, outdated: false },
};

test("the list shows the newest numbers, and what is to do", () => {
  expect(renderFindings({ findings: [] })).toEqual(["No finding is kept here."]);
  const rejected = { ...MEASURE, dataVersion: 4, effect: null, low: null, high: null, q: null, claimed: false };
  const text = renderFindings({
    findings: [
      { ...FINDING, id: 11, waiting: true, outdated: true },
      {
        ...{ ...FINDING, owner: "Ada", status: "accepted", title: "Parcels\nthat are late" },
        ...{ question: { ...FINDING.question, of: "score" } },
        measures: [MEASURE, { ...rejected, reach: 12, impact: null, reason: "too few" }],
      },
    ],
  }).join("\n");
  expect(text).toMatch(/^2 findings\n/u);
  expect(text).toMatch(
    /11 +open +– +−4\.1 \(−6\.0 … −2\.2\) +12,040 +yes +waits, measure again +Customers with a Chat order 4\.1 points/u,
  );
  expect(text).toMatch(/ 3 +accepted +Ada +– +12 +no: too few +Parcels that are late/u);
  expect(text).toContain("1 not settled, and nobody has acted for two weeks.");
  expect(text).toContain("1 measured on older data: waymark findings measure --all looks again.");
});

test("one shows its question, its history and its comments", () => {
  const later = {
    ...MEASURE,
    measuredAt: "2026-02-05T08:00:30.000Z",
    dataVersion: 9,
    effect: 0.5,
    low: 0.1,
    high: 0.9,
  };
  const comments = [{ id: 1, at: "2026-01-06T09:00:00.000Z", by: null, text: "who?" }];
  const finding = { ...FINDING, status: "dismissed", reason: "a test", outdated: true, comments } as const;
  expect(renderFinding({ ...finding, measures: [MEASURE, { ...later, money: 12.5 }] })).toMatchInlineSnapshot(`
    [
      "Finding 3: Customers with a Chat order 4.1 points less often",
      "  dismissed (a test), owner –",
      "  kept 2026-01-05 08:00, last acted on 2026-01-06 09:00 UTC",
      "  The data have changed since: waymark findings measure 3 looks again.",
      "  asked: outcome repurchase; touchpoint Chat; contrast presence; within 30.0 days",
      "",
      "  Measured (UTC)    Data  Effect in points             q       n  Impact  Months  Money a month  Claimed",
      "  ────────────────  ────  ─────────────────────  ───────  ──────  ──────  ──────  ─────────────  ───────",
      "  2026-01-05 08:00     3  −4.1 (−6.0 … −2.2)     0.00012  12,040    −494    17.0              –  yes",
      "  2026-02-05 08:00     9  +50.0 (+10.0 … +90.0)  0.00012  12,040    −494    17.0           0.74  yes",
      "  Newest: compared",
      "",
      "1 comment",
      "  2026-01-06 09:00 somebody: who?",
    ]
  `);
  const score = { ...FINDING, question: { ...FINDING.question, of: "score" }, measures: [later] };
  expect(renderFinding(score).join("\n")).toContain("+0.50 (+0.10 … +0.90)");
  const none = { ...FINDING, measures: [{ ...MEASURE, effect: -0.0004, impact: -0.2 }] };
  expect(renderFinding(none).join("\n")).toMatch(/ 0\.0 \(−6\.0 … −2\.2\) .* 12,040 +0 +17\.0 +yes/u);
});

describe("findings keep", () => {
  const outcome = "repurchase";

  test("a property asks how it went, otherwise whether it happened", () => {
    expect(readKept("Chat", { outcome, within: 5, from: "2025-01-01" })).toEqual({
      question: { outcome, touchpoint: "Chat", contrast: "presence", withinMs: 5, from: "2025-01-01" },
    });
    expect(readKept("Due", { outcome, property: "overdue", bad: '= "true"', of: "score", title: "Late" })).toEqual({
      title: "Late",
      question: {
        ...{ outcome, touchpoint: "Due", contrast: "experience", of: "score" },
        ...{ property: "overdue", bad: '= "true"' },
      },
    });
  });

  test("a friction is kept as a pain point, an incident of it with its weeks and whom it hit", () => {
    expect(readKept("Cart", { outcome, friction: "rework", within: 5, worth: 80 })).toEqual({
      ...{ kind: "pain-point", question: { outcome, kind: "rework", touchpoint: "Cart", withinMs: 5, worth: 80 } },
    });
    const weeks = readWeeks("2024-05-20..2024-06-10");
    const part = 'channel = "app"';
    expect(readKept("Pay", { outcome, friction: "error-event", weeks, part })).toMatchObject({
      question: { incident: { segment: part, from: "2024-05-20", to: "2024-06-10" } },
    });
    expect(readKept("Pay", { outcome, friction: "wait", weeks })).toMatchObject({
      question: { incident: { segment: null } },
    });
    expect(() => readWeeks("May")).toThrow("two days");
  });

  test("what does not fit together is refused", () => {
    expect(() => readKept("Cart", { outcome, friction: "wait", of: "nps" })).toThrow("--friction");
    expect(() => readKept("Cart", { outcome, friction: "wait", part: "x" })).toThrow("--weeks");
    expect(() => readKept("Cart", { outcome, part: "x" })).toThrow("--friction");
    expect(() => readKept("Chat", { outcome, contrast: "presence", property: "overdue" })).toThrow("leave them out");
    expect(() => readKept("Chat", { outcome, bad: "> 3" })).toThrow("--property");
  });
});

describe("the commands", () => {
  let cli: CommandLine;
  let holder: Session;
  beforeAll(async () => {
    cli = await openCommandsHere();
    holder = await cli.hold("findings");
  });
  afterAll(async () => {
    await holder.close();
    await cli.close();
  });
  const findings = (...args: readonly string[]) => cli.run("findings", "findings", ...args);

  test("an empty list is an answer and says what to do", async () => {
    const { code, out, err } = await findings("--json");
    expect({ code, out: JSON.parse(out) }).toEqual({ code: 0, out: { findings: [] } });
    expect(err).toContain("waymark findings keep");
  });

  test("one is kept, shown, worked on and measured; one whose touchpoint goes by another name is told", async () => {
    const call = { signal: new AbortController().signal, onProgress: () => undefined };
    const file = join(cli.folder, "shop.csv");
    // Half of them chat, and of those half order; of the others a tenth.
    const lines = Array.from({ length: 1_000 }, (_, one) => {
      const orders = Math.floor(one / 2) % 10 < (one % 2 === 0 ? 5 : 1);
      const events = ["Viewed", one % 2 === 0 ? "Chat" : "Search", orders ? "Order Completed" : "Left"];
      return events.map((event, hour) => `c${one},${event},2025-01-01T0${hour}:00:00Z\n`).join("");
    });
    await writeFile(file, `user_id,event,timestamp\n${lines.join("")}c0,Viewed,2025-02-01\n`);
    await holder.run("import", { paths: [file] }, call);
    await holder.run("rename-touchpoint", { name: "Chat", to: "Live Chat" }, call);

    const outcome = ["--outcome", 'touchpoint = "Order Completed"', "--within", "1d"];
    expect(await findings("keep", "Live Chat", ...outcome)).toEqual({
      ...{ code: 0, out: "Finding 1 is kept: waymark findings show 1\n", err: "" },
    });
    await findings("comment", "1", "who looks at it?", "--by", "Ben");
    const set = await findings("set", "1", "--status", "accepted", "--owner", "Ada");
    expect(set.out).toMatch(/^Finding 1: Customers with a «?Live Chat»? order 40\.\d points more often/u);
    expect(set.out).toContain("accepted, owner Ada");
    expect(set.out).toMatch(/\+40\.\d \(\+\d\d\.\d … \+\d\d\.\d\) .* 500 +\+200 +1\.0 +yes\n/u);
    expect(set.out).toMatch(/1 comment\n {2}[-\d: ]+ Ben: who looks at it\?\n$/u);
    expect((await findings("--status", "accepted")).out).toMatch(/^1 finding\n/u);

    await holder.run("rename-touchpoint", { name: "Live Chat", to: "Talk" }, call);
    const measured = await findings("measure", "--all", "--json");
    expect(measured).toMatchObject({ code: 2, err: expect.stringMatching(/^waymark: finding 1: .*«Live Chat»/u) });
    expect(JSON.parse(measured.out)).toMatchObject({
      findings: [],
      failed: [{ id: 1, problem: { code: "not-found" } }],
    });
  });

  test("what is not there, or cannot be, ends with 2 and says so", async () => {
    const wrong = [
      [["show", "7"], "no finding 7"],
      [["set", "7", "--status", "fixed"], "no finding 7"],
      [["set", "7", "--status", "done"], "status"],
      [["set", "7", "--status", "verified"], "benefits assessment"],
      [["comment", "7", " "], "text"],
    ] as const;
    const runs = await Promise.all(wrong.map(([args]) => findings(...args)));
    expect(runs.map(({ code }) => code)).toEqual(wrong.map(() => 2));
    for (const [at, [, words]] of wrong.entries()) expect(runs[at]?.err).toContain(words);
  });
});

test.each([
  [["set", "7"], "--status, --reason or --owner"],
  [["measure"], "an id, or --all"],
  [["measure", "7", "--all"], "an id, or --all"],
] as const)("findings %j says too little, or too much", async (args, words) => {
  const run = buildProgram().parseAsync(["findings", ...args], { from: "user" });
  await expect(run).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining(words) });
});
