/**
 * The audit trail on a terminal: who did what, when and why, and what it changed, the newest first.
 * What a record holds is said by the answer.
 */
import type { Answer } from "../api/operations.ts";
import { formatMinute } from "./format.ts";

type Records = Answer<"initiative-records">;
type Change = Records["records"][number]["changes"][number];

const LONGEST = 80;
/** More of one record are counted, not shown. */
const MOST_CHANGES = 8;

function shorten(value: unknown): string {
  if (value === null || value === undefined) return "–";
  const text = (typeof value === "string" ? value : JSON.stringify(value)).replace(/\s+/gu, " ");
  const letters = [...text];
  return letters.length <= LONGEST ? text : `${letters.slice(0, LONGEST - 1).join("")}…`;
}

const describeChange = ({ field, before, after }: Change): string =>
  `    ${field}: ${shorten(before)} → ${shorten(after)}`;

export function renderRecords({ records, more }: Records): string[] {
  if (records.length === 0) return ["No record."];
  return [
    ...records.flatMap(({ version, at, author, action, subject, reason, changes }) => [
      `  ${version}  ${formatMinute(at)} UTC  ${author}: ${action}, ${subject}${reason === null ? "" : ` (${reason})`}`,
      ...changes.slice(0, MOST_CHANGES).map(describeChange),
      ...(changes.length > MOST_CHANGES ? [`    and ${changes.length - MOST_CHANGES} more fields`] : []),
    ]),
    ...(more ? [`Earlier ones: --before ${records.at(-1)?.version ?? 1}`] : []),
  ];
}
