/**
 * The free texts of events: which properties hold them, and a sample of them to find themes in.
 * What themes there are is for find-themes.ts; how often each is said, for count-themes.ts.
 */
import type { AnalysisContext } from "../context.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { askFrame } from "../kpi-frame.ts";

/** A property of a touchpoint that holds free text. */
export interface TextSource {
  readonly id: number;
  readonly property: string;
  readonly texts: number;
}

interface SourceRow {
  readonly id: number;
  readonly name: string;
  readonly scale: string;
  readonly filled: number;
  readonly several: number;
  readonly blanks: number;
  readonly kinds: number;
  readonly scored: number;
}

export interface TextSources {
  readonly sources: readonly TextSource[];
  /** The scale most of the texts are scored on; "" without scores. */
  readonly scale: string;
  readonly texts: number;
}

/** Names under which people's words stand, and names under which words stand that nobody says. */
const SAID =
  /comment|message|review|feedback|subject|verbatim|remark|complaint|description|body|note|opinion|texto?$|mensagem|coment[aá]rio|assunto|descri|kommentar|nachricht|betreff/iu;
const NOT_SAID =
  /(?:^|[^\p{L}]|\p{Ll}(?=\p{Lu}))(?:id|ids|uuid|guid|sku|url|uri|link|path|page|e-?mail|phone|address|street|city|name|product|item|items|category|query|search|agent|browser|device|version|date|time|code|hash|token|json)$/iu;

/** Fewer texts have no themes. */
const LEAST_TEXTS = 30;
/** Of what is called a comment, and of what is called anything else: the least mean number of words, and of different texts. */
const LEAST_WORDS = { said: 1.3, other: 4 } as const;
const LEAST_KINDS = { said: 0.01, other: 0.3 } as const;
/** A list to choose from has no more. */
const LEAST_DIFFERENT = 20;

/** Alias `told`: (touchpoint, property, text, ms, score, scale, event, customer) of each filled property of each event. */
export function toldAlias(frame: JourneyFrame, names: readonly string[] | undefined): string {
  const named =
    names === undefined ? "" : ` AND has(${frame.bag.bind([...names], "Array(String)")}, toString(field.1))`;
  const people = frame.person
    ? "arrayMap(id -> owner, ids)"
    : "arrayMap(person -> if(person = 0, owner, person), people)";
  return `arrayJoin(arrayFlatten(arrayMap((property, id, ms, score, scale, event, person) ->
    arrayMap(field -> (id, toString(field.1), field.2, ms, score, toString(scale), event, person),
      arrayFilter(field -> field.2 != ''${named}, arrayZip(mapKeys(property), mapValues(property)))),
    ${frame.kept("properties")}, ids, at, ${frame.kept("scores")}, ${frame.kept("scales")}, ${frame.kept("eventIds")}, ${people}))) AS told`;
}

function isFreeText(name: string, rows: readonly SourceRow[], isAsked: boolean): boolean {
  const sum = (read: (row: SourceRow) => number) => rows.reduce((total, row) => total + read(row), 0);
  const filled = sum(({ filled: one }) => one);
  const kinds = Math.max(...rows.map(({ kinds: one }) => one));
  if (filled < LEAST_TEXTS) return false;
  if (isAsked) return sum(({ several }) => several) > 0;
  const kind = SAID.test(name) ? "said" : "other";
  if (kind === "other" && NOT_SAID.test(name)) return false;
  const words = 1 + sum(({ blanks }) => blanks) / filled;
  return kinds >= LEAST_DIFFERENT && words >= LEAST_WORDS[kind] && kinds >= LEAST_KINDS[kind] * filled;
}

function commonestScale(rows: readonly SourceRow[]): string {
  const scored = new Map<string, number>();
  for (const row of rows) if (row.scored > 0) scored.set(row.scale, (scored.get(row.scale) ?? 0) + row.scored);
  const [first] = [...scored].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1));
  return first?.[0] ?? "";
}

