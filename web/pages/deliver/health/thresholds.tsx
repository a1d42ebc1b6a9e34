/**
 * From where on the rules with a threshold fire: what is in force, the defaults, and how to change them.
 */
import { Accordion, Button, Group, NumberInput, SimpleGrid, Stack, Text } from "@mantine/core";
import { type FormEvent, useState } from "react";
import type { HealthThresholds } from "../../../../src/domain/dsdm/health.ts";
import { useAnswer, useChange } from "../../../api/use-answer.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { Failure } from "../views/failure.tsx";
import {
  changedThresholds,
  DEFAULT_THRESHOLDS,
  THRESHOLD_FIELDS,
  type ThresholdField,
  type Typed,
  toShown,
} from "./threshold-fields.ts";

const ALL_DEFAULTS: Typed = Object.fromEntries(
  THRESHOLD_FIELDS.map((field) => [field.key, toShown(field, DEFAULT_THRESHOLDS)]),
);

interface FieldProps {
  readonly field: ThresholdField;
  readonly value: number | "";
  readonly onChange: (value: number | "") => void;
}

function Field({ field, value, onChange }: FieldProps) {
  const { label, rule, unit } = field;
  const blank = unit === "%" ? " " : " ";
  return (
    <NumberInput
      label={label}
      description={`Rule ${rule}. Default: ${toShown(field, DEFAULT_THRESHOLDS)}${blank}${unit}`}
      suffix={`${blank}${unit}`}
      min={0}
      decimalScale={2}
      value={value}
      onChange={(next) => onChange(typeof next === "number" ? next : next === "" ? "" : Number(next))}
    />
  );
}

function describeState(saved: boolean, changed: number): string {
  if (changed > 0) return "Not saved yet.";
  return saved ? "Saved. The rules were checked again." : "";
}

function ThresholdForm({ present }: { readonly present: HealthThresholds }) {
  const change = useChange("set-health-thresholds");
  const [typed, setTyped] = useState<Typed>({});
  const changes = changedThresholds(typed, present);
  const count = Object.keys(changes).length;
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    change.mutate(changes, { onSuccess: () => setTyped({}) });
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm" maw={860}>
          They hold for every initiative of this workspace. What DSDM itself says, such as six weeks for a timebox,
          cannot be changed here.
        </Text>
        <SimpleGrid cols={{ base: 1, xs: 2, md: 3, lg: 4 }} spacing="md">
          {THRESHOLD_FIELDS.map((field) => (
            <Field
              key={field.key}
              field={field}
              value={typed[field.key] ?? toShown(field, present)}
              onChange={(value) => setTyped((old) => ({ ...old, [field.key]: value }))}
            />
          ))}
        </SimpleGrid>
        {change.error && <Failure title="The thresholds were not saved">{change.error.message}</Failure>}
        <Group gap="sm">
          <Button type="submit" loading={change.isPending} disabled={count === 0}>
            Save the thresholds
          </Button>
          <Button variant="default" onClick={() => setTyped(ALL_DEFAULTS)}>
            Back to the defaults
          </Button>
          <Text size="sm" c="dimmed" role="status" aria-live="polite">
            {describeState(change.isSuccess, count)}
          </Text>
        </Group>
      </Stack>
    </form>
  );
}

export function Thresholds() {
  const query = useAnswer("health-thresholds", {});
  return (
    <Accordion variant="contained" order={2} data-testid="thresholds">
      <Accordion.Item value="thresholds">
        <Accordion.Control>Thresholds of the rules</Accordion.Control>
        <Accordion.Panel>
          <AnswerView query={query} height={320}>
            {(present) => <ThresholdForm present={present} />}
          </AnswerView>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}
