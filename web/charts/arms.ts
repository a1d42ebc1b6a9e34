/**
 * The arms of an experiment with their intervals, and below them the difference around zero: the geometry for page and paper.
 * How the numbers are found is the report's matter; the document to take away is svg-arms.ts.
 */
import { lineBetween, rectangle, type Shape, type Tone } from "./shapes.ts";
import { fitText, textWidth } from "./svg-text.ts";
import { fitScale, type Scale } from "./trend.ts";

export interface ArmRow {
  readonly label: string;
  /** Under the label, in small print. */
  readonly detail: string;
  readonly value: number;
  /** null: no interval is known. */
  readonly low: number | null;
  readonly high: number | null;
  readonly tone: Tone;
  /** The numbers in words, with interval and n. */
  readonly words: string;
}

export interface ArmPanel {
  /** Over the rows: what is compared, with its unit. */
  readonly heading: string;
  readonly rows: readonly ArmRow[];
  readonly format: (value: number) => string;
  /** Around zero, as differences are, with what is too small to matter to both sides of it; null: levels. */
  readonly around: { readonly minEffect: number } | null;
}

export interface Arms {
  readonly title: string;
  readonly sentence: string;
  /** One below the other, each with an axis of its own. */
  readonly panels: readonly ArmPanel[];
}

interface Columns {
  /** Whether names and numbers stand beside the marks; else above them. */
  readonly beside: boolean;
  readonly left: number;
  readonly right: number;
  readonly width: number;
}

const SIZE = 12;
const SMALL = 11;
const HEAD = 26;
const AXIS = 34;
const GAP = 18;
/** Height of the words above a mark, where they do not stand beside it. */
const WORDS = 38;

function columnsOf(width: number): Columns {
  if (width < 620) return { beside: false, left: 10, right: width - 10, width };
  return { beside: true, left: Math.round(width * 0.24), right: Math.round(width * 0.62), width };
}

const rowHeight = ({ beside }: Columns) => (beside ? 40 : 68);

function drawWords(row: ArmRow, top: number, { beside, right, width }: Columns): Shape[] {
  const text = { kind: "text", tone: "text", size: SIZE } as const;
  const small = { ...text, tone: "quiet", size: SMALL } as const;
  if (!beside) {
    return [
      { ...text, x: 0, y: top + 14, text: fitText(`${row.label} · ${row.detail}`, width, SIZE), weight: 600 },
      { ...text, x: 0, y: top + 31, text: fitText(row.words, width, SMALL), size: SMALL },
    ];
  }
  const room = width - right - 24;
  return [
    { ...text, x: 0, y: top + 17, text: fitText(row.label, width * 0.22, SIZE), weight: 600 },
    { ...small, x: 0, y: top + 32, text: fitText(row.detail, width * 0.22, SMALL) },
    { ...text, x: right + 24, y: top + 24, text: fitText(row.words, room, SIZE) },
  ];
}

function drawMark({ value, low, high, tone, words }: ArmRow, middle: number, x: (value: number) => number): Shape[] {
  const line: Shape[] =
    low === null || high === null
      ? []
      : [
          { kind: "path", d: lineBetween(x(low), middle, x(high), middle), tone, width: 2 },
          ...[low, high].map((end): Shape => {
            return { kind: "path", d: lineBetween(x(end), middle - 6, x(end), middle + 6), tone, width: 2 };
          }),
        ];
  return [...line, { kind: "square", x: x(value), y: middle, r: 5, tone, tip: words }];
}

interface Axis {
  readonly scale: Scale;
  readonly x: (value: number) => number;
  /** From where to where its lines go: behind the marks, never through the words. */
  readonly strips: readonly (readonly [top: number, bottom: number])[];
  readonly bottom: number;
}

function drawTicks({ format, around }: ArmPanel, { scale, x, strips, bottom }: Axis): Shape[] {
  const wide = Math.max(...scale.ticks.map((tick) => textWidth(format(tick), SMALL))) + 10;
  const room = x(scale.high) - x(scale.low);
  const every = Math.max(1, Math.ceil((scale.ticks.length * wide) / room));
  // Zero keeps its number, whichever of its neighbours have to go.
  const origin = Math.max(0, scale.ticks.indexOf(0));
  return scale.ticks.flatMap((tick, index): Shape[] => {
    const own = around !== null && tick === 0;
    const line: Shape = {
      ...{ kind: "path", d: strips.map(([from, to]) => lineBetween(x(tick), from, x(tick), to)).join("") },
      ...(own ? { tone: "quiet", width: 1.5 } : { tone: "line" }),
    };
    const label: Shape = {
      ...{ kind: "text", tone: "quiet", size: SMALL, anchor: "middle" },
      ...{ x: x(tick), y: bottom + 16, text: format(tick) },
    };
    return (index - origin) % every === 0 ? [line, label] : [line];
  });
}

const endsOf = ({ value, low, high }: ArmRow) => [value, low ?? value, high ?? value];

function scaleOf({ rows, around }: ArmPanel): Scale {
  const ends = rows.flatMap(endsOf);
  return around ? fitScale([...ends, around.minEffect, -around.minEffect], true) : fitScale(ends, false);
}

function drawPanel(
  panel: ArmPanel,
  top: number,
  columns: Columns,
): { readonly height: number; readonly shapes: Shape[] } {
  const { rows, around, heading } = panel;
  const { left, right, beside, width } = columns;
  const scale = scaleOf(panel);
  const tall = rowHeight(columns);
  const x = (value: number) => left + ((value - scale.low) / (scale.high - scale.low)) * (right - left);
  const first = top + HEAD;
  const bottom = first + rows.length * tall;
  const zone = around?.minEffect ?? 0;
  const strips = beside
    ? [[first, bottom] as const]
    : rows.map((_, index) => [first + index * tall + WORDS, first + (index + 1) * tall] as const);
  const boxes = strips.map(([from, to]) => rectangle(x(-zone), from, x(zone) - x(-zone), to - from)).join("");
  const shapes: Shape[] = [
    { kind: "text", tone: "quiet", size: SMALL, x: 0, y: top + 12, text: fitText(heading, width, SMALL) },
    ...(zone > 0 ? [{ kind: "area", d: boxes, tone: "zone" } as const] : []),
    ...drawTicks(panel, { scale, x, strips, bottom }),
    ...rows.flatMap((row, index) => {
      const from = first + index * tall;
      return [...drawMark(row, from + (beside ? tall / 2 : tall - 16), x), ...drawWords(row, from, columns)];
    }),
  ];
  return { height: HEAD + rows.length * tall + AXIS, shapes };
}

/** The picture without title and sentence, for so many px. */
export function layoutArms({ panels }: Arms, width: number): { height: number; shapes: readonly Shape[] } {
  const columns = columnsOf(width);
  let height = 0;
  const shapes = panels.flatMap((panel) => {
    const drawn = drawPanel(panel, height === 0 ? 0 : height + GAP, columns);
    height += drawn.height + (height === 0 ? 0 : GAP);
    return drawn.shapes;
  });
  return { height, shapes };
}
