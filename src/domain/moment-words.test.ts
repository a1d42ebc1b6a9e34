/** How moments of truth read. */
import { expect, test } from "vitest";
import {
  describeCaveats,
  describeMoment,
  describeWindow,
  explainLabel,
  explainRejection,
  type MomentCandidate,
  nameMoment,
  nameOutcome,
} from "./moment-words.ts";

const DAY = 86_400_000;
const due: MomentCandidate = {
  touchpoint: "Delivery Due",
  contrast: "experience",
  property: "overdue",
  bad: '= "true"',
};
const chat: MomentCandidate = {
  touchpoint: "Live Chat Conversation Started",
  contrast: "presence",
  property: null,
  bad: null,
};
const order = 'touchpoint = "Order Completed"';

test("a score: who, how much lower, how many a month", () => {
  const moment = { ...due, effect: -1.8, low: -2.1, high: -1.6, reach: 1_180, impact: -2_124 };
  const context = { outcome: 'touchpoint = "Review Answered"', of: "score" } as const;
  expect(describeMoment(moment, { ...context, withinMs: 30 * DAY, months: 10 })).toBe(
    "Customers whose Delivery Due is overdue rate 1.8 points lower (1.6 to 2.1); about 120 a month",
  );
  expect(describeMoment({ ...moment, effect: 0.37, low: 0.3, high: 0.44, reach: 7 }, context)).toBe(
    "Customers whose Delivery Due is overdue rate 0.37 points higher (0.30 to 0.44); about 7 in all",
  );
  expect(describeMoment({ ...moment, effect: -1, low: -1.2, high: -0.9 }, context)).toContain("rate 1.0 point lower");
  expect(describeMoment({ ...moment, effect: -0.24, low: -0.3, high: -0.18 }, { ...context, of: "nps" })).toContain(
    "give an NPS 24.0 points lower (18.0 to 30.0)",
  );
});

test("a share: percentage points, more or less often, outcomes a month", () => {
  const moment = { ...chat, effect: 0.123, low: 0.101, high: 0.145, reach: 3_900, impact: 480 };
  const context = { outcome: order, withinMs: 30 * DAY, months: 12 };
  expect(describeMoment(moment, { outcome: order, months: 12, journey: "visit" })).toBe(
    "Visits with a «Live Chat Conversation Started» end in an order 12.3 points more often (10.1 to 14.5); about 40 orders a month",
  );
  expect(describeMoment(moment, context)).toBe(
    "Customers with a «Live Chat Conversation Started» order 12.3 points more often within 30 days (10.1 to 14.5); about 40 orders a month",
  );
  const fewer = { ...moment, effect: -0.2, low: -0.25, high: -0.15, impact: -12 };
  expect(describeMoment(fewer, { ...context, outcome: "repurchase" })).toContain(
    "order again 20.0 points less often within 30 days (15.0 to 25.0); about 1 order a month",
  );
  expect(describeMoment({ ...fewer, impact: -1 }, context)).toContain("; fewer than one order a month");
  expect(describeMoment({ ...moment, impact: 14_580 }, context)).toContain("about 1,200 orders a month");
  expect(describeMoment(moment, { ...context, outcome: "silence" })).toContain("fall silent 12.3 points more often");
  expect(describeMoment(moment, { ...context, outcome: 'touchpoint = "Signed Up"' })).toContain(
    "reach «Signed Up» 12.3 points more often within 30 days (10.1 to 14.5); about 40 a month",
  );
});

test("an interval that holds zero says which way its ends point; a tiny effect is not 0.0", () => {
  const moment = { ...chat, effect: 0.0004, low: -0.002, high: 0.0028, reach: 100, impact: 0.04 };
  expect(describeMoment(moment, { outcome: order })).toContain(
    "order 0.04 points more often (0.20 less often to 0.28 more often); fewer than one order in all",
  );
});

