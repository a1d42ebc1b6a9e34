/**
 * What is asked: which outcome, how soon after a touch, what one is worth. It writes to the address alone.
 */
import { Group, NumberInput, Paper, Select } from "@mantine/core";
import { useEffect, useState } from "react";
import { describeWindow } from "../../../../src/domain/moment-words.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { readWithin } from "../../map/funnel/funnel-search.ts";
import { Choice } from "../../map/views/choice.tsx";
import type { AskedOutcome, OutcomeChoice } from "./default-outcome.ts";
import type { MomentsSearch } from "./moments-search.ts";

const WINDOWS = ["30min", "1h", "1d", "7d", "30d", "60d", "90d", "180d", "365d"] as const;

function windowOptions(present: string) {
  const all = (WINDOWS as readonly string[]).includes(present) ? WINDOWS : [...WINDOWS, present];
  return all.map((value) => ({ value, label: describeWindow(readWithin(value) ?? 0) }));
}

const keyOf = ({ outcome, of }: AskedOutcome) => JSON.stringify([outcome, of ?? null]);

export function OutcomeSelect({
  choices,
  asked,
}: {
  readonly choices: readonly OutcomeChoice[];
  readonly asked: AskedOutcome;
}) {
  const set = useSetSearch();
  const groups = [...new Set(choices.map(({ group }) => group))].map((group) => ({
    group,
    items: choices.filter((one) => one.group === group).map((one) => ({ value: keyOf(one), label: one.label })),
  }));
  const known = choices.some((one) => keyOf(one) === keyOf(asked));
  const own = { group: "From the address", items: [{ value: keyOf(asked), label: asked.outcome }] };
  return (
    <Select
      label="Outcome"
      size="xs"
      data={known ? groups : [...groups, own]}
      value={keyOf(asked)}
      allowDeselect={false}
      searchable
      w={260}
      onChange={(next) => {
        const chosen = choices.find((one) => keyOf(one) === next);
        if (chosen) set({ outcome: chosen.outcome, of: chosen.of, node: undefined });
      }}
    />
  );
}

/** How soon after a touch the outcome has to come. */
export function WithinChoice({ within }: { readonly within: string }) {
  const set = useSetSearch();
  return (
    <Choice
      label="Within"
      value={within}
      options={windowOptions(within)}
      onChange={(next) => set({ within: next === "30d" ? undefined : next })}
    />
  );
}

/** Asked anew when the hand leaves the field: each question takes a while. */
export function WorthInput({ worth, currency }: { readonly worth: number | undefined; readonly currency: string }) {
  const set = useSetSearch();
  const [typed, setTyped] = useState<number | "">(worth ?? "");
  useEffect(() => setTyped(worth ?? ""), [worth]);
  const tell = () => set({ worth: typed === "" ? undefined : typed });
  return (
    <NumberInput
      label="Worth of one outcome"
      placeholder="mean order, if it is one"
      size="xs"
      w={200}
      min={0}
      suffix={currency === "" ? "" : ` ${currency}`}
      value={typed}
      onChange={(next) => setTyped(typeof next === "number" ? next : "")}
      onBlur={tell}
      onKeyDown={({ key }) => key === "Enter" && tell()}
    />
  );
}

const CONTRASTS = [
  { value: "both", label: "both" },
  { value: "presence", label: "did it happen" },
  { value: "experience", label: "did it go well" },
] as const;

export interface OutcomeBarProps {
  readonly choices: readonly OutcomeChoice[];
  readonly asked: AskedOutcome;
  readonly search: MomentsSearch;
  readonly currency: string;
}

export function OutcomeBar({ choices, asked, search, currency }: OutcomeBarProps) {
  const set = useSetSearch();
  return (
    <Paper component="section" aria-label="What is decided" withBorder px="sm" py="xs">
      <Group gap="lg" align="flex-end">
        <OutcomeSelect choices={choices} asked={asked} />
        <WithinChoice within={search.within} />
        <Choice
          label="Looked at"
          value={search.contrast}
          options={CONTRASTS}
          onChange={(contrast) => set({ contrast: contrast === "both" ? undefined : contrast })}
        />
        {!asked.of && <WorthInput worth={search.worth} currency={currency} />}
      </Group>
    </Paper>
  );
}
