/**
 * The units of a comparison between arms as SQL: what each showed since its time zero, and in the time before.
 * Adding them up is event-arms.ts; how a unit comes to its arm is event-assignment.ts.
 */
import { PERSON } from "../../domain/journey-definition.ts";
import type { UnitColumn } from "../../stats/arm-moments.ts";
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import {
  type ArmQuestion,
  type ArmRule,
  compileAssignment,
  type EffectSpan,
  EVER,
  findTeller,
} from "./event-assignment.ts";
import { buildUnitFrame } from "./event-cells.ts";
import { type CompiledMetric, compileMetric, unitValueBetween } from "./event-metric.ts";

export interface UnitColumnSql {
  readonly column: UnitColumn;
  readonly sql: string;
}

/**
 * One unit a row of `from`. Its aliases: `arm` (label), `state` ("in", or why it does not count: "open", "mixed", "none"),
 * `zero` (ms since 1970), `opens` (rows left out because still open), and the columns' `y`, `d`, `x`, `e` (Float64).
 */
export interface CompiledUnits {
  readonly frame: JourneyFrame;
  readonly columns: readonly UnitColumnSql[];
  readonly choose: ArmRule["choose"];
  /** Whether values 0 and 1 are hits: of a sum, nothing but zeros says that nothing was found to add up. */
  readonly counted: boolean;
  /** Whether a unit can be seen in two arms. */
  readonly changeable: boolean;
  /**
   * The statement's parts. `looks`, SQL of an array of moments, adds arrays with one element a look: `ins` (1: the unit counts
   * by then) and the columns' `ys`, `ds`, `xs`, `es`, 0 where it does not.
   */
  readonly read: (looks?: string) => UnitSource;
}

interface UnitSource {
  readonly with: string;
  readonly from: string;
  readonly where: string;
}

interface Parts {
  readonly frame: JourneyFrame;
  readonly metric: CompiledMetric;
  /** Placeholders, Int64. */
  readonly since: string;
  readonly until: string;
  readonly from: string;
  readonly within: string | null;
}

/** Whether units are objects whose customers were assigned: then the customer is the cluster, and time zero the object's own. */
function isClustered(question: Pick<ArmQuestion, "unit" | "by" | "audience">): boolean {
  if (question.unit === PERSON) return false;
  const teller = findTeller(question);
  return teller === null || teller.kind === "customer";
}

/** Sums up to each look: of what is counted so far, or with a fixed time, of the units whose time is over. */
function lookAliases({ metric, within }: Parts, looks: string): string[] {
  if (within !== null)
    return [
      `arrayMap(look -> toUInt8(finish <= look), ${looks}) AS ins`,
      `arrayMap(inside -> inside * y, ins) AS ys`,
      `arrayMap(inside -> inside * d, ins) AS ds`,
    ];
  const counted = (array: string) =>
    `arrayFilter(pair -> pair.1 != 0 AND pair.2 >= zero AND pair.2 < finish, arrayZip(${array}, at))`;
  const upTo = (pairs: string) =>
    `arrayMap(look -> arraySum(pair -> if(pair.2 < look, pair.1, 0), ${pairs}), ${looks})`;
  return [
    `${counted(metric.numerators)} AS adding`,
    `arrayMap(look -> toUInt8(seen < look), ${looks}) AS ins`,
    metric.binary
      ? `arrayMap(sum -> toFloat64(sum > 0), ${upTo("adding")}) AS ys`
      : `arrayMap(sum -> toFloat64(sum), ${upTo("adding")}) AS ys`,
    ...(metric.denominators === null
      ? ["arrayMap(inside -> toFloat64(inside), ins) AS ds"]
      : [`${counted(metric.denominators)} AS dividing`, `arrayMap(sum -> toFloat64(sum), ${upTo("dividing")}) AS ds`]),
  ];
}

const BEFORE_LOOKS = ["arrayMap(inside -> inside * x, ins) AS xs", "arrayMap(inside -> inside * e, ins) AS es"];

/** The value since time zero, and over as long a time before it. */
function valueAliases({ metric, from }: Parts): string[] {
  const now = unitValueBetween(metric, "zero", "finish");
  const before = unitValueBetween(metric, "early", "zero");
  return [
    `greatest(2 * zero - finish, ${from}) AS early`,
    `${now.value} AS y`,
    `${now.denominator ?? "toFloat64(1)"} AS d`,
    `${before.value} AS x`,
    `${before.denominator ?? "toFloat64(1)"} AS e`,
  ];
}

const stateOf = (open: string) => `multiIf(arm = '', 'none', mixed, 'mixed', ${open}, 'open', 'in') AS state`;

function conditions(frame: JourneyFrame, where: readonly string[]): string {
  return [frame.rows, "remaining > 0", ...where].join(" AND ");
}

/** A row is a unit. */
function readRows(parts: Parts, aliases: readonly string[], where: readonly string[], looks?: string): UnitSource {
  const { frame, until, within } = parts;
  const open = within === null ? "0" : `finish > ${until}`;
  const all = [...aliases, ...valueAliases(parts), stateOf(open), "toUInt64(state = 'open') AS opens"];
  return {
    with: [...all, ...(looks === undefined ? [] : [...lookAliases(parts, looks), ...BEFORE_LOOKS])].join(",\n  "),
    from: frame.source,
    where: conditions(frame, where),
  };
}

