/** Which windows are told, and of whom: planted series of everybody and of two platforms. */
import { describe, expect, test } from "vitest";
import type { ScanWindow } from "../../stats/scan-statistic.ts";
import { chooseIncidents, countWindow, designEffectFor, measureExcess } from "./incident-choice.ts";
import type { IncidentProperty } from "./incident-segments.ts";
import type { WeeklySeries } from "./weekly-counts.ts";

const WEEKS = 20;
const PLATFORM: IncidentProperty = { field: "channel", values: ["web", "mobile"], ofRow: null, array: "x" };
const NONE = { clusters: 0, n: 0, y: 0, nn: 0, ny: 0, yy: 0 };

/** Shares of the weeks of two platforms, each with so many a week. */
interface Plant {
  readonly web: (week: number) => number;
  readonly mobile: (week: number) => number;
  readonly sizes?: readonly [web: number, mobile: number];
}

function plant(friction: number, { web, mobile, sizes = [500, 500] }: Plant): WeeklySeries[] {
  const weeks = Array.from({ length: WEEKS }, (_, week) => week);
  const make = (value: string | null, n: number, share: (week: number) => number): WeeklySeries => ({
    ...{ friction, segment: value === null ? null : { property: PLATFORM, value } },
    exposed: Float64Array.from(weeks, () => n),
    events: Float64Array.from(weeks, (week) => Math.round(n * share(week))),
    moments: [NONE, NONE, NONE],
  });
  const [own, other] = [make("web", sizes[0], web), make("mobile", sizes[1], mobile)];
  const all = make(null, sizes[0] + sizes[1], () => 0);
  return [{ ...all, events: own.events.map((value, week) => value + (other.events[week] ?? 0)) }, own, other];
}

const raised =
  (from: number, to: number, by = 0.2) =>
  (week: number) =>
    week >= from && week < to ? 0.1 + by : 0.1;
const usual = () => 0.1;

function window(series: number, first: number, end: number, statistic: number): ScanWindow {
  return { ...{ series, first, end, statistic }, dispersion: 1, p: 0.001 };
}

const say = (series: readonly WeeklySeries[], windows: readonly ScanWindow[], exits: readonly number[] = []) =>
  chooseIncidents(series, windows, (friction) => exits.includes(friction)).map(
    ({ series: { friction, segment }, window: { first, end } }) =>
      `${friction} ${segment?.value ?? "all"} ${first}–${end}`,
  );

describe("in whom", () => {
  const windows = [window(0, 5, 8, 9), window(1, 5, 8, 6), window(2, 5, 9, 7)];

  test("everybody, where it was on both platforms", () => {
    expect(say(plant(0, { web: raised(5, 8), mobile: raised(5, 8) }), windows)).toEqual(["0 all 5–8"]);
  });

  test("one platform, where the other shows nothing, even if everybody's statistic is larger", () => {
    expect(say(plant(0, { web: usual, mobile: raised(5, 8) }), windows)).toEqual(["0 mobile 5–9"]);
  });

  test("everybody, where too few are on the other platform to show anything", () => {
    const series = plant(0, { web: raised(5, 8), mobile: usual, sizes: [500, 5] });
    expect(say(series, windows)).toEqual(["0 all 5–8"]);
  });

  test("everybody, where a platform stood out more but the other did as well", () => {
    const stronger = [window(0, 5, 8, 6), window(1, 5, 8, 9)];
    expect(say(plant(0, { web: raised(5, 8, 0.3), mobile: raised(5, 8) }), stronger)).toEqual(["0 all 5–8"]);
  });

  test("the platform, where everybody's window is none", () => {
    expect(say(plant(0, { web: raised(5, 8, 0.3), mobile: raised(5, 8) }), [window(1, 5, 8, 5)])).toEqual([
      "0 web 5–8",
    ]);
  });
});

describe("once", () => {
  const both = plant(0, { web: raised(5, 8), mobile: raised(5, 8) });

  test("of windows that overlap only the strongest; one that does not stays", () => {
    const windows = [window(0, 5, 8, 9), window(1, 7, 10, 6), window(2, 12, 14, 5)];
    const series = plant(0, { web: raised(5, 8), mobile: (week) => raised(5, 8)(week) + (week === 12 ? 0.2 : 0) });
    expect(say(series, windows)).toEqual(["0 all 5–8", "0 mobile 12–14"]);
  });

  test("drop-offs of the same weeks are told where they show most; other kinds are told beside them", () => {
    const series = [...both, ...both.map((one) => ({ ...one, friction: 1 }))];
    const windows = [window(0, 5, 8, 6), window(3, 5, 8, 9)];
    expect(say(series, windows, [0, 1])).toEqual(["1 all 5–8"]);
    expect(say(series, windows, [0])).toEqual(["1 all 5–8", "0 all 5–8"]);
  });

  test("drop-offs of people who have nothing in common are two", () => {
    const first = plant(0, { web: raised(5, 8), mobile: usual });
    const second = plant(1, { web: usual, mobile: raised(6, 9) });
    const windows = [window(1, 5, 8, 9), window(5, 6, 9, 8)];
    expect(say([...first, ...second], windows, [0, 1])).toEqual(["0 web 5–8", "1 mobile 6–9"]);
  });
});

describe("how much", () => {
  test("shares inside less outside, and the error with a design effect", () => {
    const [all] = plant(0, { web: raised(5, 8), mobile: raised(5, 8) });
    const counts = countWindow(all as WeeklySeries, { first: 5, end: 8 });
    expect(counts).toEqual({ exposed: 3_000, events: 900, allExposed: 20_000, allEvents: 2_600 });
    const [inside, outside] = [900.5 / 3_001, 1_700.5 / 17_001];
    const variance = (inside * (1 - inside)) / 3_000 + (outside * (1 - outside)) / 17_000;
    expect(measureExcess(counts, 4)).toEqual({
      ...{ value: expect.closeTo(0.2, 12), usualShare: expect.closeTo(0.1, 12) },
      error: expect.closeTo(2 * Math.sqrt(variance), 12),
    });
    expect(measureExcess({ ...counts, allExposed: 3_000 }, 1)).toBeNull();
  });

  test("a window has the largest design effect of the spans up to the one that holds it", () => {
    const clusters = (factor: number) => ({ clusters: 1e6, n: 4e6, y: 2e6, nn: 16e6, ny: 8e6, yy: 4e6 + factor * 1e6 });
    const moments = [clusters(2), clusters(5), clusters(3)];
    expect([1, 4, 5, 13].map((weeks) => Math.round(designEffectFor({ moments }, weeks)))).toEqual([2, 5, 5, 5]);
  });
});
