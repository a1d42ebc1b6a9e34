/**
 * From a finding to what is done about it: the initiatives that act on it, and the dialog that begins one.
 * The initiative itself is deliver/initiative.
 */
import { Alert, Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { useNavigate } from "@tanstack/react-router";
import { type FormEvent, useState } from "react";
import { useAnswer, useChange } from "../../../api/use-answer.ts";
import { useWorkspace } from "../../../scope/use-workspace.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { useAuthorGate } from "../../deliver/author/author-gate.tsx";
import type { Finding } from "./finding-words.ts";
import { readQuestion } from "./findings-search.ts";

function useBegin({ id }: Pick<Finding, "id">) {
  const workspace = useWorkspace();
  const navigate = useNavigate();
  const create = useChange("create-initiative");
  const { withAuthor, question } = useAuthorGate();
  const begin = (title: string): void =>
    withAuthor((author) =>
      create.mutate(
        { title, findings: [id], author },
        {
          onSuccess: (made) =>
            void navigate({ to: `/${workspace}/deliver/initiative` as never, search: { id: made.id } as never }),
        },
      ),
    );
  return { begin, create, question };
}

/** The touchpoint says it shorter than the sentence with its numbers. */
function proposeTitle({ title, question }: Finding): string {
  const { touchpoint } = readQuestion(question).moment;
  return touchpoint === undefined ? title.slice(0, 300) : `Mend “${touchpoint}”`.slice(0, 300);
}

function BeginForm({ finding, onCancel }: { readonly finding: Finding; readonly onCancel: () => void }) {
  const { begin, create, question } = useBegin(finding);
  const [title, setTitle] = useState(() => proposeTitle(finding));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    if (title.trim() !== "") begin(title.trim());
  };
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Text size="sm">
            An initiative carries the finding through requirements and timeboxes to a measured effect. Only that effect
            can turn the finding verified.
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
            <Button type="submit" loading={create.isPending} disabled={title.trim() === ""}>
              Begin it
            </Button>
            <Button variant="default" onClick={onCancel}>
              Leave it
            </Button>
          </Group>
          {create.isError && (
            <Alert color="red" variant="light" title="It was not begun" role="alert">
              {create.error.message}
            </Alert>
          )}
        </Stack>
      </form>
      {question}
    </>
  );
}

function ActingOnIt({ id }: Pick<Finding, "id">) {
  const { data } = useAnswer("initiatives", {});
  const acting = data?.initiatives.filter(({ findings }) => findings.includes(id)) ?? [];
  if (acting.length === 0) return null;
  return (
    <Text size="sm" component="div" data-testid="acting-initiatives">
      Initiatives that act on it:{" "}
      {acting.map((one, index) => (
        <span key={one.id}>
          {index > 0 && ", "}
          <ScopeLink to="deliver/initiative" search={{ id: one.id }} inherit>
            {one.title}
          </ScopeLink>
          {one.state === "active" ? "" : ` (${one.state})`}
        </span>
      ))}
    </Text>
  );
}

export function FindingInitiatives({ finding }: { readonly finding: Finding }) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <ActingOnIt id={finding.id} />
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
        <BeginForm finding={finding} onCancel={close} />
      </Modal>
    </>
  );
}