/** Sums over the objects of a customer: those since the switch-on, and those of as long a time before it. */
function sumClusters(looks: boolean): string {
  const [now, before] = ["NOT unfinished AND late", "NOT unfinished AND NOT late"];
  const sums = [
    "arraySort(groupUniqArrayIf(arm, arm != '' AND late)) AS labels",
    `countIf(${now}) AS counted`,
    "countIf(late) AS lateObjects",
    "countIf(unfinished AND late) AS openObjects",
    "minIf(zero, late) AS firstZero",
    `sumIf(y, ${now}) AS sumNow`,
    `sumIf(d, ${now}) AS divisorNow`,
    `sumIf(y, ${before}) AS sumBefore`,
    `sumIf(d, ${before}) AS divisorBefore`,
  ];
  const atLooks = [
    `sumForEachIf(ys, ${now}) AS sumsNow`,
    `sumForEachIf(ds, ${now}) AS divisorsNow`,
    `maxForEachIf(ins, ${now}) AS insNow`,
  ];
  return [...sums, ...(looks ? atLooks : [])].join(", ");
}

/** The rows of a customer are one unit. */
function readClusters(parts: Parts, aliases: readonly string[], where: readonly string[], looks?: string): UnitSource {
  const { frame, metric, since, until, within } = parts;
  const now = unitValueBetween(metric, "zero", "finish");
  const inner = [
    ...aliases,
    `zero >= ${since} AS late`,
    `${within === null ? "0" : `finish > if(late, ${until}, ${since})`} AS unfinished`,
    `${now.value} AS y`,
    `${now.denominator ?? "toFloat64(1)"} AS d`,
    ...(looks === undefined ? [] : lookAliases(parts, looks)),
  ];
  const inside = `(WITH ${inner.join(",\n  ")}
  SELECT if(people[1] != 0, people[1], owner) AS cluster, ${sumClusters(looks !== undefined)}
  FROM ${frame.source}
  WHERE ${conditions(frame, [...where, `zero >= greatest(2 * ${since} - ${until}, ${parts.from})`])} GROUP BY cluster)`;
  const outer = [
    "if(empty(labels), '', labels[1]) AS arm",
    "length(labels) > 1 AS mixed",
    stateOf("counted = 0"),
    ...["openObjects AS opens", "firstZero AS zero"],
    ...["sumNow AS y", "divisorNow AS d", "sumBefore AS x", "divisorBefore AS e"],
    ...(looks === undefined ? [] : ["sumsNow AS ys", "divisorsNow AS ds", "insNow AS ins", ...BEFORE_LOOKS]),
  ];
  return { with: outer.join(",\n  "), from: inside, where: "lateObjects > 0" };
}

function listColumns({ metric }: Parts, clustered: boolean, before: boolean): UnitColumnSql[] {
  const divided = clustered || metric.denominators !== null;
  const all: readonly (UnitColumnSql & { readonly wanted: boolean })[] = [
    { column: "value", sql: "y", wanted: true },
    { column: "denominator", sql: "d", wanted: divided },
    { column: "before", sql: "x", wanted: before },
    { column: "beforeDenominator", sql: "e", wanted: before && divided },
  ];
  return all.filter(({ wanted }) => wanted).map(({ column, sql }) => ({ column, sql }));
}

/**
 * A mean or ratio, and objects of customers, have the columns value and denominator; `before` and its denominator are there
 * when the question adjusts.
 * @param pooled nobody is told apart
 * @throws AppError invalid (expressions, no time zero), not-found (touchpoint, object type)
 */
export function compileUnits(
  context: AnalysisContext,
  question: ArmQuestion,
  span: EffectSpan,
  pooled = false,
): CompiledUnits {
  const { unit, withinMs, adjust } = question;
  const frame = buildUnitFrame(context, question);
  const clustered = isClustered(question);
  const bind = (ms: number | null) => frame.bag.bind(ms ?? EVER, "Int64");
  const parts: Parts = {
    frame,
    metric: compileMetric(context, frame, question.metric),
    ...{ since: bind(span.since), until: bind(span.until), from: bind(span.from) },
    within: withinMs === undefined ? null : bind(withinMs),
  };
  const { since, until, within } = parts;
  const last = clustered ? `if(zero >= ${since}, ${until}, ${since})` : until;
  const finish = within === null ? last : `zero + ${within}`;
  const place = { context, frame, since, until, finish };
  const teller = findTeller(question);
  const ownStart = clustered || (pooled && unit !== PERSON);
  const { aliases, where: rows, choose } = compileAssignment(place, question, span, { ownStart, pooled });
  if (ownStart && !clustered) rows.push(`zero >= ${since}`);
  const all = [frame.aliases, ...parts.metric.aliases, ...aliases];
  const read = clustered ? readClusters : readRows;
  return {
    frame,
    columns: listColumns(parts, clustered, adjust && (!clustered || span.since !== null)),
    choose,
    counted: question.metric.kind === "share" || question.metric.kind === "count",
    changeable: !pooled && (clustered ? teller !== null : teller !== null && teller.kind !== "customer"),
    read: (looks) => read(parts, all, rows, looks),
  };
}
