/**
 * Effects of parts (segments, months) and of comparisons as rows of a forest and of its table.
 */
import type { ForestRow } from "../../../charts/svg-forest.ts";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount } from "../../../ui/format.ts";
import { formatEffect, formatEffectNumber, formatEnds, judgeEffect, type Of } from "./effect-words.ts";

export interface Split {
  readonly value: string;
  readonly effect: number | null;
  readonly low: number | null;
  readonly high: number | null;
  readonly crude: number | null;
  readonly n: number;
}

/** A part whose interval holds zero is grey: nothing can be said of its direction. */
export function toSplitRow(split: Split, { outcome, of }: { readonly outcome: string; readonly of: Of }): ForestRow {
  const { value, effect, low, high, crude, n } = split;
  const clear = low !== null && high !== null && (low > 0 || high < 0);
  const count = `n = ${formatCount(n)}`;
  return {
    key: value,
    label: value === "" ? "not said" : value,
    value: effect,
    low,
    high,
    crude,
    tone: clear ? judgeEffect(effect, outcome) : "plain",
    words:
      effect === null
        ? `too few to estimate, ${count}`
        : `${formatEffect(effect, of)}, ${formatEnds(split, of)}, crude ${formatEffectNumber(crude, of)}, ${count}`,
  };
}

/** @param crude whether the rows have a plain difference of their own */
export function splitColumns(of: Of, crude = false): Column<ForestRow>[] {
  const number = (key: "value" | "low" | "high" | "crude", title: string): Column<ForestRow> => ({
    key,
    title,
    align: "right",
    value: (row) => row[key],
    format: (row) => formatEffectNumber(row[key], of),
  });
  return [
    { key: "label", title: "What", value: ({ label }) => label },
    number("value", "Effect"),
    number("low", "95 % from"),
    number("high", "95 % to"),
    ...(crude ? [number("crude", "Crude")] : []),
    { key: "words", title: "In words", value: ({ words }) => words },
  ];
}
