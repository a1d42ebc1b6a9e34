/**
 * The pictures of an effect from its report: which rows, which points, and the sentence each is read by. Pure.
 * How they are drawn is in web/charts/; where they stand is figures.tsx.
 */
import type { ArmRow, Arms } from "../../../charts/arms.ts";
import { counterfactualPlot, eventStudyPlot, overTimePlot } from "../../../charts/effect-plots.ts";
import type { Plot } from "../../../charts/plot.ts";
import { formatCount } from "../../../ui/format.ts";
import { readDates } from "./check-words.ts";
import { countUnits, describeEstimate, formatConfidence, type Report, toneOf } from "./effect-words.ts";
import { plural } from "./metric-words.ts";
import type { ReportFacts } from "./report-facts.ts";

type Group = Report["groups"][number];

const ROLES: Readonly<Record<Group["role"], string>> = {
  control: "without the change",
  treatment: "with the change",
  before: "before the change",
  after: "since the change",
};

const detailOf = ({ role, n }: Group) => `${ROLES[role]}, n = ${formatCount(n)}`;

function levelRow(group: Group, { spoken, report }: ReportFacts): ArmRow[] {
  const { mean, meanLow = null, meanHigh = null, name, role } = group;
  if (mean === null) return [];
  const ends =
    meanLow === null || meanHigh === null
      ? ""
      : `, ${formatConfidence(report.confidence)}: ${spoken.level(meanLow)} to ${spoken.level(meanHigh)}`;
  return [
    {
      ...{ label: name, detail: detailOf(group), value: mean, low: meanLow, high: meanHigh },
      ...{ tone: role === "treatment" || role === "after" ? "series" : "quiet", words: `${spoken.level(mean)}${ends}` },
    },
  ];
}

function differenceRow({ report, spoken, question }: ReportFacts): ArmRow {
  const { estimate, low, high, verdict, confidence } = report;
  return {
    ...{ label: "Difference", detail: `n = ${countUnits(report.n, question)}`, value: estimate, low, high },
    ...{ tone: toneOf(verdict), words: describeEstimate(report, spoken, confidence) },
  };
}

/** Both groups with their intervals, and the difference; undefined where levels are not compared as they are. */
export function armsPicture(facts: ReportFacts): Arms | undefined {
  const { report, spoken, question } = facts;
  const rows = report.groups.flatMap((group) => levelRow(group, facts));
  const [without, having] = rows;
  if (report.design !== "randomised" || !without || !having) return undefined;
  return {
    title: "The groups side by side",
    sentence: `${having.label} ${spoken.level(having.value)}, ${without.label} ${spoken.level(without.value)}: ${describeEstimate(report, spoken, report.confidence)}, n = ${countUnits(report.n, question)}.`,
    panels: [
      { heading: spoken.heading, rows, format: spoken.tick, around: null },
      {
        ...{ heading: spoken.changeHeading, rows: [differenceRow(facts)], format: spoken.changeTick },
        around: { minEffect: report.minEffect },
      },
    ],
  };
}

/** The effect in each group that got the change; undefined for a single one. */
export function groupsPicture(facts: ReportFacts): Arms | undefined {
  const { report, spoken } = facts;
  const rows = report.groups.flatMap((group): ArmRow[] => {
    const { name, estimate, low, high } = group;
    if (estimate === null || low === null || high === null) return [];
    const words = describeEstimate({ estimate, low, high }, spoken, report.confidence);
    return [
      { label: readDates(name, facts.day), detail: detailOf(group), value: estimate, low, high, tone: "series", words },
    ];
  });
  if (rows.length < 2) return undefined;
  const all: ArmRow = { ...differenceRow(facts), label: "All together" };
  return {
    title: "Group by group",
    sentence: `The effect in each of the ${rows.length} groups that got the change, and in all together: ${all.words}, ${all.detail}.`,
    panels: [
      {
        ...{ heading: spoken.changeHeading, rows: [...rows, all], format: spoken.changeTick },
        around: { minEffect: report.minEffect },
      },
    ],
  };
}

const intervalOf = ({ confidence }: Report) => `${formatConfidence(confidence)} interval`;

