/**
 * Whether preparation gives every event of random logs the owner that plain loops give it, whatever comes and goes.
 * The stories with names are in identities.test.ts.
 */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import { keepOnce } from "../../test/journey-oracle.ts";

const CATALOGUE = catalogueOf(["A", "B"]);

/** Whose an event is, by reading the rules aloud. */
function ownerOf(event: SampleEvent, live: readonly SampleEvent[]): string {
  const { customer, anonymous = "", time } = event;
  if (customer !== "" || anonymous === "") return customer;
  if (live.some((other) => other.customer === anonymous)) return anonymous;
  const turns = live
    .filter((other) => other.anonymous === anonymous && other.customer !== "")
    .sort((a, b) => a.time - b.time || a.ordinal - b.ordinal);
  const current = turns.filter((turn) => turn.time <= time).at(-1) ?? turns[0];
  return current?.customer ?? anonymous;
}

/** Ids of the events under each owner, and who took part in each session. */
function expectedRows(events: readonly SampleEvent[], live: readonly number[]) {
  const counted = events.filter((event) => live.includes(event.import));
  const rows: Record<string, (number | string)[]> = {};
  for (const event of keepOnce(events, live)) {
    const owner = ownerOf(event, counted);
    if (owner !== "") rows[owner] = [...(rows[owner] ?? []), event.rowHash];
    for (const [type, id] of event.objects) rows[`${type} ${id}`] = [...(rows[`${type} ${id}`] ?? []), owner];
  }
  return rows;
}

let fixture: JourneyFixture;
beforeAll(async () => {
  fixture = await JourneyFixture.open();
});
afterAll(() => fixture.close());

async function preparedRows() {
  const { store } = fixture;
  const named = await store.query<{ id: string; hash: string }>(
    "SELECT DISTINCT arrayJoin([customerId, anonymousId]) AS id, toString(cityHash64(id)) AS hash FROM raw WHERE id != ''",
  );
  const names = new Map(named.map(({ id, hash }) => [hash, id]));
  const rows = await store.query<{ type: string; id: string; numbers: string[]; people: string[] }>(
    `SELECT ownerType AS type, ownerId AS id, arrayMap(property -> property['number'], properties) AS numbers,
  arrayMap(who -> toString(who), customers) AS people FROM journeys`,
  );
  return Object.fromEntries(
    rows.map(({ type, id, numbers, people }) =>
      type === "customer" ? [id, numbers.map(Number)] : [`${type} ${id}`, people.map((hash) => names.get(hash) ?? "")],
    ),
  );
}

const drafts = fc.array(
  fc.record({
    customer: fc.constantFrom("", "", "ann", "bob", "x2"),
    anonymous: fc.constantFrom("", "x1", "x1", "x2", "x3", "ann"),
    time: fc.integer({ min: 0, max: 12 }),
    session: fc.constantFrom("s1", "s2", "s3"),
    imports: fc.subarray([1, 2, 3], { minLength: 1 }),
  }),
  { minLength: 4, maxLength: 25 },
);

it("gives every event the owner that the rules read aloud give it, in any order of imports and rollbacks", async () => {
  const order = fc.constantFrom([1, 2, 3], [3, 1, 2], [2, 3, 1]);
  const property = fc.asyncProperty(
    drafts,
    order,
    fc.subarray([1, 2, 3], { maxLength: 2 }),
    async (all, came, gone) => {
      const events = all.flatMap(({ imports, session, ...draft }, index) =>
        imports.map((from) => ({
          ...{
            ...draft,
            import: from,
            ordinal: index + 1,
            rowHash: index + 1,
            touchpoint: "A",
            channel: "",
            value: null,
          },
          objects: [["session", session] as const],
          properties: { number: String(index + 1) },
        })),
      );
      await fixture.load(events);
      let live: number[] = [];
      for (const id of came) {
        live = [...live, id];
        await fixture.prepare(live, CATALOGUE, id);
        expect(await preparedRows()).toEqual(expectedRows(events, live));
      }
      for (const id of gone) {
        live = live.filter((other) => other !== id);
        await fixture.prepare(live, CATALOGUE, id);
        // What the rest of a rollback does.
        await fixture.store.command(`ALTER TABLE raw DROP PARTITION ${id}`);
        await fixture.store.command(`ALTER TABLE identity_links DROP PARTITION ${id}`);
        expect(await preparedRows()).toEqual(expectedRows(events, live));
      }
    },
  );
  await fc.assert(property, { numRuns: Number(process.env.WAYMARK_IDENTITY_RUNS ?? 2), seed: 9, endOnFailure: true });
});
