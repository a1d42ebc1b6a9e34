/**
 * Early signals as rows of a forest and of a table: the crude difference beside the one among customers alike, and the verdict.
 */
import type { SignalVerdict } from "../../../../../src/domain/repurchase-words.ts";
import type { Answer } from "../../../../api/types.ts";
import type { ForestRow, ForestTone } from "../../../../charts/svg-forest.ts";
import type { Column } from "../../../../ui/data-table.tsx";
import { formatCount, formatPoints, formatShare } from "../../../../ui/format.ts";

export type SignalsReport = Answer<"repurchase-signals">;
export type Signal = SignalsReport["signals"][number];
type Difference = NonNullable<Signal["adjusted"]>;

export const keyOf = ({ kind, name }: Signal) => `${kind}: ${name}`;

/** "+3.2 points (95 %: +1.0 to +5.4)". */
export function describeDifference({ value, low, high }: Difference): string {
  const end = (share: number) => formatPoints(share).replace(" points", "");
  return `${formatPoints(value)} (95 %: ${end(low)} to ${end(high)})`;
}

/** Whether something is left among customers alike. */
export const HOLDS: ReadonlySet<SignalVerdict> = new Set(["survives", "weaker", "reversed"]);

/** Those to be seen at once: with a difference, crude or adjusted, and support, which everybody asks about. */
export function splitSignals(signals: readonly Signal[]): { readonly shown: Signal[]; readonly others: Signal[] } {
  const isShown = ({ kind, verdict, adjusted }: Signal) =>
    adjusted !== null && (HOLDS.has(verdict) || verdict === "does not survive" || kind === "support contact");
  return { shown: signals.filter(isShown), others: signals.filter((signal) => !isShown(signal)) };
}

function toneOf({ verdict, adjusted }: Signal): ForestTone {
  if (!HOLDS.has(verdict) || adjusted === null) return "plain";
  return adjusted.value > 0 ? "good" : "bad";
}

export function toForestRow(signal: Signal): ForestRow {
  const { kind, name, adjusted, crude, verdict } = signal;
  return {
    ...{ key: keyOf(signal), label: name, detail: `${kind} · ${formatCount(signal.with)} customers` },
    ...{ value: adjusted?.value ?? null, low: adjusted?.low ?? null, high: adjusted?.high ?? null },
    ...{ crude: crude?.value ?? null, tone: toneOf(signal) },
    words: `${adjusted ? formatPoints(adjusted.value) : "too few to compare"}; crude ${formatPoints(crude?.value ?? null)}; ${verdict}`,
  };
}

const difference = (of: "crude" | "adjusted", key: keyof Difference, title: string): Column<Signal> => ({
  ...{ key: `${of} ${key}`, title, align: "right" },
  value: (signal) => signal[of]?.[key] ?? null,
  format: (signal) => formatPoints(signal[of]?.[key] ?? null),
});

const count = (key: "with" | "without" | "reach", title: string): Column<Signal> => ({
  ...{ key, title, align: "right" },
  value: (signal) => signal[key],
  format: (signal) => formatCount(signal[key]),
});

const share = (key: "shareWith" | "shareWithout", title: string): Column<Signal> => ({
  ...{ key, title, align: "right" },
  value: (signal) => signal[key],
  format: (signal) => formatShare(signal[key]),
});

export const SIGNAL_COLUMNS: readonly Column<Signal>[] = [
  { key: "kind", title: "Kind", value: ({ kind }) => kind },
  { key: "name", title: "Signal", value: ({ name }) => name },
  ...[count("with", "With it"), share("shareWith", "Ordered again")],
  ...[count("without", "Without it"), share("shareWithout", "Ordered again")],
  ...[
    difference("crude", "value", "Crude"),
    difference("crude", "low", "95 % from"),
    difference("crude", "high", "to"),
  ],
  difference("adjusted", "value", "Among customers alike"),
  ...[difference("adjusted", "low", "95 % from"), difference("adjusted", "high", "to")],
  count("reach", "Comparable"),
  { key: "q", title: "q", align: "right", value: ({ q }) => q, format: ({ q }) => (q === null ? "–" : q.toFixed(3)) },
  { key: "verdict", title: "Verdict", value: ({ verdict }) => verdict },
  { key: "sentence", title: "In words", value: ({ sentence }) => sentence },
];

const SHORT: ReadonlySet<string> = new Set(["kind", "name", "with", "crude value", "adjusted value", "verdict"]);
export const OTHER_COLUMNS = SIGNAL_COLUMNS.filter(({ key }) => SHORT.has(key));
