/** By what one moment can be split: traits, and what came before the attempt where anything is known from before. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import { analyzeMoment } from "./moment-detail.ts";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const CATALOGUE = catalogueOf(["A", "B", "Order"]);

/** Two visits of each customer, ten days apart: A or B, then an order of every other one. */
function makeEvents(): SampleEvent[] {
  const events: SampleEvent[] = [];
  const add = (customer: number, visit: number, minute: number, touchpoint: string) => {
    const ordinal = events.length + 1;
    const time = visit * 10 * DAY + customer * HOUR + minute * 60_000;
    events.push({
      ...{ import: 1, ordinal, rowHash: ordinal, customer: `c${customer}`, time, touchpoint, channel: "web" },
      ...{ value: null, objects: [["session", `${customer}-${visit}`]], properties: {} },
    });
  };
  for (let customer = 0; customer < 120; customer++)
    for (const visit of [1, 2]) {
      add(customer, visit, 0, customer % 3 === 0 ? "A" : "B");
      if (customer % 2 === visit - 1) add(customer, visit, 5, "Order");
    }
  add(0, 6, 0, "B");
  return events;
}

describe("the split by what came before", () => {
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.openFilled(makeEvents(), CATALOGUE);
  });
  afterAll(() => fixture.close());

  const ask = async (journey: string, segment?: string) => {
    const asked = { outcome: 'touchpoint = "Order"', withinMs: DAY, touchpoint: "A", contrast: "presence" } as const;
    const question = { ...asked, journey, ...(segment === undefined ? {} : { segment }) };
    const { bySegment } = await analyzeMoment(fixture.context(CATALOGUE), question);
    return { ...bySegment, rows: bySegment.rows.map(({ value, n }) => `${value}: ${n}`).sort() };
  };

  it("is of lives by attempt, of visits by first and later ones", async () => {
    const own = { trait: "customer so far", traits: ["customer so far"] };
    // Touches of A that stand beside touches of B: 40 in each visit.
    expect(await ask("visit")).toMatchObject({ ...own, rows: ["first visit: 40", "later visit: 40"] });
    expect(await ask("life", "customer so far")).toMatchObject({
      ...own,
      rows: ["back after a pause: 40", "first attempt: 40"],
    });
  });

  it("is not offered where objects know nothing from before", async () => {
    expect(await ask("session")).toEqual({ trait: null, traits: [], rows: [], p: null });
  });
});
