/**
 * How good the data are: what may be wrong with the events, the worst first, each with what to do; then everything that was checked.
 * It judges nothing itself; how a finding is made is in docs/data-quality.md.
 */
import { Alert, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { IconCircleCheck } from "@tabler/icons-react";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCountOf, formatDay } from "../../../ui/format.ts";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { ChecksTable, MonthsTable } from "./checks-table.tsx";
import { FindingCard } from "./finding-card.tsx";

type Quality = Answer<"quality">;

const GUIDE: GuideContent = {
  sentences: [
    "This page says what may be wrong with the data before you trust a number: gaps, doubles, impossible times, unknown customers.",
    "Silences are judged by the rhythm of the data themselves, so that a shop closed on Sundays has no gap.",
    "Nothing is changed or left out here: each finding says what was seen, why it matters, and what you can do.",
  ],
  example: { text: "See what came in, import by import.", to: "collect" },
};

function Nothing() {
  return (
    <EmptyState title="There are no data to check yet" actions={<ScopeLink to="collect">Bring data in</ScopeLink>}>
      After the first import this page says what is missing, doubled or impossible in it.
    </EmptyState>
  );
}

/** "2 serious, 1 warning, 3 notes" */
function describeFindings(findings: Quality["findings"]): string {
  const of = (wanted: string) => findings.filter(({ severity }) => severity === wanted).length;
  return `${of("serious")} serious, ${formatCountOf(of("warning"), "warning")}, ${formatCountOf(of("note"), "note")}`;
}

function AllClear({ quality }: { readonly quality: Quality }) {
  const done = quality.checked.filter(({ n }) => n > 0).length;
  return (
    <Alert color="teal" variant="outline" icon={<IconCircleCheck aria-hidden />} title="Nothing was found">
      {formatCountOf(done, "check")} of {formatCountOf(quality.records, "event")} found nothing to mend; what was
      checked is listed below.
    </Alert>
  );
}

function Report({ quality }: { readonly quality: Quality }) {
  const { findings, checked, unknownByMonth, records, imports, touchpoints, first, last, zone } = quality;
  const unknown = findings.some(({ kind }) => kind === "anonymous");
  return (
    <Stack gap="md" data-testid="quality">
      <Text>
        {formatCountOf(records, "event")} of {formatCountOf(touchpoints, "touchpoint")} from{" "}
        {formatCountOf(imports, "import")}
        {first !== null && last !== null && `, ${formatDay(first, zone)} – ${formatDay(last, zone)}`}.
      </Text>
      {findings.length === 0 ? (
        <AllClear quality={quality} />
      ) : (
        <Stack component="section" gap="sm" aria-label="What was found">
          <Group gap="sm" align="baseline">
            <Title order={2}>What was found</Title>
            <Text c="dimmed">{describeFindings(findings)}</Text>
          </Group>
          {findings.map((finding) => (
            <FindingCard key={`${finding.kind} ${finding.seen}`} finding={finding} />
          ))}
        </Stack>
      )}
      {unknown && unknownByMonth.length > 1 && <MonthsTable months={unknownByMonth} />}
      <Paper withBorder p="md" component="section" aria-label="What was checked">
        <Title order={2} mb="xs">
          What was checked
        </Title>
        <ChecksTable checked={checked} />
      </Paper>
    </Stack>
  );
}

export function QualityPage() {
  const query = useAnswer("quality", {});
  return (
    <PageFrame title="Data quality" subtitle="What may be wrong with the data, and what to do about it" guide={GUIDE}>
      <AnswerView query={query} height={480} empty={({ imports }) => (imports === 0 ? <Nothing /> : undefined)}>
        {(quality) => <Report quality={quality} />}
      </AnswerView>
    </PageFrame>
  );
}
