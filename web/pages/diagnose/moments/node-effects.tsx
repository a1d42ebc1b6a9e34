/**
 * All that was found at the touchpoint chosen on the map, each candidate a link to its page.
 */
import { Stack, Text } from "@mantine/core";
import { describeQuestion } from "../../../../src/domain/moment-condition.ts";
import { candidateKey, formatEffect, formatEnds, type Report } from "../views/effect-words.ts";
import { MomentLink } from "../views/moment-link.tsx";
import type { MomentsSearch } from "../views/moments-search.ts";
import type { TouchpointEffects } from "./effect-marks.ts";

interface NodeEffectsProps {
  readonly node: string;
  readonly effects: TouchpointEffects | undefined;
  readonly report: Report;
  readonly search: MomentsSearch;
}

export function NodeEffects({ node, effects, report, search }: NodeEffectsProps) {
  const { outcome, of } = report;
  const asked = { ...search, outcome, of };
  const candidates = effects ? [...effects.claims, ...effects.rejected] : [];
  return (
    <Stack component="section" gap={4} mt="sm" aria-label={`Found at ${node}`}>
      <Text fw={600} size="sm">
        {node.replace(/^=/u, "")}
      </Text>
      {effects?.structural !== undefined && (
        <Text size="sm">Everyone who gets to the outcome passes here: whether it happens decides nothing.</Text>
      )}
      {candidates.length === 0 && effects?.structural === undefined && (
        <Text size="sm">
          It is the outcome itself, where a journey starts or ends, or nothing could be compared here.
        </Text>
      )}
      {candidates.map((one) => (
        <Text key={candidateKey(one)} size="sm">
          <MomentLink candidate={one} asked={asked} /> ({describeQuestion(one)}):{" "}
          {one.effect === null || ("reason" in one && one.reason === "too few")
            ? ""
            : `${formatEffect(one.effect, of)}, ${formatEnds(one, of)}; `}
          {"reason" in one ? `no claim, ${one.reason}` : one.label}
        </Text>
      ))}
    </Stack>
  );
}
