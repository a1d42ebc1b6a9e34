/**
 * Pain points on a terminal: first the sentences, then what each costs a month, then incidents, waits, and what is no claim.
 * The numbers come from the answer and the words from domain/pain-words.ts; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { describeWindow, nameOutcome } from "../domain/moment-words.ts";
import { describePainPoint } from "../domain/pain-words.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatDuration, formatMoney, formatNumber, formatShare } from "./format.ts";
import { formatChance, formatEffect, formatRange, renderCaveats } from "./render-moments.ts";
import { type Column, renderTable } from "./table.ts";

type ListAnswer = Answer<"pain-points">;
export type PainPoint = ListAnswer["painPoints"][number];
export type Rejected = ListAnswer["rejected"][number];
type Friction = PainPoint | Rejected;
type Money = PainPoint["valueAtRisk"];
/** What of an answer the numbers of a friction need to be written. */
export type PainBasis = Pick<ListAnswer, "outcome" | "currency" | "worth">;

/** Rejected frictions and waits listed; all of them are in the JSON. */
const SHOWN_REJECTED = 15;
const SHOWN_WAITS = 8;
/** Pain points said in a sentence; all are in the table. */
const SHOWN_SENTENCES = 5;
const SECONDS_AN_HOUR = 3_600;
const right = { align: "right" } as const;

/** Money without cents, which no month's estimate bears; nought only where it is none. */
export function formatSum(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  if (value > 0 && value < 1) return "< 1";
  return formatNumber(Math.round(value));
}

/** Outcomes and events a month: "120", "3.4". */
export function formatRate(value: number | null | undefined): string {
  if (value === null || value === undefined) return "–";
  return formatNumber(value >= 10 ? Math.round(value) : Math.round(value * 10) / 10);
}

/** "880 … 1,760"; "" where there is none. */
export function formatEnds({ low, high }: Pick<Money, "low" | "high">, format: (value: number) => string): string {
  return low === null || high === null ? "" : `${format(low)} … ${format(high)}`;
}

interface Cost {
  readonly title: string;
  readonly of: (one: PainPoint) => Money;
  readonly format: (value: number | null) => string;
}

/** What a pain point costs: in money where an outcome has a worth, else in outcomes. */
function costOf({ outcome, currency, worth }: PainBasis): Cost {
  if (worth !== null)
    return {
      title: `At risk a month${currency === "" ? "" : `, ${currency}`}`,
      of: (one) => one.valueAtRisk,
      format: formatSum,
    };
  const title = outcome === "silence" ? "More silences a month" : "Outcomes lost a month";
  return { title, of: (one) => one.outcomesAtRisk, format: formatRate };
}

/** Handling is a fact, and stands apart from what is estimated. */
function handlingColumn<One extends Friction>({ currency }: PainBasis): Column<One> {
  const title = `Handling a month${currency === "" ? "" : `, ${currency}`}`;
  return { title, ...right, value: ({ directCost }) => formatSum(directCost) };
}

function painColumns(basis: PainBasis, handled: boolean): Column<PainPoint>[] {
  const cost = costOf(basis);
  return [
    { title: "Pain point", value: ({ name }) => name },
    { title: "A month", ...right, value: ({ perMonth }) => formatRate(perMonth) },
    { title: "Effect", ...right, value: ({ effect }) => formatEffect(effect, null) },
    { title: "95 % interval", ...right, value: (one) => formatRange(one, null) },
    { title: "q", ...right, value: ({ q }) => formatChance(q) },
    ...(handled ? [handlingColumn<PainPoint>(basis)] : []),
    { title: cost.title, ...right, value: (one) => cost.format(cost.of(one).value) },
    { title: "80 % interval", ...right, value: (one) => formatEnds(cost.of(one), cost.format) },
    { title: "Trend", value: ({ trend }) => trend ?? "–" },
    { title: "", value: ({ label }) => label },
  ];
}

