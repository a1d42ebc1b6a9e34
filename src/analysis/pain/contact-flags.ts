/**
 * How long ago a customer was in contact about the same topic, as SQL over the arrays of one owner.
 * Which touchpoints are contacts is found in candidates.ts.
 */
import { TICKET_TYPES } from "../../domain/friction-names.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import type { MomentRows } from "../moment-rows.ts";
import type { Friction, FrictionSign } from "./friction.ts";

interface ContactFlag {
  readonly friction: Friction;
  readonly sign: Extract<FrictionSign, { by: "contact" }>;
}

/** Each contact's topic as a number: the text of the property that tells it, else the touchpoint. */
function topicArray(
  { outcome: { frame } }: MomentRows,
  contacts: readonly ContactFlag[],
  textsOf: (topic: string) => string,
): string {
  const topics = [...new Set(contacts.flatMap(({ sign }) => sign.topic ?? []))];
  const branches = topics.flatMap((topic, index) => {
    const told = contacts.filter(({ sign }) => sign.topic === topic).map(({ friction }) => friction.touch);
    const ids = frame.bag.bind(told, "Array(UInt16)");
    return [`t${index} != '' AND has(${ids}, a)`, `cityHash64('topic', t${index})`];
  });
  const itself = "cityHash64('touchpoint', a)";
  const names = ["a", ...topics.map((_, index) => `t${index}`)].join(", ");
  const told = branches.length === 0 ? itself : `multiIf(${[...branches, itself].join(", ")})`;
  return `arrayMap((${names}) -> ${told}, ${["ids", ...topics.map(textsOf)].join(", ")})`;
}

/** `tickets`: the ticket each event is about; '' without one. */
export function ticketAlias(frame: JourneyFrame): string {
  const types = frame.bag.bind([...TICKET_TYPES], "Array(String)");
  return `arrayMap((a, b) -> b[arrayFirstIndex(c -> has(${types}, lower(c)), a)], ${frame.kept("objectTypes")}, ${frame.kept("objectIds")}) AS tickets`;
}

/**
 * `contacts`: milliseconds since the customer's earlier contact about the same topic, whatever the attempt; −1 without one.
 * A ticket is one contact, its first event. Contacts are sorted by topic, compared with their neighbour and put back in
 * their places by sorting again: looking back from each would be quadratic.
 * Behind `tickets`.
 * @param textsOf name of the array of a property's texts
 */
export function contactAliases(
  rows: MomentRows,
  contacts: readonly ContactFlag[],
  textsOf: (topic: string) => string,
): string[] {
  if (contacts.length === 0) return [];
  const { frame } = rows.outcome;
  const touches = frame.bag.bind(
    contacts.map(({ friction }) => friction.touch),
    "Array(UInt16)",
  );
  const only = (array: string) => `arrayFilter((a, b) -> b, ${array}, opens)`;
  const before = (array: string, first: string) => `arrayPopBack(arrayPushFront(${array}, ${first}))`;
  return [
    `arrayMap((a, b, c) -> toUInt8(has(${touches}, a) AND (b = '' OR c = 1)), ids, tickets, arrayEnumerateUniq(tickets)) AS opens`,
    `arrayZip(${only(topicArray(rows, contacts, textsOf))}, ${only("arrayEnumerate(ids)")}) AS topicPlaces`,
    `arraySort((a, b) -> b, ${only("at")}, topicPlaces) AS topicTimes`,
    "arraySort(topicPlaces) AS sortedPlaces",
    `arrayMap((a, b, c, d) -> if(c.1 = d.1, a - b, toInt64(-1)), topicTimes, ${before("topicTimes", "toInt64(0)")},
    sortedPlaces, ${before("sortedPlaces", "(toUInt64(0), toUInt32(0))")}) AS sinceContacts`,
    "arrayFilter((a, b) -> NOT b, arrayEnumerate(ids), opens) AS otherPlaces",
    `arraySort((a, b) -> b, arrayConcat(sinceContacts, arrayMap(a -> toInt64(-1), otherPlaces)),
    arrayConcat(arrayMap(a -> a.2, sortedPlaces), otherPlaces)) AS contacts`,
  ];
}
