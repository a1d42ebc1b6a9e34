/** Stands in for theme-operations.ts until that is there. */
import { themesQuerySchema, themesReportSchema } from "../../analysis/themes-schema.ts";
import { ask } from "../ask.ts";

export const THEME_OPERATIONS = {
  themes: ask("themes", "pending", themesQuerySchema, themesReportSchema, async () => ({
    ...{ journey: "life", texts: 0, covered: 0, customers: 0, languages: [], sources: [], meanScore: null },
    ...{ themes: [], caveats: [] },
  })),
} as const;
