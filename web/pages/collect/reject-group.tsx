/**
 * One group of rejects: what is wrong, what to do, and the ways of doing it: the proposal, a change in all, single cells.
 */
import { Button, Group, NativeSelect, Paper, Stack, Text, TextInput, Title } from "@mantine/core";
import { useState } from "react";
import { formatCountOf } from "../../ui/format.ts";
import { type Edits, editCell, listEdits, type RejectGroup } from "./reject-edits.ts";
import { RejectTable } from "./reject-table.tsx";

/** What a retry of this group changes; the page adds which import and which group. */
export interface GroupChange {
  readonly changes?: readonly { readonly column: string; readonly find: string; readonly replace: string }[];
  readonly rows?: ReturnType<typeof listEdits>;
  readonly timeFormat?: string;
}

interface RejectGroupProps {
  readonly group: RejectGroup;
  readonly columns: readonly string[];
  /** Why this group, unlike others, cannot be read again. */
  readonly why?: string | null;
  /** Undefined where these records cannot be read again. */
  readonly onRetry: ((change: GroupChange) => void) | undefined;
}

/** One text for another in a column of all the group's records. */
function ChangeAll({
  group,
  columns,
  onRetry,
}: RejectGroupProps & { readonly onRetry: (change: GroupChange) => void }) {
  const choices = group.columns.length > 0 ? group.columns : columns;
  const [column, setColumn] = useState(choices[0] ?? "");
  const [find, setFind] = useState("");
  const [replace, setReplace] = useState("");
  if (choices.length === 0) return null;
  return (
    <fieldset style={{ border: 0, margin: 0, padding: 0 }}>
      <legend style={{ padding: 0 }}>
        <Text size="sm" fw={600}>
          Change in all records of this group
        </Text>
      </legend>
      <Group align="end" gap="xs">
        <NativeSelect
          size="xs"
          label="Column"
          data={[...choices]}
          value={column}
          onChange={({ currentTarget }) => setColumn(currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Find"
          placeholder="the whole value"
          value={find}
          onChange={({ currentTarget }) => setFind(currentTarget.value)}
        />
        <TextInput
          size="xs"
          label="Write instead"
          value={replace}
          onChange={({ currentTarget }) => setReplace(currentTarget.value)}
        />
        <Button
          size="xs"
          variant="default"
          disabled={find === "" && replace === ""}
          onClick={() => onRetry({ changes: [{ column, find, replace }] })}
        >
          Change all and read again
        </Button>
      </Group>
    </fieldset>
  );
}

function TimeFormat({ onRetry }: { readonly onRetry: (change: GroupChange) => void }) {
  const [format, setFormat] = useState("");
  return (
    <Group align="end" gap="xs">
      <TextInput
        size="xs"
        label="Read their times as"
        placeholder="dd/MM/yyyy HH:mm"
        value={format}
        onChange={({ currentTarget }) => setFormat(currentTarget.value)}
      />
      <Button
        size="xs"
        variant="default"
        disabled={format.trim() === ""}
        onClick={() => onRetry({ timeFormat: format.trim() })}
      >
        Read again so
      </Button>
    </Group>
  );
}

function takeProposal(suggestion: NonNullable<RejectGroup["suggestion"]>): GroupChange {
  return suggestion.kind === "time-format" ? { timeFormat: suggestion.timeFormat } : { changes: suggestion.changes };
}

export function RejectGroupView({ group, columns, why = null, onRetry }: RejectGroupProps) {
  const [edits, setEdits] = useState<Edits>({});
  const { field, reason, records, advice, suggestion } = group;
  const changed = Object.keys(edits).length;
  const edit = (record: number, column: string, before: string, text: string) =>
    setEdits((old) => editCell(old, record, column, before, text));
  return (
    <Paper withBorder p="sm" component="section" aria-label={`Group ${group.number}: ${reason}`}>
      <Stack gap="xs">
        <Title order={3} size="h5">
          {formatCountOf(records, "record")}
          {field === "" ? "" : `, ${field}`}: {reason}
        </Title>
        <Text size="sm">{advice}</Text>
        {why !== null && (
          <Text size="sm" c="dimmed">
            {why}
          </Text>
        )}
        {onRetry && suggestion && (
          <Group>
            <Button size="xs" onClick={() => onRetry(takeProposal(suggestion))}>
              Do that, and read them again
            </Button>
          </Group>
        )}
        <RejectTable group={group} columns={columns} edits={edits} onEdit={edit} />
        {onRetry && (
          <>
            <Group>
              <Button size="xs" disabled={changed === 0} onClick={() => onRetry({ rows: listEdits(edits) })}>
                Read {formatCountOf(changed, "corrected record")} again
              </Button>
            </Group>
            <ChangeAll group={group} columns={columns} onRetry={onRetry} />
            {field === "time" && <TimeFormat onRetry={onRetry} />}
          </>
        )}
      </Stack>
    </Paper>
  );
}
