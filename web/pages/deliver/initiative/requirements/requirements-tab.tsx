/**
 * The requirements: effort by priority, the prioritised list with its filter, and the one that is open beside it.
 */
import { Button, Group, NativeSelect, Text, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { PRIORITY_NAMES } from "../../../../../src/domain/dsdm/moscow.ts";
import { useSetSearch, useViewSearch } from "../../../../scope/use-scope.ts";
import { EmptyState } from "../../../../ui/empty-state.tsx";
import { formatCountOf } from "../../../../ui/format.ts";
import { type InitiativeSearch, initiativeSearchSchema } from "../initiative-search.ts";
import { Nothing, Section } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { RequirementDrawer } from "./requirement-drawer.tsx";
import { groupRequirements, isFiltered } from "./requirement-groups.ts";
import { RequirementList } from "./requirement-list.tsx";
import { ShareBoard } from "./share-board.tsx";

const ALL = { value: "", label: "all" };
const PRIORITY_FILTER = [
  ALL,
  ...(["must", "should", "could", "wont"] as const).map((value) => ({ value, label: PRIORITY_NAMES[value] })),
  { value: "undecided", label: "not decided" },
];
const STATE_FILTER = [
  ALL,
  { value: "to-do", label: "to do" },
  { value: "doing", label: "being done" },
  { value: "done", label: "done" },
];
const ONLY_FILTER = [
  ALL,
  { value: "broken", label: "with a broken rule" },
  { value: "unplanned", label: "in no timebox" },
  { value: "breadth", label: "breadth to approve" },
];

function Filter({ search }: { readonly search: InitiativeSearch }) {
  const set = useSetSearch();
  const choose = (name: string) => (event: { readonly currentTarget: { readonly value: string } }) =>
    set({ [name]: event.currentTarget.value === "" ? undefined : event.currentTarget.value }, { replace: true });
  return (
    <Group gap="sm" role="search" aria-label="Requirements">
      <TextInput
        label="Find"
        placeholder="title, number or owner"
        size="xs"
        value={search.find ?? ""}
        onChange={choose("find")}
        flex="2 1 160px"
      />
      <NativeSelect
        label="Priority"
        size="xs"
        data={PRIORITY_FILTER}
        value={search.priority ?? ""}
        onChange={choose("priority")}
        flex="1 1 120px"
      />
      <NativeSelect
        label="State"
        size="xs"
        data={STATE_FILTER}
        value={search.state ?? ""}
        onChange={choose("state")}
        flex="1 1 110px"
      />
      <NativeSelect
        label="Only"
        size="xs"
        data={ONLY_FILTER}
        value={search.only ?? ""}
        onChange={choose("only")}
        flex="1 1 150px"
      />
    </Group>
  );
}

function AddButton() {
  const set = useSetSearch();
  return (
    <Button size="xs" leftSection={<IconPlus size={16} aria-hidden />} onClick={() => set({ add: "requirement" })}>
      Add a requirement
    </Button>
  );
}

function Listed() {
  const { report, initiative } = useInitiative();
  const search = useViewSearch(initiativeSearchSchema);
  const groups = groupRequirements(report, search);
  const shown = groups.reduce((sum, { requirements }) => sum + requirements.length, 0);
  return (
    <Section title="Prioritised requirements list" actions={<AddButton />}>
      <Filter search={search} />
      <Text size="sm" c="dimmed" role="status">
        {isFiltered(search) ? `${shown} of ` : ""}
        {formatCountOf(initiative.requirements.length, "requirement")}
      </Text>
      {shown === 0 ? <Nothing>No requirement fits the filter.</Nothing> : <RequirementList groups={groups} />}
    </Section>
  );
}

export function RequirementsTab() {
  const { initiative } = useInitiative();
  return (
    <>
      {initiative.requirements.length === 0 ? (
        <EmptyState title="There is no requirement yet" actions={<AddButton />}>
          A requirement says what has to be true afterwards, for which need, and how one can tell. Everything starts
          without a priority; a Must is what you would cancel the initiative without.
        </EmptyState>
      ) : (
        <>
          <ShareBoard />
          <Listed />
        </>
      )}
      <RequirementDrawer />
    </>
  );
}
