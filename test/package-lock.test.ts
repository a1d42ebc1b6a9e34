/**
 * Whether `npm ci` will accept package-lock.json everywhere: it must name every optional package of every platform.
 * When this fails, run `node scripts/complete-lock.mjs`.
 */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, test } from "vitest";

interface Lock {
  readonly packages: Readonly<Record<string, { readonly optionalDependencies?: Readonly<Record<string, string>> }>>;
}

test("the lock names the optional packages of all platforms and no registry", () => {
  const text = readFileSync(join(import.meta.dirname, "..", "package-lock.json"), "utf8");
  const { packages } = JSON.parse(text) as Lock;
  const missing = Object.entries(packages)
    .filter(([parent]) => parent !== "")
    .flatMap(([parent, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (name) => !packages[`node_modules/${name}`] && !packages[`${parent}/node_modules/${name}`],
      ),
    );
  expect(missing).toEqual([]);
  expect(text).not.toContain('"resolved"');
});
