/**
 * How the number came about and what it rests on, check by check, in words first.
 */
import { List, Paper, Stack, Text, Title } from "@mantine/core";
import { describeCaveats } from "../../../../src/domain/moment-words.ts";
import { formatCount, formatDecimal } from "../../../ui/format.ts";
import { type Claim, formatChance, formatEffect, formatEnds, formatLevel } from "../views/effect-words.ts";
import { candidateOf, type MomentReport } from "./moment-report.ts";

function describePlacebo({ placebo }: Claim): string {
  if (placebo === null)
    return "Placebo: nothing from before the touch could be compared, so it is called an association, adjusted.";
  const size =
    placebo.of === "an earlier outcome"
      ? `${formatEffect(placebo.effect, null)}, ${formatEnds(placebo, null)}`
      : `${formatDecimal(placebo.effect)}, 95 %: ${formatDecimal(placebo.low)} to ${formatDecimal(placebo.high)}`;
  return `Placebo: ${placebo.of}, which the touch cannot have changed, differs by ${size} (p = ${formatChance(placebo.p)}). It would have stopped the claim if it had pointed the same way and been a third as large.`;
}

function claimChecks(claim: Claim, report: MomentReport): string[] {
  const { of, minimumEffect, tested } = report;
  return [
    `Enough data: ${formatCount(claim.reach)} ${of ? "answers" : "touches"} of ${formatCount(claim.customers)} customers stand in situations where others did something else.`,
    `Larger than matters: the effect exceeds ${formatEffect(minimumEffect, of).replace(/^\+/u, "")} by more than chance explains (p = ${formatChance(claim.p)}).`,
    `Not one of many: of ${formatCount(tested)} candidates tested, at most one claim in twenty is expected to be false (q = ${formatChance(claim.q)}); the interval allows for the choice.`,
    describePlacebo(claim),
    ...(claim.eValue === null
      ? []
      : [
          `E-value ${formatDecimal(claim.eValue, 1)}: how many times as likely an unseen common cause would have to make both.`,
        ]),
  ];
}

export function HowFound({ report }: { readonly report: MomentReport }) {
  const { claim, base, n, of, tested } = report;
  const candidate = candidateOf(report);
  if (!candidate) return null;
  const touches = of ? "answers" : "touches";
  return (
    <Paper component="section" withBorder p="md" aria-label="How it was found">
      <Stack gap="xs" maw={860}>
        <Title order={2}>How it was found</Title>
        <Text size="sm">
          Each touch is a small trial. Its clock starts at the touch; what came before it (what the customer is, did,
          saw and how fast) sorts all touches into situations, and only touches in the same situation are compared. Over{" "}
          {formatCount(n)} {touches} the outcome stands at {formatLevel(base, of)}.
        </Text>
        <List size="sm" spacing={4} data-testid="checks">
          {claim ? (
            [...claimChecks(claim, report), ...describeCaveats({ ...claim, eValue: null }, report)].map((sentence) => (
              <List.Item key={sentence}>{sentence}</List.Item>
            ))
          ) : (
            <List.Item>
              It was measured like all {formatCount(tested)} candidates tested; the check that it did not pass stands
              above.
            </List.Item>
          )}
        </List>
      </Stack>
    </Paper>
  );
}
