/** Data quality through the store: nothing is found in a clean shop, and each planted fault with its dates. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { catalogueOf, JourneyFixture, type SampleEvent } from "../../test/journey-fixture.ts";
import type { Touchpoint } from "../domain/touchpoint.ts";
import { openSeededRandom } from "../stats/seeded-random.ts";
import { type ImportFacts, type QualityReport, qualityReportSchema } from "./quality/quality-schema.ts";
import { analyzeQuality } from "./quality.ts";

const DAY = 86_400_000;
const HOUR = 3_600_000;
/** A Monday. */
const START = Date.UTC(2024, 0, 1);
const DAYS = 112;
const IMPORTED = Date.UTC(2024, 5, 1, 12);

let fixture: JourneyFixture;
let ordinal = 0;
beforeAll(async () => {
  fixture = await JourneyFixture.open();
});
beforeEach(() => {
  ordinal = 0;
});
afterAll(() => fixture.close());

function happen(touchpoint: string, time: number, more: Partial<SampleEvent> = {}): SampleEvent {
  ordinal++;
  const customer = `c${ordinal % 150}`;
  const whole = { channel: "web", value: null, objects: [], properties: {} };
  return { import: 1, ordinal, rowHash: ordinal, customer, time: Math.round(time), touchpoint, ...whole, ...more };
}

const PLACES = ["View", "Add", "Chat", "Order"];
const catalogue: Touchpoint[] = catalogueOf(PLACES).map((one) => ({ ...one, stage: one.stage ?? "purchase" }));

/** A shop from 7 to 19 o'clock that is closed on Sundays; about `rate` events of a touchpoint a day, at chance. */
function cleanShop(seed: number, importId = 1, rates = [30, 12, 3, 4]): SampleEvent[] {
  const random = openSeededRandom(seed);
  return PLACES.flatMap((place, at) => {
    const found: SampleEvent[] = [];
    const gap = () => (-Math.log(1 - random()) * DAY) / (rates[at] ?? 1);
    for (let time = gap(); time < DAYS * DAY; time += gap()) {
      const day = Math.floor(time / DAY);
      const hour = 7 + ((time % DAY) / DAY) * 12;
      if (day % 7 !== 6) found.push(happen(place, START + day * DAY + hour * HOUR, { import: importId }));
    }
    return found;
  });
}

function factsOf(id: number, more: Partial<ImportFacts> = {}): ImportFacts {
  return { id, name: `file-${id}.csv`, startedAt: IMPORTED, read: 1000, rejected: 0, duplicate: 0, ...more };
}

async function judge(
  events: readonly SampleEvent[],
  imports: readonly ImportFacts[] = [factsOf(1)],
  touchpoints: readonly Touchpoint[] = catalogue,
): Promise<QualityReport> {
  await fixture.load(events);
  await fixture.prepare(
    imports.map(({ id }) => id),
    touchpoints,
  );
  const context = { ...fixture.context(touchpoints), objectTypes: [] };
  return qualityReportSchema.parse(await analyzeQuality(context, {}, imports));
}

const told = ({ findings }: QualityReport) =>
  findings.map(({ kind, touchpoint, from, to, n }) => ({ kind, touchpoint, from, to, n }));

const dayAt = (day: number) => new Date(START + day * DAY).toISOString().slice(0, 10);

test("a clean shop: nothing is found, and every check says of how many", async () => {
  for (const seed of [1, 2]) {
    const events = cleanShop(seed);
    const report = await judge(events);
    expect(report.findings).toEqual([]);
    expect(report).toMatchObject({ records: events.length, imports: 1, touchpoints: 4 });
    const looked = Object.fromEntries(report.checked.map(({ kind, n }) => [kind, n]));
    expect(looked).toMatchObject({ stop: 4, duplicate: events.length, future: events.length, "similar-names": 4 });
    expect(looked.gap).toBeGreaterThan(105);
  }
});

