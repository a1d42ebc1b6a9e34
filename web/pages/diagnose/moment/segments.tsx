/**
 * Whether the effect is the same for everybody: by the values of a trait, with the test of it in words.
 */
import { Select, Text } from "@mantine/core";
import { nameMoment } from "../../../../src/domain/moment-words.ts";
import { drawForest } from "../../../charts/svg-forest.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { effectUnit, formatChance, formatEffectNumber } from "../views/effect-words.ts";
import { Forest } from "../views/forest.tsx";
import { splitColumns, toSplitRow } from "../views/split-rows.ts";
import { candidateOf, isEstimated, type MomentReport } from "./moment-report.ts";

const CLEAR = 0.05;

/** What the test of difference says; a p-value alone says nothing to most people. */
export function describeDifference({ p, rows }: Pick<MomentReport["bySegment"], "p" | "rows">): string {
  const known = rows.filter(({ effect }) => effect !== null).length;
  if (p === null || known < 2) return "Fewer than two segments have enough data: nothing can be compared.";
  const chance = formatChance(p);
  return p < CLEAR
    ? `The effect differs between the segments more than chance explains (p = ${chance}).`
    : `Nothing shows that the effect differs between the segments (p = ${chance}): read the one effect of all, not the largest of these.`;
}

function TraitSelect({ trait, traits }: { readonly trait: string | null; readonly traits: readonly string[] }) {
  const set = useSetSearch();
  return (
    <Select
      label="Segments by"
      size="xs"
      w={220}
      data={[...traits]}
      value={trait}
      allowDeselect={false}
      onChange={(next) => next !== null && set({ segment: next }, { replace: true })}
    />
  );
}

export function Segments({ report }: { readonly report: MomentReport }) {
  const { bySegment, of } = report;
  const { trait, traits, rows: parts } = bySegment;
  const candidate = candidateOf(report);
  if (traits.length === 0 || !candidate || !isEstimated(report)) return null;
  const rows = parts.map((part) => toSplitRow(part, report));
  const format = (value: number) => formatEffectNumber(value, of);
  const sentence = describeDifference(bySegment);
  return (
    <ChartFrame
      title="By segment"
      name={`effect-by-${(trait ?? "segment").replaceAll(/[^\w-]+/gu, "-")}`}
      description={sentence}
      controls={<TraitSelect trait={trait} traits={traits} />}
      table={{ columns: splitColumns(of, true), rows }}
      svg={() =>
        drawForest({
          title: `${nameMoment(candidate)} by ${trait ?? "segment"}`,
          under: `${sentence} In ${effectUnit(of)}.`,
          rows,
          format,
        })
      }
      total={
        <Text span size="sm" c="dimmed">
          Each segment is compared within itself, in {effectUnit(of)}; intervals are wider than over all.
        </Text>
      }
    >
      {rows.length === 0 ? <Text size="sm">No segment has enough data.</Text> : <Forest rows={rows} format={format} />}
    </ChartFrame>
  );
}
