/**
 * A form that changes the initiative: its fields are the children; the author, the reason, and what went wrong are here.
 */
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { type FormEvent, type ReactNode, useState } from "react";
import { WordsField } from "../../../ui/words-field.tsx";
import { useAuthorGate } from "../author/author-gate.tsx";
import { explainRefusal } from "./refusal-words.ts";
import { useTimebox } from "./timebox-context.ts";
import { type Send, useSend } from "./use-send.ts";

export interface ActionFormProps {
  /** What is sent; more than one action goes one after the other. */
  readonly change: (send: Send, reason: string) => Promise<unknown>;
  /** Words on the button. */
  readonly submit: string;
  /** Label of the reason; left out: none is asked for. It is required. */
  readonly reason?: string;
  /** False while a field lacks what it needs. */
  readonly ready?: boolean;
  readonly color?: string;
  /** Said once it is through; default "Saved." */
  readonly saved?: string;
  readonly onDone?: () => void;
  readonly onCancel?: () => void;
  readonly children?: ReactNode;
}

function useChanging({ change, onDone }: Pick<ActionFormProps, "change" | "onDone">, reason: string) {
  const { initiative } = useTimebox();
  const sendAs = useSend(initiative.id);
  return useMutation<unknown, Error, string>({
    mutationFn: (author) => change(sendAs(author), reason),
    onSuccess: () => onDone?.(),
  });
}

interface ReasonProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly focus?: boolean;
}

export function ReasonInput({ label, value, onChange, focus = false }: ReasonProps) {
  return (
    <WordsField
      label={label}
      description="It stays in the record, with your name and the time."
      required
      longest={2_000}
      data-autofocus={focus || undefined}
      value={value}
      onChange={onChange}
    />
  );
}

export function ActionForm(props: ActionFormProps) {
  const { submit, reason: reasonLabel, ready = true, color, saved = "Saved.", onCancel, children } = props;
  const [reason, setReason] = useState("");
  const changing = useChanging(props, reason);
  const { withAuthor, question } = useAuthorGate();
  const lacking = !ready || (reasonLabel !== undefined && reason.trim() === "");
  const begin = (event: FormEvent): void => {
    event.preventDefault();
    if (!lacking) withAuthor((author) => changing.mutate(author, { onSuccess: () => setReason("") }));
  };
  return (
    <>
      <form onSubmit={begin}>
        <Stack gap="sm">
          {children}
          {reasonLabel !== undefined && <ReasonInput label={reasonLabel} value={reason} onChange={setReason} />}
          <Group gap="xs">
            <Button type="submit" loading={changing.isPending} disabled={lacking} {...(color ? { color } : {})}>
              {submit}
            </Button>
            {onCancel && (
              <Button variant="default" onClick={onCancel}>
                Leave it
              </Button>
            )}
            <Text size="sm" c="dimmed" role="status" aria-live="polite">
              {changing.isSuccess ? saved : ""}
            </Text>
          </Group>
          {changing.isError && (
            <Alert color="red" variant="light" title="This was not saved" role="alert">
              {explainRefusal(changing.error)}
            </Alert>
          )}
        </Stack>
      </form>
      {question}
    </>
  );
}
