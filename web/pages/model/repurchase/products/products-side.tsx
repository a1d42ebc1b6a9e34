/**
 * What is bought again, how soon, for how many it is due; and how well a customer's next products can be foretold.
 */
import { Paper, Stack, Text, Title } from "@mantine/core";
import type { Answer } from "../../../../api/types.ts";
import { useAnswer } from "../../../../api/use-answer.ts";
import { useScope } from "../../../../scope/use-scope.ts";
import { AnswerView } from "../../../../ui/answer-view.tsx";
import { EmptyState } from "../../../../ui/empty-state.tsx";
import { formatCountOf, formatShare } from "../../../../ui/format.ts";
import { describeInterval } from "../../../../ui/interval.tsx";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { withoutJourney } from "../repurchase-search.ts";
import { ProductsFigure } from "./products-figure.tsx";

type ProductsReport = Answer<"repurchase-products">;

function NoProducts() {
  return (
    <EmptyState title="No order names a product" actions={<ScopeLink to="collect">See the imports</ScopeLink>}>
      What is bought again can only be told when orders say what was in them. Give orders an object of type “product” in
      the mapping of the import, one for each product, then import again.
    </EmptyState>
  );
}

function BackTest({ backTest }: Pick<ProductsReport, "backTest">) {
  return (
    <Paper component="section" withBorder p="md" aria-label="How well the next products are foretold">
      <Title order={2} mb="xs">
        How well the next products are foretold
      </Title>
      {backTest === null ? (
        <Text size="sm" c="dimmed">
          It takes 100 customers with an order before their last one to try it.
        </Text>
      ) : (
        <>
          <Text size="sm" maw={860} data-testid="product-back-test">
            Ten products were foretold for each of {formatCountOf(backTest.customers, "customer")} before their last
            order: they held <strong>{formatShare(backTest.recall)}</strong> of what was in it (
            {describeInterval({ low: backTest.low, high: backTest.high, unit: "share" })}). The ten that everybody buys
            held {formatShare(backTest.global)}
            {backTest.low > backTest.global
              ? ": knowing the customer helps."
              : ": knowing the customer does not clearly help."}
          </Text>
          <Text size="xs" c="dimmed" mt={4}>
            Foretold is what the customer bought most often, topped up with what everybody buys; a customer’s page lists
            them.
          </Text>
        </>
      )}
    </Paper>
  );
}

export function ProductsSide() {
  const { input } = useScope();
  const query = useAnswer("repurchase-products", withoutJourney(input));
  const nothing = ({ from }: ProductsReport) => (from === null ? <NoProducts /> : undefined);
  return (
    <AnswerView query={query} height={640} empty={nothing}>
      {(report) => (
        <Stack gap="md">
          <ProductsFigure report={report} />
          <BackTest backTest={report.backTest} />
        </Stack>
      )}
    </AnswerView>
  );
}
