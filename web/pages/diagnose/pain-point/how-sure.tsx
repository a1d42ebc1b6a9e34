/**
 * How sure it is: the effect of one friction with its interval, beside it the plain difference and the placebo; and every check in words.
 */
import { List, Text } from "@mantine/core";
import { describeWindow, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { drawForest, type ForestRow } from "../../../charts/svg-forest.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { formatChance, formatEffect, formatEffectNumber, formatEnds } from "../views/effect-words.ts";
import { Forest } from "../views/forest.tsx";
import { type Friction, isClaimed, type PainDetail } from "../views/pain-report.ts";
import { isEstimated } from "../views/pain-rows.ts";
import { splitColumns } from "../views/split-rows.ts";

/** Adjusted, crude, placebo: one row each, as far as they are known. */
export function surenessRows(friction: Friction): ForestRow[] {
  const { effect, low, high, crude, placebo } = friction;
  if (effect === null) return [];
  const plain = { crude: null, tone: "plain" as const };
  const rows: ForestRow[] = [
    {
      ...{ key: "adjusted", label: "Adjusted", detail: "touches in the same situation", crude: null },
      ...{ value: effect, low, high, tone: isClaimed(friction) ? "bad" : "plain" },
      words: `${formatEffect(effect, null)}, ${formatEnds({ low, high }, null)}`,
    },
  ];
  if (crude !== null)
    rows.push({
      ...{ ...plain, key: "crude", label: "Crude", detail: "all with it against all without" },
      ...{ value: crude, low: null, high: null, words: formatEffect(crude, null) },
    });
  if (placebo?.of === "an earlier outcome") {
    const { p, ...ends } = placebo;
    rows.push({
      ...{ ...plain, key: "placebo", label: "Placebo", detail: "an earlier outcome, before the touch" },
      ...{ value: ends.effect, low: ends.low, high: ends.high },
      words: `${formatEffect(ends.effect, null)}, ${formatEnds(ends, null)}, p = ${formatChance(p)}`,
    });
  }
  return rows;
}

/** The checks that it passed, or the one it did not. */
export function describeChecks(friction: Friction, report: PainDetail): string[] {
  const { tested, minimumEffect, method, base } = report;
  const { reach } = friction;
  const stated = base === null ? [] : [`Over all touches ${formatShare(base)} lead to the outcome.`];
  if (!isClaimed(friction)) return [method, ...stated, `No claim, ${friction.reason}: ${friction.detail}`];
  const { p, q, placebo } = friction;
  return [
    method,
    ...stated,
    `Enough data: ${formatCount(reach)} touches with it stand in situations in which others went without.`,
    `Larger than matters: the effect exceeds ${formatEffect(minimumEffect, null).replace(/^\+/u, "")} by more than chance explains (p = ${formatChance(p)}).`,
    `Not one of many: of ${formatCount(tested)} frictions tested, at most one claim in twenty is expected to be false (q = ${formatChance(q)}); the interval allows for the choice.`,
    placebo === null
      ? "Placebo: nothing from before the touch could be compared, so it is called an association, adjusted."
      : `Placebo: ${placebo.of}, which it cannot have changed, was looked at in the same way (p = ${formatChance(placebo.p)}); it would have stopped the claim if it had pointed the same way and been a third as large.`,
  ];
}

export function HowSure({ report, friction }: { readonly report: PainDetail; readonly friction: Friction }) {
  const rows = isEstimated(friction) ? surenessRows(friction) : [];
  const format = (value: number) => formatEffectNumber(value, null);
  const of =
    friction.kind === "drop-off"
      ? "how many more end here than usual"
      : `how it moves ${nameOutcome({ outcome: report.outcome })} within ${describeWindow(report.withinMs)}`;
  const under = `What one of it does: ${of}; percentage points.`;
  return (
    <ChartFrame
      title="How sure it is"
      name="pain-effect"
      description={under}
      table={{ columns: splitColumns(null), rows }}
      svg={rows.length > 0 ? () => drawForest({ title: friction.name, under, rows, format }) : undefined}
    >
      {rows.length > 0 && <Forest rows={rows} format={format} />}
      <List size="sm" spacing={4} mt="sm" maw={860} data-testid="checks">
        {describeChecks(friction, report).map((sentence) => (
          <List.Item key={sentence}>
            <Text span size="sm">
              {sentence}
            </Text>
          </List.Item>
        ))}
      </List>
    </ChartFrame>
  );
}
