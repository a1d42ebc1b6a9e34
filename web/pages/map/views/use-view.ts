/**
 * A view's own parameters of the address, beside the scope: read through a schema, changed by setting some.
 * A wrong value counts as not said, so that a bad link still opens.
 */
import { useSearch } from "@tanstack/react-router";
import { useMemo } from "react";
import type { z } from "zod";
import { useSetSearch } from "../../../scope/use-scope.ts";

type Change<View> = { readonly [Key in keyof View]?: View[Key] | undefined };

/** @param schema every field with `.catch(…)` */
export function useView<Schema extends z.ZodObject>(
  schema: Schema,
): readonly [z.output<Schema>, (change: Change<z.output<Schema>>) => void] {
  const search: unknown = useSearch({ strict: false });
  const set = useSetSearch();
  const view = useMemo(() => schema.parse(search ?? {}), [schema, search]);
  return [view, set];
}
