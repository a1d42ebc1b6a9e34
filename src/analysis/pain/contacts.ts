/**
 * Which touchpoints are a customer's coming to support: those of its stage that begin a ticket, or whose name says so.
 * When a customer comes back about the same topic is said by contact-flags.ts.
 */
import { isOpeningName } from "../../domain/friction-names.ts";
import type { AnalysisContext } from "../context.ts";
import { ANALYSIS_SETTINGS } from "../journey-frame.ts";
import type { MomentRows } from "../moment-rows.ts";
import { ticketAlias } from "./contact-flags.ts";

interface ContactRow {
  readonly touch: number;
  readonly events: number;
  readonly scored: number;
  /** Events that are about a ticket, and those that are its first. */
  readonly ticketed: number;
  readonly opening: number;
}

/** Half of the events of a touchpoint tell what it is. */
const MOST = 0.5;

/** Ids of the touchpoints of stage support that open a contact; scores given are none. */
export async function findContacts(context: AnalysisContext, rows: MomentRows): Promise<number[]> {
  const { frame } = rows.outcome;
  const support = context.touchpoints.filter(({ stage, role }) => stage === "support" && role === null);
  if (support.length === 0) return [];
  const ids = frame.bag.bind(
    support.map(({ id }) => id),
    "Array(UInt16)",
  );
  const found = await context.store.query<ContactRow>(
    `WITH ${frame.aliases},
  ${ticketAlias(frame)}
SELECT touch, count() AS events, countIf(isNotNull(given)) AS scored, countIf(ticket != '') AS ticketed,
  countIf(ticket != '' AND nth = 1) AS opening
FROM ${frame.source}
ARRAY JOIN ids AS touch, ${frame.kept("scores")} AS given, tickets AS ticket, arrayEnumerateUniq(tickets) AS nth
WHERE ${frame.rows} AND has(${ids}, touch)
GROUP BY touch
ORDER BY touch`,
    { params: frame.bag.values, settings: ANALYSIS_SETTINGS },
  );
  const names = new Map(support.map(({ id, name }) => [id, name]));
  return found
    .filter(({ events, scored }) => scored < MOST * events)
    .filter(({ touch, events, ticketed, opening }) =>
      ticketed >= MOST * events ? opening >= MOST * ticketed : isOpeningName(names.get(touch) ?? ""),
    )
    .map(({ touch }) => touch);
}
