/**
 * Who is known by which ids: how many visitors are known, how anonymous ids led to customers, and who is behind one id.
 */
import { Box, Paper, SimpleGrid, Stack, Text, Title } from "@mantine/core";
import { z } from "zod";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import { useViewSearch } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { DataTable } from "../../../ui/data-table.tsx";
import { EmptyState } from "../../../ui/empty-state.tsx";
import { formatCount } from "../../../ui/format.ts";
import { PageFrame } from "../../../ui/page-frame.tsx";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { linkColumns, linkKey } from "./link-columns.tsx";
import { OneIdentity } from "./one-identity.tsx";

const searchSchema = z.object({ id: z.string().min(1).optional().catch(undefined) });

type Identities = Answer<"identities">;

const NEWEST = 50;

const FACTS: readonly (readonly [key: "known" | "linked" | "unlinked" | "split" | "blocked", string, string])[] = [
  ["known", "Known customers", "have an id of their own"],
  ["linked", "Anonymous ids of customers", "their events count as the customer's"],
  ["unlinked", "Anonymous visitors", "nobody knows who they are"],
  ["split", "Shared devices", "several customers identified on them, one after the other"],
  ["blocked", "Not followed", "the anonymous id is some customer's own id"],
];

function Facts({ answer }: { readonly answer: Identities }) {
  return (
    <SimpleGrid cols={{ base: 2, sm: 3, md: 5 }} spacing="md">
      {FACTS.map(([key, name, small]) => (
        <Box key={key}>
          <Text size="xs" c="dimmed">
            {name}
          </Text>
          <Text fw={650} size="lg">
            {formatCount(answer[key])}
          </Text>
          <Text size="xs" c="dimmed">
            {small}
          </Text>
        </Box>
      ))}
    </SimpleGrid>
  );
}

function NewestLinks({ links, zone }: Identities) {
  if (links.length === 0)
    return (
      <Text size="sm">
        No event names a customer beside an anonymous id. If your export has a column with the id of the device or
        browser, map it as the anonymous id: what was done before signing in then counts as the customer's.
      </Text>
    );
  return (
    <DataTable
      caption={`The ${formatCount(links.length)} newest links`}
      hideCaption
      columns={linkColumns(zone)}
      rows={links}
      rowKey={linkKey}
    />
  );
}

export function IdentitiesPage() {
  const { id } = useViewSearch(searchSchema);
  const query = useAnswer("identities", { limit: NEWEST });
  return (
    <PageFrame
      title="Identities"
      subtitle="Which ids belong to one person"
      guide={{
        sentences: [
          "An event that names a customer beside an anonymous id links the two: the visits before signing in become the customer's.",
          "The first customer on a device owns what was before; another one owns what comes after they identify. Two known customers are never merged.",
          "Your events keep the ids they came with: rolling an import back takes its links back too.",
        ],
        example: { text: "Then look at one customer from the first visit on.", to: "map/customer" },
      }}
    >
      <AnswerView
        query={query}
        empty={({ known, unlinked, linked }) =>
          known + unlinked + linked === 0 ? (
            <EmptyState title="Nobody yet" actions={<ScopeLink to="collect">Bring data in</ScopeLink>}>
              Customers and visitors come with the first import.
            </EmptyState>
          ) : undefined
        }
      >
        {(answer) => (
          <Stack gap="md">
            <Paper component="section" aria-label="How many are known" withBorder p="md">
              <Facts answer={answer} />
            </Paper>
            <OneIdentity id={id} />
            <Paper component="section" aria-labelledby="newest-links" withBorder p="md">
              <Stack gap="sm">
                <Title order={2} id="newest-links">
                  The newest links
                </Title>
                <NewestLinks {...answer} />
              </Stack>
            </Paper>
          </Stack>
        )}
      </AnswerView>
    </PageFrame>
  );
}
