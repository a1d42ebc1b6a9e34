/** How initiatives, timeboxes, health, the portfolio and records read on a terminal. */
import { expect, test } from "vitest";
import type { Answer } from "../api/operations.ts";
import { CASE_FINDING, healthyInitiative } from "../delivery/initiative.case.ts";
import { CASE_RULES, CASE_SUMMARY, caseReport } from "./initiative-report.case.ts";
import { renderHealth } from "./render-health.ts";
import { renderInitiative, renderInitiatives } from "./render-initiatives.ts";
import { renderPortfolio } from "./render-portfolio.ts";
import { renderRecords } from "./render-records.ts";
import { renderCurrentTimeboxes, renderTimebox } from "./render-timebox.ts";

test("the list has one line an initiative, and says where to look", () => {
  expect(renderInitiatives({ initiatives: [] })).toEqual(["There is no initiative here."]);
  const stopped = { ...CASE_SUMMARY, id: 12, state: "stopped", title: "Two\nlines", errors: 0, warnings: 0 } as const;
  expect(
    renderInitiatives({ initiatives: [CASE_SUMMARY, { ...stopped, shares: null, verdicts: [], effort: 0, done: 0 }] }),
  ).toMatchInlineSnapshot(`
    [
      "2 initiatives",
      "  Id  Phase                                                    Effort done    Must  Health   Verdict  Initiative",
      "  ──  ───────────────────────────────────────────────────────  ───────────  ──────  ───────  ───────  ────────────────────",
      "   1  Functional model iteration + Design and build iteration   10/20 days  50.0 %  1 E 1 W  better   Checkout on one page",
      "  12  stopped                                                     0/0 days       –  ok       –        Two lines",
      "",
      "1 with errors (E): waymark health says what to do.",
    ]
  `);
});

test("one has a section for each of its sides", () => {
  expect(renderInitiative(caseReport()).join("\n")).toMatchInlineSnapshot(`
    "Initiative 1: Checkout on one page
      Functional model iteration + Design and build iteration; begun 2026-01-05 by Bea; days of UTC
      Fewer steps between the cart and the order.
      goal 1: More orders
      finding 1 (being-fixed): Address loop before the payment
      KPI checkout-conversion: 0.65 (0.63 to 0.67), n 4,800 → 0.75
      benefit expected: 20,000.00 EUR a month: More orders from the same carts.

    Phases
      Phase                       From        Until
      ──────────────────────────  ──────────  ──────────
      Feasibility                 2026-01-05  2026-01-12
      Business study              2026-01-12  2026-01-23
      Functional model iteration  2026-01-26  now
      Design and build iteration  2026-01-26  now
      gate Feasibility: go, 2026-01-12 Sofia: The case holds.
      gate Business study: go, 2026-01-23 Sofia: The case holds.
      scope baselined 2026-01-23 by Sofia: 11 requirements

    People
      Sofia: Business sponsor
      Viktor: Business visionary
      Tarek: Technical coordinator
      Petra: Project manager
      Bea: Business analyst
      Lena: Team leader
      Anna: Business ambassador
      Dan: Solution developer
      Dora: Solution developer
      Tom: Solution tester
      Fred: Workshop facilitator
      missing: DSDM coach (nobody helps with the method)
      Finance: Finn (Payments arrive as before.)

    Requirements (11)
      Priority  Effort (days)   Share  Guide
      ────────  ─────────────  ──────  ────────────
      Must                 10  50.0 %  at most 60 %
      Should                6  30.0 %  about 20 %
      Could                 4  20.0 %  about 20 %
      outside the shares: 1 undecided, 3 Won’t
      increment 1: Must 50.0 %, Should 30.0 %, Could 20.0 %

      Id  Project          Increment  Timebox   State  Left  Effort  Owner  Requirement
      ──  ───────────────  ─────────  ────────  ─────  ────  ──────  ─────  ──────────────
       1  Must             1 Must     1 Must    done      0       5  Anna   Requirement 1
       4  Must             2 Must     2 Must    done      0       3  Anna   Requirement 4
       5  Must             2 Must     2 Must    doing   0.5       2  Anna   Requirement 5
       8  Must             2 Must     3 Must    to-do     5       5  Anna   Requirement 8
       2  Should           1 Should   1 Should  done      0       3  Anna   Requirement 2
       6  Should           2 Should   2 Should  to-do     3       3  Anna   Requirement 6
       9  Should           2 Should   3 Should  to-do     3       3  Anna   Requirement 9
       3  Could            1 Could    1 Could   done      0       2  Anna   Requirement 3
       7  Could            2 Could    2 Could   to-do     2       2  Anna   Requirement 7
      10  Could            2 Could    3 Could   to-do     2       2  Anna   Requirement 10
      11  Won’t this time  –          –         to-do     8       8  Anna   Requirement 11
      suggested for 6: Must, because it holds two thirds of the cost

    Timeboxes
      1 Timebox 1, closed 2026-02-02 to 2026-02-13: 0 of 10 days left (Must 0, Should 0, Could 0)
      2 Timebox 2, running 2026-03-09 to 2026-03-20: █▅·· 5.5 of 10 days left (Must 0.5, Should 3, Could 2); 5 by the plan; 1 Must AT RISK
      3 Timebox 3, planned 2026-03-23 to 2026-04-03: 5.5 of 10 days left (Must 0.5, Should 3, Could 2)

    Health: 1 error, 1 warning
      principle 1, Focus on the business need: 1 error
      principle 2, Deliver on time: 1 warning
      nothing against principles 3, 4, 5, 6, 7, 8
      ERROR    rule 4, kpi checkout-conversion (principle 1, Focus on the business need)
        It has no baseline.
        → Measure it before anything is changed.
      warning  rule 15, timebox 2 (principle 2, Deliver on time)
        Requirement 5 is forecast 0.5 days short while 2 days of Could remain.
        → Drop requirement 7.

    Effects
      increment 1 (Pay on one page) live since 2026-02-16 for B
      effect 1 (Orders per checkout, group B), running, 2026-02-16 to 2026-04-16: not measured yet"
  `);
});

