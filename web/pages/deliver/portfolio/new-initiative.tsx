/**
 * The dialog that starts an initiative: its name, what it is for, and the goal it serves.
 */
import { Button, Group, Modal, NativeSelect, Stack, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconPlus } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { Goal } from "../../../../src/domain/dsdm/initiative.ts";
import { WordsField } from "../../../ui/words-field.tsx";
import { AuthorGate } from "../author/author-gate.tsx";
import { Failure } from "../views/failure.tsx";
import { useNewInitiative } from "./use-new-initiative.ts";

interface FormProps {
  readonly author: string;
  readonly goals: readonly Goal[];
  readonly onCancel: () => void;
}

function NewInitiativeForm({ author, goals, onCancel }: FormProps) {
  const { start, isPending, error } = useNewInitiative();
  const [title, setTitle] = useState("");
  const [summary, setSummary] = useState("");
  const [goal, setGoal] = useState("");
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    const said = summary.trim();
    start({
      ...{ title: title.trim(), author },
      ...(said === "" ? {} : { summary: said }),
      ...(goal === "" ? {} : { goal: Number(goal) }),
    });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <TextInput
          label="Name"
          required
          data-autofocus
          maxLength={300}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
        />
        <WordsField label="What it is for (may stay empty)" value={summary} onChange={setSummary} />
        <NativeSelect
          label="Goal"
          data={[
            { value: "", label: "none yet" },
            ...goals.map(({ id, title: name }) => ({ value: String(id), label: name })),
          ]}
          value={goal}
          onChange={(event) => setGoal(event.currentTarget.value)}
        />
        {error && <Failure title="It was not started">{error.message}</Failure>}
        <Group justify="flex-end">
          <Button variant="default" onClick={onCancel}>
            Cancel
          </Button>
          <Button type="submit" loading={isPending} disabled={title.trim() === ""}>
            Start the initiative
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function NewInitiativeButton({ goals }: { readonly goals: readonly Goal[] }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button leftSection={<IconPlus size={16} aria-hidden />} onClick={open}>
        New initiative
      </Button>
      <Modal opened={opened} onClose={close} title="New initiative" closeButtonProps={{ "aria-label": "Close" }}>
        <AuthorGate>{(author) => <NewInitiativeForm author={author} goals={goals} onCancel={close} />}</AuthorGate>
      </Modal>
    </>
  );
}
