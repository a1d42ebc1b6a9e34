/**
 * The scope in components: what the address says, and how to change it. Back undoes a change.
 */
import { useNavigate, useSearch } from "@tanstack/react-router";
import { useCallback, useMemo } from "react";
import type { z } from "zod";
import { type Comparison, type ScopeInput, type ScopeSearch, toComparison, toScopeInput } from "./scope.ts";
import { useWorkspace } from "./use-workspace.ts";

export interface Scope {
  readonly workspace: string;
  readonly search: ScopeSearch;
  /** Goes into every question. */
  readonly input: ScopeInput;
  readonly compare: Comparison | undefined;
  /** Changes parameters of the address; undefined removes one. `replace` makes no new entry to go back to. */
  readonly set: (changes: Record<string, unknown>, options?: { readonly replace?: boolean }) => void;
}

/** Sets search parameters of the present page, whichever it is. */
export function useSetSearch(): Scope["set"] {
  const navigate = useNavigate();
  return useCallback(
    (changes, { replace = false } = {}) => {
      void navigate({
        to: ".",
        search: ((old: Record<string, unknown>) => ({ ...old, ...changes })) as never,
        replace,
        resetScroll: false,
      });
    },
    [navigate],
  );
}

export function useScope(): Scope {
  const workspace = useWorkspace();
  const search = useSearch({ strict: false }) as ScopeSearch;
  const set = useSetSearch();
  const { journey, from, to, where, outside, vs, vsFrom, vsTo, vsWhere } = search;
  return useMemo(() => {
    const own: ScopeSearch = { journey, from, to, where, outside, vs, vsFrom, vsTo, vsWhere };
    return { workspace, search, input: toScopeInput(own), compare: toComparison(own), set };
  }, [workspace, search, journey, from, to, where, outside, vs, vsFrom, vsTo, vsWhere, set]);
}

/**
 * The page's own parameters, by a schema of which every field forgives (`.catch(…)`) or has a default.
 * Set them with `useSetSearch()` or `useScope().set`.
 */
export function useViewSearch<Output>(schema: z.ZodType<Output>): Output {
  const search = useSearch({ strict: false });
  return useMemo(() => schema.parse(search), [schema, search]);
}
