/**
 * What blocks the timebox or one of its requirements: raised, and cleared with what came of it.
 */
import { Badge, Group, NativeSelect, Stack, Text } from "@mantine/core";
import { useState } from "react";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { formatMoment } from "../../../ui/format.ts";
import { WordsField } from "../../../ui/words-field.tsx";
import { Dialog } from "../initiative/act/dialog.tsx";
import { Byline, Nothing, Section, Words } from "../initiative/section.tsx";
import { PlainList } from "../views/plain-list.tsx";
import { ActionForm } from "./action-form.tsx";
import { useTimebox } from "./timebox-context.ts";

type Blocker = Timebox["blockers"][number];

function RaiseForm() {
  const { timebox, initiative } = useTimebox();
  const [text, setText] = useState("");
  const [about, setAbout] = useState("");
  const own = initiative.requirements.filter((one) => one.timebox === timebox.id && one.state !== "done");
  return (
    <ActionForm
      submit="Raise the blocker"
      ready={text.trim() !== ""}
      change={(send) =>
        send({
          type: "raise-blocker",
          timebox: timebox.id,
          requirement: about === "" ? null : Number(about),
          text: text.trim(),
        })
      }
      onDone={() => setText("")}
    >
      <NativeSelect
        label="What is blocked"
        data={[
          { value: "", label: "the timebox as a whole" },
          ...own.map(({ id, title }) => ({ value: String(id), label: `${id} ${title}` })),
        ]}
        value={about}
        onChange={(event) => setAbout(event.currentTarget.value)}
      />
      <WordsField label="What is in the way" required value={text} onChange={setText} />
    </ActionForm>
  );
}

function ClearForm({ blocker, close }: { readonly blocker: Blocker; readonly close: () => void }) {
  const { timebox } = useTimebox();
  const [outcome, setOutcome] = useState("");
  return (
    <ActionForm
      submit="Clear it"
      change={(send) =>
        send({
          type: "clear-blocker",
          timebox: timebox.id,
          blocker: blocker.id,
          outcome: outcome.trim() === "" ? null : outcome.trim(),
        })
      }
      onDone={close}
      onCancel={close}
    >
      <Words>{blocker.text}</Words>
      <WordsField label="What came of it" data-autofocus value={outcome} onChange={setOutcome} />
    </ActionForm>
  );
}

function BlockerItem({ blocker }: { readonly blocker: Blocker }) {
  const { initiative, timebox, zone } = useTimebox();
  const { id, requirement, text, at, author, clearedAt, clearedBy, outcome } = blocker;
  const title = initiative.requirements.find((one) => one.id === requirement)?.title;
  return (
    <Stack component="li" gap={4} data-blocker={id}>
      <Group gap="xs">
        <Badge variant="light" tt="none" color={clearedAt === null ? "red" : "teal"}>
          {clearedAt === null ? "blocks" : "cleared"}
        </Badge>
        <Text size="sm" fw={600}>
          {requirement === null ? "The timebox" : `${requirement} ${title ?? ""}`}
        </Text>
      </Group>
      <Words>{text}</Words>
      <Byline>
        Raised by {author}, {formatMoment(at, zone)}
        {clearedAt !== null && `; cleared by ${clearedBy ?? "somebody"}, ${formatMoment(clearedAt, zone)}`}
      </Byline>
      {outcome !== null && <Words>{outcome}</Words>}
      {clearedAt === null && (timebox.state === "running" || timebox.state === "planned") && (
        <Group>
          <Dialog label="Clear it" name={`Clear it: blocker ${id}`} title="Clear the blocker">
            {(close) => <ClearForm blocker={blocker} close={close} />}
          </Dialog>
        </Group>
      )}
    </Stack>
  );
}

export function Blockers() {
  const { timebox } = useTimebox();
  const open = (one: Blocker) => (one.clearedAt === null ? 0 : 1);
  const sorted = timebox.blockers.toSorted((a, b) => open(a) - open(b) || b.id - a.id);
  return (
    <Section title="Blockers">
      {sorted.length === 0 && <Nothing>Nothing blocks this timebox, as far as anybody noted.</Nothing>}
      <PlainList gap="md" data-testid="blockers">
        {sorted.map((one) => (
          <BlockerItem key={one.id} blocker={one} />
        ))}
      </PlainList>
      {timebox.state === "running" && <RaiseForm />}
    </Section>
  );
}
