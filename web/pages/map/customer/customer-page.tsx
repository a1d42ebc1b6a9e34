/**
 * One customer: who they are, what comes next for them, and every event in order, cut into journeys.
 */
import { Paper, Stack } from "@mantine/core";
import type { z } from "zod";
import { ProblemError } from "../../../api/client.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { useView } from "../views/use-view.ts";
import { CustomerFigure, Traits } from "./customer-figure.tsx";
import { customerSearchSchema } from "./customer-search.ts";
import { CustomerSearchBox } from "./customer-search-box.tsx";
import { WhatNext } from "./what-next.tsx";

const GUIDE = {
  sentences: [
    "This page shows everything one customer did, in order, cut into journeys.",
    "Every name in a list of customers leads here, so that a number can be followed down to a person.",
    "Open the properties of an event to see what came with it.",
  ],
  example: {
    text: "Example: a customer of the shop with a failed payment, an advice call and a ticket.",
    to: "map/customer",
    search: { customer: "C01608", journey: "session" },
  },
} as const;

function isUnknown(error: Error | null): boolean {
  return error instanceof ProblemError && error.problem.code === "not-found";
}

interface CustomerProps {
  readonly customer: string;
  readonly search: z.output<typeof customerSearchSchema>;
}

function Customer({ customer, search }: CustomerProps) {
  const { owner, shown, holdout, horizon } = search;
  const { input } = useScope();
  const { journey } = input;
  const query = useAnswer("journeys", { customer, ...(journey === undefined ? {} : { journey }) }, { keep: false });
  if (isUnknown(query.error)) {
    return (
      <EmptyState title="Nobody has this id">
        {query.error?.message} Ids are compared letter by letter; look for blanks and upper case, or take one of the
        examples above.
      </EmptyState>
    );
  }
  return (
    <AnswerView query={query} height={560}>
      {(answer) => (
        <Stack gap="md">
          <Traits answer={answer} />
          {answer.known && <WhatNext customer={answer.customer} span={{ holdout, horizon }} />}
          <CustomerFigure answer={answer} owner={owner} shown={shown} />
        </Stack>
      )}
    </AnswerView>
  );
}

export function CustomerPage() {
  const [search] = useView(customerSearchSchema);
  const { customer } = search;
  return (
    <PageFrame title="One customer" guide={GUIDE}>
      <Paper withBorder p="md">
        <CustomerSearchBox customer={customer} />
      </Paper>
      {customer === undefined ? (
        <EmptyState title="Whose journey?">
          Write a customer's id above, take one of the examples, or click a number on any other page and choose a
          customer from the list.
        </EmptyState>
      ) : (
        <Customer customer={customer} search={search} />
      )}
    </PageFrame>
  );
}
