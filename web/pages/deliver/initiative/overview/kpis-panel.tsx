/**
 * The KPIs that the initiative shall move: where each stood, what it shall reach, where it stands now.
 * Baseline and target are set in kpi-dialog.tsx; trends are on the KPIs page.
 */
import { Group, Stack, Text } from "@mantine/core";
import { useAnswer } from "../../../../api/use-answer.ts";
import { type Column, DataTable } from "../../../../ui/data-table.tsx";
import { formatValue, NONE } from "../../../../ui/format.ts";
import { describeInterval } from "../../../../ui/interval.tsx";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { type Kpi, type KpiFacts, unitOf, useKpiFacts } from "../../../measure/kpi-facts.ts";
import { describeKpi } from "../../../measure/kpi-words.ts";
import { ActionButton } from "../act/action-button.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Nothing, Section } from "../section.tsx";
import { type InitiativeFacts, useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { KpiForm } from "./kpi-dialog.tsx";
import type { InitiativeKpi } from "./kpi-form.ts";

interface Row extends InitiativeKpi {
  readonly title: string;
  readonly unit: string;
  readonly now: Kpi | undefined;
}

function rowsOf(kpis: readonly InitiativeKpi[], facts: KpiFacts, measured: readonly Kpi[] | undefined): Row[] {
  return kpis.map((own) => {
    const now = measured?.find(({ id }) => id === own.kpi);
    return { ...own, title: facts.define(own.kpi).title, unit: unitOf(now), now };
  });
}

/** An interval is not broken into single words. */
const CELL = { minInlineSize: 150 } as const;

function BaselineCell({ row, day }: { readonly row: Row; readonly day: InitiativeFacts["day"] }) {
  const { baseline, unit } = row;
  if (!baseline) return <WordBadge color="red">no baseline</WordBadge>;
  const { value, low, high, n, at } = baseline;
  const basis = n === null ? "typed in" : describeInterval({ low, high, unit, n });
  return (
    <div style={CELL}>
      <Text size="sm">{formatValue(value, unit)}</Text>
      <Text size="xs" c="dimmed">
        {basis}, {day(at)}
      </Text>
    </div>
  );
}

function NowCell({ row: { now, unit } }: { readonly row: Row }) {
  if (!now) return <>{NONE}</>;
  return (
    <div style={CELL}>
      <Text size="sm">{formatValue(now.value, unit)}</Text>
      <Text size="xs" c="dimmed">
        {describeKpi(now, unit)}
      </Text>
    </div>
  );
}

function Actions({ row }: { readonly row: Row }) {
  return (
    <Group gap={6}>
      <Dialog
        label="Baseline and target"
        name={`Baseline and target of ${row.title}`}
        title={row.title}
        size="compact-xs"
      >
        {(close) => <KpiForm own={row} onDone={close} />}
      </Dialog>
      <ActionButton
        action={{ type: "remove-kpi", kpi: row.kpi }}
        name={`Take it away: ${row.title}`}
        size="compact-xs"
        variant="subtle"
      >
        Take it away
      </ActionButton>
    </Group>
  );
}

function columnsFor(day: InitiativeFacts["day"]): Column<Row>[] {
  return [
    {
      key: "kpi",
      title: "KPI",
      value: ({ title }) => title,
      format: ({ kpi, title }) => (
        <ScopeLink to="measure/kpis" search={{ kpi }} inherit>
          {title}
        </ScopeLink>
      ),
    },
    {
      key: "baseline",
      title: "Baseline",
      value: ({ baseline }) => baseline?.value ?? null,
      format: (row) => <BaselineCell row={row} day={day} />,
    },
    {
      key: "target",
      title: "Target",
      value: ({ target }) => target,
      format: ({ target, unit }) =>
        target === null ? <WordBadge color="red">no target</WordBadge> : formatValue(target, unit),
    },
    { key: "now", title: "Now", value: ({ now }) => now?.value ?? null, format: (row) => <NowCell row={row} /> },
    { key: "actions", title: "Change", value: () => null, format: (row) => <Actions row={row} /> },
  ];
}

export function KpisPanel() {
  const { initiative, day } = useInitiative();
  const facts = useKpiFacts();
  const { data } = useAnswer("kpis", {}, { enabled: initiative.kpis.length > 0 });
  return (
    <Section
      title="KPIs it shall move"
      actions={
        <Dialog label="Add a KPI" title="Which number shall it move?">
          {(close) => <KpiForm onDone={close} />}
        </Dialog>
      }
    >
      <Stack gap="xs">
        {initiative.kpis.length === 0 ? (
          <Nothing>None yet. Choose the numbers by which you will see whether it helped, and measure them now.</Nothing>
        ) : (
          <DataTable
            caption="KPIs of the initiative"
            hideCaption
            columns={columnsFor(day)}
            rows={rowsOf(initiative.kpis, facts, data?.kpis)}
            rowKey={({ kpi }) => kpi}
          />
        )}
      </Stack>
    </Section>
  );
}
