/**
 * MoSCoW shares of an effort as a small stacked bar, with the words that say the same, and a line where Musts should end.
 */
import { Group, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { Fragment } from "react";
import { formatShare } from "../../../ui/format.ts";
import { describeShares, type Shares } from "../priority-words.ts";
import classes from "./shares-bar.module.css";

/** The handbook's limit; one of ours may be another (health thresholds). */
const MOST_MUST = 0.6;

interface SharesBarProps {
  readonly shares: Shares | null;
  readonly mostMust?: number;
}

function Bar({ shares, mostMust }: { readonly shares: Shares; readonly mostMust: number }) {
  return (
    <div className={classes.bar} aria-hidden>
      {(["must", "should", "could"] as const).map((priority) => (
        <div
          key={priority}
          className={classes.part}
          data-priority={priority}
          style={{ inlineSize: `${shares[priority] * 100}%` }}
        />
      ))}
      <div className={classes.limit} style={{ insetInlineStart: `${mostMust * 100}%` }} />
    </div>
  );
}

export function SharesBar({ shares, mostMust = MOST_MUST }: SharesBarProps) {
  // Half a percent is no more than how it is written.
  const over = shares !== null && shares.must > mostMust + 0.005;
  return (
    <div className={classes.shares}>
      {shares !== null && <Bar shares={shares} mostMust={mostMust} />}
      <Text size="xs" c="dimmed">
        {describeShares(shares)
          .split(/(?<=,) /u)
          .map((share) => (
            <Fragment key={share}>
              <span className={classes.share}>{share}</span>{" "}
            </Fragment>
          ))}
      </Text>
      {over && (
        <Group gap={4} wrap="nowrap" align="flex-start">
          <IconAlertTriangle size={14} color="var(--mantine-color-orange-light-color)" aria-hidden />
          <Text size="xs">over {formatShare(mostMust, 0)} Must</Text>
        </Group>
      )}
    </div>
  );
}
