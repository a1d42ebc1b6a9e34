/**
 * When timeboxes run and when something is reviewed, deployed, measured or assessed: weeks across, a lane an initiative.
 * What is in a timebox is deliver/timebox.
 */
import { Stack, Text } from "@mantine/core";
import type { Portfolio } from "../../../../src/domain/dsdm/report.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCountOf } from "../../../ui/format.ts";
import type { GuideContent } from "../../../ui/guide.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink, type ScopeTarget } from "../../../ui/scope-link.tsx";
import { formatDays, formatPlainDay } from "../priority-words.ts";
import { CalendarControls } from "./calendar-controls.tsx";
import { CalendarGrid, CalendarKey, weekWidth } from "./calendar-grid.tsx";
import { addDays, chooseSpan, type Entry, endOf, isWithin, layLanes } from "./calendar-lanes.ts";
import { type CalendarSearch, calendarSearchSchema } from "./calendar-search.ts";
import { KIND_NAMES, targetOfEntry } from "./calendar-words.ts";
import { ComingNext } from "./coming-next.tsx";

const GUIDE: GuideContent = {
  sentences: [
    "The calendar shows timeboxes, reviews, deployments, measurements and benefits assessments of all initiatives.",
    "A timebox keeps its end once it was kicked off; what moves is what is in it.",
    "The line is today; the buttons move by half of what is shown.",
  ],
  example: { text: "In the demo: half a year of three initiatives.", to: "deliver/calendar", search: { weeks: 26 } },
};

interface Told {
  readonly nameOf: (initiative: number) => string;
  readonly targetOf: (entry: Entry) => ScopeTarget;
}

function columnsFor({ nameOf, targetOf }: Told): Column<Entry>[] {
  return [
    { key: "from", title: "From", value: ({ from }) => from, format: ({ from }) => formatPlainDay(from) },
    { key: "to", title: "To", value: ({ to }) => to, format: ({ to }) => formatPlainDay(to) },
    { key: "kind", title: "What", value: ({ kind }) => KIND_NAMES[kind] },
    {
      key: "title",
      title: "Name",
      value: ({ title }) => title,
      format: (entry) => (
        <ScopeLink {...targetOf(entry)} inherit>
          {entry.title}
        </ScopeLink>
      ),
    },
    { key: "initiative", title: "Initiative", value: ({ initiative }) => nameOf(initiative) },
    { key: "state", title: "State", value: ({ state }) => state },
  ];
}

interface ContentProps {
  readonly portfolio: Portfolio;
  readonly search: CalendarSearch;
}

function Content({ portfolio, search }: ContentProps) {
  const { initiatives, today } = portfolio;
  const asked = portfolio.calendar.filter(
    ({ initiative }) => search.initiative === undefined || initiative === search.initiative,
  );
  const names = new Map(initiatives.map(({ id, title }) => [id, title]));
  const told: Told = {
    nameOf: (id) => names.get(id) ?? `Initiative ${id}`,
    targetOf: (entry) => targetOfEntry(entry, initiatives),
  };
  const span = chooseSpan(asked, today, search);
  const shown = asked.filter((entry) => isWithin(entry, span)).toSorted((a, b) => a.from.localeCompare(b.from));
  const order = initiatives.map(({ id }) => id);
  const lanes = layLanes(shown, order, span, weekWidth(span.weeks) / 7);
  const period = formatDays(span.from, addDays(endOf(span), -1));
  const sentence = `${period}: ${formatCountOf(shown.length, "entry", "entries")} of ${formatCountOf(lanes.length, "initiative")}.`;
  return (
    <Stack gap="md">
      <ChartFrame
        title="By week"
        name="delivery-calendar"
        description={sentence}
        controls={<CalendarControls span={span} initiative={search.initiative} initiatives={initiatives} />}
        table={{ columns: columnsFor(told), rows: shown }}
      >
        <Stack gap="sm">
          <CalendarKey />
          {shown.length === 0 ? (
            <Text size="sm" c="dimmed">
              Nothing in these weeks. Earlier or later ones may hold something.
            </Text>
          ) : (
            <CalendarGrid lanes={lanes} span={span} today={today} {...told} label={`By week. ${sentence}`} />
          )}
        </Stack>
      </ChartFrame>
      <ComingNext entries={asked} today={today} {...told} />
    </Stack>
  );
}

function NothingPlanned() {
  return (
    <EmptyState
      title="Nothing is planned yet"
      actions={<ScopeLink to="deliver/portfolio">Go to the portfolio</ScopeLink>}
    >
      Timeboxes, reviews, deployments and measurements stand here by week. Open an initiative and plan its first
      timebox.
    </EmptyState>
  );
}

export function CalendarPage() {
  const search = useViewSearch(calendarSearchSchema);
  const query = useAnswer("portfolio", {});
  return (
    <PageFrame title="Calendar" guide={GUIDE}>
      <AnswerView
        query={query}
        height={480}
        empty={({ calendar }) => (calendar.length === 0 ? <NothingPlanned /> : undefined)}
      >
        {(portfolio) => <Content portfolio={portfolio} search={search} />}
      </AnswerView>
    </PageFrame>
  );
}
