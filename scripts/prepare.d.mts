/**
 * What tests use of prepare.mjs, for the type check.
 * The functions themselves are in plain JavaScript: they run before anything is compiled.
 */
export declare const ROOT: string;
export declare function ensureWeb(): Promise<string | undefined>;
