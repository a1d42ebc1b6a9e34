/**
 * The measured journey on a terminal: what is where, and the commonest steps with their times.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { countJourneys, renderBasis } from "./basis-lines.ts";
import { formatCount, formatDuration, formatNumber } from "./format.ts";
import { renderTable } from "./table.ts";

type MapAnswer = Answer<"map">;

const SHOWN_NODES = 30;
const SHOWN_EDGES = 25;

/** "4.29 (4.26–4.32) of 14,998 on 1-5". */
function formatScore({ mean, low, high, n, scale }: NonNullable<MapAnswer["nodes"][number]["score"]>): string {
  const interval = low === null || high === null ? "" : ` (${low.toFixed(2)}–${high.toFixed(2)})`;
  return `${mean.toFixed(2)}${interval} of ${formatNumber(n)}${scale === "" ? "" : ` on ${scale}`}`;
}

function renderNodes({ nodes }: MapAnswer): string[] {
  const shown = nodes.slice(0, SHOWN_NODES);
  const scored = shown.some(({ score }) => score !== null);
  return [
    `What is where (${formatCount(nodes.length, "touchpoint")})`,
    ...renderTable(
      [
        { title: "Touchpoint", value: (node) => node.touchpoint },
        { title: "Stage", value: (node) => node.stage ?? "–" },
        { title: "Events", align: "right", value: (node) => formatNumber(node.events) },
        { title: "Journeys", align: "right", value: (node) => formatNumber(node.journeys) },
        { title: "Customers", align: "right", value: (node) => formatNumber(node.customers) },
        { title: "Starts", align: "right", value: (node) => formatNumber(node.starts) },
        { title: "Ends", align: "right", value: (node) => formatNumber(node.ends) },
        { title: "Median to next", align: "right", value: (node) => formatDuration(node.medianSecondsAfter) },
        { title: scored ? "Mean score" : "", align: "right", value: ({ score }) => (score ? formatScore(score) : "") },
      ],
      shown,
    ),
    ...(nodes.length > shown.length
      ? [`  and ${formatCount(nodes.length - shown.length, "touchpoint")} more (--json)`]
      : []),
  ];
}

function renderEdges({ edges }: MapAnswer): string[] {
  const shown = edges.slice(0, SHOWN_EDGES);
  const total = edges.reduce((sum, edge) => sum + edge.transitions, 0);
  const rest = total - shown.reduce((sum, edge) => sum + edge.transitions, 0);
  return [
    `Steps (${formatCount(edges.length, "way")}, ${formatCount(total, "transition")})`,
    ...renderTable(
      [
        { title: "From", value: (edge) => edge.from },
        { title: "To", value: (edge) => edge.to },
        { title: "Transitions", align: "right", value: (edge) => formatNumber(edge.transitions) },
        { title: "Journeys", align: "right", value: (edge) => formatNumber(edge.journeys) },
        { title: "Customers", align: "right", value: (edge) => formatNumber(edge.customers) },
        { title: "Median time", align: "right", value: (edge) => formatDuration(edge.medianSeconds) },
        { title: "90 % within", align: "right", value: (edge) => formatDuration(edge.p90Seconds) },
      ],
      shown,
    ),
    ...(edges.length > shown.length
      ? [
          `  and ${formatCount(edges.length - shown.length, "rarer way")} with ${formatCount(rest, "transition")} (--json)`,
        ]
      : []),
  ];
}

function renderOther({ other, unassigned }: MapAnswer): string[] {
  return [
    `Other: ${formatCount(other.emptied, "journey")} emptied by the filter, ${formatNumber(other.excluded)} excluded by it; ` +
      `${formatCount(other.edges, "way")} below --min-share with ${formatCount(other.transitions, "transition")}; ` +
      `${formatCount(unassigned, "event")} in no journey of this kind.`,
  ];
}

export function renderMap(answer: MapAnswer): string[] {
  const counts = countJourneys(answer.journey, answer.journeys, answer.customers);
  return [
    ...renderBasis("Measured journey", counts, answer),
    ...renderNodes(answer),
    "",
    ...renderEdges(answer),
    "",
    ...renderOther(answer),
  ];
}
