/**
 * Frictions that happen and of which no effect can be claimed, by reason: how often, what handling them costs, and the numbers.
 */

import { Text } from "@mantine/core";
import { explainPainRejection } from "../../../../src/domain/pain-words.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatCountOf } from "../../../ui/format.ts";
import { PainLink } from "../views/pain-link.tsx";
import { frictionKey, type PainReport, type Rejected } from "../views/pain-report.ts";
import { rejectedColumns } from "../views/pain-rows.ts";
import type { PainPointsSearch } from "../views/pain-search.ts";
import { describeFacts, formatSum } from "../views/pain-words.ts";
import { ReasonGroups } from "../views/reason-groups.tsx";

/** What looks like a pain point and is none comes first. */
const REASONS: readonly Rejected["reason"][] = [
  "already different before",
  "cannot be told apart",
  "no clear effect",
  "not worse",
  "too few",
];

interface NoClaimProps {
  readonly report: PainReport;
  readonly search: PainPointsSearch;
}

function NoClaimItem({ one, report, search }: NoClaimProps & { readonly one: Rejected }) {
  return (
    <>
      <PainLink friction={one} asked={{ ...search, outcome: report.outcome }} />
      <Text size="sm">
        {describeFacts(one)}
        {one.directCost !== null && (
          <strong>; {formatSum(one.directCost, report.currency)} a month for handling, a fact</strong>
        )}
      </Text>
      <Text size="xs" c="dimmed">
        {one.detail}
      </Text>
    </>
  );
}

export function NoClaimFigure({ report, search }: NoClaimProps) {
  const { rejected } = report;
  if (rejected.length === 0) return null;
  return (
    <ChartFrame
      title="Frictions without a claim"
      name="frictions-without-a-claim"
      description="These happen too, and may annoy; that they cost the outcome cannot be shown. The reason says which check each did not pass; what handling costs is a fact all the same."
      table={{ columns: rejectedColumns(report), rows: rejected }}
      total={
        <Text span size="sm" c="dimmed">
          {formatCountOf(rejected.length, "friction")}
        </Text>
      }
    >
      <ReasonGroups
        reasons={REASONS}
        members={rejected}
        keyOf={frictionKey}
        explain={explainPainRejection}
        item={(one) => <NoClaimItem one={one} report={report} search={search} />}
      />
    </ChartFrame>
  );
}
