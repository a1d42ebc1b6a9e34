/**
 * One customer's journeys from top to bottom as a self-contained SVG text for export and print.
 * Distances are not to scale; gaps are said in words.
 */
import { fitText, INK, svgDocument, svgText } from "./svg-text.ts";

export interface DrawnEvent {
  readonly touchpoint: string;
  readonly when: string;
  /** Channel, value, score in words. */
  readonly detail: string;
  /** Time since the event before, when it is worth saying. */
  readonly gap: string;
}

export interface DrawnTimeline {
  readonly title: string;
  readonly journeys: readonly { readonly heading: string; readonly events: readonly DrawnEvent[] }[];
  /** What is not drawn, in words. */
  readonly more: string;
}

const WIDTH = 800;
const ROW = 26;

/** The drawing, one line an event. */
export function timelineSvg({ title, journeys, more }: DrawnTimeline, color: (touchpoint: string) => string): string {
  const body = [svgText(16, 28, title, { size: 16, weight: 600 })];
  let y = 52;
  for (const { heading, events } of journeys) {
    body.push(svgText(16, y + 12, fitText(heading, WIDTH - 32, 13), { size: 13, weight: 600 }));
    y += 28;
    const top = y + 6;
    const rows: string[] = [];
    for (const { touchpoint, when, detail, gap } of events) {
      if (gap) {
        rows.push(svgText(220, y + 10, gap, { size: 11, fill: INK.quiet }));
        y += 20;
      }
      rows.push(
        `<circle cx="200" cy="${y + 7}" r="5" fill="${color(touchpoint)}"/>`,
        svgText(184, y + 11, when, { size: 11, fill: INK.quiet, anchor: "end" }),
        svgText(220, y + 11, fitText(touchpoint, 260, 12), { weight: 600 }),
        svgText(490, y + 11, fitText(detail, WIDTH - 506, 11), { size: 11, fill: INK.quiet }),
      );
      y += ROW;
    }
    body.push(`<path d="M200 ${top}V${y - ROW + 7}" stroke="${INK.line}" stroke-width="2"/>`, ...rows);
    y += 14;
  }
  if (more) body.push(svgText(16, y + 8, more, { fill: INK.quiet }));
  return svgDocument(WIDTH, y + (more ? 28 : 8), title, body);
}
