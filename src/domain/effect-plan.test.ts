/** When a plan is frozen, how far it is, and what is said of one that came late. */
import { describe, expect, test } from "vitest";
import { type EffectQuestionInput, effectQuestionSchema } from "./effect.ts";
import {
  checkRegistered,
  describeSpan,
  findFrozen,
  findStatus,
  findTimes,
  plannedQuestionSchema,
  reachesStop,
  refuseFrozen,
} from "./effect-plan.ts";

const QUESTION: EffectQuestionInput = {
  ...{ design: "staged", metric: { kind: "share", event: 'touchpoint = "Order Completed"' }, by: "customer.group" },
  ...{ switchOn: { C: "2025-09-01", B: "2025-08-01" }, until: "2025-12-01", minEffect: 0.02 },
};
const asked = (change: Partial<EffectQuestionInput> = {}) => effectQuestionSchema.parse({ ...QUESTION, ...change });
const [START, STOP] = ["2025-08-01T00:00:00.000Z", "2025-12-01T00:00:00.000Z"];
const at = (text: string) => new Date(text);

describe("what a plan needs", () => {
  test.each([
    ["until", { until: undefined }],
    ["minEffect", { minEffect: 0 }],
    ["minEffect", { minEffect: undefined }],
    ["since", { switchOn: undefined }],
    ["since", { switchOn: {} }],
    ["until", { until: "soon" }],
  ] as const)("%s is asked for", (field, change) => {
    const said = Object.entries({ ...QUESTION, ...change }).filter(([, value]) => value !== undefined);
    const { error } = plannedQuestionSchema.safeParse(Object.fromEntries(said));
    expect(error?.issues.map(({ path }) => path.join("."))).toEqual([field]);
  });

  test("with switch-on, stop date and least effect it can be registered", () => {
    expect(plannedQuestionSchema.parse(QUESTION)).toMatchObject({ minEffect: 0.02, confidence: 0.95 });
    expect(plannedQuestionSchema.parse({ ...QUESTION, switchOn: undefined, since: "2025-08-01" })).toBeDefined();
  });
});

describe("its times", () => {
  test("the earliest switch-on counts; days are read in the zone of the plan", () => {
    expect(findTimes(asked(), "UTC")).toEqual({ switchOn: START, until: STOP });
    expect(findTimes(asked({ since: "2025-07-31" }), "Europe/Berlin")).toEqual({
      ...{ switchOn: "2025-07-30T22:00:00.000Z", until: "2025-11-30T23:00:00.000Z" },
    });
  });

  test.each([
    ["until", { until: "2025-08-01" }, /after the switch-on/u],
    ["until", { until: "2025-07-01" }, /after the switch-on/u],
    ["until", { until: "3000-01-01" }, /2999/u],
    ["since", { since: "1969-01-01" }, /1970/u],
    ["since", { switchOn: {} }, /switch-on/u],
  ] as const)("%s is refused: %j", (field, change, message) => {
    expect(() => findTimes(asked(change as object), "UTC")).toThrow(
      expect.objectContaining({ code: "invalid", details: { field }, message: expect.stringMatching(message) }),
    );
  });
});

describe("frozen", () => {
  const early = { id: 3, zone: "Europe/Berlin", switchOn: START, registeredAt: "2025-06-01T00:00:00.000Z" };
  const late = { ...early, registeredAt: "2025-10-30T12:00:00.000Z" };

  test("from the switch-on on, one that came late from its registration on", () => {
    expect(findFrozen(early, at("2025-07-31T23:59:59.999Z"))).toBeNull();
    expect(findFrozen(early, at(START))).toBe(START);
    expect(findFrozen(late, at("2026-01-01"))).toBe(late.registeredAt);
  });

  test("what is refused then says since when, and what may still change", () => {
    expect(() => refuseFrozen(early, at("2025-07-31"), "it stays")).not.toThrow();
    expect(() => refuseFrozen(early, at(START), "it stays")).toThrow(
      expect.objectContaining({
        ...{ code: "conflict", details: { effect: 3, frozenAt: START } },
        message:
          "Effect 3 is frozen since its switch-on, 2025-08-01 02:00: it stays. Its name, notes and comments may still change.",
      }),
    );
  });
});

test("it is over when the clock and the data have passed the stop date", () => {
  const status = (now: string, last: string | null) => findStatus({ switchOn: START, until: STOP }, at(now), last);
  expect(status("2025-07-31", "2025-07-30")).toBe("planned");
  expect(status(START, null)).toBe("running");
  expect(status(STOP, "2025-11-29T23:59:59Z")).toBe("running");
  expect(status(STOP, "2025-11-30T00:00:00Z")).toBe("ended");
  expect(status("2025-11-30T23:59:59Z", "2025-12-31")).toBe("running");
  expect(reachesStop(STOP, null)).toBe(false);
});

describe("the check of its registration", () => {
  const registered = (registeredAt: string) =>
    checkRegistered({ zone: "UTC", switchOn: START, until: STOP, registeredAt });

  test("before the switch-on", () => {
    expect(registered("2025-06-01T00:00:00.000Z")).toEqual({
      ...{ id: "registered", passed: true, detail: "Registered on 2025-06-01, 2 months before the switch-on." },
    });
  });

  test("after it, and at it, it says so", () => {
    expect(registered("2025-11-01T00:00:00.000Z")).toMatchObject({
      passed: false,
      detail: expect.stringMatching(/^Registered on 2025-11-01, 3 months after the switch-on: whoever planned it/u),
    });
    expect(registered(START).passed).toBe(false);
    expect(checkRegistered({ zone: "Asia/Tokyo", switchOn: START, until: STOP, registeredAt: STOP }).detail).toMatch(
      /^Registered on 2025-12-01,/u,
    );
    expect(registered(STOP).detail).toContain("4 months after the switch-on, and after the stop date:");
  });
});

test.each([
  [0, "1 minute"],
  [119_999, "2 minutes"],
  [7_200_000, "2 hours"],
  [86_400_000, "24 hours"],
  [3 * 86_400_000, "3 days"],
  [91 * 86_400_000, "3 months"],
  [731 * 86_400_000, "2 years"],
])("%d ms reads as %s", (ms, words) => {
  expect(describeSpan(ms)).toBe(words);
});
