/**
 * The questions about customers behind a number: which ones, what tells them apart, and what a filter can name.
 * Each parses, asks the analysis and returns its answer with what it rests on.
 */
import { fieldsQuerySchema, fieldsReportSchema, listFields } from "../analysis/fields.ts";
import { customersQuerySchema, customersReportSchema, listCustomers } from "../analysis/journey-list.ts";
import { analyzeProfile, profileQuerySchema, profileReportSchema } from "../analysis/profile.ts";
import { ask, insufficient } from "./ask.ts";

export const CUSTOMER_OPERATIONS = {
  customers: ask(
    "customers",
    "The journeys, or customers, behind a number: how many, and the newest of them.",
    customersQuerySchema,
    customersReportSchema,
    listCustomers,
  ),
  profile: ask(
    "profile",
    "Who they are: channels, properties and traits of a selection against all others in scope.",
    profileQuerySchema,
    profileReportSchema,
    analyzeProfile,
    ({ n, others }) => {
      if (n > 0 && others > 0) return undefined;
      return insufficient(n > 0 ? "Nobody is left to compare them with." : "Nobody is in this selection.");
    },
  ),
  fields: ask(
    "fields",
    "What a filter can name: touchpoints, channels, properties and traits with their commonest values.",
    fieldsQuerySchema,
    fieldsReportSchema,
    listFields,
  ),
} as const;
