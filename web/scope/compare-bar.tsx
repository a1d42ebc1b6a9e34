/**
 * What the scope is compared with: the time before, all other time, or a period and filter of one's own.
 */
import { Group, Select } from "@mantine/core";
import { FilterEditor } from "./filter-editor.tsx";
import { PeriodInput } from "./period-input.tsx";
import { useScope } from "./use-scope.ts";

interface CompareBarProps {
  readonly first: string | null;
  readonly last: string | null;
}

export function CompareBar({ first, last }: CompareBarProps) {
  const { search, set } = useScope();
  const { vs, vsFrom, vsTo, vsWhere, from, to } = search;
  const bounded = from !== undefined || to !== undefined;
  const kinds = [
    { value: "none", label: "Compare with …" },
    { value: "before", label: "Compare with the time before", disabled: from === undefined },
    { value: "outside", label: "Compare with all other time", disabled: !bounded },
    { value: "custom", label: "Compare with my own choice" },
  ];
  const choose = (kind: string | null) =>
    set(
      kind === "none" || kind === null
        ? { vs: undefined, vsFrom: undefined, vsTo: undefined, vsWhere: undefined }
        : { vs: kind },
    );
  return (
    <Group gap="sm">
      <Select aria-label="Compare" data={kinds} value={vs ?? "none"} onChange={choose} allowDeselect={false} w={250} />
      {vs === "custom" && (
        <>
          <PeriodInput
            of="Compared: "
            period={{ from: vsFrom, to: vsTo }}
            first={first}
            last={last}
            onChange={(period) => set({ vsFrom: period.from, vsTo: period.to })}
          />
          <FilterEditor label="Compared filter" value={vsWhere} onChange={(next) => set({ vsWhere: next })} />
        </>
      )}
    </Group>
  );
}
