/** Where the ids of the catalogue end. How it is kept and edited is shown by the contract of the state store. */
import { expect, test } from "vitest";
import { type CatalogueEntry, planTouchpoints } from "./touchpoint-catalogue.ts";

const named = (name: string) => ({ name, stage: null, channel: null, role: null });
const entry = (id: number): CatalogueEntry => ({
  ...named(`known ${id}`),
  id,
  owner: null,
  hidden: false,
  retired: false,
});

test("the last id is 65,535; one more is refused and told why, known names are not", () => {
  const nearlyFull = { entries: [entry(1), entry(65_533)], aliases: [] };
  const names = ["the last but one", "the last"].map(named);
  expect(planTouchpoints(nearlyFull, names).entries.map(({ id }) => id)).toEqual([65_534, 65_535]);
  expect(() => planTouchpoints(nearlyFull, [...names, named("one too many")])).toThrow(
    /more than 65,535 different touchpoints: .* choose another column/u,
  );
  const full = { entries: [...nearlyFull.entries, entry(65_535)], aliases: [] };
  expect(planTouchpoints(full, [named("known 65535")]).entries).toEqual([]);
  expect(() => planTouchpoints(full, [named("one too many")])).toThrow(expect.objectContaining({ code: "invalid" }));
});
