/**
 * What is on today and what comes next, as a list to be read.
 */
import { Paper, Stack, Text, Title } from "@mantine/core";
import { ScopeLink, type ScopeTarget } from "../../../ui/scope-link.tsx";
import { formatDays } from "../priority-words.ts";
import type { Entry } from "./calendar-lanes.ts";
import { KIND_NAMES } from "./calendar-words.ts";

const MOST = 10;

interface ComingNextProps {
  readonly entries: readonly Entry[];
  readonly today: string;
  readonly nameOf: (initiative: number) => string;
  readonly targetOf: (entry: Entry) => ScopeTarget;
}

export function ComingNext({ entries, today, nameOf, targetOf }: ComingNextProps) {
  const coming = entries
    .filter(({ to, state }) => to >= today && state !== "cancelled")
    .toSorted((a, b) => a.from.localeCompare(b.from) || a.to.localeCompare(b.to));
  return (
    <Paper component="section" withBorder p="md" aria-label="On today and coming next">
      <Stack gap="xs">
        <Title order={2}>On today and coming next</Title>
        {coming.length === 0 && (
          <Text size="sm" c="dimmed">
            Nothing is planned from today on.
          </Text>
        )}
        <Stack component="ul" gap={6} m={0} p={0} style={{ listStyle: "none" }} data-testid="coming">
          {coming.slice(0, MOST).map((entry) => (
            <Text component="li" size="sm" key={`${entry.initiative} ${entry.kind} ${entry.from} ${entry.title}`}>
              {formatDays(entry.from, entry.to)}: {KIND_NAMES[entry.kind].toLowerCase()}{" "}
              <ScopeLink {...targetOf(entry)} inherit>
                {entry.title}
              </ScopeLink>{" "}
              <Text span inherit c="dimmed">
                ({nameOf(entry.initiative)}
                {entry.state === "" ? "" : `, ${entry.state}`})
              </Text>
            </Text>
          ))}
        </Stack>
        {coming.length > MOST && (
          <Text size="sm" c="dimmed">
            And {coming.length - MOST} more later: “As table” above shows them by their weeks.
          </Text>
        )}
      </Stack>
    </Paper>
  );
}
