/**
 * What is done about it, in a report: goals, initiatives with their state, and the effects that were measured.
 * How an initiative stands in full is in its own documents.
 */
import { titleOf, unitOf } from "../../analysis/kpi-definitions.ts";
import { namePhase } from "../../domain/delivery-words.ts";
import type { GatheredReport } from "./gather-report.ts";
import {
  NONE,
  writeCount,
  writeCountOf,
  writeDay,
  writeDecimal,
  writeEnds,
  writeMoney,
  writeShare,
  writeValue,
} from "./number-words.ts";
import { type Block, type Cell, cell, gap, heading, type Section } from "./report-document.ts";

type Initiative = GatheredReport["portfolio"]["initiatives"][number];
type Effect = GatheredReport["effects"][number];

const INITIATIVE_COLUMNS = [
  { title: "Initiative" },
  { title: "State" },
  { title: "Done", number: true },
  { title: "Timebox" },
  { title: "Rules broken", number: true },
  { title: "Value a month", number: true },
  { title: "Verdict" },
] as const;

function toInitiativeRow(one: Initiative, { portfolio }: GatheredReport): Cell[] {
  const { id, title, state, goal, findings, activePhases, effort, done, effortUnit, shares, timebox, value } = one;
  const aim = portfolio.goals.find((each) => each.goal.id === goal)?.goal.title;
  const acts =
    findings.length === 0 ? "" : `acts on ${findings.length === 1 ? "finding" : "findings"} ${findings.join(", ")}`;
  const share = effort > 0 ? writeShare(done / effort) : NONE;
  return [
    cell(title, `No. ${id}`, aim && `for «${aim}»`, acts),
    cell(state, ...activePhases.map(namePhase)),
    cell(
      share,
      `${writeDecimal(done)} of ${writeDecimal(effort)} ${effortUnit}`,
      shares && `Must ${writeShare(shares.must)}`,
    ),
    timebox === null ? cell("none") : cell(timebox.title, `${timebox.start} to ${timebox.end}`, timebox.state),
    {
      ...cell(writeCount(one.errors), writeCountOf(one.warnings, "warning")),
      ...(one.errors > 0 ? ({ tone: "bad" } as const) : {}),
    },
    cell(writeMoney(value, portfolio.currency)),
    cell(one.verdicts.at(-1) ?? "not measured yet"),
  ];
}

const EFFECT_COLUMNS = [
  { title: "Effect of" },
  { title: "Measured", short: true },
  { title: "Estimate", number: true },
  { title: "Worth having from", number: true },
  { title: "n", number: true },
  { title: "Verdict" },
] as const;

const TONES: Readonly<Record<string, "good" | "bad">> = { better: "good", worse: "bad" };

const PRECISE = new Intl.NumberFormat("en-GB", { maximumSignificantDigits: 3 });

/** "+3.1 points" of a share; of other metrics a number in their unit. */
function writeEstimate(value: number, share: boolean): string {
  const number = PRECISE.format(share ? value * 100 : value).replace("-", "−");
  return `${value > 0 ? "+" : ""}${number}${share ? " points" : ""}`;
}

function toEffectRow({
  id,
  name,
  status,
  switchOn,
  until,
  measures,
  question,
  registered,
  zone,
  outdated,
}: Effect): Cell[] {
  const newest = measures.at(-1);
  const tone = newest && TONES[newest.verdict];
  const write = (value: number) => writeEstimate(value, question.metric.kind === "share");
  return [
    cell(name, `No. ${id}, ${question.design}`, !registered.passed && "registered after its switch-on"),
    cell(`${writeDay(switchOn, zone)} to ${writeDay(until, zone)}`, status, outdated && "measured on older data"),
    newest === undefined
      ? cell(NONE)
      : cell(write(newest.estimate), writeEnds(newest, write, Math.round(question.confidence * 100))),
    cell(write(question.minEffect).replace(/^\+/u, "")),
    cell(writeCount(newest?.n)),
    { ...cell(newest?.verdict ?? "not measured yet"), ...(tone ? { tone } : {}) },
  ];
}

type GoalKpi = GatheredReport["portfolio"]["goals"][number]["kpis"][number];

/** "Conversion: 8.0 %, target 12.0 %" */
function writeGoalKpi({ kpi, value, target }: GoalKpi, currency: string): string {
  const unit = unitOf(kpi, currency);
  const aim = target === null ? "no target" : `target ${writeValue(target, unit)}`;
  return `${titleOf(kpi)}: ${value === null ? "not measured" : writeValue(value, unit)}, ${aim}`;
}

function describeGoals({ portfolio: { goals, currency } }: GatheredReport): Block[] {
  if (goals.length === 0) return [];
  return [
    {
      kind: "table",
      caption: "Goals",
      columns: [{ title: "Goal" }, { title: "Owner" }, { title: "KPIs" }, { title: "Initiatives", number: true }],
      rows: goals.map(({ goal, kpis, initiatives }) => [
        cell(goal.title),
        cell(goal.owner ?? "nobody"),
        kpis.length === 0 ? cell("none") : cell("", ...kpis.map((one) => writeGoalKpi(one, currency))),
        cell(writeCount(initiatives.length)),
      ]),
    },
  ];
}

function describeInitiatives(gathered: GatheredReport): Block[] {
  const { initiatives } = gathered.portfolio;
  if (initiatives.length === 0)
    return [gap("No initiative has begun. Begin one from a finding, with its button «Make an initiative».")];
  return [
    {
      kind: "table",
      caption: "Initiatives",
      columns: INITIATIVE_COLUMNS,
      rows: initiatives.map((one) => toInitiativeRow(one, gathered)),
    },
  ];
}

function describeEffects({ effects }: GatheredReport): Block[] {
  return [
    heading("Measured effects"),
    effects.length === 0
      ? gap("No measurement is registered. Register one before a change goes live: waymark effects plan.")
      : {
          kind: "table",
          caption: "Registered measurements, the newest first",
          columns: EFFECT_COLUMNS,
          rows: effects.map(toEffectRow),
        },
  ];
}

export function composeDelivery(gathered: GatheredReport): Section {
  const blocks = [...describeGoals(gathered), ...describeInitiatives(gathered), ...describeEffects(gathered)];
  return { id: "initiatives", title: "Initiatives and effects", blocks };
}

export function glanceAtDelivery({ portfolio, effects }: GatheredReport): string[] {
  const active = portfolio.initiatives.filter(({ state }) => state === "active");
  const broken = active.reduce((sum, { errors }) => sum + errors, 0);
  const untouched = portfolio.opportunities.filter(({ initiatives }) => initiatives.length === 0).length;
  const verdicts = effects.flatMap(({ name, measures }) => {
    const verdict = measures.at(-1)?.verdict;
    return verdict === undefined ? [] : [`${name}: ${verdict}`];
  });
  return [
    ...(active.length > 0
      ? [
          `${writeCountOf(active.length, "initiative")} under way, with ${writeCountOf(broken, "rule")} of the method broken.`,
        ]
      : []),
    ...(untouched > 0 ? [`${writeCountOf(untouched, "finding")} that no initiative acts on.`] : []),
    ...(verdicts.length > 0 ? [`Measured effects: ${verdicts.slice(0, 3).join("; ")}.`] : []),
  ];
}