test("instants are days of the workspace’s zone; what is a day already stays", () => {
  const initiative = healthyInitiative((one) => Object.assign(one, { createdAt: "2026-01-05T23:30:00.000Z" }));
  const lines = renderInitiative(caseReport({ initiative, zone: "Asia/Tokyo" })).join("\n");
  expect(lines).toContain("begun 2026-01-06 by Bea; days of Asia/Tokyo");
  expect(renderInitiative(caseReport({ zone: "America/New_York" })).join("\n")).toContain("2026-02-16 to 2026-04-16:");
});

test("what waits for somebody is told with the number by which it is answered", () => {
  const at = "2026-03-16T09:00:00.000Z";
  const initiative = healthyInitiative((one) => {
    one.feedback = [{ id: 4, at, author: "Lena", text: "Too long.", negative: true, timebox: null, decision: null }];
    one.constraints = [{ id: 2, kind: "budget", text: "At most 30 days.", phase: "implementation", settled: null }];
  });
  const text = renderInitiative(caseReport({ initiative })).join("\n");
  expect(text).toContain("Feedback without a decision\n  4, 2026-03-16 Lena: Too long.");
  expect(text).toContain("Constraints not settled\n  2, budget, by the gate of Implementation: At most 30 days.");
});

test("one that has just begun says what comes first", () => {
  const nothing = { must: 0, should: 0, could: 0, undecided: 0, wont: 0 };
  const initiative = healthyInitiative((one) => {
    Object.assign(one, { summary: null, benefit: null, goal: null, baseline: null, phases: [], gates: [] });
    Object.assign(one, { requirements: [], timeboxes: [], increments: [], people: [], departments: [], kpis: [] });
  });
  const lines = renderInitiative({
    ...caseReport({ initiative, goal: null, activePhases: [], increments: [], timeboxes: [], findings: [] }),
    ...{ effects: [], health: [], suggestions: [], project: { effort: nothing, shares: null } },
  });
  expect(lines[1]).toContain("not begun");
  expect(lines.join("\n")).toContain("scope not baselined yet");
  expect(lines).toContain("  none yet: waymark initiatives require --help");
  expect(lines).toContain("  no measurement is registered: waymark initiatives effect --help");
  expect(lines).toContain("Health: no rule is broken");
});

