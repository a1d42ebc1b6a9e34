/**
 * The frame of every form that changes an initiative: its fields, the reason, its button, what is still missing, what went wrong.
 * What is sent, and how, is the form's matter.
 */
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import type { FormEvent, ReactNode } from "react";
import { WordsField } from "../../../ui/words-field.tsx";
import { explainRefusal } from "../timebox/refusal-words.ts";

export function Refused({ error }: { readonly error: Error }) {
  return (
    <Alert color="red" variant="light" title="This was not changed" role="alert">
      {explainRefusal(error)}
    </Alert>
  );
}

interface ReasonProps {
  readonly label?: string | undefined;
  readonly value: string;
  readonly onChange: (value: string) => void;
  /** Where a dialog begins. */
  readonly focus?: boolean;
}

export function ReasonField({ label = "Reason", value, onChange, focus = false }: ReasonProps) {
  return (
    <WordsField
      label={label}
      description="Kept in the records for good, with your name and the time"
      required
      longest={2_000}
      data-autofocus={focus || undefined}
      value={value}
      onChange={onChange}
    />
  );
}

interface FormEndProps {
  /** On the button. */
  readonly submit: string;
  readonly color?: string | undefined;
  readonly isPending: boolean;
  readonly isSuccess?: boolean;
  /** Said once it is through. */
  readonly saved?: string | undefined;
  /** What is missing, as it continues "To go on, say …". */
  readonly lacks?: readonly string[];
  /** Something is missing that the fields say themselves. */
  readonly disabled?: boolean;
  /** What went wrong, shown as its sentence, or as the caller says. */
  readonly error: Error | null;
  readonly explained?: ReactNode | undefined;
  readonly onCancel?: (() => void) | undefined;
}

function FormEnd(props: FormEndProps) {
  const { submit, color, isPending, isSuccess = false, saved = "Saved.", lacks = [], disabled = false } = props;
  const { error, explained, onCancel } = props;
  return (
    <>
      <Group gap="xs">
        <Button
          type="submit"
          loading={isPending}
          disabled={disabled || lacks.length > 0}
          {...(color === undefined ? {} : { color })}
        >
          {submit}
        </Button>
        {onCancel && (
          <Button variant="default" onClick={onCancel}>
            Leave it
          </Button>
        )}
      </Group>
      <Text size="sm" c="dimmed" role="status" aria-live="polite">
        {lacks.length > 0 ? `To go on, say ${lacks.join(" and ")}.` : isSuccess ? saved : ""}
      </Text>
      {error && (explained ?? <Refused error={error} />)}
    </>
  );
}

interface FormFrameProps extends FormEndProps {
  /** Called only when nothing is missing. */
  readonly onSubmit: () => void;
  /** Left out: none is asked for. */
  readonly reason?: ReasonProps | undefined;
  /** The question who makes the change. */
  readonly question: ReactNode;
  readonly children?: ReactNode;
}

export function FormFrame({ onSubmit, reason, question, children, ...end }: FormFrameProps) {
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    // A dialog stands inside the page's tree: a form around it is not meant.
    event.stopPropagation();
    if (!end.disabled && (end.lacks ?? []).length === 0) onSubmit();
  };
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="sm">
          {children}
          {reason && <ReasonField {...reason} />}
          <FormEnd {...end} />
        </Stack>
      </form>
      {question}
    </>
  );
}
