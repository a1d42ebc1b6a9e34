/** Weekly counts and the second moments of customers equal plain loops over the events, on one table and on two shards. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../../test/journey-fixture.ts";
import type { ClusterMoments } from "../../stats/design-effect.ts";
import { openSeededRandom } from "../../stats/seeded-random.ts";
import { dateToDay } from "../calendar-day.ts";
import type { AnalysisContext } from "../context.ts";
import { compileOutcome } from "../moment-outcome.ts";
import { buildMomentRows } from "../moment-rows.ts";
import { momentsQuerySchema } from "../moments-schema.ts";
import type { Friction, FrictionSign } from "./friction.ts";
import type { IncidentProperty } from "./incident-segments.ts";
import { SPANS } from "./incident-sql.ts";
import { readWeeklyCounts, type WeeklyCounts } from "./weekly-counts.ts";

const HOUR = 3_600_000;
const WITHIN = 20 * HOUR;
const START = Date.UTC(2025, 2, 3);
const ZONE = "America/Sao_Paulo";
const NAMES = ["Call", "Pay", "Bug", "Order"];
const CHANNELS = ["web", "app"];
const friction = (touchpoint: string, kind: Friction["kind"], sign: FrictionSign): Friction => ({
  ...{ kind, touch: NAMES.indexOf(touchpoint) + 1, touchpoint, property: null, bad: null, sign },
});
const FRICTIONS: readonly Friction[] = [
  friction("Call", "wait", { by: "gap", overMs: 5 * HOUR, from: "baseline" }),
  friction("Call", "error-event", { by: "property", when: { kind: "equals", property: "state", value: "failed" } }),
  friction("Bug", "error-event", { by: "touch" }),
  friction("Pay", "drop-off", { by: "exit" }),
  friction("Call", "drop-off", { by: "exit" }),
];

/** Sessions of up to six events, over some fifteen weeks, of 30 customers. */
function makeEvents(): SampleEvent[] {
  const random = openSeededRandom(5);
  const pick = <Item>(items: readonly Item[]) => items[Math.floor(random() * items.length)] as Item;
  const events: SampleEvent[] = [];
  for (let session = 0; session < 160; session++) {
    let time = START + Math.floor(random() * 105 * 24) * HOUR;
    const customer = `c${Math.floor(random() * 30)}`;
    for (let step = 0; step < 1 + random() * 6; step++) {
      const ordinal = events.length + 1;
      events.push({
        ...{ import: 1, ordinal, rowHash: ordinal, customer, time, touchpoint: pick(NAMES), value: null },
        ...{ channel: pick([...CHANNELS, ""]), objects: [["session", `s${session}`]] },
        properties: { state: pick(["failed", "ok"]) },
      });
      time += Math.ceil(random() * 12) * HOUR;
    }
  }
  return events;
}

/** What one event counts as, for one friction. */
interface Counted {
  readonly friction: number;
  readonly customer: string;
  readonly channel: string;
  /** The Monday's day since 1970. */
  readonly monday: number;
  readonly has: boolean;
}

const localDay = new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE });
function mondayOf(time: number): number {
  const day = dateToDay(localDay.format(new Date(time)));
  return day - ((day + 3) % 7);
}

/** Attempts of one session: whether each event is the first of its touchpoint, before any order, and when the order comes. */
function walk(session: readonly SampleEvent[]) {
  const order = session.findIndex(({ touchpoint }) => touchpoint === "Order");
  return session.map((event, index) => {
    const wait = order >= 0 && index < order ? (session[order]?.time ?? 0) - event.time : null;
    const isFirst = session.findIndex(({ touchpoint }) => touchpoint === event.touchpoint) === index;
    const next = session[index + 1];
    return {
      ...{ event, counts: (order < 0 || index < order) && isFirst, gap: next ? next.time - event.time : null },
      wait: wait !== null && wait <= WITHIN ? wait : null,
    };
  });
}

/** Linearly interpolated. */
function quantile(values: readonly number[], p: number): number {
  const sorted = values.toSorted((a, b) => a - b);
  const place = p * (sorted.length - 1);
  const [low = 0, high = 0] = [sorted[Math.floor(place)], sorted[Math.ceil(place)]];
  return low + (high - low) * (place - Math.floor(place));
}

