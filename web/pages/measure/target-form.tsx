/**
 * What a KPI shall reach, and where it stood before: two numbers in its unit, lines on its trend.
 */
import { Alert, Button, Group, NumberInput, Paper, Skeleton, Stack, Text, Title } from "@mantine/core";
import { type FormEvent, useState } from "react";
import { useAnswer, useChange } from "../../api/use-answer.ts";
import { useScope } from "../../scope/use-scope.ts";
import { formatValue } from "../../ui/format.ts";
import { type Kpi, unitOf, useKpiFacts } from "./kpi-facts.ts";
import { isShare } from "./kpi-words.ts";

type Typed = number | "";

/** Shares are typed as percent; four digits keep what was typed. */
function toTyped(value: number | null, unit: string): Typed {
  if (value === null) return "";
  return isShare(unit) ? Number((value * 100).toFixed(4)) : value;
}

function fromTyped(typed: Typed, unit: string): number | null {
  if (typed === "") return null;
  return isShare(unit) ? typed / 100 : typed;
}

interface FieldProps {
  readonly label: string;
  readonly description: string;
  readonly unit: string;
  readonly value: Typed;
  readonly onChange: (value: Typed) => void;
}

function Field({ label, description, unit, value, onChange }: FieldProps) {
  return (
    <NumberInput
      label={label}
      description={description}
      suffix={isShare(unit) ? " %" : /^[A-Z]{3}$/u.test(unit) || unit === "days" ? ` ${unit}` : ""}
      decimalScale={4}
      {...(isShare(unit) ? { min: 0, max: 100 } : {})}
      value={value}
      onChange={(next) => onChange(typeof next === "number" ? next : next === "" ? "" : Number(next))}
      flex="1 1 180px"
    />
  );
}

interface FormProps {
  readonly kpi: Kpi;
  readonly target: number | null;
  readonly baseline: number | null;
}

function Form({ kpi, target, baseline }: FormProps) {
  const unit = unitOf(kpi);
  const save = useChange("set-target");
  const [goal, setGoal] = useState(toTyped(target, unit));
  const [base, setBase] = useState(toTyped(baseline, unit));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ kpi: kpi.id, target: fromTyped(goal, unit), baseline: fromTyped(base, unit) });
  };
  const now = kpi.value;
  return (
    <form onSubmit={submit}>
      <Stack gap="sm">
        <Group gap="sm" align="flex-end">
          <Field label="Target" description="What it shall reach" unit={unit} value={goal} onChange={setGoal} />
          <Field label="Baseline" description="Where it stood before" unit={unit} value={base} onChange={setBase} />
        </Group>
        <Group gap="xs">
          <Button type="submit" loading={save.isPending}>
            Save
          </Button>
          {now !== null && (
            <Button variant="default" onClick={() => setBase(toTyped(now, unit))}>
              Baseline = {formatValue(now, unit)}
            </Button>
          )}
          <Text size="sm" c="dimmed" role="status" aria-live="polite">
            {save.isSuccess ? "Saved; both stand on the trend." : ""}
          </Text>
        </Group>
        {save.isError && (
          <Alert color="red" variant="light" title="This was not saved" role="alert">
            {save.error.message}
          </Alert>
        )}
      </Stack>
    </form>
  );
}

/** The form opens once the present targets are known, so that it never shows blanks that are not. */
export function TargetForm({ id }: { readonly id: string }) {
  const { input } = useScope();
  const { data: targets } = useAnswer("targets", {});
  const { data: kpis } = useAnswer("kpis", input);
  const { targetOf } = useKpiFacts();
  const kpi = kpis?.kpis.find((one) => one.id === id);
  return (
    <Paper component="section" withBorder p="md" aria-label="Target and baseline">
      <Stack gap="sm">
        <Title order={2}>Target and baseline</Title>
        <Text size="sm" c="dimmed">
          Kept with the workspace, whatever is filtered. Empty takes one away.
        </Text>
        {targets && kpi ? <Form kpi={kpi} {...targetOf(id)} /> : <Skeleton height={110} animate={false} />}
      </Stack>
    </Paper>
  );
}
