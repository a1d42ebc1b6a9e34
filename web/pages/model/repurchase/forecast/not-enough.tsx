/**
 * What is said where there are too few repeat purchases for a forecast: what there is, what it takes, and what can be seen without.
 */
import { List, Paper, Stack, Text } from "@mantine/core";
import { formatCount } from "../../../../ui/format.ts";
import { ScopeLink } from "../../../../ui/scope-link.tsx";
import { LackNote } from "../views/lack-note.tsx";
import { formatDate, type RepurchaseReport } from "../views/repurchase-words.ts";

type Lack = NonNullable<RepurchaseReport["lack"]>;

export function NotEnough({ report, lack }: { readonly report: RepurchaseReport; readonly lack: Lack }) {
  const { floor, calibration, holdout, customers } = report;
  return (
    <Stack gap="md" data-testid="not-enough">
      <LackNote lack={lack} />
      <Paper component="section" withBorder p="md" aria-label="What a forecast takes">
        <Text size="sm" mb="xs">
          A model learns from customers who came back, and is tried on customers who come back later.
          {calibration && ` It would learn from ${formatDate(calibration.from)} to ${formatDate(calibration.to)}`}
          {calibration && holdout && ` and be tried on ${formatDate(holdout.from)} to ${formatDate(holdout.to)}`}
          {calibration && "."}
        </Text>
        <List size="sm" spacing={4}>
          <List.Item>
            <strong>{formatCount(floor.repeaters)}</strong> of {formatCount(customers)} customers ordered on a second
            day while it would learn; it takes {formatCount(floor.repeatersRequired)}.
          </List.Item>
          <List.Item>
            <strong>{formatCount(floor.returning)}</strong> customers ordered while it would be tried; it takes{" "}
            {formatCount(floor.returningRequired)}.
          </List.Item>
        </List>
        <Text size="sm" mt="xs">
          Without a forecast there are still{" "}
          <ScopeLink to="model/repurchase" search={{ side: "cohorts" }}>
            cohorts
          </ScopeLink>
          ,{" "}
          <ScopeLink to="model/repurchase" search={{ side: "products" }}>
            products
          </ScopeLink>{" "}
          and{" "}
          <ScopeLink to="model/repurchase" search={{ side: "signals" }}>
            early signals
          </ScopeLink>
          .
        </Text>
      </Paper>
    </Stack>
  );
}
