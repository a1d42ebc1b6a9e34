/**
 * One touchpoint: its name, channel, role and owner; and the raw names that were merged into it.
 */
import { Button, Group, Modal, Select, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import { ROLES, type Role } from "../../../../src/domain/touchpoint.ts";
import { useChange } from "../../../api/use-answer.ts";
import { ErrorState } from "../../../ui/answer-view.tsx";
import type { Row } from "./touchpoint-table.tsx";

const ROLE_WORDS: Readonly<Record<Role, string>> = {
  order: "counts as an order",
  cancellation: "takes an order back before delivery",
  refund: "takes money back",
  delivery: "is a delivery, which may be late",
};

function orNull(text: string): string | null {
  return text.trim() === "" ? null : text.trim();
}

/** The fields, and how they are saved: the name last, because the others are found by the old one. */
function useEdit(row: Row, onClose: () => void) {
  const [name, setName] = useState(row.name);
  const [channel, setChannel] = useState(row.channel ?? "");
  const [owner, setOwner] = useState(row.owner ?? "");
  const [role, setRole] = useState<Role | "">(row.role ?? "");
  const change = useChange("set-touchpoint");
  const rename = useChange("rename-touchpoint");
  const save = async () => {
    await change.mutateAsync({
      name: row.name,
      channel: orNull(channel),
      owner: orNull(owner),
      role: role === "" ? null : role,
    });
    if (name.trim() !== row.name) await rename.mutateAsync({ name: row.name, to: name.trim() });
    onClose();
  };
  const error = change.error ?? rename.error;
  return {
    name,
    setName,
    channel,
    setChannel,
    owner,
    setOwner,
    role,
    setRole,
    save,
    error,
    busy: change.isPending || rename.isPending,
  };
}

function Merged({ row }: { readonly row: Row }) {
  const split = useChange("split-touchpoint");
  const others = row.rawNames.filter((raw) => raw !== row.name);
  if (others.length === 0 || row.rawNames.length < 2) return null;
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        Merged into it
      </Text>
      {split.error && <ErrorState error={split.error} retry={() => split.reset()} />}
      {others.map((raw) => (
        <Group key={raw} justify="space-between">
          <Text size="sm">{raw}</Text>
          <Button
            size="compact-sm"
            variant="default"
            loading={split.isPending}
            onClick={() => split.mutate({ name: row.name, rawName: raw })}
          >
            Take it out again
          </Button>
        </Group>
      ))}
    </Stack>
  );
}

export function EditDialog({ row, onClose }: { readonly row: Row; readonly onClose: () => void }) {
  const edit = useEdit(row, onClose);
  return (
    <Modal opened onClose={onClose} title={row.name} closeButtonProps={{ "aria-label": "Close" }}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          // What goes wrong is in `edit.error`.
          edit.save().catch(() => undefined);
        }}
      >
        <Stack gap="sm">
          <TextInput
            label="Name"
            description="Later events of the old name still count for it"
            value={edit.name}
            onChange={(event) => edit.setName(event.currentTarget.value)}
            required
          />
          <TextInput
            label="Channel"
            value={edit.channel}
            onChange={(event) => edit.setChannel(event.currentTarget.value)}
            placeholder="web, app, store, e-mail, chat, phone …"
          />
          <TextInput
            label="Owner"
            description="Who in the company answers for it"
            value={edit.owner}
            onChange={(event) => edit.setOwner(event.currentTarget.value)}
          />
          <Select
            label="Role"
            description="What an event means for orders"
            data={[
              { value: "", label: "none" },
              ...ROLES.map((role) => ({ value: role, label: `${role}: ${ROLE_WORDS[role]}` })),
            ]}
            value={edit.role}
            allowDeselect={false}
            onChange={(role) => edit.setRole((role ?? "") as Role | "")}
          />
          <Merged row={row} />
          {edit.error && <ErrorState error={edit.error} retry={() => void edit.save().catch(() => undefined)} />}
          <Group justify="flex-end">
            <Button variant="default" onClick={onClose}>
              Cancel
            </Button>
            <Button type="submit" loading={edit.busy}>
              Save
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}
