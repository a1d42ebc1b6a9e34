/**
 * The overview on a terminal: what is in the workspace, its headline numbers, what changed, and where data are missing.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { formatCount, formatNumber, formatShare } from "./format.ts";
import { formatInterval, formatValue } from "./render-kpis.ts";
import { renderTable } from "./table.ts";

type OverviewAnswer = Answer<"overview">;
type Headline = OverviewAnswer["headline"][number];
type Change = OverviewAnswer["changes"][number];

function signed(value: number, text: string): string {
  return value > 0 ? `+${text}` : text;
}

/** "+12.0 %" of counts, sums and means; share points of shares. */
function formatChange({ change, unit }: Pick<Headline, "change" | "unit">): string {
  if (!change) return "–";
  const points = (value: number) => signed(value, (value * 100).toFixed(1));
  if (unit.startsWith("share"))
    return `${points(change.value)} points (${points(change.low)} … ${points(change.high)})`;
  const { value, low, high, relative } = change;
  if (relative === null) return signed(value, formatValue(value, unit));
  const base = value / relative || 1;
  const share = (one: number) => signed(one, `${((100 * one) / base).toFixed(1)} %`);
  return relative === 0 ? "no change" : `${share(value)} (${share(low)} … ${share(high)})`;
}

function renderHeadline(answer: OverviewAnswer): string[] {
  const { headline, periods } = answer;
  if (!periods) return ["", "Headline numbers need events on at least two days."];
  return [
    "",
    `From ${periods.current.from} up to ${periods.current.to}, against the ${periods.by} before:`,
    ...renderTable<Headline>(
      [
        { title: "KPI", value: ({ title, journey }) => (journey === answer.journey ? title : `${title} (${journey})`) },
        {
          title: "Value",
          align: "right",
          value: ({ current, unit }) => (current.value === null ? "–" : formatValue(current.value, unit)),
        },
        {
          title: "95 % interval",
          align: "right",
          value: ({ current, unit }) => (current.value === null ? "" : formatInterval({ ...current, unit })),
        },
        { title: "n", align: "right", value: ({ current }) => formatNumber(current.n) },
        { title: "Change", align: "right", value: formatChange },
        {
          title: "",
          value: (one) => (one.periods.current.from === periods.current.from ? "" : `from ${one.periods.current.from}`),
        },
      ],
      headline,
    ),
  ];
}

function describe(change: Change): string {
  switch (change.kind) {
    case "new-touchpoint":
      return `new: «${change.touchpoint}», ${formatCount(change.events, "event")}, first ${change.firstSeen.slice(0, 10)}`;
    case "vanished-touchpoint":
      return `gone: «${change.touchpoint}», last ${change.lastSeen.slice(0, 10)}, met by ${formatShare(change.previous.share)} before`;
    case "kpi":
      return `${change.title}: ${formatChange(change)}`;
    default: {
      const verb = change.kind === "rise" ? "more meet" : "fewer meet";
      return `${verb} «${change.touchpoint}»: ${formatShare(change.current.share)}, before ${formatShare(change.previous.share)}`;
    }
  }
}

function renderCoverage({ coverage, events }: OverviewAnswer): string[] {
  const empty = coverage.stages.filter((stage) => stage.events === 0).map(({ stage }) => stage);
  const channels = coverage.channels.map(({ channel, events: own }) => `${channel} ${formatNumber(own)}`);
  const { unmapped, withoutCustomer, anonymous, withoutChannel } = coverage;
  const shareOf = (part: number) => formatShare(events === 0 ? null : part / events);
  return [
    "",
    "Coverage:",
    `  stages without events: ${empty.join(", ") || "none"}`,
    `  touchpoints without a stage: ${formatNumber(unmapped.touchpoints)} (${shareOf(unmapped.events)} of the events)`,
    `  channels: ${channels.join(", ") || "none"}; without a channel ${shareOf(withoutChannel)} of the events`,
    `  events of nobody: ${shareOf(withoutCustomer.events)}; customers without a customer id: ${formatShare(anonymous.share)}`,
    ...(coverage.currencies.length > 1
      ? [
          `  amounts by currency: ${coverage.currencies.map((one) => `${one.currency || "(none)"} ${formatNumber(one.events)}`).join(", ")}`,
        ]
      : []),
  ];
}

export function renderOverview(answer: OverviewAnswer): string[] {
  const { events, customers, imports, first, last, journeys, changes, zone } = answer;
  const cut = journeys.filter((one) => one.journeys > 0).map((one) => `${one.name} ${formatNumber(one.journeys)}`);
  return [
    `${formatCount(events, "event")} of ${formatCount(customers, "customer")} from ${formatCount(imports, "import")}`,
    ...(first && last ? [`  from ${first} to ${last}, time zone ${zone}`] : []),
    `  journeys: ${cut.join(", ") || "none"}`,
    ...(events > 0 ? renderHeadline(answer) : []),
    ...(changes.length > 0
      ? ["", "What changed, beyond chance:", ...changes.map((change) => `  ${describe(change)}`)]
      : []),
    ...(events > 0 ? renderCoverage(answer) : []),
  ];
}
