/**
 * One line of a table for each stretch of time in which an anonymous id belongs to a customer.
 */
import type { Answer } from "../../../api/types.ts";
import type { Column } from "../../../ui/data-table.tsx";
import { formatMoment } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";

export type IdentityLink = Answer<"identity">["customers"][number];

/** What tells two stretches apart. */
export const linkKey = ({ anonymous, customer, identified }: IdentityLink): string =>
  [anonymous, customer, identified].join("\n");

export function linkColumns(zone: string): readonly Column<IdentityLink>[] {
  return [
    {
      key: "anonymous",
      title: "Anonymous id",
      value: ({ anonymous }) => anonymous,
      format: ({ anonymous }) => (
        <ScopeLink to="collect/identities" search={{ id: anonymous }} inherit>
          {anonymous}
        </ScopeLink>
      ),
    },
    {
      key: "customer",
      title: "Customer",
      value: ({ customer }) => customer,
      format: ({ customer }) => (
        <ScopeLink to="map/customer" search={{ customer }} inherit>
          {customer}
        </ScopeLink>
      ),
    },
    {
      key: "identified",
      title: "First event that names both",
      value: ({ identified }) => identified,
      format: ({ identified }) => formatMoment(identified, zone),
    },
    {
      key: "from",
      title: "Theirs from",
      value: ({ from }) => from ?? "",
      format: ({ from }) => (from === null ? "the beginning" : formatMoment(from, zone)),
    },
    {
      key: "to",
      title: "Until",
      value: ({ to }) => to ?? "",
      format: ({ to }) => (to === null ? "still theirs" : formatMoment(to, zone)),
    },
  ];
}
