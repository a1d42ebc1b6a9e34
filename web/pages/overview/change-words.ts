/**
 * What changed since the period before, as sentences with the way to the view that shows it. Pure.
 * What counts as a change is decided by the API: only what chance does not explain.
 */
import type { Answer } from "../../api/types.ts";
import { formatCountOf, formatDay, formatShare } from "../../ui/format.ts";
import { describeChange, judgeChange } from "../measure/kpi-words.ts";

type Overview = Answer<"overview">;
type Change = Overview["changes"][number];
type Move = Omit<Extract<Change, { readonly difference: unknown }>, "kind">;

export interface Sentence {
  readonly key: string;
  /** What it is about; the link's text. */
  readonly subject: string;
  /** The rest of the sentence, after the subject. */
  readonly rest: string;
  readonly kind: "new" | "gone" | "up" | "down";
  readonly judged: "good" | "bad" | undefined;
  readonly to: string;
  readonly search: Readonly<Record<string, string>>;
}

/** "customers", "cases": who is counted under a journey definition. */
export function nounOf(journey: string): string {
  return ["life", "visit", "order-cycle"].includes(journey) ? "customers" : `${journey}s`;
}

function describeMove({ current, previous, difference }: Move, noun: string): string {
  const { value, low, high, looks } = difference;
  const words = describeChange({ value, low, high, relative: null }, "share");
  const share = `met by ${formatShare(current.share)} of ${noun} instead of ${formatShare(previous.share)}`;
  const wide = looks > 1 ? `, widened because ${looks} touchpoints were looked at` : "";
  return `${share}: ${words}${wide}.`;
}

type Basis = Pick<Overview, "journey" | "zone" | "periods" | "headline">;

/** Both periods on the measured journey, one against the other. */
function mapOfBoth({ periods, journey }: Basis): Pick<Sentence, "to" | "search"> {
  if (!periods) return { to: "map/graph", search: { journey } };
  const { current, previous } = periods;
  const sides = { from: current.from, to: current.to, vs: "custom", vsFrom: previous.from, vsTo: previous.to };
  return { to: "map/graph", search: { journey, ...sides } };
}

/** One change as a sentence. */
export function describeOne(change: Change, basis: Basis): Sentence {
  const noun = nounOf(basis.journey);
  if (change.kind === "kpi") {
    const { id, title, unit } = change;
    const better = basis.headline.find((card) => card.id === id)?.better ?? null;
    const every = basis.periods?.by === "half" || basis.periods?.by === undefined ? "week" : basis.periods.by;
    return {
      ...{
        key: `kpi ${id}`,
        subject: title,
        rest: `${describeChange(change.change, unit)}.`,
      },
      ...{
        kind: change.change.value > 0 ? "up" : "down",
        judged: judgeChange(change.change, better),
      },
      ...{
        to: "measure/kpis",
        search: { kpi: id, every, ...(change.journey === basis.journey ? {} : { journey: change.journey }) },
      },
    };
  }
  const about = { key: `${change.kind} ${change.touchpoint}`, subject: change.touchpoint, judged: undefined } as const;
  if (change.kind === "new-touchpoint") {
    const since = `new: first seen ${formatDay(change.firstSeen, basis.zone)}, ${formatCountOf(change.events, "event")}.`;
    return { ...about, rest: since, kind: "new", ...mapOfBoth(basis) };
  }
  if (change.kind === "vanished-touchpoint") {
    const { owners, share } = change.previous;
    const before = `it was met by ${formatShare(share)} of ${noun} (${formatCountOf(owners, "of them", "of them")})`;
    const rest = `gone: last seen ${formatDay(change.lastSeen, basis.zone)}; in the period before, ${before}.`;
    return { ...about, rest, kind: "gone", ...mapOfBoth(basis) };
  }
  const kind = change.kind === "rise" ? "up" : "down";
  return { ...about, rest: describeMove(change, noun), kind, ...mapOfBoth(basis) };
}
