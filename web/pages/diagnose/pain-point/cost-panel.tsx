/**
 * What it costs a month: handling as a fact, with the price it rests on, and value at risk as an estimate, with how it comes about.
 */
import { Paper, Stack, Text, Title } from "@mantine/core";
import { isHandled } from "../../../../src/domain/friction.ts";
import { HandlingPrices } from "../views/handling-price.tsx";
import { type Friction, isClaimed, type PainDetail } from "../views/pain-report.ts";
import { formatSum } from "../views/pain-words.ts";
import classes from "./cost-panel.module.css";
import { describeSum } from "./describe-sum.ts";

interface CostPanelProps {
  readonly report: PainDetail;
  readonly friction: Friction;
}

function Direct({ report, friction }: CostPanelProps) {
  const { directCost, kind, touchpoint } = friction;
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        Handling, a fact
      </Text>
      <Text component="dd" m={0} fz="h3" fw={650}>
        {directCost === null ? "–" : `${formatSum(directCost, report.currency)} a month`}
      </Text>
      <dd className={classes.small}>
        {isHandled(kind) ? (
          <Stack gap={4} mt={4}>
            <Text size="xs" c="dimmed">
              How often it happens times what one costs; without a price nothing is counted.
            </Text>
            <HandlingPrices touchpoints={[touchpoint]} />
          </Stack>
        ) : (
          <Text size="xs" c="dimmed">
            Nobody has to handle this twice: it has no direct cost.
          </Text>
        )}
      </dd>
    </div>
  );
}

function AtRisk({ report, friction }: CostPanelProps) {
  const { whole, how } = describeSum(friction, report);
  return (
    <div>
      <Text component="dt" size="sm" c="dimmed">
        At risk, an estimate
      </Text>
      <Text component="dd" m={0} fz="h3" fw={650}>
        {whole}
      </Text>
      {how.map((sentence) => (
        <Text component="dd" m={0} size="xs" c="dimmed" key={sentence}>
          {sentence}
        </Text>
      ))}
    </div>
  );
}

export function CostPanel(props: CostPanelProps) {
  const { friction } = props;
  if (!isClaimed(friction) && !isHandled(friction.kind)) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label="What it costs">
      <Title order={2} mb="xs">
        What it costs
      </Title>
      <dl className={classes.sides}>
        <Direct {...props} />
        <AtRisk {...props} />
      </dl>
    </Paper>
  );
}
