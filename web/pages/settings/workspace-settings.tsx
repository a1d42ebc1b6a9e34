/**
 * The form of the settings that everybody shares: time zone and usual journey, each with what it changes.
 * It writes when a choice is made; there is no other button to find.
 */
import { Alert, type ComboboxItem, Select, Stack, Text } from "@mantine/core";
import { useMemo } from "react";
import { useAnswer, useChange } from "../../api/use-answer.ts";
import { AnswerView } from "../../ui/answer-view.tsx";
import { listZones, matchesZone, offsetOf } from "./zones.ts";

const JOURNEYS: Readonly<Record<string, string>> = {
  life: "life: everything of a customer",
  visit: "visit: half an hour without an event ends it",
  "order-cycle": "order-cycle: an order ends it",
};

function nameJourney(journey: string): string {
  return JOURNEYS[journey] ?? `${journey}: everything of one ${journey}`;
}

/** At most so many zones are drawn at once; typing narrows them. */
const MOST = 60;

function useZoneItems(zone: string | undefined): ComboboxItem[] {
  return useMemo(() => {
    const now = new Date();
    return listZones(zone).map((value) => ({
      value,
      label: `${value.replaceAll("_", " ")} (${offsetOf(value, now)})`,
    }));
  }, [zone]);
}

interface FormProps {
  readonly zone: string;
  readonly defaultJourney: string;
  readonly journeys: readonly string[];
}

function SettingsForm({ zone, defaultJourney, journeys }: FormProps) {
  const change = useChange("set-settings");
  const zones = useZoneItems(zone);
  return (
    <Stack gap="md" maw={640}>
      <Select
        label="Time zone"
        description="Days begin and end here: cohorts, days between orders, days late, days on every axis. Changing it counts every number by days anew; the events stay as they are."
        data={zones}
        value={zone}
        searchable
        allowDeselect={false}
        limit={MOST}
        filter={({ options, search }) =>
          (options as ComboboxItem[])
            .filter(({ value, label }) => matchesZone(`${label} ${value}`, search))
            .slice(0, MOST)
        }
        nothingFoundMessage="No such zone. Try a large city nearby."
        onChange={(next) => next !== null && next !== zone && change.mutate({ zone: next })}
      />
      <Select
        label="Usual journey"
        description="What one journey is when a page or a command does not say: how a customer's events are cut into runs."
        data={journeys.map((value) => ({ value, label: nameJourney(value) }))}
        value={defaultJourney}
        allowDeselect={false}
        onChange={(next) => next !== null && next !== defaultJourney && change.mutate({ defaultJourney: next })}
      />
      <Text size="sm" role="status" aria-live="polite" c="dimmed" mih={22}>
        {change.isPending ? "Saving …" : change.isSuccess ? "Saved. Every page answers with it from now on." : ""}
      </Text>
      {change.isError && (
        <Alert color="red" variant="light" title="This was not saved" role="alert">
          {change.error.message}
        </Alert>
      )}
    </Stack>
  );
}

export function WorkspaceSettings() {
  const settings = useAnswer("settings", {});
  return (
    <AnswerView query={settings} height={160}>
      {({ zone, defaultJourney, journeys }) => (
        <SettingsForm zone={zone} defaultJourney={defaultJourney} journeys={journeys} />
      )}
    </AnswerView>
  );
}
