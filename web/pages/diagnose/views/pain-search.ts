/**
 * What of the pain-point pages stands in the address: the outcome, its window, its worth, where incidents are looked for; and which friction is open.
 * From it the questions are made; the outcome to begin with is proposed by default-outcome.ts.
 */
import { z } from "zod";
import { FRICTION_KINDS, frictionKindSchema } from "../../../../src/domain/friction.ts";
import type { Input } from "../../../api/types.ts";
import type { ScopeInput } from "../../../scope/scope.ts";
import { readWithin } from "../../map/funnel/funnel-search.ts";
import { momentsSearchSchema } from "./moments-search.ts";
import type { Friction } from "./pain-report.ts";

const text = z.string().min(1).optional().catch(undefined);

const askedSchema = momentsSearchSchema.omit({ of: true, contrast: true, node: true }).extend({
  /** The trait or property in whose values incidents are looked for. */
  segment: text,
});

export const painPointsSearchSchema = askedSchema.extend({
  /** Whether texts are read too, which takes longer. */
  themes: z.boolean().optional().catch(undefined),
  /** The touchpoint that is selected on the map. */
  node: z.coerce.string().optional().catch(undefined),
});
export type PainPointsSearch = z.output<typeof painPointsSearchSchema>;

export const painPointSearchSchema = askedSchema.extend({
  kind: frictionKindSchema.optional().catch(undefined),
  touchpoint: z.coerce.string().min(1).optional().catch(undefined),
  property: text,
  bad: text,
  /** The trait whose values are shown. */
  trait: text,
  /** Of an incident: its first day, the first day after it, and its part of the customers; without it everybody. */
  incidentFrom: text,
  incidentTo: text,
  incidentOf: text,
});
export type PainPointSearch = z.output<typeof painPointSearchSchema>;

/** What is kept of a pain point as a finding's question. */
export type PainQuestion = Extract<Input<"keep-finding">, { kind: "pain-point" }>["question"];

type Asked = Pick<PainPointSearch, "outcome" | "within" | "worth" | "segment">;

/** The asked outcome as parameters of any address of these pages. */
export function painParameters({ outcome, within, worth, segment }: Asked) {
  return { outcome, within: within === "30d" ? undefined : within, worth, segment };
}

type Named = Pick<Friction, "kind" | "touchpoint" | "property" | "bad">;
export type IncidentName = NonNullable<PainQuestion["incident"]>;

/** The parameters of a friction's page, or of an incident of it; all of it stands in the address. */
export function frictionParameters(
  { kind, touchpoint, property, bad }: Named,
  asked: Asked,
  incident?: IncidentName | undefined,
) {
  return {
    ...painParameters(asked),
    ...{ kind, touchpoint, property: property ?? undefined, bad: bad ?? undefined },
    ...(incident && {
      ...{ incidentFrom: incident.from, incidentTo: incident.to },
      incidentOf: incident.segment ?? undefined,
    }),
  };
}

/** The incident that an address names; undefined where it names none. */
export function incidentOf({ incidentFrom, incidentTo, incidentOf: segment }: PainPointSearch) {
  return incidentFrom === undefined || incidentTo === undefined
    ? undefined
    : { segment: segment ?? null, from: incidentFrom, to: incidentTo };
}

function common(scope: ScopeInput, outcome: string, { within, worth, segment }: Asked) {
  const withinMs = readWithin(within);
  return {
    ...scope,
    outcome,
    ...(withinMs === undefined ? {} : { withinMs }),
    ...(worth === undefined ? {} : { worth }),
    ...(segment === undefined ? {} : { segment }),
  };
}

export function painPointsQuestion(
  scope: ScopeInput,
  outcome: string,
  search: Asked & Pick<PainPointsSearch, "themes">,
): Input<"pain-points"> {
  return { ...common(scope, outcome, search), ...(search.themes ? { kinds: [...FRICTION_KINDS] } : {}) };
}

export function painPointQuestion(
  scope: ScopeInput,
  outcome: string,
  friction: Asked & Pick<Friction, "kind" | "touchpoint"> & Pick<PainPointSearch, "property" | "bad">,
): Input<"pain-point"> {
  const { kind, touchpoint, property, bad } = friction;
  return {
    ...common(scope, outcome, friction),
    kind,
    touchpoint,
    ...(property === undefined ? {} : { property }),
    ...(bad === undefined ? {} : { bad }),
  };
}
