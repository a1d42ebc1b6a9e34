/**
 * The KPIs on a terminal: value, interval, n; and in words what is missing where a number cannot be given.
 * The numbers come from the answer; only their form is made here. Definitions: docs/kpis.md.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatDuration, formatMoney, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { renderTable } from "./table.ts";

type KpisAnswer = Answer<"kpis">;
type Kpi = KpisAnswer["kpis"][number];
type Measured = Extract<Kpi, { readonly value: number }>;

const CURRENCY = /^[A-Z]{3}$/u;

/** A value in its unit: 51.7 %, 12.30 EUR, 3.5 min, 42. */
export function formatValue(value: number, unit: string): string {
  if (unit === "seconds") return formatDuration(value);
  if (unit.startsWith("share")) return formatShare(value);
  return CURRENCY.test(unit) ? formatMoney(value, unit) : formatNumber(Number(value.toPrecision(12)));
}

/** Both ends of an interval in their unit; nothing where there is none. */
export function formatInterval({ low, high, unit }: Pick<Measured, "low" | "high" | "unit">): string {
  if (low === null || high === null) return "";
  if (unit === "seconds") return `${formatDuration(low)} – ${formatDuration(high)}`;
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
