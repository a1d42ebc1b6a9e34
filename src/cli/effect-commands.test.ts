/**
 * The commands on effects: asked of the demo's events at once, planned before and after the switch-on, frozen; what is refused.
 * Rules and stores are tested beside them; how the estimates come about in analysis/effect/.
 */
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../test/command-line.ts";
import type { Answer } from "../api/operations.ts";
import type { Session } from "../api/session.ts";
import { DEMO_SHOP } from "../ingest/demo/simulate-shop.ts";
import { writeDemoFiles } from "../ingest/demo/write-demo-files.ts";
import { readSwitchOn } from "./effect-options.ts";

const [ORDERS, CHECKOUTS] = ['touchpoint = "Order Completed"', 'touchpoint = "Checkout Started"'];
const METRIC = ["--metric", "ratio", "--event", ORDERS, "--per", CHECKOUTS] as const;
const CHANCE = ["--design", "randomised", "--by", "customer.group", "--control", "A", "--treatment", "B"] as const;
const STAGED = ["--design", "staged", "--by", "customer.group", "--switch-on", "B=2025-08-01"] as const;
const DONE = ["--until", "2026-01-01", "--min-effect", "0.02"] as const;
/** Long after this test runs. */
const FAR = ["--since", "2080-08-01", "--until", "2080-12-01", "--min-effect", "0.05"] as const;

let cli: CommandLine;
let holder: Session;
beforeAll(async () => {
  cli = await openCommandsHere();
  holder = await cli.hold("shop");
  const folder = join(cli.folder, "demo");
  await mkdir(folder);
  const { file } = await writeDemoFiles(folder, { ...DEMO_SHOP, customers: 1_200 });
  const call = { signal: new AbortController().signal, onProgress: () => undefined };
  await holder.run("import", { paths: [file], recipe: "demo" }, call);
}, 120_000);
afterAll(async () => {
  await holder.close();
  await cli.close();
});
const waymark = (...args: readonly string[]) => cli.run("shop", ...args);
const effects = (...args: readonly string[]) => waymark("effects", ...args);

describe("asked at once", () => {
  test("the demo's change that worked is better, and the answer says that nobody planned it", async () => {
    const { code, out, err } = await waymark("effect", ...STAGED, ...METRIC, ...DONE, "--from", "2025-01-01");
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(out).toMatch(/^Better: \+0\.\d+, 95 % interval \+0\.\d+ to \+0\.\d+/u);
    expect(out).toMatch(/Rests on .*: switched on 2025-08-01, .*\(Europe\/Berlin\)/u);
    expect(out).toMatch(/registered +NO +Not registered:/u);
  });

  test("as JSON it is the operation's answer", async () => {
    const { code, out } = await waymark("effect", ...CHANCE, ...METRIC, ...DONE, "--since", "2025-08-01", "--json");
    expect(code).toBe(0);
    const report = JSON.parse(out) as Answer<"estimate-effect">;
    expect(report).toMatchObject({ design: "randomised", minEffect: 0.02, zone: "Europe/Berlin" });
    expect(report.groups.map(({ name, role }) => [name, role])).toEqual([
      ["A", "control"],
      ["B", "treatment"],
    ]);
    expect([report.low < 0.168, report.high > 0.168]).toEqual([true, true]);
  });

  test("a file still needs no workspace, and has the same report", async () => {
    const csv = join(cli.folder, "test.csv");
    const rows = Array.from({ length: 400 }, (_, one) => `${one % 2},${one % 2 === 0 ? one % 3 : (one % 3) + 1}\n`);
    await writeFile(csv, `arm,value\n${rows.join("")}`);
    const { code, out, err } = await waymark(
      ...["effect", "--design", "randomised", "--csv", csv, "--group", "arm", "--value", "value", "--json"],
    );
    expect({ code, err }).toEqual({ code: 0, err: "" });
    expect(JSON.parse(out)).toMatchObject({ design: "randomised", n: 400, verdict: "better", minEffect: 0 });
    expect(Object.keys(JSON.parse(out) as object)).not.toContain("zone");
  });
});

