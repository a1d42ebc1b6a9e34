/**
 * The signs of frictions as SQL: one mask an event, a bit for each friction of its touchpoint, and when its outcome counts.
 * Which frictions there are is found in candidates.ts; the masks are counted in facts.ts and tallies.ts.
 */
import type { ParameterBag } from "../filter.ts";
import type { BadWhen } from "../moment-candidates.ts";
import { gapsAhead, type MomentRows, NONE } from "../moment-rows.ts";
import { plainTextSql } from "../themes/plain-text.ts";
import { contactAliases, ticketAlias } from "./contact-flags.ts";
import { type Friction, type FrictionSign, isFlag, LAST_BIT, MOST_FLAGS } from "./friction.ts";

export interface PlacedFlag {
  readonly friction: Friction;
  /** From 0, in the order of the touchpoint's flags in the list. */
  readonly bit: number;
}

/** The flags among the frictions, each with its bit in the masks of its touchpoint. */
export function placeFlags(frictions: readonly Friction[]): PlacedFlag[] {
  const taken = new Map<number, number>();
  return frictions.filter(isFlag).map((friction) => {
    const bit = taken.get(friction.touch) ?? 0;
    if (bit >= MOST_FLAGS) throw new RangeError(`a touchpoint takes at most ${MOST_FLAGS} flags`);
    taken.set(friction.touch, bit + 1);
    return { friction, bit };
  });
}

/** Names of arrays over the kept events, and the aliases that make them. */
export interface FlagSql {
  /** For a WITH clause: those of the rows and all of this file. */
  readonly aliases: string;
  /** The same without those of the rows, to stand behind aliases that hold them already. */
  readonly own: string;
  /**
   * UInt8: the bits of the touchpoint's flags, and bit 7 where nothing follows in the attempt. An outcome that ends the
   * attempt of a life within the window follows, too.
   */
  readonly masks: string;
  /** Milliseconds until what follows; −1 where nothing does. */
  readonly gaps: string;
  /** When the trial begins: at the touch; where it may wait, with what follows, or with the bound where nothing does. */
  readonly settled: string;
  /** The rows' `results` and `ends`, from `settled` on. */
  readonly results: string;
  readonly ends: string;
  /** Arrays that are alike where one event repeats another, the touchpoint's id the second; null where none is looked for. */
  readonly repeats: string | null;
}

type GapFlag = PlacedFlag & { readonly sign: Extract<FrictionSign, { by: "gap" }> };

function ofKind<By extends FrictionSign["by"]>(flags: readonly PlacedFlag[], by: By) {
  return flags.flatMap((flag) =>
    flag.friction.sign.by === by ? [{ ...flag, sign: flag.friction.sign as Extract<FrictionSign, { by: By }> }] : [],
  );
}

/** `touch` → a number of its flag, for a lambda whose first argument is the touchpoint's id `a`. */
function byTouch<Flag extends PlacedFlag>(
  bag: ParameterBag,
  flags: readonly Flag[],
  read: (flag: Flag) => number,
  type: "UInt8" | "Int64",
  other: number,
): string {
  const ids = bag.bind(
    flags.map(({ friction }) => friction.touch),
    "Array(UInt16)",
  );
  return `transform(a, ${ids}, ${bag.bind(flags.map(read), `Array(${type})`)}, to${type}(${other}))`;
}

const bitOf = ({ bit }: PlacedFlag) => 2 ** bit;

/**
 * Trials of touches that may wait begin with the next event, on both sides: nobody has to survive a wait to be counted, and
 * both have the same time left from then on. Beginning sooner with those who wait would count their next event against the
 * window: among customers who come at random that alone looked like 1 to 3 points of harm.
 */
function settledAliases({ outcome: { frame, kind }, within, end }: MomentRows, waits: readonly GapFlag[]): string[] {
  if (waits.length === 0 || kind === "silence") return [];
  const bound = byTouch(frame.bag, waits, ({ sign }) => sign.overMs, "Int64", 0);
  return [
    `arrayMap((a, b, c) -> b + multiIf(${bound} = 0, toInt64(0), c < 0, ${bound}, c), ids, at, flagGaps) AS settled`,
    `arrayMap((a, b) -> toUInt8(b != ${NONE} AND b - a <= ${within}), settled, nextHits) AS flagResults`,
    `arrayMap(a -> toUInt8(a + ${within} <= ${end}), settled) AS flagEnds`,
  ];
}

