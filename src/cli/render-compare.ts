/**
 * Two scopes side by side, one step by a field, and the ways out of a funnel, on a terminal.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { countJourneys, describeFilter, renderBasis, type ScopeFilter } from "./basis-lines.ts";
import { formatCount, formatDuration, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type CompareAnswer = Answer<"compare">;
type BreakdownAnswer = Answer<"step-breakdown">;
type Difference = CompareAnswer["edges"][number]["difference"];

const SHOWN_NODES = 15;
const SHOWN_EDGES = 25;
/** Ways out listed for each step of a funnel. */
const SHOWN_EXITS = 8;

/** Percentage points with a sign: 0.126 → "+12.6", −0.126 → "−12.6". */
function formatPoints(value: number): string {
  const points = (Math.abs(value) * 100).toFixed(1);
  if (points === "0.0") return "0.0";
  return `${value < 0 ? "−" : "+"}${points}`;
}

/** "−12.6 (−17.2 … −6.8)"; a star where the interval leaves zero out. */
export function formatDifference(difference: Difference | undefined): string {
  if (difference === undefined || difference.value === null) return "–";
  const { value, low, high } = difference;
  const clear = low > 0 || high < 0 ? " *" : "";
  return `${formatPoints(value)} (${formatPoints(low)} … ${formatPoints(high)})${clear}`;
}

/** "6.9 % of 175". */
function formatSide(share: number | null, n: number): string {
  return share === null ? `– of ${formatNumber(n)}` : `${formatShare(share)} of ${formatNumber(n)}`;
}

function renderVersus(vs: ScopeFilter): string {
  return `  against B: ${describeFilter(vs)}`;
}

const LEGEND = [
  "  Differences are A − B in percentage points, with 95 % intervals; * where zero is outside.",
  "  Each interval holds by itself: of twenty steps without a difference about one has a star.",
];

/** Largest difference in relation to its interval first: what is most surely different. */
function bySurety<Row extends { readonly difference: Difference }>(rows: readonly Row[]): Row[] {
  const surety = ({ difference }: Row) => {
    if (difference.value === null) return -1;
    return Math.abs(difference.value) / (difference.high - difference.low || 1);
  };
  return rows.toSorted((a, b) => surety(b) - surety(a));
}

function renderNodes({ nodes, a, b }: CompareAnswer, top: number): string[] {
  const shown = bySurety(nodes).slice(0, top);
  return [
    `Journeys with it (${formatCount(nodes.length, "touchpoint")}, the surest difference first)`,
    ...renderTable(
      [
        { title: "Touchpoint", value: (node) => node.touchpoint },
        { title: "A", align: "right", value: (node) => formatSide(node.a.share, a.journeys) },
        { title: "B", align: "right", value: (node) => formatSide(node.b.share, b.journeys) },
        { title: "Difference", align: "right", value: (node) => formatDifference(node.difference) },
      ],
      shown,
    ),
    ...(nodes.length > shown.length ? [`  and ${formatNumber(nodes.length - shown.length)} more (--json)`] : []),
  ];
}

function renderEdges({ edges }: CompareAnswer, top: number): string[] {
  const shown = bySurety(edges).slice(0, top);
  return [
    `Steps, as a share of the events at their beginning (${formatCount(edges.length, "way")}, the surest difference first)`,
    ...renderTable(
      [
        { title: "From", value: (edge) => edge.from },
        { title: "To", value: (edge) => edge.to },
        { title: "A", align: "right", value: ({ a }) => formatSide(a.share, a.n) },
        { title: "B", align: "right", value: ({ b }) => formatSide(b.share, b.n) },
        { title: "Difference", align: "right", value: (edge) => formatDifference(edge.difference) },
        { title: "Median A", align: "right", value: ({ a }) => formatDuration(a.medianSeconds) },
        { title: "Median B", align: "right", value: ({ b }) => formatDuration(b.medianSeconds) },
      ],
      shown,
    ),
    ...(edges.length > shown.length ? [`  and ${formatNumber(edges.length - shown.length)} more (--json)`] : []),
  ];
}

/** @param top rows of either table; by default 15 touchpoints and 25 steps */
export function renderComparison(answer: CompareAnswer, top?: number): string[] {
  const { a, b, journey } = answer;
  const counts = [a, b].map((side) => countJourneys(journey, side.journeys, side.customers));
  const [title, filter, blank] = renderBasis("A against B", counts.join(" against "), answer) as [
    string,
    string,
    string,
  ];
  const others = [a, b].map(
    ({ other }) =>
      `${formatNumber(other.emptied)} emptied by the filter, ${formatNumber(other.excluded)} excluded by it`,
  );
  return [
    title,
    filter,
    renderVersus(answer.vs),
    blank,
    ...renderNodes(answer, top ?? SHOWN_NODES),
    "",
    ...renderEdges(answer, top ?? SHOWN_EDGES),
    "",
    ...LEGEND,
    `  Other in A: ${others[0]}. In B: ${others[1]}.`,
  ];
}

