/**
 * One finding: what it says, its numbers then and now, what people did about it.
 */
import { Alert, Anchor, Group, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { Comments } from "../../../ui/comments.tsx";
import { formatDay } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { CustomersButton } from "./customers-button.tsx";
import { FindingHistory } from "./finding-history.tsx";
import { FindingInitiatives } from "./finding-initiatives.tsx";
import { FindingQuestion } from "./finding-question.tsx";
import { describeMeasure, type Finding } from "./finding-words.ts";
import { readQuestion } from "./findings-search.ts";
import { StatusBadges } from "./status-badge.tsx";
import { StatusForm } from "./status-form.tsx";

function Head({ finding, zone }: { readonly finding: Finding; readonly zone: string }) {
  const { title, createdAt, lastActionAt, owner, status, reason, waiting, measures, question } = finding;
  const newest = measures.at(-1);
  return (
    <Paper component="section" withBorder p="md" aria-label="The finding">
      <Stack gap="xs">
        <Title order={2} data-testid="finding-title">
          {title}
        </Title>
        <Group gap="sm">
          <StatusBadges finding={finding} />
          <Text size="sm" c="dimmed">
            {owner === null ? "nobody owns it" : `owned by ${owner}`} · kept {formatDay(createdAt, zone)} · last acted
            on {formatDay(lastActionAt, zone)}
          </Text>
        </Group>
        {newest !== undefined && measures.length > 1 && (
          <Text size="sm">
            So it read when it was kept; now: {describeMeasure(newest, readQuestion(question).moment.of ?? null)}.
          </Text>
        )}
        {status === "dismissed" && reason !== null && <Text size="sm">Dismissed because: {reason}</Text>}
        {waiting && (
          <Alert color="orange" variant="outline" title="It waits for somebody">
            Nobody has acted on it for two weeks. Give it an owner, change its status, or say in a comment why it rests.
          </Alert>
        )}
        <FindingQuestion finding={finding} />
        <Group gap="md">
          <CustomersButton finding={finding} />
          <ScopeLink to="measure/effects" search={{ view: "plan", finding: finding.id }} fz="sm">
            Plan to measure a change that mends it
          </ScopeLink>
        </Group>
        <FindingInitiatives finding={finding} />
      </Stack>
    </Paper>
  );
}

export function FindingDetail({ id }: { readonly id: number }) {
  const set = useSetSearch();
  const query = useAnswer("finding", { id }, { keep: false });
  const { data: extent } = useAnswer("extent", {});
  const zone = extent?.zone ?? "UTC";
  return (
    <>
      <Anchor component="button" type="button" w="fit-content" onClick={() => set({ finding: undefined })}>
        ← All findings
      </Anchor>
      <AnswerView query={query} height={420}>
        {(finding) => (
          <Stack gap="md">
            <Head finding={finding} zone={zone} />
            <FindingHistory finding={finding} zone={zone} />
            <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md">
              <StatusForm finding={finding} />
              <Comments of="finding" id={finding.id} comments={finding.comments} />
            </SimpleGrid>
          </Stack>
        )}
      </AnswerView>
    </>
  );
}