type AgainFlag = PlacedFlag & { readonly sign: Extract<FrictionSign, { by: "again" }> };

/** What an event is about, where it came before for another order or ticket: a number, an array over the events. */
function aboutArray({ outcome: { frame } }: MomentRows, agains: readonly AgainFlag[]): string {
  const ids = agains.filter(({ sign }) => sign.each).map(({ friction }) => friction.touch);
  const each = frame.bag.bind(ids, "Array(UInt16)");
  return `arrayMap((a, b, c) -> if(has(${each}, a), cityHash64(b, c), toUInt64(0)), ids, ${frame.kept("orders")}, tickets)`;
}

interface Repeats {
  readonly aliases: readonly string[];
  readonly arrays: string | null;
}

/** `agains`: 1 where the touchpoint came before in the attempt, and none of a later stage since. */
function findRepeats(rows: MomentRows, agains: readonly AgainFlag[]): Repeats {
  if (agains.length === 0) return { aliases: [], arrays: null };
  const { frame } = rows.outcome;
  const groups = new Map<string, { later: readonly number[]; touches: number[] }>();
  for (const { friction, sign } of agains) {
    const group = groups.get(sign.later.join(" ")) ?? { later: sign.later, touches: [] };
    group.touches.push(friction.touch);
    groups.set(sign.later.join(" "), group);
  }
  const staged = [...groups.values()].filter(({ later }) => later.length > 0);
  const counters = staged.map(
    ({ later }, index) =>
      `arrayCumSum(arrayMap(a -> toUInt32(has(${frame.bag.bind(later, "Array(UInt16)")}, a)), ids)) AS laterSteps${index}`,
  );
  const names = staged.map((_, index) => `c${index}`);
  const branches = staged.flatMap(({ touches }, index) => [
    `has(${frame.bag.bind(touches, "Array(UInt16)")}, a)`,
    `toUInt64(c${index})`,
  ]);
  const about = agains.some(({ sign }) => sign.each) ? `, ${aboutArray(rows, agains)}` : "";
  const own =
    staged.length === 0
      ? ""
      : `, arrayMap((${["a", ...names].join(", ")}) -> multiIf(${[...branches, "toUInt64(0)"].join(", ")}), ${["ids", ...staged.map((_, index) => `laterSteps${index}`)].join(", ")})`;
  // As often as nothing of a later stage came in between, the touchpoint's number runs on.
  const arrays = `attempts, ids${own}${about}`;
  return { aliases: [...counters, `arrayMap(a -> toUInt8(a > 1), arrayEnumerateUniq(${arrays})) AS agains`], arrays };
}

/** A condition on texts `t…` of the event's properties, its score `s` on scale `l`. */
function badSql(when: BadWhen, textOf: (property: string) => string, bag: ParameterBag): string {
  switch (when.kind) {
    case "equals":
      return `${textOf(when.property)} = ${bag.bind(when.value, "String")}`;
    case "above":
    case "below": {
      const operator = when.kind === "above" ? ">" : "<";
      return `ifNull(toFloat64OrNull(${textOf(when.property)}) ${operator} ${bag.bind(when.bound, "Float64")}, 0)`;
    }
    case "score":
      return `(toString(l) = ${bag.bind(when.scale, "String")} AND ifNull(s <= ${bag.bind(when.atMost, "Float64")}, 0))`;
  }
}

function propertiesOf(flags: readonly PlacedFlag[]): string[] {
  const names = flags.flatMap(({ friction: { sign } }) => {
    if (sign.by === "text") return [sign.property];
    if (sign.by === "contact") return sign.topic === null ? [] : [sign.topic];
    return sign.by === "property" && sign.when.kind !== "score" ? [sign.when.property] : [];
  });
  return [...new Set(names)];
}

