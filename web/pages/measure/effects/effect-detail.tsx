/**
 * One registered measurement: what came out, the pictures, the checks, and the frozen plan beside what came.
 */
import { Alert, Anchor, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { Comments } from "../../../ui/comments.tsx";
import { formatDay } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { readDates } from "./check-words.ts";
import { EffectActions } from "./effect-actions.tsx";
import { EffectHistory } from "./effect-history.tsx";
import type { Effect, Report } from "./effect-words.ts";
import { FrozenPlan } from "./frozen-plan.tsx";
import { useReportFacts } from "./report-facts.ts";
import { ReportBody, Sentence } from "./report-view.tsx";
import { StatusBadge, UnregisteredBadge } from "./verdict-badge.tsx";

function Badges({ effect }: { readonly effect: Effect }) {
  return (
    <>
      <StatusBadge status={effect.status} />
      {!effect.registered.passed && <UnregisteredBadge late />}
    </>
  );
}

function describeDates({ switchOn, until, status, zone, question }: Effect): string {
  const [on, stop] = [formatDay(switchOn, zone), formatDay(until, zone)];
  const dates = `Switch-on ${on}, stop date ${stop}.`;
  if (status !== "running") return dates;
  return question.design === "randomised"
    ? `${dates} Until it is over, the interval is one that holds at every look.`
    : `${dates} Until it is over, no verdict is given.`;
}

function Head({ effect }: { readonly effect: Effect }) {
  const { name, why, finding } = effect;
  return (
    <Paper component="section" withBorder p="md" aria-label="The measurement">
      <Stack gap="xs">
        <Title order={2} data-testid="effect-name">
          {name}
        </Title>
        <Group gap="sm">
          <Badges effect={effect} />
          <Text size="sm" c="dimmed">
            {describeDates(effect)}
          </Text>
        </Group>
        {why !== null && (
          <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
            {why}
          </Text>
        )}
        {finding !== null && (
          <Text size="sm">
            It shall mend{" "}
            <ScopeLink to="diagnose/findings" search={{ finding }} inherit>
              finding {finding}
            </ScopeLink>
            .
          </Text>
        )}
        {!effect.registered.passed && (
          <Alert color="orange" variant="outline" title="Registered late">
            {readDates(effect.registered.detail, (iso) => formatDay(iso, effect.zone))}
          </Alert>
        )}
        <EffectActions effect={effect} />
      </Stack>
    </Paper>
  );
}

function Measured({ effect, report }: { readonly effect: Effect; readonly report: Report }) {
  const facts = useReportFacts(report, effect.question, effect);
  return (
    <>
      <Sentence facts={facts} />
      <ReportBody facts={facts} />
    </>
  );
}

export function EffectDetail({ id }: { readonly id: number }) {
  const set = useSetSearch();
  const query = useAnswer("effect", { id }, { keep: false });
  return (
    <>
      <Anchor component="button" type="button" w="fit-content" onClick={() => set({ effect: undefined })}>
        ← All measurements
      </Anchor>
      <AnswerView query={query} height={420}>
        {(effect) => (
          <Stack gap="md">
            <Head effect={effect} />
            {effect.report && <Measured effect={effect} report={effect.report} />}
            <FrozenPlan effect={effect} />
            <EffectHistory effect={effect} />
            <Comments of="effect" id={effect.id} comments={effect.comments} />
          </Stack>
        )}
      </AnswerView>
    </>
  );
}
