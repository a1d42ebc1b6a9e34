/**
 * The forecast said before it is drawn: how many orders to expect, how sure that is, and whether the model earns its place.
 */
import { Badge, Paper, Stack, Text } from "@mantine/core";
import { MODEL_WORDS } from "../../../../../src/domain/repurchase-words.ts";
import { formatShare } from "../../../../ui/format.ts";
import { Whole } from "../views/numbers.tsx";
import {
  describeBackTest,
  describeOutlook,
  describeSpread,
  formatMean,
  keepTogether,
  type RepurchaseReport,
} from "../views/repurchase-words.ts";

function describeLevel(level: number): string {
  return `Every forecast is multiplied by ${formatMean(level)}, as an earlier hold-out taught.`;
}

export function Headline({ report }: { readonly report: RepurchaseReport }) {
  const { outlook, chosen, because, beatsBaselines } = report;
  const scores = report.models.find(({ id }) => id === chosen)?.holdout;
  if (!outlook || !scores || chosen === null) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label="In words">
      <Stack gap="xs" maw={860}>
        <Text fz="lg" fw={600} data-testid="outlook">
          {describeOutlook(outlook)}
        </Text>
        <Text size="sm">{describeSpread(outlook)}</Text>
        <Text size="sm" data-testid="how-sure">
          {describeBackTest(scores, chosen, report.holdout?.actual)}
        </Text>
        <Badge tt="none" variant="light" color={beatsBaselines ? "teal" : "orange"}>
          {beatsBaselines ? "✓ better than every simple rule" : "not better than every simple rule"}
        </Badge>
        <Text size="sm" c="dimmed">
          {because === null ? "" : `${keepTogether(because)} `}
          {MODEL_WORDS[chosen].means} On average a customer of today is still one with a probability of{" "}
          <Whole>{formatShare(outlook.alive, 0)}</Whole>. {outlook.level !== 1 && describeLevel(outlook.level)}
        </Text>
      </Stack>
    </Paper>
  );
}
