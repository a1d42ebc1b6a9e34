import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture } from "../../test/journey-fixture.ts";
import { readDataExtent } from "./data-extent.ts";

describe("the extent of the data", () => {
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.open();
  });
  afterAll(() => fixture.close());

  it("reaches from the first to the last event, and is open without any", async () => {
    const context = fixture.context(catalogueOf(["a", "b"]));
    expect(await readDataExtent(context)).toMatchObject({ first: null, last: null });
    const event = (ordinal: number, time: number) => ({
      import: 1,
      ordinal,
      rowHash: ordinal,
      customer: `c${ordinal}`,
      time,
      touchpoint: "a",
      channel: "web",
      value: null,
      objects: [],
      properties: {},
    });
    await fixture.load([event(1, 86_400_000), event(2, 5_000)]);
    await fixture.prepare([1], context.touchpoints);
    expect(await readDataExtent(context)).toEqual({
      first: "1970-01-01T00:00:05.000Z",
      last: "1970-01-02T00:00:00.000Z",
      defaultJourney: "life",
      journeys: ["life", "visit", "order-cycle", "session", "order"],
      currency: "EUR",
    });
  });
});
