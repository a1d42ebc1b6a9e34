/**
 * What came in more than once: equal records inside an import, events twice within a second, exports that overlap.
 * Whether they are one event is for people to say: nothing is dropped here.
 */
import {
  IMPORTS_PAGE,
  makeFinding,
  type PartReport,
  quoteWord,
  sayCount,
  sayCountOf,
  sayShare,
  touchpointsPage,
} from "./finding.ts";
import type { ImportFacts, QualityFinding } from "./quality-schema.ts";
import type { Cell, TwinCount } from "./read-tallies.ts";

/** Fewer are chance, or not worth a sentence. */
const LEAST = 5;
const SHARE = { twins: 0.001, repeats: 0.005, serious: 0.1, warning: 0.01 };
/** Times of which so many are midnight have no second to compare. */
const DATE_ONLY = 0.5;
const MOST_NAMES = 5;

interface DuplicateInput {
  readonly cells: readonly Cell[];
  readonly twins: readonly TwinCount[];
  readonly repeats: readonly { readonly touchpointId: number; readonly repeats: number }[];
  readonly imports: readonly ImportFacts[];
  readonly nameOf: (touchpointId: number) => string;
  readonly dayOf: (ms: number) => string;
}

function severityOf(share: number): QualityFinding["severity"] {
  return share >= SHARE.serious ? "serious" : share >= SHARE.warning ? "warning" : "note";
}

function addUp<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

/** Of one touchpoint: how many of how many. */
interface Part {
  readonly name: string;
  readonly n: number;
  readonly of: number;
}

/** "«A» 12 of 340 (3.5 %), «B» …", the largest share first. */
function sayParts(parts: readonly Part[]): string {
  const told = parts
    .slice(0, MOST_NAMES)
    .map(({ name, n, of }) => `«${name}» ${sayCount(n)} of ${sayCount(of)} (${sayShare(n, of)})`);
  if (parts.length > MOST_NAMES) told.push(`${sayCount(parts.length - MOST_NAMES)} more`);
  return told.join(", ");
}

function sumParts(parts: readonly Part[]) {
  const [only] = parts.length === 1 ? parts : [];
  return { touchpoint: only?.name ?? null, n: addUp(parts, ({ n }) => n), of: addUp(parts, ({ of }) => of) };
}

function byShare(a: Part, b: Part): number {
  return b.n / b.of - a.n / a.of || b.n - a.n;
}

function findTwins({ cells, twins, imports, nameOf, dayOf }: DuplicateInput): QualityFinding[] {
  return imports.flatMap(({ id, name: file }) => {
    const own = twins.flatMap((twin) => {
      const cell = cells.find((one) => one.importId === id && one.touchpointId === twin.touchpointId);
      if (twin.importId !== id || !cell || twin.twins < LEAST || twin.twins / cell.events < SHARE.twins) return [];
      return [{ ...twin, name: nameOf(twin.touchpointId), n: twin.twins, of: cell.events }];
    });
    if (own.length === 0) return [];
    const parts = own.toSorted(byShare);
    const { touchpoint, n, of } = sumParts(parts);
    const from = dayOf(Math.min(...own.map(({ first }) => first)));
    const to = dayOf(Math.max(...own.map(({ last }) => last)));
    return [
      makeFinding("duplicate", severityOf(n / of), {
        ...{ touchpoint, importId: id, n, of, from, to },
        seen: `${sayCountOf(n, "record")} of import ${id} (${file}) equal another one in every column, between ${from} and ${to}: ${sayParts(parts)}.`,
        action: `If they are one event, take import ${id} back and bring ${file} in again with a «key» in its mapping, which keeps each once; if it did happen twice, nothing is to be done.`,
        ...{ command: `waymark imports rollback ${id}`, page: IMPORTS_PAGE },
      }),
    ];
  });
}

interface Sums {
  readonly events: number;
  readonly midnight: number;
}

function sumCells(cells: readonly Cell[], touchpointId: number): Sums {
  const own = cells.filter((cell) => cell.touchpointId === touchpointId);
  return { events: addUp(own, (cell) => cell.events), midnight: addUp(own, (cell) => cell.midnight) };
}

function findRepeats({ cells, twins, repeats, nameOf }: DuplicateInput): QualityFinding[] {
  const parts = repeats.flatMap(({ touchpointId, repeats: all }) => {
    const { events: of, midnight } = sumCells(cells, touchpointId);
    const own = twins.filter((twin) => twin.touchpointId === touchpointId);
    const n = all - addUp(own, (twin) => twin.twins);
    if (midnight > of * DATE_ONLY || n < LEAST || n / of < SHARE.repeats) return [];
    return [{ name: nameOf(touchpointId), n, of }];
  });
  const [most] = parts.sort(byShare);
  if (!most) return [];
  return [
    makeFinding("near-duplicate", most.n / most.of >= SHARE.serious ? "warning" : "note", {
      ...sumParts(parts),
      seen: `These follow another event of the same customer and touchpoint within a second, though the records differ: ${sayParts(parts)}.`,
      action:
        "Look at such a customer: lines of one order are put together by «group» in the mapping; a tracker that fires twice is mended at its source; a touchpoint that is only noise can be hidden.",
      ...{ command: `waymark touchpoints set ${quoteWord(most.name)} --hide`, page: touchpointsPage(most.name) },
    }),
  ];
}

function findOverlaps({ imports }: DuplicateInput): QualityFinding[] {
  return imports
    .filter(({ duplicate }) => duplicate > 0)
    .map(({ id, name, duplicate, read }) =>
      makeFinding("overlap", "note", {
        ...{ importId: id, n: duplicate, of: read },
        seen: `${sayCountOf(duplicate, "record")} of import ${id} (${name}) had come in before: ${sayShare(duplicate, read)} of the ${sayCount(read)} it read.`,
        action: "Nothing is to be done: each counts once, and stays if one of the imports is taken back.",
        page: IMPORTS_PAGE,
      }),
    );
}

export function judgeDuplicates(input: DuplicateInput): PartReport {
  const n = addUp(input.cells, ({ events }) => events);
  const dateOnly = [...new Set(input.cells.map(({ touchpointId }) => touchpointId))].filter((id) => {
    const { events, midnight } = sumCells(input.cells, id);
    return midnight > events * DATE_ONLY;
  });
  const note =
    dateOnly.length > 0 ? `${sayCountOf(dateOnly.length, "touchpoint")} without a time of day left out` : null;
  return {
    findings: [...findTwins(input), ...findRepeats(input), ...findOverlaps(input)],
    checked: [
      { kind: "duplicate", n },
      { kind: "near-duplicate", n, note },
      { kind: "overlap", n: input.imports.length },
    ],
  };
}
