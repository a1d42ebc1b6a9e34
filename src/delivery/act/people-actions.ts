/**
 * Who takes which part: roles that are taken and given back, and the departments it touches.
 * Who is missing, and who is one too many, is told by the health rules.
 */
import { ROLE_FACTS } from "../../domain/dsdm/role.ts";
import type { Handlers } from "./handler.ts";
import { invalid } from "./refusal.ts";

export const PEOPLE_ACTIONS: Handlers<"assign-role" | "release-role" | "set-department" | "remove-department"> = {
  "assign-role": (before, { person, role }, { at }) => {
    if (before.people.some((one) => one.person === person && one.role === role && one.until === null))
      throw invalid("person", `«person»: ${person} is ${ROLE_FACTS[role].name.toLowerCase()} already.`);
    return { ...before, people: [...before.people, { person, role, from: at, until: null }] };
  },
  "release-role": (before, { person, role }, { at }) => {
    const held = before.people.find((one) => one.person === person && one.role === role && one.until === null);
    if (!held)
      throw invalid(
        "person",
        `«person»: ${person} is no ${ROLE_FACTS[role].name.toLowerCase()}; there is nothing to give back.`,
      );
    return { ...before, people: before.people.map((one) => (one === held ? { ...one, until: at } : one)) };
  },
  "set-department": (before, { type: _type, ...entry }) => ({
    ...before,
    departments: before.departments.some((one) => one.department === entry.department)
      ? before.departments.map((one) => (one.department === entry.department ? entry : one))
      : [...before.departments, entry],
  }),
  "remove-department": (before, { department }) => {
    const departments = before.departments.filter((one) => one.department !== department);
    if (departments.length === before.departments.length)
      throw invalid("department", `«department»: «${department}» is not listed; there is nothing to take away.`);
    return { ...before, departments };
  },
};
