/**
 * Moments of truth on a terminal: first the sentence, then the numbers, then what was rejected and why.
 * The numbers come from the answer and the words from domain/moment-words.ts; only their form is made here.
 */

import type { Answer } from "../api/operations.ts";
import {
  describeCaveats,
  describeMoment,
  describeWindow,
  explainLabel,
  explainRejection,
  nameMoment,
  nameOutcome,
} from "../domain/moment-words.ts";
import { explainReasons, listReasons, type ReasonLine } from "../domain/reason-words.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatNumber, formatShare } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type MomentsAnswer = Answer<"moments">;
type MomentAnswer = Answer<"moment">;
type Of = MomentsAnswer["of"];
type Candidate = MomentsAnswer["claims"][number] | MomentsAnswer["rejected"][number];

/** Rejected candidates listed; all of them are in the JSON. */
const SHOWN_REJECTED = 15;
const SHOWN_INSTEAD = 8;

/** With a sign: percentage points of a share ("−12.3"), points of the score ("−1.83"), NPS points. */
export function formatEffect(value: number | null, of: Of): string {
  if (value === null) return "–";
  const text = (Math.abs(value) * (of === "score" ? 1 : 100)).toFixed(of === "score" ? 2 : 1);
  if (Number(text) === 0) return text;
  return `${value < 0 ? "−" : "+"}${text}`;
}

/** "−15.1 … −9.5". */
export function formatRange(
  { low, high }: { readonly low: number | null; readonly high: number | null },
  of: Of,
): string {
  return low === null || high === null ? "" : `${formatEffect(low, of)} … ${formatEffect(high, of)}`;
}

/** A rate, or a mean: "21.4 %", "3.72", "−12.5" for the NPS. */
function formatLevel(value: number | null, of: Of): string {
  if (!of || value === null) return formatShare(value);
  return (of === "nps" ? (value * 100).toFixed(1) : value.toFixed(2)).replace("-", "−");
}

/** A p or q value: ".012", "< .001". */
export function formatChance(p: number): string {
  return p < 0.001 ? "< .001" : p.toFixed(3).replace(/^0/u, "");
}

/** Outcomes are whole things; points of a score are not. */
function formatImpact(impact: number): string {
  const text = formatNumber(Math.round(Math.abs(impact)));
  if (text === "0") return text;
  return `${impact < 0 ? "−" : "+"}${text}`;
}

function formatMoneyWithSign(money: number | null, currency: string): string {
  if (money === null) return "";
  return `${money < 0 ? "−" : "+"}${formatNumber(Math.abs(Math.round(money)))}${currency ? ` ${currency}` : ""}`;
}

function describeQuestion({ outcome, of, withinMs }: MomentsAnswer | MomentAnswer): string {
  return `${nameOutcome({ outcome, of })} within ${describeWindow(withinMs)}`;
}

function describeBase({ base, of, n }: MomentsAnswer | MomentAnswer): string {
  const counted = formatCount(n, of ? "answer" : "touch", of ? "answers" : "touches");
  if (base === null) return counted;
  return of ? `${counted}, mean ${formatLevel(base, of)}` : `${counted}, ${formatShare(base)} reach it`;
}

const UNITS = { score: "points of the score", nps: "NPS points", share: "percentage points" } as const;

function legend({ of }: MomentsAnswer | MomentAnswer): string[] {
  return [
    `  Effects are in ${UNITS[of ?? "share"]}, among touches in the same situation; intervals allow for how many claims are made.`,
  ];
}

function claimColumns({ of, currency }: MomentsAnswer): Column<MomentsAnswer["claims"][number]>[] {
  const right = { align: "right" } as const;
  return [
    { title: "Moment", value: nameMoment },
    { title: "Effect", ...right, value: ({ effect }) => formatEffect(effect, of) },
    { title: "95 % interval", ...right, value: (claim) => formatRange(claim, of) },
    { title: "Plain difference", ...right, value: ({ crude }) => formatEffect(crude, of) },
    { title: "q", ...right, value: ({ q }) => formatChance(q) },
    { title: "E-value", ...right, value: ({ eValue }) => (eValue === null ? "–" : eValue.toFixed(1)) },
    { title: "Touches", ...right, value: ({ reach }) => formatNumber(reach) },
    { title: of ? "Points in all" : "Outcomes", ...right, value: ({ impact }) => formatImpact(impact) },
    { title: "Worth", ...right, value: ({ money }) => formatMoneyWithSign(money, currency) || "–" },
    { title: "", value: ({ label, simpson }) => (simpson ? `${label}; plainly the other way` : label) },
  ];
}

