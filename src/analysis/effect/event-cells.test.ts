/** The one aggregate of the designs over time equals plain loops over the recorded events, on one table and on two shards. */
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type EffectQuestionInput, effectQuestionSchema } from "../../domain/effect.ts";
import { makeRandom } from "../../stats/staged-panels.case.ts";
import type { AnalysisContext } from "../context.ts";
import { type RecordedEvent, RecordedEvents } from "../recorded-events.case.ts";
import { type PartCells, prepareCells, readCells } from "./event-cells.ts";
import { listPeriods } from "./event-periods.ts";
import { findSides, PART_NOBODY, partBySides } from "./event-sides.ts";

const DAY = 86_400_000;
const START = Date.UTC(2025, 0, 1);
const SWITCH_ON = START + 30 * DAY;

interface LogEvent {
  readonly customer: string;
  readonly time: number;
  readonly touchpoint: string;
  readonly variant: string;
  readonly value: number | null;
  readonly session: string;
}

/** Each customer has one group for life: a, b, c, d or none. */
const groupOf = (customer: string) => ["a", "b", "c", "d", ""][Number(customer.slice(1)) % 5] ?? "";

function drawLog(seed: number): LogEvent[] {
  const random = makeRandom(seed);
  const pick = <T>(list: readonly T[]) => list[Math.floor(random() * list.length)] as T;
  return Array.from({ length: 900 }, () => {
    const customer = `c${Math.floor(random() * 60)}`;
    const touchpoint = pick(["Visit", "Visit", "Order"]);
    return {
      ...{ customer, touchpoint, variant: pick(["x", "y", "z", ""]) },
      // Some before the first period and some after the last.
      time: START + Math.floor(random() * 70 * DAY),
      value: touchpoint === "Order" && random() < 0.8 ? Math.floor(random() * 50) : null,
      // Sessions are now and then shared by two customers.
      session: random() < 0.8 ? `s${customer}-${Math.floor(random() * 4)}` : `s${Math.floor(random() * 8)}`,
    };
  }).sort((a, b) => a.time - b.time);
}

function toRecorded({ customer, time, touchpoint, variant, value, session }: LogEvent): RecordedEvent {
  const group = groupOf(customer);
  return {
    ...{ customer, touchpoint, at: new Date(time).toISOString(), currency: "EUR" },
    ...(value === null ? {} : { value: String(value) }),
    objects: { session },
    properties: variant === "" ? {} : { variant },
    traits: group === "" ? {} : { group },
  };
}

const grid = listPeriods("week", "UTC", { switchOn: SWITCH_ON, from: START + 5 * DAY, until: START + 60 * DAY });
const STARTS = grid.borders.slice(0, -1);
const END = grid.borders.at(-1) ?? 0;
/** Before the first period counts as the first one. */
const periodOf = (time: number) =>
  Math.max(
    0,
    STARTS.findLastIndex((start) => start <= time),
  );
const isInside = (time: number) => time >= (STARTS[0] ?? 0) && time < END;

type Asked = Pick<EffectQuestionInput, "metric" | "unit" | "where">;
/** How many of the numerator and of the denominator one event is worth; no denominator: units are what is divided by. */
interface Worth {
  readonly top: (event: LogEvent) => number;
  readonly bottom?: (event: LogEvent) => number;
  readonly share?: boolean;
}

const order = ({ touchpoint }: LogEvent) => Number(touchpoint === "Order");
const METRICS: readonly (readonly [EffectQuestionInput["metric"], Worth])[] = [
  [
    { kind: "share", event: 'touchpoint = "Order"' },
    { top: order, share: true },
  ],
  [{ kind: "count", event: 'touchpoint = "Order"' }, { top: order }],
  [{ kind: "sum", event: 'touchpoint = "Order"', of: "value" }, { top: ({ value }) => value ?? 0 }],
  [
    { kind: "mean", event: 'touchpoint = "Order"', of: "value" },
    { top: ({ value }) => value ?? 0, bottom: ({ value }) => Number(value !== null) },
  ],
  [
    { kind: "ratio", event: 'touchpoint = "Order"', per: 'touchpoint = "Visit"' },
    { top: order, bottom: (event) => 1 - order(event) },
  ],
];

type Sums = Map<string, { top: number; bottom: number; units: number }>;

