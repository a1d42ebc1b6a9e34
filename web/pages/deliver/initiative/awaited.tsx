/**
 * What waits for somebody's word: exceptions, feedback, constraints. The list of them with a form to add one, and one of them
 * with its answer, or with the form to give it.
 */
import { Group, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import { PlainList } from "../views/plain-list.tsx";
import { Dialog } from "./act/dialog.tsx";
import { Nothing, Section, Words } from "./section.tsx";

type Form = (close: () => void) => ReactNode;

interface AwaitedProps {
  /** State, who and when. */
  readonly head: ReactNode;
  readonly text: string;
  /** What was said to it; null while it waits. */
  readonly answer: ReactNode | null;
  /** `name`: what it is called before the text, where the button says less. */
  readonly ask: { readonly label: string; readonly name?: string; readonly title: string; readonly form: Form };
}

export function Awaited({ head, text, answer, ask }: AwaitedProps) {
  return (
    <Stack component="li" gap={4}>
      <Group gap="xs">{head}</Group>
      <Words>{text}</Words>
      {answer ?? (
        <div>
          <Dialog label={ask.label} name={`${ask.name ?? ask.label}: ${text}`} title={ask.title} size="compact-xs">
            {ask.form}
          </Dialog>
        </div>
      )}
    </Stack>
  );
}

interface AwaitedListProps {
  readonly title: string;
  readonly add: { readonly label: string; readonly form: Form };
  /** Said where there is none. */
  readonly nothing: string;
  readonly children: readonly ReactNode[];
}

export function AwaitedList({ title, add, nothing, children }: AwaitedListProps) {
  return (
    <Section
      title={title}
      actions={
        <Dialog label={add.label} title={add.label}>
          {add.form}
        </Dialog>
      }
    >
      {children.length === 0 && <Nothing>{nothing}</Nothing>}
      <PlainList gap="md">{children}</PlainList>
    </Section>
  );
}
