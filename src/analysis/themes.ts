/**
 * What customers write about: the themes of free text, how often each is said, how it is scored, whether it grows, in their own words.
 * Themes are found in a sample (themes/find-themes.ts) and counted in all texts (themes/count-themes.ts).
 */
import { findTouchpoint } from "../domain/touchpoint.ts";
import { estimateClusteredShare, estimateRatio } from "../stats/clustered.ts";
import { isInsufficient } from "../stats/estimate.ts";
import { testShareTrend } from "../stats/share-trend.ts";
import { dayToDate } from "./calendar-day.ts";
import type { AnalysisContext } from "./context.ts";
import { buildJourneyFrame } from "./journey-frame.ts";
import { type BucketTally, countThemes, type MonthTally, type ThemeTallies } from "./themes/count-themes.ts";
import { chooseExamples } from "./themes/examples.ts";
import { type FoundTheme, type FoundThemes, findThemes } from "./themes/find-themes.ts";
import { findSources, placeScore, type SampledText, sampleTexts, type TextSources } from "./themes/texts.ts";
import type { Theme, ThemesQuery, ThemesReport } from "./themes-schema.ts";

type Asked = ThemesQuery & { readonly limit: number };

const LEVEL = 0.05;
/** A change over all months of less than this part of the share is steady. */
const LEAST_CHANGE = 0.1;

function sum<Row>(rows: readonly Row[], read: (row: Row) => number): number {
  return rows.reduce((total, row) => total + read(row), 0);
}

function measureShare(buckets: readonly BucketTally[], at: number): Theme["share"] {
  const share = estimateClusteredShare(
    buckets.map(({ hits, texts }) => ({ numerator: hits[at] ?? 0, denominator: texts })),
  );
  return isInsufficient(share)
    ? { value: 0, low: 0, high: 1 }
    : { value: share.value, low: share.low, high: share.high };
}

function measureScore(buckets: readonly BucketTally[], at: number, scale: string): Theme["score"] {
  const mean = estimateRatio(
    buckets.map(({ hitsScored, hitsTotal }) => ({ numerator: hitsTotal[at] ?? 0, denominator: hitsScored[at] ?? 0 })),
  );
  return isInsufficient(mean) ? null : { mean: mean.value, low: mean.low, high: mean.high, n: mean.n, scale };
}

function listMonths(months: readonly MonthTally[], at: number): Theme["overTime"] {
  const days = [...new Set(months.map(({ month }) => month))].sort((a, b) => a - b);
  return days.map((day) => {
    const own = months.filter(({ month }) => month === day);
    const scored = sum(own, ({ hitsScored }) => hitsScored[at] ?? 0);
    return {
      month: dayToDate(day),
      texts: sum(own, ({ hits }) => hits[at] ?? 0),
      of: sum(own, ({ texts }) => texts),
      score: scored > 0 ? sum(own, ({ hitsTotal }) => hitsTotal[at] ?? 0) / scored : null,
    };
  });
}

function describeTrend(overTime: Theme["overTime"]): Theme["trend"] {
  const trend = testShareTrend(overTime.map(({ texts, of }) => ({ hits: texts, n: of })));
  if (trend === null) return null;
  const mean = sum(overTime, ({ texts }) => texts) / sum(overTime, ({ of }) => of);
  if (trend.p > LEVEL || Math.abs(trend.change) < LEAST_CHANGE * mean) return "steady";
  return trend.change > 0 ? "growing" : "shrinking";
}

interface Scene {
  readonly context: AnalysisContext;
  readonly sources: TextSources;
  readonly sample: readonly SampledText[];
  readonly tallies: ThemeTallies;
}

function nameTouchpoint({ touchpoints }: AnalysisContext, id: number): string {
  return touchpoints.find((touchpoint) => touchpoint.id === id)?.name ?? "";
}

function describeTheme({ context, sources, sample, tallies }: Scene, found: FoundTheme, at: number): Theme {
  const { months, buckets } = tallies;
  const overTime = listMonths(months, at);
  const where = sources.sources
    .map(({ id, property }) => ({
      ...{ touchpoint: nameTouchpoint(context, id), property },
      texts: sum(
        months.filter((one) => one.id === id && one.property === property),
        ({ hits }) => hits[at] ?? 0,
      ),
    }))
    .filter(({ texts }) => texts > 0)
    .sort((a, b) => b.texts - a.texts);
  const { id, label, words, language, pattern } = found;
  return {
    ...{ id, label, words: [...words], language, pattern },
    texts: sum(buckets, ({ hits }) => hits[at] ?? 0),
    share: measureShare(buckets, at),
    score: measureScore(buckets, at, sources.scale),
    ...{ trend: describeTrend(overTime), overTime, where },
    examples: chooseExamples(sample, found, (touch) => nameTouchpoint(context, touch)),
  };
}

function listCaveats({ sources: { texts }, sample }: Scene): string[] {
  return [
    "A text may speak of several themes, and of none: the shares do not add up to one.",
    ...(sample.length < texts
      ? [`Themes were found in a sample of ${sample.length} texts chosen by a hash, and counted in all ${texts}.`]
      : []),
  ];
}

/** Texts by language; of a sample as many as they stand for. */
function scaleLanguages({ languages }: FoundThemes, texts: number): ThemesReport["languages"] {
  const sampled = sum(languages, (one) => one.texts);
  return languages.map((one) => ({ language: one.language, texts: Math.round((one.texts / sampled) * texts) }));
}

/**
 * The themes of all free text in scope, the largest first.
 * @throws AppError not-found (touchpoint, journey), invalid (filter)
 */
export async function analyzeThemes(context: AnalysisContext, query: Asked): Promise<ThemesReport> {
  const { touchpoint, property, limit, ...scope } = query;
  const id = touchpoint === undefined ? undefined : findTouchpoint(touchpoint, context.touchpoints, "«touchpoint»").id;
  const frame = () => buildJourneyFrame(context, scope);
  const { journey } = frame();
  const sources = await findSources(context, frame(), { id, property });
  if (sources.texts === 0)
    return {
      ...{ journey, texts: 0, covered: 0, customers: 0, languages: [], sources: [], meanScore: null, themes: [] },
      caveats: [],
    };
  const sample = await sampleTexts(context, frame(), sources);
  const found = findThemes(
    sample.map(({ text, score, scale, property }) => ({ text, source: property, score: placeScore(score, scale) })),
    limit,
  );
  const counted = found.themes.slice(0, limit);
  const patterns = counted.map(({ pattern }) => pattern);
  const tallies = await countThemes(context, frame(), sources.sources, sources.scale, patterns);
  const scene: Scene = { context, sources, sample, tallies };
  const themes = counted
    .map((theme, at) => describeTheme(scene, theme, at))
    .sort((a, b) => b.texts - a.texts || (a.id < b.id ? -1 : 1));
  const scored = sum(tallies.buckets, (one) => one.scored);
  return {
    journey,
    texts: sources.texts,
    covered: sum(tallies.buckets, ({ covered }) => covered),
    customers: sum(tallies.buckets, ({ customers }) => customers),
    languages: scaleLanguages(found, sources.texts),
    sources: sources.sources.map((one) => ({
      ...{ touchpoint: nameTouchpoint(context, one.id), property: one.property, texts: one.texts },
    })),
    meanScore: scored > 0 ? sum(tallies.buckets, ({ total }) => total) / scored : null,
    ...{ themes, caveats: listCaveats(scene) },
  };
}
