/**
 * How a run of events is cut into journeys: by whom it is owned and where it ends.
 * Person-owned definitions (life, visit, order-cycle) and object-owned ones (case, session, order, ticket …).
 */
import { z } from "zod";
import { AppError } from "./app-error.ts";

/** An idle gap longer than this ends a visit. Milliseconds. */
export const VISIT_GAP_MS = 30 * 60 * 1000;

/** The object type that stands for a person in `journey_rows.ownerType`. */
export const PERSON = "customer";

export const objectTypeSchema = z.string().regex(/^[a-z][a-z0-9_-]{0,39}$/u, "an object type is a lower-case word");

/** life | visit | order-cycle, or the name of an object type. */
export const journeyNameSchema = objectTypeSchema;

export type PersonJourney = "life" | "visit" | "order-cycle";
export type JourneyDefinition =
  | { readonly name: PersonJourney; readonly ownerType: typeof PERSON }
  | { readonly name: string; readonly ownerType: string };

/**
 * The definition behind a name.
 * @param objectTypes the object types that the workspace's events carry
 * @throws AppError not-found when the name is neither a person-owned definition nor such a type
 */
export function findJourneyDefinition(name: string, objectTypes: readonly string[]): JourneyDefinition {
  if (name === "life" || name === "visit" || name === "order-cycle") return { name, ownerType: PERSON };
  if (objectTypes.includes(name)) return { name, ownerType: name };
  const known = ["life", "visit", "order-cycle", ...objectTypes].join(", ");
  throw new AppError("not-found", `There is no journey definition «${name}» here. Known: ${known}.`, { journey: name });
}
