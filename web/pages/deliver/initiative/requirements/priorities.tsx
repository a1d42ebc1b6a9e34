/**
 * The priorities of one requirement on the three levels, how each came about, and the dialog that decides one.
 * What the measured cost suggests is suggestion.tsx.
 */
import { Group, List, Radio, Spoiler, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import {
  PRIORITIES,
  PRIORITY_LEVELS,
  PRIORITY_NAMES,
  type Priority,
  type PriorityLevel,
} from "../../../../../src/domain/dsdm/moscow.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { namePriority, PRIORITY_TESTS } from "../../priority-words.ts";
import { PriorityBadge } from "../../views/delivery-badges.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { explainStale } from "./stale-notice.tsx";

const LEVEL_NAMES: Readonly<Record<PriorityLevel, string>> = {
  project: "Project",
  increment: "Increment",
  timebox: "Timebox",
};

interface PriorityFormProps {
  readonly requirement: Requirement;
  readonly level: PriorityLevel;
  /** What is chosen, and said why, to begin with. */
  readonly begin?: { readonly priority: Priority; readonly reason: string };
  readonly onDone: () => void;
}

function Choice({
  value,
  onChange,
}: {
  readonly value: Priority | "";
  readonly onChange: (to: Priority | "") => void;
}) {
  return (
    <Radio.Group
      label="Priority"
      value={value === "" ? "none" : value}
      onChange={(next) => onChange(next === "none" ? "" : (next as Priority))}
    >
      <Stack gap="xs" mt="xs">
        {PRIORITIES.map((one) => (
          <Radio key={one} value={one} label={PRIORITY_NAMES[one]} description={PRIORITY_TESTS[one]} />
        ))}
        <Radio value="none" label="not decided" description="Outside of every share." />
      </Stack>
    </Radio.Group>
  );
}

export function PriorityForm({ requirement, level, begin, onDone }: PriorityFormProps) {
  const { initiative } = useInitiative();
  const present = requirement.priority[level];
  const [chosen, setChosen] = useState<Priority | "">(begin?.priority ?? present ?? "");
  const priority = chosen === "" ? null : chosen;
  const action = (version: number) => ({
    type: "prioritise" as const,
    requirement: requirement.id,
    version,
    level,
    priority,
  });
  const asks =
    level === "project" &&
    initiative.baseline !== null &&
    priority !== present &&
    (priority === "must" || present === "must");
  return (
    <ActionForm
      type="prioritise"
      make={() => action(requirement.version)}
      lacks={chosen === "" && present === null ? ["a priority"] : []}
      submit="Decide"
      {...(begin === undefined ? {} : { reason: begin.reason })}
      onDone={onDone}
      onCancel={onDone}
      explain={(error, again, reset) =>
        explainStale({
          error,
          describe: (current) =>
            `priority of the ${level}: ${namePriority(current.priority[level])}, “${current.title}”`,
          onTheirs: () => {
            reset();
            onDone();
          },
          onMine: (version) => again(action(version)),
        })
      }
    >
      <Choice value={chosen} onChange={setChosen} />
      {asks && <Text size="sm">The scope is baselined: the visionary will be asked to approve this.</Text>}
    </ActionForm>
  );
}

/** The place a level is about; undefined where it has none yet. */
function placeOf({ increment, timebox }: Requirement, level: PriorityLevel): string | undefined {
  if (level === "project") return "of the whole";
  const id = level === "increment" ? increment : timebox;
  return id === null ? undefined : `of ${level} ${id}`;
}

function LevelRow({ requirement, level }: { readonly requirement: Requirement; readonly level: PriorityLevel }) {
  const place = placeOf(requirement, level);
  return (
    <Group gap="xs" data-level={level}>
      <Text size="sm" w={86}>
        {LEVEL_NAMES[level]}
      </Text>
      <PriorityBadge priority={requirement.priority[level]} />
      <Dialog
        label="Decide"
        name={`Decide the priority of the ${level}`}
        title={`Priority, ${LEVEL_NAMES[level].toLowerCase()}`}
        size="compact-xs"
      >
        {(close) => <PriorityForm requirement={requirement} level={level} onDone={close} />}
      </Dialog>
      <Byline>{place ?? "planned into none yet"}</Byline>
    </Group>
  );
}

function History({ history }: Pick<Requirement, "history">) {
  const { moment } = useInitiative();
  if (history.length === 0) return <Byline>No priority was decided yet.</Byline>;
  return (
    <Spoiler maxHeight={160} showLabel="Show all of its history" hideLabel="Show less">
      <List size="sm" spacing={4} data-testid="priority-history">
        {history.toReversed().map(({ level, from, to, author, reason, at }) => (
          <List.Item key={`${at} ${level} ${to}`}>
            {LEVEL_NAMES[level]}: {namePriority(from)} → {namePriority(to)}. {reason ?? "No reason was given."}
            <Byline>
              {author ?? "nobody named"}, {moment(at)}
            </Byline>
          </List.Item>
        ))}
      </List>
    </Spoiler>
  );
}

export function Priorities({ requirement }: { readonly requirement: Requirement }) {
  return (
    <Stack component="section" gap="xs" aria-label="Priorities">
      <Title order={3}>Priorities</Title>
      {PRIORITY_LEVELS.map((level) => (
        <LevelRow key={level} requirement={requirement} level={level} />
      ))}
      <History history={requirement.history} />
    </Stack>
  );
}
