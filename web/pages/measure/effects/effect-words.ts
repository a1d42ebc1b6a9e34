/**
 * An effect in words: the sentence that says it, its verdict, its status, its numbers with interval and n.
 * What a design assumes is design-words.ts; how a check reads is check-words.ts; nothing is estimated here.
 */
import { BLOCKING_CHECKS } from "../../../../src/domain/effect.ts";
import type { Answer } from "../../../api/types.ts";
import { formatCountOf, formatDecimal, formatShare } from "../../../ui/format.ts";
import { nameCheck } from "./check-words.ts";
import { countedNoun, type Spoken } from "./metric-words.ts";

export type ListedEffect = Answer<"effects">["effects"][number];
export type Effect = Answer<"effect">;
export type Report = NonNullable<Effect["report"]>;
export type Verdict = Report["verdict"];
export type Status = Effect["status"];

export interface Estimated {
  readonly estimate: number;
  readonly low: number;
  readonly high: number;
}

export const STATUS_WORDS: Readonly<Record<Status, string>> = {
  planned: "planned",
  running: "running",
  ended: "ended",
};

export const VERDICT_WORDS: Readonly<Record<Verdict, string>> = {
  better: "better",
  worse: "worse",
  "no meaningful change": "no meaningful change",
  inconclusive: "inconclusive",
  "indicative better": "indication: better",
  "indicative worse": "indication: worse",
  "indicative no meaningful change": "indication: no meaningful change",
};

/** What a verdict means for whoever has to decide. */
const VERDICT_MEANS: Readonly<Record<Verdict, string>> = {
  better: "Better: the interval leaves zero out, and the effect is at least as large as was worth having.",
  worse: "Worse: the interval leaves zero out, on the wrong side, and the loss is large enough to matter.",
  "no meaningful change":
    "No meaningful change: the whole interval lies within what was said beforehand to be too small to matter.",
  inconclusive:
    "Inconclusive: the data fit an effect that matters as well as none. That is a result; it is no proof that nothing changed.",
  "indicative better":
    "An indication of better, no proof: with nothing to compare with, whatever else happened then counts too.",
  "indicative worse":
    "An indication of worse, no proof: with nothing to compare with, whatever else happened then counts too.",
  "indicative no meaningful change":
    "An indication that nothing that matters changed; with nothing to compare with, two changes may have made up for each other.",
};

/** Checks that do not stand in the way of a verdict and were not passed: "“The groups moved alike before”"; undefined without any. */
export function describeDoubts({ checks }: Pick<Report, "checks">): string | undefined {
  const failed = checks.filter(({ id, passed }) => !passed && !BLOCKING_CHECKS.has(id) && id !== "registered");
  if (failed.length === 0) return undefined;
  return `Not so, and to be minded: ${failed.map(({ id }) => `“${nameCheck(id)}”`).join(", ")}.`;
}

/** What the verdict means here: one that a check stands in the way of says so. */
export function explainVerdict(report: Pick<Report, "checks" | "verdict">): string {
  const blocking = blockingChecks(report).map(({ id }) => `“${nameCheck(id)}”`);
  if (blocking.length === 0) return VERDICT_MEANS[report.verdict];
  return `Inconclusive, whatever the numbers say, because this is not so: ${blocking.join(", ")}. See the checks below.`;
}

/** A verdict without "indicative". */
export function plainVerdict(verdict: Verdict): "better" | "worse" | "no meaningful change" | "inconclusive" {
  return verdict.replace(/^indicative /u, "") as "better";
}

/** "95 %". */
export function formatConfidence(confidence: number): string {
  const percent = confidence * 100;
  return `${formatDecimal(percent, Number.isInteger(Number(percent.toFixed(6))) ? 0 : 1)} %`;
}

/** "+13.1 to +20.5". */
export function formatEnds({ low, high }: Pick<Estimated, "low" | "high">, { number }: Spoken): string {
  return `${number(low)} to ${number(high)}`;
}

