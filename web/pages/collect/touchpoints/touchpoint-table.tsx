/**
 * The catalogue as a table: the stage is set in place, everything else in a dialog.
 */
import { ActionIcon, Badge, Checkbox, Select, Switch, Table, Text } from "@mantine/core";
import { IconPencil } from "@tabler/icons-react";
import { STAGES, type Stage } from "../../../../src/domain/touchpoint.ts";
import type { Answer } from "../../../api/types.ts";
import { useChange } from "../../../api/use-answer.ts";
import { stageColor } from "../../../theme.ts";
import { formatCount, NONE } from "../../../ui/format.ts";

export type Row = Answer<"touchpoints">["touchpoints"][number];

const STAGE_CHOICES = [
  { value: "", label: "no stage yet" },
  ...STAGES.map((stage) => ({ value: stage, label: stage })),
];

interface TouchpointTableProps {
  readonly rows: readonly Row[];
  readonly chosen: readonly string[];
  readonly onChoose: (name: string) => void;
  readonly onEdit: (row: Row) => void;
}

function TouchpointRow({
  row,
  chosen,
  onChoose,
  onEdit,
}: Omit<TouchpointTableProps, "rows" | "chosen"> & { readonly row: Row; readonly chosen: boolean }) {
  const change = useChange("set-touchpoint");
  const { name, stage, channel, role, owner, events, hidden, rawNames } = row;
  const others = rawNames.filter((raw) => raw !== name);
  return (
    <Table.Tr data-touchpoint={name}>
      <Table.Td>
        <Checkbox aria-label={`Choose ${name}`} checked={chosen} onChange={() => onChoose(name)} />
      </Table.Td>
      <Table.Td>
        <Text size="sm" fw={500}>
          {name}
        </Text>
        {others.length > 0 && (
          <Text size="xs" c="dimmed">
            comes in as {others.join(", ")}
          </Text>
        )}
        {change.isError && (
          <Text size="xs" c="red" role="alert">
            {change.error.message}
          </Text>
        )}
      </Table.Td>
      <Table.Td>
        <Select
          aria-label={`Stage of ${name}`}
          data={STAGE_CHOICES}
          value={stage ?? ""}
          w={150}
          size="xs"
          allowDeselect={false}
          leftSection={
            <span aria-hidden style={{ width: 10, height: 10, borderRadius: 3, background: stageColor(stage) }} />
          }
          onChange={(next) => change.mutate({ name, stage: next === "" || next === null ? null : (next as Stage) })}
        />
      </Table.Td>
      <Table.Td>{channel ?? NONE}</Table.Td>
      <Table.Td>{role ? <Badge variant="light">{role}</Badge> : NONE}</Table.Td>
      <Table.Td>{owner ?? NONE}</Table.Td>
      <Table.Td ta="right">{formatCount(events)}</Table.Td>
      <Table.Td>
        <Switch
          aria-label={`Show ${name} on the map`}
          size="sm"
          checked={!hidden}
          onChange={(event) => change.mutate({ name, hidden: !event.currentTarget.checked })}
        />
      </Table.Td>
      <Table.Td>
        <ActionIcon variant="subtle" color="gray" aria-label={`Edit ${name}`} onClick={() => onEdit(row)}>
          <IconPencil size={16} />
        </ActionIcon>
      </Table.Td>
    </Table.Tr>
  );
}

export function TouchpointTable({ rows, chosen, onChoose, onEdit }: TouchpointTableProps) {
  return (
    <Table.ScrollContainer minWidth={860}>
      <Table verticalSpacing={6} highlightOnHover>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>Merge</Table.Th>
            <Table.Th>Touchpoint</Table.Th>
            <Table.Th>Stage</Table.Th>
            <Table.Th>Channel</Table.Th>
            <Table.Th>Role</Table.Th>
            <Table.Th>Owner</Table.Th>
            <Table.Th ta="right">Events</Table.Th>
            <Table.Th>Shown</Table.Th>
            <Table.Th>Edit</Table.Th>
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {rows.map((row) => (
            <TouchpointRow
              key={row.id}
              row={row}
              chosen={chosen.includes(row.name)}
              onChoose={onChoose}
              onEdit={onEdit}
            />
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}
