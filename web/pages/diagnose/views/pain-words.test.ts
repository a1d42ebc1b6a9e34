/** Pain points in the words, costs and addresses that the Diagnose pages show. */
import { describe, expect, it } from "vitest";
import {
  CASE_DETAIL,
  CASE_INCIDENT,
  CASE_LIST,
  CASE_REJECTED,
  CASE_REWORK,
  CASE_WAIT,
} from "../../../../src/analysis/pain/pain-point.case.ts";
import { describeSum } from "../pain-point/describe-sum.ts";
import { describeChecks, surenessRows } from "../pain-point/how-sure.tsx";
import { describeSince, shareTrend } from "../pain-point/since-when.tsx";
import { describePart } from "../pain-point/who.tsx";
import { handledTouchpoints } from "../pain-points/prices.tsx";
import { frictionTarget } from "./friction-target.ts";
import { frictionKey, incidentName, monthlyCost, type PainDetail, type PainReport, wholeCost } from "./pain-report.ts";
import { painColumns, rejectedColumns, splitPain, toCostRow } from "./pain-rows.ts";
import {
  frictionParameters,
  incidentOf,
  painPointQuestion,
  painPointSearchSchema,
  painPointsQuestion,
  painPointsSearchSchema,
} from "./pain-search.ts";
import {
  describeCost,
  describeExcess,
  describeExcessCost,
  describeFacts,
  describeHarm,
  describeWait,
  describeWeeks,
  describeWhom,
  formatAmount,
  formatSum,
  sayCost,
  summarize,
} from "./pain-words.ts";

const list = CASE_LIST as PainReport;
const detail = CASE_DETAIL as PainDetail;
const noMoney = { value: null, low: null, high: null };
const unpriced = { ...CASE_WAIT, valueAtRisk: noMoney };
const DROP_OFF = { ...CASE_WAIT, kind: "drop-off", effect: 0.04, low: 0.02, high: 0.06, wait: null } as const;

describe("what it costs", () => {
  it("says the fact apart from the estimate, and both together", () => {
    expect(describeCost(CASE_REWORK, list)).toEqual({
      whole: "about 520 EUR a month",
      fact: "220 EUR for handling, a fact",
      estimate: "300 EUR at risk, an estimate (80 %: 0 to 640)",
    });
    expect(describeCost(CASE_WAIT, list)).toEqual({
      whole: "about 1,300 EUR a month",
      fact: undefined,
      estimate: "at risk, an estimate (80 %: 880 to 1,800)",
    });
  });

  it("says outcomes where nothing has a price, and never adds money to them", () => {
    expect(monthlyCost({ ...CASE_REWORK, valueAtRisk: noMoney })).toEqual({
      unit: "outcomes",
      fact: 0,
      estimate: CASE_REWORK.outcomesAtRisk,
    });
    expect(sayCost(unpriced, list)).toBe("about 13 orders lost a month; an estimate (80 %: 8.8 to 18)");
    expect(sayCost({ ...CASE_REWORK, valueAtRisk: noMoney }, list)).toBe(
      "about 3 orders lost a month; and 220 EUR for handling, a fact; an estimate (80 %: 0 to 6.4)",
    );
    expect(sayCost(unpriced, { ...list, outcome: "silence" })).toContain("about 13 more fall silent a month");
  });

  it("says that it is not known where no effect of one is claimed, and draws nothing", () => {
    const unknown = { ...CASE_INCIDENT, valueAtRisk: noMoney, outcomesAtRisk: noMoney };
    expect(sayCost(unknown, list)).toBe("cost not known; no effect of one is claimed");
    expect(toCostRow(unknown, list)).toEqual([]);
    expect(wholeCost(monthlyCost(unknown))).toBe(0);
  });

  it("says where a loss is counted that is not its own", () => {
    const none = { value: 0, low: 0, high: 0 };
    const shared = { ...CASE_WAIT, valueAtRisk: none, outcomesAtRisk: none };
    const elsewhere = "hat it loses is counted with the other frictions of the same touches";
    expect(sayCost(shared, list)).toBe(`nothing of its own; w${elsewhere}`);
    expect(describeSum(shared, detail)).toMatchObject({ whole: "nothing of its own", how: [`W${elsewhere}.`] });
    const handled = sayCost({ ...shared, directCost: 220 }, list);
    expect(handled).toBe(`about 220 EUR a month; 220 EUR for handling, a fact; w${elsewhere}`);
  });

  it("draws the fact first and the estimate on top", () => {
    expect(toCostRow(CASE_REWORK, list)).toMatchObject([{ fact: 220, estimate: { value: 300, low: 0, high: 640 } }]);
    expect(wholeCost(monthlyCost(CASE_REWORK))).toBe(520);
  });

  it("writes counts and sums", () => {
    expect([formatAmount(0), formatAmount(3.44), formatAmount(1234.4)]).toEqual(["0", "3.4", "1,234"]);
    expect([formatSum(12.5, "EUR"), formatSum(1234.4, "EUR"), formatSum(0, "")]).toEqual([
      "12.50 EUR",
      "1,234 EUR",
      "0",
    ]);
  });
});

