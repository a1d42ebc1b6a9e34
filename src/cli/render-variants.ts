/**
 * Variants, funnel and one customer's journeys on a terminal.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { countJourneys, renderBasis } from "./basis-lines.ts";
import {
  formatCount,
  formatDuration,
  formatMoney,
  formatNumber,
  formatShare,
  formatShareInterval,
  formatTime,
} from "./format.ts";
import { renderTable } from "./table.ts";

/** "A › B ×3 › C": repeats are counted, so that loops stay readable. */
export function describePath(path: readonly string[]): string {
  const runs: { name: string; times: number }[] = [];
  for (const name of path) {
    const last = runs.at(-1);
    if (last?.name === name) last.times++;
    else runs.push({ name, times: 1 });
  }
  return runs.map(({ name, times }) => (times === 1 ? name : `${name} ×${times}`)).join(" › ");
}

/** "+ Wait ×2 − Closed": what a path has more, and leaves out, than the commonest one. */
function describeDetour(detour: Answer<"variants">["variants"][number]["detour"]): string {
  if (detour === null) return "";
  const { added, skipped } = detour;
  const parts = [
    ...(added.length > 0 ? [`+ ${describePath(added)}`] : []),
    ...(skipped.length > 0 ? [`− ${describePath(skipped)}`] : []),
  ];
  return parts.join(" ");
}

export function renderVariants(answer: Answer<"variants">): string[] {
  const { variants, other, journeys } = answer;
  const counts = `${countJourneys(answer.journey, journeys)} follow ${formatCount(answer.count, "variant")}`;
  const duration = `  Median duration of a journey: ${formatDuration(answer.medianSeconds)}`;
  return [
    ...renderBasis("Variants", counts, answer),
    ...renderTable(
      [
        { title: "Share", align: "right", value: (row) => formatShare(row.share) },
        { title: "Journeys", align: "right", value: (row) => formatNumber(row.journeys) },
        { title: "Against the first", value: (row) => describeDetour(row.detour) },
        { title: "Path", whole: true, value: (row) => describePath(row.path) },
      ],
      variants,
    ),
    "",
    `  Other: ${formatCount(other.variants, "variant")} with ${formatCount(other.journeys, "journey")}; ` +
      `${formatNumber(other.emptied)} emptied by the filter, ${formatNumber(other.excluded)} excluded by it.`,
    duration,
  ];
}

const BAR_WIDTH = 24;

function renderBar(share: number | null): string {
  return "█".repeat(Math.round((share ?? 0) * BAR_WIDTH));
}

export function renderFunnel(answer: Answer<"funnel">): string[] {
  const unit = answer.per === "customer" ? "customer" : `${answer.journey} journey`;
  const counts = `${formatNumber(answer.entrants)} of ${formatCount(answer.total, unit)} enter`;
  const { other } = answer;
  return [
    ...renderBasis("Funnel", counts, answer),
    ...renderTable(
      [
        { title: "Step", value: (step) => (step.optional ? `${step.touchpoint} (optional)` : step.touchpoint) },
        { title: "Count", align: "right", value: (step) => formatNumber(step.count) },
        { title: "Share", align: "right", value: (step) => formatShare(step.share) },
        { title: "95 % interval", align: "right", value: (step) => formatShareInterval(step.low, step.high) },
        { title: "", value: (step) => renderBar(step.share) },
      ],
      answer.steps,
    ),
    "",
    `  Other: ${formatNumber(other.notEntered)} did not enter; ${formatNumber(other.emptied)} emptied by the filter, ` +
      `${formatNumber(other.excluded)} excluded by it. Shares are of those who enter.`,
  ];
}

type CustomerAnswer = Answer<"journeys">;

function renderJourney(journey: CustomerAnswer["journeys"][number], zone: string): string[] {
  const { owner, start, durationSeconds, events } = journey;
  const title = `${owner}: ${formatCount(events.length, "event")} from ${formatTime(start, zone)}, ${formatDuration(durationSeconds)}`;
  return [
    title,
    ...renderTable(
      [
        { title: "Time", value: (event) => formatTime(event.time, zone) },
        { title: "Touchpoint", value: (event) => event.touchpoint },
        { title: "Stage", value: (event) => event.stage ?? "–" },
        { title: "Channel", value: (event) => event.channel ?? "–" },
        {
          title: "Value",
          align: "right",
          value: (event) => (event.value === null ? "" : formatMoney(event.value, event.currency ?? "")),
        },
        { title: "Score", align: "right", value: (event) => (event.score === null ? "" : formatNumber(event.score)) },
      ],
      events,
    ),
    "",
  ];
}

export function renderCustomer(answer: CustomerAnswer): string[] {
  const { customer, journey, events, journeys, traits, known } = answer;
  const counts = `${formatCount(journeys.length, `${journey} journey`)}, ${formatCount(events, "event")}`;
  const about = Object.entries(traits).map(([name, value]) => `${name} ${value}`);
  return [
    `${known ? "Customer" : "Visitor"} ${customer}: ${counts}`,
    ...(about.length > 0 ? [`  ${about.join(", ")}`] : []),
    `  times in ${answer.zone}`,
    "",
    ...journeys.flatMap((one) => renderJourney(one, answer.zone)),
    `Other: ${formatCount(answer.unassigned, "event")} in no ${journey} journey.`,
  ];
}
