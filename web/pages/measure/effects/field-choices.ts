/**
 * What can be chosen in the form: touchpoints, fields that tell groups apart with their values, numbers that events carry. Pure.
 */
import type { Answer } from "../../../api/types.ts";
import { fieldPath } from "../../../scope/filter-text.ts";
import { nameField } from "./question-words.ts";

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

/** Choices of the field that tells groups apart; what is typed and not known may be one that is still to come. */
export function fieldOptions({ fields }: Pick<FieldChoices, "fields">, by: string, typed: string) {
  const known = new Set(fields.flatMap(({ items }) => items.flatMap(({ value, label }) => [value, label])));
  const name = typed.trim();
  const coming = [
    ...(by === "" || known.has(by) ? [] : [{ value: by, label: nameField(by) }]),
    ...(name === "" || known.has(name) || name === nameField(by)
      ? []
      : [
          { value: fieldPath("customer", name), label: `${name}: a trait of the customer, still to come` },
          { value: fieldPath("prop", name), label: `${name}: a property of the event, still to come` },
        ]),
  ].filter(({ value }, index, all) => all.findIndex((one) => one.value === value) === index);
  return coming.length === 0 ? fields : [...fields, { group: "Not seen so far", items: coming }];
}

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