describe("what, where and how sure", () => {
  it("says how often, of how many, and whom", () => {
    expect(describeFacts(CASE_WAIT)).toBe("1,320 of 5,400 times (24.4 %), 990 customers");
    expect(describeFacts({ ...CASE_INCIDENT, customers: 0, journeys: 1 })).toBe("1,320 times, 1 journey");
  });

  it("says what counts as a wait, and only of waits", () => {
    expect(describeWait(CASE_WAIT)).toBe(
      "Longer than 1 d 2 h counts: nine in ten gaps between events were shorter before; half of all gaps are under 3 h 30 min; in all 2,400 hours a month pass here.",
    );
    expect(describeWait(CASE_REWORK)).toBeUndefined();
  });

  it("says the harm of one without a sign, the smaller end first", () => {
    expect(describeHarm(CASE_WAIT, list)).toBe(
      "each makes Order Completed 12.0 points (95 %: 6.0 to 18.0) less likely",
    );
    expect(describeHarm(DROP_OFF, list)).toBe("4.0 points (95 %: 2.0 to 6.0) more end here than usual");
    expect(describeHarm({ ...CASE_WAIT, low: -0.13, high: 0.01, effect: -0.06 }, list)).toContain(
      "(95 %: −13.0 to 1.0)",
    );
    expect(describeHarm(CASE_INCIDENT, list)).toBeUndefined();
  });

  it("says an incident by its weeks, its part of the customers and what it cost in all", () => {
    expect([describeWeeks(CASE_INCIDENT), describeWhom(CASE_INCIDENT)]).toEqual([
      "20 May 2024 – 9 Jun 2024",
      "platform = mobile",
    ]);
    expect(describeExcess(CASE_INCIDENT)).toBe("150 times where about 19 were usual");
    expect(describeExcessCost(CASE_INCIDENT, list)).toBe(
      "about 3,300 EUR in all (80 %: 2,100 to 4,500); about 33 orders lost in all (80 %: 21 to 45)",
    );
    const unmeasured = { excess: { events: 150, usual: 19, outcomes: noMoney, money: noMoney } };
    expect(describeExcessCost(unmeasured, list)).toBe("cost not known: no effect of one is claimed");
    expect(summarize(CASE_INCIDENT, list)).toMatch(
      /^«Payment Failed», 20 May 2024 – 9 Jun 2024, platform = mobile: 150 /u,
    );
  });

  it("says claims by their cost and others by why there is none", () => {
    expect(summarize(CASE_WAIT, list)).toBe("Waiting over 26 h after «Ticket Opened» costs about 1,300 EUR a month");
    expect(summarize(unpriced, list)).toBe("Waiting over 26 h after «Ticket Opened»: about 13 orders lost a month");
    expect(summarize(CASE_REJECTED, list)).toBe(
      "«Ticket Opened» again about the same within 7 days: no claim, too few",
    );
  });
});

describe("lists and tables", () => {
  it("keep incidents apart, in the order of the answer", () => {
    const { frictions, incidents } = splitPain(CASE_LIST.painPoints);
    expect([frictions, incidents]).toEqual([[CASE_WAIT, CASE_REWORK], [CASE_INCIDENT]]);
    const other = { ...CASE_INCIDENT, segment: null };
    expect(new Set([CASE_INCIDENT, other, CASE_WAIT].map(frictionKey)).size).toBe(3);
  });

  it("have every number raw, and none where it rests on too few", () => {
    const row = Object.fromEntries(painColumns(list).map(({ key, value }) => [key, value(CASE_REWORK)]));
    expect(row).toMatchObject({
      direct: 220,
      "risk-value": 300,
      "risk-low": 0,
      "lost-high": 6.4,
      perMonth: 40,
      effect: -0.12,
    });
    const none = Object.fromEntries(rejectedColumns(list).map(({ key, value }) => [key, value(CASE_REJECTED)]));
    expect(none).toMatchObject({ direct: 30, effect: null, crude: null, reason: "too few", events: 60 });
  });

  it("ask for prices where handling costs, the commonest first", () => {
    expect(handledTouchpoints(list)).toEqual(["Payment Failed", "Address Entered", "Ticket Opened"]);
    expect(handledTouchpoints({ painPoints: [CASE_WAIT], rejected: [] })).toEqual([]);
  });
});

