/**
 * The claims, the largest impact first: effect with its interval, crude beside adjusted, reach, impact, money, label.
 */
import { Group, Text } from "@mantine/core";
import { describeWindow, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { drawForest } from "../../../charts/svg-forest.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCount, formatCountOf } from "../../../ui/format.ts";
import { claimColumns, describeReach, toForestRow } from "../views/claim-rows.ts";
import {
  type Claim,
  candidateKey,
  effectUnit,
  formatEffect,
  formatEffectNumber,
  formatEnds,
  formatLevel,
  type Report,
} from "../views/effect-words.ts";
import { Forest } from "../views/forest.tsx";
import { DirectionBadge, MomentLink, SurenessBadge } from "../views/moment-link.tsx";
import type { MomentsSearch } from "../views/moments-search.ts";

function ClaimWords({ claim, report }: { readonly claim: Claim; readonly report: Report }) {
  const { of, outcome } = report;
  return (
    <>
      <Group gap={6}>
        <Text size="sm" fw={650}>
          {formatEffect(claim.effect, of)}
        </Text>
        <Text size="xs" c="dimmed">
          {formatEnds(claim, of)}; crude {formatEffectNumber(claim.crude, of)}
        </Text>
      </Group>
      <Text size="xs">{describeReach(claim, report)}</Text>
      <Group gap={6} mt={4}>
        <DirectionBadge effect={claim.effect} outcome={outcome} />
        <SurenessBadge label={claim.label} />
      </Group>
    </>
  );
}

/** "Of 34,120 touches of 5,000 customers, 19.8 % lead to it; 41 candidates were tested". */
export function describeBase(report: Report): string {
  const { n, customers, base, of, tested, unfinished } = report;
  const level = of
    ? `${formatCount(n)} answers of ${formatCountOf(customers, "customer")}, on average ${formatLevel(base, of)}`
    : `${formatCount(n)} touches of ${formatCountOf(customers, "customer")}, of which ${formatLevel(base, of)} lead to it`;
  const open = unfinished > 0 ? ` · ${formatCount(unfinished)} touches whose window is still open count nowhere` : "";
  return `${level} · ${formatCountOf(tested, "candidate")} tested${open}`;
}

export function ClaimsFigure({ report, search }: { readonly report: Report; readonly search: MomentsSearch }) {
  const { claims, outcome, of } = report;
  const rows = claims.map((claim) => toForestRow(claim, report));
  const byKey = new Map(claims.map((claim) => [candidateKey(claim), claim]));
  const title = `What makes or breaks ${nameOutcome(report)}`;
  const under = `Each touch against the usual next one in the same situation, or badly against well; ${effectUnit(of)}, within ${describeWindow(report.withinMs)}.`;
  const format = (value: number) => formatEffectNumber(value, of);
  const asked = { ...search, outcome, of };
  return (
    <ChartFrame
      title={title}
      name="moments-of-truth"
      description={`${under} The largest impact first.`}
      table={{ columns: claimColumns(report), rows: claims }}
      svg={() => drawForest({ title, under: `${under} ${describeBase(report)}`, rows, format })}
      total={
        <Text span size="sm" c="dimmed">
          {describeBase(report)}
        </Text>
      }
    >
      <Forest
        rows={rows}
        format={format}
        name={({ key }) => {
          const claim = byKey.get(key);
          return claim && <MomentLink candidate={claim} asked={asked} />;
        }}
        words={({ key }) => {
          const claim = byKey.get(key);
          return claim && <ClaimWords claim={claim} report={report} />;
        }}
      />
    </ChartFrame>
  );
}
