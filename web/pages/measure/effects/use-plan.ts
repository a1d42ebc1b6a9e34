/**
 * What follows from a form while it is filled in: the suggested design, the one in force, the question, and how its numbers are said.
 */
import { useMemo } from "react";
import type { Design } from "./design-words.ts";
import type { FieldChoices } from "./field-choices.ts";
import { type Question, type Spoken, speakOf } from "./metric-words.ts";
import { type PlanForm, questionOf } from "./plan-form.ts";
import { useTold } from "./report-facts.ts";
import { type Suggestion, suggestDesign } from "./suggest-design.ts";

export interface Planned {
  readonly suggestion: Suggestion;
  readonly design: Design;
  readonly question: Question | string;
  readonly spoken: Spoken;
}

/** How numbers are said while there is no whole question yet. */
function speakOfForm(form: PlanForm, design: Design, currency: string): Spoken {
  const quoted = (names: readonly string[]) =>
    `touchpoint in (${names.map((name) => JSON.stringify(name)).join(", ")})`;
  const metric = { kind: form.kind, event: quoted(form.events), per: quoted(form.per), of: form.of };
  const spoken = speakOf({ metric, design, unit: form.unit, period: form.period }, currency);
  return form.events.length === 0 ? { ...spoken, name: "the number", subject: "the number" } : spoken;
}

export function usePlan(form: PlanForm, choices: FieldChoices): Planned {
  const { currency } = useTold();
  return useMemo(() => {
    const values = choices.values.get(form.by) ?? [];
    const suggestion = suggestDesign(form, values.filter((value) => !form.treated.includes(value)).length);
    const design = form.design === "suggested" ? suggestion.design : form.design;
    const question = questionOf(form, design);
    const spoken = typeof question === "string" ? speakOfForm(form, design, currency) : speakOf(question, currency);
    return { suggestion, design, question, spoken };
  }, [form, choices, currency]);
}
