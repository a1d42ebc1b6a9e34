/**
 * Closes a timebox: who accepts what was delivered, what was learnt, and where each undone requirement goes.
 */
import { Alert, Checkbox, NativeSelect, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { findHolders, type Initiative } from "../../../../src/domain/dsdm/initiative.ts";
import type { Requirement } from "../../../../src/domain/dsdm/requirement.ts";
import { ACCEPTING_ROLES, BUSINESS_ROLES, type DeliveryRole, ROLE_FACTS } from "../../../../src/domain/dsdm/role.ts";
import { WordsField } from "../../../ui/words-field.tsx";
import { formatEffort, namePriority } from "../priority-words.ts";
import { ActionForm } from "./action-form.tsx";
import { useTimebox } from "./timebox-context.ts";

interface Accepter {
  readonly person: string;
  readonly role: DeliveryRole;
}

/** Those who must accept, then the other business roles. */
const ASKED: readonly DeliveryRole[] = [
  ...ACCEPTING_ROLES,
  ...BUSINESS_ROLES.filter((role) => !ACCEPTING_ROLES.includes(role)),
];

function listAccepters(initiative: Initiative): readonly Accepter[] {
  return ASKED.flatMap((role) => findHolders(initiative, role).map((person) => ({ person, role })));
}

const keyOf = ({ person, role }: Accepter) => `${role} ${person}`;

function AcceptersField(props: {
  readonly chosen: ReadonlySet<string>;
  readonly onChange: (chosen: ReadonlySet<string>) => void;
}) {
  const { initiative } = useTimebox();
  const accepters = listAccepters(initiative);
  const unheld = ACCEPTING_ROLES.filter((role) => findHolders(initiative, role).length === 0);
  const toggle = (key: string, on: boolean): void => {
    const next = new Set(props.chosen);
    if (on) next.add(key);
    else next.delete(key);
    props.onChange(next);
  };
  return (
    <Stack component="fieldset" gap="xs" m={0} p={0} style={{ border: 0 }}>
      <Text component="legend" size="sm" fw={500} p={0}>
        Who accepts what was delivered
      </Text>
      {accepters.map((one) => (
        <Checkbox
          key={keyOf(one)}
          label={`${one.person}, ${ROLE_FACTS[one.role].name.toLowerCase()}`}
          checked={props.chosen.has(keyOf(one))}
          onChange={(event) => toggle(keyOf(one), event.currentTarget.checked)}
        />
      ))}
      {unheld.map((role) => (
        <Text key={role} size="sm" c="dimmed">
          Nobody is {ROLE_FACTS[role].name.toLowerCase()}, who has to accept: health will say so (rule 34).
        </Text>
      ))}
    </Stack>
  );
}

interface CarryProps {
  readonly undone: readonly Requirement[];
  readonly targets: Readonly<Record<number, string>>;
  readonly onChange: (requirements: readonly number[], to: string) => void;
}

/** From so many on, one choice for all of them saves most of the work. */
const MANY = 4;

function CarryFields({ undone, targets, onChange }: CarryProps) {
  const { initiative, timebox } = useTimebox();
  const open = initiative.timeboxes.filter(
    ({ id, state }) => id !== timebox.id && (state === "planned" || state === "running"),
  );
  const places = [
    { value: "", label: "back to the list" },
    ...open.map(({ id, title }) => ({ value: String(id), label: title })),
  ];
  return (
    <Stack gap="xs">
      <Title order={3}>What is undone goes</Title>
      {undone.length >= MANY && (
        <NativeSelect
          label={`All ${undone.length} of them`}
          data={[{ value: "-", label: "each where it is said below" }, ...places]}
          value="-"
          onChange={(event) => {
            const { value } = event.currentTarget;
            const all = undone.map(({ id }) => id);
            if (value !== "-") onChange(all, value);
          }}
        />
      )}
      {undone.map(({ id, title, priority, remaining }) => (
        <NativeSelect
          key={id}
          label={`${id} ${title}`}
          description={`${namePriority(priority.timebox)}, ${formatEffort(remaining, initiative.effortUnit)} left`}
          data={places}
          value={targets[id] ?? ""}
          onChange={(event) => onChange([id], event.currentTarget.value)}
        />
      ))}
    </Stack>
  );
}

export function CloseOutForm({ close }: { readonly close: () => void }) {
  const { timebox, initiative } = useTimebox();
  const [accepters, setAccepters] = useState<ReadonlySet<string>>(new Set());
  const [retrospective, setRetrospective] = useState("");
  const [targets, setTargets] = useState<Readonly<Record<number, string>>>({});
  const undone = initiative.requirements.filter((one) => one.timebox === timebox.id && one.state !== "done");
  const musts = undone.filter(({ priority }) => priority.timebox === "must");
  const learnt = retrospective.trim();
  return (
    <ActionForm
      submit="Close it"
      change={(send) =>
        send({
          type: "close-out",
          timebox: timebox.id,
          accepters: listAccepters(initiative).filter((one) => accepters.has(keyOf(one))),
          retrospective: learnt === "" ? null : learnt,
          carry: undone.map(({ id }) => ({ requirement: id, to: targets[id] ? Number(targets[id]) : null })),
        })
      }
      onDone={close}
      onCancel={close}
    >
      {musts.length > 0 && (
        <Alert
          color="red"
          variant="light"
          title={musts.length === 1 ? "A Must is open" : `${musts.length} Musts are open`}
        >
          Closed like this, the timebox has failed (rule 12): look at the business case again before the next one.
        </Alert>
      )}
      <AcceptersField chosen={accepters} onChange={setAccepters} />
      <WordsField
        label="Retrospective"
        description="What went well, what did not, what the next timebox does differently."
        minRows={3}
        value={retrospective}
        onChange={setRetrospective}
      />
      {undone.length > 0 && (
        <CarryFields
          undone={undone}
          targets={targets}
          onChange={(chosen, to) => setTargets({ ...targets, ...Object.fromEntries(chosen.map((id) => [id, to])) })}
        />
      )}
    </ActionForm>
  );
}
