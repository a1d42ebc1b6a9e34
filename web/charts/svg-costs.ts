/**
 * What things cost, one below the other from 0, as SVG text: a fact as a dark block, what is estimated on top of it as a light one
 * with its interval as a whisker. The one on screen is pages/diagnose/views/cost-bars.tsx; what a cost means is said by the page.
 */
import { fitText, INK, round, svgDocument, svgText, textWidth } from "./svg-text.ts";
import { fitScale, type Scale } from "./trend.ts";

export interface CostRow {
  readonly key: string;
  readonly label: string;
  /** Under the label, in small print. */
  readonly detail: string;
  /** Counted, not estimated; 0 without any. */
  readonly fact: number;
  /** Estimated, on top of the fact; null: nothing was. */
  readonly estimate: { readonly value: number; readonly low: number; readonly high: number } | null;
  /** Beside the bar: the numbers in words. */
  readonly words: string;
}

export interface Costs {
  readonly title: string;
  /** One line under the title: in what unit, over what time. */
  readonly under: string;
  readonly rows: readonly CostRow[];
  readonly format: (value: number) => string;
  /** What both blocks are called. */
  readonly factName: string;
  readonly estimateName: string;
}

const WIDTH = 1040;
const LEFT = 300;
const RIGHT = 340;
const ROW = 38;
const TOP = 84;
const COLORS = { fact: "#3b4754", estimate: "#ffae66" } as const;

/** From 0 to where the largest interval ends. */
export function costScale(rows: readonly Pick<CostRow, "fact" | "estimate">[]): Scale {
  return fitScale(
    rows.map(({ fact, estimate }) => fact + Math.max(estimate?.value ?? 0, estimate?.high ?? 0)),
    true,
  );
}

type Place = (value: number) => number;

function drawBars({ fact, estimate }: CostRow, top: number, x: Place): string[] {
  const middle = top + ROW / 2;
  const block = (from: number, to: number, fill: string) =>
    `<rect x="${round(x(from))}" y="${middle - 9}" width="${round(x(to) - x(from))}" height="18" fill="${fill}"/>`;
  const known = fact > 0 ? [block(0, fact, COLORS.fact)] : [];
  if (estimate === null) return known;
  const [low, high] = [x(fact + estimate.low), x(fact + estimate.high)];
  return [
    ...known,
    block(fact, fact + estimate.value, COLORS.estimate),
    `<path d="M${round(low)} ${middle}H${round(high)}M${round(low)} ${middle - 5}v10M${round(high)} ${middle - 5}v10" stroke="${INK.text}" stroke-width="2" fill="none"/>`,
  ];
}

function drawRow(row: CostRow, top: number, x: Place): string[] {
  const middle = top + ROW / 2;
  return [
    svgText(16, middle - 2, fitText(row.label, LEFT - 32, 12), { weight: 600 }),
    svgText(16, middle + 12, fitText(row.detail, LEFT - 32, 11), { size: 11, fill: INK.quiet }),
    ...drawBars(row, top, x),
    svgText(WIDTH - RIGHT + 16, middle + 4, fitText(row.words, RIGHT - 30, 11), { size: 11 }),
  ];
}

function drawKey({ rows, factName, estimateName }: Costs): string[] {
  const entries = [
    ...(rows.some(({ fact }) => fact > 0) ? [{ text: factName, fill: COLORS.fact }] : []),
    { text: estimateName, fill: COLORS.estimate },
  ];
  let at = 16;
  return entries.flatMap(({ text, fill }) => {
    const drawn = [
      `<rect x="${round(at)}" y="59" width="14" height="11" fill="${fill}"/>`,
      svgText(at + 20, 68, text, { size: 11, fill: INK.quiet }),
    ];
    at += textWidth(text, 11) + 44;
    return drawn;
  });
}

/** The costs as one SVG document of 1,040 px. */
export function drawCosts(costs: Costs): string {
  const { title, under, rows, format } = costs;
  const scale = costScale(rows);
  const x: Place = (value) => LEFT + ((value - scale.low) / (scale.high - scale.low)) * (WIDTH - LEFT - RIGHT);
  const bottom = TOP + rows.length * ROW;
  return svgDocument(WIDTH, bottom + 36, title, [
    svgText(16, 26, fitText(title, WIDTH - 40, 15), { size: 15, weight: 600 }),
    svgText(16, 46, fitText(under, WIDTH - 40, 12), { fill: INK.quiet }),
    ...drawKey(costs),
    ...scale.ticks.flatMap((tick) => [
      `<line x1="${round(x(tick))}" y1="${TOP}" x2="${round(x(tick))}" y2="${bottom}" stroke="${INK.line}"/>`,
      svgText(x(tick), bottom + 18, format(tick), { size: 11, fill: INK.quiet, anchor: "middle" }),
    ]),
    ...rows.flatMap((row, index) => drawRow(row, TOP + index * ROW, x)),
  ]);
}
