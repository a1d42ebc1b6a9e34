/**
 * The next step of a timebox: kicked off, edited, cancelled, closed out. Moving its end is end-part.tsx.
 */
import { Alert, Group, List, NumberInput, SimpleGrid, Stack, Text, TextInput } from "@mantine/core";
import { IconFlag, IconPencil, IconPlayerPlay, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { WordsField } from "../../../ui/words-field.tsx";
import { Dialog } from "../initiative/act/dialog.tsx";
import { formatDays, formatPlainDay } from "../priority-words.ts";
import { ActionForm } from "./action-form.tsx";
import { CloseOutForm } from "./close-out-form.tsx";
import { useTimebox } from "./timebox-context.ts";
import { describeCapacity, judgeShares, sumPlanned } from "./timebox-words.ts";

/** What somebody should know before the dates are fixed. */
function useObjections(): readonly string[] {
  const { timebox, facts, initiative, report } = useTimebox();
  const planned = sumPlanned(facts.effort);
  const judged = judgeShares(facts.shares, initiative.waiver !== null);
  return [
    ...(facts.requirements.length === 0 ? ["Nothing is planned into it."] : []),
    ...(judged === undefined ? [] : [judged]),
    ...(planned > timebox.capacity ? [describeCapacity(planned, timebox.capacity, initiative.effortUnit)] : []),
    ...(facts.effort.undecided > 0 ? ["Some of it has no priority in this timebox yet."] : []),
    ...(initiative.baseline === null
      ? ["The foundations are not baselined: the gate of the business study is not passed."]
      : []),
    ...report.missingRoles.map(({ why }) => why),
  ];
}

function KickOffForm({ close }: { readonly close: () => void }) {
  const { timebox } = useTimebox();
  const objections = useObjections();
  return (
    <ActionForm
      submit="Kick it off"
      change={(send) => send({ type: "kick-off", timebox: timebox.id })}
      onDone={close}
      onCancel={close}
    >
      <Text size="sm">
        From then on the days ({formatDays(timebox.start, timebox.end)}) and the capacity are fixed; the end moves only
        by an exception. The team and the scope of today are what was agreed.
      </Text>
      {objections.length > 0 && (
        <Alert color="orange" variant="light" title="Before you do">
          <List size="sm">
            {objections.map((one) => (
              <List.Item key={one}>{one}</List.Item>
            ))}
          </List>
        </Alert>
      )}
    </ActionForm>
  );
}

function DayInput(props: { readonly label: string; readonly value: string; readonly onChange: (day: string) => void }) {
  const { label, value, onChange } = props;
  return (
    <TextInput
      type="date"
      label={label}
      required
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}

function EditForm({ close }: { readonly close: () => void }) {
  const { timebox, initiative } = useTimebox();
  const [title, setTitle] = useState(timebox.title);
  const [objective, setObjective] = useState(timebox.objective);
  const [start, setStart] = useState(timebox.start);
  const [end, setEnd] = useState(timebox.end);
  const [capacity, setCapacity] = useState<number | string>(timebox.capacity);
  const planned = timebox.state === "planned";
  const days = planned ? { start, end, capacity: Number(capacity) } : {};
  return (
    <ActionForm
      submit="Save"
      ready={
        title.trim() !== "" && objective.trim() !== "" && typeof capacity === "number" && start !== "" && end !== ""
      }
      change={(send) =>
        send({ type: "edit-timebox", timebox: timebox.id, title: title.trim(), objective: objective.trim(), ...days })
      }
      onDone={close}
      onCancel={close}
    >
      <TextInput
        label="Title"
        required
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <WordsField label="Objective" required value={objective} onChange={setObjective} />
      {planned ? (
        <SimpleGrid cols={{ base: 1, xs: 3 }}>
          <DayInput label="First day" value={start} onChange={setStart} />
          <DayInput label="Last day" value={end} onChange={setEnd} />
          <NumberInput
            label={`Capacity, ${initiative.effortUnit}`}
            required
            min={0}
            value={capacity}
            onChange={setCapacity}
          />
        </SimpleGrid>
      ) : (
        <Text size="sm" c="dimmed">
          It runs until {formatPlainDay(timebox.end)}: days and capacity are fixed since the kick-off.
        </Text>
      )}
    </ActionForm>
  );
}

function CancelForm({ close }: { readonly close: () => void }) {
  const { timebox } = useTimebox();
  return (
    <ActionForm
      submit="Cancel the timebox"
      color="red"
      reason="Why it is cancelled"
      change={(send, reason) => send({ type: "cancel-timebox", timebox: timebox.id }, reason)}
      onDone={close}
      onCancel={close}
    >
      <Text size="sm">What is planned into it goes back to the list. It stays on record.</Text>
    </ActionForm>
  );
}

export function HeadActions() {
  const { timebox } = useTimebox();
  const { state } = timebox;
  if (state === "closed" || state === "cancelled") return null;
  return (
    <Stack gap="xs">
      <Group gap="xs">
        {state === "planned" && (
          <Dialog
            label="Kick-off"
            title={`Kick off “${timebox.title}”`}
            variant="filled"
            size="sm"
            leftSection={<IconPlayerPlay size={16} aria-hidden />}
          >
            {(close) => <KickOffForm close={close} />}
          </Dialog>
        )}
        {state === "running" && (
          <Dialog
            label="Close-out"
            title={`Close “${timebox.title}”`}
            wide
            variant="filled"
            size="sm"
            leftSection={<IconFlag size={16} aria-hidden />}
          >
            {(close) => <CloseOutForm close={close} />}
          </Dialog>
        )}
        <Dialog label="Edit" title="Edit the timebox" size="sm" leftSection={<IconPencil size={16} aria-hidden />}>
          {(close) => <EditForm close={close} />}
        </Dialog>
        {state === "planned" && (
          <Dialog
            label="Cancel it"
            title="Cancel the timebox?"
            size="sm"
            leftSection={<IconTrash size={16} aria-hidden />}
          >
            {(close) => <CancelForm close={close} />}
          </Dialog>
        )}
      </Group>
    </Stack>
  );
}
