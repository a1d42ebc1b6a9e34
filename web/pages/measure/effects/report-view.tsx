/**
 * An effect that was measured: the sentence first, then the pictures, then the checks, then how it was found and what would bias it.
 * Whether it was registered, and what was planned, is said by whoever shows it.
 */
import { Group, List, Paper, Stack, Text, Title } from "@mantine/core";
import { IconAlertTriangle, IconCheck, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { BLOCKING_CHECKS } from "../../../../src/domain/effect.ts";
import { formatShare } from "../../../ui/format.ts";
import { type Check, explainCheck, isNote, nameCheck, readDates, sortChecks } from "./check-words.ts";
import { DESIGN_WORDS } from "./design-words.ts";
import {
  blockingChecks,
  describeDoubts,
  describeEffect,
  describeLeftOut,
  describeRelative,
  explainVerdict,
  formatConfidence,
} from "./effect-words.ts";
import { Figures } from "./figures.tsx";
import type { ReportFacts } from "./report-facts.ts";
import { VerdictBadge } from "./verdict-badge.tsx";

function describeWon({ report, question }: ReportFacts): string | undefined {
  if (report.chanceToWin === undefined) return undefined;
  const word = question.lowerIsBetter ? "lower" : "higher";
  const chance = report.chanceToWin;
  const share = chance > 0.999 ? "over 99.9 %" : chance < 0.001 ? "under 0.1 %" : formatShare(chance);
  return `The chance that it is ${word} with the change at all, by however little: ${share}.`;
}

interface SentenceProps {
  readonly facts: ReportFacts;
  readonly badges?: ReactNode;
  readonly children?: ReactNode;
}

export function Sentence({ facts, badges, children }: SentenceProps) {
  const { report, question, spoken } = facts;
  const blocked = blockingChecks(report).length > 0;
  const numbers = blocked ? [] : [describeRelative(report), describeWon(facts)];
  const more = [...numbers, describeDoubts(report)].filter((words) => words !== undefined);
  return (
    <Paper component="section" withBorder p="md" aria-label="In one sentence">
      <Stack gap="xs">
        <Text fz="lg" fw={600} data-testid="effect-sentence">
          {describeEffect(report, question, spoken)}
        </Text>
        <Group gap="sm">
          <VerdictBadge verdict={report.verdict} />
          {badges}
        </Group>
        {more.length > 0 && (
          <Text size="sm" maw={820}>
            {more.join(" ")}
          </Text>
        )}
        <Text size="sm" c="dimmed" maw={820}>
          {explainVerdict(report)}
        </Text>
        {children}
      </Stack>
    </Paper>
  );
}

function CheckItem({ check, day }: { readonly check: Check; readonly day: ReportFacts["day"] }) {
  const { id, passed, detail } = check;
  const note = isNote(check);
  const Icon = note ? IconInfoCircle : passed ? IconCheck : IconAlertTriangle;
  const answer = note ? "" : passed ? ": yes" : BLOCKING_CHECKS.has(id) ? ": no, and therefore no verdict" : ": no";
  return (
    <List.Item
      icon={<Icon size={16} color={`var(--mantine-color-${passed ? "teal" : "orange"}-light-color)`} aria-hidden />}
    >
      <Text span size="sm" fw={600}>
        {nameCheck(id)}
        {answer}.
      </Text>{" "}
      <Text span size="sm">
        {explainCheck(id)}
      </Text>{" "}
      <Text span size="sm" c="dimmed">
        {readDates(detail, day)}
      </Text>
    </List.Item>
  );
}

function Checks({ facts: { report, day } }: { readonly facts: ReportFacts }) {
  const checks = report.checks.filter((check) => !isNote(check));
  const failed = checks.filter(({ passed }) => !passed).length;
  return (
    <Paper component="section" withBorder p="md" aria-label="Can it be trusted?">
      <Stack gap="xs" maw={860}>
        <Title order={2}>Can it be trusted?</Title>
        <Text size="sm">
          {failed === 0
            ? `All ${checks.length} checks are passed.`
            : `${failed} of ${checks.length} checks ${failed === 1 ? "is" : "are"} not passed.`}{" "}
          Some stand between the numbers and a verdict; the others say how far to trust it.
        </Text>
        <List size="sm" spacing={6} data-testid="effect-checks">
          {sortChecks(report.checks).map((check) => (
            <CheckItem key={check.id + check.detail} check={check} day={day} />
          ))}
        </List>
      </Stack>
    </Paper>
  );
}

function describeBasis({ report, question, day, spoken }: ReportFacts): string {
  const { basis, minEffect } = report;
  const only = question.where === undefined ? "" : `, only where ${question.where}`;
  const events = `Measured is ${spoken.subject}${only}.`;
  const least =
    minEffect > 0
      ? ` The least effect worth having is ${spoken.size(minEffect)}.`
      : " No least effect worth having was given, so “no meaningful change” is never said.";
  if (!basis) return `${events}${least}`;
  const from = basis.from === null ? "the first event" : day(basis.from);
  return `${events} Data from ${from} until ${day(basis.until)}.${least}`;
}

function HowFound({ facts }: { readonly facts: ReportFacts }) {
  const { report, question } = facts;
  const { name, term, how, bias } = DESIGN_WORDS[report.design];
  const left = describeLeftOut(report, question);
  return (
    <Paper component="section" withBorder p="md" aria-label="How it was found">
      <Stack gap="xs" maw={860}>
        <Title order={2}>How it was found</Title>
        <Text size="sm">
          <strong>{name}</strong> ({term}). {how}
        </Text>
        <Text size="sm">{describeBasis(facts)}</Text>
        {left.length > 0 && <Text size="sm">Not compared: {left.join(", ")}.</Text>}
        <Text size="sm" c="dimmed">
          Method: {report.method}; {formatConfidence(report.confidence)} intervals.
        </Text>
        <Title order={3}>What would bias it</Title>
        <List size="sm" spacing={4}>
          {bias.map((sentence) => (
            <List.Item key={sentence}>{sentence}</List.Item>
          ))}
        </List>
      </Stack>
    </Paper>
  );
}

/** Pictures, checks and how it was found: what stands below the sentence. */
export function ReportBody({ facts }: { readonly facts: ReportFacts }) {
  return (
    <>
      <Figures facts={facts} />
      <Checks facts={facts} />
      <HowFound facts={facts} />
    </>
  );
}