test("a gap of everything, a hole in one touchpoint, one that ceases and one that begins late", async () => {
  const events = cleanShop(4).filter(({ touchpoint, time }) => {
    const day = (time - START) / DAY;
    if (day >= 36 && day < 40) return false;
    if (touchpoint === "Add" && day >= 70 && day < 75) return false;
    return touchpoint === "Chat" ? day < 84 : touchpoint !== "Order" || day >= 28;
  });
  const report = await judge(events);
  expect(told(report)).toEqual([
    {
      kind: "stop",
      touchpoint: "Chat",
      from: expect.stringMatching(/^2024-03-2[3456]$/u),
      to: dayAt(110),
      n: expect.any(Number),
    },
    { kind: "gap", touchpoint: null, from: dayAt(36), to: dayAt(39), n: 4 },
    { kind: "gap", touchpoint: "Add", from: dayAt(69), to: dayAt(74), n: 6 },
    { kind: "start", touchpoint: "Order", from: dayAt(0), to: dayAt(27), n: 28 },
  ]);
  const [stop] = report.findings;
  expect(stop?.seen).toContain("«Chat» came");
  expect(stop?.severity).toBe("serious");
});

test("equal records and events a moment apart, by touchpoint", async () => {
  const events = cleanShop(5);
  const views = events.filter(({ touchpoint }) => touchpoint === "View").slice(0, 40);
  const adds = events.filter(({ touchpoint }) => touchpoint === "Add").slice(0, 30);
  const twins = views.map((event) => ({ ...event, ordinal: event.ordinal + 1e6 }));
  const echoes = adds.map((event) => ({
    ...event,
    ordinal: event.ordinal + 1e6,
    rowHash: event.rowHash + 1e6,
    time: event.time + 400,
  }));
  const imports = [factsOf(1), factsOf(2, { duplicate: 7, rejected: 150 })];
  const report = await judge([...events, ...twins, ...echoes], imports);
  expect(
    report.findings.map(({ kind, severity, touchpoint, importId, n }) => ({ kind, severity, touchpoint, importId, n })),
  ).toEqual([
    { kind: "rejected", severity: "serious", touchpoint: null, importId: 2, n: 150 },
    { kind: "duplicate", severity: "warning", touchpoint: "View", importId: 1, n: 40 },
    { kind: "near-duplicate", severity: "note", touchpoint: "Add", importId: null, n: 30 },
    { kind: "overlap", severity: "note", touchpoint: null, importId: 2, n: 7 },
  ]);
});

test("times that cannot be: from the future, a zone ahead, 1970; they move no extent", async () => {
  const clean = cleanShop(6);
  const faulty = [happen("View", Date.UTC(2031, 2, 4)), happen("Add", 0), happen("Add", Date.UTC(1970, 0, 1, 5))];
  const ahead = happen("Chat", IMPORTED + 3 * HOUR, { import: 2 });
  const report = await judge([...clean, ...faulty, ahead], [factsOf(1), factsOf(2)]);
  expect(report.findings.map(({ kind, importId, from, to, n }) => [kind, importId, from, to, n])).toEqual([
    ["future", 1, "2031-03-04", "2031-03-04", 1],
    ["future", 2, "2024-06-01", "2024-06-01", 1],
    ["old", 1, "1970-01-01", "1970-01-01", 2],
  ]);
  expect(report.findings[1]?.seen).toContain("at most 3 hours ahead");
  expect(report.last?.slice(0, 7)).toBe("2024-04");
});

