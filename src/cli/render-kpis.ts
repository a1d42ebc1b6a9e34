/**
 * The KPIs on a terminal: value, interval, n; and in words what is missing where a number cannot be given.
 * The numbers come from the answer; only their form is made here. Definitions: docs/kpis.md.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatMoney, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { renderTable } from "./table.ts";

type KpisAnswer = Answer<"kpis">;
type Kpi = KpisAnswer["kpis"][number];
type Measured = Extract<Kpi, { readonly value: number }>;

const CURRENCY = /^[A-Z]{3}$/u;

function formatValue(value: number, unit: string): string {
  if (unit.startsWith("share")) return formatShare(value);
  return CURRENCY.test(unit) ? formatMoney(value, unit) : formatNumber(Number(value.toPrecision(12)));
}

function formatInterval({ low, high, unit }: Measured): string {
  if (low === null || high === null) return "";
  return unit.startsWith("share") ? formatShareInterval(low, high) : `${low.toFixed(2)}–${high.toFixed(2)}`;
}

function isMeasured(kpi: Kpi): kpi is Measured {
  return kpi.value !== null;
}

/** Every currency, where there is more than the main one. */
function renderCurrencies(kpis: readonly Measured[]): string[] {
  return kpis
    .filter(({ byCurrency }) => Object.keys(byCurrency ?? {}).length > 1)
    .map(({ id, byCurrency }) => {
      const sums = Object.entries(byCurrency ?? {}).map(([currency, value]) =>
        formatMoney(value, currency || "(no currency)"),
      );
      return `  ${id} by currency: ${sums.join(", ")}`;
    });
}

export function renderKpis(answer: KpisAnswer): string[] {
  const measured = answer.kpis.filter(isMeasured);
  const missing = answer.kpis.filter((kpi) => !isMeasured(kpi));
  const until =
    answer.endOfData === null ? "no events yet" : `${answer.journey} journeys, data until ${answer.endOfData}`;
  return [
    ...renderBasis("KPIs", until, answer),
    ...renderTable(
      [
        { title: "KPI", value: (kpi) => kpi.id },
        { title: "Value", align: "right", value: (kpi) => formatValue(kpi.value, kpi.unit) },
        { title: "95 % interval", align: "right", value: formatInterval },
        { title: "n", align: "right", value: (kpi) => formatNumber(kpi.n) },
        { title: "Unit", value: (kpi) => kpi.unit },
      ],
      measured,
    ),
    ...renderCurrencies(measured),
    ...(missing.length > 0 ? ["", "Not enough data:"] : []),
    ...missing.map(
      ({ id, n, required, message }) => `  ${id}: ${message} (n = ${formatNumber(n)}, takes ${formatNumber(required)})`,
    ),
  ];
}
