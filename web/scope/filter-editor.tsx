/**
 * The filter: shown as text, changed by choosing or by typing. A wrong text is explained before it is used.
 */
import { Autocomplete, Button, Group, Popover, Select, Stack, Text, Textarea } from "@mantine/core";
import { IconFilter, IconX } from "@tabler/icons-react";
import { useMemo, useState } from "react";
import { useAnswer } from "../api/use-answer.ts";
import { addCondition, checkFilter, fieldPath, OPERATORS, type Operator, toCondition } from "./filter-text.ts";

interface FilterEditorProps {
  readonly value: string | undefined;
  readonly onChange: (filter: string | undefined) => void;
  /** What the filter is called here: "Filter", "Compare with". */
  readonly label: string;
}

interface Choices {
  readonly fields: readonly {
    readonly group: string;
    readonly items: { readonly value: string; readonly label: string }[];
  }[];
  readonly values: ReadonlyMap<string, readonly string[]>;
}

/** What can be chosen, from the data. */
function useChoices(enabled: boolean): Choices {
  const { data } = useAnswer("fields", {}, { enabled });
  return useMemo(() => {
    const traits = (data?.traits ?? []).map(({ name, values }) => ({
      path: fieldPath("customer", name),
      name,
      values,
    }));
    const properties = (data?.properties ?? []).map(({ name, values }) => ({
      path: fieldPath("prop", name),
      name,
      values,
    }));
    const touchpoints = (data?.touchpoints ?? []).map(({ name }) => name);
    const channels = (data?.channels ?? []).map((channel) => (typeof channel === "string" ? channel : channel.channel));
    const item = ({ path, name }: { path: string; name: string }) => ({ value: path, label: name });
    const events = ["touchpoint", "channel", "value", "score"].map((name) => ({ value: name, label: name }));
    return {
      fields: [
        { group: "Journey", items: [{ value: "journey", label: "journey has …" }] },
        { group: "Event", items: events },
        { group: "Customer", items: traits.map(item) },
        { group: "Property", items: properties.map(item) },
      ].filter(({ items }) => items.length > 0),
      values: new Map<string, readonly string[]>([
        ["journey", touchpoints],
        ["touchpoint", touchpoints],
        ["channel", channels],
        ...[...traits, ...properties].map(({ path, values }) => [path, values.map(({ value }) => value)] as const),
      ]),
    };
  }, [data]);
}

function ConditionForm({ onAdd }: { readonly onAdd: (condition: string) => void }) {
  const choices = useChoices(true);
  const [field, setField] = useState<string>("journey");
  const [operator, setOperator] = useState<Operator>("has");
  const [value, setValue] = useState("");
  const onJourney = field === "journey";
  const operators = OPERATORS.filter((one) => one.value.includes("has") === onJourney);
  const choose = (next: string | null) => {
    setField(next ?? "journey");
    setOperator(next === "journey" || next === null ? "has" : "=");
    setValue("");
  };
  const add = () => {
    onAdd(toCondition(field, operator, value));
    setValue("");
  };
  return (
    <Group align="flex-end" gap="xs">
      <Select
        label="What"
        data={choices.fields as never}
        value={field}
        onChange={choose}
        searchable
        openOnFocus={false}
        w={190}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      <Select
        label="How"
        data={operators as never}
        value={operator}
        onChange={(next) => setOperator((next ?? "=") as Operator)}
        w={150}
        allowDeselect={false}
        comboboxProps={{ withinPortal: false }}
      />
      <Autocomplete
        label="Value"
        data={[...new Set(choices.values.get(field) ?? [])]}
        value={value}
        onChange={setValue}
        w={210}
        limit={50}
        comboboxProps={{ withinPortal: false }}
      />
      <Button variant="light" onClick={add} disabled={value === ""}>
        Add
      </Button>
    </Group>
  );
}

export function FilterEditor({ value, onChange, label }: FilterEditorProps) {
  const [opened, setOpened] = useState(false);
  const [text, setText] = useState(value ?? "");
  const open = (next: boolean) => {
    setText(value ?? "");
    setOpened(next);
  };
  const fault = checkFilter(text);
  const apply = () => {
    onChange(text.trim() === "" ? undefined : text.trim());
    setOpened(false);
  };
  return (
    <Group gap={4} wrap="nowrap" maw="100%">
      <Popover
        opened={opened}
        onChange={open}
        width={620}
        position="bottom-start"
        trapFocus
        returnFocus
        withinPortal
        shadow="md"
      >
        <Popover.Target>
          <Button
            variant={value === undefined ? "default" : "light"}
            size="sm"
            leftSection={<IconFilter size={16} aria-hidden />}
            onClick={() => open(!opened)}
            aria-expanded={opened}
            maw={420}
            miw={0}
          >
            <Text span size="sm" truncate>
              {value === undefined ? label : `${label}: ${value}`}
            </Text>
          </Button>
        </Popover.Target>
        <Popover.Dropdown>
          <Stack gap="sm">
            <ConditionForm onAdd={(condition) => setText(addCondition(text, condition))} />
            <Textarea
              label="The filter as text"
              description={
                'Conditions on an event drop events; "journey has" and customer traits keep or drop whole journeys.'
              }
              placeholder={'channel = "web" and has("Checkout Started")'}
              value={text}
              onChange={(event) => setText(event.currentTarget.value)}
              error={fault}
              autosize
              minRows={2}
              styles={{ input: { fontFamily: "var(--mantine-font-family-monospace)" } }}
            />
            <Group justify="flex-end" gap="xs">
              <Button variant="default" onClick={() => setText("")} disabled={text === ""}>
                Clear
              </Button>
              <Button onClick={apply} disabled={fault !== undefined}>
                Apply
              </Button>
            </Group>
          </Stack>
        </Popover.Dropdown>
      </Popover>
      {value !== undefined && (
        <Button
          variant="subtle"
          size="compact-sm"
          aria-label={`Remove the filter ${value}`}
          onClick={() => onChange(undefined)}
        >
          <IconX size={16} aria-hidden />
        </Button>
      )}
    </Group>
  );
}
