/**
 * What can be seen before anything is saved: the number as it is, how many units and weeks it takes, the smallest effect seen.
 */
import { Alert, Paper, Stack, Text, Title } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { describeForesight, describeTooShort } from "./foresight-words.ts";
import type { Question, Spoken } from "./metric-words.ts";

function Foresight({ question, spoken }: { readonly question: Question; readonly spoken: Spoken }) {
  const query = useAnswer("foresee-effect", question);
  return (
    <AnswerView query={query} height={120}>
      {(foresight) => {
        const short = describeTooShort(foresight, question, spoken);
        return (
          <Stack gap="xs" data-testid="foresight">
            {describeForesight(foresight, question, spoken).map((sentence) => (
              <Text size="sm" key={sentence}>
                {sentence}
              </Text>
            ))}
            {foresight.foreseen.reason !== null && (
              <Text size="sm" c="dimmed">
                {foresight.foreseen.reason}
              </Text>
            )}
            {short !== undefined && (
              <Alert color="orange" variant="outline" title="Too short for what you look for">
                {short}
              </Alert>
            )}
          </Stack>
        );
      }}
    </AnswerView>
  );
}

interface PanelProps {
  readonly question: Question | string;
  readonly missing: readonly string[];
  readonly spoken: Spoken;
}

export function ForesightPanel({ question, missing, spoken }: PanelProps) {
  const waits =
    missing.length > 0
      ? `Say ${missing.join(", ")}; then it is told here how long it takes.`
      : typeof question === "string"
        ? question
        : undefined;
  return (
    <Paper component="section" withBorder p="md" aria-label="What will be seen" aria-live="polite">
      <Stack gap="sm" maw={760}>
        <Title order={2}>What will be seen</Title>
        {waits !== undefined || typeof question === "string" ? (
          <Text size="sm" c="dimmed">
            {waits}
          </Text>
        ) : (
          <Foresight question={question} spoken={spoken} />
        )}
      </Stack>
    </Paper>
  );
}
