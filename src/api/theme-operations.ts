/**
 * The question about what customers write: the themes of their comments and subjects.
 */
import { analyzeThemes } from "../analysis/themes.ts";
import { themesQuerySchema, themesReportSchema } from "../analysis/themes-schema.ts";
import { ask, insufficient, type Lack } from "./ask.ts";

const lackTexts: Lack<{ readonly texts: number }> = ({ texts }) =>
  texts > 0
    ? undefined
    : insufficient("No property of the events in scope holds free text, such as comments or subjects.");

export const THEME_OPERATIONS = {
  themes: ask(
    "themes",
    "What customers write about: themes of free text with counts, mean score, trend and examples.",
    themesQuerySchema,
    themesReportSchema,
    analyzeThemes,
    lackTexts,
  ),
} as const;
