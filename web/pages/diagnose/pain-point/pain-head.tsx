/**
 * What was found in one sentence: what it costs, how often, how sure; and what can be done with it: keep it, open the customers, begin an initiative.
 */
import { Group, Paper, Stack, Text } from "@mantine/core";
import { describePainPoint, explainPainLabel, explainPainRejection } from "../../../../src/domain/pain-words.ts";
import { KeepButton } from "../views/keep-button.tsx";
import { KindBadge, LabelBadge, PainLink, TrendBadge } from "../views/pain-link.tsx";
import { type Friction, isClaimed, type PainDetail } from "../views/pain-report.ts";
import type { PainPointSearch, PainQuestion } from "../views/pain-search.ts";
import { describeFacts, describeWait, explainCost, formatAmount, formatSum, summarize } from "../views/pain-words.ts";
import { CustomersBehind } from "./customers-behind.tsx";
import { InitiativeButton } from "./initiative-button.tsx";

interface SaidProps {
  readonly friction: Friction;
  readonly report: PainDetail;
}

function Costs({ friction, report }: SaidProps) {
  if (!isClaimed(friction)) {
    const { directCost } = friction;
    return (
      <>
        <Text size="sm">{friction.detail}</Text>
        {directCost !== null && (
          <Text size="sm">Handling it costs {formatSum(directCost, report.currency)} a month, a fact.</Text>
        )}
      </>
    );
  }
  if (friction.incident) return null;
  return <Text size="sm">{explainCost(friction, report)}</Text>;
}

function Said({ friction, report }: SaidProps) {
  const wait = describeWait(friction);
  const claimed = isClaimed(friction);
  return (
    <>
      <Text fz="lg" fw={600} data-testid="pain-sentence">
        {claimed ? summarize(friction, report) : `Nothing is claimed of ${friction.name}: ${friction.reason}`}.
      </Text>
      <Costs friction={friction} report={report} />
      <Text size="sm">
        {describeFacts(friction)}; {formatAmount(friction.perMonth)} a month while the outcome could still follow.
        {wait !== undefined && ` ${wait}`}
      </Text>
      <Group gap="sm">
        <KindBadge kind={friction.kind} />
        {claimed && <LabelBadge label={friction.label} />}
        {claimed && <TrendBadge trend={friction.trend} />}
      </Group>
      <Text size="sm" c="dimmed" maw={820}>
        {claimed ? explainPainLabel(friction.label) : explainPainRejection(friction.reason)}
      </Text>
    </>
  );
}

interface PainHeadProps {
  readonly report: PainDetail;
  /** The friction, or the incident of it that the address names. */
  readonly friction: Friction;
  readonly question: PainQuestion;
  readonly search: PainPointSearch;
}

export function PainHead({ report, friction, question, search }: PainHeadProps) {
  const title = isClaimed(friction) ? describePainPoint(friction, report) : `${friction.name}: ${friction.reason}`;
  const kept = { kind: "pain-point" as const, question };
  const whole = report.painPoint ?? report.rejected;
  return (
    <Paper component="section" withBorder p="md" aria-label="In one sentence">
      <Stack gap="xs">
        <Said friction={friction} report={report} />
        {whole && whole !== friction && (
          <Text size="sm">
            It is an incident of <PainLink friction={whole} asked={{ ...search, outcome: report.outcome }} />; what
            stands below is of all of that friction.
          </Text>
        )}
        <Group gap="sm" mt="xs">
          <KeepButton proposed={title} kept={kept} />
          <CustomersBehind friction={friction} report={report} />
          <InitiativeButton kept={kept} finding={title} friction={friction} />
        </Group>
      </Stack>
    </Paper>
  );
}
