/**
 * Retention: of those who began in a week or month, who comes back, and when.
 */
import { Group, Paper, Stack } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { Choice } from "../views/choice.tsx";
import { NoJourneys } from "../views/no-journeys.tsx";
import { useView } from "../views/use-view.ts";
import { RetentionCurve } from "./retention-curve.tsx";
import { RetentionFigure } from "./retention-figure.tsx";
import { daysOf, type RetentionView, retentionSearchSchema, USUAL_DAYS } from "./retention-search.ts";

const GUIDE = {
  sentences: [
    "A cohort is everybody who began in the same month or week; each row follows one of them.",
    "A cell says which share of the cohort came back by then, counting only those whose day is over.",
    "Click a cell to see who came back; a hatched cell cannot be known yet.",
  ],
  example: {
    text: "Example: who orders again in the shop.",
    to: "map/retention",
    search: { event: "order", kind: "bracket", cohort: "month" },
  },
} as const;

const COLUMNS = [
  { value: USUAL_DAYS.join(","), label: "week to year" },
  { value: "1,2,3,5,7,14,30", label: "first month" },
  { value: "7,14,21,28,35,42,49,56", label: "week by week" },
  { value: "30,60,90,120,150,180,270,365", label: "month by month" },
];

interface ControlsProps {
  readonly view: RetentionView;
  readonly setView: (change: Partial<RetentionView>) => void;
}

function Controls({ view, setView }: ControlsProps) {
  const own = COLUMNS.some(({ value }) => value === view.days)
    ? []
    : [{ value: view.days, label: `days ${view.days}` }];
  return (
    <Paper component="section" aria-label="What is counted" withBorder px="sm" py="xs">
      <Group gap="lg">
        <Choice
          label="Cohorts by"
          value={view.cohort}
          options={[
            { value: "month", label: "month" },
            { value: "week", label: "week" },
          ]}
          onChange={(cohort) => setView({ cohort })}
        />
        <Choice
          label="Begin and come back with"
          value={view.event}
          options={[
            { value: "any", label: "anything" },
            { value: "order", label: "an order" },
          ]}
          onChange={(event) => setView({ event })}
        />
        <Choice
          label="Back"
          value={view.kind}
          options={[
            { value: "bracket", label: "between two columns" },
            { value: "unbounded", label: "on the day or later" },
            { value: "n-day", label: "on exactly that day" },
          ]}
          onChange={(kind) => setView({ kind })}
        />
        <Choice
          label="Columns"
          value={view.days}
          options={[...COLUMNS, ...own]}
          onChange={(days) => setView({ days })}
        />
      </Group>
    </Paper>
  );
}

export function RetentionPage() {
  const { input } = useScope();
  const [view, setView] = useView(retentionSearchSchema);
  const { journey: _, ...period } = input;
  const { cohort, event, kind } = view;
  const query = useAnswer("retention", { ...period, cohort, event, kind, days: daysOf(view) });
  const nothing = ({ all }: { readonly all: { readonly customers: number } }) =>
    all.customers === 0 ? <NoJourneys noun="customers" /> : undefined;
  return (
    <PageFrame title="Retention" guide={GUIDE} scope={{ journeys: false }}>
      <Controls view={view} setView={setView} />
      <AnswerView query={query} height={560} empty={nothing}>
        {(answer) => (
          <Stack gap="md">
            <RetentionFigure answer={answer} view={view} />
            <RetentionCurve answer={answer} view={view} />
          </Stack>
        )}
      </AnswerView>
    </PageFrame>
  );
}
