/**
 * How anonymous ids lead to customers, as a version: the rules themselves are in ingest/link-identities.ts.
 * It holds no ids.
 */

/** Raised when the same events would lead to other identities: the next opening then resolves all of them anew. */
export const IDENTITY_RULES = 1;
