/**
 * Real texts that show a theme: those that hold its label in its usual wording and are neither a shout nor a novel.
 * They are chosen from the sample, always the same ones.
 */
import type { Theme } from "../themes-schema.ts";
import type { FoundTheme } from "./find-themes.ts";
import { moodOf } from "./mood.ts";
import { plainText } from "./plain-text.ts";
import { placeScore, type SampledText } from "./texts.ts";

const MOST = 5;
const LONGEST = 280;
/** As long as somebody reads with pleasure. */
const USUAL = 90;
/** What it costs, in letters, to be worded or scored unlike the others. */
const UNUSUAL = 1_000;
const UNLIKE = 500;
const SHOUTED = 200;

/** On one line, the beginning of a long one. */
function shorten(text: string): string {
  const letters = [...text.replace(/\s+/gu, " ").trim()];
  return letters.length <= LONGEST ? letters.join("") : `${letters.slice(0, LONGEST - 1).join("")}…`;
}

/** All in capitals, or with more than one mark of excitement. */
function isShout(text: string): boolean {
  return (/\p{Lu}/u.test(text) && !/\p{Ll}/u.test(text)) || /[!?]{2}/u.test(text);
}

/** At most five, the most typical first, no two alike. */
export function chooseExamples(
  sample: readonly SampledText[],
  { pattern, label }: Pick<FoundTheme, "pattern" | "label">,
  nameOf: (id: number) => string,
): Theme["examples"] {
  const expression = new RegExp(pattern, "u");
  const said = sample.map((one) => ({ one, plain: plainText(one.text) })).filter(({ plain }) => expression.test(plain));
  const scores = said.map(({ one }) => placeScore(one.score, one.scale));
  const mood = moodOf(scores.keys(), scores);
  const usual = plainText(label).slice(" .".length, -" . ".length);
  const found = said
    .map(({ one, plain }, at) => ({
      ...{ one, plain },
      off:
        (plain.includes(usual) ? 0 : UNUSUAL) +
        UNLIKE * Math.abs((scores[at] ?? mood.mean) - mood.mean) +
        (isShout(one.text) ? SHOUTED : 0) +
        Math.abs(one.text.length - USUAL),
    }))
    .sort((a, b) => a.off - b.off || (a.plain < b.plain ? -1 : a.plain > b.plain ? 1 : 0) || a.one.time - b.one.time);
  const seen = new Set<string>();
  const unlike = found.filter(({ plain }) => !seen.has(plain) && seen.add(plain));
  return unlike.slice(0, MOST).map(({ one: { text, time, id, score } }) => ({
    ...{ text: shorten(text), time: new Date(time).toISOString(), touchpoint: nameOf(id), score },
  }));
}
