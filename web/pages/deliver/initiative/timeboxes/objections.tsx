/**
 * What speaks against a timebox that is being planned: what is typed, and the broken rules that concern it. Nothing is refused.
 */
import { Alert, List, Stack, Text } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { RuleList } from "../../views/rule-list.tsx";
import { SharesBar } from "../../views/shares-bar.tsx";
import { useInitiative } from "../use-initiative.ts";
import { findObjections, objectToPlan, type TimeboxFields, weighPicks } from "./timebox-form.ts";

interface PlanProps {
  readonly fields: TimeboxFields;
}

export function Objections({ fields }: PlanProps) {
  const { report, initiative } = useInitiative();
  const typed = objectToPlan(fields, initiative);
  const rules = findObjections(report.health, fields.picks);
  if (typed.length + rules.length === 0) return null;
  return (
    <Alert
      color="orange"
      variant="outline"
      title="What speaks against it"
      icon={<IconAlertTriangle aria-hidden />}
      data-testid="objections"
    >
      <Stack gap="sm">
        {typed.length > 0 && (
          <List size="sm">
            {typed.map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))}
          </List>
        )}
        <RuleList rules={rules} withPrinciple={false} />
      </Stack>
    </Alert>
  );
}

/** How much it would hold, and in which shares. */
export function Weighed({ fields }: PlanProps) {
  const { initiative, effort } = useInitiative();
  const { planned, shares } = weighPicks(fields.picks, initiative.requirements);
  if (fields.picks.size === 0) return null;
  return (
    <div>
      <Text size="sm">
        {effort(planned)} planned{fields.capacity === "" ? "" : ` of ${effort(fields.capacity)} capacity`}
      </Text>
      <SharesBar shares={shares} />
    </div>
  );
}
