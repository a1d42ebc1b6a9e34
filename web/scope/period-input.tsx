/**
 * A period of whole days: from, until (that day included), and the usual ones counted back from the end of the data.
 * The address keeps `to` exclusive, as the API wants it.
 */
import { Button, Group, Menu, TextInput } from "@mantine/core";
import { IconCalendar } from "@tabler/icons-react";
import { shiftDate } from "./scope.ts";

export interface Period {
  readonly from: string | undefined;
  readonly to: string | undefined;
}

interface PeriodInputProps {
  readonly period: Period;
  readonly onChange: (period: Period) => void;
  /** ISO moments of the first and last event; null without any. */
  readonly first: string | null;
  readonly last: string | null;
  /** Put before the labels, where a page has two periods. */
  readonly of?: string;
}

const PRESETS: readonly (readonly [label: string, days: number])[] = [
  ["Last 7 days of the data", 7],
  ["Last 30 days of the data", 30],
  ["Last 90 days of the data", 90],
  ["Last 365 days of the data", 365],
];

/** The last `days` days up to and with the day of the last event. */
function lastDays(last: string, days: number): Period {
  const to = shiftDate(last.slice(0, 10), 1);
  return { from: shiftDate(to, -days), to };
}

export function PeriodInput({ period, onChange, first, last, of = "" }: PeriodInputProps) {
  const { from, to } = period;
  const day = (moment: string | null) => moment?.slice(0, 10);
  return (
    <Group gap={6}>
      <TextInput
        type="date"
        aria-label={`${of}From`}
        value={from?.slice(0, 10) ?? ""}
        min={day(first)}
        max={day(last)}
        onChange={(event) => onChange({ from: event.currentTarget.value || undefined, to })}
        w={140}
      />
      <span aria-hidden>–</span>
      <TextInput
        type="date"
        aria-label={`${of}Until and with`}
        value={to === undefined ? "" : shiftDate(to.slice(0, 10), -1)}
        min={day(first)}
        max={day(last)}
        onChange={(event) => {
          const { value } = event.currentTarget;
          onChange({ from, to: value === "" ? undefined : shiftDate(value, 1) });
        }}
        w={140}
      />
      <Menu position="bottom-start" withinPortal>
        <Menu.Target>
          <Button variant="default" px={8} aria-label={`${of}Usual periods`}>
            <IconCalendar size={18} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item onClick={() => onChange({ from: undefined, to: undefined })}>All time</Menu.Item>
          {last !== null &&
            PRESETS.map(([label, days]) => (
              <Menu.Item key={label} onClick={() => onChange(lastDays(last, days))}>
                {label}
              </Menu.Item>
            ))}
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}
