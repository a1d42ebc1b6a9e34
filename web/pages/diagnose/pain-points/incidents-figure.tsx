/**
 * Dated incidents: what was too much, in which weeks, for whom, and what it cost in all.
 */

import { Group, Text } from "@mantine/core";
import { explainPainLabel, FRICTION_WORDS } from "../../../../src/domain/pain-words.ts";
import { drawSpans, type SpanRow, spanAxis } from "../../../charts/svg-spans.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, NONE } from "../../../ui/format.ts";
import { formatChance } from "../views/effect-words.ts";
import { KindBadge, PainLink } from "../views/pain-link.tsx";
import { type Asked, frictionKey, type PainPoint } from "../views/pain-report.ts";
import type { PainPointSearch } from "../views/pain-search.ts";
import {
  describeExcess,
  describeExcessCost,
  describeWeeks,
  describeWhom,
  formatAmount,
  formatSum,
} from "../views/pain-words.ts";
import { SpanList } from "./span-list.tsx";

const dayOf = (iso: string) => Date.parse(iso.slice(0, 10));

function toSpanRow(point: PainPoint, asked: Asked): SpanRow {
  return {
    key: frictionKey(point),
    label: point.name,
    detail: `${describeWeeks(point)}, ${describeWhom(point)}`,
    from: dayOf(point.window.from),
    to: dayOf(point.window.to),
    words: `${describeExcess(point)}; ${describeExcessCost(point, asked)}`,
  };
}

function columnsFor({ currency }: Asked): Column<PainPoint>[] {
  const number = (
    key: string,
    title: string,
    value: (point: PainPoint) => number | null | undefined,
    format: (value: number) => string,
  ): Column<PainPoint> => ({
    key,
    title,
    align: "right",
    value: (point) => value(point) ?? null,
    format: (point) => {
      const shown = value(point) ?? null;
      return shown === null ? NONE : format(shown);
    },
  });
  const sum = (value: number) => formatSum(value, "");
  return [
    { key: "name", title: "What and where", value: ({ name }) => name },
    { key: "kind", title: "Kind", value: ({ kind }) => FRICTION_WORDS[kind] },
    { key: "segment", title: "Whom", value: (point) => describeWhom(point) },
    { key: "from", title: "From", value: ({ window }) => window.from },
    { key: "to", title: "Until before", value: ({ window }) => window.to },
    number("events", "Times", ({ excess }) => excess?.events, formatCount),
    number("usual", "Usual", ({ excess }) => excess?.usual, formatAmount),
    number("lost", "Outcomes lost in all", ({ excess }) => excess?.outcomes.value, formatAmount),
    number("money", currency === "" ? "Money in all" : `${currency} in all`, ({ excess }) => excess?.money.value, sum),
    number("moneyLow", "80 % from", ({ excess }) => excess?.money.low, sum),
    number("moneyHigh", "80 % to", ({ excess }) => excess?.money.high, sum),
    number("p", "p", ({ p }) => p, formatChance),
  ];
}

export interface IncidentsFigureProps {
  readonly incidents: readonly PainPoint[];
  readonly report: Asked & { readonly window: PainPoint["window"] };
  readonly search: Pick<PainPointSearch, "within" | "worth" | "segment">;
}

export function IncidentsFigure({ incidents, report, search }: IncidentsFigureProps) {
  if (incidents.length === 0) return null;
  const rows = incidents.map((point) => toSpanRow(point, report));
  const byKey = new Map(incidents.map((point) => [frictionKey(point), point]));
  const ends = rows.flatMap(({ from, to }) => [from, to]);
  const axis = spanAxis(Math.min(dayOf(report.window.from), ...ends), Math.max(dayOf(report.window.to), ...ends));
  const title = "Dated incidents";
  const under = "Weeks in which a friction was far commoner than in all others, and for whom.";
  return (
    <ChartFrame
      title={title}
      name="dated-incidents"
      description={`${under} ${explainPainLabel("dated incident")}`}
      table={{ columns: columnsFor(report), rows: incidents }}
      svg={() => drawSpans({ title, under, axis, rows })}
      total={
        <Text span size="sm" c="dimmed">
          {formatCountOf(incidents.length, "incident")}. What an incident cost is part of what its friction costs, not
          on top of it.
        </Text>
      }
    >
      <SpanList
        axis={axis}
        rows={rows}
        name={({ key }) => {
          const point = byKey.get(key);
          return (
            point && (
              <>
                <PainLink friction={point} asked={{ ...search, outcome: report.outcome }} />
                <Group gap={6} mt={2}>
                  <KindBadge kind={point.kind} />
                </Group>
              </>
            )
          );
        }}
        words={({ key, words }) => {
          const point = byKey.get(key);
          return (
            point && (
              <>
                <Text size="sm" fw={600}>
                  {describeWeeks(point)}, {describeWhom(point)}
                </Text>
                <Text size="sm">{words}</Text>
              </>
            )
          );
        }}
      />
    </ChartFrame>
  );
}
