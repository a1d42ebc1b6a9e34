/** Which action the words of a command make, who makes it, and what is told afterwards; nothing here opens a workspace. */
import { Command } from "commander";
import { describe, expect, test } from "vitest";
import type { Answer } from "../api/operations.ts";
import { findExitCode, readThreshold } from "./health-command.ts";
import { addInitiativeCommands, readAction } from "./initiative-commands.ts";
import { makeKpi } from "./initiative-effect-commands.ts";
import { type Ask, type Change, type ChangeOptions, readAuthor, renderChange } from "./initiative-options.ts";
import { caseReport } from "./initiative-report.case.ts";
import { addTimeboxCommands, readAccepter, readCarry } from "./timebox-commands.ts";

const KPI = { id: "conversion", value: 0.65, low: 0.63, high: 0.67, n: 4_800, unit: "share" };

/** Answers from the case, and notes what was asked. */
function answering(kpi: Partial<Answer<"kpis">["kpis"][number]> = KPI) {
  const asked: string[] = [];
  const ask = (async (operation: string) => {
    asked.push(operation);
    return operation === "kpis" ? { kpis: [kpi] } : caseReport();
  }) as Ask;
  return { ask, asked };
}

/** The change that a command makes, with the action it comes to. */
async function read(...args: readonly string[]) {
  const made: { options: ChangeOptions; change: Change }[] = [];
  const program = new Command("waymark").exitOverride();
  const note = async (options: ChangeOptions, change: Change) => void made.push({ options, change });
  addInitiativeCommands(program, note);
  addTimeboxCommands(program, note);
  for (const { commands } of program.commands)
    for (const command of commands) command.exitOverride().configureOutput({ writeErr: () => undefined });
  await program.parseAsync(args, { from: "user" });
  const [{ options, change } = { options: {}, change: undefined }] = made;
  const { ask, asked } = answering();
  return { options, change, asked, action: await change?.makeAction(ask) };
}

const REQUIRED = ["--effort", "5", "--need-finding", "3", "--accept", "a mail", "--accept", "in 1 h", "--owner", "Ada"];
const PLANNED = ["--increment", "1", "--title", "Mail", "--start", "2026-03-02", "--end", "2026-03-20"];

test.each([
  ["initiatives enter 1 Foundations", { type: "enter-phase", phase: "business-study" }],
  ["initiatives gate 1 feasibility go", { type: "decide-gate", phase: "feasibility", decision: "go" }],
  ["initiatives role 1 Ada business-visionary", { type: "assign-role", person: "Ada", role: "business-visionary" }],
  ["initiatives role 1 Ada dsdm-coach --release", { type: "release-role", person: "Ada", role: "dsdm-coach" }],
  [
    "initiatives department 1 Sales",
    { type: "set-department", department: "Sales", stakeholder: null, interest: null },
  ],
  ["initiatives department 1 Sales --remove", { type: "remove-department", department: "Sales" }],
  ["initiatives exception 1 late --timebox 2", { type: "raise-exception", text: "late", timebox: 2 }],
  ["initiatives answer 1 4 no --refuse", { type: "answer-exception", exception: 4, text: "no", granted: false }],
  ["initiatives feedback 1 long --negative", { type: "give-feedback", text: "long", negative: true, timebox: null }],
  ["initiatives set 1 --goal none --unit points", { type: "edit-initiative", goal: null, effortUnit: "points" }],
  [
    "initiatives set 1 --benefit less --monthly 12000 --gone",
    { type: "edit-initiative", benefit: { text: "less", monthly: 12_000, expected: false } },
  ],
  ["initiatives finding 1 3 --remove", { type: "link-finding", finding: 3, linked: false }],
  ["initiatives effect 1 2", { type: "register-effect", effect: 2 }],
  ["initiatives increment 1 Mail", { type: "add-increment", title: "Mail" }],
  [
    "initiatives deploy 1 1 --day 2026-06-01 --group B",
    { type: "deploy-increment", increment: 1, day: "2026-06-01", group: "B" },
  ],
  ["initiatives evidence 1 3 tried --failed", { type: "add-evidence", requirement: 3, text: "tried", passed: false }],
  ["timebox kick-off 1/2", { type: "kick-off", timebox: 2 }],
  ["timebox edit 1/2 --capacity 18", { type: "edit-timebox", timebox: 2, capacity: 18 }],
  ["timebox review 1/2 refinement", { type: "review-stage", timebox: 2, stage: "refinement", feedback: null }],
  [
    "timebox progress 1 3 --remaining 2",
    { type: "progress-requirement", requirement: 3, state: "doing", remaining: 2 },
  ],
  ["timebox progress 1 3 --remaining 0", { type: "progress-requirement", requirement: 3, state: "done", remaining: 0 }],
  ["timebox progress 1 3 --state to-do", { type: "progress-requirement", requirement: 3, state: "to-do" }],
  ["timebox block 1/2 stuck --requirement 5", { type: "raise-blocker", timebox: 2, requirement: 5, text: "stuck" }],
  ["timebox unblock 1/2 1", { type: "clear-blocker", timebox: 2, blocker: 1, outcome: null }],
  [
    "timebox drop 1/2 6 7 --saves 5 --by Anna",
    { type: "drop-requirements", timebox: 2, requirements: [6, 7], saved: 5, decidedBy: "Anna" },
  ],
  [
    "timebox move-end 1/2 --end 2026-03-25 --exception 1",
    { type: "move-end", timebox: 2, end: "2026-03-25", exception: 1 },
  ],
  ["timebox cancel 1/3", { type: "cancel-timebox", timebox: 3 }],
])("%s", async (line, action) => {
  const made = await read(...line.split(" "));
  expect(made).toMatchObject({ change: { initiative: 1 }, asked: [] });
  expect(made.action).toEqual(action);
});

