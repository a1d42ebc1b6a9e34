/**
 * The commands on a real workspace, held by this process so that each asks at its door: from an empty list to a timebox with
 * its records and documents. What an action does is tested in src/delivery.
 */
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test, vi } from "vitest";
import { seedStateFolder } from "../../test/state-folder.ts";
import { openSession, type Session } from "../api/session.ts";
import { buildProgram } from "./program.ts";

let folder: string;
let holder: Session;

beforeAll(async () => {
  vi.stubEnv("WAYMARK_AUTHOR", "");
  folder = await mkdtemp(join(tmpdir(), "waymark-initiatives-"));
  await seedStateFolder(folder);
  holder = await openSession({ workspace: folder });
});
afterAll(async () => {
  vi.unstubAllEnvs();
  await holder.close();
  await rm(folder, { recursive: true, force: true });
});

/** What a command writes on stdout. */
async function run(...args: readonly string[]): Promise<string> {
  let out = "";
  const written = (text: unknown, done?: unknown) => {
    out += String(text);
    if (typeof done === "function") done();
    return true;
  };
  const spies = [
    vi.spyOn(process.stdout, "write").mockImplementation(written),
    vi.spyOn(process.stderr, "write").mockImplementation((_: unknown, done?: unknown) => {
      if (typeof done === "function") done();
      return true;
    }),
  ];
  try {
    await buildProgram().parseAsync([...args, "--workspace", folder], { from: "user" });
  } finally {
    for (const spy of spies) spy.mockRestore();
  }
  return out;
}
const by = (...args: readonly string[]) => run(...args, "--author", "Ada");

test("an initiative is begun, filled, planned, prioritised, looked at and printed", async () => {
  expect(JSON.parse(await run("initiatives", "--json"))).toEqual({ initiatives: [] });
  expect(await by("initiatives", "create", "Parcels on time")).toMatch(/^Initiative 1 has begun/u);
  await by("initiatives", "enter", "1", "foundations");
  const required = ["--effort", "5", "--accept", "a mail within 1 h"];
  expect(await by("initiatives", "require", "1", "Warn before a late delivery", ...required)).toMatch(
    /^Requirement 1 .*on the list\.\n {2}ERROR +rule 1, requirement 1 \(principle 1/u,
  );
  await by("initiatives", "increment", "1", "Mail");
  const days = ["--start", "2030-03-04", "--end", "2030-03-22", "--capacity", "20"];
  expect(await by("timebox", "plan", "1", "--increment", "1", "--title", "Mail", ...days)).toContain(
    "Timebox 1/1 is planned: waymark timebox show 1/1",
  );
  await by("initiatives", "put", "1", "1", "--timebox", "1", "--reason", "goes first");
  const because = ["--level", "timebox", "--reason", "half of the cost"];
  expect(await by("initiatives", "prioritise", "1", "1", "must", ...because)).toContain("of the timebox: Must.");
  // Somebody else's edit came in between.
  await expect(by("initiatives", "edit", "1", "1", "--effort", "8", "--version", "2")).rejects.toMatchObject({
    ...{ code: "conflict", details: { requirement: 1, yours: 2, changedBy: "Ada" } },
  });

  const shown = await run("timebox", "show", "1/1");
  expect(shown).toMatch(/capacity 20 days; Must 100\.0 %/u);
  expect(shown).toMatch(/ 1 +Must +to-do +5 +5 +– +Warn before a late delivery/u);
  expect(await run("timebox")).toMatch(/1\/1 +planned +2030-03-04 +2030-03-22/u);
  expect(await run("initiatives", "show", "1")).toMatch(/missing: Business visionary/u);
  expect(await run("initiatives")).toMatch(/ 1 +Business study +0\/0 days +– +\d+ E/u);
});

test("health names the rules by initiative, for scripts exactly as they are asked for", async () => {
  const { rules, ...rest } = JSON.parse(await run("health", "--initiative", "1", "--json"));
  expect(rest).toEqual({});
  expect(rules.find(({ id }: { id: number }) => id === 6)).toMatchObject({
    severity: "error",
    initiative: 1,
    principle: 1,
  });
  expect(Object.keys(rules[0]).toSorted()).toEqual(
    ["action", "id", "initiative", "message", "principle", "severity", "subject"].toSorted(),
  );
  expect(await run("health")).toContain("Initiative 1: Parcels on time (");
  expect(process.exitCode).toBeUndefined();
  await run("health", "--fail-on", "error", "--json");
  expect(process.exitCode).toBe(1);
  process.exitCode = undefined;
  expect(await run("health", "thresholds", "--set", "standUpDays=4")).toMatch(/standUpDays +4\n/u);
});

test("records tell what was done; a document is printed, or written where it shall be", async () => {
  const records = await run("initiatives", "records", "1", "--subject", "requirement 1");
  expect(records).toMatch(/Ada: prioritise, requirement 1 \(half of the cost\)/u);
  expect(await run("initiatives", "document", "1", "foundations")).toMatch(/^# .*\n/u);
  const out = join(folder, "foundations.md");
  expect(await run("initiatives", "document", "1", "foundations", "--out", out)).toContain(out);
  expect(await readFile(out, "utf8")).toContain("Warn before a late delivery");
  await expect(run("initiatives", "document", "1", "foundations", "--out", folder)).rejects.toMatchObject({
    ...{ code: "invalid", message: expect.stringContaining("cannot be written") },
  });
});

test("goals stand above; what is not there, or not said, is told", async () => {
  expect(await run("portfolio", "goal", "Customers come back", "--owner", "Ada")).toMatch(/^Goal 1 stands/u);
  await run("portfolio", "set-goal", "1", "--owner", "none");
  await by("initiatives", "set", "1", "--goal", "1");
  expect(await run("portfolio")).toMatch(/1 Customers come back; initiatives 1\n/u);
  await expect(run("initiatives", "enter", "1", "feasibility")).rejects.toThrow("--author NAME");
  await expect(by("initiatives", "gate", "1", "feasibility", "go")).rejects.toMatchObject({ code: "invalid" });
  await expect(by("initiatives", "enter", "7", "feasibility")).rejects.toMatchObject({ code: "not-found" });
  await expect(by("initiatives", "do", "1", '{"type":"fly"}')).rejects.toThrow("action");
});
