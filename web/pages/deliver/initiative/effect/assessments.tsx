/**
 * The benefits assessments so far, the newest first, each with the numbers as they stood; and the way to write one.
 */
import { Group, Stack, Text } from "@mantine/core";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import type { Verdict } from "../../../measure/effects/effect-words.ts";
import { VerdictBadge } from "../../../measure/effects/verdict-badge.tsx";
import { PlainList } from "../../views/plain-list.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline, Nothing, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { AssessForm } from "./assess-form.tsx";
import { useMeasured } from "./use-measured.ts";

type Assessment = Initiative["assessments"][number];

interface AssessmentItemProps {
  readonly assessment: Assessment;
  readonly describe: ReturnType<typeof useMeasured>["describe"];
}

function AssessmentItem({ assessment, describe }: AssessmentItemProps) {
  const { report, day } = useInitiative();
  const { at, author, text, effects, decision } = assessment;
  return (
    <Stack component="li" gap={4} data-testid="assessment">
      <Byline>
        {author}, {day(at)}
      </Byline>
      <Words>{text}</Words>
      {effects.map((numbers) => (
        <Group key={numbers.effect} gap="xs">
          <VerdictBadge verdict={numbers.verdict as Verdict} />
          <Text size="sm" component="div">
            <ScopeLink to="measure/effects" search={{ effect: numbers.effect }} inherit>
              {report.effects.find(({ id }) => id === numbers.effect)?.name ?? `measurement ${numbers.effect}`}
            </ScopeLink>
            : {describe(numbers.effect, numbers)}
          </Text>
        </Group>
      ))}
      {decision !== null && <Words>Decided: {decision}</Words>}
    </Stack>
  );
}

export function Assessments() {
  const { initiative } = useInitiative();
  const { effects, describe, loaded } = useMeasured();
  return (
    <Section
      title="Benefits assessment"
      actions={
        <Dialog label="Assess the benefits" title="Benefits assessment" variant="filled" disabled={!loaded} wide>
          {(close) => <AssessForm effects={effects} onDone={close} />}
        </Dialog>
      }
    >
      {initiative.assessments.length === 0 && (
        <Nothing>
          None yet. After the deployment it says what came of the initiative, from the registered measurements; a
          finding turns verified only by it.
        </Nothing>
      )}
      <PlainList gap="md">
        {initiative.assessments.toReversed().map((assessment) => (
          <AssessmentItem key={assessment.at} assessment={assessment} describe={describe} />
        ))}
      </PlainList>
    </Section>
  );
}
