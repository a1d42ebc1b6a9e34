/**
 * From what people fill in to the question, and back; what is still missing; the design that is suggested.
 */
import { describe, expect, it, test } from "vitest";
import { effectQuestionSchema } from "../../../../src/domain/effect.ts";
import { fieldOptions, listChoices } from "./field-choices.ts";
import { describeForesight, describeTooShort } from "./foresight-words.ts";
import { speakOf } from "./metric-words.ts";
import {
  EMPTY_FORM,
  findMissing,
  findUnplanned,
  formOf,
  isMadeByForm,
  leastOf,
  type PlanForm,
  questionOf,
} from "./plan-form.ts";
import { describeWho } from "./question-words.ts";
import { suggestDesign } from "./suggest-design.ts";

const FORM: PlanForm = {
  ...EMPTY_FORM,
  ...{ kind: "ratio", events: ["Order Completed"], per: ["Checkout Started"], by: "customer.group" },
  ...{ treated: ["B"], control: ["A"], since: "2025-08-01", until: "2026-01-01", least: 3 },
};

describe("questionOf", () => {
  it("makes the question the API takes, sizes in its unit", () => {
    expect(questionOf(FORM, "staged")).toMatchObject({
      design: "staged",
      metric: { kind: "ratio", event: 'touchpoint = "Order Completed"', per: 'touchpoint = "Checkout Started"' },
      ...{ by: "customer.group", treatment: ["B"], control: ["A"], since: "2025-08-01", until: "2026-01-01" },
      ...{ minEffect: 0.03, lowerIsBetter: false, unit: "customer" },
    });
    expect([leastOf({ least: 2.5, kind: "share" }), leastOf({ least: 2.5, kind: "count" })]).toEqual([0.025, 2.5]);
  });

  it("asks of everybody at once by days, of chance by customers watched for a while", () => {
    expect(questionOf({ ...FORM, who: "everybody" }, "series")).toMatchObject({ unit: "day", since: "2025-08-01" });
    expect(questionOf({ ...FORM, who: "everybody" }, "series")).not.toHaveProperty("by");
    expect(questionOf({ ...FORM, at: ["Cart Viewed"], watchDays: 14 }, "randomised")).toMatchObject({
      ...{ at: 'touchpoint = "Cart Viewed"', withinMs: 14 * 86_400_000 },
    });
  });

  it("gives each group its own switch-on where they differ", () => {
    const form = { ...FORM, treated: ["B", "C"], staggered: true, starts: { C: "2025-09-01" } };
    expect(questionOf(form, "staged")).toMatchObject({ switchOn: { B: "2025-08-01", C: "2025-09-01" } });
  });

  it("says what is wrong instead of asking it", () => {
    expect(questionOf({ ...FORM, since: "soon" }, "staged")).toContain("write a time like");
    expect(questionOf({ ...FORM, events: [] }, "staged")).toEqual(expect.any(String));
  });

  it("adds a condition to the touchpoints, or stands on it alone", () => {
    const event = (form: PlanForm) => (questionOf(form, "staged") as { metric: { event: string } }).metric.event;
    expect(event({ ...FORM, extra: 'channel = "web"' })).toBe('touchpoint = "Order Completed" and channel = "web"');
    expect(event({ ...FORM, events: [], extra: "value > 9" })).toBe("value > 9");
  });
});

describe("formOf", () => {
  it.each(["randomised", "staged", "synthetic", "series"] as const)("gives the same question back: %s", (design) => {
    const form = { ...FORM, who: design === "series" ? ("everybody" as const) : ("some" as const), watchDays: 7 };
    const question = effectQuestionSchema.parse(questionOf(form, design));
    expect(questionOf(formOf(question), design)).toEqual(question);
  });

  it("keeps what no field has", () => {
    const extra = 'touchpoint = "A" and value > 9';
    const question = effectQuestionSchema.parse({ design: "staged", metric: { kind: "count", event: extra } });
    expect(formOf(question)).toMatchObject({ events: [], extra });
  });

  it("loses nothing that no field has, and knows what it cannot show", () => {
    const asked = { ...FORM, treated: ["B", "CC"], staggered: true, starts: { CC: "2025-08-01", B: "2025-09-01" } };
    const more = {
      from: "2025-01-01",
      confidence: 0.9,
      controls: "not-yet",
      switchOn: { B: "2025-09-01", CC: "2025-08-01" },
    };
    const question = effectQuestionSchema.parse({ ...(questionOf(asked, "staged") as object), ...more });
    expect(isMadeByForm(question)).toBe(true);
    expect(questionOf(formOf(question), "staged")).toEqual(question);
    const { by: _, treatment: __, ...rest } = effectQuestionSchema.parse(questionOf(FORM, "randomised"));
    expect(isMadeByForm({ ...rest, audience: 'customer.country = "BR"' })).toBe(false);
    expect(isMadeByForm({ ...rest, by: "prop.variant", at: "value > 9" })).toBe(false);
  });
});

