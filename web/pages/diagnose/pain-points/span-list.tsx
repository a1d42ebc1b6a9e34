/**
 * Stretches of time on screen: a row each with its name, its place on the common axis, and words that say the same.
 * To take away: charts/svg-spans.ts.
 */
import { Box } from "@mantine/core";
import type { ReactNode } from "react";
import { placeOn, type SpanAxis, type SpanRow } from "../../../charts/svg-spans.ts";
import classes from "./span-list.module.css";

export interface SpanListProps {
  readonly axis: SpanAxis;
  readonly rows: readonly SpanRow[];
  readonly name: (row: SpanRow) => ReactNode;
  readonly words: (row: SpanRow) => ReactNode;
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

export function SpanList({ axis, rows, name, words }: SpanListProps) {
  const at = (moment: number) => placeOn(axis, moment);
  return (
    <>
      <Box component="ul" className={classes.list}>
        {rows.map((row) => (
          <li key={row.key} className={classes.row} data-testid="incident">
            <div className={classes.name}>{name(row)}</div>
            <span className={classes.track} aria-hidden>
              {axis.ticks.map((tick) => (
                <span key={tick.at} className={classes.tick} style={{ left: percent(at(tick.at)) }} />
              ))}
              <span
                className={classes.span}
                style={{ left: percent(at(row.from)), width: percent(at(row.to) - at(row.from)) }}
              />
            </span>
            <div className={classes.words}>{words(row)}</div>
          </li>
        ))}
      </Box>
      <div className={classes.axis} aria-hidden>
        <span className={classes.texts}>
          {axis.ticks.map(({ at: moment, text }) => (
            <span key={moment} className={classes.text} style={{ left: percent(at(moment)) }}>
              {text}
            </span>
          ))}
        </span>
      </div>
    </>
  );
}
