/**
 * What events say of themselves: touchpoints and what is missing in the catalogue, values, scores, and records that were rejected.
 */
import type { Touchpoint } from "../../domain/touchpoint.ts";
import {
  IMPORTS_PAGE,
  makeFinding,
  type PartReport,
  quoteWord,
  sayCount,
  sayCountOf,
  sayNames,
  sayShare,
  touchpointsPage,
} from "./finding.ts";
import type { ImportFacts, QualityFinding } from "./quality-schema.ts";
import type { Cell } from "./read-tallies.ts";

interface ContentInput {
  readonly cells: readonly Cell[];
  readonly touchpoints: readonly Touchpoint[];
  readonly imports: readonly ImportFacts[];
}

const REJECTED = { serious: 0.1, warning: 0.01 };
const MOST_FINDINGS = 10;

function addUp<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

interface Counted extends Touchpoint {
  readonly events: number;
}

/** Touchpoints with events, the commonest first. */
function countTouchpoints({ cells, touchpoints }: ContentInput): Counted[] {
  const events = new Map<number, number>();
  for (const cell of cells) events.set(cell.touchpointId, (events.get(cell.touchpointId) ?? 0) + cell.events);
  return touchpoints
    .map((touchpoint) => ({ ...touchpoint, events: events.get(touchpoint.id) ?? 0 }))
    .filter((touchpoint) => touchpoint.events > 0)
    .sort((a, b) => b.events - a.events);
}

function findUnmapped(touchpoints: readonly Counted[], all: number): QualityFinding[] {
  const without = touchpoints.filter(({ stage, hidden }) => stage === null && !hidden);
  const [first] = without;
  if (!first) return [];
  const events = addUp(without, (touchpoint) => touchpoint.events);
  return [
    makeFinding("no-stage", "note", {
      ...{ n: without.length, of: touchpoints.length },
      seen: `${sayCountOf(without.length, "touchpoint")} of ${sayCount(touchpoints.length)} ${without.length === 1 ? "has" : "have"} no stage, with ${sayShare(events, all)} of all events: ${sayNames(without.map(({ name }) => name))}.`,
      action: "Give each the stage of the journey it belongs to, or hide what is only noise.",
      command: `waymark touchpoints set ${quoteWord(first.name)} --stage STAGE`,
      page: { ...touchpointsPage(), search: { show: "unmapped" } },
    }),
  ];
}

function findNoOrder(touchpoints: readonly Counted[]): QualityFinding[] {
  if (touchpoints.length === 0 || touchpoints.some(({ role }) => role === "order")) return [];
  return [
    makeFinding("no-order", "note", {
      ...{ n: 0, of: touchpoints.length },
      seen: `None of the ${sayCountOf(touchpoints.length, "touchpoint")} counts as an order.`,
      action: "If one of them is an order, give it that role; where nothing is bought, nothing is to be done.",
      command: "waymark touchpoints set NAME --role order",
      page: touchpointsPage(),
    }),
  ];
}

/** Letters and digits alone, in small letters without accents: "Order Completed" and "order_completed" are one. */
function foldName(name: string): string {
  return name
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]/gu, "");
}

function findSimilar(touchpoints: readonly Counted[]): QualityFinding[] {
  const groups = new Map<string, Counted[]>();
  for (const touchpoint of touchpoints) {
    const folded = foldName(touchpoint.name);
    groups.set(folded, [...(groups.get(folded) ?? []), touchpoint]);
  }
  return [...groups]
    .filter(([folded, group]) => folded !== "" && group.length > 1)
    .map(([, group]) => {
      const [into, ...others] = group as [Counted, ...Counted[]];
      const told = group.map(({ name, events }) => `«${name}» (${sayCountOf(events, "event")})`);
      const n = addUp(others, ({ events }) => events);
      return makeFinding("similar-names", "warning", {
        ...{ touchpoint: into.name, n: group.length, of: touchpoints.length },
        seen: `${told.join(" and ")} differ only in the way they are written; ${sayCountOf(n, "event")} stand under the rarer spelling.`,
        action: `If they are the same thing, merge them; a merge can be taken apart again.`,
        command: `waymark touchpoints merge ${others.map(({ name }) => quoteWord(name)).join(" ")} --into ${quoteWord(into.name)}`,
        page: touchpointsPage(),
      });
    })
    .slice(0, MOST_FINDINGS);
}

