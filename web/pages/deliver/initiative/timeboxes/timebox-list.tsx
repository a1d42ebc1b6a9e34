/**
 * The timeboxes of one increment: days, state, effort against capacity, shares; each leads to its board.
 */
import { Group, Stack, Text } from "@mantine/core";
import type { Timebox } from "../../../../../src/domain/dsdm/timebox.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { formatDays } from "../../priority-words.ts";
import { RuleList } from "../../views/rule-list.tsx";
import { SharesBar } from "../../views/shares-bar.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Nothing } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { StateBadge, WordBadge } from "../word-badge.tsx";
import classes from "./timebox-list.module.css";

function CancelButton({ timebox: { id, title } }: { readonly timebox: Timebox }) {
  return (
    <Dialog
      label="Cancel it"
      name={`Cancel it: ${title}`}
      title={`Cancel “${title}”?`}
      size="compact-xs"
      variant="subtle"
    >
      {(close) => (
        <ActionForm
          type="cancel-timebox"
          make={() => ({ type: "cancel-timebox", timebox: id })}
          submit="Cancel the timebox"
          color="red"
          onDone={close}
          onCancel={close}
        >
          <Text size="sm">It was not kicked off yet. Its requirements go back to the list.</Text>
        </ActionForm>
      )}
    </Dialog>
  );
}

function Load({ timebox }: { readonly timebox: Timebox }) {
  const { report, effort } = useInitiative();
  const facts = report.timeboxes.find((one) => one.timebox === timebox.id);
  if (!facts) return null;
  const { must, should, could, undecided } = facts.effort;
  const planned = must + should + could + undecided;
  return (
    <Stack gap={2}>
      <Text size="sm">
        {effort(planned)} of {effort(timebox.capacity)} capacity
      </Text>
      <SharesBar shares={facts.shares} />
      {facts.atRisk.length > 0 && <WordBadge color="red">{`Must at risk: ${facts.atRisk.length}`}</WordBadge>}
    </Stack>
  );
}

function TimeboxItem({ timebox }: { readonly timebox: Timebox }) {
  const { report, initiative } = useInitiative();
  const { id, title, objective, state, start, end, format } = timebox;
  const rules = report.health.filter(({ subject }) => subject === `timebox ${id}`);
  return (
    <li className={classes.timebox} data-timebox={id}>
      <Stack gap={2}>
        <Text size="sm" fw={600} component="div">
          <ScopeLink to="deliver/timebox" search={{ initiative: initiative.id, timebox: id }} inherit>
            {title}
          </ScopeLink>
        </Text>
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          {objective}
        </Text>
        <Group gap="xs">
          <StateBadge state={state} />
          <Text size="sm" c="dimmed">
            {formatDays(start, end)} · {format}
          </Text>
          {state === "planned" && <CancelButton timebox={timebox} />}
        </Group>
      </Stack>
      <Load timebox={timebox} />
      {rules.length > 0 && (
        <div className={classes.rules}>
          <RuleList rules={rules} withPrinciple={false} />
        </div>
      )}
    </li>
  );
}

export function TimeboxList({ increment }: { readonly increment: number }) {
  const { initiative } = useInitiative();
  const timeboxes = initiative.timeboxes.filter((one) => one.increment === increment);
  if (timeboxes.length === 0) return <Nothing>No timebox is planned in it yet.</Nothing>;
  return (
    <ul className={classes.timeboxes}>
      {timeboxes.map((timebox) => (
        <TimeboxItem key={timebox.id} timebox={timebox} />
      ))}
    </ul>
  );
}