function describeBefore(points: NonNullable<Report["eventStudy"]>): string {
  const before = points.filter(({ at }) => at < 0);
  if (before.length === 0) return "Nothing is known from before the switch-on.";
  const holds = before.filter(({ low, high }) => low <= 0 && high >= 0).length;
  return `Before the switch-on the groups should not differ: ${holds} of ${before.length} intervals hold zero.`;
}

/** Period by period around the switch-on. */
export function eventStudyPicture(facts: ReportFacts): Plot | undefined {
  const { report, question, spoken } = facts;
  const points = report.eventStudy ?? [];
  if (points.length === 0) return undefined;
  const describe = (point: { estimate: number; low: number; high: number }) =>
    describeEstimate(point, spoken, report.confidence);
  return eventStudyPlot({
    ...{ title: "Before and since the switch-on", points, describe, format: spoken.changeTick },
    sentence: `${describeBefore(points)} Since then on average ${describe(report)}, n = ${countUnits(report.n, question)}.`,
    ...{ upwards: spoken.changeHeading, minEffect: report.minEffect, interval: intervalOf(report) },
    periods: plural(report.basis?.period ?? question.period),
  });
}

const EXPECTED: Readonly<Record<Report["design"], string>> = {
  randomised: "expected without the change",
  staged: "expected: moved like the groups without it",
  synthetic: "expected: the mix of the other groups",
  series: "expected: the time before went on",
};

/** What happened beside what would have without the change. */
export function seriesPicture(facts: ReportFacts): Plot | undefined {
  const { report, question, spoken, day } = facts;
  const { series = [], design, basis } = report;
  const switchOn = basis?.switchOn ?? null;
  if (series.length < 2 || switchOn === null) return undefined;
  const periodOf = (iso: string) => (basis?.period === "month" ? day(iso).replace(/^\d+ /u, "") : day(iso));
  const counts = question.metric.kind === "count" || question.metric.kind === "sum";
  return counterfactualPlot({
    title: "What happened, and what would have",
    sentence: `Since ${day(switchOn)} on average ${describeEstimate(report, spoken, report.confidence)} beside what was to be expected, n = ${countUnits(report.n, question)}.`,
    ...{ upwards: spoken.heading, format: spoken.tick, interval: intervalOf(report), fromZero: counts },
    ...{ switchOn: Date.parse(switchOn), mark: `switched on ${day(switchOn)}`, expectedWords: EXPECTED[design] },
    points: series.map((point) => ({ ...point, at: Date.parse(point.at), label: periodOf(point.at) })),
  });
}

type Look = NonNullable<Report["overTime"]>[number];

/** The first look from which on every interval left zero out; undefined when the last one holds it. */
function clearSince(looks: readonly Look[]): Look | undefined {
  const holds = ({ low, high }: Look) => low <= 0 && high >= 0;
  const last = looks.findLastIndex(holds);
  return looks[last + 1];
}

/** The interval as it stood at each look. */
export function overTimePicture(facts: ReportFacts): Plot | undefined {
  const { report, spoken, day, until, question } = facts;
  const looks = report.overTime ?? [];
  const last = looks.at(-1);
  if (looks.length < 2 || !last) return undefined;
  const describe = (look: { estimate: number; low: number; high: number }) =>
    describeEstimate(look, spoken, report.confidence);
  const clear = clearSince(looks);
  const told = !clear
    ? "It still holds zero."
    : clear === looks[0]
      ? "It left zero out at every look."
      : `It has left zero out since ${day(clear.at)}.`;
  return overTimePlot({
    title: "The interval at each look",
    sentence: `With all that was known by ${day(last.at)}: ${describe(last)}, n = ${countUnits(last.n, question)}. ${told} It is made for looking at any time, and therefore wider than that of one look at the end.`,
    ...{ upwards: spoken.changeHeading, format: spoken.changeTick, minEffect: report.minEffect, describe },
    interval: `${intervalOf(report)} that holds at every look`,
    looks: looks.map((look) => ({ ...look, at: Date.parse(look.at), label: day(look.at) })),
    stop: until === null ? undefined : { at: Date.parse(until), label: `stop date ${day(until)}` },
  });
}
