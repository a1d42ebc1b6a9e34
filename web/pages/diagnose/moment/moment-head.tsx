/**
 * What was found in one sentence, how sure it is, and what can be done with it: keep it, open the customers.
 */
import { Button, Group, Paper, Stack, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { describeMoment, explainLabel, explainRejection, nameMoment } from "../../../../src/domain/moment-words.ts";
import type { Input } from "../../../api/types.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { useOpenBehind } from "../../../ui/behind.tsx";
import { describeReach } from "../views/claim-rows.ts";
import { customersTarget } from "../views/customers-target.ts";
import { KeepButton } from "../views/keep-button.tsx";
import { DirectionBadge, SurenessBadge } from "../views/moment-link.tsx";
import { candidateOf, type MomentReport } from "./moment-report.ts";

function OpenCustomers({ report }: { readonly report: MomentReport }) {
  const { input } = useScope();
  const open = useOpenBehind();
  const candidate = candidateOf(report);
  if (!candidate) return null;
  return (
    <Button
      variant="default"
      leftSection={<IconUsers size={16} aria-hidden />}
      onClick={() => open(customersTarget(candidate, input))}
    >
      Open the customers
    </Button>
  );
}

function Said({ report }: { readonly report: MomentReport }) {
  const { claim, rejected } = report;
  if (claim) {
    return (
      <>
        <Text fz="lg" fw={600} data-testid="moment-sentence">
          {describeMoment(claim, report)}.
        </Text>
        <Group gap="sm">
          <DirectionBadge effect={claim.effect} outcome={report.outcome} />
          <SurenessBadge label={claim.label} />
          <Text size="sm">{describeReach(claim, report)}</Text>
        </Group>
        <Text size="sm" c="dimmed" maw={820}>
          {explainLabel(claim.label)}
        </Text>
      </>
    );
  }
  if (!rejected) return null;
  return (
    <>
      <Text fz="lg" fw={600} data-testid="moment-sentence">
        Nothing is claimed of {nameMoment(rejected)}: {rejected.reason}.
      </Text>
      <Text size="sm">{rejected.detail}</Text>
      <Text size="sm" c="dimmed" maw={820}>
        {explainRejection(rejected.reason)}
      </Text>
    </>
  );
}

interface MomentHeadProps {
  readonly report: MomentReport;
  readonly question: Input<"moment">;
}

export function MomentHead({ report, question }: MomentHeadProps) {
  const { claim, rejected } = report;
  const title = claim
    ? describeMoment(claim, report)
    : rejected
      ? `${nameMoment(rejected)}: no claim, ${rejected.reason}`
      : "";
  return (
    <Paper component="section" withBorder p="md" aria-label="In one sentence">
      <Stack gap="xs">
        <Said report={report} />
        <Group gap="sm" mt="xs">
          <KeepButton proposed={title} kept={{ question }} />
          <OpenCustomers report={report} />
        </Group>
      </Stack>
    </Paper>
  );
}
