/**
 * Whose events they are: of nobody, of customers known by an anonymous id only, of one customer far too often.
 * Who is known is what preparation says, so that a link found later counts here at once.
 */
import { IMPORTS_PAGE, makeFinding, type PartReport, sayCount, sayCountOf, sayNames, sayShare } from "./finding.ts";
import type { ImportFacts, QualityFinding, QualityReport } from "./quality-schema.ts";
import type { Cell, KnownCount, OwnerSizes } from "./read-tallies.ts";

interface CustomerInput {
  readonly cells: readonly Cell[];
  readonly known: readonly KnownCount[];
  readonly sizes: OwnerSizes;
  readonly imports: readonly ImportFacts[];
  /** With any, events of nobody can still be followed by case, session … */
  readonly objectTypes: readonly string[];
  readonly nameOf: (touchpointId: number) => string;
}

const NOBODY = { serious: 0.2, warning: 0.05, note: 0.001 };
const ANONYMOUS = { warning: 0.5, note: 0.05 };
/** A customer stands out with such a share of all events, and so many times what 99 % stay below. */
const HEAVY = { share: 0.01, times: 20, leastEvents: 500, leastCustomers: 100 };

function addUp<Row>(rows: readonly Row[], of: (row: Row) => number): number {
  return rows.reduce((total, row) => total + of(row), 0);
}

function findNobody({ cells, imports, objectTypes, nameOf }: CustomerInput): QualityFinding[] {
  return imports.flatMap(({ id, name }) => {
    const own = cells.filter(({ importId }) => importId === id);
    const [n, of] = [addUp(own, (cell) => cell.nobodys), addUp(own, (cell) => cell.events)];
    if (n === 0 || n / of < NOBODY.note) return [];
    const severity =
      n / of >= NOBODY.serious && objectTypes.length === 0 ? "serious" : n / of >= NOBODY.warning ? "warning" : "note";
    const other = objectTypes.length > 0 ? ` They can be followed by ${objectTypes.join(", ")} only.` : "";
    const touched = own.filter((cell) => cell.nobodys > 0).toSorted((a, b) => b.nobodys - a.nobodys);
    return [
      makeFinding("no-customer", severity, {
        ...{ importId: id, n, of },
        seen: `${sayCountOf(n, "event")} of import ${id} (${name}) ${n === 1 ? "has" : "have"} neither a customer id nor an anonymous one: ${sayShare(n, of)} of ${sayCount(of)}, of ${sayNames(touched.map(({ touchpointId }) => nameOf(touchpointId)))}.${other}`,
        action: `Name a column of ${name} that tells who it was («customer» or «anonymous» in the mapping), take the import back, and bring it in again.`,
        ...{ command: `waymark imports rollback ${id}`, page: IMPORTS_PAGE },
      }),
    ];
  });
}

/** Shares by month, in order. */
function byMonth(known: readonly KnownCount[]): QualityReport["unknownByMonth"] {
  return known
    .filter(({ month }) => month !== "")
    .map(({ month, events, unknown }) => ({ month, events, unknown, share: unknown / events }))
    .sort((a, b) => (a.month < b.month ? -1 : 1));
}

/** Months with enough events to compare, when their shares differ by ten points or more. */
function describeMonths(months: QualityReport["unknownByMonth"]): string {
  const large = months.filter(({ events }) => events >= 200).toSorted((a, b) => a.share - b.share);
  const [low, high] = [large[0], large.at(-1)];
  if (!low || !high || high.share - low.share < 0.1) return "";
  return ` By month it lies between ${sayShare(low.unknown, low.events)} (${low.month}) and ${sayShare(high.unknown, high.events)} (${high.month}).`;
}

function findAnonymous({ known, imports, nameOf }: CustomerInput): QualityFinding[] {
  const months = byMonth(known);
  const touchpoints = known.filter(({ touchpointId }) => touchpointId > 0);
  const [n, of] = [addUp(touchpoints, (row) => row.unknown), addUp(touchpoints, (row) => row.events)];
  if (of === 0 || n / of < ANONYMOUS.note) return [];
  const most = touchpoints.toSorted((a, b) => b.unknown - a.unknown).slice(0, 3);
  const parts = most
    .filter(({ unknown }) => unknown > 0)
    .map((row) => `«${nameOf(row.touchpointId)}» ${sayShare(row.unknown, row.events)}`);
  const files = known
    .filter(({ importId, unknown }) => importId > 0 && unknown > 0)
    .toSorted((a, b) => b.unknown - a.unknown)
    .slice(0, 3)
    .map(
      (row) =>
        `import ${row.importId} (${imports.find(({ id }) => id === row.importId)?.name ?? ""}) ${sayShare(row.unknown, row.events)}`,
    );
  return [
    makeFinding("anonymous", n / of >= ANONYMOUS.warning ? "warning" : "note", {
      ...{ n, of },
      seen: `${sayShare(n, of)} of ${sayCountOf(of, "event")} are of customers known by an anonymous id only: ${parts.join(", ")}; ${files.join(", ")}.${describeMonths(months)}`,
      action:
        "Bring in an export in which the customer id stands beside the anonymous one, such as logins or orders; until then look at visits rather than whole lives.",
      ...{ command: "waymark identities", page: { to: "collect/identities", label: "Identities", search: {} } },
    }),
  ];
}

function findHeavy({ sizes: { customers, events, usual, largest } }: CustomerInput): QualityFinding[] {
  if (customers < HEAVY.leastCustomers) return [];
  const least = Math.max(HEAVY.leastEvents, events * HEAVY.share, usual * HEAVY.times);
  return largest
    .filter((one) => one.events >= least)
    .map((one) =>
      makeFinding("one-customer", "warning", {
        ...{ n: one.events, of: events },
        seen: `Customer ${one.customer} has ${sayCountOf(one.events, "event")}, ${sayShare(one.events, events)} of all; 99 % of the ${sayCount(customers)} customers have at most ${sayCount(usual)}.`,
        action: `Look at this journey; if it is a test account, a robot or a shared id, leave it out with «skip» in the mapping and bring the file in again.`,
        page: { to: "map/customer", label: "This customer", search: { customer: one.customer } },
      }),
    );
}

export function judgeCustomers(input: CustomerInput): PartReport & Pick<QualityReport, "unknownByMonth"> {
  const persons = addUp(
    input.known.filter(({ touchpointId }) => touchpointId > 0),
    ({ events }) => events,
  );
  const few = input.sizes.customers < HEAVY.leastCustomers;
  return {
    findings: [...findNobody(input), ...findAnonymous(input), ...findHeavy(input)],
    checked: [
      { kind: "no-customer", n: addUp(input.cells, ({ events }) => events) },
      { kind: "anonymous", n: persons },
      {
        kind: "one-customer",
        n: few ? 0 : input.sizes.customers,
        note: few ? `takes ${HEAVY.leastCustomers} customers` : null,
      },
    ],
    unknownByMonth: byMonth(input.known),
  };
}
