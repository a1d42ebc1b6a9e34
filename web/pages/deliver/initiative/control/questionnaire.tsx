/**
 * The questionnaire about how the initiative is going to be run: seventeen statements, in feasibility and again in foundations.
 * A weak statement asks for an action.
 */
import { Group, Radio, SegmentedControl, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { WEAK_SCORE } from "../../../../../src/domain/dsdm/questionnaire.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { PlainList } from "../../views/plain-list.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { describeProgress, listStatements, SCORE_WORDS, type Stage, type StatementRow } from "./questionnaire-rows.ts";

interface AnswerFormProps {
  readonly row: StatementRow;
  readonly stage: Stage;
  readonly onDone: () => void;
}

function AnswerForm({ row, stage, onDone }: AnswerFormProps) {
  const [score, setScore] = useState<number | undefined>(row.answer?.score);
  const [todo, setTodo] = useState(row.answer?.action ?? "");
  const action = todo.trim() === "" ? null : todo.trim();
  return (
    <ActionForm
      type="answer-questionnaire"
      make={() => ({ type: "answer-questionnaire", stage, statement: row.statement, score: score ?? 3, action })}
      lacks={score === undefined ? ["how far it holds"] : []}
      submit="Save"
      onDone={onDone}
      onCancel={onDone}
    >
      <Radio.Group
        label={row.text}
        value={score === undefined ? "" : String(score)}
        onChange={(next) => setScore(Number(next))}
      >
        <Stack gap={6} mt="xs">
          {[1, 2, 3, 4, 5].map((one) => (
            <Radio key={one} value={String(one)} label={`${one}: ${SCORE_WORDS[one]}`} />
          ))}
        </Stack>
      </Radio.Group>
      <WordsField
        label={
          score !== undefined && score <= WEAK_SCORE
            ? "What is done about it"
            : "What is done about it (may stay empty)"
        }
        value={todo}
        onChange={setTodo}
      />
    </ActionForm>
  );
}

function Statement({ row, stage }: { readonly row: StatementRow; readonly stage: Stage }) {
  const { day } = useInitiative();
  const { statement, text, answer, weak } = row;
  return (
    <Stack component="li" gap={4}>
      <Text size="sm">
        {statement}. {text}
      </Text>
      <Group gap="xs">
        {answer ? (
          <WordBadge color={weak ? "orange" : "teal"}>
            {answer.score}: {SCORE_WORDS[answer.score]}
          </WordBadge>
        ) : (
          <WordBadge outline>not answered</WordBadge>
        )}
        {weak && answer?.action === null && <WordBadge color="orange">needs an action</WordBadge>}
        {answer && (
          <Byline>
            {answer.author}, {day(answer.at)}
          </Byline>
        )}
        <Dialog
          label={answer ? "Answer anew" : "Answer"}
          name={`${answer ? "Answer anew" : "Answer"} statement ${statement}`}
          title={`Statement ${statement}`}
          size="compact-xs"
        >
          {(close) => <AnswerForm row={row} stage={stage} onDone={close} />}
        </Dialog>
      </Group>
      {answer?.action != null && <Words>Action: {answer.action}</Words>}
    </Stack>
  );
}

export function Questionnaire() {
  const { initiative } = useInitiative();
  const [stage, setStage] = useState<Stage>(initiative.baseline === null ? "feasibility" : "foundations");
  const rows = listStatements(initiative, stage);
  return (
    <Section
      title="Questionnaire"
      actions={
        <SegmentedControl
          aria-label="Stage"
          size="xs"
          data={[
            { value: "feasibility", label: "Feasibility" },
            { value: "foundations", label: "Foundations" },
          ]}
          value={stage}
          onChange={(next) => setStage(next as Stage)}
        />
      }
    >
      <Text size="sm" c="dimmed">
        {describeProgress(rows)}. It is answered in feasibility and again at the end of the business study
        (foundations).
      </Text>
      <PlainList gap="sm">
        {rows.map((row) => (
          <Statement key={`${stage} ${row.statement}`} row={row} stage={stage} />
        ))}
      </PlainList>
    </Section>
  );
}
