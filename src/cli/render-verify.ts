/**
 * The answer of `verify` for people: one table over all runs, one a scenario, and one of the frictions by kind.
 * What the numbers mean is said in docs/moments.md and docs/pain-points.md.
 */
import type { VerifyReport } from "../api/verify.ts";
import type { FrictionScores } from "../api/verify-friction-score.ts";
import type { MethodScore } from "../api/verify-score.ts";
import { formatCount, formatNumber, formatShare } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

const TITLES: Readonly<Record<MethodScore["id"], string>> = {
  waymark: "Waymark",
  "odds-ratio": "odds ratio, BH",
  "top-k": "top 10 + 10 odds ratios",
  regression: "regression on touched flags",
  markov: "Markov removal, top 8",
};

const right = (title: string, value: (score: MethodScore) => number | null): Column<MethodScore> => ({
  title,
  align: "right",
  value: (score) => formatShare(value(score)),
});

const COLUMNS: readonly Column<MethodScore>[] = [
  { title: "Method", value: ({ id }) => TITLES[id] },
  right("False among claims", ({ fdr }) => fdr),
  right("Found", ({ recall }) => recall),
  { title: "Wrong signs", align: "right", value: ({ signErrors }) => formatNumber(signErrors) },
  right("Claims where nothing is", ({ falseClaimUnderNull }) => falseClaimUnderNull),
  right("Intervals hold: planted", ({ coverage }) => coverage.planted),
  right("null", ({ coverage }) => coverage.null),
  right("decoy", ({ coverage }) => coverage.decoy),
];

/** Percentage points, with two places: what matters is whether they are half a point. */
const inPoints = (value: number | null) => (value === null ? "–" : (100 * value).toFixed(2));

type KindScore = FrictionScores["byKind"][number];

const FRICTION_COLUMNS: readonly Column<KindScore>[] = [
  { title: "Friction", value: ({ kind }) => kind },
  { title: "Bias, points", align: "right", value: ({ bias }) => inPoints(bias) },
  { title: "Intervals hold", align: "right", value: ({ coverage }) => formatShare(coverage) },
  { title: "Found", align: "right", value: ({ recall }) => formatShare(recall) },
  { title: "Where nothing is: bias", align: "right", value: ({ nothing }) => inPoints(nothing.bias) },
  { title: "Intervals hold", align: "right", value: ({ nothing }) => formatShare(nothing.coverage) },
];

function renderFrictions({ runs, bias, coverage, recall, falseClaimUnderNull, byKind }: FrictionScores): string[] {
  if (runs === 0) return [];
  return [
    "",
    `Planted frictions: ${formatCount(runs, "world")}; bias ${inPoints(bias)} points, intervals hold ${formatShare(coverage)}, found ${formatShare(recall)}, null worlds with a claim ${formatShare(falseClaimUnderNull)}`,
    ...renderTable(FRICTION_COLUMNS, byKind),
  ];
}

function renderMoments({ seeds, customers, methods, scenarios }: VerifyReport): string[] {
  if (scenarios.length === 0) return [];
  return [
    `Planted moments, decoys and nulls: ${formatCount(seeds, "seed")}, ${formatCount(customers, "customer")} each, ${formatCount(scenarios.length, "scenario")}`,
    ...renderTable(COLUMNS, methods),
    ...(scenarios.length > 1 ? scenarios : []).flatMap(({ name, summary, methods: scores }) => [
      "",
      `${name}: ${summary}`,
      ...renderTable(COLUMNS, scores),
    ]),
  ];
}

export function renderVerify(report: VerifyReport): string[] {
  const { written } = report;
  return [
    ...renderMoments(report),
    ...renderFrictions(report.frictions),
    ...(written.length > 0 ? ["", `Events and truth: ${written.join(", ")}`] : []),
  ];
}
