/**
 * Keeps what is on the page as a finding, under a title that people can read in a list.
 */
import { Alert, Button, Group, Modal, Stack, Text, Textarea } from "@mantine/core";
import { useDisclosure } from "@mantine/hooks";
import { IconBookmark } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import type { Input } from "../../../api/types.ts";
import { useChange } from "../../../api/use-answer.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";

/** What is kept: the question of a moment, or of a pain point. */
export type Kept =
  | { readonly question: Input<"moment"> }
  | Omit<Extract<Input<"keep-finding">, { kind: "pain-point" }>, "title">;

interface KeepProps {
  readonly proposed: string;
  readonly kept: Kept;
}

function KeepForm({ proposed, kept, onClose }: KeepProps & { readonly onClose: () => void }) {
  const keep = useChange("keep-finding");
  const [title, setTitle] = useState(proposed);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    keep.mutate({ title: title.trim(), ...kept });
  };
  if (keep.isSuccess) {
    return (
      <Stack gap="sm" role="status">
        <Text size="sm">
          It is kept as finding {keep.data.id}, with the numbers of today.{" "}
          <ScopeLink to="diagnose/findings" search={{ finding: keep.data.id }} inherit>
            Open the finding
          </ScopeLink>
        </Text>
        <Button variant="default" onClick={onClose} w="fit-content">
          Close
        </Button>
      </Stack>
    );
  }
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Textarea
          label="Title"
          description="One sentence that says what was found"
          required
          autosize
          minRows={2}
          maxLength={500}
          value={title}
          onChange={(event) => setTitle(event.currentTarget.value)}
          data-autofocus
        />
        {keep.isError && (
          <Alert color="red" variant="light" title="It was not kept" role="alert">
            {keep.error.message}{" "}
            <ScopeLink to="diagnose/findings" inherit>
              See the findings
            </ScopeLink>
          </Alert>
        )}
        <Group gap="xs">
          <Button type="submit" loading={keep.isPending} disabled={title.trim() === ""}>
            Keep it
          </Button>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
        </Group>
      </Stack>
    </form>
  );
}

export function KeepButton(props: KeepProps) {
  const [opened, { open, close }] = useDisclosure(false);
  return (
    <>
      <Button leftSection={<IconBookmark size={16} aria-hidden />} onClick={open}>
        Keep as a finding
      </Button>
      <Modal opened={opened} onClose={close} title="Keep as a finding" closeButtonProps={{ "aria-label": "Close" }}>
        <KeepForm {...props} onClose={close} />
      </Modal>
    </>
  );
}