/**
 * The properties that hold free text.
 * @param only a touchpoint's id, and a property's name: then it is looked at whatever it is called
 */
export async function findSources(
  context: AnalysisContext,
  frame: JourneyFrame,
  only: { readonly id: number | undefined; readonly property: string | undefined },
): Promise<TextSources> {
  const rows = await askFrame<SourceRow>(context, frame, {
    aliases: [
      toldAlias(frame, only.property === undefined ? undefined : [only.property]),
      "told.1 AS id",
      "told.2 AS name",
      "countSubstrings(trim(told.3), ' ') AS gaps",
      "if(isNull(told.5), '', told.6) AS scale",
    ],
    select: [
      ...["id", "name", "scale", "count() AS filled", "countIf(gaps > 0) AS several", "sum(gaps) AS blanks"],
      ...["uniq(told.3) AS kinds", "countIf(isNotNull(told.5)) AS scored"],
    ],
    where: only.id === undefined ? [] : [`id = ${frame.bag.bind(only.id, "UInt16")}`],
    groupBy: ["id", "name", "scale"],
    tail: "ORDER BY id, name, scale",
  });
  const groups = new Map<string, SourceRow[]>();
  for (const row of rows) groups.set(`${row.id} ${row.name}`, [...(groups.get(`${row.id} ${row.name}`) ?? []), row]);
  const free = [...groups.values()].filter((group) =>
    isFreeText(group[0]?.name ?? "", group, only.property !== undefined),
  );
  const sources = free.map((group) => ({
    ...{ id: group[0]?.id ?? 0, property: group[0]?.name ?? "" },
    texts: group.reduce((sum, { filled }) => sum + filled, 0),
  }));
  return {
    sources: sources.sort((a, b) => b.texts - a.texts || a.id - b.id || (a.property < b.property ? -1 : 1)),
    scale: commonestScale(free.flat()),
    texts: sources.reduce((sum, { texts }) => sum + texts, 0),
  };
}

/** Condition on `told`: it is from one of these sources. */
export function fromSources(frame: JourneyFrame, sources: readonly TextSource[]): string {
  const keys = sources.map(({ id, property }) => `${id} ${property}`);
  return `has(${frame.bag.bind(keys, "Array(String)")}, concat(toString(told.1), ' ', told.2))`;
}

/** One text with what its event tells. */
export interface SampledText {
  readonly id: number;
  readonly property: string;
  readonly text: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly score: number | null;
  readonly scale: string;
}

const MOST_SAMPLED = 20_000;
/** Longer texts are read so far. */
const LONGEST = 2_000;

/** All texts, or those of a part of the events chosen by a hash: the same ones every time. */
export async function sampleTexts(
  context: AnalysisContext,
  frame: JourneyFrame,
  { sources, texts }: TextSources,
  most = MOST_SAMPLED,
): Promise<SampledText[]> {
  const oneIn = Math.ceil(texts / most);
  const where = [fromSources(frame, sources)];
  if (oneIn > 1) where.push(`cityHash64(told.7, told.2) % ${frame.bag.bind(oneIn, "UInt64")} = 0`);
  return askFrame<SampledText>(context, frame, {
    aliases: [
      toldAlias(
        frame,
        sources.map(({ property }) => property),
      ),
    ],
    select: [
      ...["told.1 AS id", "told.2 AS property", `substringUTF8(told.3, 1, ${LONGEST}) AS text`],
      ...["toFloat64(told.4) AS time", "told.5 AS score", "told.6 AS scale"],
    ],
    where,
  });
}

/** Where a score stands on its scale, from 0 to 1. @example placeScore(4, "1-5") // .75 */
export function placeScore(score: number | null, scale: string): number | null {
  const [low, high] = (/^(-?\d+(?:\.\d+)?)-(-?\d+(?:\.\d+)?)$/u.exec(scale) ?? []).slice(1).map(Number);
  if (score === null || low === undefined || high === undefined || !(high > low)) return null;
  return Math.min(1, Math.max(0, (score - low) / (high - low)));
}