function countPlainly(events: readonly SampleEvent[]): Counted[] {
  const sessions = new Map<string, SampleEvent[]>();
  for (const event of events) {
    const id = event.objects[0]?.[1] ?? "";
    sessions.set(id, [...(sessions.get(id) ?? []), event]);
  }
  const steps = [...sessions.values()].flatMap(walk);
  const end = Math.max(...events.map(({ time }) => time));
  const waits = steps.flatMap(({ counts, wait }) => (counts && wait !== null ? [wait] : []));
  const outcomeWait = Math.ceil(quantile(waits, 0.99));
  return steps.flatMap(({ event, counts, gap, wait }) => {
    const { customer, channel, touchpoint, properties, time } = event;
    const add = (place: number, is: boolean, has: boolean): Counted[] =>
      is ? [{ friction: place, customer, channel, monday: mondayOf(time), has }] : [];
    const known = counts && time + outcomeWait <= end;
    return [
      ...add(0, touchpoint === "Call" && gap !== null, gap !== null && gap > 5 * HOUR),
      ...add(1, touchpoint === "Call", properties.state === "failed"),
      ...add(2, true, touchpoint === "Bug"),
      ...add(3, touchpoint === "Pay" && known, wait === null),
      ...add(4, touchpoint === "Call" && known, wait === null),
    ];
  });
}

function momentsOf(counted: readonly Counted[], weeks: number): ClusterMoments {
  const clusters = new Map<string, [n: number, y: number]>();
  for (const { customer, monday, has } of counted) {
    // Weeks are counted from the first Monday of 1970, the first week's number being 1.
    const key = `${customer} ${Math.floor((monday + 3) / 7 / weeks)}`;
    const [n, y] = clusters.get(key) ?? [0, 0];
    clusters.set(key, [n + 1, y + Number(has)]);
  }
  const sum = (read: (n: number, y: number) => number) =>
    [...clusters.values()].reduce((all, [n, y]) => all + read(n, y), 0);
  return {
    ...{ clusters: clusters.size, n: sum((n) => n), y: sum((_, y) => y) },
    ...{ nn: sum((n) => n * n), ny: sum((n, y) => n * y), yy: sum((_, y) => y * y) },
  };
}

/** What a series says, in words that two ways of counting share. */
function describeSeries(
  name: string,
  exposed: ReadonlyMap<number, number>,
  events: ReadonlyMap<number, number>,
  moments: unknown,
) {
  const list = (counts: ReadonlyMap<number, number>) =>
    [...counts]
      .filter(([, n]) => n > 0)
      .sort(([a], [b]) => a - b)
      .map(([monday, n]) => `${monday}: ${n}`);
  return { name, exposed: list(exposed), events: list(events), moments };
}

function expectedOf(counted: readonly Counted[]) {
  return FRICTIONS.flatMap((_, place) =>
    [null, ...CHANNELS].map((channel) => {
      const own = counted.filter((one) => one.friction === place && (channel === null || one.channel === channel));
      const [exposed, events] = [new Map<number, number>(), new Map<number, number>()];
      for (const { monday, has } of own) {
        exposed.set(monday, (exposed.get(monday) ?? 0) + 1);
        if (has) events.set(monday, (events.get(monday) ?? 0) + 1);
      }
      return describeSeries(
        `${place} ${channel ?? "all"}`,
        exposed,
        events,
        SPANS.map((weeks) => momentsOf(own, weeks)),
      );
    }),
  );
}

function foundOf({ series, firstDay }: WeeklyCounts) {
  const byMonday = (values: Float64Array) => new Map(Array.from(values, (n, week) => [firstDay + 7 * week, n]));
  return series.map(({ friction: place, segment, exposed, events, moments }) =>
    describeSeries(`${place} ${segment?.value ?? "all"}`, byMonday(exposed), byMonday(events), moments),
  );
}

async function readCounts(context: AnalysisContext, end: number): Promise<WeeklyCounts> {
  const query = { journey: "session", outcome: 'touchpoint = "Order"', withinMs: WITHIN };
  const outcome = await compileOutcome(context, momentsQuerySchema.parse(query));
  const rows = buildMomentRows(outcome, WITHIN, end);
  const array = `arrayMap(a -> toString(a), ${outcome.frame.kept("channels")})`;
  const channel: IncidentProperty = { field: "channel", values: CHANNELS, ofRow: null, array };
  return readWeeklyCounts(context, rows, FRICTIONS, [channel], { withinMs: WITHIN, touches: 1_000 });
}

describe("weekly counts", () => {
  const events = makeEvents();
  const end = Math.max(...events.map(({ time }) => time));
  const catalogue = catalogueOf(NAMES);
  const byName = (a: { name: string }, b: { name: string }) => (a.name < b.name ? -1 : 1);
  let fixture: JourneyFixture;
  beforeAll(async () => {
    fixture = await JourneyFixture.openFilled(events, catalogue);
  });
  afterAll(() => fixture.close());

  it.each(["journeys", "journeys_on_shards"] as const)("equal plain loops, read from %s", async (source) => {
    const found = await readCounts({ ...fixture.context(catalogue, source), zone: ZONE }, end);
    const expected = expectedOf(countPlainly(events));
    expect(expected.every((one) => one.exposed.length > 5)).toBe(true);
    expect(foundOf(found).sort(byName)).toEqual(expected.sort(byName));
  });
});
