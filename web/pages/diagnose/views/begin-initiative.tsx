/**
 * The button and dialog that begin an initiative which acts on a finding.
 * Where the finding comes from is the caller's; the initiative itself is deliver/initiative.
 */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useChange } from "../../../api/use-answer.ts";
import { useWorkspace } from "../../../scope/use-workspace.ts";
import { useAuthorGate } from "../../deliver/author/author-gate.tsx";

interface BeginInitiativeProps {
  /** The finding to act on; it may be kept only now. */
  readonly findingId: () => Promise<number>;
  /** Its title as proposed. */
  readonly proposed: string;
  /** What beginning it means. */
  readonly meaning: string;
}

const LONGEST_TITLE = 300;

function useBegin(findingId: BeginInitiativeProps["findingId"]) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const create = useChange("create-initiative");
  const { withAuthor, question } = useAuthorGate();
  const [failure, setFailure] = useState<string>();
  const [running, setRunning] = useState(false);
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

function BeginForm({
  findingId,
  proposed,
  meaning,
  onCancel,
}: BeginInitiativeProps & { readonly onCancel: () => void }) {
  const { begin, running, failure, question } = useBegin(findingId);
  const [title, setTitle] = useState(proposed.slice(0, LONGEST_TITLE));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (title.trim() !== "") begin(title.trim());
  };
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">{meaning}</Text>
          <TextInput
            label="Title of the initiative"
            required
            maxLength={LONGEST_TITLE}
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

export function BeginInitiative(props: BeginInitiativeProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button variant="default" w="fit-content" onClick={open}>
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
