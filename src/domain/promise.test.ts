/** Which names tell of a promise. */
import { expect, test } from "vitest";
import { describeTarget, PROMISE_STEMS, readPromiseName } from "./promise.ts";

const MISSED = [
  "overdue",
  "late",
  "isLate",
  "was_late",
  "Delayed",
  "breached",
  "slaBreached",
  "SLA Breach",
  "sla-missed",
];
const KEPT = ["onTime", "on_time", "inTime", "punctual", "sla", "SLA met", "withinSla", "targetMet", "promise_kept"];
const NEITHER = [
  "error",
  "latest",
  "plate",
  "template",
  "time",
  "slackChannel",
  "time on page",
  "target",
  "slateColor",
];

test("names say what yes means, however they are spelled", () => {
  expect(MISSED.map(readPromiseName)).toEqual(MISSED.map(() => "missed"));
  expect(KEPT.map(readPromiseName)).toEqual(KEPT.map(() => "kept"));
  expect(NEITHER.map(readPromiseName)).toEqual(NEITHER.map(() => undefined));
});

test("the coarse first look finds every name that is known", () => {
  const found = (name: string) => PROMISE_STEMS.some((stem) => name.toLowerCase().includes(stem.toLowerCase()));
  const known = [
    ...MISSED,
    ...KEPT,
    "past due",
    "pastDue",
    "over due",
    "outsideDeadline",
    "violated promise",
    "inside_target",
  ];
  expect(known.filter((name) => readPromiseName(name) === undefined)).toEqual([]);
  expect(known.filter((name) => !found(name))).toEqual([]);
});

test("a target in words", () => {
  const target = { touchpoint: "Ticket Answered", property: "hoursWaited" };
  expect(describeTarget({ ...target, atMost: 48, atLeast: null })).toBe("hoursWaited is at most 48");
  expect(describeTarget({ ...target, atMost: null, atLeast: 0.5 })).toBe("hoursWaited is at least 0.5");
});
