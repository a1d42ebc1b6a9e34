/**
 * What every question of a page is about, and how fresh the data are: period, journey, filter, comparison, zone.
 * It stands under the title of every analysis page and writes to the address alone.
 */
import { Group, Paper, Select, Stack, Text } from "@mantine/core";
import { useAnswer } from "../api/use-answer.ts";
import { formatMoment } from "../ui/format.ts";
import { CompareBar } from "./compare-bar.tsx";
import { FilterEditor } from "./filter-editor.tsx";
import { PeriodInput } from "./period-input.tsx";
import type { ScopeSearch } from "./scope.ts";
import { useScope } from "./use-scope.ts";

const JOURNEY_WORDS: Readonly<Record<string, string>> = {
  life: "life of a customer",
  visit: "visit (until 30 min idle)",
  "order-cycle": "order cycle (until an order)",
};

/** How days are counted and how fresh the data are. */
function describeExtent({ from, to, outside }: ScopeSearch, zone: string, last: string | null): string {
  const period = from !== undefined || to !== undefined ? "; journeys count by their start" : "";
  const where = outside === true ? "Everything outside the period. " : "";
  const fresh = last === null ? "No data yet." : `Data until ${formatMoment(last, zone)}.`;
  return `${where}Days and times in ${zone}${period}. ${fresh}`;
}

export interface ScopeBarProps {
  /** Whether the page can compare two scopes. */
  readonly comparable?: boolean;
  /** Whether the page's question has a journey definition (retention has none). */
  readonly journeys?: boolean;
}

export function ScopeBar({ comparable = false, journeys = true }: ScopeBarProps) {
  const { search, set } = useScope();
  const { data: extent } = useAnswer("extent", {});
  const known = extent?.journeys ?? [];
  const chosen = search.journey ?? extent?.defaultJourney ?? "";
  return (
    <Paper component="section" aria-label="What is looked at" withBorder px="sm" py="xs" data-testid="scope-bar">
      <Stack gap={6}>
        <Group gap="sm" wrap="wrap">
          {journeys && (
            <Select
              aria-label="Journey"
              data={known.map((name) => ({ value: name, label: JOURNEY_WORDS[name] ?? name }))}
              value={chosen === "" ? null : chosen}
              onChange={(next) => set({ journey: next === extent?.defaultJourney ? undefined : (next ?? undefined) })}
              allowDeselect={false}
              w={210}
            />
          )}
          <PeriodInput
            period={{ from: search.from, to: search.to }}
            first={extent?.first ?? null}
            last={extent?.last ?? null}
            onChange={({ from, to }) => set({ from, to })}
          />
          <FilterEditor label="Filter" value={search.where} onChange={(where) => set({ where })} />
          {comparable && <CompareBar first={extent?.first ?? null} last={extent?.last ?? null} />}
        </Group>
        <Text size="xs" c="dimmed" data-testid="freshness">
          {extent ? describeExtent(search, extent.zone, extent.last) : "Looking at the data …"}
        </Text>
      </Stack>
    </Paper>
  );
}