test("a requirement is written with its need, criteria and owner", async () => {
  const { action, options } = await read("initiatives", "require", "1", "Warn", ...REQUIRED, "--author", "Ada");
  expect(action).toEqual({
    ...{ type: "add-requirement", title: "Warn", need: { finding: 3 }, effort: 5 },
    ...{ acceptance: ["a mail", "in 1 h"], owner: "Ada" },
  });
  expect(options).toMatchObject({ author: "Ada" });
});

test("an edit takes the version that is there now, or the one that was read", async () => {
  const edited = await read("initiatives", "edit", "1", "5", "--value", "none", "--need-kpi", "none", "--risk", "none");
  expect(edited.asked).toEqual(["initiative"]);
  expect(edited.action).toEqual({
    ...{ type: "edit-requirement", requirement: 5, version: 1, value: null, need: { kpi: null }, risk: null },
  });
  const read3 = ["--version", "3", "--reason", "half of the cost"];
  const prioritised = await read("initiatives", "prioritise", "1", "5", "Won't", "--level", "timebox", ...read3);
  expect(prioritised).toMatchObject({ asked: [], options: { reason: "half of the cost" } });
  expect(prioritised.action).toEqual({
    ...{ type: "prioritise", requirement: 5, version: 3, level: "timebox", priority: "wont" },
  });
  expect((await read("initiatives", "prioritise", "1", "5", "none")).action).toMatchObject({
    ...{ level: "project", priority: null },
  });
});

test("a timebox brings its increment; taken out of it, a requirement keeps the increment it has", async () => {
  const put = async (...args: readonly string[]) => (await read("initiatives", "put", "1", "5", ...args)).action;
  expect(await put("--timebox", "3")).toMatchObject({ timebox: 3, increment: null, version: 1 });
  expect(await put("--timebox", "none")).toMatchObject({ timebox: null, increment: 2 });
  expect(await put("--increment", "1")).toMatchObject({ timebox: null, increment: 1 });
  expect(await put("--increment", "none")).toMatchObject({ timebox: null, increment: null });
});

test("a timebox is planned, its stand-up is of today, and it is closed with accepters and what is carried", async () => {
  expect((await read("timebox", "plan", "1", ...PLANNED, "--capacity", "20")).action).toEqual({
    ...{ type: "plan-timebox", increment: 1, title: "Mail", objective: "Mail", format: "structured" },
    ...{ start: "2026-03-02", end: "2026-03-20", capacity: 20 },
  });
  expect((await read("timebox", "stand-up", "1/2", "--done", "text", "--next", "sending")).action).toEqual({
    ...{ type: "stand-up", timebox: 2, day: "2026-03-18", done: "text", next: "sending", inTheWay: null, hours: null },
  });
  const accepted = ["--accepted", "Ada=business-visionary", "--carry", "5=3", "--carry", "6=none"];
  expect((await read("timebox", "close", "1/2", ...accepted, "--retrospective", "shorter")).action).toEqual({
    ...{ type: "close-out", timebox: 2, accepters: [{ person: "Ada", role: "business-visionary" }] },
    ...{
      retrospective: "shorter",
      carry: [
        { requirement: 5, to: 3 },
        { requirement: 6, to: null },
      ],
    },
  });
});

test("what is proposed is dropped; without a proposal that is told", async () => {
  const drop = (place: string) => read("timebox", "drop", place, "--proposed", "--by", "Anna");
  expect((await drop("1/2")).action).toEqual({
    ...{ type: "drop-requirements", timebox: 2, requirements: [7], saved: 5, decidedBy: "Anna" },
  });
  await expect(drop("1/3")).rejects.toMatchObject({ code: "invalid", message: expect.stringContaining("Nothing is") });
});

