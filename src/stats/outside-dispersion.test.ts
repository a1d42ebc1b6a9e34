/** How much other weeks vary: by hand, by chance alone, with a slow drift, and with another incident among them. */
import { expect, test } from "vitest";
import { dispersionOutside } from "./outside-dispersion.ts";
import { openSeededRandom } from "./seeded-random.ts";

const WEEKS = 40;
const WINDOW = { first: 10, end: 12 };
const exposed = Array.from({ length: WEEKS }, () => 200);

/** Events of weeks whose share is given. */
function draw(seed: number, shareOf: (week: number) => number): number[] {
  const random = openSeededRandom(seed);
  return exposed.map((n, week) => Array.from({ length: n }).filter(() => random() < shareOf(week)).length);
}

function meanOf(shareOf: (week: number) => number): number {
  const all = Array.from({ length: 60 }, (_, seed) => dispersionOutside(exposed, draw(seed, shareOf), WINDOW));
  return all.reduce((sum, one) => sum + one, 0) / all.length;
}

test("shares that go up and down, by hand", () => {
  const one = { first: 10, end: 11 };
  const events = exposed.map((_, week) => (week === 10 ? 90 : week % 2 === 0 ? 20 : 60));
  // The middle share of 19 weeks of .1 and 20 of .3 is .3: squares are 40²/(.3·.7·200) = 38.10 and 0, of which 10 and 20 count;
  // the mean of 30 of 39 squares of normal numbers is .3936.
  expect(dispersionOutside(exposed, events, one)).toBeCloseTo((10 * 38.095) / 30 / 0.3936, 1);
});

test("chance alone: about 1", () => {
  expect(meanOf(() => 0.2)).toBeGreaterThan(0.85);
  expect(meanOf(() => 0.2)).toBeLessThan(1.15);
});

test("weeks that vary by themselves, or drift: more", () => {
  expect(meanOf((week) => (week % 4 < 2 ? 0.15 : 0.25))).toBeGreaterThan(4);
  expect(meanOf((week) => 0.1 + (0.2 * week) / WEEKS)).toBeGreaterThan(3);
});

test("another incident among the other weeks hardly counts", () => {
  expect(meanOf((week) => (week >= 30 && week < 34 ? 0.4 : 0.2))).toBeLessThan(2.5);
});

test("1 where nothing varies, or there are too few weeks", () => {
  const none = exposed.map((_, week) => (week === 10 ? 50 : 0));
  expect(dispersionOutside(exposed, none, WINDOW)).toBe(1);
  expect(dispersionOutside(exposed, exposed, WINDOW)).toBe(1);
  expect(dispersionOutside([200, 200, 200], [20, 90, 20], { first: 1, end: 2 })).toBe(1);
});
