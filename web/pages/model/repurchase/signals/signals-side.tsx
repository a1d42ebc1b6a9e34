/**
 * What first buyers did in their first days and whether more of them ordered again: the plain difference beside the one among
 * customers who were alike before.
 */
import { Badge, Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import { useAnswer } from "../../../../api/use-answer.ts";
import { drawForest } from "../../../../charts/svg-forest.ts";
import { useScope, useSetSearch, useViewSearch } from "../../../../scope/use-scope.ts";
import { AnswerView } from "../../../../ui/answer-view.tsx";
import { ChartFrame } from "../../../../ui/chart-frame.tsx";
import { DataTable } from "../../../../ui/data-table.tsx";
import { formatCountOf, formatPoints, formatShare } from "../../../../ui/format.ts";
import { Forest } from "../../../diagnose/views/forest.tsx";
import { Choice, numberOptions } from "../../../map/views/choice.tsx";
import { type RepurchaseSearch, repurchaseSearchSchema, withoutJourney } from "../repurchase-search.ts";
import { keepTogether } from "../views/repurchase-words.ts";
import {
  describeDifference,
  HOLDS,
  keyOf,
  OTHER_COLUMNS,
  SIGNAL_COLUMNS,
  type Signal,
  type SignalsReport,
  splitSignals,
  toForestRow,
} from "./signal-rows.ts";

function Controls({ search }: { readonly search: RepurchaseSearch }) {
  const set = useSetSearch();
  return (
    <Paper component="section" aria-label="What counts" withBorder px="sm" py="xs">
      <Group gap="lg">
        <Choice
          label="Behaviour in the first days"
          value={search.days}
          options={numberOptions([7, 14, 30, 60, 90], search.days)}
          onChange={(days) => set({ days })}
        />
        <Choice
          label="Second order within so many days after"
          value={search.within}
          options={numberOptions([30, 90, 180, 365], search.within)}
          onChange={(within) => set({ within })}
        />
      </Group>
    </Paper>
  );
}

function SignalWords({ signal }: { readonly signal: Signal }) {
  const { adjusted, verdict, sentence } = signal;
  const color = !HOLDS.has(verdict) ? "gray" : (adjusted?.value ?? 0) > 0 ? "teal" : "orange";
  return (
    <>
      <Group gap={6}>
        <Text size="sm" fw={650}>
          {adjusted ? describeDifference(adjusted) : "too few to compare"}
        </Text>
        <Badge size="sm" tt="none" variant="light" color={color}>
          {verdict}
        </Badge>
      </Group>
      <Text size="xs">{keepTogether(sentence)}</Text>
    </>
  );
}

function SignalsFigure({ report }: { readonly report: SignalsReport }) {
  const { signals, customers, base, days, withinDays } = report;
  const { shown, others } = splitSignals(signals);
  const rows = shown.map(toForestRow);
  const byKey = new Map(shown.map((signal) => [keyOf(signal), signal]));
  const title = "What goes with a second order";
  const under = `Difference in the share with a second order within ${formatCountOf(withinDays, "day")}, by what happened in the first ${formatCountOf(days, "day")}; percentage points.`;
  const total = `${formatCountOf(customers, "first buyer")}, of whom ${formatShare(base)} ordered again · ${formatCountOf(signals.length, "signal")} looked at`;
  const format = (value: number) => formatPoints(value, 0).replace(" points", "");
  return (
    <ChartFrame
      title={title}
      name="repurchase-signals"
      description={`${under} The ring is the plain difference; the mark is what is left of it among customers who were alike before. The surest first.`}
      total={total}
      table={{ columns: SIGNAL_COLUMNS, rows: signals }}
      svg={rows.length > 0 ? () => drawForest({ title, under: `${under} ${total}`, rows, format }) : undefined}
    >
      {rows.length === 0 ? (
        <Text size="sm">No signal goes clearly with a second order.</Text>
      ) : (
        <Forest
          rows={rows}
          format={format}
          words={({ key }) => {
            const signal = byKey.get(key);
            return signal && <SignalWords signal={signal} />;
          }}
        />
      )}
      {others.length > 0 && (
        <details>
          <Text component="summary" size="sm" mt="sm" style={{ cursor: "pointer" }}>
            {formatCountOf(others.length, "signal")} without a clear difference, or with too few customers
          </Text>
          <DataTable
            caption="Signals without a clear difference"
            hideCaption
            columns={OTHER_COLUMNS}
            rows={others}
            rowKey={keyOf}
          />
        </details>
      )}
    </ChartFrame>
  );
}

function Adjusted({ adjustedFor }: Pick<SignalsReport, "adjustedFor">) {
  if (adjustedFor.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label="What was held equal">
      <Title order={2} mb="xs">
        What was held equal
      </Title>
      <List size="sm" spacing={4}>
        {adjustedFor.map((sentence) => (
          <List.Item key={sentence}>{sentence}</List.Item>
        ))}
      </List>
      <Text size="sm" c="dimmed" mt="xs" maw={860}>
        What is not in the data cannot be held equal, and some signals are only signs: who looks around again wants
        something. Before you build on one, try a change on a part of the customers and measure its effect.
      </Text>
    </Paper>
  );
}

export function SignalsSide() {
  const { input } = useScope();
  const search = useViewSearch(repurchaseSearchSchema);
  const { days, within: withinDays } = search;
  const query = useAnswer("repurchase-signals", { ...withoutJourney(input), days, withinDays });
  return (
    <>
      <Controls search={search} />
      <AnswerView query={query} height={640}>
        {(report) => (
          <Stack gap="md">
            <SignalsFigure report={report} />
            <Adjusted adjustedFor={report.adjustedFor} />
          </Stack>
        )}
      </AnswerView>
    </>
  );
}
