/**
 * Selections by where journeys are: at a touchpoint (or stage), from one to the next, on a path, at their k-th step.
 * They count as map, variants, step matrix and Sankey count.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { findTouchpoint, STAGES } from "../domain/touchpoint.ts";
import type { AnalysisContext } from "./context.ts";
import type { JourneyFrame } from "./journey-frame.ts";
import { type NodeKind, UNMAPPED } from "./journey-steps.ts";
import type { Choice, SelectionPart } from "./selection-part.ts";

const nameSchema = z.string().min(1);
const othersSchema = z.array(nameSchema).max(100).optional();
const stepSchema = z.int().min(1).max(1_000);

export const placeSelectionSchema = z.discriminatedUnion("kind", [
  z.object({ kind: z.literal("all") }),
  /** Journeys with this touchpoint: a node of the map. */
  z.object({ kind: z.literal("touchpoint"), touchpoint: nameSchema }),
  z.object({ kind: z.literal("start"), touchpoint: nameSchema }),
  z.object({ kind: z.literal("end"), touchpoint: nameSchema }),
  /** Journeys that go from one to the other with nothing between: an edge of the map. */
  z.object({ kind: z.literal("step"), from: nameSchema, to: nameSchema }),
  /** Journeys of exactly this path: a variant. */
  z.object({ kind: z.literal("path"), path: z.array(nameSchema).min(1).max(10_000) }),
  /**
   * Journeys that are there at their k-th step, from 1: a cell of the step matrix, a node of the Sankey.
   * `touchpoint` null: those that have ended before; null with `not`: those that are at anything but these ("Other").
   */
  z.object({
    kind: z.literal("position"),
    step: stepSchema,
    touchpoint: nameSchema.nullable(),
    not: othersSchema,
    /** Only those for which this step is the last: a drop-out of the Sankey. */
    last: z.boolean().optional(),
  }),
  /** Journeys of a Sankey link from a level, from 1, to the next; null: at anything but `fromNot`/`toNot` ("Other"). */
  z.object({
    kind: z.literal("link"),
    level: stepSchema,
    from: nameSchema.nullable(),
    to: nameSchema.nullable(),
    fromNot: othersSchema,
    toNot: othersSchema,
  }),
]);
export type PlaceSelection = z.infer<typeof placeSelectionSchema>;

/** Names as small numbers, and the places of a row's events as such numbers. */
interface Places {
  /** Array over the events. */
  readonly sql: string;
  readonly numbers: (names: readonly string[]) => number[];
}

function namePlaces({ touchpoints }: AnalysisContext, { bag }: JourneyFrame, by: NodeKind): Places {
  const stages: readonly string[] = [...STAGES, UNMAPPED];
  const find = (name: string): number => {
    if (by === "touchpoint") return findTouchpoint(name, touchpoints, "the selection").id;
    if (!stages.includes(name))
      throw new AppError("invalid", `There is no stage «${name}». Known: ${stages.join(", ")}.`, { stage: name });
    return stages.indexOf(name) + 1;
  };
  const numbers = (names: readonly string[]) => names.map(find);
  if (by === "touchpoint" || touchpoints.length === 0) return { sql: "ids", numbers };
  const all = bag.bind(
    touchpoints.map(({ id }) => id),
    "Array(UInt16)",
  );
  const ofStage = bag.bind(
    touchpoints.map(({ stage }) => stages.indexOf(stage ?? UNMAPPED) + 1),
    "Array(UInt16)",
  );
  return { sql: `arrayMap(id -> transform(id, ${all}, ${ofStage}, toUInt16(${stages.length})), ids)`, numbers };
}

const BEFORE = "arrayPopBack(arrayPushFront(places, toUInt16(0)))";

class PlaceCompiler {
  readonly #places: Places;
  readonly #frame: JourneyFrame;

  constructor(places: Places, frame: JourneyFrame) {
    this.#places = places;
    this.#frame = frame;
  }

  #bind(names: readonly string[]): string {
    return this.#frame.bag.bind(this.#places.numbers(names), "Array(UInt16)");
  }

  /** Condition on one place: it is this one, or with null none of `not`. */
  #at(place: string, name: string | null, not: readonly string[] = []): string {
    return name === null ? `NOT has(${this.#bind(not)}, ${place})` : `has(${this.#bind([name])}, ${place})`;
  }

  #positions(): string {
    return this.#frame.single ? "arrayEnumerate(ids)" : "arrayEnumerateUniq(numbers)";
  }

  choose(select: PlaceSelection): Choice {
    switch (select.kind) {
      case "all":
        return { marks: "firsts" };
      case "touchpoint":
        return { marks: `arrayMap(place -> toUInt8(${this.#at("place", select.touchpoint)}), places)` };
      case "start":
      case "end":
        return this.#side(select.kind === "start" ? "firsts" : "lasts", select.touchpoint);
      case "step":
        return this.#step(select.from, select.to);
      case "path":
        return this.#path(select.path);
      case "position":
        return this.#position(select);
      case "link":
        return this.#link(select);
    }
  }

  #side(side: "firsts" | "lasts", touchpoint: string): Choice {
    return {
      marks: `arrayMap((place, side) -> toUInt8(side AND ${this.#at("place", touchpoint)}), places, ${side})`,
    };
  }

  #step(from: string, to: string): Choice {
    const walked = `${this.#at("before", from)} AND ${this.#at("place", to)}`;
    return { marks: `arrayMap((before, place, first) -> toUInt8(NOT first AND ${walked}), ${BEFORE}, places, firsts)` };
  }

  #path(path: readonly string[]): Choice {
    const walked = "arraySplit((place, first) -> first, places, firsts)";
    return { picks: `arrayMap(walk -> toUInt8(walk = ${this.#bind(path)}), ${walked})` };
  }

  #position({ step, touchpoint, not, last }: Extract<PlaceSelection, { kind: "position" }>): Choice {
    const nth = this.#frame.bag.bind(step, "UInt32");
    if (touchpoint === null && !not)
      return {
        marks: `arrayMap((position, last) -> toUInt8(last AND position < ${nth}), ${this.#positions()}, lasts)`,
      };
    const there = `position = ${nth} AND ${this.#at("place", touchpoint, not)}${last ? " AND last" : ""}`;
    return { marks: `arrayMap((position, place, last) -> toUInt8(${there}), ${this.#positions()}, places, lasts)` };
  }

  #link({ level, from, to, fromNot, toNot }: Extract<PlaceSelection, { kind: "link" }>): Choice {
    const nth = this.#frame.bag.bind(level + 1, "UInt32");
    const walked = `position = ${nth} AND ${this.#at("before", from, fromNot)} AND ${this.#at("place", to, toNot)}`;
    return {
      marks: `arrayMap((position, before, place) -> toUInt8(${walked}), ${this.#positions()}, ${BEFORE}, places)`,
    };
  }
}

/** @throws AppError not-found (touchpoint), invalid (stage) */
export function selectByPlace(
  context: AnalysisContext,
  frame: JourneyFrame,
  by: NodeKind,
  select: PlaceSelection,
): SelectionPart {
  const places = namePlaces(context, frame, by);
  return { aliases: [`${places.sql} AS places`], choice: new PlaceCompiler(places, frame).choose(select) };
}
