/**
 * Effort by priority for the project and for each increment, against 60, 20 and 20; and the waiver of the 60 %.
 */
import { Checkbox, Group, List, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { PriorityBadge } from "../../views/delivery-badges.tsx";
import { SharesBar } from "../../views/shares-bar.tsx";
import { ActionForm } from "../act/action-form.tsx";
import { Dialog } from "../act/dialog.tsx";
import { Byline, Nothing, Section, Words } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { compareShares } from "./share-words.ts";

const CRITERIA = [
  "The estimates are accurate",
  "The approach is well understood",
  "The team performs: it has worked together before",
  "The environment is of low risk",
] as const;

function WaiverForm({ onDone }: { readonly onDone: () => void }) {
  const [held, setHeld] = useState<readonly string[]>([]);
  return (
    <ActionForm
      type="waive-must"
      make={() => ({ type: "waive-must", accurate: true, understood: true, performing: true, lowRisk: true })}
      lacks={held.length < CRITERIA.length ? ["that all four hold"] : []}
      submit="Allow more than 60 %"
      onDone={onDone}
      onCancel={onDone}
    >
      <Checkbox.Group
        label="More than 60 % of Must is a risk, unless all four hold:"
        value={[...held]}
        onChange={(next) => setHeld(next)}
      >
        <Stack gap="xs" mt="xs">
          {CRITERIA.map((one) => (
            <Checkbox key={one} value={one} label={one} />
          ))}
        </Stack>
      </Checkbox.Group>
    </ActionForm>
  );
}

function Waiver() {
  const { initiative, day } = useInitiative();
  const { waiver } = initiative;
  if (waiver) {
    return (
      <div>
        <Words>More than 60 % of Must was allowed: {waiver.reason}</Words>
        <Byline>
          {waiver.author}, {day(waiver.at)}
        </Byline>
      </div>
    );
  }
  return (
    <div>
      <Dialog label="Allow more than 60 % Must" title="Allow more than 60 % Must" size="compact-sm">
        {(close) => <WaiverForm onDone={close} />}
      </Dialog>
    </div>
  );
}

function ProjectShares() {
  const { report, effort } = useInitiative();
  const { shares, effort: sums } = report.project;
  return (
    <Stack gap="xs">
      <Title order={3}>Project</Title>
      <SharesBar shares={shares} />
      <List size="sm" spacing={2} listStyleType="none" data-testid="share-lines">
        {compareShares(shares).map(({ name, share, aim, off }) => (
          <List.Item key={name}>
            {name} {share}, {aim}
            {off !== undefined && <strong>: {off}</strong>}
          </List.Item>
        ))}
      </List>
      <Group gap="xs">
        <PriorityBadge priority={null} />
        <Text size="sm">{effort(sums.undecided)}</Text>
        <PriorityBadge priority="wont" />
        <Text size="sm">{effort(sums.wont)}</Text>
        <Text size="sm" c="dimmed">
          (neither counts in the shares)
        </Text>
      </Group>
      {shares && shares.must > 0.6 && <Waiver />}
    </Stack>
  );
}

function IncrementShares() {
  const { report, initiative } = useInitiative();
  return (
    <Stack gap="xs">
      <Title order={3}>Increments</Title>
      {report.increments.length === 0 && <Nothing>There is no increment yet: add one under Timeboxes.</Nothing>}
      {report.increments.map(({ increment, shares }) => (
        <div key={increment}>
          <Text size="sm">{initiative.increments.find(({ id }) => id === increment)?.title}</Text>
          <SharesBar shares={shares} />
        </div>
      ))}
    </Stack>
  );
}

export function ShareBoard() {
  const { initiative, day } = useInitiative();
  const { baseline } = initiative;
  return (
    <Section title="Effort by priority">
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="lg">
        <ProjectShares />
        <IncrementShares />
      </SimpleGrid>
      <Byline>
        {baseline === null
          ? "The scope is not baselined yet: that is done by “go” at the gate of the business study."
          : `Scope baselined ${day(baseline.at)} by ${baseline.author}: ${baseline.scope.length} requirements.`}
      </Byline>
    </Section>
  );
}