test("a source in another zone, one with days only, and an export that ends early", async () => {
  const here = cleanShop(7);
  const shifted = cleanShop(8, 2).map((event) => ({ ...event, time: event.time + 5 * HOUR }));
  const zones = await judge([...here, ...shifted], [factsOf(1), factsOf(2)]);
  expect(zones.findings.map(({ kind, n }) => ({ kind, n }))).toEqual([{ kind: "wrong-zone", n: expect.any(Number) }]);
  expect(zones.findings[0]?.seen).toMatch(/runs 5 hours (?:later|earlier)/u);
  const same = await judge([...here, ...cleanShop(9, 2)], [factsOf(1), factsOf(2)]);
  expect(same.findings).toEqual([]);

  const days = here.map((event) =>
    event.touchpoint === "Chat" ? { ...event, time: event.time - (event.time % DAY) } : event,
  );
  expect(told(await judge(days)).map(({ kind, n }) => ({ kind, n }))).toEqual([
    { kind: "date-only", n: here.filter(({ touchpoint }) => touchpoint === "Chat").length },
  ]);

  const cut = here.flatMap((event): SampleEvent[] => {
    const other = event.touchpoint === "Chat" || event.touchpoint === "Order";
    return other && event.time > START + 84 * DAY ? [] : [{ ...event, import: other ? 2 : 1 }];
  });
  const [ended, ...more] = (await judge(cut, [factsOf(1), factsOf(2)])).findings;
  expect(more).toEqual([]);
  expect(ended).toMatchObject({ kind: "stop", importId: 2, severity: "warning" });
  expect(ended?.seen).toContain("«Order» and «Chat» with it");
});

test("nobody, one customer with everything, spellings, currencies and scales", async () => {
  const names = [...PLACES, "order "];
  const touchpoints = catalogueOf(names).map((one) => ({
    ...one,
    role: null,
    stage: one.name === "Add" ? null : ("purchase" as const),
  }));
  const events = cleanShop(10).map((event, at) => ({
    ...event,
    ...(at % 4 === 0 ? { customer: "" } : {}),
    ...(event.touchpoint === "Order" ? { value: 10 } : {}),
    ...(event.touchpoint === "Order" && at % 5 === 0 ? { touchpoint: "order " } : {}),
    ...(event.touchpoint === "Chat" ? { score: at % 10 === 1 ? 9 : 3, scale: "1-5" } : {}),
  }));
  const robot = Array.from({ length: 3000 }, (_, at) =>
    happen("View", START + (at % 6) * DAY + 8 * HOUR + at * 4000, { customer: "bot" }),
  );
  const report = await judge([...events, ...robot], [factsOf(1)], touchpoints);
  const kinds = report.findings.map(({ kind }) => kind);
  for (const kind of [
    "no-customer",
    "one-customer",
    "no-stage",
    "no-order",
    "similar-names",
    "no-currency",
    "off-scale",
  ])
    expect(kinds).toContain(kind);
  const find = (kind: string) => report.findings.find((finding) => finding.kind === kind);
  expect(find("one-customer")).toMatchObject({ page: { to: "map/customer", search: { customer: "bot" } } });
  expect(find("similar-names")?.command).toBe("waymark touchpoints merge 'order ' --into Order");
  expect(find("off-scale")?.seen).toContain("9 on 1-5");
  expect(find("no-customer")?.share).toBeGreaterThan(0.1);
});

test("an empty workspace has nothing to check", async () => {
  const report = await judge([], []);
  expect(report).toMatchObject({ records: 0, imports: 0, first: null, last: null, findings: [] });
});

test("anonymous events are of unknown customers until an event names both ids", async () => {
  const events = cleanShop(1).map((event, at) =>
    at % 4 === 0 ? { ...event, customer: "", anonymous: `device-${at % 40}` } : event,
  );
  const unknown = events.filter(({ customer }) => customer === "").length;
  const [finding, ...others] = (await judge(events)).findings;
  expect(others).toEqual([]);
  expect(finding).toMatchObject({ kind: "anonymous", severity: "note", n: unknown, of: events.length });
  const links = [...new Set(events.flatMap(({ anonymous }) => anonymous ?? []))].map((anonymous) =>
    happen("View", START + 9 * HOUR, { customer: `known-${anonymous}`, anonymous }),
  );
  const report = await judge([...events, ...links]);
  expect(report.findings).toEqual([]);
  expect(report.unknownByMonth.every(({ unknown: left }) => left === 0)).toBe(true);
});
