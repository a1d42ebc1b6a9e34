/**
 * All measurements that were registered, the newest first: how far each is and what came out.
 */
import { Group, Paper, Stack, Text } from "@mantine/core";
import { effectStatusSchema } from "../../../../src/domain/effect-plan.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope, useSetSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCountOf, formatDay } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { Choice } from "../../map/views/choice.tsx";
import { DESIGN_WORDS } from "./design-words.ts";
import {
  countUnits,
  describeEstimate,
  type ListedEffect,
  STATUS_WORDS,
  type Status,
  type Verdict,
} from "./effect-words.ts";
import { nameMetric, speakOf } from "./metric-words.ts";
import { PlanLink } from "./plan-link.tsx";
import { StatusBadge, VerdictBadge } from "./verdict-badge.tsx";

interface Told {
  readonly zone: string;
  readonly currency: string;
}

function Newest({ effect, told }: { readonly effect: ListedEffect; readonly told: Told }) {
  const { measures, question, status, outdated } = effect;
  const newest = measures.at(-1);
  if (!newest) {
    return (
      <Text size="sm" c="dimmed">
        {status === "planned" ? `from ${formatDay(effect.switchOn, told.zone)} on` : "not measured yet"}
      </Text>
    );
  }
  const spoken = speakOf(question, told.currency);
  return (
    <Stack gap={2}>
      <VerdictBadge verdict={newest.verdict as Verdict} />
      <Text size="sm">
        {describeEstimate(newest, spoken, question.confidence)}, n = {countUnits(newest.n, question)}
      </Text>
      {outdated && (
        <Text size="xs" c="dimmed">
          There are newer data.
        </Text>
      )}
    </Stack>
  );
}

function columnsFor(told: Told): Column<ListedEffect>[] {
  return [
    {
      key: "name",
      title: "Change",
      value: ({ name }) => name,
      format: ({ id, name }) => (
        <ScopeLink to="measure/effects" search={{ effect: id }} inherit fw={600}>
          {name}
        </ScopeLink>
      ),
    },
    {
      key: "effect",
      title: "What came out",
      value: ({ measures }) => measures.at(-1)?.verdict ?? null,
      format: (effect) => <Newest effect={effect} told={told} />,
    },
    { key: "kpi", title: "What is measured", value: ({ question }) => nameMetric(question) },
    { key: "design", title: "How", value: ({ question }) => DESIGN_WORDS[question.design].name },
    {
      key: "status",
      title: "Status",
      value: ({ status }) => effectStatusSchema.options.indexOf(status),
      format: ({ status }) => <StatusBadge status={status} />,
    },
    {
      key: "dates",
      title: "Switch-on and stop",
      value: ({ switchOn }) => switchOn,
      format: ({ switchOn, until, zone }) => `${formatDay(switchOn, zone)} – ${formatDay(until, zone)}`,
    },
  ];
}

function NoEffects() {
  return (
    <EmptyState title="No change has been measured yet" actions={<PlanLink />}>
      Numbers move by themselves, so “it went up afterwards” says little. Say before a change is switched on what you
      will look at, whom you will compare, for how long, and what would be worth having: then its effect, with its
      interval, stands here, and nobody can pick the answer that pleases.
    </EmptyState>
  );
}

const ALL = "all" as const;
const STATUSES: readonly { readonly value: Status | typeof ALL; readonly label: string }[] = [
  { value: ALL, label: "all" },
  ...effectStatusSchema.options.map((value) => ({ value, label: STATUS_WORDS[value] })),
];

interface ListedProps {
  readonly effects: readonly ListedEffect[];
  readonly status: Status | undefined;
}

function Listed({ effects, status }: ListedProps) {
  const set = useSetSearch();
  const { data: extent } = useAnswer("extent", {});
  const shown = status === undefined ? effects : effects.filter((effect) => effect.status === status);
  return (
    <Paper component="section" withBorder p="md" aria-label="All measurements">
      <Group justify="space-between" mb="sm">
        <Choice
          label="Status"
          value={status ?? ALL}
          options={STATUSES}
          onChange={(next) => set({ status: next === ALL ? undefined : next })}
        />
        <Group gap="md">
          <Text size="sm" c="dimmed">
            {formatCountOf(shown.length, "measurement")}
          </Text>
          <PlanLink />
        </Group>
      </Group>
      <DataTable
        caption="Measurements"
        hideCaption
        columns={columnsFor({ zone: extent?.zone ?? "UTC", currency: extent?.currency ?? "" })}
        rows={shown}
        rowKey={({ id }) => String(id)}
        maxHeight={720}
      />
    </Paper>
  );
}

export function EffectList({ status }: { readonly status: Status | undefined }) {
  const { workspace } = useScope();
  const query = useAnswer("effects", {});
  return (
    <AnswerView
      key={workspace}
      query={query}
      height={320}
      empty={({ effects }) => (effects.length === 0 ? <NoEffects /> : undefined)}
    >
      {({ effects }) => <Listed effects={effects} status={status} />}
    </AnswerView>
  );
}
