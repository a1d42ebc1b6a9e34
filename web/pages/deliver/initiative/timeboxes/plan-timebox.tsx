/**
 * Plans a timebox with what goes into it. It objects in place: the broken rules that concern the plan, and what is typed.
 * Nothing is refused for them; whoever plans decides.
 */
import { Checkbox } from "@mantine/core";
import { useState } from "react";
import type { Priority } from "../../../../../src/domain/dsdm/moscow.ts";
import { FormFrame } from "../../act/form-frame.tsx";
import { useSteps } from "../act/use-steps.ts";
import { useInitiative } from "../use-initiative.ts";
import { Objections, Weighed } from "./objections.tsx";
import { PickRequirements } from "./pick-requirements.tsx";
import {
  beginTimebox,
  findTimeboxLacks,
  makeTimebox,
  proposeForIncrement,
  type TimeboxFields,
} from "./timebox-form.ts";
import { TimeboxFrame } from "./timebox-frame.tsx";

function usePlanning(fields: TimeboxFields, increment: number, reason: string) {
  return useSteps(async (send) => {
    let { initiative } = await send(makeTimebox(fields, increment));
    const timebox = initiative.timeboxes.at(-1)?.id ?? null;
    const versionOf = (id: number) => initiative.requirements.find((one) => one.id === id)?.version ?? 1;
    for (const [requirement, priority] of fields.picks) {
      const read = initiative.requirements.find((one) => one.id === requirement);
      const whole = read && fields.decideIncrement ? proposeForIncrement(read, increment, priority) : null;
      const place = { requirement, increment: null, timebox };
      ({ initiative } = await send({ type: "plan-requirement", version: versionOf(requirement), ...place }, reason));
      const decide = (level: "timebox" | "increment", to: Priority) =>
        send({ type: "prioritise", requirement, version: versionOf(requirement), level, priority: to }, reason);
      ({ initiative } = await decide("timebox", priority));
      if (whole !== null) ({ initiative } = await decide("increment", whole));
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
  return (
    <FormFrame
      submit="Plan the timebox"
      onSubmit={() => planning.run(onDone)}
      reason={fields.picks.size > 0 ? { value: reason, onChange: setSaid } : undefined}
      lacks={lacks}
      isPending={planning.isPending}
      error={planning.error}
      onCancel={onDone}
      question={planning.question}
    >
      <TimeboxFrame fields={fields} change={change} />
      <PickRequirements picks={fields.picks} onChange={(picks) => change({ picks })} />
      {fields.picks.size > 0 && (
        <Checkbox
          label="What has no priority in the increment gets that of the project there"
          checked={fields.decideIncrement}
          onChange={(event) => change({ decideIncrement: event.currentTarget.checked })}
        />
      )}
      <Weighed fields={fields} />
      <Objections fields={fields} />
    </FormFrame>
  );
}
