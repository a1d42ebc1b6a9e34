import { expect, it } from "vitest";
import { healthyInitiative } from "./initiative.case.ts";
import { listMissingRoles } from "./missing-roles.ts";

it("misses nothing in a healthy initiative, and eight roles in an empty one", () => {
  expect(listMissingRoles(healthyInitiative())).toEqual([]);
  expect(listMissingRoles({ people: [] }).map(({ role }) => role)).toEqual([
    "business-sponsor",
    "business-visionary",
    "technical-coordinator",
    "project-manager",
    "team-leader",
    "business-ambassador",
    "solution-developer",
    "solution-tester",
  ]);
});

it("misses a role whose holder has left", () => {
  const initiative = healthyInitiative((one) => {
    for (const held of one.people) if (held.role === "solution-tester") held.until = "2026-03-01T00:00:00.000Z";
  });
  expect(listMissingRoles(initiative)).toEqual([
    { role: "solution-tester", why: "Nobody tries it against its acceptance criteria." },
  ]);
});

it("objects to two visionaries, but not to one who was named twice", () => {
  const named = (person: string) =>
    healthyInitiative((one) => {
      const from = "2026-02-01T00:00:00.000Z";
      one.people.push({ person, role: "business-visionary", from, until: null });
    });
  expect(listMissingRoles(named("Viktor"))).toEqual([]);
  expect(listMissingRoles(named("Sofia"))).toEqual([
    {
      role: "business-visionary",
      why: "Viktor and Sofia are visionaries: there must be exactly one, or nobody decides.",
    },
  ]);
});
