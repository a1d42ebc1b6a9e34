/**
 * Splits a Must: what is indispensable stays a smaller Must, the rest becomes a requirement of its own, with a lower priority.
 */
import { NativeSelect, NumberInput, SimpleGrid, Text, TextInput } from "@mantine/core";
import { useRef, useState } from "react";
import type { Requirement } from "../../../../src/domain/dsdm/requirement.ts";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { WordsField } from "../../../ui/words-field.tsx";
import type { Send } from "../act/use-send.ts";
import { formatEffort } from "../priority-words.ts";
import { ActionForm } from "./action-form.tsx";
import { useTimebox } from "./timebox-context.ts";

interface Split {
  readonly title: string;
  readonly restTitle: string;
  readonly acceptance: readonly string[];
  readonly restEffort: number;
  readonly priority: "should" | "could";
  readonly stays: boolean;
}

/** What of a split is through: where a step is refused, another try goes on from there. */
interface Through {
  rest?: number;
  /** How many of the actions after it. */
  done: number;
}

/** The rest is written down first: it weighs nothing until it is planned, and the smaller Must makes the room for it. */
async function splitMust(
  sendAs: Send,
  must: Requirement,
  timebox: Timebox,
  split: Split,
  reason: string,
  through: Through,
): Promise<void> {
  const { id, version, effort, need, kind, owner, developer, tester } = must;
  const send = (action: Parameters<Send>[0]) => sendAs(action, reason);
  if (through.rest === undefined) {
    const acceptance = [...split.acceptance];
    const fields = {
      title: split.restTitle,
      effort: split.restEffort,
      acceptance,
      need,
      kind,
      owner,
      developer,
      tester,
    };
    const { initiative } = await send({ type: "add-requirement", splitFrom: id, ...fields });
    through.rest = Math.max(...initiative.requirements.map((one) => one.id));
  }
  const rest = through.rest;
  const { priority } = split;
  const place = { increment: timebox.increment, timebox: timebox.id };
  // Nobody else knows of the rest yet: its versions are counted from its first.
  const actions: Parameters<Send>[0][] = [
    { type: "edit-requirement", requirement: id, version, title: split.title, effort: effort - split.restEffort },
    { type: "prioritise", requirement: rest, version: 1, level: "project", priority },
  ];
  if (split.stays)
    actions.push(
      { type: "plan-requirement", requirement: rest, version: 2, ...place },
      { type: "prioritise", requirement: rest, version: 3, level: "timebox", priority },
    );
  for (const action of actions.slice(through.done)) {
    await send(action);
    through.done += 1;
  }
}

export function SplitForm({ must: id, close }: { readonly must: number; readonly close: () => void }) {
  const { timebox, initiative } = useTimebox();
  // As it was when the dialog opened: once it is smaller, another Must may be the one at risk.
  const [must] = useState(() => initiative.requirements.find((one) => one.id === id));
  const through = useRef<Through>({ done: 0 });
  const [title, setTitle] = useState(must?.title ?? "");
  const [restTitle, setRestTitle] = useState("");
  const [criteria, setCriteria] = useState("");
  const [restEffort, setRestEffort] = useState<number | string>("");
  const [priority, setPriority] = useState<Split["priority"]>("should");
  const [stays, setStays] = useState(true);
  if (!must) return null;
  const fits = typeof restEffort === "number" && restEffort > 0 && restEffort < must.effort;
  const acceptance = criteria.split("\n").flatMap((line) => (line.trim() === "" ? [] : [line.trim()]));
  return (
    <ActionForm
      submit="Split it"
      reason="Why it is split"
      ready={title.trim() !== "" && restTitle.trim() !== "" && fits}
      change={(send, reason) =>
        splitMust(
          send,
          must,
          timebox,
          {
            title: title.trim(),
            restTitle: restTitle.trim(),
            acceptance,
            restEffort: Number(restEffort),
            priority,
            stays,
          },
          reason,
          through.current,
        )
      }
      onDone={close}
      onCancel={close}
    >
      <Text size="sm">
        What we would cancel without stays the Must; the rest becomes a requirement of its own. Together they keep the{" "}
        {formatEffort(must.effort, initiative.effortUnit)} there are.
      </Text>
      <TextInput
        label="The smaller Must"
        required
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <TextInput
        label="The rest"
        required
        maxLength={300}
        value={restTitle}
        onChange={(event) => setRestTitle(event.currentTarget.value)}
      />
      <WordsField
        label="Acceptance criteria of the rest"
        description="One a line."
        value={criteria}
        onChange={setCriteria}
      />
      <SimpleGrid cols={{ base: 1, xs: 3 }}>
        <NumberInput
          label={`Effort of the rest, ${initiative.effortUnit}`}
          required
          min={0}
          max={must.effort}
          step={0.5}
          value={restEffort}
          onChange={setRestEffort}
        />
        <NativeSelect
          label="It is a"
          data={[
            { value: "should", label: "Should" },
            { value: "could", label: "Could" },
          ]}
          value={priority}
          onChange={(event) => setPriority(event.currentTarget.value === "could" ? "could" : "should")}
        />
        <NativeSelect
          label="It goes"
          data={[
            { value: "stays", label: "into this timebox" },
            { value: "list", label: "to the list" },
          ]}
          value={stays ? "stays" : "list"}
          onChange={(event) => setStays(event.currentTarget.value === "stays")}
        />
      </SimpleGrid>
    </ActionForm>
  );
}
