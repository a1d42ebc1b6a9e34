/**
 * What comes next for one customer: the forecast with its reason, the next best step, and the likeliest products.
 * How sure the model is of all customers is on Model · Re-purchase.
 */
import { Badge, Box, Group, List, Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { LIFECYCLE_WORDS } from "../../../../src/domain/repurchase-words.ts";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { formatCount, formatCountOf, formatValue } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { spanQuestion } from "../../model/repurchase/repurchase-search.ts";
import {
  describeAlive,
  describeBias,
  describeDays,
  formatChance,
  formatDate,
  formatMean,
  keepTogether,
} from "../../model/repurchase/views/repurchase-words.ts";

type Report = Answer<"repurchase-customer">;
type Forecast = NonNullable<Report["forecast"]>;

interface Span {
  readonly holdout?: number | undefined;
  readonly horizon?: number | undefined;
}

function Fact({ name, value, small }: { readonly name: string; readonly value: string; readonly small: string }) {
  return (
    <Box>
      <Text size="xs" c="dimmed">
        {name}
      </Text>
      <Text fw={650}>{keepTogether(value)}</Text>
      <Text size="xs" c="dimmed">
        {keepTogether(small)}
      </Text>
    </Box>
  );
}

function Facts({ forecast, report }: { readonly forecast: Forecast; readonly report: Report }) {
  const { currency, horizonDays } = report;
  const { pAlive, expectedOrders, low, high, atLeastOne, nextOrderDue, expectedValue, residualValue } = forecast;
  const money = (value: number) => formatValue(Math.round(value), currency);
  return (
    <SimpleGrid cols={{ base: 1, xs: 2, md: 4 }} spacing="md">
      <Fact name="Still a customer" value={formatChance(pAlive)} small={describeAlive(pAlive)} />
      <Fact
        name={`Orders within ${describeDays(horizonDays)}`}
        value={`${formatMean(expectedOrders)} expected`}
        small={`95 %: ${formatCount(low)} to ${formatCount(high)}; at least one: ${formatChance(atLeastOne)}`}
      />
      <Fact
        name="Next order due"
        value={nextOrderDue === null ? "not to be expected" : formatDate(nextOrderDue)}
        small={nextOrderDue === null ? "not within five years" : "by then with a chance of one half"}
      />
      {expectedValue !== null && (
        <Fact
          name={`Worth within ${describeDays(horizonDays)}`}
          value={money(expectedValue)}
          small={
            residualValue === null ? "" : `${money(residualValue)} in all that is to come, discounted by 10 % a year`
          }
        />
      )}
    </SimpleGrid>
  );
}

function NextStep({ step }: { readonly step: NonNullable<Report["nextStep"]> }) {
  return (
    <Box data-testid="next-step">
      <Title order={3}>Next best step</Title>
      <Text size="sm" fw={600}>
        {keepTogether(step.action)}
      </Text>
      <Text size="sm" c="dimmed">
        {keepTogether(step.reason)}
      </Text>
    </Box>
  );
}

function NextProducts({ products }: { readonly products: Report["nextProducts"] }) {
  return (
    <Box>
      <Title order={3}>Likeliest products</Title>
      <List type="ordered" size="sm" spacing={2}>
        {products.map(({ product, orders, due }) => (
          <List.Item key={product}>
            {product}{" "}
            <Text span size="xs" c="dimmed">
              {orders === 0 ? "bought by many" : `in ${formatCountOf(orders, "order")} before`}
              {due !== null && `, due ${formatDate(due)}`}
            </Text>
          </List.Item>
        ))}
      </List>
    </Box>
  );
}

function HowSure({ report, span }: { readonly report: Report; readonly span: Span }) {
  const { backTest, endOfData } = report;
  return (
    <Text size="xs" c="dimmed">
      Counted from {formatDate(endOfData)}, the end of the data.
      {backTest &&
        ` Tried on all customers, the model forecast ${describeBias(backTest.bias)}; of one customer it says chances, not facts.`}{" "}
      <ScopeLink to="model/repurchase" search={{ ...span }} inherit>
        How sure it is
      </ScopeLink>
    </Text>
  );
}

function Told({ report, span }: { readonly report: Report; readonly span: Span }) {
  const { forecast, nextStep, nextProducts } = report;
  if (forecast === null) {
    return (
      <Text size="sm" c="dimmed">
        This customer has not ordered yet: a forecast is made from the days on which somebody ordered.
      </Text>
    );
  }
  return (
    <>
      <Group gap="xs" mb="xs">
        <Badge tt="none" variant="light" color="gray" title={LIFECYCLE_WORDS[forecast.state]}>
          {forecast.state}
        </Badge>
        <Badge tt="none" variant="light" color="gray">
          {forecast.segment}
        </Badge>
        <Text size="sm">{keepTogether(forecast.because)}</Text>
      </Group>
      <Facts forecast={forecast} report={report} />
      <SimpleGrid cols={{ base: 1, md: 2 }} spacing="md" my="md">
        {nextStep && <NextStep step={nextStep} />}
        {nextProducts.length > 0 && <NextProducts products={nextProducts} />}
      </SimpleGrid>
      <HowSure report={report} span={span} />
    </>
  );
}

function NoForecast({ reason }: NonNullable<Report["lack"]>) {
  return (
    <Text size="sm" c="dimmed">
      There is no forecast yet. {reason}
    </Text>
  );
}

export function WhatNext({ customer, span }: { readonly customer: string; readonly span: Span }) {
  const query = useAnswer("repurchase-customer", { customer, ...spanQuestion(span) }, { keep: false });
  return (
    <Paper component="section" aria-labelledby="what-next" withBorder p="md" data-testid="what-next">
      <Title order={2} id="what-next" mb="xs">
        What comes next
      </Title>
      <AnswerView
        query={query}
        height={180}
        empty={({ lack }) => (lack === null ? undefined : <NoForecast {...lack} />)}
      >
        {(report) => <Told report={report} span={span} />}
      </AnswerView>
    </Paper>
  );
}
