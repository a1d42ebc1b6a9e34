/**
 * The retention table on a terminal: a row a cohort, a column a day; what nobody has reached yet is a dot.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type RetentionAnswer = Answer<"retention">;
type Cohort = Omit<RetentionAnswer["cohorts"][number], "start"> & { readonly start: string };

const KINDS = {
  "n-day": "active on exactly that day",
  unbounded: "active on that day or later",
  bracket: "active after the day before it and up to that day",
} as const;

function dayColumn(index: number, day: number): Column<Cohort> {
  return {
    title: `Day ${day}`,
    align: "right",
    value: ({ cells }) => {
      const value = cells[index]?.value;
      return value === null || value === undefined ? "·" : formatShare(value);
    },
  };
}

/** The last row in words: each share of all cohorts with its interval and n. */
function renderIntervals({ all }: RetentionAnswer): string[] {
  return all.cells.map((cell) =>
    cell.value === null
      ? `  day ${cell.day}: nobody has come so far yet`
      : `  day ${cell.day}: ${formatShare(cell.value)} (${formatShareInterval(cell.low, cell.high)}, n = ${formatNumber(cell.n)})`,
  );
}

export function renderRetention(answer: RetentionAnswer): string[] {
  const { cohorts, all, kind, event } = answer;
  const first = event === "order" ? "first order" : "first event";
  const columns = all.cells.map(({ day }, index) => dayColumn(index, day));
  return [
    ...renderBasis("Retention", `${formatCount(all.customers, "customer")} by their ${first}, ${KINDS[kind]}`, answer),
    ...renderTable(
      [
        { title: "From", value: (cohort: Cohort) => cohort.start },
        { title: "Customers", align: "right", value: (cohort: Cohort) => formatNumber(cohort.customers) },
        ...columns,
      ],
      [...cohorts, { ...all, start: "all" }],
    ),
    "",
    "All cohorts with 95 % intervals:",
    ...renderIntervals(answer),
  ];
}
