/**
 * How long the hold-out and the forecast are, for every side that rests on the model. They write to the address alone.
 */
import { useSetSearch } from "../../../../scope/use-scope.ts";
import { Choice } from "../../../map/views/choice.tsx";
import type { RepurchaseSearch } from "../repurchase-search.ts";

const WEEKS = [4, 8, 13, 26, 39, 52] as const;
const USUAL = "usual";

function options(usual: string, present: number | undefined) {
  const known: readonly number[] = WEEKS;
  const all = present === undefined || known.includes(present) ? known : [...known, present].toSorted((a, b) => a - b);
  return [
    { value: USUAL, label: usual },
    ...all.map((weeks) => ({ value: String(weeks), label: `${weeks} ${weeks === 1 ? "week" : "weeks"}` })),
  ];
}

const read = (value: string) => (value === USUAL ? undefined : Number(value));

export function SpanChoices({ search }: { readonly search: RepurchaseSearch }) {
  const set = useSetSearch();
  const { holdout, horizon } = search;
  return (
    <>
      <Choice
        label="Forecast for"
        value={String(horizon ?? USUAL)}
        options={options("as long as tried", horizon)}
        onChange={(next) => set({ horizon: read(next) })}
      />
      <Choice
        label="Try the models on the last"
        value={String(holdout ?? USUAL)}
        options={options("third, at most 39 weeks", holdout)}
        onChange={(next) => set({ holdout: read(next) })}
      />
    </>
  );
}