/** "+16.8 points, 95 %: +13.1 to +20.5". */
export function describeEstimate(estimated: Estimated, spoken: Spoken, confidence = 0.95): string {
  return `${spoken.change(estimated.estimate)}, ${formatConfidence(confidence)}: ${formatEnds(estimated, spoken)}`;
}

type Asked = Parameters<typeof countedNoun>[0];

/** "2,292 customers", "26 weeks". */
export function countUnits(n: number, question: Asked): string {
  return formatCountOf(n, countedNoun(question));
}

/** The checks that stand between the numbers and a verdict, and were not passed. */
export function blockingChecks({ checks, verdict }: Pick<Report, "checks" | "verdict">): Report["checks"] {
  return verdict === "inconclusive" ? checks.filter(({ id, passed }) => !passed && BLOCKING_CHECKS.has(id)) : [];
}

const LEADS: Readonly<Record<Verdict, string>> = {
  better: "It got better",
  worse: "It got worse",
  "no meaningful change": "Nothing that matters changed",
  inconclusive: "The data do not tell",
  "indicative better": "It seems to have got better",
  "indicative worse": "It seems to have got worse",
  "indicative no meaningful change": "It seems that nothing that matters changed",
};

const COMPARED: Readonly<Record<Report["design"], string>> = {
  randomised: "with the change than without it",
  staged: "since the change than it would have been without it",
  synthetic: "since the change than the mix of the others lets expect",
  series: "since the change than the time before lets expect",
};

/** What the change did, in one sentence, with interval and n. */
export function describeEffect(report: Report, question: Asked, spoken: Spoken): string {
  const { verdict, estimate, design, confidence, n, minEffect } = report;
  const basis = `${formatConfidence(confidence)} interval ${formatEnds(report, spoken)}, n = ${countUnits(n, question)}`;
  const compared = COMPARED[design];
  if (plainVerdict(verdict) === "inconclusive") {
    if (blockingChecks(report).length > 0)
      return `No verdict: a check has to pass first. So far ${spoken.subject} is ${spoken.size(estimate)} ${estimate < 0 ? "lower" : "higher"} ${compared} (${basis}).`;
    return `${LEADS[verdict]} whether ${spoken.subject} changed: the best guess is ${spoken.change(estimate)}, but anything inside the interval fits (${basis}).`;
  }
  if (plainVerdict(verdict) === "no meaningful change")
    return `${LEADS[verdict]}: ${spoken.subject} is ${spoken.size(estimate)} ${estimate < 0 ? "lower" : "higher"} ${compared}, and less than ${spoken.size(minEffect)} in any case (${basis}).`;
  return `${LEADS[verdict]}: ${spoken.subject} is ${spoken.size(estimate)} ${estimate < 0 ? "lower" : "higher"} ${compared} (${basis}).`;
}

/** "Relative to what it would be without the change: +25.7 % (95 %: +19.2 to +32.5 %)." */
export function describeRelative({
  relative,
  confidence,
}: Pick<Report, "relative" | "confidence">): string | undefined {
  if (!relative) return undefined;
  const percent = (share: number) => `${share > 0 ? "+" : ""}${formatShare(share)}`;
  const { estimate, low, high } = relative;
  return `Relative to what it would be without the change: ${percent(estimate)} (${formatConfidence(confidence)}: ${percent(low).replace(" %", "")} to ${percent(high)}).`;
}

/** Units that were not compared, and why: "38 customers (in both groups)". */
export function describeLeftOut({ basis }: Pick<Report, "basis">, question: Asked): readonly string[] {
  if (!basis) return [];
  const noun = question.design === "synthetic" ? question.unit : countedNoun(question);
  return basis.leftOut.filter(({ n }) => n > 0).map(({ reason, n }) => `${formatCountOf(n, noun)} (${reason})`);
}

/** The tone of an estimate in pictures: only what a verdict says is good or bad. */
export function toneOf(verdict: Verdict): "good" | "bad" | "quiet" {
  const plain = plainVerdict(verdict);
  return plain === "better" ? "good" : plain === "worse" ? "bad" : "quiet";
}
