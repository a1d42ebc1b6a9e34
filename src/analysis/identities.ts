/**
 * Who is known by which ids: how many customers and anonymous ids there are, and which belong together since when.
 * It reads the mapping that preparation follows; how links come to be is in ingest/link-identities.ts.
 */
import { z } from "zod";
import { AppError } from "../domain/app-error.ts";
import { IDENTITY_RULES } from "../domain/identity.ts";
import { PERSON } from "../domain/journey-definition.ts";
import type { AnalysisContext } from "./context.ts";
import { ANALYSIS_SETTINGS } from "./journey-frame.ts";

export const identitiesQuerySchema = z.object({
  /** Links at the most, the newest ones. */
  limit: z.int().min(0).max(1000).default(20),
});

export const identityQuerySchema = z.object({
  /** A customer's id, or an anonymous one. */
  id: z.string().min(1),
});

/** A stretch of time in which the events of an anonymous id belong to a customer. */
const linkSchema = z.object({
  anonymous: z.string(),
  customer: z.string(),
  /** The first event of the stretch that names both. */
  identified: z.string(),
  /** Null: from the beginning, for the first known user owns what was before. */
  from: z.string().nullable(),
  /** Exclusive; null: nobody else has identified since. */
  to: z.string().nullable(),
});
type Link = z.infer<typeof linkSchema>;

export const identitiesReportSchema = z.object({
  /** Customers with an id of their own. */
  known: z.int(),
  /** Anonymous ids whose events belong to known customers. */
  linked: z.int(),
  /** Visitors whom nobody knows. */
  unlinked: z.int(),
  /** Of the linked ones: those on which several customers have identified. */
  split: z.int(),
  /** Anonymous ids that are a customer's own id as well: they lead to nobody else. */
  blocked: z.int(),
  links: z.array(linkSchema),
  /** Of the rules, and the data version at which the mapping last changed (0: never). */
  rules: z.int(),
  version: z.int(),
});
export type IdentitiesReport = z.infer<typeof identitiesReportSchema>;

export const identityReportSchema = z.object({
  id: z.string(),
  /** Whether it is a customer's own id. */
  known: z.boolean(),
  /** As a customer's: the anonymous ids that belong to them. */
  anonymous: z.array(linkSchema),
  /** As an anonymous id: to whom it belongs over time. */
  customers: z.array(linkSchema),
});
export type IdentityReport = z.infer<typeof identityReportSchema>;

interface LinkRow {
  readonly anonymous: string;
  readonly customer: string;
  readonly ms: number;
  readonly nth: number;
  readonly next: number | null;
}

/** One row a stretch of time; `filter` is a condition on `identities`. */
const stretches = (filter: string): string => `SELECT anonymousId AS anonymous, customer,
    toUnixTimestamp64Milli(start) AS ms, nth, if(nth = length(since), NULL, toUnixTimestamp64Milli(following)) AS next
  FROM identities ARRAY JOIN since AS start, customerIds AS customer, arrayEnumerate(since) AS nth,
    arrayPushBack(arrayPopFront(since), since[1]) AS following
  WHERE blocked = 0 AND ${filter}`;

function describeLink({ anonymous, customer, ms, nth, next }: LinkRow): Link {
  const identified = new Date(ms).toISOString();
  return {
    ...{ anonymous, customer, identified },
    from: nth === 1 ? null : identified,
    to: next === null ? null : new Date(next).toISOString(),
  };
}

/** Counts and the newest links. */
export async function listIdentities(
  { store, source }: AnalysisContext,
  { limit }: z.output<typeof identitiesQuerySchema>,
): Promise<IdentitiesReport> {
  const settings = ANALYSIS_SETTINGS;
  const [persons] = await store.query<Record<"known" | "unlinked", number>>(
    `SELECT toFloat64(countIf(people.known = 1)) AS known, toFloat64(countIf(people.known = 0)) AS unlinked
FROM ${source} AS people WHERE ownerType = '${PERSON}'`,
    { settings },
  );
  const [ids] = await store.query<Record<"linked" | "split" | "blocked" | "version", number>>(
    `SELECT toFloat64(countIf(i.blocked = 0)) AS linked, toFloat64(countIf(i.blocked = 0 AND length(arrayDistinct(customers)) > 1)) AS split,
  toFloat64(countIf(i.blocked = 1)) AS blocked, toFloat64(max(i.version)) AS version FROM identities AS i`,
    { settings },
  );
  const links = await store.query<LinkRow>(
    `${stretches("1")} ORDER BY ms DESC, anonymous, customer LIMIT {limit:UInt32}`,
    { params: { limit }, settings },
  );
  return {
    ...{ known: persons?.known ?? 0, unlinked: persons?.unlinked ?? 0 },
    ...{ linked: ids?.linked ?? 0, split: ids?.split ?? 0, blocked: ids?.blocked ?? 0 },
    links: links.map(describeLink),
    ...{ rules: IDENTITY_RULES, version: ids?.version ?? 0 },
  };
}

/** @throws AppError not-found: no event that counts has this id */
export async function readIdentity(
  { store, source }: AnalysisContext,
  { id }: z.output<typeof identityQuerySchema>,
): Promise<IdentityReport> {
  const options = { params: { id }, settings: ANALYSIS_SETTINGS };
  const [person] = await store.query<{ known: number }>(
    `SELECT known FROM ${source} WHERE ownerType = '${PERSON}' AND owner = cityHash64({id:String}) AND ownerId = {id:String}`,
    options,
  );
  const anonymous = await store.query<LinkRow>(
    `SELECT * FROM (${stretches("has(customers, cityHash64({id:String}))")}) WHERE customer = {id:String} ORDER BY ms, anonymous`,
    options,
  );
  const customers = await store.query<LinkRow>(
    `${stretches("identities.anonymous = cityHash64({id:String}) AND anonymousId = {id:String}")} ORDER BY nth`,
    options,
  );
  if (!person && customers.length === 0)
    throw new AppError("not-found", `There is no customer and no anonymous id «${id}» in this workspace.`, { id });
  return {
    id,
    known: person?.known === 1,
    anonymous: anonymous.map(describeLink),
    customers: customers.map(describeLink),
  };
}

/** Whom an anonymous id belongs to now; undefined when it leads to nobody. */
export async function findCustomerOf(context: AnalysisContext, anonymous: string): Promise<string | undefined> {
  const [row] = await context.store.query<{ customer: string }>(
    `SELECT customerIds[-1] AS customer FROM identities
WHERE anonymous = cityHash64({anonymous:String}) AND anonymousId = {anonymous:String} AND blocked = 0`,
    { params: { anonymous }, settings: ANALYSIS_SETTINGS },
  );
  return row?.customer;
}
