/**
 * Which broken rules are listed, and how they are grouped: four choices that stand in the address.
 */
import { Group, Paper } from "@mantine/core";
import { PRINCIPLES, SEVERITIES } from "../../../../src/domain/dsdm/health.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { Choice } from "../../map/views/choice.tsx";
import { GROUPINGS, type HealthSearch } from "./health-search.ts";

const ALL = "all";

const PRINCIPLE_OPTIONS = [
  { value: ALL, label: "all eight" },
  ...PRINCIPLES.map(({ id, name }) => ({ value: String(id), label: `${id}. ${name}` })),
];
const SEVERITY_OPTIONS = [
  { value: ALL, label: "errors and warnings" },
  ...SEVERITIES.map((value) => ({ value, label: `${value}s only` })),
];
const GROUPING_OPTIONS = GROUPINGS.map((value) => ({ value, label: value }));

interface HealthFiltersProps {
  readonly search: HealthSearch;
  readonly initiatives: readonly { readonly id: number; readonly title: string }[];
}

export function HealthFilters({ search, initiatives }: HealthFiltersProps) {
  const set = useSetSearch();
  const orNone = (next: string) => (next === ALL ? undefined : next);
  const toId = (next: string) => (next === ALL ? undefined : Number(next));
  return (
    <Paper component="section" withBorder p="sm" aria-label="What is listed">
      <Group gap="md">
        <Choice
          label="Initiative"
          value={search.initiative === undefined ? ALL : String(search.initiative)}
          options={[
            { value: ALL, label: "all" },
            ...initiatives.map(({ id, title }) => ({ value: String(id), label: title })),
          ]}
          onChange={(next) => set({ initiative: toId(next) })}
        />
        <Choice
          label="Principle"
          value={search.principle === undefined ? ALL : String(search.principle)}
          options={PRINCIPLE_OPTIONS}
          onChange={(next) => set({ principle: toId(next) })}
        />
        <Choice
          label="Show"
          value={search.severity ?? ALL}
          options={SEVERITY_OPTIONS}
          onChange={(next) => set({ severity: orNone(next) })}
        />
        <Choice
          label="Grouped by"
          value={search.by}
          options={GROUPING_OPTIONS}
          onChange={(next) => set({ by: next === "initiative" ? undefined : next })}
        />
      </Group>
    </Paper>
  );
}
