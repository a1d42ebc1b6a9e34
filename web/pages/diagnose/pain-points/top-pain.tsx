/**
 * What the whole page says, in one plain sentence: the pain point that costs most, or that nothing can be claimed.
 */

import { Group, Paper, Stack, Text } from "@mantine/core";
import { describeWindow, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { explainPainLabel } from "../../../../src/domain/pain-words.ts";
import { formatCountOf } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { KindBadge, LabelBadge, TrendBadge } from "../views/pain-link.tsx";
import { incidentName, type PainReport } from "../views/pain-report.ts";
import { splitPain } from "../views/pain-rows.ts";
import { frictionParameters, type PainPointsSearch } from "../views/pain-search.ts";
import { explainCost, summarize } from "../views/pain-words.ts";

interface TopPainProps {
  readonly report: PainReport;
  readonly search: PainPointsSearch;
}

function NoPain({ report }: Pick<TopPainProps, "report">) {
  const { tested, rejected } = report;
  return (
    <>
      <Text fz="lg" fw={600} data-testid="top-pain">
        No friction can be shown to cost {nameOutcome(report)} within {describeWindow(report.withinMs)}.
      </Text>
      <Text size="sm" c="dimmed" maw={820}>
        {formatCountOf(rejected.length, "friction")} {rejected.length === 1 ? "was" : "were"} looked at,{" "}
        {tested === 0 ? "none" : tested} had enough data to be tested. That is a result too: how often each happens and
        why nothing is claimed of it stands below. Another outcome, a longer window or more data may show one.
      </Text>
    </>
  );
}

/** Whether it costs more than one friction, and how many of what else there is. */
function describeOthers(report: PainReport): string {
  const { frictions, incidents } = splitPain(report.painPoints);
  const parts = [
    ...(frictions.length > 1 ? [formatCountOf(frictions.length - 1, "more pain point")] : []),
    ...(incidents.length > 0 ? [formatCountOf(incidents.length, "dated incident")] : []),
  ];
  return parts.length === 0 ? "" : ` Below: ${parts.join(" and ")}.`;
}

export function TopPain({ report, search }: TopPainProps) {
  const { frictions, incidents } = splitPain(report.painPoints);
  const first = frictions[0] ?? incidents[0];
  if (!first) {
    return (
      <Paper component="section" withBorder p="md" aria-label="In one sentence">
        <NoPain report={report} />
      </Paper>
    );
  }
  return (
    <Paper component="section" withBorder p="md" aria-label="In one sentence">
      <Stack gap="xs">
        <Text fz="lg" fw={600} data-testid="top-pain">
          {summarize(first, report)}.
        </Text>
        <Text size="sm">
          {first.incident
            ? `That was for some weeks; of no friction as a whole it can be shown that it costs ${nameOutcome(report)}.`
            : explainCost(first, report)}
        </Text>
        <Group gap="sm">
          <KindBadge kind={first.kind} />
          <LabelBadge label={first.label} />
          <TrendBadge trend={first.trend} />
          <ScopeLink
            to="diagnose/pain-point"
            search={frictionParameters(first, { ...search, outcome: report.outcome }, incidentName(first))}
            fz="sm"
          >
            See where, whom and since when
          </ScopeLink>
        </Group>
        <Text size="sm" c="dimmed" maw={820}>
          {explainPainLabel(first.label)}
          {describeOthers(report)}
        </Text>
      </Stack>
    </Paper>
  );
}
