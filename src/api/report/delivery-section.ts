/**
 * What is done about it, in a report: goals, initiatives with their state, and the effects that were measured.
 * How an initiative stands in full is in its own documents.
 */
import { namePhase } from "../../domain/delivery-words.ts";
import type { GatheredReport } from "./gather-report.ts";
import {
  join,
  NONE,
  writeCount,
  writeCountOf,
  writeDay,
  writeDecimal,
  writeEnds,
  writeMoney,
  writeShare,
} from "./number-words.ts";
import { type Block, type Cell, gap, heading, type Section } from "./report-document.ts";

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
  const tone = one.errors > 0 ? ({ tone: "bad" } as const) : {};
  const verdict = one.verdicts.at(-1);
  return [
    { text: title, note: join(`No. ${id}`, aim && `for «${aim}»`, acts) },
    { text: state, note: activePhases.map(namePhase).join(", ") },
    {
      text: effort > 0 ? writeShare(done / effort) : NONE,
      note: join(
        `${writeDecimal(done)} of ${writeDecimal(effort)} ${effortUnit}`,
        shares && `Must ${writeShare(shares.must)}`,
      ),
    },
    timebox === null
      ? { text: "none" }
      : { text: timebox.title, note: `${timebox.start} to ${timebox.end}, ${timebox.state}` },
    { text: writeCount(one.errors), note: writeCountOf(one.warnings, "warning"), ...tone },
    { text: writeMoney(value, portfolio.currency) },
    { text: verdict ?? "not measured yet" },
  ];
}

const EFFECT_COLUMNS = [
  { title: "Effect of" },
  { title: "Measured" },
  { title: "Estimate", number: true },
  { title: "Worth having from", number: true },
  { title: "n", number: true },
  { title: "Verdict" },
] as const;

const TONES: Readonly<Record<string, "good" | "bad">> = { better: "good", worse: "bad" };

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
  const signed = (value: number) => `${value > 0 ? "+" : ""}${writeDecimal(value)}`;
  const precise = (value: number) =>
    question.metric.kind === "share" ? `${signed(value * 100)} points` : signed(value);
  return [
    { text: name, note: join(`No. ${id}`, question.design, !registered.passed && "registered after its switch-on") },
    {
      text: `${writeDay(switchOn, zone)} to ${writeDay(until, zone)}`,
      note: join(status, outdated && "measured on older data"),
    },
    newest === undefined
      ? { text: NONE }
      : { text: precise(newest.estimate), note: writeEnds(newest, precise, Math.round(question.confidence * 100)) },
    { text: precise(question.minEffect).replace(/^\+/u, "") },
    { text: writeCount(newest?.n) },
    { text: newest?.verdict ?? "not measured yet", ...(tone ? { tone } : {}) },
  ];
}

function describeGoals({ portfolio: { goals } }: GatheredReport): Block[] {
  if (goals.length === 0) return [];
  return [
    {
      kind: "table",
      caption: "Goals",
      columns: [{ title: "Goal" }, { title: "Owner" }, { title: "KPIs" }, { title: "Initiatives", number: true }],
      rows: goals.map(({ goal, kpis, initiatives }) => [
        { text: goal.title },
        { text: goal.owner ?? "nobody" },
        { text: kpis.map(({ kpi }) => kpi).join(", ") || "none" },
        { text: writeCount(initiatives.length) },
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
