/**
 * The step matrix and the Sankey levels on a terminal; every column adds up to all journeys.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { countJourneys, renderBasis } from "./basis-lines.ts";
import { formatCount, formatNumber, formatShare } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

const SHOWN_TOUCHPOINTS = 15;
const SHOWN_LINKS = 20;

type StepsAnswer = Answer<"steps">;

interface MatrixRow {
  readonly name: string;
  /** Journeys at each step. */
  readonly journeys: readonly number[];
}

/** The commonest touchpoints, then all others together, then those that have ended. */
function toRows({ steps }: StepsAnswer): MatrixRow[] {
  const at = steps.map(({ cells }) => new Map(cells.map(({ touchpoint, journeys }) => [touchpoint, journeys])));
  const names = [...new Set(steps.flatMap(({ cells }) => cells.map(({ touchpoint }) => touchpoint)))];
  const rows = names
    .map((name) => ({ name, journeys: at.map((cells) => cells.get(name) ?? 0) }))
    .sort((a, b) => sum(b.journeys) - sum(a.journeys));
  const hidden = rows.slice(SHOWN_TOUCHPOINTS);
  const other = {
    name: "(other)",
    journeys: steps.map((_, step) => sum(hidden.map((row) => row.journeys[step] ?? 0))),
  };
  const ended = { name: "(ended)", journeys: steps.map((step) => step.ended) };
  return [...rows.slice(0, SHOWN_TOUCHPOINTS), ...(hidden.length > 0 ? [other] : []), ended];
}

function sum(numbers: readonly number[]): number {
  return numbers.reduce((total, number) => total + number, 0);
}

export function renderSteps(answer: StepsAnswer): string[] {
  const { journeys, steps, other } = answer;
  const columns: Column<MatrixRow>[] = steps.map(({ step }, index) => ({
    title: `Step ${step}`,
    align: "right",
    value: (row) => {
      const count = row.journeys[index] ?? 0;
      return count === 0 ? "·" : formatShare(count / journeys);
    },
  }));
  return [
    ...renderBasis("Step matrix", countJourneys(answer.journey, journeys), answer),
    ...renderTable([{ title: "Touchpoint", value: (row: MatrixRow) => row.name }, ...columns], toRows(answer)),
    "",
    `  Each step adds up to all journeys. Other: ${formatNumber(other.emptied)} emptied by the filter, ` +
      `${formatNumber(other.excluded)} excluded by it.`,
  ];
}

export function renderSankey(answer: Answer<"sankey">): string[] {
  const { journeys, levels, links, other } = answer;
  const shown = links.toSorted((a, b) => b.journeys - a.journeys).slice(0, SHOWN_LINKS);
  const levelLines = levels.map(({ level, nodes, ended }) => {
    const parts = nodes.map(({ touchpoint, journeys: count }) => `${touchpoint} ${formatNumber(count)}`);
    return `  ${level}. ${[...parts, `(ended) ${formatNumber(ended)}`].join(" · ")}`;
  });
  return [
    ...renderBasis("Sankey levels", countJourneys(answer.journey, journeys), answer),
    ...levelLines,
    "",
    `Links (${formatCount(links.length, "link")}, the widest first)`,
    ...renderTable(
      [
        { title: "Level", align: "right", value: (link) => String(link.level) },
        { title: "From", value: (link) => link.from },
        { title: "To", value: (link) => link.to },
        { title: "Journeys", align: "right", value: (link) => formatNumber(link.journeys) },
      ],
      shown,
    ),
    "",
    `  Each level adds up to all journeys. Other: ${formatNumber(other.emptied)} emptied by the filter, ` +
      `${formatNumber(other.excluded)} excluded by it.`,
  ];
}
