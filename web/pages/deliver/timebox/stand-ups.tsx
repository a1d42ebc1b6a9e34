/**
 * The daily stand-up: the three questions, answered, and what was answered before. Hours may be noted and count nowhere.
 */
import { NumberInput, Stack, Text, TextInput } from "@mantine/core";
import { useState } from "react";
import type { Timebox } from "../../../../src/domain/dsdm/timebox.ts";
import { formatCountOf, formatMoment } from "../../../ui/format.ts";
import { WordsField } from "../../../ui/words-field.tsx";
import { Byline, Nothing, Section, Words } from "../initiative/section.tsx";
import { formatPlainDay } from "../priority-words.ts";
import { PlainList } from "../views/plain-list.tsx";
import { ActionForm } from "./action-form.tsx";
import { useTimebox } from "./timebox-context.ts";

type StandUp = Timebox["standups"][number];

interface Answers {
  readonly day: string;
  readonly done: string;
  readonly next: string;
  readonly inTheWay: string;
  readonly hours: number | string;
}

const QUESTIONS = [
  { key: "done", label: "What was done since the last one?", required: true },
  { key: "next", label: "What is next?", required: true },
  { key: "inTheWay", label: "What is in the way?", required: false },
] as const;

const orNull = (text: string) => (text.trim() === "" ? null : text.trim());

function StandUpForm() {
  const { timebox, report } = useTimebox();
  const blank: Answers = { day: report.today, done: "", next: "", inTheWay: "", hours: "" };
  const [answers, setAnswers] = useState(blank);
  const set = (change: Partial<Answers>) => setAnswers({ ...answers, ...change });
  const { day, done, next, inTheWay, hours } = answers;
  return (
    <ActionForm
      submit="Note the stand-up"
      ready={day !== "" && done.trim() !== "" && next.trim() !== ""}
      change={(send) =>
        send({
          type: "stand-up",
          ...{ timebox: timebox.id, day, done: done.trim(), next: next.trim() },
          ...{ inTheWay: orNull(inTheWay), hours: typeof hours === "number" ? hours : null },
        })
      }
      onDone={() => setAnswers(blank)}
    >
      <TextInput
        type="date"
        label="Day"
        required
        max={report.today}
        value={day}
        onChange={(event) => set({ day: event.currentTarget.value })}
        maw={200}
      />
      {QUESTIONS.map(({ key, label, required }) => (
        <WordsField
          key={key}
          label={label}
          required={required}
          minRows={1}
          value={answers[key]}
          onChange={(value) => set({ [key]: value })}
        />
      ))}
      <NumberInput
        label="Hours worked"
        description="May stay empty: hours are no progress, what is left to do is."
        min={0}
        max={1_000}
        value={hours}
        onChange={(value) => set({ hours: value })}
        maw={320}
      />
    </ActionForm>
  );
}

function StandUpItem({ standUp }: { readonly standUp: StandUp }) {
  const { zone } = useTimebox();
  const { day, at, author, done, next, inTheWay, hours } = standUp;
  return (
    <Stack component="li" gap={2}>
      <Text size="sm" fw={600}>
        {formatPlainDay(day)}
      </Text>
      <Byline>
        {author}, {formatMoment(at, zone)}
        {hours === null ? "" : ` · ${formatCountOf(hours, "hour")} worked`}
      </Byline>
      <Words>Done: {done}</Words>
      <Words>Next: {next}</Words>
      <Words>In the way: {inTheWay ?? "nothing"}</Words>
    </Stack>
  );
}

export function StandUps() {
  const { timebox } = useTimebox();
  const noted = timebox.standups.toReversed();
  return (
    <Section title="Stand-ups">
      {timebox.state === "running" && <StandUpForm />}
      {timebox.state === "planned" && <Nothing>Stand-ups begin with the kick-off.</Nothing>}
      {noted.length === 0 && timebox.state !== "planned" && <Nothing>None was noted.</Nothing>}
      <PlainList gap="md" data-testid="stand-ups">
        {noted.map((one) => (
          <StandUpItem key={`${one.at} ${one.author}`} standUp={one} />
        ))}
      </PlainList>
    </Section>
  );
}
