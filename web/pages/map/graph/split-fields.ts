/**
 * By which fields a step can be broken down, and which one is looked at first.
 */

/** What the answer of `fields` says of them. */
export interface KnownFields {
  readonly channels: readonly unknown[];
  readonly properties: readonly { readonly name: string; readonly distinct: number }[];
  readonly traits: readonly { readonly name: string; readonly distinct: number }[];
}

export interface SplitField {
  readonly value: string;
  readonly label: string;
}

/** More values than this are names or ids: each would stand for a handful of events. */
const MOST_VALUES = 200;
const useful = ({ distinct }: { readonly distinct: number }) => distinct > 1 && distinct <= MOST_VALUES;

/** Channel first, then properties of events, then traits of customers; the first one is looked at first. */
export function splitFields({ channels, properties, traits }: KnownFields): SplitField[] {
  const few = (a: { readonly distinct: number }, b: { readonly distinct: number }) => a.distinct - b.distinct;
  return [
    ...(channels.length > 1 ? [{ value: "channel", label: "channel" }] : []),
    ...properties
      .filter(useful)
      .toSorted(few)
      .map(({ name }) => ({ value: `prop.${name}`, label: name })),
    ...traits
      .filter(useful)
      .toSorted(few)
      .map(({ name }) => ({ value: `customer.${name}`, label: `customer: ${name}` })),
  ];
}
