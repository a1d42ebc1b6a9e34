/**
 * What can be chosen in the form: touchpoints, fields that tell groups apart with their values, numbers that events carry. Pure.
 */
import type { Answer } from "../../../api/types.ts";
import { fieldPath } from "../../../scope/filter-text.ts";

export interface FieldChoices {
  readonly touchpoints: readonly string[];
  readonly fields: readonly { readonly group: string; readonly items: { value: string; label: string }[] }[];
  readonly values: ReadonlyMap<string, readonly string[]>;
  /** Types of objects that can be counted instead of customers. */
  readonly objects: readonly string[];
  readonly numbers: { readonly value: string; readonly label: string }[];
}

/** Journeys of customers; every other definition is a type of object. */
const PERSONAL: ReadonlySet<string> = new Set(["life", "visit", "order-cycle"]);

const isNumeric = (value: string) => value.trim() !== "" && Number.isFinite(Number(value));

type Fields = Pick<Answer<"fields">, "touchpoints" | "traits" | "properties" | "channels" | "journeys">;

export function listChoices({ touchpoints, traits, properties, channels, journeys }: Fields): FieldChoices {
  const ofTraits = traits.map(({ name, values }) => ({ path: fieldPath("customer", name), name, values }));
  const ofEvents = properties.map(({ name, values }) => ({ path: fieldPath("prop", name), name, values }));
  const item = ({ path, name }: { path: string; name: string }) => ({ value: path, label: name });
  const numeric = properties.filter(({ values }) => values.length > 0 && values.every(({ value }) => isNumeric(value)));
  return {
    touchpoints: touchpoints.filter(({ hidden }) => !hidden).map(({ name }) => name),
    fields: [
      { group: "About the customer", items: ofTraits.map(item) },
      { group: "About the event", items: [...ofEvents.map(item), { value: "channel", label: "channel" }] },
    ].filter(({ items }) => items.length > 0),
    values: new Map([
      ...[...ofTraits, ...ofEvents].map(({ path, values }) => [path, values.map(({ value }) => value)] as const),
      ["channel", channels.map(({ channel }) => channel)] as const,
    ]),
    objects: journeys.filter((name) => !PERSONAL.has(name)),
    numbers: [
      { value: "value", label: "value (money)" },
      { value: "score", label: "score" },
      { value: "nps", label: "NPS of the score" },
      ...numeric.map(({ name }) => ({ value: name, label: name })),
    ],
  };
}
