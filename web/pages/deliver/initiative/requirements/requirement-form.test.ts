/**
 * What a requirement's form makes: actions that say only what was changed, and a conflict with both texts beside each other.
 */
import { describe, expect, it } from "vitest";
import { caseRequirement } from "../../../../../src/delivery/initiative.case.ts";
import type { Requirement } from "../../../../../src/domain/dsdm/requirement.ts";
import { ProblemError } from "../../../../api/client.ts";
import { chooseVersion, compareEdits, readConflict } from "./conflict.ts";
import {
  EMPTY_FIELDS,
  fieldsOf,
  findFieldLacks,
  listChanged,
  makeAdd,
  makeEdit,
  readCriteria,
} from "./requirement-form.ts";
import { addPart, EMPTY_SPLIT, findSplitLacks, prioritisePart, shrinkMust } from "./split-form.ts";

const BASE = caseRequirement(3, "must", 5, { version: 7, acceptance: ["It is fast.", "It is safe."] });

describe("the form", () => {
  it("reads criteria one a line, without blank ones and list marks", () => {
    expect(readCriteria("- It is fast.\n\n  * It is safe. \nIt is -5 °C")).toEqual([
      "It is fast.",
      "It is safe.",
      "It is -5 °C",
    ]);
  });

  it("adds with what was filled in only", () => {
    expect(makeAdd({ ...EMPTY_FIELDS, title: " Pay later ", finding: "4", effort: 2.5 })).toEqual({
      type: "add-requirement",
      title: "Pay later",
      need: { finding: 4 },
      effort: 2.5,
    });
  });

  it("edits only what was changed, and an emptied field is taken away", () => {
    const fields = { ...fieldsOf(BASE), owner: "", acceptance: "It is fast.", finding: "" };
    expect(makeEdit(BASE, fields)).toEqual({
      type: "edit-requirement",
      requirement: 3,
      version: 7,
      owner: null,
      acceptance: ["It is fast."],
      need: { finding: null },
    });
  });

  it("sees no change in blanks", () => {
    expect(
      listChanged(fieldsOf(BASE), {
        ...fieldsOf(BASE),
        title: ` ${BASE.title} `,
        acceptance: "It is fast.\n\nIt is safe.",
      }),
    ).toEqual([]);
  });

  it("asks for a title, and for both halves of a risk", () => {
    expect(findFieldLacks(EMPTY_FIELDS)).toEqual(["a title"]);
    expect(findFieldLacks({ ...EMPTY_FIELDS, title: "x", riskLevel: "high" })).toEqual(["what the risk is"]);
    expect(findFieldLacks({ ...EMPTY_FIELDS, title: "x", riskText: "late" })).toEqual(["how high the risk is"]);
  });
});

describe("a conflict", () => {
  const theirs: Requirement = {
    ...BASE,
    title: "Theirs",
    owner: "Viktor",
    version: 8,
    changedBy: "Bea",
    changedAt: "2026-03-18T09:00:00.000Z",
  };

  it("is read from the problem, and from no other error", () => {
    const problem = {
      type: "x",
      title: "Conflict",
      status: 409,
      detail: "changed",
      code: "conflict" as const,
      details: { current: theirs },
    };
    expect(readConflict(new ProblemError(problem))).toMatchObject({ changedBy: "Bea", current: { version: 8 } });
    expect(readConflict(new ProblemError({ ...problem, code: "invalid" }))).toBeUndefined();
    expect(readConflict(new Error("no net"))).toBeUndefined();
  });

  it("shows both, and names a clash only where both changed a field to something else", () => {
    const mine = { ...fieldsOf(BASE), title: "Mine", tester: "Dora" };
    expect(compareEdits(BASE, mine, theirs)).toEqual([
      { field: "title", name: "Title", before: BASE.title, theirs: "Theirs", yours: "Mine", clash: true },
      { field: "owner", name: "Owner", before: "Anna", theirs: "Viktor", yours: "Anna", clash: false },
      { field: "tester", name: "Tester", before: "Tom", theirs: "Tom", yours: "Dora", clash: false },
    ]);
    expect(compareEdits(BASE, { ...mine, title: "Theirs" }, theirs)[0]?.clash).toBe(false);
  });

  it("does not meet one's own change of another field", () => {
    const mine = { ...fieldsOf(BASE), tester: "Dora" };
    const own = { ...theirs, changedBy: "Ana" };
    expect(chooseVersion(BASE, mine, own, "Ana")).toBe(8);
    expect(chooseVersion(BASE, mine, theirs, "Ana")).toBe(7);
    expect(chooseVersion(BASE, { ...mine, title: "Mine" }, own, "Ana")).toBe(7);
  });
});

describe("a Must that is split", () => {
  const fields = {
    ...EMPTY_SPLIT,
    title: "The safe part",
    effort: 2.2,
    criteria: ["It is safe."],
    priority: "could" as const,
  };

  it("becomes a part of its own and a smaller Must", () => {
    expect(findSplitLacks(fields, BASE)).toEqual([]);
    expect(addPart(BASE, fields)).toMatchObject({
      splitFrom: 3,
      effort: 2.2,
      acceptance: ["It is safe."],
      need: BASE.need,
    });
    expect(shrinkMust(BASE, fields)).toMatchObject({ version: 7, effort: 2.8, acceptance: ["It is fast."] });
    expect(prioritisePart({ ...BASE, id: 9, version: 1 }, fields)).toMatchObject({
      requirement: 9,
      priority: "could",
      level: "project",
    });
  });

  it("cannot give away all of its effort or criteria", () => {
    expect(findSplitLacks({ ...fields, effort: 5 }, BASE)).toEqual(["less effort than the Must has now"]);
    expect(findSplitLacks({ ...fields, criteria: BASE.acceptance }, BASE)).toEqual([
      "which criteria stay with the Must",
    ]);
  });
});
