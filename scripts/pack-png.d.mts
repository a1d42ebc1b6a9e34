/**
 * What tests use of pack-png.mjs, for the type check.
 * The function itself is in plain JavaScript: scripts use it too, and run before anything is compiled.
 */
export declare function packPng(png: Uint8Array): Uint8Array;
