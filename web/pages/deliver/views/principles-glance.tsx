/**
 * The eight principles at a glance: how many rules that protect each are broken. A click leads to those rules.
 */
import { Paper, SimpleGrid, Text, Title } from "@mantine/core";
import { PRINCIPLES } from "../../../../src/domain/dsdm/health.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import type { HealthCounts } from "../health-words.ts";
import { HealthCount } from "./delivery-badges.tsx";

interface PrinciplesGlanceProps {
  readonly principles: readonly (HealthCounts & { readonly id: number })[];
}

const NOTHING: HealthCounts = { errors: 0, warnings: 0 };

export function PrinciplesGlance({ principles }: PrinciplesGlanceProps) {
  const found = new Map(principles.map((principle) => [principle.id, principle]));
  return (
    <Paper component="section" withBorder p="md" aria-label="The eight principles at a glance">
      <Title order={2} mb="sm">
        The eight principles at a glance
      </Title>
      <SimpleGrid
        component="ul"
        cols={{ base: 1, xs: 2, lg: 4 }}
        spacing="sm"
        verticalSpacing="sm"
        m={0}
        p={0}
        style={{ listStyle: "none" }}
        data-testid="principles"
      >
        {PRINCIPLES.map(({ id, name }) => (
          <li key={id} data-principle={id}>
            <Text size="sm" fw={600} component="div">
              <ScopeLink to="deliver/health" search={{ principle: id }} inherit c="inherit">
                {id}. {name}
              </ScopeLink>
            </Text>
            <Text size="sm" c="dimmed" component="div">
              <HealthCount {...(found.get(id) ?? NOTHING)} />
            </Text>
          </li>
        ))}
      </SimpleGrid>
    </Paper>
  );
}
