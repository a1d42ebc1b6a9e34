/**
 * What people said about what they were shown, and the decision that each piece of feedback led to.
 */
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Awaited, AwaitedList } from "../awaited.tsx";
import { Byline, Words } from "../section.tsx";
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
      <WordsField label="What was said" required minRows={3} value={text} onChange={setText} />
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
      <WordsField
        label="What is done about it"
        description="Also “nothing”, with why"
        required
        value={text}
        onChange={setText}
      />
    </ActionForm>
  );
}

function FeedbackItem({ feedback }: { readonly feedback: Feedback }) {
  const { day } = useInitiative();
  const { id, at, author, text, negative, timebox, decision } = feedback;
  return (
    <Awaited
      head={
        <>
          {negative && <WordBadge color="red">negative</WordBadge>}
          <WordBadge color={decision ? "teal" : "orange"}>{decision ? "decided" : "no decision yet"}</WordBadge>
          <Byline>
            {author}, {day(at)}
            {timebox !== null && ` · timebox ${timebox}`}
          </Byline>
        </>
      }
      text={text}
      answer={
        decision && (
          <>
            <Words>Decision: {decision.text}</Words>
            <Byline>
              {decision.author}, {day(decision.at)}
            </Byline>
          </>
        )
      }
      ask={{
        ...{ label: "Decide", name: "Decide on", title: "What came of the feedback?" },
        form: (close) => <DecideForm id={id} onDone={close} />,
      }}
    />
  );
}

export function FeedbackPanel() {
  const { initiative } = useInitiative();
  return (
    <AwaitedList
      title="Feedback and what came of it"
      add={{ label: "Add feedback", form: (close) => <GiveForm onDone={close} /> }}
      nothing="None yet. Write down what people say in a review; each piece asks for a decision."
    >
      {initiative.feedback.toReversed().map((feedback) => (
        <FeedbackItem key={feedback.id} feedback={feedback} />
      ))}
    </AwaitedList>
  );
}