/** The terms of a mask over the lambda's arguments: id `a`, gap `g`, again `n`, contact `k`, texts `t…`, score `s`, scale `l`. */
function maskTerms(
  { outcome: { frame } }: MomentRows,
  flags: readonly PlacedFlag[],
  textOf: (name: string) => string,
): string[] {
  const { bag } = frame;
  const bits = (some: readonly PlacedFlag[]) => byTouch(bag, some, bitOf, "UInt8", 0);
  const [gaps, agains, contacts] = [ofKind(flags, "gap"), ofKind(flags, "again"), ofKind(flags, "contact")];
  const over = () => byTouch(bag, gaps, ({ sign }) => sign.overMs, "Int64", -1);
  const soon = () => byTouch(bag, contacts, ({ sign }) => sign.withinMs, "Int64", -1);
  const term = (flag: PlacedFlag, condition: string) =>
    `if(a = ${bag.bind(flag.friction.touch, "UInt16")} AND ${condition}, ${bitOf(flag)}, 0)`;
  return [
    `if(g < 0, ${2 ** LAST_BIT}, 0)`,
    ...(gaps.length > 0 ? [`if(g > ${over()}, ${bits(gaps)}, 0)`] : []),
    ...(agains.length > 0 ? [`if(n, ${bits(agains)}, 0)`] : []),
    ...(contacts.length > 0 ? [`if(k >= 0 AND k <= ${soon()}, ${bits(contacts)}, 0)`] : []),
    ...ofKind(flags, "property").map((flag) => term(flag, badSql(flag.sign.when, textOf, bag))),
    ...ofKind(flags, "text").map((flag) =>
      term(flag, `match(${plainTextSql(textOf(flag.sign.property))}, ${bag.bind(flag.sign.pattern, "String")})`),
    ),
  ];
}

/** Masks of these frictions; an event of a touchpoint without any has only the last bit. */
export function compileFlags(rows: MomentRows, frictions: readonly Friction[]): FlagSql {
  const { frame } = rows.outcome;
  const flags = placeFlags(frictions);
  const properties = propertiesOf(flags);
  const textOf = (name: string) => `t${properties.indexOf(name)}`;
  const scored = flags.some(({ friction: { sign } }) => sign.by === "property" && sign.when.kind === "score");
  const waits = ofKind(flags, "gap");
  const agains = ofKind(flags, "again");
  const contacts = ofKind(flags, "contact");
  const texts = properties.map(
    (name, index) => `arrayMap(a -> a[${frame.bag.bind(name, "String")}], keptProperties) AS flagTexts${index}`,
  );
  const columns = [
    ...["ids AS a", "flagGaps AS g"],
    ...(agains.length > 0 ? ["agains AS n"] : []),
    ...(contacts.length > 0 ? ["contacts AS k"] : []),
    ...properties.map((_, index) => `flagTexts${index} AS t${index}`),
    ...(scored ? [`${frame.kept("scores")} AS s`, `${frame.kept("scales")} AS l`] : []),
  ].map((column) => column.split(" AS "));
  const settled = settledAliases(rows, waits);
  const repeats = findRepeats(rows, agains);
  const own = [
    `${gapsAhead(rows)} AS flagGaps`,
    ...settled,
    ...(contacts.length > 0 || agains.some(({ sign }) => sign.each) ? [ticketAlias(frame)] : []),
    ...repeats.aliases,
    ...(properties.length > 0 ? [`${frame.kept("properties")} AS keptProperties`] : []),
    ...texts,
    ...contactAliases(rows, contacts, (topic) => `flagTexts${properties.indexOf(topic)}`),
    `arrayMap((${columns.map(([, name]) => name).join(", ")}) -> toUInt8(${maskTerms(rows, flags, textOf).join(" + ")}), ${columns
      .map(([array]) => array)
      .join(", ")}) AS flagMasks`,
  ].join(",\n  ");
  return {
    ...{ aliases: `${rows.aliases},\n  ${own}`, own, masks: "flagMasks", gaps: "flagGaps" },
    repeats: repeats.arrays,
    ...(settled.length > 0
      ? { settled: "settled", results: "flagResults", ends: "flagEnds" }
      : { settled: "at", results: "results", ends: "ends" }),
  };
}
