/**
 * One picture of each kind with made-up numbers, for the tests of the drawings.
 */
import type { Arms } from "./arms.ts";
import { counterfactualPlot, eventStudyPlot, overTimePlot } from "./effect-plots.ts";

const DAY = 86_400_000;
const START = Date.UTC(2025, 4, 5);

const signed = (value: number) => `${value > 0 ? "+" : ""}${(value * 100).toFixed(1).replace("-", "−")}`;
const share = (value: number) => `${(value * 100).toFixed(1)} %`;
const describe = ({ estimate, low, high }: { estimate: number; low: number; high: number }) =>
  `${signed(estimate)} points, 95 %: ${signed(low)} to ${signed(high)}`;
const dayOf = (at: number) => new Date(at).toISOString().slice(5, 10);

export const ARMS: Arms = {
  title: "Orders per checkout, by group",
  sentence: "With the change 82.2 % and without 65.4 %: 16.8 points more, 95 % interval 13.1 to 20.5, n = 2,292.",
  panels: [
    {
      heading: "orders per checkout, with their 95 % intervals",
      rows: [
        {
          ...{ label: "A & C", detail: "without the change", value: 0.654, low: 0.63, high: 0.68 },
          ...{ tone: "quiet", words: "65.4 %" },
        },
        {
          ...{ label: "B", detail: "with the change", value: 0.822, low: 0.8, high: 0.845 },
          ...{ tone: "series", words: "82.2 %" },
        },
      ],
      format: share,
      around: null,
    },
    {
      heading: "difference in percentage points",
      rows: [
        {
          ...{ label: "Difference", detail: "with less without", value: 0.168, low: 0.131, high: 0.205 },
          ...{ tone: "good", words: "+16.8 points, 95 %: +13.1 to +20.5" },
        },
      ],
      format: signed,
      around: { minEffect: 0.03 },
    },
  ],
};

export const EVENT_STUDY = eventStudyPlot({
  title: "Before and since the switch-on",
  sentence: "Since the change the groups that got it lie 16.8 points higher, n = 1,146 customers.",
  upwards: "difference in percentage points",
  format: signed,
  describe,
  minEffect: 0.03,
  interval: "95 % interval",
  periods: "weeks",
  points: [
    { at: -3, estimate: 0.01, low: -0.04, high: 0.06 },
    { at: -2, estimate: -0.02, low: -0.06, high: 0.02 },
    { at: -1, estimate: 0.004, low: -0.04, high: 0.05 },
    { at: 0, estimate: 0.12, low: 0.06, high: 0.18 },
    { at: 1, estimate: 0.17, low: 0.12, high: 0.22 },
  ],
});

export const SERIES = counterfactualPlot({
  title: "Orders a week",
  sentence: "Since 1 June about 14 orders a week more than expected, n = 8 weeks.",
  upwards: "orders a week",
  format: (value) => value.toFixed(0),
  interval: "95 % interval",
  expectedWords: "expected without the change",
  mark: "switched on 2 June",
  switchOn: START + 28 * DAY,
  fromZero: true,
  points: Array.from({ length: 8 }, (_, week) => ({
    at: START + week * 7 * DAY,
    label: dayOf(START + week * 7 * DAY),
    actual: week === 2 ? null : 50 + 3 * (week % 3) + (week >= 4 ? 14 : 0),
    expected: 51 + week / 2,
    low: week >= 4 ? 46 : null,
    high: week >= 4 ? 60 : null,
  })),
});

export const OVER_TIME = overTimePlot({
  title: "The interval at each look",
  sentence: "After 12 looks the difference is +9.0 points, 95 %: +4.0 to +14.0.",
  upwards: "difference in percentage points",
  format: signed,
  describe,
  minEffect: 0.02,
  interval: "95 % interval that holds at every look",
  stop: { at: START + 13 * 7 * DAY, label: "stop date" },
  looks: Array.from({ length: 12 }, (_, look) => {
    const half = look === 0 ? 3 : 0.2 / (look + 1);
    const estimate = 0.09 + 0.05 * Math.cos(look) * half;
    const at = START + look * 7 * DAY;
    return { at, label: dayOf(at), n: 100 * (look + 1), estimate, low: estimate - half, high: estimate + half };
  }),
});
