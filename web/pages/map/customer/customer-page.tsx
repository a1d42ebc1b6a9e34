/**
 * One customer: every event in order, cut into journeys.
 */
import { Paper } from "@mantine/core";
import { ProblemError } from "../../../api/client.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { useView } from "../views/use-view.ts";
import { CustomerFigure } from "./customer-figure.tsx";
import { customerSearchSchema } from "./customer-search.ts";
import { CustomerSearchBox } from "./customer-search-box.tsx";

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

function Customer({
  customer,
  owner,
  shown,
}: {
  readonly customer: string;
  readonly owner: string | undefined;
  readonly shown: number;
}) {
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
      {(answer) => <CustomerFigure answer={answer} owner={owner} shown={shown} />}
    </AnswerView>
  );
}

export function CustomerPage() {
  const [{ customer, owner, shown }] = useView(customerSearchSchema);
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
        <Customer customer={customer} owner={owner} shown={shown} />
      )}
    </PageFrame>
  );
}
