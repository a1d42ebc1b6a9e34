/**
 * Why the clock must start before the answer: where something falls due, some answer before it comes, and those are the angriest.
 * Said only of scores, and only where the touchpoint is a due moment or a delivery.
 */
import { Paper, Text, Title } from "@mantine/core";
import { nameMoment } from "../../../../src/domain/moment-words.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { formatEffect, formatEnds, readGoal } from "../views/effect-words.ts";
import { MomentLink } from "../views/moment-link.tsx";
import { type MomentSearch, momentQuestion } from "../views/moments-search.ts";
import { findPair } from "./find-pair.ts";
import { candidateOf, type MomentReport } from "./moment-report.ts";

interface TimeZeroProps {
  readonly report: MomentReport;
  readonly search: MomentSearch;
}

/** What the same data show with the other time zero, for the promise that stands there. */
function OtherClock({ report, search, touchpoint }: TimeZeroProps & { readonly touchpoint: string }) {
  const { input } = useScope();
  const kept = useAnswer("expectations", { ...input, touchpoint }, { keep: false });
  const promise = kept.data?.promises.find((one) => one.touchpoint === touchpoint);
  const asked = { ...search, outcome: report.outcome, of: report.of ?? undefined };
  const there = { ...asked, touchpoint, contrast: "experience" as const, segment: undefined };
  const question = momentQuestion(input, asked, { ...there, property: promise?.property, bad: promise?.bad });
  const { data } = useAnswer("moment", question, { enabled: promise !== undefined, keep: false });
  const other = data && candidateOf(data);
  if (!other || other.effect === null) return null;
  return (
    <Text size="sm" mt="xs" data-testid="other-clock">
      With the clock started at {touchpoint}, the same data show {formatEffect(other.effect, report.of)} (
      {formatEnds(other, report.of)}
      {"reason" in other ? `; no claim, ${other.reason}` : ""}): <MomentLink candidate={other} asked={asked} />
    </Text>
  );
}

export function TimeZero({ report, search }: TimeZeroProps) {
  const { data } = useAnswer("touchpoints", {}, { enabled: report.of !== null });
  const candidate = candidateOf(report);
  const pair = report.of && candidate && data && findPair(candidate.touchpoint, data.touchpoints);
  if (!pair || !candidate) return null;
  const answer = readGoal(report.outcome) ?? "the answer";
  const { due, delivered, at } = pair;
  const other = at === "due" ? delivered : due;
  return (
    <Paper component="section" withBorder p="md" aria-label="When the clock starts">
      <Title order={2} mb="xs">
        When the clock starts
      </Title>
      <Text size="sm" maw={860}>
        {at === "due"
          ? `The clock starts when it falls due, for everybody who has not answered yet (${nameMoment(candidate)}). At that moment it is known whether the promise is broken, and nobody is lost.`
          : `Here the clock starts at ${delivered}. Whoever gave ${answer} before it came counts nowhere, so this effect is too small: read ${due} instead.`}{" "}
        Started at the delivery, the clock could come after the answer: whoever waits in vain may give {answer} before
        anything arrives, and would count nowhere. Where many do, the effect looks much smaller than it is.
      </Text>
      {other !== undefined && <OtherClock report={report} search={search} touchpoint={other} />}
    </Paper>
  );
}
