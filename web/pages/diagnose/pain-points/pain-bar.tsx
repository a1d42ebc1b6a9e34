/**
 * What is asked of pain points: which outcome suffers, how soon, what one is worth, where incidents are looked for, whether texts are read. It writes to the address alone.
 */
import { Group, Paper, Switch } from "@mantine/core";
import { useSetSearch } from "../../../scope/use-scope.ts";
import type { OutcomeChoice } from "../views/default-outcome.ts";
import { OutcomeSelect, WithinChoice, WorthInput } from "../views/outcome-bar.tsx";
import type { PainPointsSearch } from "../views/pain-search.ts";
import { SegmentSelect } from "../views/segment-select.tsx";

export interface PainBarProps {
  readonly choices: readonly OutcomeChoice[];
  readonly outcome: string;
  readonly search: PainPointsSearch;
  readonly currency: string;
}

export function PainBar({ choices, outcome, search, currency }: PainBarProps) {
  const set = useSetSearch();
  return (
    <Paper component="section" aria-label="What suffers" withBorder px="sm" py="xs">
      <Group gap="lg" align="flex-end">
        <OutcomeSelect choices={choices} asked={{ outcome }} />
        <WithinChoice within={search.within} />
        <WorthInput worth={search.worth} currency={currency} />
        <SegmentSelect segment={search.segment} />
        <Switch
          label="Read comments too"
          description="themes of free text; takes longer"
          size="xs"
          checked={search.themes === true}
          onChange={(event) => set({ themes: event.currentTarget.checked ? true : undefined })}
        />
      </Group>
    </Paper>
  );
}
