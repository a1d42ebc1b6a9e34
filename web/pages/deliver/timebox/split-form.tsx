/**
 * Splits a Must: what is indispensable stays a smaller Must, the rest becomes a requirement of its own, with a lower priority.
 */
import { NativeSelect, NumberInput, SimpleGrid, Text, Textarea, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Requirement } from "../../../../src/domain/dsdm/requirement.ts";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { formatEffort } from "../priority-words.ts";
import { ActionForm } from "./action-form.tsx";
import { useTimebox } from "./timebox-context.ts";
import type { Send } from "./use-send.ts";

interface Split {
  readonly title: string;
  readonly restTitle: string;
  readonly acceptance: readonly string[];
  readonly restEffort: number;
  readonly priority: "should" | "could";
  readonly stays: boolean;
}

/** The Must is made smaller first: what is left of it makes the room for its rest. */
async function splitMust(send: Send, must: Requirement, timebox: Timebox, split: Split, reason: string): Promise<void> {
  const { id, version, effort, need, kind, owner, developer, tester } = must;
  const smaller = { title: split.title, effort: effort - split.restEffort };
  await send({ type: "edit-requirement", requirement: id, version, ...smaller }, reason);
  const acceptance = [...split.acceptance];
  const rest = { title: split.restTitle, effort: split.restEffort, acceptance, need, kind, owner, developer, tester };
  const added = await send({ type: "add-requirement", splitFrom: id, ...rest }, reason);
  const made = added.initiative.requirements.reduce((last, one) => (one.id > last.id ? one : last));
  const project = await send(
    { type: "prioritise", requirement: made.id, version: made.version, level: "project", priority: split.priority },
    reason,
  );
  if (!split.stays) return;
  const known = project.initiative.requirements.find((one) => one.id === made.id) ?? made;
  const place = { increment: timebox.increment, timebox: timebox.id };
  const planned = await send(
    { type: "plan-requirement", requirement: made.id, version: known.version, ...place },
    reason,
  );
  const { version: now } = planned.initiative.requirements.find((one) => one.id === made.id) ?? known;
  await send(
    { type: "prioritise", requirement: made.id, version: now, level: "timebox", priority: split.priority },
    reason,
  );
}

export function SplitForm({ must: id, close }: { readonly must: number; readonly close: () => void }) {
  const { timebox, initiative } = useTimebox();
  const must = initiative.requirements.find((one) => one.id === id);
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
      <Textarea
        label="Acceptance criteria of the rest"
        description="One a line."
        autosize
        minRows={2}
        value={criteria}
        onChange={(event) => setCriteria(event.currentTarget.value)}
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
