/**
 * The calendar as it is drawn: weeks across, a lane an initiative, today as a line. It scrolls inside itself.
 */
import { Box, Group, Text } from "@mantine/core";
import {
  IconClipboardCheck,
  IconClockHour4,
  IconMessageCircle,
  IconReportAnalytics,
  IconRocket,
} from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import { type ComponentType, useEffect, useRef } from "react";
import { ScopeLink, type ScopeTarget, useScopeTarget } from "../../../ui/scope-link.tsx";
import classes from "./calendar-grid.module.css";
import { type Entry, type Lane, listWeeks, type Placed, placeDay, type Span } from "./calendar-lanes.ts";
import { describeEntry, KIND_NAMES, type Kind, nameWeek, shortenTitle } from "./calendar-words.ts";

const ICONS: Readonly<Record<Kind, ComponentType<{ size: number }>>> = {
  timebox: IconClockHour4,
  review: IconMessageCircle,
  deployment: IconRocket,
  measurement: IconReportAnalytics,
  benefits: IconClipboardCheck,
};

const ROW = 28;

/** Px a week takes at least: the names of weeks, or of every fourth, have to fit. */
const WEEK_WIDTH = { 12: 84, 26: 44, 52: 26 } as const;

export function weekWidth(weeks: number): number {
  return WEEK_WIDTH[weeks as keyof typeof WEEK_WIDTH] ?? 84;
}

/** The bar covers the entry's days, its name may go on beyond them. */
function Chip({
  placed: { entry, left, width, row, beyond },
  to,
}: {
  readonly placed: Placed;
  readonly to: ScopeTarget;
}) {
  const target = useScopeTarget(to);
  const Icon = ICONS[entry.kind];
  const place = { insetInlineStart: `${left * 100}%`, insetBlockStart: row * ROW };
  const looks = { "data-kind": entry.kind, "data-state": entry.state };
  return (
    <li>
      <span aria-hidden className={classes.bar} style={{ ...place, inlineSize: `${width * 100}%` }} {...looks} />
      <Link
        {...target}
        className={classes.chip}
        style={{
          ...place,
          inlineSize: `max(${width * 100}%, ${beyond}px)`,
          maxInlineSize: `${(1 - left) * 100}%`,
        }}
        {...looks}
        aria-label={describeEntry(entry)}
        title={describeEntry(entry)}
      >
        <Icon size={14} aria-hidden />
        <span>{shortenTitle(entry)}</span>
      </Link>
    </li>
  );
}

interface LaneProps {
  readonly lane: Lane;
  readonly name: string;
  readonly targetOf: (entry: Entry) => ScopeTarget;
}

function LaneView({ lane: { initiative, entries, rows }, name, targetOf }: LaneProps) {
  return (
    <div className={classes.lane} data-lane={initiative}>
      <div className={classes.name}>
        <ScopeLink to="deliver/initiative" search={{ id: initiative }} fz="sm" fw={600} c="inherit">
          {name}
        </ScopeLink>
      </div>
      <ul className={classes.rows} style={{ blockSize: rows * ROW }} aria-label={name}>
        {entries.map((placed) => (
          <Chip
            key={`${placed.entry.kind} ${placed.entry.from} ${placed.entry.title}`}
            placed={placed}
            to={targetOf(placed.entry)}
          />
        ))}
      </ul>
    </div>
  );
}

function Weeks({ span }: { readonly span: Span }) {
  const weeks = listWeeks(span);
  const every = Math.ceil(84 / weekWidth(span.weeks));
  return (
    <div className={classes.head} aria-hidden>
      {weeks.map((monday, index) => (
        <div key={monday} className={classes.week} data-named={index % every === 0}>
          {index % every === 0 ? nameWeek(monday, index === 0 || monday.slice(5) <= "01-07") : ""}
        </div>
      ))}
    </div>
  );
}

export function CalendarKey() {
  return (
    <Group component="ul" gap="md" m={0} p={0} style={{ listStyle: "none", rowGap: 4 }}>
      {(Object.keys(KIND_NAMES) as Kind[]).map((kind) => {
        const Icon = ICONS[kind];
        return (
          <Group component="li" key={kind} gap={6} wrap="nowrap">
            <Icon size={14} aria-hidden />
            <Text size="xs" c="dimmed">
              {KIND_NAMES[kind]}
            </Text>
          </Group>
        );
      })}
      <Text component="li" size="xs" c="dimmed">
        the upright line: today
      </Text>
    </Group>
  );
}

interface CalendarGridProps {
  readonly lanes: readonly Lane[];
  readonly span: Span;
  readonly today: string;
  readonly nameOf: (initiative: Entry["initiative"]) => string;
  readonly targetOf: (entry: Entry) => ScopeTarget;
  /** The picture in a sentence. */
  readonly label: string;
}

/** Where there is no room for all weeks, it opens at today, or at the first entry. */
function useOpenAt(place: number) {
  const ref = useRef<HTMLDivElement>(null);
  useEffect(() => {
    const box = ref.current;
    if (box) box.scrollLeft = place * box.scrollWidth - box.clientWidth / 3;
  }, [place]);
  return ref;
}

export function CalendarGrid({ lanes, span, today, nameOf, targetOf, label }: CalendarGridProps) {
  const wide = weekWidth(span.weeks);
  const now = placeDay(today, span);
  const ref = useOpenAt(now ?? Math.min(...lanes.flatMap(({ entries }) => entries.map(({ left }) => left))));
  return (
    <Box ref={ref} className={classes.scroll} tabIndex={0} role="group" aria-label={label}>
      <div className={classes.grid} style={{ inlineSize: span.weeks * wide }}>
        <Weeks span={span} />
        {now !== undefined && <div className={classes.today} style={{ insetInlineStart: `${now * 100}%` }} />}
        {lanes.map((lane) => (
          <LaneView key={lane.initiative} lane={lane} name={nameOf(lane.initiative)} targetOf={targetOf} />
        ))}
      </div>
    </Box>
  );
}
