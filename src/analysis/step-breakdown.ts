/**
 * One step of the map by a field: on which channel, with which property, for which customers does it go on so often?
 * It splits one edge of the comparison (compare-journeys.ts, same shares and intervals); it searches no field by itself.
 */
import { z } from "zod";
import { findTouchpoint } from "../domain/touchpoint.ts";
import { describeVersus, versusReportSchema, versusSchema, versusScope } from "./compare-journeys.ts";
import type { AnalysisContext } from "./context.ts";
import {
  ANALYSIS_SETTINGS,
  buildJourneyFrame,
  type JourneyFrame,
  type JourneyScope,
  journeyScopeSchema,
} from "./journey-frame.ts";
import { customerBucket } from "./journey-steps.ts";
import {
  addTo,
  describeDifference,
  describeShare,
  pairBuckets,
  shareDifferenceSchema,
  shareShape,
  sumOf,
} from "./share-report.ts";

export const stepBreakdownQuerySchema = journeyScopeSchema.extend({
  /** Names of the touchpoints at both ends of the step. */
  step: z.object({ from: z.string().min(1), to: z.string().min(1) }),
  /** Field of the event that the step leaves (`channel`, `prop.NAME`), or the customer's (`customer.TRAIT`). */
  by: z.string().regex(/^(channel|prop\..+|customer\..+)$/u, "write channel, prop.NAME or customer.TRAIT"),
  /** Another scope to compare with. */
  vs: versusSchema.optional(),
  /** Values with a row of their own, those with the most events; all others are one row, `other`. */
  limit: z.int().min(1).max(1000).default(50),
});
export type StepBreakdownQuery = z.input<typeof stepBreakdownQuerySchema>;

/** `n` events of the step's beginning; after `transitions` of them its end comes next in the journey. */
const sideSchema = z.object({ transitions: z.int(), n: z.int(), ...shareShape });
const splitSchema = z.object({
  a: sideSchema,
  /** Only with `vs`. */
  b: sideSchema.optional(),
  /** a − b, with a 95 % interval; only with `vs`. */
  difference: shareDifferenceSchema.optional(),
});
type Split = z.infer<typeof splitSchema>;

export const stepBreakdownReportSchema = z.object({
  journey: z.string(),
  step: z.object({ from: z.string(), to: z.string() }),
  by: z.string(),
  /** The filter of `b`. */
  vs: versusReportSchema.nullable(),
  /** Most n first, both sides together; `value` null: the field is empty there. */
  rows: z.array(splitSchema.extend({ value: z.string().nullable() })),
  /** The values beyond the limit as one; null when there are none. */
  other: splitSchema.nullable(),
  /** The whole step: rows and other together. */
  all: splitSchema,
});
export type StepBreakdownReport = z.infer<typeof stepBreakdownReportSchema>;

/** The beginnings of the step in one scope: SQL arrays, parallel. */
interface Beginnings {
  readonly frame: JourneyFrame;
  /** WITH clause. */
  readonly aliases: string;
}

/** `prop."a b"` is written like in a filter; the quotes are no part of the name. */
function nameIn(by: string): string {
  const name = by.slice(by.indexOf(".") + 1);
  return /^".+"$/u.test(name) ? name.slice(1, -1) : name;
}

function labelsOf(frame: JourneyFrame, by: string): string {
  if (by === "channel") return `arrayMap(channel -> toString(channel), ${frame.kept("channels")})`;
  const name = frame.bag.bind(nameIn(by), "String");
  if (by.startsWith("customer.")) return `arrayWithConstant(length(ids), toString(traits[${name}]))`;
  return frame.kept(`arrayMap(property -> toString(property[${name}]), properties)`);
}

function readBeginnings(
  context: AnalysisContext,
  scope: JourneyScope,
  { step, by }: z.output<typeof stepBreakdownQuerySchema>,
): Beginnings {
  const frame = buildJourneyFrame(context, scope);
  const bind = (name: string) => frame.bag.bind(findTouchpoint(name, context.touchpoints, "the step").id, "UInt16");
  const [from, to] = [bind(step.from), bind(step.to)];
  const aliases = `${frame.aliases},
  arrayMap(id -> toUInt8(id = ${from}), ids) AS begins,
  arrayFilter((label, begin) -> begin, ${labelsOf(frame, by)}, begins) AS labels,
  arrayFilter((onward, begin) -> begin, arrayMap((next, last) -> toUInt8(NOT last AND next = ${to}),
    arrayPopFront(arrayPushBack(ids, toUInt16(0))), lasts), begins) AS onwards`;
  return { frame, aliases };
}

