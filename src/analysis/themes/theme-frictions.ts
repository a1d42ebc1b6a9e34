/**
 * Themes as frictions: texts of a touchpoint that speak of something customers are worse than usual disposed about.
 * Whether a theme harms the outcome is for pain-points.ts.
 */
import type { AnalysisContext } from "../context.ts";
import { buildJourneyFrame, type JourneyScope } from "../journey-frame.ts";
import type { Friction } from "../pain/friction.ts";
import { type FoundTheme, findThemes } from "./find-themes.ts";
import { hasMood, moodOf } from "./mood.ts";
import { plainText } from "./plain-text.ts";
import { findSources, placeScore, sampleTexts } from "./texts.ts";

/** Enough to tell which are said most, and quick to look through. */
const SAMPLE = 10_000;
const MOST_THEMES = 20;
/** The sorest of each touchpoint: more would leave no place in its mask. */
const MOST_EACH = 4;
const LEAST_TEXTS = 10;

interface Heard {
  readonly key: string;
  readonly plain: string;
  readonly score: number | null;
}

/** How much lower those who speak of it score than all, times how many they are; without scores any theme may be sore. */
function sorenessOf(theme: readonly number[], scores: readonly (number | null)[]): number {
  const [own, all] = [moodOf(theme, scores), moodOf(scores.keys(), scores)];
  return theme.length * (hasMood(own) ? all.mean - own.mean : 1);
}

function listSore(themes: readonly FoundTheme[], heard: readonly Heard[], key: string) {
  const own = heard.filter((one) => one.key === key);
  const scores = own.map(({ score }) => score);
  return themes
    .map((theme) => {
      const expression = new RegExp(theme.pattern, "u");
      const texts = own.flatMap(({ plain }, at) => (expression.test(plain) ? [at] : []));
      return { theme, texts: texts.length, soreness: sorenessOf(texts, scores) };
    })
    .filter(({ texts, soreness }) => texts >= LEAST_TEXTS && soreness > 0)
    .sort((a, b) => b.soreness - a.soreness || (a.theme.id < b.theme.id ? -1 : 1))
    .slice(0, MOST_EACH)
    .map(({ theme }) => theme);
}

/** The sore themes of each touchpoint whose events hold free text: much written of, and scored low, first. */
export async function findThemeFrictions(context: AnalysisContext, scope: JourneyScope): Promise<Friction[]> {
  const { journey, from, to, outside, where } = scope;
  const asked = Object.fromEntries(
    Object.entries({ journey, from, to, outside, where }).filter(([, value]) => value !== undefined),
  ) as JourneyScope;
  const frame = () => buildJourneyFrame(context, asked);
  const sources = await findSources(context, frame(), { id: undefined, property: undefined });
  if (sources.texts === 0) return [];
  const sample = await sampleTexts(context, frame(), sources, SAMPLE);
  const { themes } = findThemes(
    sample.map(({ text, score, scale, property }) => ({ text, source: property, score: placeScore(score, scale) })),
    MOST_THEMES,
  );
  const heard = sample.map(({ id, property, text, score, scale }) => ({
    ...{ key: `${id} ${property}`, plain: plainText(text), score: placeScore(score, scale) },
  }));
  const byId = new Map(context.touchpoints.map(({ id, name }) => [id, name]));
  return sources.sources.flatMap(({ id, property }) =>
    listSore(themes, heard, `${id} ${property}`).map(({ label, pattern }) => ({
      ...{ kind: "theme" as const, touch: id, touchpoint: byId.get(id) ?? "", property, bad: label },
      sign: { by: "text" as const, property, pattern },
    })),
  );
}
