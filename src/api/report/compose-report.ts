/**
 * A report composed: what it rests on, what matters most in a few lines, then KPIs, pain points, moments, texts, findings, initiatives.
 * Pure: everything it says was asked before (gather-report.ts).
 */
import { describeWindow, nameOutcome } from "../../domain/moment-words.ts";
import { composeDelivery, glanceAtDelivery } from "./delivery-section.ts";
import { composeFindings, glanceAtFindings } from "./finding-section.ts";
import type { GatheredReport } from "./gather-report.ts";
import { composeKpis, glanceAtKpis } from "./kpi-section.ts";
import { composeMoments, glanceAtMoments } from "./moment-section.ts";
import { writeCount, writeCountOf, writeDay, writeMinute } from "./number-words.ts";
import { composePain, glanceAtPain } from "./pain-section.ts";
import { type Block, gap, list, type ReportDocument, type Section, text } from "./report-document.ts";
import { composeThemes, glanceAtThemes } from "./theme-section.ts";

const DAY_MS = 86_400_000;

function describeFilter({ from, to, outside, where }: GatheredReport["scope"]): string {
  const period = [from && `from ${from}`, to && `before ${to}`].filter(Boolean).join(" and ");
  const time = period === "" ? "all time" : `journeys that start ${outside ? "outside: " : ""}${period}`;
  return where ? `${time}; where ${where}` : `${time}, no filter`;
}

function describeFreshness({ overview, zone, at }: GatheredReport): string {
  if (overview.last === null) return "no events";
  const days = Math.max(0, Math.floor((Date.parse(at) - Date.parse(overview.last)) / DAY_MS));
  return `${writeMinute(overview.last, zone)}, ${writeCountOf(days, "day")} before this report`;
}

function describeOutcome({ outcome, diagnosis }: GatheredReport): string {
  if (outcome === null) return "none was named, and no touchpoint is an order";
  const withinMs = diagnosis?.painPoints?.withinMs;
  const words = `${nameOutcome({ outcome: outcome.expression })}${withinMs ? ` within ${describeWindow(withinMs)}` : ""}`;
  return outcome.chosen ? words : `${words} (nobody named one: the commonest order)`;
}

function composeBasis(gathered: GatheredReport): Section {
  const { overview, zone, scope, diagnosis } = gathered;
  const journey = diagnosis?.painPoints?.journey ?? scope.journey ?? overview.journey;
  const rows: (readonly [string, string])[] = [
    ["Data from", overview.first === null ? "no events" : writeDay(overview.first, zone)],
    ["Data until", describeFreshness(gathered)],
    ["Events", `${writeCount(overview.events)} from ${writeCountOf(overview.imports, "import")}`],
    ["Customers", writeCount(overview.customers)],
    ["Journey", journey],
    ["Period and filter", describeFilter(scope)],
    ["Outcome", describeOutcome(gathered)],
    ["Time zone", zone],
    ["Currency", overview.currency === "" ? "none named by the events" : overview.currency],
  ];
  const narrowed = Object.values(scope).some((said) => said !== undefined);
  return {
    id: "basis",
    title: "What it rests on",
    blocks: [
      { kind: "facts", rows },
      ...(narrowed
        ? [
            text(
              "Events and customers above, findings, initiatives and effects are of the whole workspace; the filter is not for them.",
            ),
          ]
        : []),
      ...(overview.currency === "" ? [gap("Where amounts have no currency, money is written as plain numbers.")] : []),
    ],
  };
}

function composeGlance(gathered: GatheredReport): Section {
  const lines = [
    ...glanceAtPain(gathered),
    ...glanceAtKpis(gathered),
    ...glanceAtMoments(gathered),
    ...glanceAtFindings(gathered),
    ...glanceAtThemes(gathered),
    ...glanceAtDelivery(gathered),
  ];
  const empty = gathered.overview.events === 0;
  const blocks: Block[] = empty
    ? [
        gap(
          "This workspace has no events. Bring them in with: waymark import PATH (or look around with: waymark demo).",
        ),
        ...list(lines),
      ]
    : lines.length === 0
      ? [text("Nothing moved beyond chance, and nothing waits for anybody.")]
      : list(lines);
  return { id: "glance", title: "At a glance", blocks };
}

export function composeReport(gathered: GatheredReport): ReportDocument {
  const { workspace, overview, zone, at, version } = gathered;
  const data =
    overview.first === null || overview.last === null
      ? "no events yet"
      : `data from ${writeDay(overview.first, zone)} to ${writeDay(overview.last, zone)}`;
  const printed = `${writeMinute(at, zone)} (${zone})`;
  return {
    title: `Customer journey report: ${workspace}`,
    subtitle: `${workspace === "demo" ? "Demo data; " : ""}${data}; written ${printed}`,
    sections: [
      composeGlance(gathered),
      composeBasis(gathered),
      composeKpis(gathered),
      composePain(gathered),
      composeMoments(gathered),
      composeThemes(gathered),
      composeFindings(gathered),
      composeDelivery(gathered),
    ],
    footer: `Written by Waymark ${version} on ${printed}. An estimate is no proof: each section says how sure it is.`,
  };
}
