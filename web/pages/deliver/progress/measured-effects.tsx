/**
 * What the initiative did to the numbers: each registered measurement with its verdict, interval and n; and what was said of it.
 */
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { EffectState, InitiativeReport } from "../../../../src/domain/dsdm/report.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { formatDay } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { describeEffect, type Effect } from "../../measure/effects/effect-words.ts";
import { speakOf } from "../../measure/effects/metric-words.ts";
import { StatusBadge, VerdictBadge } from "../../measure/effects/verdict-badge.tsx";
import { formatPlainDay } from "../priority-words.ts";
import { PlainList } from "../views/plain-list.tsx";

function Sentence({ effect, currency }: { readonly effect: Effect; readonly currency: string }) {
  if (!effect.report) {
    return (
      <Text size="sm" c="dimmed">
        {effect.status === "planned" ? "It begins with its switch-on." : "It has not been measured yet."}
      </Text>
    );
  }
  const spoken = speakOf(effect.question, currency);
  return <Text size="sm">{describeEffect(effect.report, effect.question, spoken)}</Text>;
}

function Measured({ state, currency }: { readonly state: EffectState; readonly currency: string }) {
  const query = useAnswer("effect", { id: state.id }, { keep: false });
  return (
    <Stack component="li" gap={4} data-effect={state.id}>
      <Text fw={600} style={{ overflowWrap: "anywhere" }}>
        <ScopeLink to="measure/effects" search={{ effect: state.id }} inherit>
          {state.name}
        </ScopeLink>
      </Text>
      <AnswerView query={query} height={48}>
        {(effect) => (
          <Stack gap={4}>
            <Group gap="xs">
              {effect.report && <VerdictBadge verdict={effect.report.verdict} />}
              <StatusBadge status={effect.status} />
              <Text size="sm" c="dimmed">
                switched on {formatPlainDay(state.switchOn)}, until {formatPlainDay(state.until)}
              </Text>
            </Group>
            <Sentence effect={effect} currency={currency} />
          </Stack>
        )}
      </AnswerView>
    </Stack>
  );
}

function Assessment({ report }: { readonly report: InitiativeReport }) {
  const newest = report.initiative.assessments.at(-1);
  if (!newest) return null;
  return (
    <div>
      <Title order={3}>Benefits assessment</Title>
      <Text size="xs" c="dimmed">
        {newest.author}, {formatDay(newest.at, report.zone)}
      </Text>
      <Text size="sm" style={{ whiteSpace: "pre-wrap", overflowWrap: "anywhere" }}>
        {newest.text}
      </Text>
      {newest.decision !== null && (
        <Text size="sm" style={{ overflowWrap: "anywhere" }}>
          What is done next: {newest.decision}
        </Text>
      )}
    </div>
  );
}

export function MeasuredEffects({ report }: { readonly report: InitiativeReport }) {
  const { effects, currency } = report;
  return (
    <Paper component="section" withBorder p="md" aria-label="What it did">
      <Stack gap="md" maw={860}>
        <Title order={2}>What it did</Title>
        {effects.length === 0 ? (
          <Text size="sm" c="dimmed">
            No measurement is registered yet. What an initiative did is told by a measurement that was announced before
            its switch-on.
          </Text>
        ) : (
          <PlainList gap="md">
            {effects.map((state) => (
              <Measured key={state.id} state={state} currency={currency} />
            ))}
          </PlainList>
        )}
        <Assessment report={report} />
      </Stack>
    </Paper>
  );
}
