/**
 * Proves the method for moments of truth on planted worlds: false discoveries, what it finds, signs, intervals, the null.
 * 100 seeds at 10,000 and at 30,000 customers, 18 at 100,000: each seed one planted scenario in turn, and the null world.
 * `--sample`: 8 of the 436 runs. `--resume` goes on where an earlier run stopped (.build/verify-runs.jsonl).
 */
import { join } from "node:path";
import { summarizeRuns } from "../src/api/verify.ts";
import { type ScoredRun, verifyRun } from "../src/api/verify-run.ts";
import type { MethodScore } from "../src/api/verify-score.ts";
import { SCENARIOS } from "../src/ingest/planted/scenario.ts";
import type { PlantedRun } from "../src/ingest/planted/simulate-planted.ts";
import { spreadRuns, workOnRuns } from "./spread-runs.ts";

const RUNS = join(process.cwd(), ".build", "verify-runs.jsonl");
const PLANTED = SCENARIOS.filter((name) => name !== "null");
const sample = process.argv.includes("--sample");

interface Size {
  readonly customers: number;
  readonly seeds: number;
  readonly recall: number;
  /** Least coverage of planted and null intervals. */
  readonly coverage: number;
}

const SIZES: readonly Size[] = [
  { customers: 10_000, seeds: 100, recall: 0.85, coverage: 0.93 },
  { customers: 30_000, seeds: 100, recall: 0.95, coverage: 0.93 },
  { customers: 100_000, seeds: 18, recall: 0.95, coverage: 0.88 },
];
/** Too few to judge tails by: it shows that nothing is badly wrong. */
const SAMPLE: readonly Size[] = [{ customers: 10_000, seeds: 4, recall: 0.8, coverage: 0.88 }];
const LIMITS = sample ? { fdr: 0.1, falseClaim: 0.34, most: 1 } : { fdr: 0.05, falseClaim: 0.08, most: 0.97 };

function listRuns({ customers, seeds }: Size): PlantedRun[] {
  return Array.from({ length: seeds }, (_, at) => {
    const planted = PLANTED[at % PLANTED.length] ?? "mixed";
    return [planted, "null" as const].map((scenario) => ({ scenario, seed: at + 1, customers }));
  }).flat();
}

interface Mark {
  readonly name: string;
  readonly value: number | null;
  readonly pass: boolean;
}

function judge({ recall, coverage }: Size, methods: readonly MethodScore[]): Mark[] {
  const ours = methods.find(({ id }) => id === "waymark");
  const odds = methods.find(({ id }) => id === "odds-ratio");
  const mark = (name: string, value: number | null | undefined, low: number, high: number): Mark => ({
    name: `${name} in ${low}–${high}`,
    value: value ?? null,
    pass: value !== null && value !== undefined && value >= low && value <= high,
  });
  return [
    mark("false discoveries", ours?.fdr, 0, LIMITS.fdr),
    mark("recall", ours?.recall, recall, 1),
    mark("wrong signs", ours?.signErrors, 0, 0),
    mark("claims in the null world", ours?.falseClaimUnderNull, 0, LIMITS.falseClaim),
    mark("coverage, planted", ours?.coverage.planted, coverage, LIMITS.most),
    mark("coverage, null", ours?.coverage.null, coverage, LIMITS.most),
    mark("false discoveries of odds ratios", odds?.fdr, 0.5, 1),
  ];
}

const show = (value: number | null) => (value === null ? "–" : value.toFixed(3).replace(/^0\./u, "."));

function printMethods(methods: readonly MethodScore[]): void {
  console.log("| method | FDR | recall | wrong signs | null: any claim | covers planted | null | decoy |");
  console.log("|---|---|---|---|---|---|---|---|");
  for (const { id, fdr, recall, signErrors, falseClaimUnderNull, coverage } of methods) {
    const cells = [fdr, recall].map(show);
    const held = [falseClaimUnderNull, coverage.planted, coverage.null, coverage.decoy].map(show);
    console.log(`| ${[id, ...cells, signErrors, ...held].join(" | ")} |`);
  }
}

function report(size: Size, runs: readonly ScoredRun[]): boolean {
  const { methods, scenarios } = summarizeRuns(runs);
  console.log(`\n${size.customers} customers, ${size.seeds} seeds\n`);
  printMethods(methods);
  console.log("\n| scenario | seeds | FDR | recall | wrong signs | covers planted | null | decoy |");
  console.log("|---|---|---|---|---|---|---|---|");
  for (const { name, runs: count, methods: scores } of scenarios) {
    const ours = scores[0];
    if (!ours) continue;
    const { coverage } = ours;
    const held = [coverage.planted, coverage.null, coverage.decoy].map(show);
    console.log(`| ${[name, count, show(ours.fdr), show(ours.recall), ours.signErrors, ...held].join(" | ")} |`);
  }
  const marks = judge(size, methods);
  console.log("");
  for (const { name, value, pass } of marks) console.log(`${pass ? "met    " : "MISSED "} ${name}: ${show(value)}`);
  return marks.every(({ pass }) => pass);
}

if (process.argv.includes("--worker")) await workOnRuns(verifyRun);
else {
  const started = performance.now();
  const sizes = sample ? SAMPLE : SIZES;
  const runs = await spreadRuns<PlantedRun, ScoredRun>(sizes.flatMap(listRuns), sample ? null : RUNS);
  const passed = sizes.map((size) =>
    report(
      size,
      runs.filter(({ customers }) => customers === size.customers),
    ),
  );
  console.log(`\n${runs.length} runs in ${((performance.now() - started) / 1000).toFixed(0)} s`);
  process.exitCode = passed.every(Boolean) ? 0 : 1;
}
