/**
 * The proposed mapping as a form: which column gives the time, the customer, the touchpoint … and why Waymark thinks so.
 * Mappings with several event rules are shown in words and corrected as text (mapping-text.tsx).
 */
import { ActionIcon, Button, Group, Select, Stack, Text, TextInput } from "@mantine/core";
import { IconPlus, IconTrash } from "@tabler/icons-react";
import type { Mapping } from "../../../src/domain/mapping.ts";
import type { Answer } from "../../api/types.ts";
import {
  FIELDS,
  type FieldName,
  readField,
  readObjects,
  type Shown,
  writeField,
  writeObjects,
  writeZone,
} from "./mapping-fields.ts";

type Report = Answer<"import">["imports"][number];

export interface MappingFormProps {
  readonly sources: Report["sources"];
  readonly reasons: Report["mapping"]["reasons"];
  readonly mapping: Mapping;
  readonly onChange: (mapping: Mapping) => void;
}

const NOTHING = "\0nothing";
const KEPT = "\0kept";
const FIXED = "\0fixed";

function describeSamples(sources: Report["sources"], column: string): string {
  const found = sources.flatMap(({ columns }) => columns).find(({ name }) => name === column);
  return found ? found.samples.slice(0, 2).join(" or ") : "";
}

interface FieldProps extends MappingFormProps {
  readonly field: FieldName;
  readonly label: string;
  readonly required: boolean;
  readonly hint: string;
  readonly columns: readonly string[];
}

function readChoice(choice: string | null, text: string): Shown {
  if (choice === null || choice === NOTHING) return { kind: "none" };
  return choice === FIXED ? { kind: "fixed", text: text === "" ? "value" : text } : { kind: "column", text: choice };
}

function Field({ field, label, required, hint, columns, sources, reasons, mapping, onChange }: FieldProps) {
  const shown = readField(mapping, field, new Set(columns));
  const value = { none: NOTHING, column: shown.kind === "column" ? shown.text : "", fixed: FIXED, expression: KEPT }[
    shown.kind
  ];
  const reason = reasons.find((one) => one.field === field)?.why;
  const data = [
    ...(required ? [] : [{ value: NOTHING, label: "nothing" }]),
    ...(shown.kind === "expression" ? [{ value: KEPT, label: shown.text }] : []),
    ...(field === "time" || field === "customer" ? [] : [{ value: FIXED, label: "always the same text …" }]),
    ...columns.map((name) => ({ value: name, label: name })),
  ];
  const samples = shown.kind === "column" ? describeSamples(sources, shown.text) : "";
  const example = samples === "" ? "" : `Such as ${samples}. `;
  return (
    <>
      <Select
        label={`${label}: ${hint}`}
        description={`${example}${reason === undefined || shown.kind !== "column" ? "" : `Chosen ${reason}.`}`.trim()}
        inputWrapperOrder={["label", "input", "description"]}
        data={data}
        value={value}
        allowDeselect={false}
        searchable
        onChange={(choice) =>
          choice !== KEPT && onChange(writeField(mapping, field, readChoice(choice, label.toLowerCase())))
        }
      />
      {shown.kind === "fixed" && (
        <TextInput
          label={`Text of ${label.toLowerCase()} for every event`}
          value={shown.text}
          onChange={(event) => onChange(writeField(mapping, field, { kind: "fixed", text: event.currentTarget.value }))}
        />
      )}
    </>
  );
}

function Objects({
  mapping,
  onChange,
  columns,
}: Pick<MappingFormProps, "mapping" | "onChange"> & { readonly columns: readonly string[] }) {
  const objects = readObjects(mapping);
  const change = (at: number, next: { type: string; column: string } | undefined) =>
    onChange(
      writeObjects(
        mapping,
        objects.flatMap((one, index) => (index !== at ? [one] : next ? [next] : [])),
      ),
    );
  const free = columns.find((name) => !objects.some(({ column }) => column === name));
  return (
    <Stack gap={6}>
      <Text size="sm" fw={500}>
        Objects the events belong to
      </Text>
      {objects.map(({ type, column }, at) => (
        <Group key={`${type}-${column}`} gap="xs" wrap="nowrap">
          <Select
            aria-label="Kind of object"
            data={[...new Set([type, "case", "session", "order", "ticket", "product"])]}
            value={type}
            allowDeselect={false}
            w={130}
            onChange={(next) => next && change(at, { type: next, column })}
          />
          <Select
            aria-label={`Column of ${type}`}
            data={[...columns]}
            value={column}
            allowDeselect={false}
            searchable
            onChange={(next) => next && change(at, { type, column: next })}
          />
          <ActionIcon variant="subtle" color="gray" aria-label={`Remove ${type}`} onClick={() => change(at, undefined)}>
            <IconTrash size={16} />
          </ActionIcon>
        </Group>
      ))}
      {free !== undefined && (
        <Button
          variant="subtle"
          size="compact-sm"
          w="fit-content"
          leftSection={<IconPlus size={14} aria-hidden />}
          onClick={() => onChange(writeObjects(mapping, [...objects, { type: nextType(objects), column: free }]))}
        >
          Add an object
        </Button>
      )}
    </Stack>
  );
}

function nextType(objects: readonly { readonly type: string }[]): string {
  return (
    ["case", "session", "order", "ticket", "product"].find((type) => !objects.some((one) => one.type === type)) ??
    `object${objects.length}`
  );
}

/** Needs its time zones only when the times carry none; the list is long. */
const ZONES = ["UTC", ...Intl.supportedValuesOf("timeZone")];

export function MappingForm({ sources, reasons, mapping, onChange }: MappingFormProps) {
  const columns = [...new Set(sources.flatMap((source) => source.columns.map(({ name }) => name)))];
  return (
    <Stack gap="sm">
      {FIELDS.map((field) => (
        <Field
          key={field.field}
          {...field}
          columns={columns}
          sources={sources}
          reasons={reasons}
          mapping={mapping}
          onChange={onChange}
        />
      ))}
      <Select
        label="Zone of times without an offset"
        description="UTC when nothing is said"
        data={ZONES}
        value={mapping.zone ?? "UTC"}
        searchable
        limit={60}
        allowDeselect={false}
        onChange={(zone) => zone && onChange(writeZone(mapping, zone === "UTC" ? "" : zone))}
      />
      <Objects mapping={mapping} onChange={onChange} columns={columns} />
    </Stack>
  );
}
