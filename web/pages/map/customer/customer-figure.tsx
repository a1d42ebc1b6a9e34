/**
 * One customer: who they are, and their journeys as a timeline with table and exports.
 */
import { Badge, Button, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { timelineSvg } from "../../../charts/svg-timeline.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { stageColor } from "../../../theme.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatMoment } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { Choice } from "../views/choice.tsx";
import { StageLegend } from "../views/stage-legend.tsx";
import classes from "./customer-figure.module.css";
import { PAGE_OF_EVENTS } from "./customer-search.ts";
import {
  type CustomerAnswer,
  describeEvent,
  describeJourney,
  describeObjects,
  type JourneyEvent,
  type NamedJourney,
  sayGap,
  takeEvents,
} from "./describe-event.ts";
import { Timeline } from "./timeline.tsx";

interface CustomerFigureProps {
  readonly answer: CustomerAnswer;
  readonly owner: string | undefined;
  readonly shown: number;
}

interface EventRow {
  readonly journey: NamedJourney;
  readonly event: JourneyEvent;
}

function columns(zone: string): readonly Column<EventRow>[] {
  return [
    { key: "journey", title: "Journey", value: ({ journey }) => journey.name },
    {
      key: "time",
      title: "Time",
      value: ({ event }) => event.time,
      format: ({ event }) => formatMoment(event.time, zone, true),
    },
    { key: "touchpoint", title: "Touchpoint", value: ({ event }) => event.touchpoint },
    { key: "stage", title: "Stage", value: ({ event }) => event.stage },
    { key: "channel", title: "Channel", value: ({ event }) => event.channel },
    { key: "value", title: "Value", align: "right", value: ({ event }) => event.value },
    { key: "score", title: "Score", align: "right", value: ({ event }) => event.score },
    { key: "objects", title: "Belongs to", value: ({ event }) => describeObjects(event) },
    {
      key: "properties",
      title: "Properties",
      value: ({ event }) =>
        Object.entries(event.properties)
          .map(([name, value]) => `${name}: ${value}`)
          .join("; "),
    },
  ];
}

export function Traits({ answer }: { readonly answer: CustomerAnswer }) {
  const traits = Object.entries(answer.traits);
  return (
    <Paper component="section" aria-labelledby="who" withBorder p="md">
      <Group gap="sm" mb={traits.length > 0 ? "xs" : 0}>
        <Title order={2} id="who">
          {answer.customer}
        </Title>
        {!answer.known && (
          <Badge variant="light" color="gray" tt="none">
            a visitor, not known by name
          </Badge>
        )}
        <Text size="sm" c="dimmed">
          {formatCountOf(answer.events, "event")} in {formatCountOf(answer.journeys.length, "journey")}
          {answer.unassigned > 0 && `; ${formatCount(answer.unassigned)} in no journey of this kind`}
        </Text>
        {answer.known && (
          <ScopeLink to="collect/identities" search={{ id: answer.customer }} size="sm">
            Their anonymous ids
          </ScopeLink>
        )}
      </Group>
      {traits.length > 0 && (
        <dl className={classes.traits}>
          {traits.map(([name, value]) => (
            <div key={name}>
              <dt>{name}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
      )}
    </Paper>
  );
}

function JourneyChoice({ journey }: { readonly journey: string }) {
  const { data } = useAnswer("extent", {});
  const set = useSetSearch();
  const names = data?.journeys ?? [journey];
  return (
    <Choice
      label="Cut into journeys by"
      value={journey}
      options={names.map((name) => ({ value: name, label: name }))}
      onChange={(next) =>
        set({ journey: next === data?.defaultJourney ? undefined : next, owner: undefined, shown: undefined })
      }
    />
  );
}

/** What is not drawn, in words; "" when all is. */
function describeRest(answer: CustomerAnswer, owner: string | undefined, drawn: number): string {
  const read = answer.journeys.reduce((sum, { events }) => sum + events.length, 0);
  if (owner !== undefined) return `One of ${formatCountOf(answer.journeys.length, "journey")}`;
  return drawn < read ? `${formatCount(drawn)} of ${formatCountOf(read, "event")} are drawn` : "";
}

function More({
  owner,
  shown,
  rest,
  more,
}: {
  readonly owner: string | undefined;
  readonly shown: number;
  readonly rest: string;
  readonly more: boolean;
}) {
  const set = useSetSearch();
  return (
    <Group gap="sm" mt="md">
      {rest !== "" && (
        <Text size="sm" c="dimmed">
          {rest}.
        </Text>
      )}
      {more && (
        <Button variant="default" size="xs" onClick={() => set({ shown: shown + PAGE_OF_EVENTS })}>
          Show {PAGE_OF_EVENTS} more
        </Button>
      )}
      {owner !== undefined && (
        <Button variant="default" size="xs" onClick={() => set({ owner: undefined })}>
          Show all journeys
        </Button>
      )}
    </Group>
  );
}

export function CustomerFigure({ answer, owner, shown }: CustomerFigureProps) {
  const { zone } = answer;
  const known = answer.journeys.some((journey) => journey.owner === owner) ? owner : undefined;
  const journeys = takeEvents(answer, known, shown);
  const rows = journeys.flatMap((journey) => journey.events.map((event) => ({ journey, event })));
  const stages = new Map(rows.map(({ event }) => [event.touchpoint, event.stage]));
  const rest = describeRest(answer, known, rows.length);
  const more =
    journeys.some(({ hidden }) => hidden > 0) || (known === undefined && journeys.length < answer.journeys.length);
  const title = `Journeys of ${answer.customer}`;
  const svg = () =>
    timelineSvg(
      {
        title,
        journeys: journeys.map((journey) => ({
          heading: `${journey.name} · ${describeJourney(journey, zone)}`,
          events: journey.events.map((event, nth) => ({
            touchpoint: event.touchpoint,
            when: formatMoment(event.time, zone),
            detail: [describeEvent(event), describeObjects(event, journey.owner)]
              .filter((text) => text !== "")
              .join(" · "),
            gap: sayGap(journey.events[nth - 1]?.time, event.time),
          })),
        })),
        more: rest,
      },
      (touchpoint) => stageColor(stages.get(touchpoint) ?? null),
    );
  return (
    <ChartFrame
      title={title}
      name={`customer-${answer.customer}`}
      description={`Times in ${zone}; distances are not to scale, long gaps are said.`}
      table={{ columns: columns(zone), rows }}
      svg={svg}
      controls={<JourneyChoice journey={answer.journey} />}
    >
      <Stack gap="md">
        <StageLegend stages={[...stages.values()]} />
        <Timeline journeys={journeys} zone={zone} />
      </Stack>
      <More owner={known} shown={shown} rest={rest} more={more} />
    </ChartFrame>
  );
}
