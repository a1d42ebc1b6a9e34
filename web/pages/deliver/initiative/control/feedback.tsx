/**
 * What people said about what they were shown, and the decision that each piece of feedback led to.
 */
import { Checkbox, Group, Stack, Textarea } from "@mantine/core";
import { useState } from "react";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline, Nothing, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { TimeboxField } from "./timebox-field.tsx";

type Feedback = Initiative["feedback"][number];

function GiveForm({ onDone }: { readonly onDone: () => void }) {
  const [text, setText] = useState("");
  const [negative, setNegative] = useState(false);
  const [timebox, setTimebox] = useState<number | null>(null);
  return (
    <ActionForm
      type="give-feedback"
      make={() => ({ type: "give-feedback", text: text.trim(), negative, timebox })}
      lacks={text.trim() === "" ? ["what was said"] : []}
      submit="Add it"
      onDone={onDone}
      onCancel={onDone}
    >
      <Textarea
        label="What was said"
        required
        autosize
        minRows={3}
        maxLength={5_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
      <Checkbox
        label="It is negative: something has to change"
        checked={negative}
        onChange={(event) => setNegative(event.currentTarget.checked)}
      />
      <TimeboxField label="About" none="the whole initiative" value={timebox} onChange={setTimebox} />
    </ActionForm>
  );
}

function DecideForm({ id, onDone }: { readonly id: number; readonly onDone: () => void }) {
  const [text, setText] = useState("");
  return (
    <ActionForm
      type="decide-feedback"
      make={() => ({ type: "decide-feedback", feedback: id, text: text.trim() })}
      lacks={text.trim() === "" ? ["what is done about it"] : []}
      submit="Record the decision"
      onDone={onDone}
      onCancel={onDone}
    >
      <Textarea
        label="What is done about it"
        description="Also “nothing”, with why"
        required
        autosize
        minRows={2}
        maxLength={5_000}
        value={text}
        onChange={(event) => setText(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

function FeedbackItem({ feedback }: { readonly feedback: Feedback }) {
  const { day } = useInitiative();
  const { id, at, author, text, negative, timebox, decision } = feedback;
  return (
    <Stack component="li" gap={4}>
      <Group gap="xs">
        {negative && <WordBadge color="red">negative</WordBadge>}
        <WordBadge color={decision ? "teal" : "orange"}>{decision ? "decided" : "no decision yet"}</WordBadge>
        <Byline>
          {author}, {day(at)}
          {timebox !== null && ` · timebox ${timebox}`}
        </Byline>
      </Group>
      <Words>{text}</Words>
      {decision ? (
        <>
          <Words>Decision: {decision.text}</Words>
          <Byline>
            {decision.author}, {day(decision.at)}
          </Byline>
        </>
      ) : (
        <div>
          <Dialog label="Decide" name={`Decide on: ${text}`} title="What came of the feedback?" size="compact-xs">
            {(close) => <DecideForm id={id} onDone={close} />}
          </Dialog>
        </div>
      )}
    </Stack>
  );
}

export function FeedbackPanel() {
  const { initiative } = useInitiative();
  return (
    <Section
      title="Feedback and what came of it"
      actions={
        <Dialog label="Add feedback" title="Add feedback">
          {(close) => <GiveForm onDone={close} />}
        </Dialog>
      }
    >
      {initiative.feedback.length === 0 && (
        <Nothing>None yet. Write down what people say in a review; each piece asks for a decision.</Nothing>
      )}
      <Stack component="ul" gap="md" m={0} p={0} style={{ listStyle: "none" }}>
        {initiative.feedback.toReversed().map((feedback) => (
          <FeedbackItem key={feedback.id} feedback={feedback} />
        ))}
      </Stack>
    </Section>
  );
}
