/**
 * A question measured at once, without having been registered: the numbers, and that nobody announced them.
 */
import { Alert, Anchor, Button, Group, Stack, Text } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import type { Report } from "./effect-words.ts";
import type { Question } from "./metric-words.ts";
import { isMadeByForm } from "./plan-form.ts";
import { useReportFacts } from "./report-facts.ts";
import { ReportBody, Sentence } from "./report-view.tsx";
import { UnregisteredBadge } from "./verdict-badge.tsx";

function Asked({ report, question }: { readonly report: Report; readonly question: Question }) {
  const facts = useReportFacts(report, question);
  const set = useSetSearch();
  return (
    <Stack gap="md">
      <Sentence facts={facts} badges={<UnregisteredBadge />}>
        <Alert color="orange" variant="outline" title="Measured without having been registered">
          <Text size="sm">
            What is measured, for how long and what would be worth having was not fixed beforehand. Whoever tries often
            enough finds something; keep that in mind, or plan the next measurement before its switch-on.
          </Text>
        </Alert>
        {isMadeByForm(question) && (
          <Group gap="sm">
            <Button variant="default" onClick={() => set({ view: "plan" })}>
              Change the question
            </Button>
          </Group>
        )}
      </Sentence>
      <ReportBody facts={facts} />
    </Stack>
  );
}

export function AskedEffect({ question }: { readonly question: Question }) {
  const set = useSetSearch();
  const query = useAnswer("estimate-effect", question);
  return (
    <>
      <Group gap="md">
        <Anchor component="button" type="button" onClick={() => set({ ask: undefined })}>
          ← All measurements
        </Anchor>
        {query.isError && isMadeByForm(question) && (
          <Anchor component="button" type="button" onClick={() => set({ view: "plan" })}>
            Change the question
          </Anchor>
        )}
      </Group>
      <AnswerView query={query} height={520}>
        {(report) => <Asked report={report} question={question} />}
      </AnswerView>
    </>
  );
}
