/**
 * The behaviours that are compared: what each is called, how a sentence begins with it, and which code stands for it in the engine.
 * They are found without looking at second purchases; how each compares is in signal-tallies.ts.
 */
import { isOpeningName } from "../../domain/friction-names.ts";
import type { Touchpoint } from "../../domain/touchpoint.ts";
import type { AnalysisContext } from "../context.ts";
import type { Signal } from "../repurchase-signals-schema.ts";
import { isDelivery, type LatenessForm, readLateness, tellsDiscount } from "./signal-fields.ts";
import type { FieldCount, SignalSurvey } from "./signal-survey.ts";

/** What tells that a customer shows a behaviour. */
export type SignalSource =
  | { readonly by: "touchpoint"; readonly touch: number }
  | { readonly by: "any contact"; readonly touches: readonly number[]; readonly ticketed: boolean }
  | { readonly by: "lateness"; readonly touch: number; readonly property: string; readonly form: LatenessForm }
  | { readonly by: "channel" | "product"; readonly value: string }
  | { readonly by: "survey"; readonly answer: "any" | "low" | "high" }
  | { readonly by: "discount"; readonly touch: number; readonly property: string };

export interface SignalCandidate {
  readonly kind: Signal["kind"];
  readonly name: string;
  /** "Customers who contact support": what a sentence begins with. */
  readonly subject: string;
  readonly source: SignalSource;
  /** From 1: stands for the behaviour; 0 stands for everybody. */
  readonly code: number;
  /** Stands for those of whom it is known whether they show it; 0: it is known of all. */
  readonly told: number;
}

const MOST_TOUCHPOINTS = 30;
const MOST_CONTACTS = 5;
const MOST_LATENESS = 4;
const MOST_DISCOUNTS = 3;

/** With the name of the group of which it is known: of everybody when left out. */
type Found = Omit<SignalCandidate, "code" | "told"> & { readonly among?: string };

/** Support's own touchpoints that are a customer's coming. */
function isContact({ stage, role, name }: Touchpoint): boolean {
  return stage === "support" && role === null && isOpeningName(name);
}

function byCustomers({ after }: SignalSurvey): (a: Touchpoint, b: Touchpoint) => number {
  return (a, b) => (after.get(b.id) ?? 0) - (after.get(a.id) ?? 0) || (a.name < b.name ? -1 : 1);
}

function fromTouchpoint(kind: "support contact" | "touchpoint", { id, name }: Touchpoint): Found {
  return { kind, name, subject: `Customers with «${name}»`, source: { by: "touchpoint", touch: id } };
}

function findContacts(seen: readonly Touchpoint[], ticketed: boolean): Found[] {
  const contacts = seen.filter(isContact);
  const touches = contacts.map(({ id }) => id);
  const [only, second] = contacts;
  if (only === undefined && !ticketed) return [];
  const any: Found = {
    ...{ kind: "support contact", subject: "Customers who contact support" },
    name: only !== undefined && second === undefined && !ticketed ? only.name : "Any contact with support",
    source: { by: "any contact", touches, ticketed },
  };
  const each = second === undefined && !ticketed ? [] : contacts.slice(0, MOST_CONTACTS);
  return [any, ...each.map((one) => fromTouchpoint("support contact", one))];
}

const LATENESS_WORDS: Readonly<Record<LatenessForm, (property: string) => string>> = {
  late: (property) => `with ${property} = yes`,
  "in time": (property) => `with ${property} = no`,
  days: (property) => `with ${property} > 0`,
  "promised day": (property) => `after ${property}`,
};

function findLateness(fields: readonly FieldCount[], byId: ReadonlyMap<number, Touchpoint>): Found[] {
  const found = fields.flatMap(({ onFirstDay, touch, property }): Found[] => {
    const touchpoint = byId.get(touch);
    if (onFirstDay === 1 || !touchpoint || !isDelivery(touchpoint)) return [];
    const form = readLateness(property, touchpoint);
    if (form === undefined) return [];
    const name = `${touchpoint.name} ${LATENESS_WORDS[form](property)}`;
    return [
      {
        ...{ kind: "late delivery", name, subject: `Customers whose delivery is late («${name}»)`, among: name },
        source: { by: "lateness", touch, property, form },
      },
    ];
  });
  return found.slice(0, MOST_LATENESS);
}

function findDiscounts(fields: readonly FieldCount[], byId: ReadonlyMap<number, Touchpoint>): Found[] {
  const found = fields.flatMap(({ onFirstDay, touch, property }): Found[] => {
    const touchpoint = byId.get(touch);
    if (onFirstDay === 0 || !touchpoint || !tellsDiscount(property)) return [];
    const name = `${touchpoint.name} with ${property}`;
    return [
      {
        ...{ kind: "discount", name, subject: `Customers whose first order has a discount («${name}»)` },
        source: { by: "discount", touch, property },
      },
    ];
  });
  return found.slice(0, MOST_DISCOUNTS);
}

const SURVEYS: readonly Found[] = [
  {
    ...{ kind: "survey answer", name: "Survey answered", subject: "Customers who answer a survey" },
    source: { by: "survey", answer: "any" },
  },
  {
    ...{ kind: "survey answer", name: "Survey answered with a low score", among: "answered" },
    ...{ subject: "Customers who answer a survey with a low score", source: { by: "survey", answer: "low" } },
  },
  {
    ...{ kind: "survey answer", name: "Survey answered with a high score", among: "answered" },
    ...{ subject: "Customers who answer a survey with a high score", source: { by: "survey", answer: "high" } },
  },
];

function numberAll(found: readonly Found[]): SignalCandidate[] {
  const groups = [...new Set(found.flatMap(({ among }) => among ?? []))];
  return found.map(({ among, ...candidate }, index) => ({
    ...candidate,
    code: index + 1,
    told: among === undefined ? 0 : found.length + groups.indexOf(among) + 1,
  }));
}

/** All behaviours that are looked at, each with its codes. */
export function listSignals(context: AnalysisContext, survey: SignalSurvey): SignalCandidate[] {
  const byId = new Map(context.touchpoints.map((touchpoint) => [touchpoint.id, touchpoint]));
  const seen = context.touchpoints
    .filter(({ id, role, hidden }) => survey.after.has(id) && role !== "order" && !hidden)
    .sort(byCustomers(survey));
  const others = seen.filter((touchpoint) => !isContact(touchpoint)).slice(0, MOST_TOUCHPOINTS);
  const channels = survey.channels.length < 2 ? [] : survey.channels;
  return numberAll([
    ...findContacts(seen, context.objectTypes.includes("ticket")),
    ...findLateness(survey.fields, byId),
    ...channels.map(
      (value): Found => ({
        ...{ kind: "channel", name: `channel = ${value}`, source: { by: "channel", value } },
        subject: `Customers whose first order comes by «${value}»`,
      }),
    ),
    ...survey.products.map(
      (value): Found => ({
        ...{ kind: "first product", name: `product = ${value}`, source: { by: "product", value } },
        ...{ subject: `Customers who begin with «${value}»`, among: "product" },
      }),
    ),
    ...SURVEYS,
    ...findDiscounts(survey.fields, byId),
    ...others.map((one) => fromTouchpoint("touchpoint", one)),
  ]);
}
