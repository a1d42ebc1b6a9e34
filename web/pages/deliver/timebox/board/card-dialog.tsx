/**
 * One requirement as the timebox needs it: its criteria and tests, what is left of it, what blocks it, and where it goes.
 * All of it is on the initiative's page; here it is a key away from the board, and moves without being dragged.
 */
import {
  Button,
  Checkbox,
  Group,
  List,
  Modal,
  NativeSelect,
  NumberInput,
  Stack,
  Text,
  Textarea,
  Title,
} from "@mantine/core";
import { type ReactNode, useState } from "react";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { formatMoment } from "../../../../ui/format.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { WordsField } from "../../../../ui/words-field.tsx";
import { Byline, Nothing, Words } from "../../initiative/section.tsx";
import { formatEffort } from "../../priority-words.ts";
import { ActionForm } from "../action-form.tsx";
import { useTimebox } from "../timebox-context.ts";
import { COLUMN_NAMES, COLUMNS, findPlace, isSamePlace, LIST_NAME, type Place, ROW_NAMES, ROWS } from "./move.ts";

interface CardDialogProps {
  readonly requirement: Requirement | undefined;
  readonly movable: boolean;
  readonly onMove: (requirement: Requirement, to: Place) => void;
  readonly onClose: () => void;
  readonly onGone: () => void;
}

function Part({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Stack component="section" gap={6} aria-label={title}>
      <Title order={3}>{title}</Title>
      {children}
    </Stack>
  );
}

interface MovePartProps {
  readonly requirement: Requirement;
  readonly onMove: (to: Place) => void;
}

function MovePart({ requirement, onMove }: MovePartProps) {
  const { timebox } = useTimebox();
  const from = findPlace(requirement, timebox.id);
  const [to, setTo] = useState<Place>(from);
  return (
    <Part title="Move it">
      <Group gap="xs" align="flex-end">
        <NativeSelect
          label="Column"
          data={[
            { value: "list", label: LIST_NAME },
            ...COLUMNS.map((value) => ({ value, label: COLUMN_NAMES[value] })),
          ]}
          value={to.column}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTo({ ...to, column: COLUMNS.find((one) => one === value) ?? "list" });
          }}
        />
        <NativeSelect
          label="Row"
          disabled={to.column === "list"}
          data={ROWS.map((value) => ({ value, label: ROW_NAMES[value] }))}
          value={to.row}
          onChange={(event) => {
            const { value } = event.currentTarget;
            setTo({ ...to, row: ROWS.find((one) => one === value) ?? to.row });
          }}
        />
        <Button disabled={isSamePlace(from, to)} onClick={() => onMove(to)}>
          Move it
        </Button>
      </Group>
    </Part>
  );
}

function RemainingPart({ requirement }: { readonly requirement: Requirement }) {
  const { initiative } = useTimebox();
  const { id, state, effort, remaining } = requirement;
  const [left, setLeft] = useState<number | string>(remaining);
  const valid = typeof left === "number" && left >= 0 && left <= effort;
  return (
    <Part title="What is left">
      <ActionForm
        submit="Save"
        ready={valid && left !== remaining}
        change={(send) =>
          send({
            type: "progress-requirement",
            requirement: id,
            state: state === "to-do" ? "doing" : state,
            remaining: Number(left),
          })
        }
      >
        <NumberInput
          label={`Effort still to do, of ${formatEffort(effort, initiative.effortUnit)}`}
          description="What is left counts, never the hours worked."
          min={0}
          max={effort}
          step={0.5}
          decimalScale={2}
          value={left}
          onChange={setLeft}
          maw={320}
        />
      </ActionForm>
    </Part>
  );
}

function TestPart({ requirement }: { readonly requirement: Requirement }) {
  const { zone } = useTimebox();
  const [text, setText] = useState("");
  const [passed, setPassed] = useState(true);
  const { id, evidence } = requirement;
  return (
    <Part title="Tests">
      {evidence.length === 0 && <Nothing>No test is on record.</Nothing>}
      {evidence.map((one) => (
        <div key={one.at}>
          <Byline>
            {one.passed ? "Passed" : "Failed"} · {one.author}, {formatMoment(one.at, zone)}
          </Byline>
          <Words>{one.text}</Words>
        </div>
      ))}
      <ActionForm
        submit="Record the test"
        ready={text.trim() !== ""}
        change={(send) => send({ type: "add-evidence", requirement: id, text: text.trim(), passed })}
        onDone={() => setText("")}
      >
        <WordsField label="How it was tested" value={text} onChange={setText} />
        <Checkbox label="It passed" checked={passed} onChange={(event) => setPassed(event.currentTarget.checked)} />
      </ActionForm>
    </Part>
  );
}

function BlockPart({ requirement }: { readonly requirement: Requirement }) {
  const { timebox } = useTimebox();
  const [text, setText] = useState("");
  const open = timebox.blockers.filter((one) => one.requirement === requirement.id && one.clearedAt === null);
  return (
    <Part title="What blocks it">
      {open.map((one) => (
        <Words key={one.id}>{one.text}</Words>
      ))}
      <ActionForm
        submit="Raise the blocker"
        ready={text.trim() !== ""}
        change={(send) =>
          send({ type: "raise-blocker", timebox: timebox.id, requirement: requirement.id, text: text.trim() })
        }
        onDone={() => setText("")}
      >
        <Textarea
          label={open.length > 0 ? "Something else that blocks it" : "What is in its way"}
          autosize
          maxLength={5_000}
          value={text}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      </ActionForm>
    </Part>
  );
}

function About({ requirement }: { readonly requirement: Requirement }) {
  const { initiative } = useTimebox();
  const { id, acceptance, ifNotMet, tester } = requirement;
  return (
    <Part title="Acceptance criteria">
      {acceptance.length === 0 ? (
        <Nothing>None yet: work should not start without them.</Nothing>
      ) : (
        <List size="sm" withPadding>
          {acceptance.map((one) => (
            <List.Item key={one}>{one}</List.Item>
          ))}
        </List>
      )}
      {ifNotMet !== null && <Text size="sm">If it is not met: {ifNotMet}</Text>}
      <Text size="sm" c="dimmed">
        Tester: {tester ?? "nobody yet"}.{" "}
        <ScopeLink to="deliver/initiative" search={{ id: initiative.id, tab: "requirements", requirement: id }} inherit>
          All of this requirement
        </ScopeLink>
      </Text>
    </Part>
  );
}

export function CardDialog({ requirement, movable, onMove, onClose, onGone }: CardDialogProps) {
  const { timebox } = useTimebox();
  const running = timebox.state === "running" && requirement?.timebox === timebox.id;
  return (
    <Modal
      opened={requirement !== undefined}
      onClose={onClose}
      size="lg"
      returnFocus={false}
      onExitTransitionEnd={onGone}
      title={requirement ? `${requirement.id} ${requirement.title}` : ""}
      closeButtonProps={{ "aria-label": "Close" }}
    >
      {requirement && (
        <Stack gap="lg" key={requirement.id}>
          {movable && <MovePart requirement={requirement} onMove={(to) => onMove(requirement, to)} />}
          <About requirement={requirement} />
          {running && requirement.state !== "done" && (
            <RemainingPart key={requirement.remaining} requirement={requirement} />
          )}
          <TestPart requirement={requirement} />
          {running && <BlockPart requirement={requirement} />}
        </Stack>
      )}
    </Modal>
  );
}