function add(sums: Sums, key: string, what: Partial<{ top: number; bottom: number; units: number }>): void {
  const sum = sums.get(key) ?? { top: 0, bottom: 0, units: 0 };
  sums.set(key, sum);
  sum.top += what.top ?? 0;
  sum.bottom += what.bottom ?? 0;
  sum.units += what.units ?? 0;
}

function partCustomers(log: readonly LogEvent[], worth: Worth, partOf: (event: LogEvent) => string): Sums {
  const sums: Sums = new Map();
  for (const customer of new Set(log.map((event) => event.customer))) {
    const own = log.filter((event) => event.customer === customer && event.time < END);
    for (const part of new Set(own.map(partOf))) {
      const events = own.filter((event) => partOf(event) === part);
      const known = periodOf(events[0]?.time ?? 0);
      add(sums, `${part} ${customer}`, { units: 1 });
      for (const period of STARTS.keys()) {
        const here = events.filter(({ time }) => isInside(time) && periodOf(time) === period);
        const top = here.reduce((sum, event) => sum + worth.top(event), 0);
        const bottom = worth.bottom
          ? here.reduce((sum, event) => sum + (worth.bottom?.(event) ?? 0), 0)
          : Number(known <= period);
        add(sums, `${part} ${customer} ${period}`, { top: worth.share ? Number(top > 0) : top, bottom });
      }
    }
  }
  return sums;
}

function partSessions(log: readonly LogEvent[], worth: Worth, partOf: (event: LogEvent) => string): Sums {
  const sums: Sums = new Map();
  for (const session of new Set(log.map((event) => event.session))) {
    const all = log.filter((event) => event.session === session);
    const [first] = all;
    if (!first || !isInside(first.time)) continue;
    const part = all.map(partOf).find((one) => one !== "v") ?? "v";
    const events = all.filter(({ time }) => time < END);
    const top = events.reduce((sum, event) => sum + worth.top(event), 0);
    const bottom = worth.bottom ? events.reduce((sum, event) => sum + (worth.bottom?.(event) ?? 0), 0) : 1;
    add(sums, `${part} ${first.customer}`, { units: 1 });
    const key = `${part} ${first.customer} ${periodOf(first.time)}`;
    add(sums, key, { top: worth.share ? Number(top > 0) : top, bottom });
  }
  return sums;
}

/** Both sides by part, bucket and period, without what is 0. */
function flatten(cells: ReadonlyMap<string, PartCells>): Record<string, number> {
  const flat: Record<string, number> = {};
  for (const [part, { units, numerators, denominators }] of cells) {
    for (const [bucket, n] of units.entries()) if (n !== 0) flat[`${part} ${bucket}`] = n;
    for (const [at, top] of numerators.entries()) {
      const bottom = denominators[at] ?? 0;
      const key = `${part} ${Math.floor(at / STARTS.length)} ${at % STARTS.length}`;
      if (top !== 0) flat[`${key} top`] = top;
      if (bottom !== 0) flat[`${key} bottom`] = bottom;
    }
  }
  return flat;
}

function flattenSums(sums: Sums, bucketOf: ReadonlyMap<string, number>): Record<string, number> {
  const flat: Record<string, number> = {};
  const put = (key: string, n: number) => {
    if (n !== 0) flat[key] = (flat[key] ?? 0) + n;
  };
  for (const [key, { top, bottom, units }] of sums) {
    const [part = "", customer = "", period] = key.split(" ");
    const bucket = bucketOf.get(customer) ?? -1;
    if (period === undefined) put(`${part} ${bucket}`, units);
    else {
      put(`${part} ${bucket} ${period} top`, top);
      put(`${part} ${bucket} ${period} bottom`, bottom);
    }
  }
  return flat;
}

