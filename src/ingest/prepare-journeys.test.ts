import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import { keepOnce } from "../../test/journey-oracle.ts";

const CATALOGUE = catalogueOf(["A", "B", "Order"]);

const sample = (over: Partial<SampleEvent>): SampleEvent => ({
  import: 1,
  ordinal: 1,
  rowHash: 1,
  customer: "c1",
  time: 0,
  touchpoint: "A",
  channel: "web",
  value: null,
  objects: [],
  properties: {},
  ...over,
});

describe("prepareJourneys", () => {
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.open();
  });
  afterAll(async () => {
    await fixture.close();
  });

  const rows = () =>
    fixture.store.query<Record<string, unknown>>(
      `SELECT ownerType, ownerId, touchpoints, arrayMap(time -> toUnixTimestamp64Milli(time), times) AS at, visits, cycles,
  arrayMap(id -> toString(id), eventIds) AS ids, imports, known FROM journeys ORDER BY ownerType, ownerId`,
    );

  it("keeps source order for ties, cuts visits after 30 idle minutes and cycles after an order", async () => {
    const minute = 60_000;
    await fixture.load([
      sample({ ordinal: 1, rowHash: 1, touchpoint: "B", time: 0 }),
      sample({ ordinal: 2, rowHash: 2, touchpoint: "A", time: 0 }),
      sample({ ordinal: 3, rowHash: 3, touchpoint: "Order", time: 30 * minute }),
      sample({ ordinal: 4, rowHash: 4, touchpoint: "A", time: 60 * minute + 1 }),
    ]);
    await fixture.prepare([1], CATALOGUE);
    const [row] = await rows();
    expect(row).toMatchObject({ touchpoints: [2, 1, 3, 1], visits: [1, 1, 1, 2], cycles: [1, 1, 1, 2], known: 1 });
  });

  it("keeps twins of one file, drops the same rows of a second import, and gives them back on rollback", async () => {
    const first = [1, 2, 3].map((ordinal) => sample({ ordinal, rowHash: ordinal === 3 ? 9 : 7, time: ordinal }));
    const second = [
      sample({ import: 2, ordinal: 1, rowHash: 7, time: 1 }),
      sample({ import: 2, ordinal: 2, rowHash: 8, time: 5, customer: "c2" }),
    ];
    await fixture.load([...first, ...second]);
    await fixture.prepare([1], CATALOGUE);
    await fixture.prepare([1, 2], CATALOGUE, 2);
    expect((await rows()).map(({ ownerId, imports }) => [ownerId, imports])).toEqual([
      ["c1", [1, 1, 1]],
      ["c2", [2]],
    ]);
    // Import 1 leaves: the one row that import 2 brought too stays.
    await fixture.prepare([2], CATALOGUE, 1);
    expect((await rows()).map(({ ownerId, imports }) => [ownerId, imports])).toEqual([
      ["c1", [2]],
      ["c2", [2]],
    ]);
    await fixture.prepare([], CATALOGUE, 2);
    expect(await rows()).toEqual([]);
  });

  it("refreshes owners to exactly what preparing everything gives", async () => {
    const event = fc.record({
      customer: fc.constantFrom("c1", "c2", "c3", ""),
      time: fc.integer({ min: 0, max: 20 }),
      touchpoint: fc.constantFrom("A", "B", "Order"),
      session: fc.constantFrom("s1", "s2", "s3"),
      imports: fc.subarray([1, 2, 3], { minLength: 1 }),
    });
    const property = fc.asyncProperty(
      fc.array(event, { maxLength: 30 }),
      fc.constantFrom<readonly number[]>([1], [2, 3], [1, 3]),
      async (drafts, left) => {
        const events = drafts.flatMap(({ imports, session, ...draft }, index) =>
          imports.map((from) =>
            sample({ ...draft, import: from, ordinal: index + 1, rowHash: index + 1, objects: [["session", session]] }),
          ),
        );
        await fixture.load(events);
        for (const id of [1, 2, 3]) await fixture.prepare([1, 2, 3].slice(0, id), CATALOGUE, id);
        const gone = [1, 2, 3].filter((id) => !left.includes(id));
        for (const [index, id] of gone.entries())
          await fixture.prepare(
            [1, 2, 3].filter((other) => !gone.slice(0, index + 1).includes(other)),
            CATALOGUE,
            id,
          );
        const refreshed = await rows();
        await fixture.store.command("TRUNCATE TABLE journey_rows");
        await fixture.prepare(left, CATALOGUE);
        expect(refreshed).toEqual(await rows());
        const persons = refreshed.filter(({ ownerType }) => ownerType === "customer");
        const kept = keepOnce(events, left).filter(({ customer }) => customer !== "");
        expect(persons.flatMap(({ ids }) => ids)).toHaveLength(kept.length);
      },
    );
    await fc.assert(property, { numRuns: 6, seed: 7 });
  });
});