function renderPains(answer: ListAnswer): string[] {
  const pains = answer.painPoints.filter(({ incident }) => !incident);
  const { tested, minimumEffect, rejected } = answer;
  const looked = formatCount(tested, "friction");
  if (pains.length === 0) {
    const points = ((minimumEffect ?? 0) * 100).toFixed(1);
    const least = points === "0.0" ? "" : ` of at least ${points} points`;
    return [`No pain point here: of ${looked} tested none has a sure harm${least}.`];
  }
  const handled = [...pains, ...rejected].some(({ directCost }) => directCost !== null);
  return [
    `${formatCount(pains.length, "pain point")} among ${looked} tested, the surest cost first`,
    ...pains.slice(0, SHOWN_SENTENCES).map((one) => `  ${describePainPoint(one, answer)}.`),
    "",
    ...renderTable(painColumns(answer, handled), pains),
    "  Effects are in percentage points of the outcome, of drop-offs in points of ending here; all frictions of a touch are estimated together.",
    "  What is at risk is an estimate; touches with several frictions are counted once, so the costs add up.",
    ...(handled
      ? []
      : ["  No handling has a price: waymark pain-points cost TOUCHPOINT AMOUNT adds the direct cost, a fact."]),
  ];
}

/** Where no effect of one is claimed nobody knows what all cost, which is not nothing. */
function sayKnown(value: number | null | undefined, format: (value: number) => string): string {
  return value === null || value === undefined ? "not known" : format(value);
}

/** Dated incidents; of one friction alone in its detail. */
export function renderIncidents(incidents: readonly PainPoint[], basis: PainBasis): string[] {
  if (incidents.length === 0) return [];
  const inMoney = basis.worth !== null;
  const cost = ({ excess }: PainPoint) => (inMoney ? excess?.money : excess?.outcomes);
  const format = inMoney ? formatSum : formatRate;
  const unit = inMoney ? `Cost in all${basis.currency === "" ? "" : `, ${basis.currency}`}` : "Outcomes in all";
  return [
    "",
    `${formatCount(incidents.length, "dated incident")}: weeks with far more of it than all others`,
    ...renderTable<PainPoint>(
      [
        { title: "What", value: ({ name }) => name },
        { title: "Whom", value: ({ segment }) => segment ?? "everybody" },
        { title: "From", value: ({ window }) => window.from.slice(0, 10) },
        { title: "Up to", value: ({ window }) => window.to.slice(0, 10) },
        { title: "Seen", ...right, value: ({ excess }) => formatNumber(excess?.events) },
        { title: "Usual", ...right, value: ({ excess }) => formatRate(excess?.usual) },
        { title: unit, ...right, value: (one) => sayKnown(cost(one)?.value, format) },
        {
          title: "80 % interval",
          ...right,
          value: (one) => formatEnds(cost(one) ?? { low: null, high: null }, format),
        },
        { title: "p", ...right, value: ({ p }) => formatChance(p) },
      ],
      incidents,
    ),
  ];
}

/** "5.3 min (p90 of before)", "48.0 h (target)". */
export function describeBound({ overHours, from }: NonNullable<Friction["wait"]>): string {
  return `${formatDuration(overHours * SECONDS_AN_HOUR)} (${from === "target" ? "target" : "p90 of before"})`;
}

/** Where time passes: the hours are facts, whether they harm or not. */
function renderWaits({ painPoints, rejected }: ListAnswer): string[] {
  const waits = [...painPoints, ...rejected].filter(
    (one) => one.wait !== null && (one.hoursPerMonth ?? 0) > 0 && !("incident" in one && one.incident),
  );
  if (waits.length === 0) return [];
  const longest = waits.toSorted((a, b) => (b.hoursPerMonth ?? 0) - (a.hoursPerMonth ?? 0)).slice(0, SHOWN_WAITS);
  return [
    "",
    "Where time passes until the next event, the most first",
    ...renderTable<Friction>(
      [
        { title: "After", value: ({ touchpoint }) => touchpoint },
        { title: "Hours a month", ...right, value: ({ hoursPerMonth }) => formatRate(hoursPerMonth) },
        { title: "Bound", value: ({ wait }) => (wait === null ? "" : describeBound(wait)) },
        { title: "Longer", ...right, value: ({ events }) => formatNumber(events) },
        { title: "of", ...right, value: ({ of }) => formatNumber(of) },
        { title: "Share", ...right, value: ({ events, of }) => formatShare(of > 0 ? events / of : null) },
        { title: "", value: (one) => ("reason" in one ? one.reason : one.label) },
      ],
      longest,
    ),
  ];
}

