/**
 * What is asked about the themes of free text and how it is answered.
 * How themes are found and counted is in themes.ts and the files of themes/.
 */
import { z } from "zod";
import { journeyScopeSchema } from "./journey-frame.ts";

export const themesQuerySchema = journeyScopeSchema.extend({
  /** Only texts of this touchpoint, and of this property; default: every property that holds free text. */
  touchpoint: z.string().optional(),
  property: z.string().optional(),
  /** At most so many themes, the largest first. */
  limit: z.int().min(1).max(50).default(20),
});
export type ThemesQuery = z.input<typeof themesQuerySchema>;

const shareSchema = z.object({ value: z.number(), low: z.number(), high: z.number() });

export const themeSchema = z.object({
  /** Made from its words: the same for the same data. */
  id: z.string(),
  /** A short phrase as customers write it, such as "não recebi o produto". */
  label: z.string(),
  /** The commonest written forms that tell it. */
  words: z.array(z.string()),
  language: z.string(),
  /** Texts that speak of it, and their share of all texts with a 95 % interval. */
  texts: z.int(),
  share: shareSchema,
  /** Mean score of the events that carry those texts, on the commonest scale; null without scores. */
  score: z.object({ mean: z.number(), low: z.number(), high: z.number(), n: z.int(), scale: z.string() }).nullable(),
  trend: z.enum(["growing", "steady", "shrinking"]).nullable(),
  /** By month, `month` its first day. */
  overTime: z.array(z.object({ month: z.string(), texts: z.int(), of: z.int(), score: z.number().nullable() })),
  /** Real texts, the most typical first; at most 280 characters of each. */
  examples: z.array(
    z.object({ text: z.string(), time: z.string(), touchpoint: z.string(), score: z.number().nullable() }),
  ),
  /** Where it is said. */
  where: z.array(z.object({ touchpoint: z.string(), property: z.string(), texts: z.int() })),
  /** Matches the plain text (themes/plain-text.ts); RE2 syntax. What a friction of kind `theme` is told by. */
  pattern: z.string(),
});
export type Theme = z.infer<typeof themeSchema>;

export const themesReportSchema = z.object({
  journey: z.string(),
  /** Texts in scope, those that some theme covers, and from how many customers. */
  texts: z.int(),
  covered: z.int(),
  customers: z.int(),
  /** Share of the texts by language, the commonest first; `und` where it cannot be told. */
  languages: z.array(z.object({ language: z.string(), texts: z.int() })),
  /** Properties that hold free text. */
  sources: z.array(z.object({ touchpoint: z.string(), property: z.string(), texts: z.int() })),
  meanScore: z.number().nullable(),
  themes: z.array(themeSchema),
  caveats: z.array(z.string()),
});
export type ThemesReport = z.infer<typeof themesReportSchema>;