describe("one in full", () => {
  it("sets the claim beside the plain difference and the placebo", () => {
    expect(surenessRows(CASE_WAIT).map(({ key, value, tone }) => [key, value, tone])).toEqual([
      ["adjusted", -0.12, "bad"],
      ["crude", -0.2, "plain"],
      ["placebo", 0.004, "plain"],
    ]);
    expect(surenessRows({ ...CASE_REJECTED, effect: null })).toEqual([]);
    expect(describeChecks(CASE_WAIT, detail).join(" ")).toMatch(/of 42 frictions tested.*Placebo: an earlier outcome/u);
    expect(describeChecks(CASE_REJECTED, detail).at(-1)).toBe(
      "No claim, too few: 60 of the 200 touches that it takes.",
    );
  });

  it("marks the month from which it was more", () => {
    const trend = shareTrend(detail, "by month");
    expect(trend.marks).toEqual([{ index: 0, text: "more than usual since" }]);
    expect(trend.points[0]).toMatchObject({ label: "Jun 2025", value: 0.289, n: 450 });
    expect(describeSince(detail.since)).toContain("Since Jun 2025");
    expect(shareTrend({ ...detail, since: null }, "").marks).toEqual([]);
  });

  it("says a part with its effect and money, or that it is too few for one", () => {
    const [mobile, web] = detail.bySegment[0]?.rows ?? [];
    expect(mobile && describePart(mobile, detail)).toBe(
      "700 of 1,800; 58 a month; −16.0 points each (95 %: −25.0 to −7.0); about 930 EUR a month at risk",
    );
    expect(web && describePart(web, detail)).toBe("620 of 3,600; 52 a month; too few for an effect of its own");
  });
});

describe("addresses", () => {
  it("forgive what is wrong in them, and become questions with only what is said", () => {
    const search = painPointsSearchSchema.parse({ within: "soon", worth: "much", themes: "yes", segment: "" });
    expect(search).toEqual({ within: "30d" });
    expect(painPointsQuestion({ journey: "visit" }, "silence", search)).toEqual({
      ...{ journey: "visit", outcome: "silence", withinMs: 30 * 86_400_000 },
    });
    expect(painPointsQuestion({}, "silence", { ...search, themes: true }).kinds).toContain("theme");
  });

  it("lead to a friction and to an incident of it, and back to the same question", () => {
    const asked = { outcome: CASE_LIST.outcome, within: "1d", worth: undefined, segment: undefined };
    const search = painPointSearchSchema.parse(frictionParameters(CASE_INCIDENT, asked, incidentName(CASE_INCIDENT)));
    expect(incidentOf(search)).toEqual({
      ...{ segment: 'customer.platform = "mobile"', from: "2024-05-20", to: "2024-06-10" },
    });
    expect(incidentOf(painPointSearchSchema.parse(frictionParameters(CASE_WAIT, asked)))).toBeUndefined();
    const { kind, touchpoint, ...rest } = painPointSearchSchema.parse(frictionParameters(CASE_WAIT, asked));
    expect(kind && touchpoint && painPointQuestion({}, asked.outcome, { ...rest, kind, touchpoint })).toEqual({
      ...{ outcome: asked.outcome, withinMs: 86_400_000, kind: "wait", touchpoint: "Ticket Opened", bad: "> 26h" },
    });
  });

  it("open the customers of a friction, of an incident those of its weeks and part", () => {
    expect(frictionTarget(CASE_WAIT, list).select).toEqual({
      ...{ kind: "friction", friction: "wait", touchpoint: "Ticket Opened", bad: "> 26h" },
      ...{ outcome: list.outcome, withinMs: list.withinMs },
    });
    expect(frictionTarget(CASE_INCIDENT, list, incidentName(CASE_INCIDENT)).select).toMatchObject({
      during: { from: "2024-05-20", to: "2024-06-10" },
      segment: 'customer.platform = "mobile"',
    });
  });
});
