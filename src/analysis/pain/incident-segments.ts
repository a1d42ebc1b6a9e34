/**
 * The parts of customers and events in which incidents are looked for: values of the channel, of traits, or of what was asked.
 * How often frictions came in each, week by week, is counted in weekly-counts.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { MomentRows } from "../moment-rows.ts";
import { MOST_VALUES, type MomentSurvey } from "../moment-survey.ts";

/** One property and its values; a trait stands once a row, all others with each event. */
export interface IncidentProperty {
  /** As an expression names it: `channel`, `customer.platform`, `prop.device`. */
  readonly field: string;
  readonly values: readonly string[];
  /** SQL of the value as a text: of a trait over the row, else an array over the kept events. */
  readonly ofRow: string | null;
  readonly array: string | null;
}

const WORD = /^[\p{L}_$][\p{L}\p{N}_$]*$/u;
const quote = (text: string) => `"${text.replace(/["\\]/gu, "\\$&")}"`;
const nameOf = (text: string) => (WORD.test(text) ? text : quote(text));

/** One value as an expression: `channel = "web"`. */
export function describeSegment({ field }: IncidentProperty, value: string): string {
  return `${field} = ${quote(value)}`;
}

type Source = Omit<IncidentProperty, "values">;

function channelSource({ outcome: { frame } }: MomentRows): Source {
  return { field: "channel", ofRow: null, array: `arrayMap(a -> toString(a), ${frame.kept("channels")})` };
}

function traitSource({ outcome: { frame } }: MomentRows, name: string): Source {
  return { field: `customer.${nameOf(name)}`, ofRow: `traits[${frame.bag.bind(name, "String")}]`, array: null };
}

function propertySource({ outcome: { frame } }: MomentRows, name: string): Source {
  const text = `arrayMap(a -> a[${frame.bag.bind(name, "String")}], ${frame.kept("properties")})`;
  return { field: `prop.${nameOf(name)}`, ofRow: null, array: text };
}

/** The commonest values, by events. */
async function readValues(context: AnalysisContext, rows: MomentRows, source: Source): Promise<string[]> {
  const { frame } = rows.outcome;
  const found = await context.store.query<{ value: string }>(
    `WITH ${frame.aliases}
SELECT ${source.ofRow ?? "part"} AS value, count() AS events
FROM ${frame.source}
ARRAY JOIN ${source.array === null ? "ids AS touch" : `${source.array} AS part`}
WHERE ${frame.rows} AND value != ''
GROUP BY value
ORDER BY events DESC, value
LIMIT ${MOST_VALUES}`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  return found.map(({ value }) => value);
}

async function findAsked(context: AnalysisContext, rows: MomentRows, asked: string): Promise<IncidentProperty> {
  const [, kind, quoted, plain] = /^(?:(customer|prop)\.)?(?:"((?:[^"\\]|\\.)*)"|(.*))$/su.exec(asked) ?? [];
  const name = quoted?.replace(/\\(.)/gu, "$1") ?? plain ?? asked;
  const sources = [
    ...(kind === undefined && name === "channel" ? [channelSource(rows)] : []),
    ...(kind === "prop" ? [] : [traitSource(rows, name)]),
    ...(kind === "customer" ? [] : [propertySource(rows, name)]),
  ];
  for (const source of sources) {
    const values = await readValues(context, rows, source);
    if (values.length > 0) return { ...source, values };
  }
  throw new AppError("not-found", `No trait of customers and no property of events is called «${asked}».`, {
    field: "segment",
  });
}

/**
 * The properties in whose values incidents are looked for: the one asked for, else channel and the traits with few values.
 * @throws AppError not-found (the property asked for)
 */
export async function findIncidentProperties(
  context: AnalysisContext,
  rows: MomentRows,
  survey: MomentSurvey,
  asked: string | undefined,
): Promise<IncidentProperty[]> {
  if (asked !== undefined) return [await findAsked(context, rows, asked)];
  const channel = channelSource(rows);
  const channels = await readValues(context, rows, channel);
  return [
    ...(channels.length > 1 ? [{ ...channel, values: channels }] : []),
    ...survey.traits.map(({ name, values }) => ({ ...traitSource(rows, name), values })),
  ];
}
