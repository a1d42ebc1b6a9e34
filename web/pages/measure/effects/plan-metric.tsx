/**
 * The form's first part: what is measured.
 */
import { Group, MultiSelect, NativeSelect, Select, TextInput } from "@mantine/core";
import { checkFilter } from "../../../scope/filter-text.ts";
import type { Metric } from "./metric-words.ts";
import type { PartProps } from "./plan-part.tsx";
import { PlanPart } from "./plan-part.tsx";

const KINDS: readonly { readonly value: Metric["kind"]; readonly label: string }[] = [
  { value: "share", label: "the share of customers (or orders, tickets …) with it" },
  { value: "count", label: "how often it happens" },
  { value: "sum", label: "how much it brings in all" },
  { value: "mean", label: "the mean of a number, such as a score" },
  { value: "ratio", label: "how many of it come out of another, such as orders per checkout" },
];

export function PlanMetric({ form, change, choices }: PartProps) {
  const { kind, events, per, of, extra, better } = form;
  const units = form.who === "everybody" ? [] : ["customer", ...choices.objects];
  return (
    <PlanPart number={1} title="What is measured">
      <NativeSelect
        label="The number that matters"
        data={KINDS.map((one) => ({ ...one }))}
        value={kind}
        onChange={(event) => change({ kind: event.currentTarget.value as Metric["kind"] })}
      />
      <MultiSelect
        label="Touchpoints that count"
        placeholder={events.length === 0 ? "such as an order" : ""}
        data={[...choices.touchpoints]}
        value={[...events]}
        onChange={(next) => change({ events: next })}
        searchable
        hidePickedOptions
      />
      {kind === "ratio" && (
        <MultiSelect
          label="Out of which touchpoints"
          placeholder={per.length === 0 ? "such as a checkout that was started" : ""}
          data={[...choices.touchpoints]}
          value={[...per]}
          onChange={(next) => change({ per: next })}
          searchable
          hidePickedOptions
        />
      )}
      {units.length > 1 && kind !== "mean" && kind !== "ratio" && (
        <NativeSelect
          label="Counted for each"
          data={units.map((value) => ({ value, label: value }))}
          value={form.unit}
          onChange={(event) => change({ unit: event.currentTarget.value })}
        />
      )}
      {(kind === "sum" || kind === "mean") && (
        <Select
          label="Which number of them"
          data={choices.numbers}
          value={of}
          allowDeselect={false}
          searchable
          onChange={(next) => change({ of: next ?? "value" })}
        />
      )}
      <Group gap="sm" align="flex-start">
        <NativeSelect
          label="Which way is better"
          data={[
            { value: "higher", label: "higher is better" },
            { value: "lower", label: "lower is better" },
          ]}
          value={better}
          onChange={(event) => change({ better: event.currentTarget.value === "lower" ? "lower" : "higher" })}
          flex="1 1 200px"
        />
        <TextInput
          label="Only events that meet (may stay empty)"
          placeholder={'channel = "web"'}
          value={extra}
          error={checkFilter(extra)}
          onChange={(event) => change({ extra: event.currentTarget.value })}
          flex="2 1 260px"
        />
      </Group>
    </PlanPart>
  );
}
