/**
 * What tests and proofs use of chromium.mjs, for the type check.
 * The functions themselves are in plain JavaScript: scripts use them too, and run before anything is compiled.
 */
import type { Browser, BrowserContextOptions } from "playwright-core";

export declare const CHROMIUM_PLACES: readonly string[];
export declare const PAGE_LOOKS: BrowserContextOptions;
export declare function findChromium(): string | undefined;
export declare function launchChromium(): Promise<Browser>;
