/**
 * All initiatives in a table: phase, how far, MoSCoW shares, health, what is on, what was measured.
 */
import { Badge, Group, Paper, Progress, Stack, Text, Title } from "@mantine/core";
import type { InitiativeSummary, Portfolio } from "../../../../src/domain/dsdm/report.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, NONE } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { VERDICT_WORDS, type Verdict } from "../../measure/effects/effect-words.ts";
import { VerdictBadge } from "../../measure/effects/verdict-badge.tsx";
import { describeDone, describePhases, formatDays, INITIATIVE_STATES, TIMEBOX_STATES } from "../priority-words.ts";
import { HealthCount } from "../views/delivery-badges.tsx";
import { SharesBar } from "../views/shares-bar.tsx";

type SummaryColumn = Column<InitiativeSummary>;

function Name({ initiative: { id, title, state } }: { readonly initiative: InitiativeSummary }) {
  return (
    <Stack gap={2} miw={140}>
      <ScopeLink to="deliver/initiative" search={{ id }} inherit fw={600}>
        {title}
      </ScopeLink>
      {state !== "active" && (
        <Badge variant="outline" color="gray" tt="none" styles={{ label: { color: "var(--mantine-color-text)" } }}>
          {INITIATIVE_STATES[state]}
        </Badge>
      )}
    </Stack>
  );
}

function Done({ initiative: { done, effort, effortUnit } }: { readonly initiative: InitiativeSummary }) {
  return (
    <Stack gap={2} miw={130}>
      {effort > 0 && <Progress value={(100 * done) / effort} aria-hidden size="sm" />}
      <Text size="xs" c="dimmed">
        {describeDone(done, effort, effortUnit)}
      </Text>
    </Stack>
  );
}

function Now({ initiative: { id, timebox } }: { readonly initiative: InitiativeSummary }) {
  if (timebox === null) return NONE;
  return (
    <Stack gap={0} miw={130}>
      <ScopeLink to="deliver/timebox" search={{ initiative: id, timebox: timebox.id }} inherit>
        {timebox.title}
      </ScopeLink>
      <Text size="xs" c="dimmed">
        {TIMEBOX_STATES[timebox.state as keyof typeof TIMEBOX_STATES] ?? timebox.state},{" "}
        {formatDays(timebox.start, timebox.end)}
      </Text>
    </Stack>
  );
}

/** The newest; how many came before it is said. */
function Verdicts({ verdicts }: Pick<InitiativeSummary, "verdicts">) {
  const newest = verdicts.at(-1);
  if (newest === undefined || !(newest in VERDICT_WORDS)) return NONE;
  return (
    <Stack gap={2}>
      <VerdictBadge verdict={newest as Verdict} />
      {verdicts.length > 1 && (
        <Text size="xs" c="dimmed">
          the newest of {verdicts.length}
        </Text>
      )}
    </Stack>
  );
}

const COLUMNS: readonly SummaryColumn[] = [
  {
    key: "title",
    title: "Initiative",
    value: ({ title }) => title,
    format: (initiative) => <Name initiative={initiative} />,
  },
  {
    key: "health",
    title: "Health",
    value: ({ errors, warnings }) => errors * 1_000 + warnings,
    format: ({ id, errors, warnings }) => (
      <ScopeLink to="deliver/health" search={{ initiative: id }} inherit c="inherit" display="block" miw={100}>
        <HealthCount errors={errors} warnings={warnings} />
      </ScopeLink>
    ),
  },
  { key: "phase", title: "Phase", value: ({ activePhases }) => describePhases(activePhases) },
  {
    key: "done",
    title: "Progress",
    value: ({ done, effort }) => (effort > 0 ? done / effort : null),
    format: (initiative) => <Done initiative={initiative} />,
  },
  {
    key: "shares",
    title: "MoSCoW",
    value: ({ shares }) => shares?.must ?? null,
    format: ({ shares }) => <SharesBar shares={shares} />,
  },
  {
    key: "timebox",
    title: "Timebox",
    value: ({ timebox }) => timebox?.start ?? null,
    format: (initiative) => <Now initiative={initiative} />,
  },
  {
    key: "verdict",
    title: "Effect",
    value: ({ verdicts }) => verdicts.at(-1) ?? null,
    format: ({ verdicts }) => <Verdicts verdicts={verdicts} />,
  },
];

function valueColumn(currency: string): SummaryColumn {
  return {
    key: "value",
    title: `Value a month${currency === "" ? "" : `, ${currency}`}`,
    align: "right",
    value: ({ value }) => value,
    format: ({ value }) => formatCount(value),
  };
}

/** What can still be steered first. */
const rank = ({ state }: InitiativeSummary) => (state === "active" ? 0 : 1);

export function InitiativesTable({ portfolio }: { readonly portfolio: Portfolio }) {
  const { initiatives, currency } = portfolio;
  return (
    <Paper component="section" withBorder p="md" aria-label="Initiatives">
      <Group justify="space-between" mb="sm">
        <Title order={2}>Initiatives</Title>
        <Text size="sm" c="dimmed">
          {formatCountOf(initiatives.length, "initiative")}
        </Text>
      </Group>
      {initiatives.length === 0 ? (
        <Text size="sm" c="dimmed">
          None yet. Make one of a finding below, or start with “New initiative”.
        </Text>
      ) : (
        <DataTable
          caption="Initiatives"
          hideCaption
          columns={[...COLUMNS, valueColumn(currency)]}
          rows={initiatives.toSorted((a, b) => rank(a) - rank(b))}
          rowKey={({ id }) => String(id)}
          maxHeight={720}
        />
      )}
    </Paper>
  );
}