test("a timebox tells what is at risk, what to drop, and whom to ask", () => {
  expect(renderTimebox(caseReport(), 2).join("\n")).toMatchInlineSnapshot(`
    "Timebox 1/2: Timebox 2
      running, structured; 2026-03-09 to 2026-03-20, 7 of 10 working days gone; increment 2
      capacity 12 days; Must 50.0 %, Should 30.0 %, Could 20.0 %
      objective: Customers pay on one page.
      burn-down: █▅·· 5.5 of 10 days left (Must 0.5, Should 3, Could 2); 5 by the plan
      forecast: 4.5 days done by the end (2.5 to 6), from this timebox (n 7)
      investigation reviewed by Lena: The order of the fields is clear now.
      last stand-up 2026-03-17: The form. / next: Its errors.

    Requirements
      Id  Priority  State  Left  Effort  Developer           Requirement
      ──  ────────  ─────  ────  ──────  ─────────           ─────────────
       4  Must      done      0       3  Dan                 Requirement 4
       5  Must      doing   0.5       2  Dan        AT RISK  Requirement 5
       6  Should    to-do     3       3  Dan                 Requirement 6
       7  Could     to-do     2       2  Dan                 Requirement 7

    Musts at risk
      5 Requirement 5: At this pace, 1.5 days more will be done by the end: 0.5 days of it would be missing on 2026-03-20.
      At this pace 0.5 days stay undone. To save requirement 5, drop 2 days:
        Could 7, Requirement 7: 2
      then: Must 62.5 %, Should 37.5 %, Could 0.0 %
      Ask: Anna (Business ambassador).
      When they agree: waymark timebox drop 1/2 --proposed --by NAME --reason TEXT

    Health
      warning  rule 15, timebox 2 (principle 2, Deliver on time)
        Requirement 5 is forecast 0.5 days short while 2 days of Could remain.
        → Drop requirement 7."
  `);
});

test("a closed timebox tells what was delivered, an empty one how to fill it", () => {
  const closed = renderTimebox(caseReport(), 1).join("\n");
  expect(closed).toContain(
    "closed 2026-02-13: delivered Must 5/5, Should 3/3, Could 2/2; accepted by Viktor (Business visionary), Tarek (Technical coordinator)",
  );
  expect(closed).toContain("retrospective: Shorter stand-ups.");
  const failed = healthyInitiative(({ timeboxes: [first] }) => {
    if (first?.closeOut)
      Object.assign(first.closeOut, { accepters: [], delivered: { ...first.closeOut.planned, must: 4 } });
  });
  expect(renderTimebox(caseReport({ initiative: failed }), 1).join("\n")).toContain(
    "FAILED, a Must is open; delivered Must 4/5, Should 3/3, Could 2/2; accepted by nobody",
  );
  expect(renderTimebox(caseReport(), 3)).toContain("  none: waymark initiatives put --help");
  expect(renderTimebox(caseReport(), 3)).toContain("  forecast: nothing to tell from yet");
  expect(() => renderTimebox(caseReport(), 9)).toThrow("no timebox 9");
});

test("a proposal that is not enough says what is left to do, also when nobody can choose", () => {
  const { timeboxes } = caseReport();
  const poor = timeboxes.map((facts) => ({
    ...facts,
    proposal: facts.proposal && { ...facts.proposal, enough: false, ask: [], drop: [], freed: 0, sharesAfter: null },
  }));
  const text = renderTimebox(caseReport({ timeboxes: poor }), 2).join("\n");
  expect(text).toContain(
    "no Could or Should is left to drop for requirement 5.\n  What is left: split the Must, then raise an exception (waymark initiatives exception).",
  );
  expect(text).toContain("Nobody holds a business role who could choose");
  expect(text).not.toContain("--proposed");
});

test("timeboxes of now, one line each", () => {
  expect(renderCurrentTimeboxes({ initiatives: [{ ...CASE_SUMMARY, timebox: null }] })).toEqual([
    "No timebox is running or planned.",
  ]);
  expect(renderCurrentTimeboxes({ initiatives: [CASE_SUMMARY] })[2]).toMatch(
    /^ +1\/2 +running +2026-03-09 +2026-03-20 +Checkout on one page +Timebox 2$/u,
  );
});

test("health is grouped by initiative, errors first", () => {
  expect(renderHealth({ rules: [] })).toEqual(["No rule is broken."]);
  const [warning] = CASE_RULES;
  const rules = [...CASE_RULES, ...(warning ? [{ ...warning, initiative: 7, subject: "initiative" }] : [])];
  expect(renderHealth({ rules }, new Map([[1, "Checkout on one page"]])).join("\n")).toMatchInlineSnapshot(`
    "2 initiatives: 1 error, 2 warnings

    Initiative 1: Checkout on one page (1 error, 1 warning)
      ERROR    rule 4, kpi checkout-conversion (principle 1, Focus on the business need)
        It has no baseline.
        → Measure it before anything is changed.
      warning  rule 15, timebox 2 (principle 2, Deliver on time)
        Requirement 5 is forecast 0.5 days short while 2 days of Could remain.
        → Drop requirement 7.

    Initiative 7 (1 warning)
      warning  rule 15, initiative (principle 2, Deliver on time)
        Requirement 5 is forecast 0.5 days short while 2 days of Could remain.
        → Drop requirement 7."
  `);
});

