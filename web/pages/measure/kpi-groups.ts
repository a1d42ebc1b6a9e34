/**
 * The order in which KPIs are listed: what came, what was bought, who came back, how it was received.
 */

const GROUPS: readonly (readonly [title: string, kinds: readonly string[]])[] = [
  ["Traffic", ["customers", "journeys", "events", "conversion", "journey-duration", "stickiness"]],
  ["Orders and money", ["orders", "revenue", "net-revenue", "average-order-value", "purchase-frequency"]],
  [
    "Coming back",
    ["repeat-purchase-rate", "repeat-purchase-rate-90d", "repeat-purchase-days-rate", "time-to-second-order"],
  ],
  ["Delivery", ["late-delivery-share"]],
];
const SCORES = "Scores";

/** KPIs under their headings; a heading without any is left out, kinds nobody placed stand under Scores. */
export function groupKpis<Kpi extends { readonly id: string }>(
  kpis: readonly Kpi[],
): (readonly [string, readonly Kpi[]])[] {
  const headingOf = (id: string): string =>
    GROUPS.find(([, kinds]) => kinds.includes(id.split(":", 1)[0] ?? ""))?.[0] ?? SCORES;
  const order = (id: string): number => GROUPS.flatMap(([, kinds]) => kinds).indexOf(id);
  return [...GROUPS.map(([title]) => title), SCORES]
    .map((title) => {
      const members = kpis.filter(({ id }) => headingOf(id) === title);
      return [title, members.toSorted((a, b) => order(a.id) - order(b.id))] as const;
    })
    .filter(([, members]) => members.length > 0);
}
