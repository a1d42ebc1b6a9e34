/**
 * From a pain point to what is done about it: it is kept as a finding, if it is not one yet, and an initiative begins that acts on it.
 * The initiative itself is deliver/initiative.
 */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { ProblemError } from "../../../api/client.ts";
import { useChange } from "../../../api/use-answer.ts";
import { useWorkspace } from "../../../scope/use-workspace.ts";
import { useAuthorGate } from "../../deliver/author/author-gate.tsx";
import type { Kept } from "../views/keep-button.tsx";
import type { Friction } from "../views/pain-report.ts";

interface InitiativeProps {
  readonly kept: Kept;
  /** The title it is kept with. */
  readonly finding: string;
  readonly friction: Friction;
}

/** The finding that keeps this question already, of a refusal to keep it twice. */
export function keptAlready(error: unknown): number | undefined {
  if (!(error instanceof ProblemError) || error.problem.code !== "conflict") return undefined;
  const { finding } = error.problem.details;
  return typeof finding === "number" ? finding : undefined;
}

function useBegin({ kept, finding }: Pick<InitiativeProps, "kept" | "finding">) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const keep = useChange("keep-finding");
  const create = useChange("create-initiative");
  const { withAuthor, question } = useAuthorGate();
  const [failure, setFailure] = useState<string>();
  const [running, setRunning] = useState(false);
  const findingId = async (): Promise<number> => {
    try {
      return (await keep.mutateAsync({ title: finding, ...kept })).id;
    } catch (error) {
      const known = keptAlready(error);
      if (known === undefined) throw error;
      return known;
    }
  };
  const begin = (title: string): void =>
    withAuthor(async (author) => {
      setRunning(true);
      setFailure(undefined);
      try {
        const made = await create.mutateAsync({ title, findings: [await findingId()], author });
        await navigate({ to: `/${workspace}/deliver/initiative` as never, search: { id: made.id } as never });
      } catch (error) {
        setFailure(error instanceof Error ? error.message : String(error));
      } finally {
        setRunning(false);
      }
    });
  return { begin, running, failure, question };
}

function BeginForm({ friction, onCancel, ...what }: InitiativeProps & { readonly onCancel: () => void }) {
  const { begin, running, failure, question } = useBegin(what);
  const [title, setTitle] = useState(`Mend: ${friction.name}`.slice(0, 300));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (title.trim() !== "") begin(title.trim());
  };
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            The pain point is kept as a finding with its numbers of today, if it is not yet, and the initiative acts on
            it: through requirements and timeboxes to a measured effect.
          </Text>
          <TextInput
            label="Title of the initiative"
            required
            maxLength={300}
            data-autofocus
            value={title}
            onChange={(event) => setTitle(event.currentTarget.value)}
          />
          <Group gap="xs">
            <Button type="submit" loading={running} disabled={title.trim() === ""}>
              Begin it
            </Button>
            <Button variant="default" onClick={onCancel}>
              Leave it
            </Button>
          </Group>
          {failure !== undefined && (
            <Alert color="red" variant="light" title="It was not begun" role="alert">
              {failure}
            </Alert>
          )}
        </Stack>
      </form>
      {question}
    </>
  );
}

export function InitiativeButton(props: InitiativeProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" onClick={open}>
        Make an initiative
      </Button>
      <Modal
        opened={opened}
        onClose={close}
        title="Make an initiative"
        size="lg"
        closeButtonProps={{ "aria-label": "Close" }}
        // Its head is none of the page.
        attributes={{ header: { role: "none" } }}
      >
        <BeginForm {...props} onCancel={close} />
      </Modal>
    </>
  );
}
