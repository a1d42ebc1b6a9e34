/**
 * The end of a running timebox and what may move it: exceptions about this timebox, raised, answered, and used once.
 */
import { Badge, Group, NativeSelect, Radio, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { findHolders, type Initiative } from "../../../../src/domain/dsdm/initiative.ts";
import { EXCEPTION_ROLES, ROLE_FACTS } from "../../../../src/domain/dsdm/role.ts";
import { formatMoment } from "../../../ui/format.ts";
import { WordsField } from "../../../ui/words-field.tsx";
import { Dialog } from "../initiative/act/dialog.tsx";
import { Byline, Words } from "../initiative/section.tsx";
import { formatPlainDay } from "../priority-words.ts";
import { PlainList } from "../views/plain-list.tsx";
import { ActionForm } from "./action-form.tsx";
import { useTimebox } from "./timebox-context.ts";

type Exception = Initiative["exceptions"][number];

/** "Ana (business visionary), Ben (project manager)"; says when there is nobody. */
function nameAnswerers(initiative: Initiative): string {
  const names = EXCEPTION_ROLES.flatMap((role) =>
    findHolders(initiative, role).map((person) => `${person} (${ROLE_FACTS[role].name.toLowerCase()})`),
  );
  return names.length === 0 ? "nobody yet: assign a project manager, visionary or sponsor" : names.join(", ");
}

export function RaiseExceptionForm({ close }: { readonly close: () => void }) {
  const { timebox, initiative } = useTimebox();
  const [text, setText] = useState("");
  return (
    <ActionForm
      submit="Raise the exception"
      ready={text.trim() !== ""}
      change={(send) => send({ type: "raise-exception", text: text.trim(), timebox: timebox.id })}
      onDone={close}
      onCancel={close}
    >
      <WordsField
        label="What is asked, and why there is no other way"
        description={`Answered by ${nameAnswerers(initiative)}.`}
        required
        minRows={3}
        data-autofocus
        value={text}
        onChange={setText}
      />
    </ActionForm>
  );
}

function AnswerForm({ exception, close }: { readonly exception: Exception; readonly close: () => void }) {
  const { initiative } = useTimebox();
  const [text, setText] = useState("");
  const [granted, setGranted] = useState<"yes" | "no">();
  return (
    <ActionForm
      submit="Answer it"
      ready={text.trim() !== "" && granted !== undefined}
      change={(send) =>
        send({ type: "answer-exception", exception: exception.id, text: text.trim(), granted: granted === "yes" })
      }
      onDone={close}
      onCancel={close}
    >
      <Words>{exception.text}</Words>
      <Text size="sm" c="dimmed">
        It can be answered by {nameAnswerers(initiative)}. The answer is recorded under your name.
      </Text>
      <Radio.Group
        label="Is it granted?"
        value={granted ?? null}
        onChange={(value) => setGranted(value === "yes" ? "yes" : "no")}
      >
        <Group mt={4}>
          <Radio value="yes" label="Granted" />
          <Radio value="no" label="Not granted" />
        </Group>
      </Radio.Group>
      <WordsField label="Answer" required value={text} onChange={setText} />
    </ActionForm>
  );
}

function MoveEndForm({ usable, close }: { readonly usable: readonly Exception[]; readonly close: () => void }) {
  const { timebox } = useTimebox();
  const [end, setEnd] = useState(timebox.end);
  const [exception, setException] = useState(usable[0]?.id ?? 0);
  return (
    <ActionForm
      submit="Move the end"
      reason="Why the end moves"
      ready={end !== "" && end !== timebox.end}
      change={(send, reason) => send({ type: "move-end", timebox: timebox.id, end, exception }, reason)}
      onDone={close}
      onCancel={close}
    >
      <NativeSelect
        label="By which exception"
        data={usable.map(({ id, text }) => ({ value: String(id), label: `${id}: ${text.slice(0, 80)}` }))}
        value={String(exception)}
        onChange={(event) => setException(Number(event.currentTarget.value))}
      />
      <TextInput
        type="date"
        label="New last day"
        description={`Now ${formatPlainDay(timebox.end)}. Health will report the move (rule 11).`}
        required
        value={end}
        onChange={(event) => setEnd(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

function describeAnswer({ answer }: Exception): string {
  if (!answer) return "waits for an answer";
  return answer.granted ? "granted" : "not granted";
}

function ExceptionItem({ exception }: { readonly exception: Exception }) {
  const { zone } = useTimebox();
  const { answer, at, author, id, text } = exception;
  return (
    <Stack component="li" gap={4} data-exception={id}>
      <Group gap="xs">
        <Badge variant="light" tt="none" color={answer ? (answer.granted ? "teal" : "gray") : "orange"}>
          {describeAnswer(exception)}
        </Badge>
        <Byline>
          Exception {id} · {author}, {formatMoment(at, zone)}
        </Byline>
      </Group>
      <Words>{text}</Words>
      {answer && (
        <>
          <Byline>
            {answer.author}, {formatMoment(answer.at, zone)}
          </Byline>
          <Words>{answer.text}</Words>
        </>
      )}
      {!answer && (
        <Group>
          <Dialog label="Answer it" name={`Answer it: exception ${id}`} title={`Answer exception ${id}`}>
            {(close) => <AnswerForm exception={exception} close={close} />}
          </Dialog>
        </Group>
      )}
    </Stack>
  );
}

/** Granted for this timebox, and not used yet. */
function findUsable({ exceptions, timeboxes }: Initiative, timebox: number): readonly Exception[] {
  const used = new Set(timeboxes.flatMap(({ moves }) => moves.map(({ exception }) => exception)));
  return exceptions.filter((one) => one.timebox === timebox && one.answer?.granted === true && !used.has(one.id));
}

export function EndPart() {
  const { timebox, initiative } = useTimebox();
  const own = initiative.exceptions.filter((one) => one.timebox === timebox.id);
  const running = timebox.state === "running";
  const usable = findUsable(initiative, timebox.id);
  if (!running && own.length === 0) return null;
  return (
    <Stack gap="sm" component="section" aria-label="The end and its exceptions">
      {own.length > 0 && (
        <PlainList gap="sm" data-testid="exceptions">
          {own.map((one) => (
            <ExceptionItem key={one.id} exception={one} />
          ))}
        </PlainList>
      )}
      {running && (
        <Group gap="xs">
          {usable.length > 0 && (
            <Dialog label="Move the end" title="Move the end of the timebox" size="sm">
              {(close) => <MoveEndForm usable={usable} close={close} />}
            </Dialog>
          )}
          <Dialog label="Raise an exception" title="Raise an exception" size="sm">
            {(close) => <RaiseExceptionForm close={close} />}
          </Dialog>
          {usable.length === 0 && (
            <Text size="xs" c="dimmed">
              The end moves only with an exception that was granted for this timebox.
            </Text>
          )}
        </Group>
      )}
    </Stack>
  );
}