test("the portfolio goes from goals to what is in the calendar", () => {
  const portfolio: Answer<"portfolio"> = {
    ...{ today: "2026-03-18", currency: "EUR", initiatives: [CASE_SUMMARY] },
    goals: [
      {
        goal: { id: 1, title: "More orders", kpis: ["checkout-conversion"], owner: "Sofia" },
        kpis: [{ kpi: "checkout-conversion", value: 0.65, target: 0.75 }],
        initiatives: [1],
      },
    ],
    opportunities: [{ finding: CASE_FINDING, confidence: 0.9996, effort: 20, initiatives: [1] }],
    principles: [
      { id: 1, errors: 1, warnings: 2 },
      { id: 2, errors: 0, warnings: 0 },
    ],
    calendar: [
      { kind: "timebox", initiative: 1, title: "Timebox 1", from: "2026-02-02", to: "2026-02-13", state: "closed" },
      { kind: "timebox", initiative: 1, title: "Timebox 2", from: "2026-03-09", to: "2026-03-20", state: "running" },
      { kind: "benefits", initiative: 1, title: "Benefits", from: "2026-08-17", to: "2026-08-17", state: "to come" },
    ],
  };
  expect(renderPortfolio(portfolio).join("\n")).toMatchInlineSnapshot(`
    "Goals
      1 More orders (Sofia); initiatives 1
        checkout-conversion: 0.65 → 0.75

    Opportunities: findings that nobody has settled, the most promising first
      Finding                  Cost  Reach  Confidence  Effort  Initiatives  Status       What was found
      ───────  ────────────────────  ─────  ──────────  ──────  ───────────  ───────────  ───────────────────────────────
            1  12,000.00 EUR in all    799     100.0 %      20  1            being-fixed  Address loop before the payment

    Initiatives
    1 initiative
      Id  Phase                                                    Effort done    Must  Health   Verdict  Initiative
      ──  ───────────────────────────────────────────────────────  ───────────  ──────  ───────  ───────  ────────────────────
       1  Functional model iteration + Design and build iteration   10/20 days  50.0 %  1 E 1 W  better   Checkout on one page

    1 with errors (E): waymark health says what to do.

    Principles
      principle 1, Focus on the business need: 1 error, 2 warnings
      nothing against principle 2

    Calendar
      From        To          What               Initiative  Title
      ──────────  ──────────  ─────────────────  ──────────  ─────────
      2026-03-09  2026-03-20  timebox, running            1  Timebox 2
      2026-08-17              benefits, to come           1  Benefits"
  `);
  const bare = renderPortfolio({ ...portfolio, goals: [], opportunities: [], initiatives: [], calendar: [] }).join(
    "\n",
  );
  expect(bare).toContain("waymark portfolio goal");
  expect(bare).toContain("every finding is settled");
  expect(bare).not.toContain("Calendar");
});

test("records tell who, when, why and what, and where there are more", () => {
  expect(renderRecords({ records: [], more: false })).toEqual(["No record."]);
  const change = { field: "requirements.3.priority.project", before: null, after: "must" };
  const many = Array.from({ length: 10 }, (_, at) => ({
    field: `field ${at}`,
    before: at,
    after: { text: "x".repeat(90) },
  }));
  const record = { initiative: 1, at: "2026-03-18T10:00:00.000Z", author: "Ada", subject: "requirement 3" };
  const lines = renderRecords({
    records: [
      { ...record, version: 8, action: "prioritise", reason: "half of the cost", changes: [change] },
      { ...record, version: 7, action: "edit-requirement", reason: null, changes: many },
    ],
    more: true,
  });
  expect(lines.slice(0, 3)).toEqual([
    "  8  2026-03-18 10:00 UTC  Ada: prioritise, requirement 3 (half of the cost)",
    "    requirements.3.priority.project: – → must",
    "  7  2026-03-18 10:00 UTC  Ada: edit-requirement, requirement 3",
  ]);
  expect(lines[3]).toMatch(/^ {4}field 0: 0 → \{"text":"x+…$/u);
  expect(lines.slice(-2)).toEqual(["    and 2 more fields", "Earlier ones: --before 7"]);
});
