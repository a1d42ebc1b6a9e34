/**
 * Plans a timebox with what goes into it. It objects in place: the broken rules that concern the plan, and what is typed.
 * Nothing is refused for them; whoever plans decides.
 */
import { Alert, Button, Group, List, NativeSelect, NumberInput, Stack, Text, Textarea, TextInput } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { type FormEvent, useState } from "react";
import { RuleList } from "../../views/rule-list.tsx";
import { SharesBar } from "../../views/shares-bar.tsx";
import { ReasonField, Refused } from "../act/action-form.tsx";
import { useSteps } from "../act/use-steps.ts";
import { useInitiative } from "../use-initiative.ts";
import { PickRequirements } from "./pick-requirements.tsx";
import {
  beginTimebox,
  findObjections,
  findTimeboxLacks,
  makeTimebox,
  objectToPlan,
  type TimeboxFields,
  weighPicks,
} from "./timebox-form.ts";

interface PartProps {
  readonly fields: TimeboxFields;
  readonly change: (changes: Partial<TimeboxFields>) => void;
}

function DateField({
  label,
  value,
  onChange,
}: {
  readonly label: string;
  readonly value: string;
  readonly onChange: (to: string) => void;
}) {
  return (
    <TextInput
      type="date"
      label={label}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      flex="1 1 140px"
    />
  );
}

function Frame({ fields, change }: PartProps) {
  const { initiative } = useInitiative();
  return (
    <>
      <TextInput
        label="Title"
        required
        maxLength={300}
        value={fields.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <Textarea
        label="Objective"
        description="What will be there at its end that is not there now"
        required
        autosize
        minRows={2}
        maxLength={5_000}
        value={fields.objective}
        onChange={(event) => change({ objective: event.currentTarget.value })}
      />
      <Group gap="sm" align="flex-end">
        <DateField label="First day" value={fields.start} onChange={(start) => change({ start })} />
        <DateField label="Last day" value={fields.end} onChange={(end) => change({ end })} />
        <NumberInput
          label="Capacity"
          required
          min={0}
          decimalScale={2}
          suffix={` ${initiative.effortUnit}`}
          value={fields.capacity}
          onChange={(next) => change({ capacity: typeof next === "number" ? next : "" })}
          flex="1 1 120px"
        />
        <NativeSelect
          label="Format"
          data={[
            { value: "structured", label: "structured" },
            { value: "free", label: "free" },
          ]}
          value={fields.format}
          onChange={(event) => change({ format: event.currentTarget.value === "free" ? "free" : "structured" })}
          flex="1 1 120px"
        />
      </Group>
      <Text size="sm" c="dimmed">
        Days and capacity are fixed from the kick-off on; what varies is what gets done.
      </Text>
    </>
  );
}

function Objections({ fields }: Pick<PartProps, "fields">) {
  const { report, initiative } = useInitiative();
  const typed = objectToPlan(fields, initiative);
  const rules = findObjections(report.health, fields.picks);
  if (typed.length + rules.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="outline"
      title="What speaks against it"
      icon={<IconAlertTriangle aria-hidden />}
      data-testid="objections"
    >
      <Stack gap="sm">
        {typed.length > 0 && (
          <List size="sm">
            {typed.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        )}
        <RuleList rules={rules} withPrinciple={false} />
      </Stack>
    </Alert>
  );
}

function Weighed({ fields }: Pick<PartProps, "fields">) {
  const { initiative, effort } = useInitiative();
  const { planned, shares } = weighPicks(fields.picks, initiative.requirements);
  if (fields.picks.size === 0) return null;
  return (
    <div>
      <Text size="sm">
        {effort(planned)} planned{fields.capacity === "" ? "" : ` of ${effort(fields.capacity)} capacity`}
      </Text>
      <SharesBar shares={shares} />
    </div>
  );
}

function usePlanning(fields: TimeboxFields, increment: number, reason: string) {
  return useSteps(async (send) => {
    let { initiative } = await send(makeTimebox(fields, increment));
    const timebox = initiative.timeboxes.at(-1)?.id ?? null;
    const versionOf = (id: number) => initiative.requirements.find((one) => one.id === id)?.version ?? 1;
    for (const [requirement, priority] of fields.picks) {
      const place = { requirement, increment: null, timebox };
      ({ initiative } = await send({ type: "plan-requirement", version: versionOf(requirement), ...place }, reason));
      const decided = { requirement, level: "timebox" as const, priority };
      ({ initiative } = await send({ type: "prioritise", version: versionOf(requirement), ...decided }, reason));
    }
  });
}

export function PlanTimebox({ increment, onDone }: { readonly increment: number; readonly onDone: () => void }) {
  const { report, initiative } = useInitiative();
  const [fields, setFields] = useState(() => beginTimebox(report.today, initiative.timeboxes.length + 1));
  const [said, setSaid] = useState<string>();
  const reason = said ?? `Planned into ${fields.title.trim() || "the timebox"}`;
  const planning = usePlanning(fields, increment, reason);
  const lacks = [...findTimeboxLacks(fields), ...(fields.picks.size > 0 && reason.trim() === "" ? ["a reason"] : [])];
  const change = (changes: Partial<TimeboxFields>) => setFields((old) => ({ ...old, ...changes }));
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    event.stopPropagation();
    if (lacks.length === 0) planning.run(onDone);
  };
  return (
    <>
      <form onSubmit={submit}>
        <Stack gap="sm">
          <Frame fields={fields} change={change} />
          <PickRequirements picks={fields.picks} onChange={(picks) => change({ picks })} />
          <Weighed fields={fields} />
          <Objections fields={fields} />
          {fields.picks.size > 0 && <ReasonField value={reason} onChange={setSaid} />}
          <Group gap="xs">
            <Button type="submit" loading={planning.isPending} disabled={lacks.length > 0}>
              Plan the timebox
            </Button>
            <Button variant="default" onClick={onDone}>
              Leave it
            </Button>
          </Group>
          <Text size="sm" c="dimmed" role="status" aria-live="polite">
            {lacks.length > 0 ? `To go on, say ${lacks.join(", ")}.` : ""}
          </Text>
          {planning.error && <Refused error={planning.error} />}
        </Stack>
      </form>
      {planning.question}
    </>
  );
}