interface Part {
  readonly name: string;
  readonly n: number;
  readonly of: number;
}

/** Of each touchpoint with any: how many of how many. */
function countParts(
  { cells }: ContentInput,
  touchpoints: readonly Counted[],
  part: (cell: Cell) => number,
  whole: (cell: Cell) => number,
): Part[] {
  return touchpoints.flatMap(({ id, name }) => {
    const own = cells.filter(({ touchpointId }) => touchpointId === id);
    const n = addUp(own, part);
    return n > 0 ? [{ name, n, of: addUp(own, whole) }] : [];
  });
}

function sumParts(parts: readonly Part[]) {
  const [only] = parts.length === 1 ? parts : [];
  return { touchpoint: only?.name ?? null, n: addUp(parts, ({ n }) => n), of: addUp(parts, ({ of }) => of) };
}

function findBareValues(input: ContentInput, touchpoints: readonly Counted[]): QualityFinding[] {
  const parts = countParts(
    input,
    touchpoints,
    (cell) => cell.bare,
    (cell) => cell.valued,
  );
  if (parts.length === 0) return [];
  const { n, of, touchpoint } = sumParts(parts);
  return [
    makeFinding("no-currency", "note", {
      ...{ touchpoint, n, of },
      seen: `${sayCountOf(n, "value")} of ${sayNames(parts.map(({ name }) => name))} ${n === 1 ? "has" : "have"} no currency: ${sayShare(n, of)} of ${sayCount(of)}.`,
      action: "If they are money, name their currency in the mapping («currency: EUR») and bring the file in again.",
      page: IMPORTS_PAGE,
    }),
  ];
}

function findOffScale(input: ContentInput, touchpoints: readonly Counted[]): QualityFinding[] {
  const parts = countParts(
    input,
    touchpoints,
    (cell) => cell.offScale,
    (cell) => cell.scored,
  );
  if (parts.length === 0) return [];
  const { n, of, touchpoint } = sumParts(parts);
  const example = input.cells.find((cell) => cell.offScale > 0)?.offScaleExample ?? "";
  return [
    makeFinding("off-scale", "warning", {
      ...{ touchpoint, n, of },
      seen: `${sayCountOf(n, "score")} of ${sayNames(parts.map(({ name }) => name))} ${n === 1 ? "lies" : "lie"} outside of the scale, such as ${example}: ${sayShare(n, of)} of ${sayCount(of)}.`,
      action: "Correct the scale in the mapping, or mend the scores in the file, and bring it in again.",
      page: IMPORTS_PAGE,
    }),
  ];
}

function findRejected({ imports }: ContentInput): QualityFinding[] {
  return imports
    .filter(({ rejected }) => rejected > 0)
    .map(({ id, name, rejected, read }) => {
      const share = rejected / Math.max(1, read);
      const severity = share >= REJECTED.serious ? "serious" : share >= REJECTED.warning ? "warning" : "note";
      return makeFinding("rejected", severity, {
        ...{ importId: id, n: rejected, of: read },
        seen: `${sayCountOf(rejected, "record")} of import ${id} (${name}) could not be read: ${sayShare(rejected, read)} of ${sayCount(read)}.`,
        action:
          "See what is wrong with them and mend them where they are listed; the rest of the import stays as it is.",
        command: `waymark imports rejects ${id}`,
        page: { to: "collect", label: "The rejected records", search: { rejects: String(id) } },
      });
    });
}

export function judgeContents(input: ContentInput): PartReport {
  const touchpoints = countTouchpoints(input);
  const all = addUp(touchpoints, ({ events }) => events);
  const n = touchpoints.length;
  return {
    findings: [
      ...findRejected(input),
      ...findSimilar(touchpoints),
      ...findBareValues(input, touchpoints),
      ...findOffScale(input, touchpoints),
      ...findNoOrder(touchpoints),
      ...findUnmapped(touchpoints, all),
    ],
    checked: [
      { kind: "rejected", n: addUp(input.imports, ({ read }) => read) },
      { kind: "no-stage", n },
      { kind: "no-order", n },
      { kind: "similar-names", n },
      { kind: "no-currency", n: addUp(input.cells, ({ valued }) => valued) },
      { kind: "off-scale", n: addUp(input.cells, ({ scored }) => scored) },
    ],
  };
}
