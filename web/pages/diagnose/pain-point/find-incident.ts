/**
 * The incident that an address or a finding names, on the data of today: the one of the same part of the customers that shares most days with it.
 */
import type { PainDetail, PainPoint } from "../views/pain-report.ts";
import type { IncidentName } from "../views/pain-search.ts";

export function findIncident({ incidents }: Pick<PainDetail, "incidents">, asked: IncidentName): PainPoint | undefined {
  const shared = ({ window: { from, to } }: PainPoint) =>
    Math.min(Date.parse(to), Date.parse(asked.to)) - Math.max(Date.parse(from), Date.parse(asked.from));
  return incidents
    .filter((one) => one.segment === asked.segment && shared(one) > 0)
    .toSorted((a, b) => shared(b) - shared(a))[0];
}
