/**
 * The plan as it was written down, and what was foreseen beside what came.
 */
import { Box, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { formatCountOf, formatDay, formatMoment, NONE } from "../../../ui/format.ts";
import { readDates } from "./check-words.ts";
import { DESIGN_WORDS } from "./design-words.ts";
import { countUnits, describeEstimate, type Effect, formatConfidence } from "./effect-words.ts";
import { countedNoun, type Spoken, speakOf } from "./metric-words.ts";
import { describeWhen, describeWho } from "./question-words.ts";
import { useTold } from "./report-facts.ts";

interface Row {
  readonly what: string;
  readonly foreseen: string;
  readonly came: string;
}

const COLUMNS: readonly Column<Row>[] = [
  { key: "what", title: "What", value: ({ what }) => what },
  { key: "foreseen", title: "Foreseen", value: ({ foreseen }) => foreseen },
  { key: "came", title: "Came", value: ({ came }) => came },
];

function describeBaseline({ baseline, question, zone }: Effect, spoken: Spoken): string {
  if (!baseline) return "nothing was known";
  const { value, low, high, n, from, until } = baseline;
  const span = `, from ${formatDay(from, zone)} to ${formatDay(until, zone)}`;
  const ends = low === null || high === null ? "" : `, 95 %: ${spoken.level(low)} to ${spoken.level(high)}`;
  return `${spoken.level(value)}${ends}, n = ${countUnits(n, question)}${span}`;
}

/** What there would be without the change: the control's level, or the time before. */
function describeWithout({ report, zone }: Effect, spoken: Spoken): string {
  const without = report?.groups.find(({ role }) => role === "control" || role === "before");
  if (!without || without.mean === null) return NONE;
  const { mean, meanLow, meanHigh, name, n } = without;
  const ends =
    meanLow === undefined || meanHigh === undefined ? "" : `, ${spoken.level(meanLow)} to ${spoken.level(meanHigh)}`;
  return `${spoken.level(mean)}${ends} (${readDates(name, (iso) => formatDay(iso, zone))}, n = ${n.toLocaleString("en-GB")})`;
}

const NOTHING = (row: Row) => row.foreseen === NONE && row.came === NONE;

/** The rows there is something to say about. */
export function compareRows(effect: Effect, spoken: Spoken): readonly Row[] {
  const { foreseen, question, report } = effect;
  const { unitsByStop, unitsNeeded, smallestEffect, weeks, power } = foreseen;
  const noun = countedNoun(question);
  const came = report ? countUnits(report.n, question) : NONE;
  const half = report ? (report.high - report.low) / 2 : null;
  const or = (value: number | null, say: (value: number) => string) => (value === null ? NONE : say(value));
  const rows = [
    { what: "Without the change", foreseen: describeBaseline(effect, spoken), came: describeWithout(effect, spoken) },
    {
      what: `${noun.slice(0, 1).toUpperCase()}${noun.slice(1)}s by the stop date`,
      foreseen: or(unitsByStop, (units) => countUnits(units, question)),
      came: unitsByStop === null ? NONE : came,
    },
    {
      what: "Needed to see the least effect",
      foreseen: or(unitsNeeded, (units) => {
        const long = weeks === null ? "" : `, ${formatCountOf(weeks, "whole week")}`;
        return `${countUnits(units, question)}${long}`;
      }),
      came:
        unitsNeeded === null || !report ? NONE : `${came}: ${report.n < unitsNeeded ? "fewer than that" : "enough"}`,
    },
    {
      what: "How fine it can be seen",
      foreseen: or(
        smallestEffect,
        (size) => `an effect of ${spoken.size(size)}, in ${Math.round(power * 100)} of 100 cases`,
      ),
      came: or(half, (size) => `to within ±${spoken.size(size)}`),
    },
    {
      what: "The effect",
      foreseen: `worth having from ${spoken.size(question.minEffect)} on`,
      came: report ? describeEstimate(report, spoken, report.confidence) : NONE,
    },
  ];
  return rows.filter((row) => !NOTHING(row));
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" fw={600}>
        {title}
      </Text>
      <Text component="dd" size="sm" m={0} c="dimmed" style={{ overflowWrap: "anywhere" }}>
        {children}
      </Text>
    </div>
  );
}

function describeFreeze({ frozenAt, switchOn, zone }: Effect): string {
  return frozenAt === null
    ? `It can still be changed; at the switch-on, ${formatMoment(switchOn, zone)}, what is measured, who gets it, the dates and the least effect are frozen.`
    : `Frozen since ${formatMoment(frozenAt, zone)}: what is measured, who gets it, the dates and the least effect can no longer be changed.`;
}

function Facts({ effect, spoken }: { readonly effect: Effect; readonly spoken: Spoken }) {
  const { question, zone, registeredAt } = effect;
  const better = question.lowerIsBetter ? "lower is better" : "higher is better";
  const day = (iso: string) => formatDay(iso, zone);
  return (
    <Stack component="dl" gap="xs" m={0}>
      <Fact title="What is measured">
        {spoken.name} ({better}){question.where === undefined ? "" : `; only ${question.where}`}
      </Fact>
      <Fact title="Who gets the change">{describeWho(question, day)}</Fact>
      <Fact title="When">{describeWhen(effect)}</Fact>
      <Fact title="How the effect is found">
        {DESIGN_WORDS[question.design].name}; {formatConfidence(question.confidence)} intervals
        {question.peeking ? " that hold at every look" : ""}
      </Fact>
      <Fact title="Registered">{formatMoment(registeredAt, zone)}</Fact>
    </Stack>
  );
}

export function FrozenPlan({ effect }: { readonly effect: Effect }) {
  const { currency } = useTold();
  const spoken = speakOf(effect.question, currency);
  const columns = effect.report ? COLUMNS : COLUMNS.filter(({ key }) => key !== "came");
  return (
    <Paper component="section" withBorder p="md" aria-label="The plan">
      <Stack gap="sm">
        <Title order={2}>{effect.report ? "The plan, and what came" : "The plan"}</Title>
        <Text size="sm">{describeFreeze(effect)}</Text>
        <Facts effect={effect} spoken={spoken} />
        {effect.foreseen.reason !== null && (
          <Text size="sm" c="dimmed">
            What could not be foreseen: {effect.foreseen.reason}
          </Text>
        )}
        <Box>
          <DataTable caption="Foreseen and came" hideCaption columns={columns} rows={compareRows(effect, spoken)} />
        </Box>
      </Stack>
    </Paper>
  );
}
