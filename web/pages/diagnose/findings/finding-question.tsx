/**
 * What a finding was asked about, and the way back there, in the scope it was kept with: the page of its moment or pain point.
 */
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { nameMoment, nameOutcome } from "../../../../src/domain/moment-words.ts";
import { FRICTION_WORDS } from "../../../../src/domain/pain-words.ts";
import { describePeriod } from "../../../scope/scope.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { momentParameters } from "../views/moment-link.tsx";
import { frictionParameters, type IncidentName } from "../views/pain-search.ts";
import { describeWeeks, describeWhom } from "../views/pain-words.ts";
import type { Finding } from "./finding-words.ts";
import { readPain, readQuestion } from "./findings-search.ts";

type Scope = ReturnType<typeof readQuestion>["scope"];

function describeScope({ journey, from, to, outside, where }: Scope): string {
  return `${journey ?? "default"} journeys, ${describePeriod(from, to, outside)}, ${where ?? "no filter"}`;
}

/** ", 20 May 2024 – 9 Jun 2024, mobile"; "" where the friction as a whole was kept. */
function describeIncident(incident: IncidentName | undefined): string {
  return incident ? `, ${describeWeeks({ window: incident })}, ${describeWhom(incident)}` : "";
}

function PainQuestion({ finding, scope }: { readonly finding: Finding; readonly scope: Scope }): ReactNode {
  const { pain, incident } = readPain(finding.question);
  const { kind, touchpoint, outcome, property = null, bad = null } = pain;
  if (kind === undefined || touchpoint === undefined || outcome === undefined) return null;
  const told = [FRICTION_WORDS[kind], property, bad].filter((part) => part !== null).join(" ");
  return (
    <Text size="sm" data-testid="finding-question">
      <ScopeLink
        to="diagnose/pain-point"
        search={{
          ...scope,
          ...frictionParameters({ kind, touchpoint, property, bad }, { ...pain, outcome }, incident),
        }}
        inherit
      >
        {touchpoint} ({told}
        {describeIncident(incident)})
      </ScopeLink>{" "}
      and {nameOutcome({ outcome })}: {describeScope(scope)}
    </Text>
  );
}

export function FindingQuestion({ finding }: { readonly finding: Finding }) {
  const { moment, scope } = readQuestion(finding.question);
  if (finding.kind === "pain-point") return <PainQuestion finding={finding} scope={scope} />;
  const { touchpoint, outcome, of, contrast, property = null, bad = null } = moment;
  if (touchpoint === undefined || outcome === undefined) return null;
  const candidate = { touchpoint, contrast, property, bad };
  return (
    <Text size="sm">
      <ScopeLink
        to="diagnose/moment"
        search={{ ...scope, ...momentParameters(candidate, { ...moment, outcome, of }) }}
        inherit
      >
        {nameMoment(candidate)}
      </ScopeLink>{" "}
      and {nameOutcome({ outcome, of })}: {describeScope(scope)}
    </Text>
  );
}
