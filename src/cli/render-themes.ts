/**
 * Themes of free text on a terminal: the table, then each theme in customers' words.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatMoment, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { renderTable } from "./table.ts";

type Themes = Answer<"themes">;
type Theme = Themes["themes"][number];

const MOST_EXAMPLES = 2;

function formatScore(score: Theme["score"]): string {
  return score === null ? "–" : `${score.mean.toFixed(2)} (${score.low.toFixed(2)} to ${score.high.toFixed(2)})`;
}

function describeTexts({ texts, customers, covered, languages, meanScore, sources }: Themes): string[] {
  const spoken = languages.map(({ language, texts: own }) => `${language} ${formatNumber(own)}`).join(", ");
  const places = sources.map(
    ({ touchpoint, property, texts: own }) => `${touchpoint}, ${property}: ${formatNumber(own)}`,
  );
  return [
    `  From ${formatCount(customers, "customer")}; ${formatShare(covered / texts)} of the texts speak of a theme${meanScore === null ? "" : `; mean score ${meanScore.toFixed(2)}`}`,
    `  Languages: ${spoken}`,
    `  Texts of ${places.join("; ")}`,
    "",
  ];
}

function quote({ label, words, examples }: Theme, zone: string): string[] {
  return [
    "",
    `${label}`,
    `  as in: ${words.join(", ")}`,
    ...examples
      .slice(0, MOST_EXAMPLES)
      .map(
        ({ text, time, score }) => `  ${score === null ? "" : `${score} · `}${formatMoment(time, zone)} · «${text}»`,
      ),
  ];
}

export function renderThemes(answer: Themes): string[] {
  const { themes, texts, zone, caveats } = answer;
  const head = renderBasis("Themes", formatCount(texts, "text"), answer);
  if (texts === 0) return [...head, "  No property holds free text. Say which with: waymark themes --property NAME"];
  if (themes.length === 0) return [...head, ...describeTexts(answer), "  Too few texts say the same to name a theme."];
  const scale = themes.find(({ score }) => score !== null)?.score?.scale;
  return [
    ...head,
    ...describeTexts(answer),
    ...renderTable(
      [
        { title: "Theme", value: ({ label }) => label },
        { title: "Texts", align: "right", value: ({ texts: own }) => formatNumber(own) },
        { title: "Share", align: "right", value: ({ share }) => formatShare(share.value) },
        { title: "95 % interval", align: "right", value: ({ share }) => formatShareInterval(share.low, share.high) },
        { title: scale ? `Score (${scale})` : "Score", align: "right", value: ({ score }) => formatScore(score) },
        { title: "Trend", value: ({ trend }) => trend ?? "–" },
      ],
      themes,
    ),
    ...themes.flatMap((theme) => quote(theme, zone)),
    "",
    ...caveats.map((caveat) => `  ${caveat}`),
  ];
}
