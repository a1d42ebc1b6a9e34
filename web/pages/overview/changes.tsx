/**
 * What changed since the period before: a list of sentences, each with a link to the view that shows it.
 */
import { Badge, Group, Paper, Stack, Text, Title } from "@mantine/core";
import { ScopeLink } from "../../ui/scope-link.tsx";
import { namePeriod } from "../measure/kpi-words.ts";
import { describeOne, type Sentence } from "./change-words.ts";
import type { Overview } from "./overview-page.tsx";

const SIGNS = {
  new: { words: "new", color: "blue" },
  gone: { words: "gone", color: "gray" },
  up: { words: "↑ more", color: "gray" },
  down: { words: "↓ less", color: "gray" },
} as const;

const JUDGED = { good: { words: "better", color: "teal" }, bad: { words: "worse", color: "red" } } as const;

function Sign({ sentence: { kind, judged } }: { readonly sentence: Sentence }) {
  const { words, color } = judged ? JUDGED[judged] : SIGNS[kind];
  return (
    <Badge
      variant="light"
      color={color}
      tt="none"
      w={76}
      flex="0 0 auto"
      styles={{ label: { color: "var(--mantine-color-text)" } }}
    >
      {words}
    </Badge>
  );
}

export function Changes({ overview }: { readonly overview: Overview }) {
  const { changes, periods } = overview;
  const sentences = changes.map((change) => describeOne(change, overview));
  return (
    <Paper component="section" withBorder p="md" aria-label="What changed">
      <Title order={2}>What changed</Title>
      <Text size="sm" c="dimmed" mb="sm">
        {periods
          ? `${namePeriod(periods.current.from, periods.current.to)} against ${namePeriod(periods.previous.from, periods.previous.to)}, for as many days. Only what chance does not explain; why is not said here.`
          : "The data span less than two days: there is nothing to compare yet."}
      </Text>
      {periods && sentences.length === 0 && <Text size="sm">Nothing changed beyond what chance explains.</Text>}
      <Stack component="ul" gap={8} m={0} p={0} style={{ listStyle: "none" }} data-testid="changes">
        {sentences.map((sentence) => (
          <Group component="li" key={sentence.key} gap="sm" wrap="nowrap" align="flex-start">
            <Sign sentence={sentence} />
            <Text size="sm">
              <ScopeLink to={sentence.to} search={sentence.search} inherit fw={600} underline="always">
                {sentence.subject}
              </ScopeLink>
              {": "}
              {sentence.rest}
            </Text>
          </Group>
        ))}
      </Stack>
    </Paper>
  );
}
