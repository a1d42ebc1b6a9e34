/**
 * Building a funnel: steps chosen by name, moved, made optional or removed by buttons, and the rules that count.
 * Everything chosen goes to the address; nothing is asked here.
 */
import { ActionIcon, Button, Group, Paper, Select, Stack, Switch, Text, TextInput, Title } from "@mantine/core";
import { IconArrowDown, IconArrowUp, IconRestore, IconTrash } from "@tabler/icons-react";
import { useState } from "react";
import { Choice } from "../views/choice.tsx";
import { type FunnelView, readWithin } from "./funnel-search.ts";
import { addStep, type FunnelStep, moveStep, removeStep, replaceStep, writeStep } from "./funnel-steps.ts";

export interface FunnelBuilderProps {
  readonly steps: readonly FunnelStep[];
  /** Whether the steps are Waymark's proposal. */
  readonly proposed: boolean;
  readonly names: readonly string[];
  readonly view: FunnelView;
  readonly setView: (change: { [Key in keyof FunnelView]?: FunnelView[Key] | undefined }) => void;
}

interface StepRowProps {
  readonly step: FunnelStep;
  readonly index: number;
  readonly steps: readonly FunnelStep[];
  readonly names: readonly string[];
  readonly change: (steps: readonly FunnelStep[], said: string) => void;
}

function StepRow({ step, index, steps, names, change }: StepRowProps) {
  const { touchpoint, optional } = step;
  const name = `step ${index + 1}, ${touchpoint}`;
  return (
    <Group component="li" gap="xs" wrap="nowrap" data-testid="funnel-step">
      <Text size="sm" w={20} ta="right" c="dimmed">
        {index + 1}
      </Text>
      <Select
        aria-label={`Touchpoint of step ${index + 1}`}
        data={names.includes(touchpoint) ? [...names] : [touchpoint, ...names]}
        value={touchpoint}
        onChange={(next) =>
          next && change(replaceStep(steps, index, { touchpoint: next, optional }), `Step ${index + 1} is ${next}`)
        }
        allowDeselect={false}
        searchable
        size="xs"
        flex={1}
        maw={340}
      />
      <Switch
        size="xs"
        label="optional"
        aria-label={`Optional: ${name}`}
        checked={optional}
        disabled={index === 0}
        onChange={() =>
          change(
            replaceStep(steps, index, { touchpoint, optional: !optional }),
            `${touchpoint} is ${optional ? "required" : "optional"}`,
          )
        }
      />
      <ActionIcon
        variant="default"
        aria-label={`Move up: ${name}`}
        disabled={index === 0}
        onClick={() => change(moveStep(steps, index, -1), `${touchpoint} is step ${index}`)}
      >
        <IconArrowUp size={15} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={`Move down: ${name}`}
        disabled={index === steps.length - 1}
        onClick={() => change(moveStep(steps, index, 1), `${touchpoint} is step ${index + 2}`)}
      >
        <IconArrowDown size={15} />
      </ActionIcon>
      <ActionIcon
        variant="default"
        aria-label={`Remove: ${name}`}
        disabled={steps.length === 1}
        onClick={() => change(removeStep(steps, index), `${touchpoint} is removed`)}
      >
        <IconTrash size={15} />
      </ActionIcon>
    </Group>
  );
}

function WithinInput({
  value,
  onChange,
}: {
  readonly value: string | undefined;
  readonly onChange: (value: string | undefined) => void;
}) {
  const [text, setText] = useState(value ?? "");
  const [before, setBefore] = useState(value);
  // The address may change without this field: back, a link, "propose again".
  if (before !== value) {
    setBefore(value);
    setText(value ?? "");
  }
  const wrong = text.trim() !== "" && readWithin(text) === undefined;
  const commit = () => !wrong && onChange(text.trim() === "" ? undefined : text.trim());
  return (
    <TextInput
      label="First to last step within"
      placeholder="no limit, or 30 d"
      value={text}
      onChange={(event) => setText(event.currentTarget.value)}
      onBlur={commit}
      onKeyDown={(event) => event.key === "Enter" && commit()}
      error={wrong ? "Write a time such as 30 d, 12 h or 45 min." : undefined}
      size="xs"
      w={190}
    />
  );
}

function Rules({ view, setView }: Pick<FunnelBuilderProps, "view" | "setView">) {
  return (
    <Stack gap="sm" align="flex-start">
      <Choice
        label="Count"
        value={view.per}
        options={[
          { value: "journey", label: "journeys" },
          { value: "customer", label: "customers, all their events" },
        ]}
        onChange={(per) => setView({ per: per === "journey" ? undefined : per })}
      />
      <WithinInput value={view.within} onChange={(within) => setView({ within })} />
      <Switch
        size="xs"
        label="Strict: nothing may stand between two steps"
        checked={view.strict}
        onChange={(event) => setView({ strict: event.currentTarget.checked ? true : undefined })}
      />
    </Stack>
  );
}

export function FunnelBuilder({ steps, proposed, names, view, setView }: FunnelBuilderProps) {
  const [said, setSaid] = useState("");
  const change = (next: readonly FunnelStep[], words: string) => {
    setSaid(`${words}.`);
    setView({ steps: next.map(writeStep) });
  };
  return (
    <Paper component="section" aria-labelledby="funnel-steps" withBorder p="md">
      <Group justify="space-between" mb="xs">
        <Title order={2} id="funnel-steps">
          Steps of the funnel
        </Title>
        {proposed ? (
          <Text size="sm" c="dimmed">
            Proposed from the commonest path; change it as you like.
          </Text>
        ) : (
          <Button
            variant="subtle"
            size="compact-sm"
            leftSection={<IconRestore size={15} aria-hidden />}
            onClick={() => setView({ steps: undefined })}
          >
            Propose again
          </Button>
        )}
      </Group>
      <Group align="flex-start" gap="xl" justify="space-between">
        <Stack component="ol" gap={6} p={0} m={0} flex={1} miw={320}>
          {steps.map((step, index) => (
            // biome-ignore lint/suspicious/noArrayIndexKey: steps have an order and may repeat; focus stays at its place.
            <StepRow key={index} step={step} index={index} steps={steps} names={names} change={change} />
          ))}
          <Group component="li" gap="xs" wrap="nowrap">
            <Text size="sm" w={20} ta="right" c="dimmed" aria-hidden>
              +
            </Text>
            <Select
              aria-label="Add a step"
              placeholder="Add a step"
              data={[...names]}
              value={null}
              onChange={(next) => next && change(addStep(steps, next), `${next} is added`)}
              disabled={steps.length >= 20}
              searchable
              size="xs"
              flex={1}
              maw={340}
            />
          </Group>
        </Stack>
        <Rules view={view} setView={setView} />
      </Group>
      <Text role="status" aria-live="polite" size="xs" c="dimmed" mt={4} mih={18}>
        {said}
      </Text>
    </Paper>
  );
}
