/** What is looked at in a small shop with a help desk, and with which bounds; nothing is compared. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { JourneyFixture, type SampleEvent } from "../../../test/journey-fixture.ts";
import type { Role, Stage, Touchpoint } from "../../domain/touchpoint.ts";
import type { AnalysisContext } from "../context.ts";
import { compileOutcome } from "../moment-outcome.ts";
import { buildMomentRows } from "../moment-rows.ts";
import { surveyMoments } from "../moment-survey.ts";
import { painPointsQuerySchema } from "../pain-points-schema.ts";
import { type FoundFrictions, lookForFrictions } from "./candidates.ts";

const HOUR = 3_600_000;
const START = Date.UTC(2025, 0, 1);

const TOUCHPOINTS: readonly [name: string, stage: Stage | null, role?: Role][] = [
  ["Browse", "consideration"],
  ["Pay", "purchase"],
  ["Payment Failed", "purchase"],
  ["Ordered", "purchase", "order"],
  ["Delivery Due", "setup", "delivery"],
  ["Ticket Opened", "support"],
  ["Ticket Answered", "support"],
  ["Rated", null],
];
const CATALOGUE: Touchpoint[] = TOUCHPOINTS.map(([name, stage, role], index) => ({
  ...{ id: index + 1, name, stage, role: role ?? null, channel: null, owner: null, hidden: false, rawNames: [name] },
}));

/** 60 customers, each with the same eight events; every fifth is in trouble. Gaps of customer n are n + 1 hours long. */
function play(): SampleEvent[] {
  return Array.from({ length: 60 }, (_, customer) => customer).flatMap((customer) => {
    const bad = customer % 5 === 0;
    const ticket = [["ticket", `t${customer}`] as const, ["session", `s${customer}`] as const];
    const properties: Readonly<Record<string, Readonly<Record<string, string>>>> = {
      Pay: { attempt: bad ? "2" : "1", method: customer % 2 === 0 ? "card" : "cash" },
      "Delivery Due": { overdue: String(bad), daysLate: bad ? "3" : "-1" },
      "Ticket Opened": { topic: bad ? "parcel" : "bill", subject: `number ${customer}` },
      "Ticket Answered": { hoursWaited: String(customer), topic: "bill", result: bad ? "failed" : "done" },
    };
    return TOUCHPOINTS.map(([touchpoint], step) => ({
      ...{ import: 1, ordinal: customer * 10 + step + 1, rowHash: customer * 10 + step + 1, customer: `c${customer}` },
      ...{ time: START + customer * 400 * HOUR + step * (customer + 1) * HOUR, touchpoint, channel: "", value: null },
      ...(touchpoint === "Rated" ? { score: bad ? 1 : 5, scale: "1-5" } : {}),
      objects: touchpoint.startsWith("Ticket") ? ticket : ticket.slice(1),
      properties: properties[touchpoint] ?? {},
    }));
  });
}

describe("the frictions of a shop", () => {
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.openFilled(play(), CATALOGUE);
  });
  afterAll(() => fixture.close());

  async function look(asked: object, more: Partial<AnalysisContext> = {}): Promise<FoundFrictions> {
    const context = { ...fixture.context(CATALOGUE), ...more };
    const query = painPointsQuerySchema.parse({ journey: "life", outcome: 'touchpoint = "Rated"', ...asked });
    const rows = buildMomentRows(await compileOutcome(context, query), query.withinMs, START + 1e12);
    return lookForFrictions(context, rows, await surveyMoments(context, rows), query);
  }
  const namesOf = ({ frictions }: FoundFrictions, ...kinds: string[]) =>
    frictions
      .filter(({ kind }) => kinds.includes(kind))
      .map(({ touchpoint, property, bad }) => [touchpoint, property, bad].filter((part) => part !== null).join(" "));

  it("are waits for what the company owes, and promises that events say were missed", async () => {
    const found = await look({});
    // The 30 customers of the earlier half have seven gaps each, of 1 to 30 hours.
    expect(found.baseline).toMatchObject({ gaps: 210, overMs: 27.1 * HOUR });
    expect(namesOf(found, "wait")).toEqual([
      // After a delivery it is up to the customer what comes next, and when.
      ...[`Ordered > 27.1h`, 'Delivery Due overdue = "true"', "Delivery Due daysLate > 0"],
      ...[`Ticket Opened > 27.1h`, `Ticket Answered > 27.1h`],
    ]);
  });

  it("are targets instead of the bound", async () => {
    const promises = [
      { touchpoint: "Ticket Opened", property: "wait", atMost: 7.25, atLeast: null },
      { touchpoint: "Ticket Answered", property: "hoursWaited", atMost: 20, atLeast: null },
    ];
    const found = await look({ kinds: ["wait"] }, { promises });
    expect(namesOf(found, "wait")).toEqual(
      expect.arrayContaining(["Ticket Opened > 7.25h", "Ticket Answered hoursWaited > 20"]),
    );
    expect(found.frictions.find(({ touchpoint }) => touchpoint === "Ticket Opened")?.sign).toEqual({
      ...{ by: "gap", overMs: 7.25 * HOUR, from: "target" },
    });
  });

  it("are rework by tries or by coming again, errors by name or result, and bad scores", async () => {
    const found = await look({});
    expect(namesOf(found, "rework")).toEqual([
      ...["Pay attempt > 1", "Payment Failed", "Delivery Due", "Ticket Opened", "Ticket Answered"],
    ]);
    expect(namesOf(found, "error-event")).toEqual(['Ticket Answered result = "failed"', "Payment Failed"]);
    expect(namesOf(found, "bad-score")).toEqual(["Rated score <= 2"]);
    const due = found.frictions.find(({ kind, touchpoint }) => kind === "rework" && touchpoint === "Delivery Due");
    expect(due?.sign).toEqual({ by: "again", later: [6, 7], each: true });
  });

  it("are contacts again about the same topic, of the first event of a ticket only", async () => {
    const { frictions } = await look({ kinds: ["repeat-contact"] });
    expect(frictions.map(({ touchpoint, sign }) => [touchpoint, sign])).toEqual([
      ["Ticket Opened", { by: "contact", topic: "topic", withinMs: 7 * 24 * HOUR }],
    ]);
  });

  it("are drop-offs at every touchpoint but the outcome, where somebody can drop off", async () => {
    const names = TOUCHPOINTS.map(([name]) => name).filter((name) => name !== "Rated");
    expect(namesOf(await look({}), "drop-off").sort()).toEqual(names.sort());
    expect(namesOf(await look({ outcome: "silence" }), "drop-off", "wait")).toEqual([]);
  });

  it("are of sessions what they are of persons: a break of one's own is no wait, coming again without a stage no rework", async () => {
    const found = await look({ journey: "session" });
    expect(namesOf(found, "wait").some((name) => name.startsWith("Browse") || name.startsWith("Rated"))).toBe(false);
    expect(namesOf(found, "rework")).not.toContain("Rated");
    expect(namesOf(found, "repeat-contact")).toEqual([]);
  });
});
