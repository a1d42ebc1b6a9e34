/**
 * Everything that was kept: what waits for somebody first, then the newest.
 */
import { Alert, Group, List, Paper, Stack, Text } from "@mantine/core";
import { IconHourglass } from "@tabler/icons-react";
import { FINDING_STATUSES, type FindingStatus } from "../../../../src/domain/finding.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope, useSetSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { type Column, DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCountOf, formatDay, NONE } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { Choice } from "../../map/views/choice.tsx";
import { describeMeasure, type Finding } from "./finding-words.ts";
import { readQuestion, STATUS_WORDS } from "./findings-search.ts";
import { StatusBadges } from "./status-badge.tsx";

function FindingLink({ finding: { id, title } }: { readonly finding: Finding }) {
  return (
    <ScopeLink to="diagnose/findings" search={{ finding: id }} inherit fw={600}>
      {title}
    </ScopeLink>
  );
}

/** Raised: nobody did anything about these. */
export function Waiting({ findings }: { readonly findings: readonly Finding[] }) {
  const waiting = findings.filter((finding) => finding.waiting);
  if (waiting.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="outline"
      icon={<IconHourglass aria-hidden />}
      title={`${formatCountOf(waiting.length, "finding")} ${waiting.length === 1 ? "waits" : "wait"} for somebody`}
      data-testid="waiting"
    >
      <List size="sm" spacing={4}>
        {waiting.map((finding) => (
          <List.Item key={finding.id}>
            <FindingLink finding={finding} /> ({STATUS_WORDS[finding.status]}, {finding.owner ?? "without an owner"})
          </List.Item>
        ))}
      </List>
    </Alert>
  );
}

function columnsFor(zone: string): Column<Finding>[] {
  return [
    {
      key: "title",
      title: "Finding",
      value: ({ title }) => title,
      format: (finding) => <FindingLink finding={finding} />,
    },
    {
      key: "status",
      title: "Status",
      value: ({ status }) => FINDING_STATUSES.indexOf(status),
      format: (finding) => <StatusBadges finding={finding} />,
    },
    { key: "owner", title: "Owner", value: ({ owner }) => owner, format: ({ owner }) => owner ?? NONE },
    {
      key: "effect",
      title: "Its newest numbers",
      value: ({ measures }) => measures.at(-1)?.effect ?? null,
      format: ({ measures, question }) => describeMeasure(measures.at(-1), readQuestion(question).moment.of ?? null),
    },
    {
      key: "action",
      title: "Last acted on",
      value: ({ lastActionAt }) => lastActionAt,
      format: ({ lastActionAt }) => formatDay(lastActionAt, zone),
    },
  ];
}

function NoFindings() {
  return (
    <EmptyState
      title="Nothing has been kept yet"
      actions={
        <Group gap="md" justify="center">
          <ScopeLink to="diagnose/moments">See the moments of truth</ScopeLink>
          <ScopeLink to="diagnose/pain-points">See the pain points</ScopeLink>
        </Group>
      }
    >
      A finding is a result that somebody should act on. Open a moment of truth or a pain point and press “Keep as a
      finding”: its numbers, status, owner and comments then stand here.
    </EmptyState>
  );
}

const ALL = "all" as const;
const STATUSES: readonly { readonly value: FindingStatus | typeof ALL; readonly label: string }[] = [
  { value: ALL, label: "all" },
  ...FINDING_STATUSES.map((value) => ({ value, label: STATUS_WORDS[value] })),
];

function Listed({
  findings,
  status,
}: {
  readonly findings: readonly Finding[];
  readonly status: FindingStatus | undefined;
}) {
  const set = useSetSearch();
  const { data: extent } = useAnswer("extent", {});
  const shown = status === undefined ? findings : findings.filter((finding) => finding.status === status);
  return (
    <Paper component="section" withBorder p="md" aria-label="All findings">
      <Group justify="space-between" mb="sm">
        <Choice
          label="Status"
          value={status ?? ALL}
          options={STATUSES}
          onChange={(next) => set({ status: next === ALL ? undefined : next })}
        />
        <Text size="sm" c="dimmed">
          {formatCountOf(shown.length, "finding")}
        </Text>
      </Group>
      <DataTable
        caption="Findings"
        hideCaption
        columns={columnsFor(extent?.zone ?? "UTC")}
        rows={shown}
        rowKey={({ id }) => String(id)}
        maxHeight={720}
      />
    </Paper>
  );
}

export function FindingList({ status }: { readonly status: FindingStatus | undefined }) {
  const { workspace } = useScope();
  const query = useAnswer("findings", {});
  return (
    <AnswerView
      key={workspace}
      query={query}
      height={320}
      empty={({ findings }) => (findings.length === 0 ? <NoFindings /> : undefined)}
    >
      {({ findings }) => (
        <Stack gap="md">
          <Waiting findings={findings} />
          <Listed findings={findings} status={status} />
        </Stack>
      )}
    </AnswerView>
  );
}
