/**
 * The fit on a terminal: what to expect, how each model and baseline did on the hold-out, parameters, warnings.
 * The numbers come from the answer and the names from domain/repurchase-words.ts; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { BASELINE_WORDS, MODEL_WORDS } from "../domain/repurchase-words.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatMoney, formatNumber, formatShare } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type FitAnswer = Answer<"repurchase">;
type Model = FitAnswer["models"][number];
type Scores = Model["holdout"];
type Outlook = NonNullable<FitAnswer["outlook"]>;

const right = { align: "right" } as const;

/** "+4.4 %", "−12.9 %": a forecast's total against what came. */
export function formatBias(bias: number | null): string {
  if (bias === null) return "–";
  return `${bias < 0 ? "−" : "+"}${formatShare(Math.abs(bias))}`;
}

function formatFixed(value: number | null, digits: number): string {
  return value === null ? "–" : value.toFixed(digits);
}

interface Candidate {
  readonly name: string;
  readonly scores: Scores;
}

const SCORES: readonly Column<Candidate>[] = [
  { title: "RMSE", ...right, value: ({ scores }) => formatFixed(scores.rmse, 4) },
  { title: "Deviance", ...right, value: ({ scores }) => formatFixed(scores.poissonDeviance, 4) },
  { title: "Bias", ...right, value: ({ scores }) => formatBias(scores.bias) },
  { title: "AUC", ...right, value: ({ scores }) => formatFixed(scores.auc, 4) },
  { title: "Top tenth", ...right, value: ({ scores }) => formatShare(scores.topDecileShare) },
  { title: "MAE", ...right, value: ({ scores }) => formatFixed(scores.mae, 4) },
  { title: "Correlation", ...right, value: ({ scores }) => formatFixed(scores.correlation, 4) },
];

function renderHoldout({ models, baselines, chosen, holdout, because }: FitAnswer): string[] {
  const rows = [
    ...models.map(({ id, holdout: scores }) => ({
      name: `${MODEL_WORDS[id].name}${id === chosen ? " (chosen)" : ""}`,
      scores,
    })),
    ...baselines.map(({ id, holdout: scores }) => ({ name: BASELINE_WORDS[id].name, scores })),
  ];
  const period =
    holdout === null ? "" : ` ${holdout.from} to ${holdout.to}: ${formatCount(holdout.actual, "purchase day")}`;
  return [
    "",
    `How each did on the hold-out${period}`,
    ...renderTable([{ title: "Model", value: ({ name }: Candidate) => name }, ...SCORES], rows),
    ...(because === null ? [] : [`  ${because}`]),
  ];
}

interface ParameterRow {
  readonly model: string;
  readonly name: string;
  readonly value: number;
  readonly error: number | null | undefined;
  readonly interval: { readonly low: number; readonly high: number | null } | undefined;
}

function listParameters({ id, parameters, standardErrors, intervals }: Model): ParameterRow[] {
  return Object.entries(parameters).map(([name, value], index) => ({
    model: index === 0 ? MODEL_WORDS[id].name : "",
    name,
    value,
    error: standardErrors[name],
    interval: intervals?.[name],
  }));
}

function formatParameter(value: number): string {
  return value >= 1e4 || (value !== 0 && value < 1e-3) ? value.toExponential(3) : value.toFixed(4);
}

function renderParameters({ models, patterns, customers, calibration }: FitAnswer): string[] {
  const period = calibration === null ? "" : `, ${calibration.from} to ${calibration.to}`;
  const columns: Column<ParameterRow>[] = [
    { title: "Model", value: ({ model }) => model },
    { title: "Parameter", value: ({ name }) => name },
    { title: "Value", ...right, value: ({ value }) => formatParameter(value) },
    {
      title: "Standard error",
      ...right,
      value: ({ error }) => (typeof error === "number" ? formatParameter(error) : ""),
    },
    {
      title: "95 % interval",
      value: ({ interval }) =>
        interval === undefined
          ? ""
          : `${formatParameter(interval.low)} … ${interval.high === null ? "no bound" : formatParameter(interval.high)}`,
    },
  ];
  return [
    "",
    `Fitted on ${formatCount(customers, "customer")} (${formatCount(patterns, "pattern")})${period}; times in weeks`,
    ...renderTable(columns, models.flatMap(listParameters)),
    ...models.flatMap(({ id, boundary }) => (boundary === null ? [] : [`  ${MODEL_WORDS[id].name}: ${boundary}`])),
  ];
}

/** "95 %: 7.1 to 9.4" */
function formatEnds({ low, high }: Outlook["orders"], format: (value: number) => string): string {
  return `95 %: ${format(low)} to ${format(high)}`;
}

function renderOutlook(outlook: Outlook): string[] {
  const { orders, buyers, value, currency, customers, alive, from, to } = outlook;
  const whole = (number: number) => formatNumber(Math.round(number));
  return [
    `From ${from} to ${to} (${formatCount(outlook.horizonDays, "day")}) expect`,
    `  ${whole(orders.value)} purchase days (${formatEnds(orders, whole)})`,
    `  of ${whole(buyers.value)} customers (${formatEnds(buyers, whole)})`,
    ...(value === null
      ? ["  worth an unknown sum: orders carry no value, or too few customers came back"]
      : [`  worth ${formatMoney(value.value, currency)} (${formatEnds(value, (sum) => formatMoney(sum))})`]),
    `  Of ${formatCount(customers, "customer")}, ${formatShare(alive)} are thought to be still customers.`,
  ];
}

function renderStates({ states, segments }: FitAnswer): string[] {
  if (states.length === 0) return [];
  return [
    "",
    "Where customers stand",
    ...renderTable(
      [
        { title: "State", value: ({ state }) => state },
        { title: "Customers", ...right, value: ({ customers }) => formatNumber(customers) },
        { title: "Expected", ...right, value: ({ expected }) => formatNumber(Math.round(expected)) },
      ],
      states,
    ),
    "",
    ...renderTable(
      [
        { title: "Segment", value: ({ segment }) => segment },
        { title: "Customers", ...right, value: ({ customers }) => formatNumber(customers) },
        { title: "Expected", ...right, value: ({ expected }) => formatNumber(Math.round(expected)) },
        { title: "Still customers", ...right, value: ({ alive }) => formatShare(alive) },
      ],
      segments,
    ),
  ];
}

/** What the numbers must be read with; nothing when there is no warning. */
export function renderWarnings(warnings: readonly { readonly message: string }[]): string[] {
  return warnings.length === 0 ? [] : ["", ...warnings.map(({ message }) => `! ${message}`)];
}

/** The whole fit. */
export function renderRepurchase(answer: FitAnswer): string[] {
  const model = answer.chosen === null ? "" : ` by ${MODEL_WORDS[answer.chosen].name}`;
  const known = answer.outlook === null ? answer.customers : answer.outlook.customers;
  return [
    ...renderBasis(`Re-purchase${model}`, formatCount(known, "customer"), answer),
    ...(answer.outlook === null ? [] : renderOutlook(answer.outlook)),
    ...renderWarnings(answer.warnings),
    ...renderHoldout(answer),
    ...renderStates(answer),
    ...renderParameters(answer),
  ];
}
