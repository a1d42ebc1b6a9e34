/**
 * A customer's journeys from top to bottom: events on a line, gaps in words, details at hand.
 */
import { Group, Text, Title } from "@mantine/core";
import { stageColor } from "../../../theme.ts";
import { formatCount, formatCountOf, formatMoment } from "../../../ui/format.ts";
import {
  describeEvent,
  describeJourney,
  describeObjects,
  isLongGap,
  type JourneyEvent,
  type NamedJourney,
  sayGap,
} from "./describe-event.ts";
import classes from "./timeline.module.css";

interface TimelineProps {
  readonly journeys: readonly NamedJourney[];
  readonly zone: string;
}

function Properties({ event }: { readonly event: JourneyEvent }) {
  const entries = Object.entries(event.properties);
  if (entries.length === 0) return null;
  return (
    <details className={classes.properties}>
      <summary>{formatCountOf(entries.length, "property", "properties")}</summary>
      <dl>
        {entries.map(([name, value]) => (
          <div key={name}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </details>
  );
}

function EventRow({
  event,
  before,
  owner,
  zone,
}: {
  readonly event: JourneyEvent;
  readonly before: string | undefined;
  /** Of the journey it stands in. */
  readonly owner: string;
  readonly zone: string;
}) {
  const gap = sayGap(before, event.time);
  const long = isLongGap(before, event.time);
  const detail = [describeEvent(event), describeObjects(event, owner)].filter((text) => text !== "").join(" · ");
  return (
    <li data-testid="event">
      {long && <p className={classes.gap}>{gap}</p>}
      <div className={classes.event} style={{ "--stage": stageColor(event.stage) } as React.CSSProperties}>
        <time className={classes.time} dateTime={event.time}>
          {formatMoment(event.time, zone, true)}
        </time>
        <span className={classes.dot} aria-hidden />
        <div className={classes.what}>
          <Text span size="sm" fw={600} title={event.stage ?? "no stage yet"}>
            {event.touchpoint}
          </Text>
          <Text span size="sm" c="dimmed">
            {detail}
          </Text>
          {!long && gap !== "" && (
            <Text span size="xs" c="dimmed">
              {gap}
            </Text>
          )}
          <Properties event={event} />
        </div>
      </div>
    </li>
  );
}

export function Timeline({ journeys, zone }: TimelineProps) {
  return (
    <>
      {journeys.map((journey, index) => (
        <section key={journey.owner} className={classes.journey} data-testid="journey">
          {index > 0 && isLongGap(journey.before, journey.start) && (
            <p className={classes.gap}>{sayGap(journey.before, journey.start)}</p>
          )}
          <Group gap="sm" mb={4}>
            <Title order={3}>{journey.name}</Title>
            <Text size="sm" c="dimmed">
              {describeJourney({ ...journey, events: journey.events }, zone)}
              {journey.hidden > 0 && `, ${formatCount(journey.hidden)} more not drawn yet`}
            </Text>
          </Group>
          <ol className={classes.events}>
            {journey.events.map((event, nth) => (
              <EventRow
                key={event.id}
                event={event}
                before={journey.events[nth - 1]?.time}
                owner={journey.owner}
                zone={zone}
              />
            ))}
          </ol>
        </section>
      ))}
    </>
  );
}
