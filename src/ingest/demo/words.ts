/**
 * What the demo's customers write: comments on surveys and subjects of tickets, fitting what happened to them.
 * Every text has luck of its own, so that nothing else of the year changes with it. No commas or quotes: see write-demo-files.ts.
 */
import type { Random } from "./random.ts";

const COMMENTS = {
  late: [
    "parcel arrived late",
    "the parcel came too late",
    "arrived late again",
    "my order arrived late",
    "delivery was late",
    "late delivery and nobody told me",
    "delivered after the promised day",
    "late again",
    "waited days longer than promised",
    "did not arrive on the promised day",
    "parcel did not arrive in time",
  ],
  fast: [
    "fast delivery",
    "delivery was very fast",
    "really fast delivery",
    "quick delivery",
    "arrived before the promised day",
    "came a day earlier than promised",
    "arrived quickly",
  ],
  praise: [
    "great quality",
    "very good quality",
    "great product",
    "excellent product",
    "love it",
    "I love it",
    "very happy with it",
    "very happy",
    "would recommend",
    "I recommend this shop",
    "will buy again",
    "will order again",
    "great shop",
    "everything perfect",
    "nicely packed",
    "well packed",
    "good value for money",
  ],
  fair: [
    "it is ok",
    "ok for the price",
    "smaller than expected",
    "colour is different from the picture",
    "fine so far",
  ],
  poor: [
    "poor quality",
    "bad quality for this price",
    "does not fit",
    "it does not fit me",
    "not as described",
    "one item was missing",
    "an item is missing",
    "box was damaged",
    "arrived damaged",
    "not happy with it",
    "would not recommend",
  ],
  solved: [
    "quick answer",
    "quick and friendly answer",
    "friendly and helpful",
    "very helpful",
    "problem solved",
    "my problem was solved at once",
    "great support",
    "thank you for the help",
  ],
  unheard: [
    "waited too long for an answer",
    "took days to get an answer",
    "no answer for days",
    "nobody answered for days",
    "still no answer after two days",
    "had to ask twice",
    "slow support",
    "support is too slow",
  ],
} as const;
type Mood = keyof typeof COMMENTS;

const SUBJECTS = {
  overdue: [
    "where is my order",
    "where is my order {order}?",
    "where is my parcel?",
    "parcel has not arrived",
    "my parcel has not arrived yet",
    "order not received",
    "order {order} not received",
    "late delivery",
    "delivery is late",
    "delivery date passed and no parcel",
    "still waiting for my parcel",
    "still waiting for order {order}",
  ],
  delivery: [
    "question about my delivery",
    "left with a neighbour?",
    "wrong delivery address",
    "change of delivery address",
    "invoice for order {order}",
    "no invoice in the parcel",
  ],
  product: [
    "item does not fit",
    "wrong size",
    "wrong size in order {order}",
    "how do I wash it?",
    "question about the size",
    "one item is missing",
    "missing item in order {order}",
    "damaged item",
    "item arrived damaged",
    "can I exchange it?",
    "exchange for another size",
  ],
} as const;
export type SubjectMatter = keyof typeof SUBJECTS;

/** Part of the survey answers that say something in words; the unhappy write more often. */
const WRITES = { usual: 0.3, unhappy: 0.55 } as const;

function choose(random: Random, texts: readonly string[]): string {
  return texts[Math.min(texts.length - 1, Math.floor(random.next() * texts.length))] ?? "";
}

/** As people type: mostly a capital first, some without, a few shouting. */
function type(random: Random, text: string): string {
  const luck = random.next();
  if (luck < 0.2) return text;
  if (luck < 0.25) return `${text.toUpperCase()}!!`;
  const sentence = `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
  return luck < 0.6 ? sentence : `${sentence}${luck < 0.9 ? "." : "!"}`;
}

function moodsOf(
  random: Random,
  score: number,
  sore: Mood | null,
  pleased: Mood,
  kind: "delivery" | "support",
): Mood[] {
  const also = random.next();
  if (sore !== null) return also < 0.25 && score <= 2 ? [sore, "poor"] : [sore];
  if (kind === "support") return [score >= 3 ? "solved" : "unheard"];
  if (score <= 2) return ["poor"];
  if (score === 3) return ["fair"];
  return also < 0.35 ? [pleased] : also < 0.6 ? ["praise", pleased] : ["praise"];
}

export interface Answered {
  readonly kind: "delivery" | "support";
  /** On 1 to 5. */
  readonly score: number;
  /** The parcel was late, or the desk slow. */
  readonly failed: boolean;
}

/** The comment on a survey; none where the customer leaves it at the score. */
export function writeComment(random: Random, { kind, score, failed }: Answered): string | undefined {
  if (random.next() >= (score <= 3 ? WRITES.unhappy : WRITES.usual)) return undefined;
  // The contented forgive what went wrong, and do not mention it.
  const sore = failed && score <= 4 ? (kind === "delivery" ? "late" : "unheard") : null;
  const moods = moodsOf(random, score, sore, failed ? "praise" : "fast", kind);
  return moods.map((mood) => type(random, choose(random, COMMENTS[mood]))).join(moods.length > 1 ? " - " : "");
}

/** The subject of a ticket. */
export function writeSubject(random: Random, matter: SubjectMatter, order: string): string {
  return type(random, choose(random, SUBJECTS[matter]).replace("{order}", order));
}
