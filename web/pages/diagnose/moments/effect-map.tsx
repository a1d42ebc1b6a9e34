/**
 * The measured journey coloured by effect: where the outcome is made, where it is broken, where nothing can be claimed.
 * The drawing is views/marked-map.tsx.
 */
import { useCallback, useMemo } from "react";
import { nameOutcome } from "../../../../src/domain/moment-words.ts";
import type { Report } from "../views/effect-words.ts";
import { type MapData, MarkedMap } from "../views/marked-map.tsx";
import type { MomentsSearch } from "../views/moments-search.ts";
import { describeEffects, effectMarks, effectsByNode } from "./effect-marks.ts";
import { NodeEffects } from "./node-effects.tsx";

export interface EffectMapProps {
  readonly map: MapData;
  readonly report: Report;
  readonly search: MomentsSearch;
}

export function EffectMap({ map, report, search }: EffectMapProps) {
  const effects = useMemo(() => effectsByNode(report), [report]);
  const keep = useMemo(() => report.claims.map(({ touchpoint }) => touchpoint), [report]);
  const marks = useMemo(() => effectMarks(report, effects), [report, effects]);
  const words = useCallback(
    (id: string) => {
      const own = effects.get(id);
      return own ? describeEffects(own, report.of) : "";
    },
    [effects, report.of],
  );
  return (
    <MarkedMap
      map={map}
      title={`Where ${nameOutcome(report)} is made and broken`}
      name="moments-on-the-journey"
      description="The measured journey, its touchpoints marked by their strongest effect. Choose one to see all that was found there."
      keep={keep}
      marks={marks}
      words={words}
      found={(id) => words(id) || "not looked at"}
      node={search.node}
    >
      {search.node !== undefined && (
        <NodeEffects node={search.node} effects={effects.get(search.node)} report={report} search={search} />
      )}
    </MarkedMap>
  );
}
