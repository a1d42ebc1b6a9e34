/**
 * Exceptions: what the team cannot settle within its timebox, put before the project manager, the visionary or the sponsor.
 * Only a granted one lets a timebox's end move, and that is done on its board.
 */
import { Group, Radio, Text } from "@mantine/core";
import { useState } from "react";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { EXCEPTION_ROLES, ROLE_FACTS } from "../../../../../src/domain/dsdm/role.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { WordsField } from "../../../../ui/words-field.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Awaited, AwaitedList } from "../awaited.tsx";
import { Byline, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { TimeboxField } from "./timebox-field.tsx";

type Exception = Initiative["exceptions"][number];

function RaiseForm({ onDone }: { readonly onDone: () => void }) {
  const [text, setText] = useState("");
  const [timebox, setTimebox] = useState<number | null>(null);
  return (
    <ActionForm
      type="raise-exception"
      make={() => ({ type: "raise-exception", text: text.trim(), timebox })}
      lacks={text.trim() === "" ? ["what cannot be kept, and what is asked"] : []}
      submit="Raise it"
      onDone={onDone}
      onCancel={onDone}
    >
      <WordsField label="What cannot be kept, and what is asked" required minRows={3} value={text} onChange={setText} />
      <TimeboxField label="Timebox" none="the whole initiative" value={timebox} onChange={setTimebox} />
    </ActionForm>
  );
}

const WHO = EXCEPTION_ROLES.map((role) => ROLE_FACTS[role].name.toLowerCase());

function AnswerForm({ id, onDone }: { readonly id: number; readonly onDone: () => void }) {
  const [text, setText] = useState("");
  const [granted, setGranted] = useState<boolean>();
  const lacks = [
    ...(granted === undefined ? ["whether it is granted"] : []),
    ...(text.trim() === "" ? ["an answer"] : []),
  ];
  return (
    <ActionForm
      type="answer-exception"
      make={() => ({ type: "answer-exception", exception: id, text: text.trim(), granted: granted === true })}
      lacks={lacks}
      submit="Answer"
      onDone={onDone}
      onCancel={onDone}
    >
      <Text size="sm" c="dimmed">
        It is answered by the {WHO.join(", the ").replace(/, the ([^,]*)$/u, " or the $1")}: your name has to be that of
        one of them.
      </Text>
      <Radio.Group
        label="Is it granted?"
        value={granted === undefined ? "" : granted ? "yes" : "no"}
        onChange={(next) => setGranted(next === "yes")}
      >
        <Group gap="md" mt={6}>
          <Radio value="yes" label="granted" />
          <Radio value="no" label="refused" />
        </Group>
      </Radio.Group>
      <WordsField label="Answer" required value={text} onChange={setText} />
    </ActionForm>
  );
}

function ExceptionItem({ exception }: { readonly exception: Exception }) {
  const { initiative, day } = useInitiative();
  const { id, at, author, text, timebox, answer } = exception;
  return (
    <Awaited
      head={
        <>
          <WordBadge color={answer === null ? "orange" : answer.granted ? "teal" : "red"}>
            {answer === null ? "waits for an answer" : answer.granted ? "granted" : "refused"}
          </WordBadge>
          <Byline>
            {author}, {day(at)}
            {timebox !== null && (
              <>
                {" · "}
                <ScopeLink to="deliver/timebox" search={{ initiative: initiative.id, timebox }} inherit>
                  timebox {timebox}
                </ScopeLink>
              </>
            )}
          </Byline>
        </>
      }
      text={text}
      answer={
        answer && (
          <>
            <Words>Answer: {answer.text}</Words>
            <Byline>
              {answer.author}, {day(answer.at)}
            </Byline>
          </>
        )
      }
      ask={{
        ...{ label: "Answer it", title: "Answer the exception" },
        form: (close) => <AnswerForm id={id} onDone={close} />,
      }}
    />
  );
}

export function Exceptions() {
  const { initiative } = useInitiative();
  return (
    <AwaitedList
      title="Exceptions"
      add={{ label: "Raise an exception", form: (close) => <RaiseForm onDone={close} /> }}
      nothing="None. When a Must cannot be met even after dropping Coulds and Shoulds, the team raises one."
    >
      {initiative.exceptions.toReversed().map((exception) => (
        <ExceptionItem key={exception.id} exception={exception} />
      ))}
    </AwaitedList>
  );
}
