/**
 * A friction by name, as a link to its page; and the badges that say what kind it is, how sure, and where it is going.
 */

import { Badge, type MantineColor } from "@mantine/core";
import { FRICTION_WORDS } from "../../../../src/domain/pain-words.ts";
import { ScopeLink } from "../../../ui/scope-link.tsx";
import { type Friction, incidentName, type PainPoint } from "./pain-report.ts";
import { frictionParameters, type PainPointSearch } from "./pain-search.ts";
import { TREND_WORDS } from "./pain-words.ts";

type Asked = Pick<PainPointSearch, "outcome" | "within" | "worth" | "segment">;

export function PainLink({ friction, asked }: { readonly friction: Friction; readonly asked: Asked }) {
  return (
    <ScopeLink
      to="diagnose/pain-point"
      search={frictionParameters(friction, asked, incidentName(friction))}
      fw={600}
      fz="sm"
    >
      {friction.name}
    </ScopeLink>
  );
}

const PLAIN_LABEL = { root: { minWidth: "max-content" }, label: { color: "var(--mantine-color-text)" } };

function PlainBadge({ color, children }: { readonly color: MantineColor; readonly children: string }) {
  return (
    <Badge variant={color === "gray" ? "outline" : "light"} tt="none" color={color} styles={PLAIN_LABEL}>
      {children}
    </Badge>
  );
}

export function KindBadge({ kind }: Pick<Friction, "kind">) {
  return <PlainBadge color="orange">{FRICTION_WORDS[kind]}</PlainBadge>;
}

export function LabelBadge({ label }: Pick<PainPoint, "label">) {
  return <PlainBadge color="gray">{label}</PlainBadge>;
}

const TREND_COLORS = { growing: "red", steady: "gray", shrinking: "teal" } as const;

/** Nothing where it is not known. */
export function TrendBadge({ trend }: Pick<PainPoint, "trend">) {
  return trend === null ? null : <PlainBadge color={TREND_COLORS[trend]}>{TREND_WORDS[trend]}</PlainBadge>;
}
