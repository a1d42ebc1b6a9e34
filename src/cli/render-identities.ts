/**
 * Identities on a terminal: counts, links, and who is behind one id.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { formatCount, formatNumber } from "./format.ts";
import { renderTable } from "./table.ts";

type Link = Answer<"identity">["customers"][number];

const minute = (time: string): string => time.slice(0, 16).replace("T", " ");

function renderLinks(links: readonly Link[]): string[] {
  return renderTable(
    [
      { title: "Anonymous id", value: (row) => row.anonymous },
      { title: "Customer", value: (row) => row.customer },
      { title: "Identified (UTC)", value: (row) => minute(row.identified) },
      { title: "Theirs from", value: (row) => (row.from === null ? "the beginning" : minute(row.from)) },
      { title: "to", value: (row) => (row.to === null ? "–" : minute(row.to)) },
    ],
    links,
  );
}

export function renderIdentities({ known, linked, unlinked, split, blocked, links }: Answer<"identities">): string[] {
  return [
    `${formatCount(known, "known customer")}; anonymous ids: ${formatNumber(linked)} linked to a customer, ${formatNumber(unlinked)} linked to nobody`,
    `Of the linked, ${formatNumber(split)} belong to several customers in turn. ${formatNumber(blocked)} are a customer's own id as well and are not followed.`,
    ...(links.length === 0 ? [] : ["", "The newest links:", ...renderLinks(links)]),
  ];
}

export function renderIdentity({ id, known, anonymous, customers }: Answer<"identity">): string[] {
  const nobody = customers.length === 0 && anonymous.length === 0;
  return [
    ...(known ? [`«${id}» is a customer's id.`] : []),
    ...(anonymous.length > 0 ? ["", "Their anonymous ids:", ...renderLinks(anonymous)] : []),
    ...(customers.length > 0 ? ["", `To whom the anonymous id «${id}» belongs:`, ...renderLinks(customers)] : []),
    ...(nobody ? [known ? "No anonymous id belongs to it." : `«${id}» is an anonymous id that leads to nobody.`] : []),
  ];
}
