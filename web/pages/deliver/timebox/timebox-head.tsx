/**
 * What the timebox is for and how it stands: dates, days gone, capacity, shares, broken rules; and its next step.
 */
import { Badge, Group, Paper, SimpleGrid, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { describeHealth, readSubject, sortRules } from "../health-words.ts";
import { Words } from "../initiative/section.tsx";
import { formatDays, TIMEBOX_STATES } from "../priority-words.ts";
import { RuleList } from "../views/rule-list.tsx";
import { SharesBar } from "../views/shares-bar.tsx";
import { EndPart } from "./end-part.tsx";
import { HeadActions } from "./head-actions.tsx";
import { type TimeboxView, useTimebox } from "./timebox-context.ts";
import { describeCapacity, describeDatesFixed, describeElapsed, judgeShares, sumPlanned } from "./timebox-words.ts";

const STATE_COLORS = { planned: "gray", running: "waymark", closed: "teal", cancelled: "gray" } as const;

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text size="xs" c="dimmed">
        {title}
      </Text>
      {children}
    </div>
  );
}

function Facts() {
  const { timebox, facts, initiative, report, zone } = useTimebox();
  const judged = judgeShares(facts.shares, initiative.waiver !== null);
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="md">
      <Fact title="Days">
        <Text size="sm" fw={600} data-testid="dates">
          {formatDays(timebox.start, timebox.end)}
        </Text>
        <Text size="sm">{describeElapsed(facts, timebox, report.today)}</Text>
        <Text size="xs" c="dimmed">
          {describeDatesFixed(timebox, zone)}
        </Text>
      </Fact>
      <Fact title="Planned effort against capacity">
        <Text size="sm" fw={600} data-testid="capacity">
          {describeCapacity(sumPlanned(facts.effort), timebox.capacity, initiative.effortUnit)}
        </Text>
        {facts.effort.undecided > 0 && <Text size="xs">What is undecided counts here, but in no share.</Text>}
      </Fact>
      <Fact title="Shares of the effort in this timebox">
        <div data-testid="shares">
          <SharesBar shares={facts.shares} />
        </div>
        {judged !== undefined && <Text size="xs">{judged}</Text>}
      </Fact>
    </SimpleGrid>
  );
}

/** The rules about this timebox and what is in it. */
function findRules({ report, timebox, facts }: TimeboxView) {
  const own = report.health.filter(({ subject }) => {
    const [kind, id] = readSubject(subject);
    if (kind === "timebox") return id === timebox.id;
    return kind === "requirement" && id !== undefined && facts.requirements.includes(id);
  });
  return sortRules(own);
}

/** The list is drawn when it is opened: each card that moves would draw it again, unseen. */
function BrokenRules() {
  const rules = findRules(useTimebox());
  const [open, setOpen] = useState(false);
  if (rules.length === 0) return null;
  const errors = rules.filter(({ severity }) => severity === "error").length;
  return (
    <details data-testid="timebox-rules" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <Text component="summary" size="sm">
        Rules of this timebox and its requirements: {describeHealth({ errors, warnings: rules.length - errors })}
      </Text>
      {open && (
        <Stack mt="sm">
          <RuleList rules={rules} />
        </Stack>
      )}
    </details>
  );
}

export function TimeboxHead() {
  const { timebox, initiative } = useTimebox();
  const increment = initiative.increments.find(({ id }) => id === timebox.increment);
  return (
    <Paper component="section" withBorder p="md" aria-label="The timebox">
      <Stack gap="md">
        <Group gap="sm">
          <Badge variant="light" tt="none" color={STATE_COLORS[timebox.state]} data-testid="timebox-state">
            {TIMEBOX_STATES[timebox.state]}
          </Badge>
          <Text size="sm" c="dimmed">
            {timebox.format === "structured" ? "structured" : "free format"} · increment “
            {increment?.title ?? timebox.increment}” ·{" "}
            <ScopeLink to="deliver/initiative" search={{ id: initiative.id, tab: "timeboxes" }} inherit>
              {initiative.title}
            </ScopeLink>
          </Text>
        </Group>
        <Words>{timebox.objective}</Words>
        <Facts />
        <BrokenRules />
        <HeadActions />
        <EndPart />
      </Stack>
    </Paper>
  );
}