describe("planned before the switch-on", () => {
  test("what can be seen is told beforehand, in plain words", async () => {
    const { code, out } = await effects("foresee", ...CHANCE, ...METRIC, ...FAR);
    expect(code).toBe(0);
    const told = out.trim().split("\n");
    expect(told[0]).toMatch(/^Before: 0\.\d+ \(0\.\d+ to 0\.\d+\), n \d+\.$/u);
    expect(told[1]).toMatch(/^An effect of 0\.05 is seen 80 times in 100 with [\d,]+ units: about [\d,]+ weeks \(/u);
    expect(told[2]).toMatch(
      /^By the stop date, with [\d,]+ units, the smallest effect seen 80 times in 100 is 0\.\d+\.$/u,
    );
  });

  test("it is registered, changed and taken away", async () => {
    const planned = await effects("plan", "One page", ...CHANCE, ...METRIC, ...FAR, "--why", "four pages lose a third");
    expect(planned).toMatchObject({ code: 0, err: "" });
    const lines = planned.out.split("\n");
    expect(lines.slice(0, 3)).toEqual([
      "Planned: it is switched on 2080-08-01.",
      "Effect 1: One page",
      "  planned; switch-on 2080-08-01, stop date 2080-12-01 (Europe/Berlin); may still be changed",
    ]);
    expect(lines[3]).toMatch(/^ {2}Registered on \d{4}-\d\d-\d\d, \d+ years before the switch-on\.$/u);
    expect(lines).toContain(`  measures: ${ORDERS} for each ${CHECKOUTS}`);
    expect(lines).toContain("  design: randomised; by customer.group; control A; treatment B");
    expect(lines).toContain("  why: four pages lose a third");
    const set = await effects(
      "set",
      "1",
      "--min-effect",
      "3%",
      "--name",
      "Checkout on one page",
      "--why",
      "none",
      "--json",
    );
    expect(set.code).toBe(0);
    expect(JSON.parse(set.out)).toMatchObject({
      ...{ name: "Checkout on one page", why: null, status: "planned", frozenAt: null },
      question: { minEffect: 0.03, control: ["A"], metric: { kind: "ratio", event: ORDERS, per: CHECKOUTS } },
    });
    const early = await effects("measure", "1");
    expect(early.out).toMatch(/^Planned: it is switched on 2080-08-01\.\n/u);
    expect(await effects("remove", "1")).toEqual({ code: 0, out: "Effect 1 is gone.\n", err: "" });
    const none = await effects();
    expect(none).toMatchObject({ code: 0, out: "No measurement is registered here.\n" });
    expect(none.err).toContain("waymark effects plan");
  });
});

describe("planned after the switch-on", () => {
  test("it says so, is frozen, and is measured by its question", async () => {
    const late = await effects("plan", "Seen before", ...STAGED, ...METRIC, ...DONE);
    expect(late.code).toBe(0);
    expect(late.out).toMatch(/^Not measured yet: waymark effects measure 2 does\.\nEffect 2: Seen before\n {2}ended;/u);
    expect(late.out).toMatch(/NOTE: Registered on .* after the switch-on, and after the stop date:/u);
    const frozen = /^waymark: Effect 2 is frozen since its switch-on, 2025-08-01: /u;
    for (const change of [
      ["set", "2", "--min-effect", "0.01"],
      ["set", "2", "--name", "x", "--until", "2026-02-01"],
      ["remove", "2"],
    ]) {
      const { code, out, err } = await effects(...change);
      expect({ code, out }).toEqual({ code: 2, out: "" });
      expect(err).toMatch(frozen);
    }
    const problem = (await effects("set", "2", "--min-effect", "0.01", "--json")).err.trim().split("\n").at(-1);
    expect(JSON.parse(problem ?? "")).toMatchObject({ code: "conflict", status: 409, details: { effect: 2 } });
    await effects("comment", "2", "the carrier changed", "--by", "Ada");
    expect((await effects("set", "2", "--name", "Renamed")).out).toContain("Effect 2: Renamed\n");
    const { out } = await effects("measure", "--all");
    expect(out).toMatch(/^1 effect\n/u);
    expect(out).toMatch(/ 2 +ended +2025-08-01 +2026-01-01 +AFTER +better +\+0\.\d+ \(.*\) +[\d,]+ +Renamed\n/u);
    const shown = (await effects("show", "2")).out;
    expect(shown).toMatch(/^Better: \+0\.\d+, /u);
    expect(shown).toMatch(/registered +NO +Registered on /u);
    expect(shown).toMatch(/1 comment\n {2}[-\d: ]+ Ada: the carrier changed\n$/u);
    expect((await effects("--status", "planned")).out).toBe("No measurement is registered here.\n");
  });
});

test("a design without an interval for every look has no verdict before its stop date", async () => {
  const planned = await effects("plan", "Long", ...STAGED, ...METRIC, "--until", "2080-01-01", "--min-effect", "0.02");
  const [, id = ""] = /^Effect (\d+): Long$/mu.exec(planned.out) ?? [];
  const { code, out } = await effects("measure", id);
  expect(code).toBe(0);
  expect(out).toMatch(/^Inconclusive: \+0\.\d+, /u);
  expect(out).toMatch(/^ {2}running; switch-on 2025-08-01, stop date 2080-01-01 /mu);
  expect(out).toMatch(/stop-date +NO +The data end 202\d-\d\d-\d\d \d\d:\d\d, before the stop date 2080-01-01/u);
});

test("what does not fit together, or is not there, ends with 2 and says so", async () => {
  const wrong = [
    [["effect", ...METRIC], "--design"],
    [["effect", ...CHANCE], "--metric"],
    [["effect", ...CHANCE, "--value", "x"], "--csv"],
    [["effect", "--design", "series", "--csv", "x.csv", "--value", "x", "--since", "2025-01-01"], "--since"],
    [["effect", "--design", "series", "--csv", "x.csv"], "--value"],
    [["effects", "plan", "x", ...CHANCE, ...METRIC, "--since", "2080-01-01", "--min-effect", "1"], "stop date"],
    [["effects", "plan", "x", ...CHANCE, ...METRIC, "--since", "2080-01-01", "--until", "2081-01-01"], "least effect"],
    [["effects", "plan", "x", ...STAGED, ...METRIC, ...DONE, "--switch-on", "B"], "B=2025-08-01"],
    [["effects", "show", "999"], "no effect 999"],
    [["effects", "set", "2"], "--name"],
    [["effects", "measure"], "an id, or --all"],
    [["effects", "measure", "2", "--all"], "an id, or --all"],
  ] as const;
  const runs = await Promise.all(wrong.map(([args]) => waymark(...args)));
  expect(runs.map(({ code }) => code)).toEqual(wrong.map(() => 2));
  for (const [at, [, words]] of wrong.entries()) expect(runs[at]?.err).toContain(words);
}, 60_000);

test("groups are named with their day, once for each", () => {
  expect(readSwitchOn("x=y=2025-08-01", readSwitchOn("B=2025-01-01T12:00"))).toEqual({
    ...{ B: "2025-01-01T12:00", "x=y": "2025-08-01" },
  });
  for (const text of ["B", "B=", "=2025-01-01"]) expect(() => readSwitchOn(text)).toThrow("B=2025-08-01");
});
