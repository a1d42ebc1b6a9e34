/**
 * The answer of `verify` for people: one table over all runs, and one a scenario.
 * What the numbers mean is said in docs/moments.md.
 */
import type { VerifyReport } from "../api/verify.ts";
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

export function renderVerify({ seeds, customers, methods, scenarios, written }: VerifyReport): string[] {
  return [
    `Planted moments, decoys and nulls: ${formatCount(seeds, "seed")}, ${formatCount(customers, "customer")} each, ${formatCount(scenarios.length, "scenario")}`,
    ...renderTable(COLUMNS, methods),
    ...(scenarios.length > 1 ? scenarios : []).flatMap(({ name, summary, methods: scores }) => [
      "",
      `${name}: ${summary}`,
      ...renderTable(COLUMNS, scores),
    ]),
    ...(written.length > 0 ? ["", `Events and truth: ${written.join(", ")}`] : []),
  ];
}
