/**
 * Links between pages of a workspace: the scope goes along, the view's own parameters do not.
 */
import { Anchor, type AnchorProps } from "@mantine/core";
import { Link, useSearch } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { SCOPE_KEYS, type ScopeSearch } from "../scope/scope.ts";
import { useWorkspace } from "../scope/use-workspace.ts";

export interface ScopeTarget {
  /** Page and view below the workspace: "map/paths". */
  readonly to: string;
  /** Parameters besides the scope; undefined takes one of the scope away. */
  readonly search?: Readonly<Record<string, unknown>> | undefined;
}

/** Properties of a router link to a page with the present scope. */
export function useScopeTarget({ to, search = {} }: ScopeTarget) {
  const workspace = useWorkspace();
  const present = useSearch({ strict: false }) as ScopeSearch;
  const kept = Object.fromEntries(SCOPE_KEYS.map((key) => [key, present[key]]));
  return { to: `/${workspace}/${to}`, search: { ...kept, ...search } as never };
}

export function ScopeLink({
  to,
  search,
  children,
  ...looks
}: ScopeTarget & AnchorProps & { readonly children: ReactNode }) {
  const target = useScopeTarget({ to, search });
  return (
    <Anchor {...looks} renderRoot={(props) => <Link {...props} {...target} />}>
      {children}
    </Anchor>
  );
}
