/**
 * Cohorts of buyers at fixed age: repeat purchase, orders, revenue; the way to the second order; and how many are kept.
 */
import { Stack, Text } from "@mantine/core";
import { useAnswer } from "../../../../api/use-answer.ts";
import { useScope, useViewSearch } from "../../../../scope/use-scope.ts";
import { AnswerView } from "../../../../ui/answer-view.tsx";
import { repurchaseSearchSchema, withoutJourney } from "../repurchase-search.ts";
import { emptyWithoutOrders } from "../views/no-orders.tsx";
import { CohortHeat } from "./cohort-heat.tsx";
import { ProjectionFigure } from "./projection-figure.tsx";
import { SecondOrderFigure } from "./second-order-figure.tsx";

export function CohortsSide() {
  const { input } = useScope();
  const search = useViewSearch(repurchaseSearchSchema);
  const query = useAnswer("repurchase-cohorts", { ...withoutJourney(input), cohort: search.cohort });
  return (
    <AnswerView query={query} height={640} empty={({ all }) => emptyWithoutOrders(all.customers)}>
      {(report) => (
        <Stack gap="md">
          <CohortHeat report={report} search={search} />
          <SecondOrderFigure report={report} />
          <ProjectionFigure report={report} />
          {report.projection === null && (
            <Text size="sm" c="dimmed">
              How many will be kept is not projected: it takes 300 customers who ordered again, three periods of 90 days
              and another behind them.
            </Text>
          )}
        </Stack>
      )}
    </AnswerView>
  );
}
