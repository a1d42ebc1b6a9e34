/**
 * What can be seen before anything is saved: the number as it is, how many units and weeks it takes, the smallest effect seen.
 */
import { Alert, Paper, Stack, Text, Title } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { formatCountOf } from "../../../ui/format.ts";
import { countUnits } from "./effect-words.ts";
import type { Question, Spoken } from "./metric-words.ts";

type Foreseen = Answer<"foresee-effect">;

/** The sentences of a foresight, as far as it goes. */
export function describeForesight({ baseline, foreseen }: Foreseen, question: Question, spoken: Spoken): string[] {
  const { unitsNeeded, days, weeks, unitsByStop, smallestEffect, power } = foreseen;
  const chance = `in ${Math.round(power * 100)} of 100 cases`;
  const least = spoken.size(question.minEffect);
  const sentences: (string | undefined)[] = [
    baseline
      ? `Without the change, ${spoken.name} is ${spoken.level(baseline.value)}${
          baseline.low === null || baseline.high === null
            ? ""
            : ` (95 %: ${spoken.level(baseline.low)} to ${spoken.level(baseline.high)})`
        }, n = ${countUnits(baseline.n, question)}.`
      : "What it is without the change is not known.",
    unitsNeeded === null || question.minEffect === 0
      ? undefined
      : `To see an effect of ${least} ${chance}, it takes ${countUnits(unitsNeeded, question)} in all${
          days === null ? "" : `: about ${formatCountOf(Math.ceil(days), "day")}`
        }${weeks === null ? "" : `, that is ${formatCountOf(weeks, "whole week")}`}.`,
    unitsByStop === null ? undefined : `By the stop date there will be about ${countUnits(unitsByStop, question)}.`,
    smallestEffect === null
      ? undefined
      : `The smallest effect seen by then, ${chance}, is ${spoken.size(smallestEffect)}.`,
  ];
  return sentences.filter((sentence) => sentence !== undefined);
}

/** Whether the stop date comes too early for what is worth having; undefined where it does not, or nobody knows. */
export function describeTooShort({ foreseen }: Foreseen, question: Question, spoken: Spoken): string | undefined {
  const { smallestEffect, weeks } = foreseen;
  if (smallestEffect === null || question.minEffect === 0 || smallestEffect <= question.minEffect) return undefined;
  const longer = weeks === null ? "" : ` It takes ${formatCountOf(weeks, "whole week")} after the switch-on.`;
  return `An effect of ${spoken.size(question.minEffect)} would most likely be missed and come out as inconclusive.${longer}`;
}

export function Foresight({ question, spoken }: { readonly question: Question; readonly spoken: Spoken }) {
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
