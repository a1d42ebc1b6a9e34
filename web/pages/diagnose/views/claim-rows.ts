/**
 * Claims as rows: for the forest, for its words, and for the table that says the same.
 */
import { describeQuestion } from "../../../../src/domain/moment-condition.ts";
import { nameMoment } from "../../../../src/domain/moment-words.ts";
import type { ForestRow } from "../../../charts/svg-forest.ts";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, formatDecimal, formatShare, NONE } from "../../../ui/format.ts";
import {
  type Claim,
  candidateKey,
  effectUnit,
  formatChance,
  formatEffect,
  formatEffectNumber,
  formatEnds,
  formatImpact,
  formatLevel,
  formatMoney,
  judgeEffect,
  type Of,
  type Report,
} from "./effect-words.ts";

type Asked = Pick<Report, "outcome" | "of" | "currency">;

/** "3,276 touches of 1,402 customers; +383 outcomes; +34,000 EUR". */
export function describeReach({ reach, customers, impact, money }: Claim, { of, currency }: Asked): string {
  const unit = of ? "points in all" : "outcomes";
  const parts = [
    `${formatCountOf(reach, of ? "answer" : "touch", of ? "answers" : "touches")} of ${formatCountOf(customers, "customer")}`,
    `${formatImpact(impact, of)} ${unit}`,
    ...(money === null ? [] : [formatMoney(money, currency)]),
  ];
  return parts.join("; ");
}

export function toForestRow(claim: Claim, { outcome, of }: Asked): ForestRow {
  return {
    key: candidateKey(claim),
    label: nameMoment(claim),
    detail: describeQuestion(claim),
    value: claim.effect,
    low: claim.low,
    high: claim.high,
    crude: claim.crude,
    tone: judgeEffect(claim.effect, outcome),
    words: `${formatEffect(claim.effect, of)} (${formatEnds(claim, of)}), crude ${formatEffectNumber(claim.crude, of)}`,
  };
}

function effectColumn(key: "effect" | "low" | "high" | "crude", title: string, of: Of): Column<Claim> {
  return {
    key,
    title,
    align: "right",
    value: (claim) => claim[key],
    format: (claim) => formatEffectNumber(claim[key], of),
  };
}

/** Raw values in the CSV: fractions, or points of the score. */
export function claimColumns({ of, currency }: Asked): Column<Claim>[] {
  const count = (key: "reach" | "customers", title: string): Column<Claim> => ({
    key,
    title,
    align: "right",
    value: (claim) => claim[key],
    format: (claim) => formatCount(claim[key]),
  });
  return [
    { key: "touchpoint", title: "Touchpoint", value: nameMoment },
    { key: "contrast", title: "Question", value: describeQuestion },
    effectColumn("effect", `Effect, ${effectUnit(of)}`, of),
    effectColumn("low", "95 % from", of),
    effectColumn("high", "95 % to", of),
    effectColumn("crude", "Crude", of),
    {
      key: "exposed",
      title: "With it",
      align: "right",
      value: ({ exposedRate }) => exposedRate,
      format: ({ exposedRate }) => formatLevel(exposedRate, of),
    },
    {
      key: "comparison",
      title: "Instead",
      align: "right",
      value: ({ comparisonRate }) => comparisonRate,
      format: ({ comparisonRate }) => formatLevel(comparisonRate, of),
    },
    {
      key: "relative",
      title: "Relative",
      align: "right",
      value: ({ relative }) => relative,
      format: ({ relative }) => formatShare(relative),
    },
    count("reach", of ? "Answers" : "Touches"),
    count("customers", "Customers"),
    {
      key: "impact",
      title: of ? "Points in all" : "Outcomes more or fewer",
      align: "right",
      value: ({ impact }) => impact,
      format: ({ impact }) => formatImpact(impact, of),
    },
    {
      key: "money",
      title: currency === "" ? "Money" : currency,
      align: "right",
      value: ({ money }) => money,
      format: ({ money }) => formatMoney(money, ""),
    },
    { key: "q", title: "q", align: "right", value: ({ q }) => q, format: ({ q }) => formatChance(q) },
    {
      key: "eValue",
      title: "E-value",
      align: "right",
      value: ({ eValue }) => eValue,
      format: ({ eValue }) => (eValue === null ? NONE : formatDecimal(eValue, 1)),
    },
    { key: "label", title: "How sure", value: ({ label }) => label },
  ];
}
