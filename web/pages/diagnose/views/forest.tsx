/**
 * Effects around zero on screen: a row each with its name, its mark and interval, the crude difference as a ring, and words.
 * The words say what the marks show; to take away: charts/svg-forest.ts.
 */
import { Box, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { type ForestRow, forestScale } from "../../../charts/svg-forest.ts";
import classes from "./forest.module.css";

export interface ForestProps {
  readonly rows: readonly ForestRow[];
  readonly format: (value: number) => string;
  /** The name as it stands on screen, such as a link; default: the label. */
  readonly name?: (row: ForestRow) => ReactNode;
  /** Beside the mark; default: the words. */
  readonly words?: (row: ForestRow) => ReactNode;
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

function Marks({ row, at }: { readonly row: ForestRow; readonly at: (value: number) => number }) {
  const { value, low, high, crude } = row;
  if (value === null) return null;
  return (
    <>
      {low !== null && high !== null && (
        <span className={classes.interval} style={{ left: percent(at(low)), width: percent(at(high) - at(low)) }} />
      )}
      {crude !== null && <span className={classes.crude} style={{ left: percent(at(crude)) }} />}
      <span className={classes.mark} style={{ left: percent(at(value)) }} />
    </>
  );
}

/** What the marks mean; the ring only where one is drawn. */
export function ForestKey({ crude }: { readonly crude: boolean }) {
  return (
    <Text size="xs" c="dimmed" component="p" m={0} mb="xs">
      <span className={classes.keyMark} aria-hidden /> adjusted, the line is its 95 % interval
      {crude && (
        <>
          {" · "}
          <span className={classes.keyCrude} aria-hidden /> crude: the plain difference between those with and without
        </>
      )}
      {" · right of the upright line: more, left: less"}
    </Text>
  );
}

export function Forest({ rows, format, name, words }: ForestProps) {
  const scale = forestScale(rows);
  const at = (value: number) => (value - scale.low) / (scale.high - scale.low);
  return (
    <>
      <ForestKey crude={rows.some(({ crude }) => crude !== null)} />
      <Box component="ul" className={classes.list}>
        {rows.map((row) => (
          <li key={row.key} className={classes.row} data-tone={row.tone} data-testid="forest-row">
            <span className={classes.name}>
              {name?.(row) ?? (
                <Text span size="sm" fw={550}>
                  {row.label}
                </Text>
              )}
              {row.detail && (
                <Text span size="xs" c="dimmed" display="block">
                  {row.detail}
                </Text>
              )}
            </span>
            <span className={classes.track} aria-hidden>
              <span className={classes.zero} style={{ left: percent(at(0)) }} />
              <Marks row={row} at={at} />
            </span>
            <span className={classes.words}>{words?.(row) ?? <Text size="sm">{row.words}</Text>}</span>
          </li>
        ))}
      </Box>
      <div className={classes.axis} aria-hidden>
        <span className={classes.ticks}>
          {scale.ticks.map((tick) => (
            <span key={tick} className={classes.tick} style={{ left: percent(at(tick)) }}>
              {format(tick)}
            </span>
          ))}
        </span>
      </div>
    </>
  );
}