describe("a KPI's baseline", () => {
  const AT = "2026-03-18T10:00:00.000Z";

  test("is measured now, written by hand, or stays", async () => {
    const { ask } = answering();
    const { id: kpi, unit: _unit, ...measured } = KPI;
    expect(await makeKpi(ask, 1, kpi, { target: 0.75, baseline: "now" }, AT)).toEqual({
      ...{ type: "set-kpi", kpi, target: 0.75, baseline: { ...measured, at: AT } },
    });
    expect(await makeKpi(ask, 1, kpi, { baseline: 0.6 }, AT)).toMatchObject({
      ...{ target: null, baseline: { value: 0.6, n: null, low: null, high: null, at: AT } },
    });
    const known = "checkout-conversion";
    expect(await makeKpi(ask, 1, known, { target: 0.8 }, AT)).toMatchObject({ target: 0.8, baseline: { value: 0.65 } });
    expect(await makeKpi(ask, 1, known, { baseline: "none" }, AT)).toMatchObject({ target: 0.75, baseline: null });
    expect(await makeKpi(ask, 1, known, { remove: true }, AT)).toEqual({ type: "remove-kpi", kpi: known });
  });

  test("that cannot be measured is told with what is missing", async () => {
    const missing = { id: "conversion", value: null, n: 0, required: 1, message: "no journey yet" } as const;
    const measure = (kpi: string) => makeKpi(answering(missing).ask, 1, kpi, { baseline: "now" }, AT);
    await expect(measure("conversion")).rejects.toThrow("cannot be measured: no journey yet");
    await expect(measure("other")).rejects.toThrow("no KPI «other»");
  });
});

test.each([
  [["initiatives", "set", "1"], "Say what to set"],
  [["initiatives", "set", "1", "--monthly", "5"], "--benefit"],
  [["initiatives", "edit", "1", "3"], "Say what to change"],
  [["initiatives", "edit", "1", "3", "--risk", "high"], "--risk-text"],
  [["initiatives", "put", "1", "3"], "--timebox or --increment"],
  [["initiatives", "answer", "1", "1", "well"], "--grant or --refuse"],
  [["initiatives", "waive-must", "1", "--accurate"], "all four"],
  [["initiatives", "enter", "1", "evolutionary-development"], "It must be one of: feasibility"],
  [["initiatives", "role", "1", "Ada", "boss"], "business-sponsor"],
  [["initiatives", "do", "1", "{"], "no JSON"],
  [["timebox", "kick-off", "12"], "such as 3/1"],
  [["timebox", "edit", "1/2"], "Say what to change"],
  [["timebox", "progress", "1", "2"], "--remaining"],
  [["timebox", "drop", "1/2", "--by", "Ada"], "--proposed alone"],
  [["timebox", "drop", "1/2", "5", "--proposed", "--by", "Ada"], "--proposed alone"],
  [["timebox", "drop", "1/2", "x", "--saves", "3", "--by", "Ada"], "by their numbers"],
])("%j says too little, or what is not there", async (args, words) => {
  await expect(read(...args)).rejects.toThrow(words);
});

test("who makes a change is said or known; otherwise it is asked for", () => {
  expect(readAuthor({ author: " Ada " }, () => "Ben")).toBe("Ada");
  expect(readAuthor({}, () => "Ben")).toBe("Ben");
  for (const author of [undefined, " "])
    expect(() => readAuthor(author === undefined ? {} : { author }, () => undefined)).toThrow("--author NAME");
});

test("a change tells what is wrong with what it touched, and where the rest is", async () => {
  const kpi = await read("initiatives", "kpi", "1", "checkout-conversion", "--target", "0.75");
  expect(kpi.change && renderChange(caseReport(), kpi.change)).toEqual([
    "Initiative 1, checkout-conversion: baseline 0.65, target 0.75.",
    "  ERROR    rule 4, kpi checkout-conversion (principle 1, Focus on the business need)",
    "    It has no baseline.",
    "    → Measure it before anything is changed.",
    "  Health: 1 more to look at: waymark health --initiative 1",
  ]);
  const { change } = await read("initiatives", "enter", "1", "implementation");
  expect(change && renderChange(caseReport({ health: [] }), change)).toEqual(["Initiative 1 is in Implementation."]);
});

test("scripts fail on what they name, warnings together with errors", () => {
  const [error, warning] = [[{ severity: "error" }], [{ severity: "warning" }]] as const;
  expect([findExitCode(error, undefined), findExitCode(error, "error"), findExitCode(error, "warning")]).toEqual([
    0, 1, 1,
  ]);
  expect([findExitCode(warning, "error"), findExitCode(warning, "warning"), findExitCode([], "warning")]).toEqual([
    0, 1, 0,
  ]);
});

test("thresholds, accepters, carried requirements and actions are read or refused", () => {
  expect(readThreshold("standUpDays=3", { mostMust: 0.65 })).toEqual({ mostMust: 0.65, standUpDays: 3 });
  for (const wrong of ["standUpDays", "=3", "mostMust=", "mostMust=x", "a=1=2"])
    expect(() => readThreshold(wrong)).toThrow("such as mostMust=0.65");
  expect(readAccepter("A=B=dsdm-coach")).toEqual([{ person: "A=B", role: "dsdm-coach" }]);
  expect(() => readAccepter("Ada")).toThrow("such as Ada=");
  expect(() => readCarry("5=list")).toThrow("such as 3=2");
  expect(readAction('{"type":"enter-phase","phase":"feasibility"}')).toEqual({
    type: "enter-phase",
    phase: "feasibility",
  });
});
