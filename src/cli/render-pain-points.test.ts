/** How pain points, one friction, prices of handling and unanswered feedback read on a terminal. */
import { describe, expect, test } from "vitest";
import { CASE_DETAIL, CASE_INCIDENT, CASE_LIST, CASE_REJECTED, CASE_REWORK } from "../analysis/pain/pain-point.case.ts";
import type { Answer } from "../api/operations.ts";
import { renderPainPoint } from "./render-pain-point.ts";
import { renderHandlingCosts, renderPainPoints } from "./render-pain-points.ts";
import { renderUnanswered } from "./render-unanswered.ts";

const BASIS = { zone: "Europe/Berlin", filter: { from: null, to: null, outside: false, where: null }, dataVersion: 3 };
const LIST: Answer<"pain-points"> = { ...CASE_LIST, ...BASIS };
const DETAIL: Answer<"pain-point"> = { ...CASE_DETAIL, ...BASIS };

describe("the list", () => {
  test("reads: what it costs, in which weeks, where time passes, what is no claim", () => {
    expect(renderPainPoints(LIST)).toMatchSnapshot();
  });

  test("counts outcomes where one has no worth, and asks for prices where none is set", () => {
    const text = renderPainPoints({
      ...{ ...LIST, worth: null, worthError: null, rejected: [] },
      painPoints: [{ ...CASE_REWORK, directCost: null, valueAtRisk: { value: null, low: null, high: null } }],
    }).join("\n");
    expect(text).toContain("Outcomes lost a month");
    expect(text).toMatch(/«Address Entered» again: about 40 a month; 3 \(80 %: 0 to 6\.4\) fewer times/u);
    expect(text).toContain("An outcome has no known worth");
    expect(text).toContain("waymark pain-points cost TOUCHPOINT AMOUNT");
  });

  test("an incident of a friction without a claimed effect has no cost, rather than none", () => {
    const nothing = { value: null, low: null, high: null };
    const excess = { events: 194, usual: 75, outcomes: nothing, money: nothing };
    const text = renderPainPoints({ ...LIST, painPoints: [{ ...CASE_INCIDENT, excess }] }).join("\n");
    expect(text).toMatch(/2024-06-10 +194 +75 +not known +\.001/u);
  });

  test("says that there is none, and of which size it would have been", () => {
    expect(renderPainPoints({ ...LIST, painPoints: [], rejected: [] }).join("\n")).toContain(
      "No pain point here: of 42 frictions tested none has a sure harm of at least 1.6 points.",
    );
  });
});

describe("one friction", () => {
  test("reads: what, how often, what it costs, how sure, where, since when", () => {
    expect(renderPainPoint({ ...DETAIL, incidents: [CASE_INCIDENT] })).toMatchSnapshot();
  });

  test("says why there is no claim, with its facts and its handling", () => {
    const text = renderPainPoint({ ...DETAIL, painPoint: null, rejected: CASE_REJECTED }).join("\n");
    expect(text).toContain("«Ticket Opened» again about the same within 7 days: no claim.");
    expect(text).toContain("60 of the 200 touches that it takes.");
    expect(text).toContain("60 events of 5,400 (1.1 %), 55 journeys, 50 customers");
    expect(text).toContain("Handling costs 30.00 EUR a month, a fact");
  });
});

test("prices stand beside their touchpoints", () => {
  const costs = [{ touchpoint: "Ticket Opened", amount: 8.5 }];
  expect(renderHandlingCosts({ costs, currency: "EUR" }).join("\n")).toMatch(/Ticket Opened +8\.50 EUR/u);
  expect(renderHandlingCosts({ costs: [], currency: "" })).toEqual([
    "No handling has a price. Set one with: waymark pain-points cost TOUCHPOINT AMOUNT",
  ]);
});

describe("unanswered feedback", () => {
  const answer: Answer<"unanswered"> = {
    ...{ ...BASIS, negative: 40, unanswered: 12, share: { value: 0.3, low: 0.18, high: 0.455 }, waiting: 3 },
    ...{
      customers: 11,
      from: "2025-01-01T00:00:00.000Z",
      to: "2025-04-01T00:00:00.000Z",
      answers: ["Ticket Answered"],
    },
    newest: [
      {
        ...{ customer: "c1", time: "2025-03-20T09:30:00.000Z", touchpoint: "NPS Answered", score: 2, scale: "0-10" },
        ...{ text: "Still\nwaiting", days: 11.6 },
      },
    ],
  };

  test("reads: how many, since when, what an answer is, the newest", () => {
    const text = renderUnanswered(answer).join("\n");
    expect(text).toContain("Negative feedback: 40, of it unanswered 12 (30.0 %, 95 %: 18.0–45.5 %) of 11 customers");
    expect(text).toContain("feedback from 2025-01-01 01:00 up to 2025-04-01 02:00, all time, no filter");
    expect(text).toContain("An answer: Ticket Answered");
    expect(text).toContain("3 more wait and may still be answered in time.");
    expect(text).toMatch(/c1 +2025-03-20 10:30 +11 +NPS Answered +2 \(0-10\) +Still waiting/u);
  });

  test("says when nothing in the data is an answer", () => {
    const text = renderUnanswered({ ...answer, answers: [], share: null, unanswered: 0, newest: [] }).join("\n");
    expect(text).toContain("Negative feedback: 40, answers cannot be told");
    expect(text).toContain("--stage support says which is.");
  });
});