function renderClaims(answer: MomentsAnswer): string[] {
  const { claims, tested, minimumEffect, of } = answer;
  const least = minimumEffect === null ? "" : ` of at least ${formatEffect(minimumEffect, of).replace("+", "")} points`;
  if (claims.length === 0)
    return [`No moment of truth here: of ${formatCount(tested, "candidate")} none has a sure effect${least}.`];
  const sentences = claims.map((claim) => `  ${describeMoment(claim, answer)}.`);
  return [
    `${formatCount(claims.length, "moment")} of truth among ${formatCount(tested, "candidate")} tested, the largest impact first`,
    ...sentences,
    "",
    ...renderTable(claimColumns(answer), claims),
    ...legend(answer),
  ];
}

function renderStructural({ structural }: MomentsAnswer): string[] {
  if (structural.length === 0) return [];
  return [
    "",
    "Everyone passes here: steps on the way of at least 95 % of those who get there, set aside",
    ...renderTable(
      [
        { title: "Touchpoint", value: ({ touchpoint }) => touchpoint },
        { title: "Share", align: "right", value: ({ share }) => formatShare(share) },
        { title: "of", align: "right", value: ({ n }) => formatNumber(n) },
      ],
      structural,
    ),
  ];
}

function renderRejected({ rejected, of }: MomentsAnswer): string[] {
  if (rejected.length === 0) return [];
  const shown = rejected.slice(0, SHOWN_REJECTED);
  return [
    "",
    `Rejected (${formatCount(rejected.length, "candidate")})`,
    ...renderTable(
      [
        { title: "Candidate", value: nameMoment },
        { title: "Effect", align: "right", value: ({ effect }) => formatEffect(effect, of) },
        { title: "95 % interval", align: "right", value: (one) => formatRange(one, of) },
        { title: "Plain difference", align: "right", value: ({ crude }) => formatEffect(crude, of) },
        { title: "Placebo", align: "right", value: ({ placebo }) => formatEffect(placebo?.effect ?? null, null) },
        { title: "Touches", align: "right", value: ({ reach }) => formatNumber(reach) },
        { title: "Reason", value: ({ reason }) => reason },
        { title: "", whole: true, value: ({ detail }) => detail },
      ],
      shown,
    ),
    ...(rejected.length > shown.length ? [`  and ${formatNumber(rejected.length - shown.length)} more (--json)`] : []),
  ];
}

export function renderCaveats(title: string, caveats: readonly string[]): string[] {
  return caveats.length === 0 ? [] : ["", title, ...caveats.map((caveat) => `  - ${caveat}`)];
}

/** The list: sentences, claims, what everyone passes, what was rejected and why, what would bias it. */
export function renderMoments(answer: MomentsAnswer): string[] {
  const counts = `${describeBase(answer)}, ${formatCount(answer.customers, "customer")}`;
  return [
    ...renderBasis(`What decides ${describeQuestion(answer)}`, counts, answer),
    ...renderClaims(answer),
    ...renderStructural(answer),
    ...renderRejected(answer),
    ...renderCaveats("What would bias this", answer.caveats),
  ];
}

type Splits = MomentAnswer["overTime"];

function renderSplits(title: string, first: string, rows: Splits, of: Of): string[] {
  if (rows.length === 0) return [];
  return [
    "",
    title,
    ...renderTable(
      [
        { title: first, value: ({ value }) => value || "(empty)" },
        { title: "Effect", align: "right", value: ({ effect }) => formatEffect(effect, of) },
        { title: "95 % interval", align: "right", value: (row) => formatRange(row, of) },
        { title: "Plain difference", align: "right", value: ({ crude }) => formatEffect(crude, of) },
        { title: "Touches", align: "right", value: ({ n }) => formatNumber(n) },
      ],
      rows,
    ),
  ];
}

/** What the same comparison shows of something from before. */
export function describePlacebo({ of, effect, low, high, p }: NonNullable<Candidate["placebo"]>): string {
  const range = formatRange({ low, high }, null);
  return `  Checked on ${of}: difference ${formatEffect(effect, null)} points (${range}), p ${formatChance(p)}`;
}

