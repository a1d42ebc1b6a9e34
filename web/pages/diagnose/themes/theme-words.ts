/**
 * Themes in words: how many say it, how they rate, since when. Nothing is counted here.
 */
import type { Answer } from "../../../api/types.ts";
import type { BreakdownRow } from "../../../charts/svg-breakdown.ts";
import type { TrendPoint } from "../../../charts/trend.ts";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatDecimal, formatShare, NONE } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import { describeScore } from "../../map/graph/heat.ts";
import { nameBucket } from "../../measure/kpi-words.ts";

export type ThemesReport = Answer<"themes">;
export type Theme = ThemesReport["themes"][number];

const languageNames = new Intl.DisplayNames("en", { type: "language", fallback: "code" });

/** "pt" → "Portuguese"; what cannot be told is said so. */
export function nameLanguage(code: string): string {
  if (code === "und") return "not told";
  try {
    return languageNames.of(code) ?? code;
  } catch {
    return code;
  }
}

/** "1,234 texts of 9,876 (12.5 %, 95 %: 11.8 to 13.2 %)". */
export function describeTexts({ texts, share }: Theme, of: number): string {
  const range = describeInterval({ low: share.low, high: share.high, unit: "share" });
  return `${formatCount(texts)} of ${formatCount(of)} texts (${formatShare(share.value)}; ${range})`;
}

/** "rated 2.10 of 1–5 on average (95 %: 2.0 to 2.2, n = 345), all texts 4.10"; undefined without scores. */
export function describeRating({ score }: Theme, meanScore: number | null): string | undefined {
  if (score === null) return undefined;
  const { mean, low, high, n, scale } = score;
  const all = meanScore === null ? "" : `; all texts ${formatDecimal(meanScore)}`;
  return `rated ${describeScore(mean, scale)} on average (95 %: ${formatDecimal(low)} to ${formatDecimal(high)}, n = ${formatCount(n)})${all}`;
}

/** "Portuguese 97.1 %, English 2.0 %": at most three. */
export function describeLanguages({ languages, texts }: Pick<ThemesReport, "languages" | "texts">): string {
  return languages
    .slice(0, 3)
    .map((one) => `${nameLanguage(one.language)} ${formatShare(texts === 0 ? null : one.texts / texts)}`)
    .join(", ");
}

/** "Of 40,977 texts of 40,102 customers 61.0 % speak of one of these themes". */
export function describeCovered({ texts, covered, customers }: ThemesReport): string {
  return `Of ${formatCountOf(texts, "text")} of ${formatCountOf(customers, "customer")} ${formatShare(texts === 0 ? null : covered / texts)} speak of one of these themes or more.`;
}

export function toThemeRow({ label, share, texts }: Theme): BreakdownRow {
  return { label, value: share.value, low: share.low, high: share.high, n: texts };
}

/** Its share of the texts of each month. */
export function toThemePoints({ overTime }: Theme): TrendPoint[] {
  return overTime.map(({ month, texts, of }) => ({
    label: nameBucket(month, "month"),
    ...{ value: of === 0 ? null : texts / of, low: null, high: null, n: of, complete: true },
  }));
}

function number(
  key: string,
  title: string,
  value: (theme: Theme) => number | null,
  format: (value: number | null) => string,
): Column<Theme> {
  return { key, title, align: "right", value, format: (theme) => format(value(theme)) };
}

export const THEME_COLUMNS: readonly Column<Theme>[] = [
  { key: "label", title: "Theme", value: ({ label }) => label },
  { key: "words", title: "Told by", value: ({ words }) => words.join(", ") },
  { key: "language", title: "Language", value: ({ language }) => nameLanguage(language) },
  number("texts", "Texts", ({ texts }) => texts, formatCount),
  number("share", "Share", ({ share }) => share.value, formatShare),
  number("low", "95 % from", ({ share }) => share.low, formatShare),
  number("high", "95 % to", ({ share }) => share.high, formatShare),
  number("score", "Mean score", ({ score }) => score?.mean ?? null, formatDecimal),
  number("rated", "Rated", ({ score }) => score?.n ?? null, formatCount),
  { key: "trend", title: "Trend", value: ({ trend }) => trend ?? NONE },
  { key: "example", title: "An example", value: ({ examples }) => examples[0]?.text ?? null },
];
