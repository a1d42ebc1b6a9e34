/**
 * Costs on screen, the largest first: the money in words, the bar (a fact dark, an estimate light with its interval), what it is, how sure.
 * The words say what the bars show; to take away: charts/svg-costs.ts.
 */
import { Box, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { type CostRow, costScale } from "../../../charts/svg-costs.ts";
import classes from "./cost-bars.module.css";

export interface CostBarsProps {
  readonly rows: readonly CostRow[];
  readonly cost: (row: CostRow) => ReactNode;
  readonly what: (row: CostRow) => ReactNode;
  readonly sure: (row: CostRow) => ReactNode;
  readonly estimateName: string;
}

const percent = (share: number) => `${(share * 100).toFixed(2)}%`;

function Bar({ row: { fact, estimate }, most }: { readonly row: CostRow; readonly most: number }) {
  const at = (value: number) => percent(value / most);
  return (
    <span className={classes.track} aria-hidden>
      {fact > 0 && <span className={classes.fact} style={{ left: 0, width: at(fact) }} />}
      {estimate && (
        <>
          <span className={classes.estimate} style={{ left: at(fact), width: at(estimate.value) }} />
          <span
            className={classes.whisker}
            style={{ left: at(fact + estimate.low), width: at(estimate.high - estimate.low) }}
          />
        </>
      )}
    </span>
  );
}

function Key({ fact, estimateName }: { readonly fact: boolean; readonly estimateName: string }) {
  return (
    <Text size="xs" c="dimmed" component="p" m={0} className={classes.key}>
      {fact && (
        <>
          <span className={classes.keyFact} aria-hidden /> handling, counted: a fact{" · "}
        </>
      )}
      <span className={classes.keyEstimate} aria-hidden /> {estimateName}: an estimate, the line is its 80 % interval
    </Text>
  );
}

export function CostBars({ rows, cost, what, sure, estimateName }: CostBarsProps) {
  const most = costScale(rows).high;
  return (
    <>
      <Key fact={rows.some(({ fact }) => fact > 0)} estimateName={estimateName} />
      <Box component="ol" className={classes.list}>
        {rows.map((row) => (
          <li key={row.key} className={classes.row} data-testid="cost-row">
            <div className={classes.cost}>{cost(row)}</div>
            <Bar row={row} most={most} />
            <div className={classes.what}>{what(row)}</div>
            <div className={classes.sure}>{sure(row)}</div>
          </li>
        ))}
      </Box>
    </>
  );
}
