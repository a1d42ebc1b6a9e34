/**
 * The measurements that are registered with the initiative, with verdict, interval and n; one is planned or joined here.
 */
import { Alert, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import type { Status, Verdict } from "../../../measure/effects/effect-words.ts";
import { StatusBadge, VerdictBadge } from "../../../measure/effects/verdict-badge.tsx";
import { PlainList } from "../../views/plain-list.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline, Nothing, Section } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { type ShownEffect, useMeasured } from "./use-measured.ts";

function RegisterForm({ onDone }: { readonly onDone: () => void }) {
  const { initiative } = useInitiative();
  const { all, loaded } = useMeasured();
  const free = all.filter(({ id }) => !initiative.effects.includes(id));
  // Planned for a finding that this initiative acts on: most likely the one that is meant.
  const likely = free.find(({ finding }) => finding !== null && initiative.findings.includes(finding));
  const [chosen, setChosen] = useState(likely === undefined ? "" : String(likely.id));
  // What was chosen is no longer free once it is registered: the form stays until it has closed the dialog.
  if (loaded && free.length === 0 && chosen === "")
    return <Nothing>There is no other registered measurement. Plan one first.</Nothing>;
  return (
    <ActionForm
      type="register-effect"
      make={() => ({ type: "register-effect", effect: Number(chosen) })}
      lacks={chosen === "" ? ["which measurement"] : []}
      submit="Judge it by this"
      onDone={onDone}
      onCancel={onDone}
    >
      <NativeSelect
        label="Measurement"
        description="It cannot be taken away again: what was agreed beforehand stays"
        data={[{ value: "", label: "choose one" }, ...free.map(({ id, name }) => ({ value: String(id), label: name }))]}
        value={chosen}
        onChange={(event) => setChosen(event.currentTarget.value)}
      />
    </ActionForm>
  );
}

function EffectItem({ effect }: { readonly effect: ShownEffect }) {
  const { day } = useInitiative();
  const { id, name, status, switchOn, until, newest, numbers, finding } = effect;
  return (
    <Stack component="li" gap={4} data-testid="registered-effect">
      <Group gap="xs">
        <Text size="sm" fw={600} component="div">
          <ScopeLink to="measure/effects" search={{ effect: id }} inherit>
            {name}
          </ScopeLink>
        </Text>
        <StatusBadge status={status as Status} />
        {newest && <VerdictBadge verdict={newest.verdict as Verdict} />}
      </Group>
      <Text size="sm">
        {newest ? numbers : status === "planned" ? "Not switched on yet." : "Not measured yet: open it and measure."}
      </Text>
      <Byline>
        Switch-on {day(switchOn)}, stop date {day(until)}
        {newest && ` · measured ${day(newest.measuredAt)}`}
        {finding !== null && ` · shall mend finding ${finding}`}
      </Byline>
    </Stack>
  );
}

function PlanLinks() {
  const { initiative } = useInitiative();
  const [first] = initiative.findings;
  return (
    <ScopeLink
      to="measure/effects"
      search={{ view: "plan", ...(first === undefined ? {} : { finding: first }) }}
      fz="sm"
    >
      Plan a measurement
    </ScopeLink>
  );
}

export function Measurements() {
  const { initiative } = useInitiative();
  const { effects } = useMeasured();
  const begun = initiative.timeboxes.some(({ kickOff }) => kickOff !== null);
  return (
    <Section
      title="Registered measurements"
      actions={
        <>
          <PlanLinks />
          <Dialog label="Register an existing one" title="By which measurement is it judged?">
            {(close) => <RegisterForm onDone={close} />}
          </Dialog>
        </>
      }
    >
      {effects.length === 0 && (
        <Alert color={begun ? "orange" : "gray"} variant="outline" title="By nothing yet">
          {begun
            ? "Work has begun, and no measurement is registered: afterwards, anybody can pick the number that pleases."
            : "Say before work starts what will be measured, whom you will compare and for how long. Plan the measurement, then register it here."}
        </Alert>
      )}
      <PlainList gap="md">
        {effects.map((effect) => (
          <EffectItem key={effect.id} effect={effect} />
        ))}
      </PlainList>
    </Section>
  );
}
