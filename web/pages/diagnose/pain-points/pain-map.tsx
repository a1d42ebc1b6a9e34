/**
 * The measured journey coloured by what its pain points cost a month. The drawing is views/marked-map.tsx.
 */
import { Stack, Text } from "@mantine/core";
import { useCallback, useMemo } from "react";
import { type MapData, MarkedMap } from "../views/marked-map.tsx";
import { PainLink } from "../views/pain-link.tsx";
import { frictionKey, isClaimed, type PainReport } from "../views/pain-report.ts";
import type { PainPointsSearch } from "../views/pain-search.ts";
import { describeFacts, describeWeeks, sayCost } from "../views/pain-words.ts";
import { describePain, type PainHeat, painByNode, painMarks } from "./pain-heat.ts";

interface NodePainProps {
  readonly node: string;
  readonly heat: PainHeat;
  readonly report: PainReport;
  readonly search: PainPointsSearch;
}

function NodePain({ node, heat, report, search }: NodePainProps) {
  const own = heat.byNode.get(node);
  const frictions = own ? [...own.painPoints, ...own.incidents, ...own.rejected] : [];
  const asked = { ...search, outcome: report.outcome };
  return (
    <Stack component="section" gap={4} mt="sm" aria-label={`Found at ${node}`}>
      <Text fw={600} size="sm">
        {node.replace(/^=/u, "")}
      </Text>
      {frictions.length === 0 && <Text size="sm">No friction was seen here.</Text>}
      {frictions.map((one) => (
        <Text key={frictionKey(one)} size="sm">
          <PainLink friction={one} asked={asked} />
          {isClaimed(one) && one.incident ? `, ${describeWeeks(one)}` : ""}: {describeFacts(one)};{" "}
          {isClaimed(one) ? sayCost(one, report) : `no claim, ${one.reason}`}
        </Text>
      ))}
    </Stack>
  );
}

export interface PainMapProps {
  readonly map: MapData;
  readonly report: PainReport;
  readonly search: PainPointsSearch;
}

export function PainMap({ map, report, search }: PainMapProps) {
  const heat = useMemo(() => painByNode(report), [report]);
  const keep = useMemo(() => report.painPoints.map(({ touchpoint }) => touchpoint), [report]);
  const marks = useMemo(() => painMarks(heat, report), [heat, report]);
  const words = useCallback((id: string) => describePain(heat, id, report), [heat, report]);
  return (
    <MarkedMap
      map={map}
      title="Where it hurts"
      name="pain-on-the-journey"
      description="The measured journey, its touchpoints the hotter the more of the monthly cost stands there. Choose one to see all that was found there."
      keep={keep}
      marks={marks}
      words={words}
      found={(id) => words(id) || "no friction seen"}
      node={search.node}
    >
      {search.node !== undefined && <NodePain node={search.node} heat={heat} report={report} search={search} />}
    </MarkedMap>
  );
}
