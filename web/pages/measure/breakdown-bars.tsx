/**
 * A bar a group with its interval as a whisker, on screen. The words beside it say the same; to take away: svg-breakdown.ts.
 */
import { Box, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { type BreakdownRow, breakdownScale } from "../../charts/svg-breakdown.ts";
import { describeInterval } from "../../ui/interval.tsx";
import classes from "./breakdown-bars.module.css";

interface BarProps {
  readonly row: BreakdownRow;
  /** Share of the width where a value stands, 0 … 1. */
  readonly at: (value: number) => number;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(2)}%`;
}

function Bar({ row: { value, low, high }, at }: BarProps) {
  if (value === null) return null;
  const [from, to] = [Math.min(at(0), at(value)), Math.max(at(0), at(value))];
  return (
    <>
      <span className={classes.bar} style={{ left: percent(from), width: percent(to - from) }} />
      {low !== null && high !== null && (
        <span className={classes.whisker} style={{ left: percent(at(low)), width: percent(at(high) - at(low)) }} />
      )}
    </>
  );
}

interface BreakdownBarsProps {
  readonly rows: readonly BreakdownRow[];
  readonly format: (value: number) => string;
  readonly unit: string;
  /** Small print beside the value; default: the interval and n. */
  readonly words?: (row: BreakdownRow) => string;
  /** The name as it stands on screen, such as a link; default: the label. */
  readonly name?: (row: BreakdownRow) => ReactNode;
}

export function BreakdownBars({
  rows,
  format,
  unit,
  words = (row) => describeInterval({ ...row, unit }),
  name,
}: BreakdownBarsProps) {
  const scale = breakdownScale(rows);
  const at = (value: number): number => (value - scale.low) / (scale.high - scale.low);
  return (
    <Box component="ul" className={classes.list}>
      {rows.map((row) => (
        <li key={row.label} className={classes.row}>
          <Text span size="sm" fw={500} className={classes.label} title={row.label}>
            {name?.(row) ?? row.label}
          </Text>
          <span className={classes.track} aria-hidden>
            {scale.low < 0 && <span className={classes.zero} style={{ left: percent(at(0)) }} />}
            <Bar row={row} at={at} />
          </span>
          <span className={classes.words}>
            <Text span size="sm" fw={650}>
              {row.value === null ? "Not enough data" : format(row.value)}
            </Text>{" "}
            <Text span size="xs" c="dimmed">
              {row.value === null ? row.note : words(row)}
            </Text>
          </span>
        </li>
      ))}
    </Box>
  );
}