test("names say what counts as bad in words", () => {
  const experience = (property: string, bad: string) => nameMoment({ ...due, property, bad });
  expect(nameMoment(chat)).toBe("Live Chat Conversation Started");
  expect(nameMoment(due)).toBe("Delivery Due: overdue");
  expect(experience("isLate", '= "1"')).toBe("Delivery Due: late");
  expect(experience("onTime", '= "false"')).toBe("Delivery Due: not on time");
  expect(experience("hasError", '= "true"')).toBe("Delivery Due: has error: yes");
  expect(experience("attempt", '= "1"')).toBe("Delivery Due: attempt: 1");
  expect(experience("hoursWaited", "> 48")).toBe("Delivery Due: hours waited above 48");
  expect(experience("score", "<= 2.5")).toBe("Delivery Due: score at most 2.5");
  expect(experience("fail_reason", '= "card \\"gone\\""')).toBe('Delivery Due: fail reason: card "gone"');
  expect(experience("channel", '!= "web"')).toBe("Delivery Due: channel: not web");
  expect(experience("reason", 'in ("a", "b")')).toBe('Delivery Due: reason in ("a", "b")');
});

test("what is no word after «is» stands in brackets; names get their article", () => {
  const say = (touchpoint: string, part: Partial<MomentCandidate> = {}) =>
    describeMoment(
      { ...chat, touchpoint, ...part, effect: 0.1, low: 0.05, high: 0.15, reach: 1, impact: 1 },
      { outcome: order },
    );
  expect(say("Ticket Answered", { contrast: "experience", property: "hoursWaited", bad: "> 48" })).toContain(
    "Customers with a «Ticket Answered» (hours waited above 48) order",
  );
  expect(say("Advice Call Received")).toContain("with an «Advice Call Received» order");
  expect(say("NPS Answered")).toContain("with an «NPS Answered»");
  expect(say("CSAT Answered")).toContain("with a «CSAT Answered»");
  expect(say("Products Searched")).toContain("with «Products Searched»");
  expect(say("User Created")).toContain("with a «User Created»");
});

test("outcomes and windows have names", () => {
  expect(nameOutcome({ outcome: order })).toBe("Order Completed");
  expect(nameOutcome({ outcome: "repurchase" })).toBe("another order");
  expect(nameOutcome({ outcome: 'touchpoint = "Review Answered"', of: "score" })).toBe("the score of Review Answered");
  expect(nameOutcome({ outcome: "value > 3 " })).toBe("value > 3");
  expect([30 * DAY, DAY, DAY / 2, 90_000, 1_000].map(describeWindow)).toEqual([
    "30 days",
    "1 day",
    "12 hours",
    "90 seconds",
    "1 second",
  ]);
});

test("labels and rejections are explained, caveats only where there is cause", () => {
  expect(explainLabel("likely cause")).toMatch(/^Likely cause: .*Only a trial/u);
  expect(explainLabel("association, adjusted")).toContain("Something unseen may explain it.");
  expect(explainRejection("already different before")).toContain("before it happened");
  const plain = {
    ...({ contrast: "presence", property: null, bad: null } as const),
    crude: 0.2,
    effect: 0.1,
    simpson: false,
    eValue: null,
    responseGap: null,
  } as const;
  expect(describeCaveats(plain, {})).toEqual([]);
  const cautious = {
    ...plain,
    ...({ contrast: "experience", property: "overdue", bad: '= "true"' } as const),
    crude: -0.05,
    simpson: true,
    eValue: 7.26,
    responseGap: -0.08,
  } as const;
  expect(describeCaveats(cautious, { of: null })).toEqual([
    "It is compared with the same touchpoint when it went well.",
    "The plain difference points the other way (−5.0 points): who meets it differs from who does not.",
    "Those concerned answered 8.0 points less often; who stays away is weighted for, not known.",
    "An unseen common cause would have to make both the touch and the outcome 7.3 times as likely to explain it away.",
  ]);
});