describe("what is missing", () => {
  it("is said in words, less and less", () => {
    expect(findMissing(EMPTY_FORM)).toEqual([
      "which touchpoints count",
      "what tells the groups apart",
      "the day of the switch-on",
    ]);
    expect(findMissing({ ...FORM, treated: [] })).toEqual(["which values get the change"]);
    expect(findUnplanned({ ...FORM, until: "", least: "" })).toEqual([
      "the stop date",
      "the least effect worth having",
    ]);
    expect(findUnplanned(FORM)).toEqual([]);
  });
});

describe("suggestDesign", () => {
  const suggest = (changes: Partial<PlanForm>, others: number) =>
    suggestDesign({ ...FORM, control: [], ...changes }, others);

  it("follows who gets it, how that is decided, and how many there are to compare with", () => {
    expect(suggest({ who: "everybody" }, 3).design).toBe("series");
    expect(suggest({ decided: "chance" }, 3).design).toBe("randomised");
    expect(suggest({}, 3).design).toBe("staged");
    expect(suggest({}, 12).design).toBe("synthetic");
    expect(suggest({ control: ["A", "C"] }, 12).design).toBe("staged");
    expect(suggest({ treated: ["B", "C"] }, 12).design).toBe("staged");
    expect(suggest({ staggered: true }, 12).why).toContain("different times");
  });
});

describe("what will be seen", () => {
  const question = effectQuestionSchema.parse(questionOf(FORM, "randomised"));
  const spoken = speakOf(question, "");
  const answer = {
    baseline: {
      ...{
        value: 0.7,
        n: 1957,
        low: 0.682,
        high: 0.718,
        variance: 1,
        from: "2025-03-01T00:00:00Z",
        until: "2025-08-01T00:00:00Z",
      },
      ...{ measuredAt: "2025-07-01T00:00:00Z", dataVersion: 1 },
    },
    foreseen: {
      ...{ power: 0.8, unitsNeeded: 5679, unitsPerDay: 5, days: 1086, weeks: 156, unitsByStop: 1957 },
      ...{ smallestEffect: 0.051, reason: null },
    },
  };

  it("is said with units, days and whole weeks, and that it is too short", () => {
    const said = describeForesight(answer, question, spoken).join(" ");
    expect(said).toContain("is 70.0 per 100 (95 %: 68.2 per 100 to 71.8 per 100), n = 1,957 customers.");
    expect(said).toContain("5,679 customers in all: about 1,086 days, that is 156 whole weeks.");
    expect(said).toContain("The smallest effect seen by then, in 80 of 100 cases, is 5.1 per 100.");
    expect(describeTooShort(answer, question, spoken)).toContain("156 whole weeks");
  });

  it("leaves out what nobody knows", () => {
    const nothing = { unitsNeeded: null, unitsPerDay: null, days: null, weeks: null, unitsByStop: null };
    const dark = { baseline: null, foreseen: { power: 0.8, ...nothing, smallestEffect: null, reason: "why" } };
    expect(describeForesight(dark, question, spoken)).toEqual(["What it is without the change is not known."]);
    expect(describeTooShort(dark, question, spoken)).toBeUndefined();
  });

  it("names who gets it and whom they are compared with", () => {
    expect(describeWho(question, String)).toBe("group B, compared with group A");
    const rest = { ...question, control: undefined, at: 'touchpoint = "Cart Viewed"' };
    expect(describeWho(rest, String)).toBe(
      "group B, compared with all others, each counted from the first Cart Viewed on",
    );
  });
});

test("fields to choose from: traits before properties, numbers that are numbers, objects that are no journeys", () => {
  const choices = listChoices({
    touchpoints: [
      { name: "Order", stage: null, hidden: false, events: 3 },
      { name: "Ping", stage: null, hidden: true, events: 3 },
    ],
    channels: [{ channel: "web", events: 6 }],
    properties: [
      { name: "hours", distinct: 2, events: 6, values: [{ value: "4.5", events: 3 }] },
      { name: "variant", distinct: 2, events: 6, values: [{ value: "B", events: 3 }] },
    ],
    traits: [{ name: "group", distinct: 2, customers: 6, values: [{ value: "A", customers: 3 }] }],
    journeys: ["life", "visit", "order-cycle", "order"],
  });
  expect(choices.touchpoints).toEqual(["Order"]);
  expect(choices.fields.map(({ items }) => items.map(({ value }) => value))).toEqual([
    ["customer.group"],
    ["prop.hours", "prop.variant", "channel"],
  ]);
  expect(choices.numbers.map(({ value }) => value)).toEqual(["value", "score", "nps", "hours"]);
  expect(choices.objects).toEqual(["order"]);
});

test("a field that is not there yet can be chosen by its name", () => {
  const fields = [{ group: "About the customer", items: [{ value: "customer.group", label: "group" }] }];
  const values = (by: string, typed: string) =>
    fieldOptions({ fields }, by, typed).flatMap(({ items }) => items.map(({ value }) => value));
  expect(values("customer.group", "group")).toEqual(["customer.group"]);
  expect(values("", "variant")).toEqual(["customer.group", "customer.variant", "prop.variant"]);
  expect(values("prop.variant", "variant")).toEqual(["customer.group", "prop.variant"]);
});
