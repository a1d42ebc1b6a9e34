/**
 * What the pages know of a KPI besides its number: name, definition, which way is better, target and baseline.
 */
import { useMemo } from "react";
import type { Answer } from "../../api/types.ts";
import { useAnswer } from "../../api/use-answer.ts";

export type Kpi = Answer<"kpis">["kpis"][number];

/** The unit of a KPI; one without a value has none. */
export function unitOf(kpi: Kpi | undefined): string {
  return kpi !== undefined && "unit" in kpi ? kpi.unit : "";
}

export interface Compared {
  readonly label: string;
  readonly baseLabel: string;
  readonly kpis: ReadonlyMap<string, Kpi> | undefined;
}

export type KpiDefinition = Answer<"kpi-definitions">["kpis"][number];

export interface KpiFacts {
  /** The KPI's own words; a KPI that nobody described is called by its id. */
  readonly define: (id: string) => Pick<KpiDefinition, "id" | "title" | "better"> & Partial<KpiDefinition>;
  readonly targetOf: (id: string) => { readonly target: number | null; readonly baseline: number | null };
}

const NOTHING_SET = { target: null, baseline: null } as const;

export function useKpiFacts(): KpiFacts {
  const { data: definitions } = useAnswer("kpi-definitions", {});
  const { data: targets } = useAnswer("targets", {});
  return useMemo(() => {
    const byId = new Map(definitions?.kpis.map((kpi) => [kpi.id, kpi]));
    const goals = new Map(targets?.targets.map(({ kpi, target, baseline }) => [kpi, { target, baseline }]));
    return {
      define: (id) => {
        const [kind = id, touchpoint] = id.split(/:(.*)/su);
        const found = byId.get(id) ?? byId.get(kind);
        if (!found) return { id, title: id, better: null };
        // A score's definition stands for its kind.
        return { ...found, id, title: touchpoint === undefined ? found.title : `${found.title} · ${touchpoint}` };
      },
      targetOf: (id) => goals.get(id) ?? NOTHING_SET,
    };
  }, [definitions, targets]);
}
