/**
 * In whose values dated incidents are looked for: all channels and traits with few values, or those of one alone.
 * It writes to the address alone.
 */
import { Select } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";

const WORD = /^[\p{L}_][\p{L}\p{N}_]*$/u;
const quote = (name: string) => (WORD.test(name) ? name : `"${name}"`);

/** One alone is fewer looks, so that less is put down to chance; of many values only the commonest are looked at. */
function useChoices(segment: string | undefined) {
  const { data } = useAnswer("fields", {});
  const toItems = (prefix: string, names: readonly { readonly name: string }[] = []) =>
    names.map(({ name }) => ({ value: `${prefix}.${quote(name)}`, label: name }));
  const groups = [
    { group: "Where it happened", items: [{ value: "channel", label: "channel" }] },
    { group: "Trait of the customer", items: toItems("customer", data?.traits) },
    { group: "Property of the event", items: toItems("prop", data?.properties) },
  ].filter(({ items }) => items.length > 0);
  const known = groups.some(({ items }) => items.some(({ value }) => value === segment));
  return segment === undefined || known
    ? groups
    : [...groups, { group: "From the address", items: [{ value: segment, label: segment }] }];
}

export function SegmentSelect({ segment }: { readonly segment: string | undefined }) {
  const set = useSetSearch();
  return (
    <Select
      label="Incidents by"
      placeholder="channel and every trait"
      size="xs"
      w={210}
      data={useChoices(segment)}
      value={segment ?? null}
      clearable
      clearButtonProps={{ "aria-label": "Look in channel and every trait" }}
      searchable
      onChange={(next) => set({ segment: next ?? undefined })}
    />
  );
}
