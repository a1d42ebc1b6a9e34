/**
 * Which Waymark this is: the package's version, and the build when it runs from one.
 * Stored answers carry it, so that a new build never repeats the answer of an older one.
 */
import { readFileSync } from "node:fs";

function read(path: string): string | undefined {
  try {
    return readFileSync(new URL(path, import.meta.url), "utf8");
  } catch {
    return undefined;
  }
}

const manifest = JSON.parse(read("../../package.json") ?? "{}") as { readonly version?: string };

export const VERSION: string = manifest.version ?? "0.0.0";
/** Empty when running from sources. */
export const BUILD: string = (read("../.signature") ?? "").slice(0, 12);