type BreakdownRow = { readonly label: string } & BreakdownAnswer["all"];

function breakdownColumns({ vs }: BreakdownAnswer): Column<BreakdownRow>[] {
  const compared: Column<BreakdownRow>[] = [
    { title: "B", align: "right", value: ({ b }) => (b ? formatSide(b.share, b.n) : "–") },
    { title: "95 % interval", align: "right", value: ({ b }) => (b ? formatShareInterval(b.low, b.high) : "") },
    { title: "Difference", align: "right", value: ({ difference }) => formatDifference(difference) },
  ];
  return [
    { title: "Value", value: ({ label }) => label },
    { title: vs ? "A" : "Share", align: "right", value: ({ a }) => formatSide(a.share, a.n) },
    { title: "95 % interval", align: "right", value: ({ a }) => formatShareInterval(a.low, a.high) },
    ...(vs ? compared : []),
  ];
}

export function renderBreakdown(answer: BreakdownAnswer): string[] {
  const { step, by, vs, rows, other, all } = answer;
  const counts = `${formatNumber(all.a.transitions)} of ${formatNumber(all.a.n)} go on`;
  const against = all.b ? ` against ${formatNumber(all.b.transitions)} of ${formatNumber(all.b.n)}` : "";
  const [title, filter, blank] = renderBasis(`${step.from} → ${step.to} by ${by}`, counts + against, answer) as [
    string,
    string,
    string,
  ];
  const lines: BreakdownRow[] = [
    ...rows.map((row) => ({ ...row, label: row.value ?? "(empty)" })),
    ...(other ? [{ ...other, label: "(other)" }] : []),
    { ...all, label: "(all)" },
  ];
  return [
    title,
    filter,
    ...(vs ? [renderVersus(vs)] : []),
    blank,
    ...renderTable(breakdownColumns(answer), lines),
    "",
    ...(lines.every(({ label }) => label === "(empty)" || label === "(all)")
      ? [`  No event here has a value of ${by}: is that its name?`]
      : []),
    `  Shares are of the ${answer.journey} events at ${step.from} after which ${step.to} comes next.`,
    ...(vs ? LEGEND : []),
  ];
}

type ExitsAnswer = Answer<"funnel-exits">;

function renderStep({ touchpoint, missed, count, stopped, ended, next }: ExitsAnswer["steps"][number]): string[] {
  const shown = next.slice(0, SHOWN_EXITS);
  const rest = next.slice(SHOWN_EXITS).reduce((sum, { journeys }) => sum + journeys, 0);
  const share = (journeys: number) => formatShare(stopped > 0 ? journeys / stopped : null);
  const rows = [
    ...shown.map((exit) => ({ name: exit.touchpoint, ...exit })),
    ...(rest > 0 ? [{ name: "(other)", journeys: rest }] : []),
    { name: "(ended)", journeys: ended },
  ];
  return [
    `${touchpoint}: ${formatNumber(stopped)} of ${formatNumber(count)} do not reach ${missed}`,
    ...renderTable(
      [
        { title: "Right after", value: (row) => row.name },
        { title: "Count", align: "right", value: (row) => formatNumber(row.journeys) },
        { title: "Share", align: "right", value: (row) => share(row.journeys) },
        {
          title: "95 % interval",
          align: "right",
          value: (row) => ("low" in row ? formatShareInterval(row.low, row.high) : ""),
        },
      ],
      rows,
    ),
    "",
  ];
}

export function renderExits(answer: ExitsAnswer): string[] {
  const { other, steps } = answer;
  const unit = answer.per === "customer" ? "customer" : `${answer.journey} journey`;
  const counts = `${formatNumber(answer.entrants)} of ${formatCount(answer.total, unit)} enter`;
  return [
    ...renderBasis("Ways out of the funnel", counts, answer),
    ...steps.flatMap(renderStep),
    `  Other: ${formatNumber(other.notEntered)} did not enter; ${formatNumber(other.emptied)} emptied by the filter, ` +
      `${formatNumber(other.excluded)} excluded by it. Shares are of those who stop at the step.`,
  ];
}