function renderRejected(answer: ListAnswer): string[] {
  const { rejected } = answer;
  if (rejected.length === 0) return [];
  const shown = rejected.slice(0, SHOWN_REJECTED);
  return [
    "",
    `Frictions without a claim (${formatNumber(rejected.length)})`,
    ...renderTable<Rejected>(
      [
        { title: "Friction", value: ({ name }) => name },
        { title: "Events", ...right, value: ({ events }) => formatNumber(events) },
        { title: "of", ...right, value: ({ of }) => formatNumber(of) },
        { title: "Journeys", ...right, value: ({ journeys }) => formatNumber(journeys) },
        ...(rejected.some(({ directCost }) => directCost !== null) ? [handlingColumn<Rejected>(answer)] : []),
        { title: "Effect", ...right, value: ({ effect }) => formatEffect(effect, null) },
        { title: "95 % interval", ...right, value: (one) => formatRange(one, null) },
        { title: "Reason", value: ({ reason }) => reason },
        { title: "", whole: true, value: ({ detail }) => detail },
      ],
      shown,
    ),
    ...(rejected.length > shown.length ? [`  and ${formatNumber(rejected.length - shown.length)} more (--json)`] : []),
  ];
}

/** "What hurts Order Completed within 30 days: 40,000 touches of 8,000 customers, 31.0 % reach it". */
export function renderQuestion(answer: ListAnswer | Answer<"pain-point">): string[] {
  const { base, n, customers, outcome, withinMs } = answer;
  const reach = base === null ? "" : `, ${formatShare(base)} ${outcome === "silence" ? "fall silent" : "reach it"}`;
  const counts = `${formatCount(n, "touch", "touches")} of ${formatCount(customers, "customer")}${reach}`;
  return renderBasis(`What hurts ${nameOutcome({ outcome })} within ${describeWindow(withinMs)}`, counts, answer);
}

/** "One outcome is worth 84.20 EUR (± 2.10); waits count over …": what the costs rest on. */
export function renderGrounds({ worth, worthError, currency, baseline }: ListAnswer | Answer<"pain-point">): string[] {
  const error = worthError === null ? "" : ` (± ${formatMoney(worthError)})`;
  return [
    worth === null
      ? "  An outcome has no known worth: costs are outcomes (--worth says one)."
      : `  One outcome is worth ${formatMoney(worth, currency)}${error}.`,
    ...(baseline === null
      ? []
      : [`  Bounds of waits are those of ${baseline.from.slice(0, 10)} up to ${baseline.to.slice(0, 10)}.`]),
  ];
}

/** The list: sentences and costs, incidents, where time passes, frictions without a claim, what would bias it. */
export function renderPainPoints(answer: ListAnswer): string[] {
  const incidents = answer.painPoints.filter(({ incident }) => incident);
  return [
    ...renderQuestion(answer),
    ...renderPains(answer),
    ...renderGrounds(answer),
    ...renderIncidents(incidents, answer),
    ...renderWaits(answer),
    ...renderRejected(answer),
    ...renderCaveats("What would bias this", answer.caveats),
  ];
}

/** What handling costs, by touchpoint. */
export function renderHandlingCosts({ costs, currency }: Answer<"handling-costs">): string[] {
  if (costs.length === 0) return ["No handling has a price. Set one with: waymark pain-points cost TOUCHPOINT AMOUNT"];
  return renderTable(
    [
      { title: "Touchpoint", value: ({ touchpoint }) => touchpoint },
      { title: "One event costs", align: "right", value: ({ amount }) => formatMoney(amount, currency) },
    ],
    costs,
  );
}
