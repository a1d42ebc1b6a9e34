/**
 * Which parts of the journey the data cover: the seven stages with their events or their gap, channels, and what has no place yet.
 */
import { Group, Stack, Text } from "@mantine/core";
import { stageColor } from "../../theme.ts";
import { ChartFrame } from "../../ui/chart-frame.tsx";
import { formatCount, formatCountOf, formatShare } from "../../ui/format.ts";
import { ScopeLink } from "../../ui/scope-link.tsx";
import classes from "./overview.module.css";
import type { Overview } from "./overview-page.tsx";
import { STAGE_SOURCES } from "./stage-words.ts";

type StageRow = Overview["coverage"]["stages"][number];

interface StageCellProps extends StageRow {
  /** Events of the workspace. */
  readonly total: number;
  /** Whether touchpoints without a stage may hold what looks missing. */
  readonly unsure: boolean;
}

function StageCell({ stage, events, touchpoints, total, unsure }: StageCellProps) {
  return (
    <li className={classes.stage} data-empty={events === 0} data-stage={stage}>
      <span className={classes.swatch} style={{ background: events === 0 ? "transparent" : stageColor(stage) }} />
      <Text size="sm" fw={600} tt="capitalize">
        {stage}
      </Text>
      {events === 0 ? (
        <Text size="xs" c="dimmed">
          {unsure ? "nothing yet" : `nothing from ${stage} yet: ${STAGE_SOURCES[stage]}`}
        </Text>
      ) : (
        <>
          <Text fw={650}>{formatCount(events)}</Text>
          <Text size="xs" c="dimmed">
            {formatShare(events / total)} of events, {formatCountOf(touchpoints, "touchpoint")}
          </Text>
        </>
      )}
    </li>
  );
}

function Channels({ coverage }: { readonly coverage: Overview["coverage"] }) {
  const { channels, withoutChannel } = coverage;
  const named = channels.map(({ channel, events }) => `${channel} ${formatCount(events)}`);
  return (
    <Text size="sm">
      <strong>Channels:</strong> {named.length === 0 ? "none named in the data" : named.join(" · ")}
      {withoutChannel > 0 && ` · ${formatCountOf(withoutChannel, "event")} without a channel`}
    </Text>
  );
}

/** What is left over, each with the way to mend it. */
function Gaps({ coverage }: { readonly coverage: Overview["coverage"] }) {
  const { unmapped, withoutCustomer, anonymous } = coverage;
  return (
    <Group gap="lg" style={{ rowGap: 4 }}>
      <Text size="sm">
        {unmapped.touchpoints === 0 ? (
          "Every touchpoint has a stage."
        ) : (
          <>
            <ScopeLink to="collect/touchpoints" inherit underline="always">
              {formatCountOf(unmapped.touchpoints, "touchpoint")} without a stage
            </ScopeLink>
            , {formatCountOf(unmapped.events, "event")}
          </>
        )}
      </Text>
      <Text size="sm">
        {withoutCustomer.events === 0
          ? "Every event belongs to somebody."
          : `${formatCountOf(withoutCustomer.events, "event")} of nobody (${formatShare(withoutCustomer.share)}): neither a customer id nor an anonymous one.`}
      </Text>
      {anonymous.customers > 0 && (
        <Text size="sm">
          {formatCountOf(anonymous.customers, "customer")} known by an anonymous id only ({formatShare(anonymous.share)}
          ), with {formatCountOf(anonymous.events, "event")}.
        </Text>
      )}
    </Group>
  );
}

async function drawCoverage({ stages }: Overview["coverage"]): Promise<string> {
  // Few take it away: the drawing is loaded when somebody does.
  const { drawBreakdown } = await import("../../charts/svg-breakdown.ts");
  const rows = stages.map(({ stage, events }) => ({ label: stage, value: events, low: null, high: null, n: events }));
  return drawBreakdown({ title: "What the data cover: events by stage", rows, format: formatCount });
}

export function Coverage({ overview }: { readonly overview: Overview }) {
  const { coverage, events } = overview;
  return (
    <ChartFrame
      title="What the data cover"
      name="coverage"
      description={
        coverage.unmapped.events > 0
          ? "The stages of a journey from the first contact to loyalty. What looks like a gap may be among the touchpoints without a stage."
          : "The stages of a journey from the first contact to loyalty. A gap is a part of the journey nobody can see yet."
      }
      table={{
        columns: [
          { key: "stage", title: "Stage", value: ({ stage }) => stage },
          {
            key: "events",
            title: "Events",
            align: "right",
            value: (row) => row.events,
            format: (row) => formatCount(row.events),
          },
          { key: "touchpoints", title: "Touchpoints", align: "right", value: ({ touchpoints }) => touchpoints },
          {
            key: "hint",
            title: "What would fill it",
            value: (row) => (row.events === 0 ? STAGE_SOURCES[row.stage] : ""),
          },
        ],
        rows: coverage.stages,
      }}
      svg={() => drawCoverage(coverage)}
    >
      <Stack gap="sm">
        <ol className={classes.stages}>
          {coverage.stages.map((row) => (
            <StageCell key={row.stage} {...row} total={events} unsure={coverage.unmapped.events > 0} />
          ))}
        </ol>
        <Channels coverage={coverage} />
        <Gaps coverage={coverage} />
      </Stack>
    </ChartFrame>
  );
}
