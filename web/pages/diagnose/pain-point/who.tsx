/**
 * For whom and where it happens most: by the values of a trait, or by channel.
 */
import { Select, Text } from "@mantine/core";
import { type BreakdownRow, drawBreakdown } from "../../../charts/svg-breakdown.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { BreakdownBars } from "../../measure/breakdown-bars.tsx";
import { formatEffectNumber, formatEnds } from "../views/effect-words.ts";
import type { Friction, PainDetail } from "../views/pain-report.ts";
import { formatAmount, formatCost, formatSum } from "../views/pain-words.ts";

export type Part = PainDetail["bySegment"][number]["rows"][number];

/** "700 of 1,800; 58 a month; one makes −16.0 points (95 %: …); about 930 EUR a month at risk". */
export function describePart({ of, events, perMonth, effect, valueAtRisk, ...ends }: Part, report: PainDetail): string {
  const harm =
    effect === null
      ? "too few for an effect of its own"
      : `${formatEffectNumber(effect, null)} points each (${formatEnds(ends, null)})`;
  const { value } = valueAtRisk;
  const money = value === null ? "" : `; about ${formatCost(value, "money", report)} a month at risk`;
  return `${formatCount(events)} of ${formatCount(of)}; ${formatAmount(perMonth)} a month; ${harm}${money}`;
}

export function toPartRow({ value, share, of }: Part): BreakdownRow {
  return {
    label: value === "" ? "not said" : value,
    value: share,
    low: null,
    high: null,
    n: of,
    ...(share === null ? { note: "none of its touches" } : {}),
  };
}

export function partColumns(first: string, report: PainDetail): Column<Part>[] {
  const count = (key: "events" | "of", title: string): Column<Part> => ({
    key,
    title,
    align: "right",
    value: (part) => part[key],
    format: (part) => formatCount(part[key]),
  });
  const points = (key: "effect" | "low" | "high", title: string): Column<Part> => ({
    key,
    title,
    align: "right",
    value: (part) => part[key],
    format: (part) => formatEffectNumber(part[key], null),
  });
  const risk = (key: "value" | "low" | "high", title: string): Column<Part> => ({
    key: `risk-${key}`,
    title,
    align: "right",
    value: ({ valueAtRisk }) => valueAtRisk[key],
    format: ({ valueAtRisk }) => (valueAtRisk[key] === null ? "–" : formatSum(valueAtRisk[key], "")),
  });
  return [
    { key: "value", title: first, value: ({ value }) => value },
    {
      key: "share",
      title: "Share",
      align: "right",
      value: ({ share }) => share,
      format: ({ share }) => formatShare(share),
    },
    count("events", "Times"),
    count("of", "Of"),
    {
      key: "perMonth",
      title: "A month",
      align: "right",
      value: ({ perMonth }) => perMonth,
      format: ({ perMonth }) => formatAmount(perMonth),
    },
    points("effect", "Effect of one, points"),
    points("low", "95 % from"),
    points("high", "95 % to"),
    risk("value", `At risk, ${report.currency || "money"} a month`),
    risk("low", "80 % from"),
    risk("high", "80 % to"),
  ];
}

const plainTrait = (trait: string) => trait.replace(/^(?:customer|prop)\./u, "");

interface WhoProps {
  readonly report: PainDetail;
  readonly friction: Friction;
  readonly trait: string | undefined;
}

export function Who({ report, friction, trait }: WhoProps) {
  const set = useSetSearch();
  const { bySegment } = report;
  const shown = bySegment.find((one) => one.trait === trait) ?? bySegment[0];
  if (!shown) return null;
  const rows = shown.rows.map(toPartRow);
  const words = new Map(shown.rows.map((part, index) => [rows[index]?.label, describePart(part, report)]));
  const format = (value: number) => formatShare(value);
  return (
    <ChartFrame
      title="Where and for whom"
      name="pain-by-segment"
      description={`How often it happens to each, where it is commonest first: shares of the touches with ${friction.touchpoint}.`}
      controls={
        <Select
          label="By"
          size="xs"
          w={220}
          data={bySegment.map((one) => ({ value: one.trait, label: plainTrait(one.trait) }))}
          value={shown.trait}
          allowDeselect={false}
          onChange={(next) => next !== null && set({ trait: next }, { replace: true })}
        />
      }
      table={{ columns: partColumns(plainTrait(shown.trait), report), rows: shown.rows }}
      svg={() => drawBreakdown({ title: `${friction.name}, by ${plainTrait(shown.trait)}`, rows, format })}
      total={
        <Text span size="sm" c="dimmed">
          Effects of parts are wider than over all: one part whose interval leaves zero out proves little by itself.
        </Text>
      }
    >
      <BreakdownBars rows={rows} format={format} unit="share" words={({ label }) => words.get(label) ?? ""} />
    </ChartFrame>
  );
}
