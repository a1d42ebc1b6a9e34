/**
 * A candidate by name, as a link to its page; and the badges that say how sure it is and which way it goes.
 */
import { Badge } from "@mantine/core";
import { nameMoment } from "../../../../src/domain/moment-words.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { type Candidate, type Claim, judgeEffect } from "./effect-words.ts";
import { type MomentsSearch, outcomeParameters } from "./moments-search.ts";

type Asked = Pick<MomentsSearch, "within" | "worth"> &
  Pick<{ outcome: string; of: MomentsSearch["of"] | null }, "outcome" | "of">;

/** The parameters of a candidate's page; all of it stands in the address. */
export function momentParameters({ touchpoint, contrast, property, bad }: Candidate, { of, ...asked }: Asked) {
  return {
    ...outcomeParameters({ ...asked, of: of ?? undefined }),
    touchpoint,
    contrast,
    property: property ?? undefined,
    bad: bad ?? undefined,
  };
}

export function MomentLink({ candidate, asked }: { readonly candidate: Candidate; readonly asked: Asked }) {
  return (
    <ScopeLink to="diagnose/moment" search={momentParameters(candidate, asked)} fw={600} fz="sm">
      {nameMoment(candidate)}
    </ScopeLink>
  );
}

const PLAIN_LABEL = { label: { color: "var(--mantine-color-text)" } };

/** Which way it goes, with sign and word; the colour only repeats it. */
export function DirectionBadge({ effect, outcome }: { readonly effect: number; readonly outcome: string }) {
  const good = judgeEffect(effect, outcome) === "good";
  return (
    <Badge variant="light" tt="none" color={good ? "teal" : "red"} styles={PLAIN_LABEL}>
      {good ? "+ makes it" : "− breaks it"}
    </Badge>
  );
}

export function SurenessBadge({ label }: { readonly label: Claim["label"] }) {
  return (
    <Badge variant="outline" tt="none" color="gray" styles={PLAIN_LABEL}>
      {label}
    </Badge>
  );
}
