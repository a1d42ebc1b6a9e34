/**
 * Proves the method for pain points on worlds of planted frictions: how far off, how often intervals hold, and the null world.
 * 100 worlds at 10,000 customers, 100 null worlds of as many and 100 worlds at 30,000; `--sample`: 2 of the 300 runs. `--resume` goes on
 * where an earlier run stopped (.build/friction-runs.jsonl).
 */
import { join } from "node:path";
import { type ScoredFrictionRun, verifyFrictionRun } from "../src/api/verify-friction-run.ts";
import { averageFrictions, type FrictionScores } from "../src/api/verify-friction-score.ts";
import type { FrictionRun } from "../src/ingest/planted/simulate-frictions.ts";
import { spreadRuns, workOnRuns } from "./spread-runs.ts";

const RUNS = join(process.cwd(), ".build", "friction-runs.jsonl");
const sample = process.argv.includes("--sample");

interface Size {
  readonly scenario: FrictionRun["scenario"];
  readonly customers: number;
  readonly seeds: number;
}

const SIZES: readonly Size[] = [
  { scenario: "frictions", customers: 10_000, seeds: 100 },
  { scenario: "frictions-null", customers: 10_000, seeds: 100 },
  { scenario: "frictions", customers: 30_000, seeds: 100 },
];
/** Too few to judge by: it shows that nothing is badly wrong. */
const SAMPLE: readonly Size[] = [
  { scenario: "frictions", customers: 8_000, seeds: 1 },
  { scenario: "frictions-null", customers: 8_000, seeds: 1 },
];
const LIMITS = sample
  ? { bias: 0.02, kindBias: 0.06, least: 0.8, most: 1, recall: 0.5, falseClaim: 0 }
  : { bias: 0.005, kindBias: 0.005, least: 0.93, most: 0.97, recall: 0.8, falseClaim: 0.08 };

function listRuns({ scenario, customers, seeds }: Size): FrictionRun[] {
  return Array.from({ length: seeds }, (_, at) => ({ scenario, customers, seed: at + 1 }));
}

interface Mark {
  readonly name: string;
  readonly value: number | null;
  readonly pass: boolean;
}

function mark(name: string, value: number | null, low: number, high: number): Mark {
  return { name: `${name} in ${low}–${high}`, value, pass: value !== null && value >= low && value <= high };
}

function judge({ scenario }: Size, scores: FrictionScores): Mark[] {
  const { bias, coverage, recall, falseClaimUnderNull, nothing, byKind } = scores;
  const { least, most, kindBias } = LIMITS;
  if (scenario === "frictions-null")
    return [
      mark("null worlds with a claim", falseClaimUnderNull, 0, LIMITS.falseClaim),
      mark("intervals that hold", nothing.coverage, least, most),
      mark("bias", nothing.bias, -LIMITS.bias, LIMITS.bias),
    ];
  return [
    mark("bias", bias, -LIMITS.bias, LIMITS.bias),
    mark("intervals that hold", coverage, least, most),
    mark("found", recall, LIMITS.recall, 1),
    ...byKind.map(({ kind, bias: own }) => mark(`bias of ${kind}`, own, -kindBias, kindBias)),
  ];
}

const show = (value: number | null, places = 3) =>
  value === null ? "–" : value.toFixed(places).replace(/^(-?)0\./u, "$1.");

function report(size: Size, runs: readonly ScoredFrictionRun[]): boolean {
  const scores = averageFrictions(runs.map(({ score }) => score));
  console.log(`\n${size.scenario}: ${size.customers} customers, ${runs.length} worlds\n`);
  console.log("| friction | measured | bias | covers | found | nothing planted: measured | bias | covers | claimed |");
  console.log("|---|---|---|---|---|---|---|---|---|");
  for (const { kind, measured, bias, coverage, recall, nothing } of scores.byKind) {
    const own = [measured, show(bias, 4), show(coverage), show(recall)];
    const none = [nothing.measured, show(nothing.bias, 4), show(nothing.coverage), show(nothing.claimed)];
    console.log(`| ${[kind, ...own, ...none].join(" | ")} |`);
  }
  console.log("");
  const marks = judge(size, scores);
  for (const { name, value, pass } of marks) console.log(`${pass ? "met    " : "MISSED "} ${name}: ${show(value, 4)}`);
  return marks.every(({ pass }) => pass);
}

if (process.argv.includes("--worker")) await workOnRuns(verifyFrictionRun);
else {
  const started = performance.now();
  const sizes = sample ? SAMPLE : SIZES;
  const runs = await spreadRuns<FrictionRun, ScoredFrictionRun>(sizes.flatMap(listRuns), sample ? null : RUNS);
  const passed = sizes.map((size) =>
    report(
      size,
      runs.filter(({ customers, scenario }) => customers === size.customers && scenario === size.scenario),
    ),
  );
  console.log(`\n${runs.length} runs in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  process.exitCode = passed.every(Boolean) ? 0 : 1;
}
