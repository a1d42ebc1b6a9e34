/**
 * Which weeks the calendar shows, and of whom; all of it stands in the address.
 */
import { ActionIcon, Button, Group } from "@mantine/core";
import { IconChevronLeft, IconChevronRight } from "@tabler/icons-react";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { Choice } from "../../map/views/choice.tsx";
import { addDays, type Span } from "./calendar-lanes.ts";
import { SPANS } from "./calendar-search.ts";

const ALL = 0;
/** Weeks that one press moves by, as a part of what is shown. */
const PART = 0.5;

interface CalendarControlsProps {
  readonly span: Span;
  readonly initiative: number | undefined;
  readonly initiatives: readonly { readonly id: number; readonly title: string }[];
}

export function CalendarControls({ span, initiative, initiatives }: CalendarControlsProps) {
  const set = useSetSearch();
  const move = (direction: 1 | -1) =>
    set({ start: addDays(span.from, direction * 7 * Math.round(span.weeks * PART)) }, { replace: true });
  return (
    <>
      <Group gap={4}>
        <ActionIcon variant="default" size="md" aria-label="Earlier weeks" onClick={() => move(-1)}>
          <IconChevronLeft size={16} />
        </ActionIcon>
        <Button variant="default" size="compact-md" onClick={() => set({ start: undefined })}>
          Today
        </Button>
        <ActionIcon variant="default" size="md" aria-label="Later weeks" onClick={() => move(1)}>
          <IconChevronRight size={16} />
        </ActionIcon>
      </Group>
      <Choice
        label="Weeks"
        value={span.weeks}
        options={SPANS.map((value) => ({ value, label: String(value) }))}
        onChange={(weeks) => set({ weeks: weeks === SPANS[0] ? undefined : weeks })}
      />
      <Choice
        label="Initiative"
        value={initiative ?? ALL}
        options={[{ value: ALL, label: "all" }, ...initiatives.map(({ id, title }) => ({ value: id, label: title }))]}
        onChange={(next) => set({ initiative: next === ALL ? undefined : next })}
      />
    </>
  );
}
