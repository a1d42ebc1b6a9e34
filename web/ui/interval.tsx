/**
 * The interval and the n that stand beside every estimate.
 */
import { Text } from "@mantine/core";
import { formatCount, formatDecimal, formatValue } from "./format.ts";

export interface IntervalProps {
  readonly low: number | null;
  readonly high: number | null;
  readonly unit: string;
  readonly n?: number;
}

function bound(value: number, unit: string): string {
  if (unit.startsWith("share")) return (value * 100).toFixed(1).replace("-", "−");
  return unit === "points" || unit === "days" ? formatDecimal(value, 1) : formatValue(value, unit);
}

/** "95 %: 18.2 to 20.9 %, n = 534"; one open end is said, no interval is left out. */
export function describeInterval({ low, high, unit, n }: IntervalProps): string {
  const count = n === undefined ? "" : `n = ${formatCount(n)}`;
  if (low === null && high === null) return count;
  const end = unit.startsWith("share") ? " %" : "";
  const range =
    low === null
      ? `at most ${bound(high ?? 0, unit)}${end}`
      : high === null
        ? `at least ${bound(low, unit)}${end}`
        : `${bound(low, unit)} to ${bound(high, unit)}${end}`;
  return `95 %: ${range}${count === "" ? "" : `, ${count}`}`;
}

export function Interval(props: IntervalProps) {
  return (
    <Text component="span" size="sm" c="dimmed">
      {describeInterval(props)}
    </Text>
  );
}
