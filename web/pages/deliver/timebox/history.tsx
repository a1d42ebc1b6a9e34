/**
 * What was agreed at the kick-off and what became of it: drops and moved ends, with who decided and why.
 */
import { Text } from "@mantine/core";
import type { ReactNode } from "react";
import { ROLE_FACTS } from "../../../../src/domain/dsdm/role.ts";
import { formatCountOf, formatMoment } from "../../../ui/format.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { Byline, Nothing, Section, Words } from "../initiative/section.tsx";
import { formatEffort, formatPlainDay } from "../priority-words.ts";
import { PlainList } from "../views/plain-list.tsx";
import { type TimeboxView, useTimebox } from "./timebox-context.ts";

interface Entry {
  readonly at: string;
  readonly author: string;
  readonly title: string;
  readonly text: ReactNode;
}

function listEntries({ timebox, initiative }: TimeboxView): Entry[] {
  const titleOf = (id: number) => `${id} ${initiative.requirements.find((one) => one.id === id)?.title ?? ""}`;
  const { kickOff, drops, moves } = timebox;
  const started: Entry[] = kickOff
    ? [
        {
          at: kickOff.at,
          author: kickOff.author,
          title: "Kicked off",
          text: `${formatCountOf(kickOff.scope.length, "requirement")} of ${formatEffort(
            kickOff.scope.reduce((sum, { effort }) => sum + effort, 0),
            initiative.effortUnit,
          )}, until ${formatPlainDay(kickOff.end)}. The team: ${
            kickOff.members
              .map(({ person, role }) => `${person} (${ROLE_FACTS[role].name.toLowerCase()})`)
              .join(", ") || "nobody"
          }.`,
        },
      ]
    : [];
  const dropped = drops.map(
    ({ at, decidedBy, requirements, saved, reason }): Entry => ({
      at,
      author: decidedBy,
      title: `Dropped to save ${titleOf(saved)}`,
      text: `${requirements.map(titleOf).join("; ")}. ${reason}`,
    }),
  );
  const moved = moves.map(
    ({ at, author, from, to, exception, reason }): Entry => ({
      at,
      author,
      title: `The end moved from ${formatPlainDay(from)} to ${formatPlainDay(to)}`,
      text: `By exception ${exception}. ${reason}`,
    }),
  );
  return [...started, ...dropped, ...moved].toSorted((a, b) => b.at.localeCompare(a.at));
}

export function History() {
  const view = useTimebox();
  const { timebox, initiative, zone } = view;
  const entries = listEntries(view);
  return (
    <Section title="Drops and moves">
      {entries.length === 0 && (
        <Nothing>Nothing is fixed before the kick-off, so nothing was dropped or moved.</Nothing>
      )}
      {timebox.kickOff && entries.length === 1 && <Nothing>Nothing was dropped, and the end never moved.</Nothing>}
      <PlainList gap="sm" data-testid="timebox-history">
        {entries.map(({ at, author, title, text }) => (
          <li key={`${at} ${title}`}>
            <Text size="sm" fw={600}>
              {title}
            </Text>
            <Byline>
              {author}, {formatMoment(at, zone)}
            </Byline>
            <Words>{text}</Words>
          </li>
        ))}
      </PlainList>
      <Text size="sm">
        <ScopeLink
          to="deliver/initiative"
          search={{ id: initiative.id, tab: "records", subject: `timebox ${timebox.id}` }}
          inherit
        >
          Every record of this timebox
        </ScopeLink>
      </Text>
    </Section>
  );
}
