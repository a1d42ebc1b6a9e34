/**
 * The pictures of a report as inline SVG: a trend in the size of a word, and estimates with their intervals.
 * Colours come from classes, so that light, dark and paper each have their own; no attribute sets a style.
 */
import { escapeHtml } from "./escape-html.ts";
import type { IntervalBar, Sparkline } from "./report-document.ts";

const WIDTH = 132;
const HEIGHT = 28;
const PAD = 3;

const round = (value: number) => Math.round(value * 10) / 10 + 0;

/** Runs of neighbours that have a value: where one is missing, the line is broken. */
function splitRuns(values: Sparkline["values"]): (readonly [index: number, value: number])[][] {
  const runs: (readonly [number, number])[][] = [];
  let open: (readonly [number, number])[] | undefined;
  for (const [index, value] of values.entries()) {
    if (value === null) {
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = [];
      runs.push(open);
    }
    open.push([index, value]);
  }
  return runs;
}

/** @param label the trend in words, read instead of the drawing */
export function drawSparkline({ values, target }: Sparkline, label: string): string {
  const runs = splitRuns(values);
  const last = runs.at(-1)?.at(-1);
  if (last === undefined) return "";
  const held = [...runs.flat().map(([, value]) => value), ...(target === null ? [] : [target])];
  const [least, most] = [Math.min(...held), Math.max(...held)];
  const x = (index: number) => round(PAD + (index / Math.max(1, values.length - 1)) * (WIDTH - 2 * PAD));
  const y = (value: number) => {
    const share = most === least ? 0.5 : (value - least) / (most - least);
    return round(HEIGHT - PAD - share * (HEIGHT - 2 * PAD));
  };
  const path = runs
    .map((run) => run.map(([index, value], nth) => `${nth === 0 ? "M" : "L"}${x(index)} ${y(value)}`).join(""))
    .join("");
  const aim = target === null ? "" : `<path class="aim" d="M${PAD} ${y(target)}H${WIDTH - PAD}"/>`;
  return `<svg class="spark" role="img" aria-label="${escapeHtml(label)}" viewBox="0 0 ${WIDTH} ${HEIGHT}" width="${WIDTH}" height="${HEIGHT}">${aim}<path class="line" d="${path}"/><circle class="dot" cx="${x(last[0])}" cy="${y(last[1])}" r="2.5"/></svg>`;
}

const LEFT = 280;
const MIDDLE = 260;
const RIGHT = 190;
const ROW = 30;
/** Letters of a label that fit. */
const LONGEST = 38;

function cut(label: string): string {
  const letters = [...label];
  return letters.length <= LONGEST
    ? label
    : `${letters
        .slice(0, LONGEST - 1)
        .join("")
        .trimEnd()}…`;
}

/** One below the other from zero on; the words beside each bar say its numbers. */
export function drawIntervals(caption: string, bars: readonly IntervalBar[]): string {
  const ends = [0, ...bars.flatMap(({ value, low, high }) => [value, low, high])];
  const [least, most] = [Math.min(...ends), Math.max(...ends)];
  const x = (value: number) => round(LEFT + ((value - least) / (most - least || 1)) * MIDDLE);
  const width = LEFT + MIDDLE + RIGHT;
  const height = bars.length * ROW + 8;
  const rows = bars.map(({ label, value, low, high, words }, index) => {
    const y = index * ROW + ROW / 2 + 4;
    return [
      `<text x="0" y="${y + 4}">${escapeHtml(cut(label))}</text>`,
      `<path class="bar" d="M${x(0)} ${y - 5}H${x(value)}V${y + 5}H${x(0)}Z"/>`,
      `<path class="whisker" d="M${x(low)} ${y}H${x(high)}M${x(low)} ${y - 6}v12M${x(high)} ${y - 6}v12"/>`,
      `<text x="${LEFT + MIDDLE + 14}" y="${y + 4}">${escapeHtml(words)}</text>`,
    ].join("");
  });
  const said = bars.map(({ label, words }) => `${label}: ${words}`).join("; ");
  return `<svg class="bars" role="img" aria-label="${escapeHtml(`${caption}. ${said}`)}" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}"><path class="zero" d="M${x(0)} 2V${height - 2}"/>${rows.join("")}</svg>`;
}