describe("readCells", () => {
  let events: RecordedEvents;
  let context: AnalysisContext;
  let log: LogEvent[];
  let bucketOf: Map<string, number>;
  beforeAll(async () => {
    events = await RecordedEvents.open();
    log = drawLog(11);
    context = await events.record(log.map(toRecorded));
    const rows = await events.store.query<{ id: string; bucket: number }>(
      "SELECT ownerId AS id, toUInt8(cityHash64(ownerId) % 100) AS bucket FROM journeys WHERE ownerType = 'customer'",
    );
    bucketOf = new Map(rows.map(({ id, bucket }) => [id, bucket]));
  });
  afterAll(() => events?.close());

  async function read(asked: Asked, by: string | undefined, source: AnalysisContext["source"], apart: boolean) {
    const place = { ...context, source };
    const named = { by, control: ["a"], treatment: by === "prop.variant" ? ["x"] : ["b"], since: "2025-01-31" };
    const question = effectQuestionSchema.parse({ design: "staged", ...asked, ...(by ? named : {}) });
    const prepared = prepareCells(place, question);
    const parting = by ? partBySides(place, prepared.frame, findSides(question, "UTC"), apart) : PART_NOBODY;
    return flatten(await readCells(place, { ...prepared, parting, grid }));
  }

  const PARTS: Readonly<Record<string, (event: LogEvent, apart: boolean) => string>> = {
    "customer.group": ({ customer }, apart) => {
      const group = groupOf(customer);
      return apart || ["", "a", "b"].includes(group) ? `v${group}` : "o";
    },
    "prop.variant": ({ variant }, apart) => (apart || ["", "x"].includes(variant) ? `v${variant}` : "o"),
  };

  const UNITS = ["customer", "session"] as const;
  it.each(UNITS.flatMap((unit) => METRICS.map(([metric, worth]) => ({ unit, kind: metric.kind, metric, worth }))))(
    "$kind of a $unit, by trait and by property",
    async ({ unit, metric, worth }) => {
      for (const [by, partOf] of Object.entries(PARTS)) {
        const apart = metric.kind === "mean" || metric.kind === "count";
        const plain = unit === "customer" ? partCustomers : partSessions;
        const expected = flattenSums(
          plain(log, worth, (event) => partOf(event, apart)),
          bucketOf,
        );
        expect(Object.keys(expected).length).toBeGreaterThan(100);
        expect(await read({ metric, unit }, by, "journeys", apart)).toEqual(expected);
        if (metric.kind === "share" || metric.kind === "ratio")
          expect(await read({ metric, unit }, by, "journeys_on_shards", apart)).toEqual(expected);
      }
    },
  );

  it("counts only the events and customers of a filter", async () => {
    const metric = { kind: "share", event: 'touchpoint = "Order"' } as const;
    const kept = log.filter(({ variant, customer }) => variant !== "z" && groupOf(customer) !== "c");
    const where = 'prop.variant != "z" and customer.group != "c"';
    const partOf = (event: LogEvent) => PARTS["customer.group"]?.(event, false) ?? "";
    const expected = flattenSums(partCustomers(kept, { top: order, share: true }, partOf), bucketOf);
    expect(await read({ metric, where }, "customer.group", "journeys", false)).toEqual(expected);
  });

  it("puts everybody into one part where nobody is told apart", async () => {
    const metric = { kind: "count", event: 'touchpoint = "Order"' } as const;
    const expected = flattenSums(
      partCustomers(log, { top: order }, () => "all"),
      bucketOf,
    );
    expect(await read({ metric, unit: "day" }, undefined, "journeys", false)).toEqual(expected);
    expect(await read({ metric, unit: "day" }, undefined, "journeys_on_shards", false)).toEqual(expected);
  });

  it("asks what an audience did before the switch-on alone", async () => {
    const metric = { kind: "share", event: 'touchpoint = "Order"' } as const;
    const asked = { design: "staged", metric, audience: 'count("Order") >= 3 and customer.group != "a"' } as const;
    const question = effectQuestionSchema.parse({ ...asked, since: "2025-01-31", where: 'count("Visit") >= 2' });
    const prepared = prepareCells(context, question);
    const parting = partBySides(context, prepared.frame, findSides(question, "UTC"), false);
    const found = flatten(await readCells(context, { ...prepared, parting, grid }));
    const of = (customer: string, touchpoint: string) =>
      log.filter((event) => event.customer === customer && event.touchpoint === touchpoint);
    const kept = log.filter(({ customer }) => of(customer, "Visit").length >= 2);
    const isIn = ({ customer }: LogEvent) =>
      groupOf(customer) !== "a" && of(customer, "Order").filter(({ time }) => time < SWITCH_ON).length >= 3;
    const expected = flattenSums(
      partCustomers(kept, { top: order, share: true }, (event) => (isIn(event) ? "audience" : "rest")),
      bucketOf,
    );
    expect(Object.keys(expected).some((key) => key.startsWith("audience"))).toBe(true);
    expect(found).toEqual(expected);
  });

  it("refuses a unit that is not there", () => {
    const question = effectQuestionSchema.parse({ design: "series", metric: METRICS[0]?.[0], unit: "parcel" });
    expect(() => prepareCells(context, question)).toThrow(
      "There are no units «parcel» here. Known: customer, day, session.",
    );
  });
});
