/**
 * The questions about identities: how many are known and linked, and who is behind one id.
 * Each parses, asks the analysis and returns its answer with what it rests on.
 */
import {
  identitiesQuerySchema,
  identitiesReportSchema,
  identityQuerySchema,
  identityReportSchema,
  listIdentities,
  readIdentity,
} from "../analysis/identities.ts";
import { ask } from "./ask.ts";

export const IDENTITY_OPERATIONS = {
  identities: ask(
    "identities",
    "Known customers, anonymous ids that lead to them and those that lead to nobody; the newest links.",
    identitiesQuerySchema,
    identitiesReportSchema,
    listIdentities,
  ),
  identity: ask(
    "identity",
    "Which anonymous ids belong to a customer and since when, or to whom an anonymous id belongs over time.",
    identityQuerySchema,
    identityReportSchema,
    readIdentity,
  ),
} as const;
