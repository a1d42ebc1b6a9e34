/**
 * Findings that nobody has settled, the most promising first: what each costs, how sure that is, and an initiative a click away.
 */
import { Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { InitiativeSummary, Portfolio } from "../../../../src/domain/dsdm/report.ts";
import { amountPerMonth, type FindingStatus, findingStatusSchema } from "../../../../src/domain/finding.ts";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatValue, NONE } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { STATUS_WORDS } from "../../diagnose/findings/findings-search.ts";
import { useAuthorGate } from "../author/author-gate.tsx";
import { formatEffort } from "../priority-words.ts";
import { Failure } from "../views/failure.tsx";
import { describeConfidence, describeWorth, type Opportunity, unitOfEfforts } from "./portfolio-words.ts";
import { titleFrom, useNewInitiative } from "./use-new-initiative.ts";

function nameStatus(status: string): string {
  const known = findingStatusSchema.safeParse(status);
  return known.success ? STATUS_WORDS[known.data satisfies FindingStatus] : status;
}

function Finding({ opportunity: { finding } }: { readonly opportunity: Opportunity }) {
  return (
    <Stack gap={0} miw={200}>
      <ScopeLink to="diagnose/findings" search={{ finding: finding.id }} inherit fw={600}>
        {finding.title}
      </ScopeLink>
      <Text size="xs" c="dimmed">
        {nameStatus(finding.status)}
        {finding.waiting ? ", waits for somebody" : ""}
        {finding.claimed ? "" : ", not claimed on the newest data"}
      </Text>
    </Stack>
  );
}

interface ActProps {
  readonly opportunity: Opportunity;
  readonly initiatives: readonly InitiativeSummary[];
  readonly busy: boolean;
  readonly onStart: (opportunity: Opportunity) => void;
}

function Act({ opportunity, initiatives, busy, onStart }: ActProps) {
  const acting = initiatives.filter(({ id }) => opportunity.initiatives.includes(id));
  const label = acting.length === 0 ? "Make an initiative" : "Make another initiative";
  return (
    <Stack gap={4} miw={170} align="flex-start">
      {acting.map(({ id, title }) => (
        <ScopeLink key={id} to="deliver/initiative" search={{ id }} inherit>
          {title}
        </ScopeLink>
      ))}
      <Button
        size="compact-sm"
        variant="default"
        disabled={busy}
        aria-label={`${label}: ${opportunity.finding.title}`}
        onClick={() => onStart(opportunity)}
      >
        {label}
      </Button>
    </Stack>
  );
}

type Told = Omit<ActProps, "opportunity"> & { readonly currency: string };

function columnsFor(told: Told): Column<Opportunity>[] {
  return [
    {
      key: "finding",
      title: "Finding",
      value: ({ finding }) => finding.title,
      format: (opportunity) => <Finding opportunity={opportunity} />,
    },
    {
      key: "money",
      title: "Cost or gain",
      align: "right",
      value: ({ finding: { money, months } }) =>
        money === null ? null : Math.abs(amountPerMonth(money, months) ?? money),
      format: ({ finding }) => describeWorth(finding, told.currency),
    },
    {
      key: "reach",
      title: "Reach",
      align: "right",
      value: ({ finding }) => finding.reach,
      format: ({ finding }) => formatCount(finding.reach),
    },
    {
      key: "confidence",
      title: "Confidence",
      align: "right",
      value: ({ confidence }) => confidence,
      format: ({ confidence }) => describeConfidence(confidence),
    },
    {
      key: "effort",
      title: "Effort",
      align: "right",
      value: ({ effort }) => effort,
      format: (opportunity) => {
        const unit = unitOfEfforts(opportunity, told.initiatives);
        if (opportunity.effort === null) return NONE;
        return unit ? formatEffort(opportunity.effort, unit) : formatValue(opportunity.effort, "");
      },
    },
    {
      key: "act",
      title: "Acted on by",
      value: ({ initiatives }) => initiatives.length,
      format: (opportunity) => <Act opportunity={opportunity} {...told} />,
    },
  ];
}

function Listed({ portfolio }: { readonly portfolio: Portfolio }) {
  const { withAuthor, question } = useAuthorGate();
  const { start, isPending, error } = useNewInitiative();
  const { opportunities, initiatives, currency } = portfolio;
  const onStart = ({ finding }: Opportunity) =>
    withAuthor((author) => start({ title: titleFrom(finding.title), findings: [finding.id], author }));
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed" maw={860}>
        In the order of cost × confidence ÷ effort. Cost or gain, reach (touches) and confidence (1 − q) are those of
        the newest measurement; effort is that of the requirements which need the finding. A correlation is no promise:
        measure what you change.
      </Text>
      {error && <Failure title="The initiative was not started">{error.message}</Failure>}
      <DataTable
        caption="Opportunities"
        hideCaption
        columns={columnsFor({ initiatives, currency, busy: isPending, onStart })}
        rows={opportunities}
        rowKey={({ finding }) => String(finding.id)}
        maxHeight={600}
      />
      {question}
    </Stack>
  );
}

export function Opportunities({ portfolio }: { readonly portfolio: Portfolio }) {
  const { opportunities } = portfolio;
  return (
    <Paper component="section" withBorder p="md" aria-label="Opportunities">
      <Group justify="space-between" mb="sm">
        <Title order={2}>Opportunities</Title>
        <Text size="sm" c="dimmed">
          {formatCountOf(opportunities.length, "finding")}
        </Text>
      </Group>
      {opportunities.length === 0 ? (
        <Text size="sm" c="dimmed">
          Every finding is settled, or none was kept yet.{" "}
          <ScopeLink to="diagnose/moments" inherit>
            See the moments of truth
          </ScopeLink>{" "}
          and keep what somebody should act on.
        </Text>
      ) : (
        <Listed portfolio={portfolio} />
      )}
    </Paper>
  );
}
