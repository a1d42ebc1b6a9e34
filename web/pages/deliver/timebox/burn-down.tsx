/**
 * The burn-down of the timebox with its sentence, and the same numbers as a table.
 */
import { Text } from "@mantine/core";
import { PlotFigure } from "../../../charts/plot-figure.tsx";
import { type BurnDownPicture, burnDownPlot, drawBurnDown } from "../../../charts/svg-burn-down.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatPlainDay } from "../priority-words.ts";
import { type TimeboxView, useTimebox } from "./timebox-context.ts";
import { describeBurnDown, describeForecast, formatAmount, sumCounted } from "./timebox-words.ts";

type Day = TimeboxView["facts"]["burnDown"][number];

const orDash = (value: number | null) => (value === null ? "–" : formatAmount(value));

const part = (key: "must" | "should" | "could", title: string): Column<Day> => ({
  key,
  title,
  align: "right",
  value: (row) => row[key],
  format: (row) => orDash(row[key]),
});

const COLUMNS: readonly Column<Day>[] = [
  { key: "day", title: "Day", value: ({ day }) => day, format: ({ day }) => formatPlainDay(day) },
  part("must", "Must left"),
  part("should", "Should left"),
  part("could", "Could left"),
  {
    key: "ideal",
    title: "Ideal line",
    align: "right",
    value: ({ ideal }) => ideal,
    format: ({ ideal }) => formatAmount(ideal),
  },
];

const short = new Intl.DateTimeFormat("en-GB", { day: "numeric", month: "short", timeZone: "UTC" });

function pictureOf({ facts, timebox, report, initiative }: TimeboxView): BurnDownPicture {
  const total = sumCounted(facts.effort);
  const { forecast, burnDown } = facts;
  const today = burnDown.findIndex(({ day }) => day === report.today);
  const left = (done: number) => Math.max(0, total - done);
  return {
    title: `Burn-down of ${timebox.title}`,
    sentence: describeBurnDown(facts, initiative.effortUnit),
    unit: initiative.effortUnit,
    days: burnDown.map(({ day, ...rest }) => ({ label: short.format(new Date(day)), ...rest })),
    today: today === -1 ? null : today,
    forecast: forecast && { low: left(forecast.high), middle: left(forecast.middle), high: left(forecast.low) },
    format: formatAmount,
  };
}

export function BurnDown() {
  const view = useTimebox();
  const { facts, timebox, initiative } = view;
  const picture = pictureOf(view);
  const open = timebox.state === "planned" || timebox.state === "running";
  return (
    <ChartFrame
      title="Burn-down"
      name={`burn-down-${initiative.id}-${timebox.id}`}
      description={picture.sentence}
      table={{ columns: COLUMNS, rows: facts.burnDown }}
      svg={() => drawBurnDown(picture)}
      total={open ? describeForecast(facts.forecast, sumCounted(facts.effort), initiative.effortUnit) : undefined}
    >
      {facts.burnDown.length === 0 ? (
        <Text size="sm">It has no days yet.</Text>
      ) : (
        <PlotFigure plot={burnDownPlot(picture)} />
      )}
    </ChartFrame>
  );
}
