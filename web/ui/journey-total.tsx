/**
 * The line every view of a journey prints: the same total in the same words, and what is left out and why.
 */
import { Text } from "@mantine/core";
import { formatCount, formatCountOf } from "./format.ts";

export interface Totals {
  readonly journey: string;
  readonly journeys: number;
  readonly customers?: number;
  readonly other: { readonly emptied?: number; readonly excluded?: number };
}

export function JourneyTotal({ answer }: { readonly answer: Totals }) {
  const { journey, journeys, customers, other } = answer;
  const { emptied = 0, excluded = 0 } = other;
  const left = [
    ...(emptied > 0 ? [`${formatCount(emptied)} emptied by the filter`] : []),
    ...(excluded > 0 ? [`${formatCount(excluded)} left out by the filter`] : []),
  ];
  return (
    <Text component="span" size="sm" data-journeys={journeys} data-testid="journey-total">
      <strong>{formatCountOf(journeys, `${journey} journey`)}</strong>
      {customers !== undefined && ` of ${formatCountOf(customers, "customer")}`}
      {left.length > 0 && ` · ${left.join(" · ")}`}
    </Text>
  );
}
