/**
 * What of the themes page stands in the address: which texts are read, and which theme is opened.
 */
import { z } from "zod";
import type { Input } from "../../../api/types.ts";
import type { ScopeInput } from "../../../scope/scope.ts";

const text = z.string().min(1).optional().catch(undefined);

export const themesSearchSchema = z.object({
  touchpoint: text,
  property: text,
  /** The id of the theme whose examples are shown. */
  theme: text,
});
export type ThemesSearch = z.output<typeof themesSearchSchema>;

export function themesQuestion(scope: ScopeInput, { touchpoint, property }: ThemesSearch): Input<"themes"> {
  return {
    ...scope,
    ...(touchpoint === undefined ? {} : { touchpoint }),
    ...(property === undefined ? {} : { property }),
  };
}
