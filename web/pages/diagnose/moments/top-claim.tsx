/**
 * What the whole page says, in one plain sentence: the likely cause with the largest impact, or that there is none.
 * An association leads only where nothing is likely to be a cause.
 */
import { Group, Paper, Stack, Text } from "@mantine/core";
import { describeMoment, describeWindow, explainLabel, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { formatCountOf } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import type { Report } from "../views/effect-words.ts";
import { DirectionBadge, momentParameters, SurenessBadge } from "../views/moment-link.tsx";
import type { MomentsSearch } from "../views/moments-search.ts";

interface TopClaimProps {
  readonly report: Report;
  readonly search: MomentsSearch;
}

function NoClaim({ report }: { readonly report: Report }) {
  const { tested, rejected } = report;
  return (
    <>
      <Text fz="lg" fw={600} data-testid="top-claim">
        No touchpoint can be called a moment of truth for {nameOutcome(report)} within {describeWindow(report.withinMs)}
        .
      </Text>
      <Text size="sm" c="dimmed" maw={820}>
        {formatCountOf(rejected.length, "candidate")} {rejected.length === 1 ? "was" : "were"} looked at,{" "}
        {tested === 0 ? "none" : tested} had enough data to be tested{tested > 0 && ", none passed every check"}. That
        is a result too: the reasons stand below. Another outcome, a longer window or more data may show one.
      </Text>
    </>
  );
}

export function TopClaim({ report, search }: TopClaimProps) {
  const first = report.claims.find(({ label }) => label === "likely cause") ?? report.claims[0];
  const others = report.claims.length - 1;
  return (
    <Paper component="section" withBorder p="md" aria-label="In one sentence">
      <Stack gap="xs">
        {first ? (
          <>
            <Text fz="lg" fw={600} data-testid="top-claim">
              {describeMoment(first, report)}.
            </Text>
            <Group gap="sm">
              <DirectionBadge effect={first.effect} outcome={report.outcome} />
              <SurenessBadge label={first.label} />
              <ScopeLink
                to="diagnose/moment"
                search={momentParameters(first, { ...search, outcome: report.outcome, of: report.of })}
                fz="sm"
              >
                See how it was found
              </ScopeLink>
            </Group>
            <Text size="sm" c="dimmed" maw={820}>
              {explainLabel(first.label)}
              {others > 0 && ` ${formatCountOf(others, "more claim")} below.`}
            </Text>
          </>
        ) : (
          <NoClaim report={report} />
        )}
      </Stack>
    </Paper>
  );
}
