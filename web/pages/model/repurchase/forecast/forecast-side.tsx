/**
 * The forecast of all customers together: in words first, then against what happened, then how the models compare, then by group.
 */
import { Group, Paper, Stack } from "@mantine/core";
import { useAnswer } from "../../../../api/use-answer.ts";
import { useScope, useViewSearch } from "../../../../scope/use-scope.ts";
import { AnswerView } from "../../../../ui/answer-view.tsx";
import { repurchaseSearchSchema, spanQuestion, withoutJourney } from "../repurchase-search.ts";
import { emptyWithoutOrders } from "../views/no-orders.tsx";
import type { RepurchaseReport } from "../views/repurchase-words.ts";
import { SpanChoices } from "../views/span-choices.tsx";
import { Warnings } from "../views/warnings.tsx";
import { AliveMap } from "./alive-map.tsx";
import { CalibrationFigure } from "./calibration-figure.tsx";
import { SegmentsFigure, StatesFigure } from "./groups-figure.tsx";
import { Headline } from "./headline.tsx";
import { ModelsFigure } from "./models-figure.tsx";
import { NotEnough } from "./not-enough.tsx";
import { SplitsFigure } from "./splits-figure.tsx";
import { TrackingFigure } from "./tracking-figure.tsx";

function nothing(report: RepurchaseReport) {
  const { customers, lack } = report;
  return emptyWithoutOrders(customers) ?? (lack === null ? undefined : <NotEnough report={report} lack={lack} />);
}

export function ForecastSide() {
  const { input } = useScope();
  const search = useViewSearch(repurchaseSearchSchema);
  const query = useAnswer("repurchase", { ...withoutJourney(input), ...spanQuestion(search) });
  return (
    <>
      <Paper component="section" aria-label="How far, and how it is tried" withBorder px="sm" py="xs">
        <Group gap="lg">
          <SpanChoices search={search} />
        </Group>
      </Paper>
      <AnswerView query={query} height={640} empty={nothing}>
        {(report) => (
          <Stack gap="md">
            <Headline report={report} />
            <Warnings warnings={report.warnings} />
            <TrackingFigure report={report} search={search} />
            <CalibrationFigure report={report} />
            <ModelsFigure report={report} />
            <SplitsFigure report={report} />
            <AliveMap report={report} />
            <SegmentsFigure report={report} search={search} />
            <StatesFigure report={report} search={search} />
          </Stack>
        )}
      </AnswerView>
    </>
  );
}
