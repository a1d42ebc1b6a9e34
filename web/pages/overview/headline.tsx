/**
 * The main numbers as cards: value, interval, n, change against the period before, and the months as a small line.
 */
import { Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { IconArrowDownRight, IconArrowUpRight, IconEqual } from "@tabler/icons-react";
import type { NumberCard } from "../../charts/svg-cards.ts";
import { Sparkline } from "../../charts/svg-sparkline.tsx";
import { describeTrend } from "../../charts/trend.ts";
import { ChartFrame } from "../../ui/chart-frame.tsx";
import type { Column } from "../../ui/data-table.tsx";
import { formatValue } from "../../ui/format.ts";
import { ScopeLink } from "../../ui/scope-link.tsx";
import {
  describeChange,
  describeKpi,
  directionOf,
  type Every,
  isCount,
  judgeChange,
  namePeriod,
  toTrendPoints,
} from "../measure/kpi-words.ts";
import type { Overview } from "./overview-page.tsx";

type Card = Overview["headline"][number];

const SIGNS = { up: IconArrowUpRight, down: IconArrowDownRight, none: IconEqual, unclear: IconEqual } as const;
const COLORS = { good: "teal", bad: "red" } as const;

function ChangeLine({ card }: { readonly card: Card }) {
  const judged = judgeChange(card.change, card.better);
  const Sign = SIGNS[card.change === null ? "none" : directionOf(card.change)];
  const words = describeChange(card.change, card.unit);
  return (
    <Group gap={6} wrap="nowrap" align="flex-start" mt="auto">
      <Text span c={judged ? COLORS[judged] : "dimmed"} lh={1}>
        <Sign size={18} aria-hidden />
      </Text>
      <Text size="sm">
        {words}
        {judged && ` (${judged === "good" ? "better" : "worse"})`}
      </Text>
    </Group>
  );
}

interface KpiCardProps {
  readonly card: Card;
  readonly every: Every;
  /** Said when it is not the page's. */
  readonly period: string | undefined;
  readonly journey: string | undefined;
}

function KpiCard({ card, every, period, journey }: KpiCardProps) {
  const { id, title, unit, current } = card;
  const points = toTrendPoints(card.trend, every);
  const format = (value: number): string => formatValue(value, unit);
  const trend = { title, points, lines: [], marks: [], format, fromZero: isCount(points) };
  return (
    <Paper component="li" withBorder p="sm" radius="md" data-kpi={id}>
      <Stack gap={4} h="100%">
        <Title order={3} fz="sm" fw={600}>
          <ScopeLink
            to="measure/kpis"
            search={{ kpi: id, every, ...(journey === undefined ? {} : { journey }) }}
            inherit
          >
            {title}
          </ScopeLink>
        </Title>
        {current.value === null ? (
          <Text fw={600}>Not enough data</Text>
        ) : (
          <Text fz={26} fw={650} lh={1.2}>
            {format(current.value)}
          </Text>
        )}
        <Text size="xs" c="dimmed">
          {describeKpi(current, unit)}
          {journey !== undefined && `; per ${journey}`}
          {period !== undefined && `; ${period}`}
        </Text>
        {points.length > 1 && (
          <Sparkline points={points} label={`Over time: ${describeTrend(trend)}`} width={280} height={40} />
        )}
        <ChangeLine card={card} />
      </Stack>
    </Paper>
  );
}

const COLUMNS: readonly Column<Card>[] = [
  { key: "kpi", title: "KPI", value: ({ title }) => title },
  {
    key: "value",
    title: "Value",
    align: "right",
    value: ({ current }) => current.value,
    format: ({ current, unit }) => formatValue(current.value, unit),
  },
  {
    key: "before",
    title: "Period before",
    align: "right",
    value: ({ previous }) => previous.value,
    format: ({ previous, unit }) => formatValue(previous.value, unit),
  },
  { key: "interval", title: "Interval and n", value: ({ current, unit }) => describeKpi(current, unit) },
  { key: "change", title: "Change", value: ({ change, unit }) => describeChange(change, unit) },
  { key: "unit", title: "Unit", value: ({ unit }) => unit },
];

interface Sides {
  readonly current: { readonly from: string; readonly to: string };
  readonly previous: { readonly from: string; readonly to: string };
}

function wordsOf({ current, previous }: Sides): string {
  return `${namePeriod(current.from, current.to)} against ${namePeriod(previous.from, previous.to)}`;
}

/** Groups of buyers need time to order again: their periods lie further back, which is said. */
function ownPeriod({ periods }: Card, shared: string): string | undefined {
  const own = wordsOf(periods);
  return own === shared ? undefined : own;
}

function toNumberCard({ title, unit, current, change, trend }: Card, every: Every): NumberCard {
  return {
    title,
    value: current.value === null ? "Not enough data" : formatValue(current.value, unit),
    basis: describeKpi(current, unit),
    change: describeChange(change, unit),
    points: toTrendPoints(trend, every),
  };
}

const LINES = { month: "month by month", week: "week by week", day: "day by day", half: "both halves" } as const;

export function Headline({ overview }: { readonly overview: Overview }) {
  const { headline, periods } = overview;
  if (!periods || headline.length === 0) return null;
  // Halves have no name of their own: their points are called by their first day.
  const every = periods.by === "half" ? "day" : periods.by;
  const shared = wordsOf(periods);
  return (
    <ChartFrame
      title="Headline numbers"
      name="headline-numbers"
      description={`${shared}. Counts and sums are compared for as many days. The line: ${LINES[periods.by]}.`}
      table={{ columns: COLUMNS, rows: headline }}
      svg={async () =>
        (await import("../../charts/svg-cards.ts")).drawCards(
          "Headline numbers",
          shared,
          headline.map((card) => toNumberCard(card, every)),
        )
      }
    >
      <SimpleGrid
        component="ul"
        cols={{ base: 1, xs: 2, md: 3 }}
        spacing="sm"
        m={0}
        p={0}
        style={{ listStyle: "none" }}
      >
        {headline.map((card) => (
          <KpiCard
            key={card.id}
            card={card}
            every={every}
            period={ownPeriod(card, shared)}
            journey={card.journey === overview.journey ? undefined : card.journey}
          />
        ))}
      </SimpleGrid>
    </ChartFrame>
  );
}