function renderClaim(claim: NonNullable<MomentAnswer["claim"]>, answer: MomentAnswer): string[] {
  const { of, currency } = answer;
  const { effect, crude, exposedRate, comparisonRate, placebo, money, q, eValue } = claim;
  const worth = formatMoneyWithSign(money, currency);
  return [
    `${describeMoment(claim, answer)}.`,
    `  ${explainLabel(claim.label)}`,
    "",
    `  Effect ${formatEffect(effect, of)} (${formatRange(claim, of)}), plain difference ${formatEffect(crude, of)}; q ${formatChance(q)}`,
    `  With it ${formatLevel(exposedRate, of)}, compared with ${formatLevel(comparisonRate, of)} in the same situation`,
    `  ${formatCount(claim.reach, "touch", "touches")} of ${formatCount(claim.customers, "customer")}${worth ? `; worth ${worth}` : ""}${eValue === null ? "" : `; E-value ${eValue.toFixed(2)}`}`,
    placebo ? describePlacebo(placebo) : "  Nothing from before the journey to check it with",
  ];
}

function renderNoClaim(rejected: NonNullable<MomentAnswer["rejected"]>, { of }: MomentAnswer): string[] {
  const { effect, crude, placebo, reason, detail } = rejected;
  const range = formatRange(rejected, of);
  return [
    `${nameMoment(rejected)}: no claim.`,
    `  ${explainRejection(reason)}`,
    `  ${detail}`,
    "",
    `  Effect ${formatEffect(effect, of)}${range ? ` (${range})` : ""}, plain difference ${formatEffect(crude, of)}; ${formatCount(rejected.reach, "touch", "touches")}`,
    ...(placebo ? [describePlacebo(placebo)] : []),
  ];
}

/** Why the plain difference is not the effect; the parts only where the two differ enough. */
function renderReasons({ claim, rejected, reasons, of, minimumEffect }: MomentAnswer): string[] {
  const candidate = claim ?? rejected;
  const explained = candidate ? explainReasons(candidate, reasons, { of, minimumEffect }) : undefined;
  // What rests on too few is a result, never a number.
  if (!explained || rejected?.reason === "too few") return [];
  const lines = listReasons(reasons);
  const side = (value: number | null, { share }: ReasonLine) =>
    value === null ? "" : share ? formatShare(value) : value.toFixed(1);
  const table = renderTable<ReasonLine>(
    [
      { title: "What was there before", value: ({ label }) => label },
      { title: "With it", align: "right", value: (line) => side(line.exposed, line) },
      { title: "Others", align: "right", value: (line) => side(line.others, line) },
      { title: "Part", align: "right", value: ({ difference }) => formatEffect(difference, of) },
    ],
    lines,
  );
  return ["", explained.sentence, ...(explained.differs ? table : [])];
}

function renderInstead({ instead }: MomentAnswer): string[] {
  if (instead.length === 0) return [];
  return [
    "",
    "What happened instead, in the same situations",
    ...renderTable(
      [
        { title: "Touchpoint", value: ({ touchpoint }) => touchpoint },
        { title: "Share", align: "right", value: ({ share }) => formatShare(share) },
      ],
      instead.slice(0, SHOWN_INSTEAD),
    ),
  ];
}

function renderSegments({ bySegment: { trait, traits, rows, p }, of }: MomentAnswer): string[] {
  if (trait === null) return [];
  const others = traits.filter((one) => one !== trait);
  return [
    ...renderSplits(`By ${trait}`, trait, rows, of),
    ...(p === null ? [] : [`  The effect is the same in all of them: p ${formatChance(p)}.`]),
    ...(others.length > 0 ? [`  Also by: ${others.join(", ")} (--segment TRAIT)`] : []),
  ];
}

/** One candidate in full. */
export function renderMoment(answer: MomentAnswer): string[] {
  const { claim, rejected, of, caveats } = answer;
  return [
    ...renderBasis(`What decides ${describeQuestion(answer)}`, describeBase(answer), answer),
    ...(claim ? renderClaim(claim, answer) : []),
    ...(rejected ? renderNoClaim(rejected, answer) : []),
    ...renderReasons(answer),
    ...renderSegments(answer),
    ...renderSplits("Over time", "Month", answer.overTime, of),
    ...renderInstead(answer),
    ...(claim ? renderCaveats("What to keep in mind", describeCaveats(claim, { of })) : []),
    ...renderCaveats("What would bias this", caveats),
  ];
}
