/**
 * The end of every form that changes something: its button, what is still missing, what went wrong; and the field for a reason.
 */
import { Alert, Button, Group, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { WordsField } from "../../../../ui/words-field.tsx";

export function Refused({ error }: { readonly error: Error }) {
  return (
    <Alert color="red" variant="light" title="This was not changed" role="alert">
      {error.message}
    </Alert>
  );
}

export function ReasonField({ value, onChange }: { readonly value: string; readonly onChange: (to: string) => void }) {
  return (
    <WordsField
      label="Reason"
      description="Kept in the records for good"
      required
      longest={2_000}
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
  /** What is missing, as it continues "To go on, say …". */
  readonly lacks: readonly string[];
  /** What went wrong, shown as its sentence, or as the caller says. */
  readonly error: Error | null;
  readonly explained?: ReactNode | undefined;
  readonly onCancel?: (() => void) | undefined;
}

export function FormEnd(props: FormEndProps) {
  const { submit, color, isPending, isSuccess = false, lacks, error, explained, onCancel } = props;
  return (
    <>
      <Group gap="xs">
        <Button
          type="submit"
          loading={isPending}
          disabled={lacks.length > 0}
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
        {lacks.length > 0 ? `To go on, say ${lacks.join(" and ")}.` : isSuccess ? "Saved." : ""}
      </Text>
      {error && (explained ?? <Refused error={error} />)}
    </>
  );
}
