/**
 * Increments with their timeboxes: planned, deployed, their business case reviewed. The board of a timebox is deliver/timebox.
 */
import { Group, Text } from "@mantine/core";
import type { Initiative } from "../../../../../src/domain/dsdm/initiative.ts";
import { EmptyState } from "../../../../ui/empty-state.tsx";
import { formatPlainDay } from "../../priority-words.ts";
import { RuleList } from "../../views/rule-list.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { AddIncrement, DeployForm, ReviewForm } from "./increment-forms.tsx";
import { PlanTimebox } from "./plan-timebox.tsx";
import { TimeboxList } from "./timebox-list.tsx";

type Increment = Initiative["increments"][number];

function Deployed({ increment: { deployed, caseReview } }: { readonly increment: Increment }) {
  const { day } = useInitiative();
  return (
    <>
      <Group gap="xs">
        {deployed ? <WordBadge color="teal">deployed</WordBadge> : <WordBadge outline>not deployed</WordBadge>}
        {deployed && (
          <Byline>
            {formatPlainDay(deployed.day)}, {deployed.group === null ? "to everybody" : `to ${deployed.group} first`},
            by {deployed.author}
          </Byline>
        )}
        {caseReview && (
          <WordBadge color={caseReview.stillExpected ? "teal" : "red"}>
            {caseReview.stillExpected ? "benefit still expected" : "benefit no longer expected"}
          </WordBadge>
        )}
      </Group>
      {caseReview && (
        <div>
          <Words>{caseReview.text}</Words>
          <Byline>
            Business case reviewed by {caseReview.author}, {day(caseReview.at)}
          </Byline>
        </div>
      )}
    </>
  );
}

function Actions({ increment: { id, title, deployed, caseReview } }: { readonly increment: Increment }) {
  return (
    <>
      <Dialog
        label="Plan a timebox"
        name={`Plan a timebox in ${title}`}
        title={`Plan a timebox in “${title}”`}
        variant="filled"
        wide
      >
        {(close) => <PlanTimebox increment={id} onDone={close} />}
      </Dialog>
      <Dialog
        label={deployed ? "Deploy further" : "Deploy"}
        name={`${deployed ? "Deploy further" : "Deploy"}: ${title}`}
        title={`Deploy “${title}”`}
      >
        {(close) => <DeployForm increment={id} onDone={close} />}
      </Dialog>
      <Dialog
        label={caseReview ? "Review the case anew" : "Review the business case"}
        name={`${caseReview ? "Review the case anew" : "Review the business case"}: ${title}`}
        title={`Business case after “${title}”`}
      >
        {(close) => <ReviewForm increment={id} onDone={close} />}
      </Dialog>
    </>
  );
}

function IncrementSection({ increment }: { readonly increment: Increment }) {
  const { report } = useInitiative();
  const rules = report.health.filter(({ subject }) => subject === `increment ${increment.id}`);
  return (
    <Section title={increment.title} actions={<Actions increment={increment} />}>
      <Deployed increment={increment} />
      {rules.length > 0 && <RuleList rules={rules} withPrinciple={false} />}
      <TimeboxList increment={increment.id} />
    </Section>
  );
}

function Velocity() {
  const { report, effort } = useInitiative();
  const { velocity } = report;
  if (!velocity) return null;
  const { n, low, middle, high } = velocity;
  return (
    <Text size="sm" c="dimmed">
      {n === 1
        ? `The one closed timebox delivered ${effort(middle)}.`
        : `A closed timebox delivered ${effort(middle)} in the middle, ${effort(low)} to ${effort(high)}, n = ${n}.`}
    </Text>
  );
}

export function TimeboxesTab() {
  const { initiative } = useInitiative();
  const add = (
    <Dialog
      label="Add an increment"
      title="Add an increment"
      variant={initiative.increments.length === 0 ? "filled" : "default"}
    >
      {(close) => <AddIncrement onDone={close} />}
    </Dialog>
  );
  if (initiative.increments.length === 0) {
    return (
      <EmptyState title="There is no increment yet" actions={add}>
        An increment is what goes live together; its timeboxes, two to four weeks each, build it. Add one, then plan its
        first timebox.
      </EmptyState>
    );
  }
  return (
    <>
      <Group justify="space-between">
        <Velocity />
        {add}
      </Group>
      {initiative.increments.map((increment) => (
        <IncrementSection key={increment.id} increment={increment} />
      ))}
    </>
  );
}
