/**
 * The six phases as a board, by the names our users use and those of 2014. The two iterations stand side by side; any may be entered again.
 */
import { Box, Group, Stack, Text, Title } from "@mantine/core";
import { ITERATIONS, PHASE_FACTS, PHASES, type Phase } from "../../../../../src/domain/dsdm/phase.ts";
import { formatCountOf } from "../../../../ui/format.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { ActionButton } from "../act/action-button.tsx";
import { Byline, Section } from "../section.tsx";
import { useInitiative } from "../use-initiative.ts";
import { WordBadge } from "../word-badge.tsx";
import { GateButton } from "./gate-dialog.tsx";
import classes from "./phase-board.module.css";
import { DECISION_WORDS, PHASE_DOCUMENTS, type PhaseFacts, readPhase } from "./phase-facts.ts";

function Stays({ stays }: Pick<PhaseFacts, "stays">) {
  const { day } = useInitiative();
  if (stays.length === 0) return <Byline>not entered yet</Byline>;
  return (
    <>
      {stays.map(({ from, until }) => (
        <Byline key={from}>
          {day(from)} – {until === null ? "now" : day(until)}
        </Byline>
      ))}
    </>
  );
}

const DECISION_COLORS = { go: "teal", again: "orange", stop: "red" } as const;

function Gate({ gates }: Pick<PhaseFacts, "gates">) {
  const { day } = useInitiative();
  const newest = gates.at(-1);
  if (!newest) return <Byline>no gate decision yet</Byline>;
  return (
    <div>
      <Group gap={6}>
        <Text size="sm">Gate:</Text>
        <WordBadge color={DECISION_COLORS[newest.decision]}>{DECISION_WORDS[newest.decision]}</WordBadge>
      </Group>
      <Text size="sm" style={{ overflowWrap: "anywhere" }}>
        {newest.reason}
      </Text>
      <Byline>
        {newest.author}, {day(newest.at)}
        {gates.length > 1 && ` · ${formatCountOf(gates.length - 1, "decision")} before`}
      </Byline>
    </div>
  );
}

function Product({ phase }: { readonly phase: Phase }) {
  const { initiative } = useInitiative();
  const document = PHASE_DOCUMENTS[phase];
  const search = document === null ? { tab: "timeboxes" } : { tab: "documents", document };
  const { name, product } = PHASE_FACTS[phase];
  return (
    <Text size="sm">
      It ends with: {product}.{" "}
      <ScopeLink
        to="deliver/initiative"
        search={{ id: initiative.id, ...search }}
        inherit
        aria-label={`${document === null ? "See the increments" : "Open the document"} of ${name}`}
      >
        {document === null ? "See the increments" : "Open the document"}
      </ScopeLink>
    </Text>
  );
}

function PhaseCard({ phase }: { readonly phase: Phase }) {
  const { initiative } = useInitiative();
  const facts = readPhase(initiative, phase);
  const { name, alias } = PHASE_FACTS[phase];
  return (
    <Box component="li" className={classes.phase ?? ""} data-open={facts.open} data-phase={phase}>
      <Stack gap={6} h="100%">
        <div>
          <Title order={3} fz="sm">
            {name}
          </Title>
          <Byline>2014: {alias}</Byline>
        </div>
        <div>
          {facts.open ? (
            <WordBadge color="teal">in it now</WordBadge>
          ) : (
            <WordBadge outline>{facts.stays.length > 0 ? "was in it" : "to come"}</WordBadge>
          )}
        </div>
        <div>
          <Stays stays={facts.stays} />
        </div>
        <Gate gates={facts.gates} />
        {facts.unsettled.length > 0 && (
          <WordBadge color="orange">{formatCountOf(facts.unsettled.length, "constraint")} to settle</WordBadge>
        )}
        <Product phase={phase} />
        <Group gap={6} mt="auto">
          {!facts.open && (
            <ActionButton
              action={{ type: "enter-phase", phase }}
              name={`${facts.stays.length > 0 ? "Enter again" : "Enter"}: ${name}`}
              size="compact-sm"
            >
              {facts.stays.length > 0 ? "Enter again" : "Enter"}
            </ActionButton>
          )}
          <GateButton phase={phase} />
        </Group>
      </Stack>
    </Box>
  );
}

export function PhaseBoard() {
  const single = PHASES.filter((phase) => !ITERATIONS.includes(phase));
  const before = single.filter((phase) => PHASES.indexOf(phase) < 2);
  const after = single.filter((phase) => PHASES.indexOf(phase) > 2);
  const { initiative } = useInitiative();
  return (
    <Section title="Phases">
      <Text size="sm" c="dimmed">
        {initiative.phases.length === 0 && "It is in no phase yet: enter feasibility, or whichever it is in. "}
        No sequence is forced: the two iterations run side by side, and an earlier phase may be entered again.
      </Text>
      <ul className={classes.board} data-testid="phases">
        {before.map((phase) => (
          <PhaseCard key={phase} phase={phase} />
        ))}
        <li className={classes.iterations}>
          <Byline>side by side</Byline>
          <ul className={classes.pair} aria-label="The two iterations, side by side">
            {ITERATIONS.map((phase) => (
              <PhaseCard key={phase} phase={phase} />
            ))}
          </ul>
        </li>
        {after.map((phase) => (
          <PhaseCard key={phase} phase={phase} />
        ))}
      </ul>
    </Section>
  );
}