async function rankLabels(context: AnalysisContext, { frame, aliases }: Beginnings, limit: number) {
  return context.store.query<{ label: string; events: number }>(
    `WITH ${aliases}
SELECT label, count() AS events
FROM ${frame.source}
ARRAY JOIN labels AS label
WHERE ${frame.rows}
GROUP BY label
ORDER BY events DESC, label
LIMIT ${limit}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
}

/** Beginnings and steps taken, by bucket of customers. */
interface Counts {
  readonly begun: Map<number, number>;
  readonly taken: Map<number, number>;
}

const noCounts = (): Counts => ({ begun: new Map(), taken: new Map() });

/** Counts for each listed label (from 1), and for all others (0). */
async function countLabels(context: AnalysisContext, { frame, aliases }: Beginnings, labels: readonly string[]) {
  const counts = new Map<number, Counts>();
  if (labels.length === 0) return counts;
  const listed = frame.bag.bind(labels, "Array(String)");
  const places = frame.bag.bind(
    labels.map((_, index) => index + 1),
    "Array(UInt16)",
  );
  const rows = await context.store.query<Record<"place" | "bucket" | "begun" | "taken", number>>(
    `WITH ${aliases}
SELECT transform(label, ${listed}, ${places}, toUInt16(0)) AS place, ${customerBucket(frame)} AS bucket,
  count() AS begun, sum(onward) AS taken
FROM ${frame.source}
ARRAY JOIN labels AS label, onwards AS onward
WHERE ${frame.rows}
GROUP BY place, bucket`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  for (const { place, bucket, begun, taken } of rows) {
    const count = counts.get(place) ?? noCounts();
    addTo(count.begun, bucket, begun);
    addTo(count.taken, bucket, taken);
    counts.set(place, count);
  }
  return counts;
}

function addUp(all: Iterable<Counts>): Counts {
  const sum = noCounts();
  for (const { begun, taken } of all) {
    for (const [bucket, count] of begun) addTo(sum.begun, bucket, count);
    for (const [bucket, count] of taken) addTo(sum.taken, bucket, count);
  }
  return sum;
}

/** The sides of one row; a single one without `vs`. */
function split(sides: readonly Counts[]): Split {
  const [a, b] = sides.map(({ begun, taken }) => pairBuckets(taken, begun));
  const [first, second] = sides.map(({ begun, taken }, index) => {
    return { transitions: sumOf(taken), n: sumOf(begun), ...describeShare((index === 0 ? a : b) ?? []) };
  });
  const one = { a: first as Split["a"] };
  return a && b && second ? { ...one, b: second, difference: describeDifference(a, b) } : one;
}

/** The labels that get a row: the commonest of each side, ranked by what is known of both. */
function chooseLabels(ranked: readonly { label: string; events: number }[], limit: number): string[] {
  const events = new Map<string, number>();
  for (const row of ranked) events.set(row.label, (events.get(row.label) ?? 0) + row.events);
  return [...events]
    .sort(([a, left], [b, right]) => right - left || (a < b ? -1 : 1))
    .slice(0, limit)
    .map(([label]) => label);
}

/**
 * The step by value. An event's own channel and properties are those of the beginning, which also stands where the step
 * was not taken.
 * @throws AppError not-found (journey or touchpoint), invalid (filter), unavailable (a limit of the engine)
 */
export async function analyzeStepBreakdown(
  context: AnalysisContext,
  input: StepBreakdownQuery,
): Promise<StepBreakdownReport> {
  const query = stepBreakdownQuerySchema.parse(input);
  const scopes = [query, ...(query.vs ? [versusScope(query.journey, query.vs)] : [])];
  const beginnings = scopes.map((scope) => readBeginnings(context, scope, query));
  const ranked = await Promise.all(beginnings.map((side) => rankLabels(context, side, query.limit)));
  const labels = chooseLabels(ranked.flat(), query.limit);
  const counts = await Promise.all(beginnings.map((side) => countLabels(context, side, labels)));
  const at = (place: number) => split(counts.map((side) => side.get(place) ?? noCounts()));
  const rows = labels.map((label, index) => ({ value: label === "" ? null : label, ...at(index + 1) }));
  const size = (row: Split) => row.a.n + (row.b?.n ?? 0);
  return {
    journey: beginnings[0]?.frame.journey ?? "",
    step: query.step,
    by: query.by,
    vs: query.vs ? describeVersus(query.vs) : null,
    rows: rows.sort((x, y) => size(y) - size(x) || ((x.value ?? "") < (y.value ?? "") ? -1 : 1)),
    other: counts.some((side) => side.has(0)) ? at(0) : null,
    all: split(counts.map((side) => addUp(side.values()))),
  };
}
