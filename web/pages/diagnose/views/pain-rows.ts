/**
 * Pain points as rows: for the bars of costs, and for the tables that say the same with every number.
 */
import { FRICTION_WORDS } from "../../../../src/domain/pain-words.ts";
import type { CostRow } from "../../../charts/svg-costs.ts";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, NONE } from "../../../ui/format.ts";
import { formatChance, formatEffectNumber } from "./effect-words.ts";
import {
  type Asked,
  type Friction,
  frictionKey,
  isClaimed,
  monthlyCost,
  type PainPoint,
  type Rejected,
} from "./pain-report.ts";
import { describeFacts, formatAmount, formatSum, sayCost, TREND_WORDS } from "./pain-words.ts";

export function toCostRow(point: PainPoint, asked: Asked): CostRow[] {
  const cost = monthlyCost(point);
  if (cost === undefined) return [];
  const { fact, estimate } = cost;
  return [
    {
      key: frictionKey(point),
      label: point.name,
      detail: describeFacts(point),
      fact,
      estimate,
      words: sayCost(point, asked),
    },
  ];
}

interface NumberLooks<Row> {
  readonly value: (row: Row) => number | null;
  readonly format: (value: number) => string;
}

function numberColumn<Row>(key: string, title: string, { value, format }: NumberLooks<Row>): Column<Row> {
  return {
    key,
    title,
    align: "right",
    value,
    format: (row) => {
      const shown = value(row);
      return shown === null ? NONE : format(shown);
    },
  };
}

const plainSum = (value: number) => formatSum(value, "");

function factColumns<Row extends Friction>(currency: string): Column<Row>[] {
  const unit = currency === "" ? "" : `, ${currency} a month`;
  return [
    { key: "name", title: "What and where", value: ({ name }) => name },
    { key: "kind", title: "Kind", value: ({ kind }) => FRICTION_WORDS[kind] },
    numberColumn<Row>("direct", `Handling (fact)${unit}`, { value: ({ directCost }) => directCost, format: plainSum }),
  ];
}

function countColumns<Row extends Friction>(): Column<Row>[] {
  return [
    numberColumn<Row>("events", "Times in all", { value: ({ events }) => events, format: formatCount }),
    numberColumn<Row>("of", "Of so many", { value: ({ of }) => of, format: formatCount }),
    numberColumn<Row>("customers", "Customers", { value: ({ customers }) => customers, format: formatCount }),
    numberColumn<Row>("perMonth", "A month", { value: ({ perMonth }) => perMonth, format: formatAmount }),
  ];
}

function effectColumns<Row extends Friction>(): Column<Row>[] {
  const points = (value: number) => formatEffectNumber(value, null);
  return [
    numberColumn<Row>("effect", "Effect of one, points", { value: ({ effect }) => effect, format: points }),
    numberColumn<Row>("effectLow", "95 % from", { value: ({ low }) => low, format: points }),
    numberColumn<Row>("effectHigh", "95 % to", { value: ({ high }) => high, format: points }),
    numberColumn<Row>("crude", "Crude", { value: ({ crude }) => crude, format: points }),
  ];
}

/** Raw values in the CSV. */
export function painColumns({ currency }: Pick<Asked, "currency">): Column<PainPoint>[] {
  const unit = currency === "" ? "money" : currency;
  const money = (key: "value" | "low" | "high", title: string) =>
    numberColumn<PainPoint>(`risk-${key}`, title, { value: ({ valueAtRisk }) => valueAtRisk[key], format: plainSum });
  const lost = (key: "value" | "low" | "high", title: string) =>
    numberColumn<PainPoint>(`lost-${key}`, title, { value: (one) => one.outcomesAtRisk[key], format: formatAmount });
  return [
    ...factColumns<PainPoint>(currency),
    money("value", `At risk (estimate), ${unit} a month`),
    money("low", "80 % from"),
    money("high", "80 % to"),
    lost("value", "Outcomes lost a month"),
    lost("low", "80 % from"),
    lost("high", "80 % to"),
    ...countColumns<PainPoint>(),
    ...effectColumns<PainPoint>(),
    numberColumn<PainPoint>("q", "q", { value: ({ q }) => q, format: formatChance }),
    { key: "label", title: "How sure", value: ({ label }) => label },
    { key: "trend", title: "Trend", value: ({ trend }) => (trend === null ? null : TREND_WORDS[trend]) },
  ];
}

/** What rests on too few is a result, never a number. */
export function rejectedColumns({ currency }: Pick<Asked, "currency">): Column<Rejected>[] {
  const known = (column: Column<Rejected>): Column<Rejected> => ({
    ...column,
    value: (one) => (one.reason === "too few" ? null : column.value(one)),
    format: (one) => (one.reason === "too few" ? NONE : column.format?.(one)),
  });
  return [
    ...factColumns<Rejected>(currency),
    ...countColumns<Rejected>(),
    ...effectColumns<Rejected>().map(known),
    { key: "reason", title: "Why it is no claim", value: ({ reason }) => reason },
    { key: "detail", title: "Numbers", value: ({ detail }) => detail },
  ];
}

/** Claimed frictions, and incidents, each in the order of the answer. */
export function splitPain(painPoints: readonly PainPoint[]) {
  return {
    frictions: painPoints.filter(({ incident }) => !incident),
    incidents: painPoints.filter(({ incident }) => incident),
  };
}

/** Whether it is claimed and has its own estimate. */
export function isEstimated(friction: Friction): boolean {
  return friction.effect !== null && (isClaimed(friction) || friction.reason !== "too few");
}
