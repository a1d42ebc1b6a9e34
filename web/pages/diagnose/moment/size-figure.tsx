/**
 * How large the effect is: adjusted with its interval, beside it the crude difference and the placebo.
 */
import { Text } from "@mantine/core";
import { describeOtherSide, isBadKnown } from "../../../../src/domain/moment-condition.ts";
import { describeWindow, nameMoment, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { drawForest, type ForestRow } from "../../../charts/svg-forest.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCount } from "../../../ui/format.ts";
import {
  type Candidate,
  effectUnit,
  formatChance,
  formatEffect,
  formatEffectNumber,
  formatEnds,
  formatLevel,
  judgeEffect,
} from "../views/effect-words.ts";
import { Forest } from "../views/forest.tsx";
import { splitColumns } from "../views/split-rows.ts";
import { candidateOf, isEstimated, type MomentReport } from "./moment-report.ts";

function adjustedRow({ outcome, of }: MomentReport, candidate: NonNullable<ReturnType<typeof candidateOf>>): ForestRow {
  const { effect, low, high } = candidate;
  return {
    key: "adjusted",
    label: "Adjusted",
    detail: "customers in the same situation",
    value: effect,
    low,
    high,
    crude: null,
    tone: "reason" in candidate ? "plain" : judgeEffect(effect, outcome),
    words: effect === null ? "too few to estimate" : `${formatEffect(effect, of)}, ${formatEnds(candidate, of)}`,
  };
}

/** Adjusted, crude, placebo: one row each, as far as they are known. */
export function sizeRows(report: MomentReport): ForestRow[] {
  const { of } = report;
  const candidate = candidateOf(report);
  if (!candidate) return [];
  const plain = { crude: null, tone: "plain" as const };
  const rows = [adjustedRow(report, candidate)];
  const { crude, effect, placebo } = candidate;
  if (crude !== null && effect !== null) {
    const turned = crude * effect < 0 ? "; it points the other way" : "";
    rows.push({
      ...plain,
      key: "crude",
      label: "Crude",
      detail: "all with it against all without",
      value: crude,
      low: null,
      high: null,
      words: `${formatEffect(crude, of)}${turned}`,
    });
  }
  if (placebo?.of === "an earlier outcome") {
    const { low, high, p } = placebo;
    rows.push({
      ...plain,
      key: "placebo",
      label: "Placebo",
      detail: "an earlier outcome, before the touch",
      value: placebo.effect,
      low,
      high,
      words: `${formatEffect(placebo.effect, null)}, ${formatEnds({ low, high }, null)}, p = ${formatChance(p)}`,
    });
  }
  return rows;
}

function describeCompared(candidate: Candidate): string {
  const compared = "Customers in the same situation are compared:";
  if (candidate.contrast === "presence")
    return `${compared} this instead of the usual next touch, never against nothing.`;
  return isBadKnown(candidate)
    ? `${compared} where it went badly with where it went well.`
    : `${compared} with ${describeOtherSide(candidate)}.`;
}

/** "With it 55.9 %, instead 42.0 %, over all touches 19.8 %". */
function describeLevels({ claim, base, of }: MomentReport): string {
  const all = formatLevel(base, of);
  if (!claim) return `Over everything ${all}`;
  return `With it ${formatLevel(claim.exposedRate, of)}, in the same situation without ${formatLevel(claim.comparisonRate, of)}, over everything ${all}`;
}

export function SizeFigure({ report }: { readonly report: MomentReport }) {
  const candidate = candidateOf(report);
  const rows = sizeRows(report);
  if (!candidate || !isEstimated(report)) return null;
  const { of, withinMs } = report;
  const title = "How large it is";
  const under = `${nameMoment(candidate)} and ${nameOutcome(report)}; ${effectUnit(of)}, within ${describeWindow(withinMs)}.`;
  const format = (value: number) => formatEffectNumber(value, of);
  return (
    <ChartFrame
      title={title}
      name="effect"
      description={`${under} ${describeCompared(candidate)}`}
      table={{ columns: splitColumns(of), rows }}
      svg={() => drawForest({ title: nameMoment(candidate), under, rows, format })}
      total={
        <Text span size="sm" c="dimmed">
          {describeLevels(report)} · {formatCount(candidate.reach)} touches compared
        </Text>
      }
    >
      <Forest rows={rows} format={format} />
    </ChartFrame>
  );
}
