import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Initiative } from "../../domain/dsdm/initiative.ts";
import { CASE_EFFECT, CASE_FINDING, healthyContext, healthyInitiative } from "../initiative.case.ts";
import { reportInitiative } from "../initiative-report.ts";
import { write, writeText } from "./markdown.ts";
import { DOCUMENT_KINDS, writeDocument } from "./write-document.ts";

const newest = { measuredAt: "2026-03-17T00:00:00.000Z", verdict: "inconclusive", n: 4_812, estimate: 0.011 };
const CONTEXT = {
  ...healthyContext({
    effects: new Map([[1, { ...CASE_EFFECT, newest: { ...newest, low: -0.004, high: 0.026 } }]]),
  }),
  ...{ velocity: null, currency: "EUR" },
};

function report(change: (initiative: Initiative) => void = () => {}) {
  return reportInitiative(healthyInitiative(change), CONTEXT);
}

const GATE = { phase: "post-project", decision: "again", author: "Sofia", reason: "Measure B for longer." } as const;

/** Everything that a record may hold, and signs that Markdown would take for its own. */
function eventful(one: Initiative) {
  const at = "2026-03-16T09:00:00.000Z";
  const [first, second] = one.timeboxes;
  const [, , , , must, should] = one.requirements;
  Object.assign(must ?? {}, {
    title: "Pay | by <b>card</b> [or not](javascript:alert)",
    acceptance: ["It *works*.", "It is `fast`"],
    risk: { level: "high", text: "# The provider\n\n- may be late" },
  });
  Object.assign(should ?? {}, {
    need: { finding: null, kpi: "checkout-conversion", goal: 1 },
    owner: null,
    acceptance: [],
  });
  one.constraints.push({ id: 2, kind: "budget", text: "At most 30 days.", phase: "implementation", settled: null });
  const weak = one.questionnaire.foundations[8];
  if (weak !== undefined) Object.assign(weak, { score: 2, action: "Dan stays until June." });
  one.exceptions.push({ id: 2, at, author: "Lena", text: "Two days are lost.", timebox: 2, answer: null });
  const blocker = { requirement: 5, text: "No test account.", at, author: "Dan" };
  second?.blockers.push({ ...blocker, id: 1, clearedAt: null, clearedBy: null, outcome: null });
  second?.blockers.push({ ...blocker, id: 2, requirement: null, clearedAt: at, clearedBy: "Dan", outcome: null });
  second?.drops.push({ at, requirements: [10], saved: 5, decidedBy: "Anna", reason: "The card comes first." });
  second?.moves.push({ at, author: "Petra", from: "2026-03-19", to: "2026-03-20", exception: 1, reason: "A holiday." });
  if (first?.closeOut != null) {
    first.closeOut.delivered = { ...first.closeOut.delivered, must: 0 };
    first.closeOut.undone = [{ requirement: 8, to: 3 }];
  }
  one.gates.push({ ...GATE, at });
  one.assessments.push({
    ...{ at, author: "Sofia", text: "Too early to tell.\n\nThe group was small.", decision: "Run it until June." },
    effects: [{ effect: 1, verdict: "inconclusive", n: 4_812, estimate: 0.011, low: -0.004, high: 0.026 }],
  });
}

const NOTHING: Partial<Initiative> = {
  ...{ summary: null, goal: null, findings: [], kpis: [], effects: [], benefit: null, gates: [], baseline: null },
  ...{ people: [], departments: [], requirements: [], increments: [], constraints: [], assessments: [], feedback: [] },
  questionnaire: { feasibility: [], foundations: [] },
};

describe("a document", () => {
  it.each(DOCUMENT_KINDS)("prints the %s of an eventful initiative", async (kind) => {
    const { title, markdown } = writeDocument(kind, report(eventful), 2);
    expect(markdown.startsWith(`# ${title}\n`)).toBe(true);
    expect(markdown).toContain("Follows DSDM.");
    await expect(markdown).toMatchFileSnapshot(`snapshots/${kind}.md`);
  });

  it("names the waiver of the Must share in the foundations", () => {
    const waive = (one: Initiative) =>
      Object.assign(one, { waiver: { at: "2026-02-01T09:00:00.000Z", author: "Vera", reason: "Third of its kind." } });
    expect(writeDocument("foundations", report(waive)).markdown).toContain(
      "More than 60 % Must was waived by Vera on 2026-02-01: Third of its kind.",
    );
  });

  it("says of a closed timebox how it ended", async () => {
    const { markdown } = writeDocument("timebox-review", report(eventful), 1);
    expect(markdown).toContain("A Must was not done: this timebox failed");
    expect(markdown).toContain("Requirement 8: to Timebox 3");
    expect(markdown).toContain("Tarek, technical coordinator");
  });

  it.each(DOCUMENT_KINDS)("says in the %s what was not recorded", (kind) => {
    const { markdown } = writeDocument(
      kind,
      report((one) => Object.assign(one, NOTHING)),
      3,
    );
    expect(markdown).toContain("not recorded");
    expect(markdown).not.toMatch(/undefined|null|NaN|\[object/);
  });

  it("writes instants as days of the workspace’s zone", () => {
    const late = (one: Initiative) => one.gates.push({ ...GATE, at: "2026-03-16T22:30:00.000Z" });
    const print = (zone: string) =>
      writeDocument("benefits", reportInitiative(healthyInitiative(late), { ...CONTEXT, zone })).markdown;
    expect(print("UTC")).toContain("| again | 2026-03-16 | Sofia |");
    expect(print("Europe/Berlin")).toContain("| again | 2026-03-16 | Sofia |");
    expect(print("Asia/Tokyo")).toContain("| again | 2026-03-17 | Sofia |");
    expect(print("Asia/Tokyo")).toContain("(days of Asia/Tokyo)");
  });

  it("needs a timebox that there is for a review", () => {
    expect(() => writeDocument("timebox-review", report())).toThrow(expect.objectContaining({ code: "invalid" }));
    expect(() => writeDocument("timebox-review", report(), 9)).toThrow(expect.objectContaining({ code: "not-found" }));
  });

  it("never prints hours", () => {
    const { markdown } = writeDocument(
      "timebox-review",
      report((one) => {
        for (const standUp of one.timeboxes[1]?.standups ?? []) standUp.hours = 987;
      }),
      2,
    );
    expect(markdown).not.toContain("987");
  });
});

describe("what people wrote", () => {
  it("stays text", () => {
    expect(write("a | b")).toBe("a \\| b");
    expect(write("<script>x</script> & [y](z)")).toBe("&lt;script&gt;x&lt;/script&gt; &amp; \\[y\\](z)");
    expect(write("# no head")).toBe("\\# no head");
    expect(write("- no item")).toBe("\\- no item");
    expect(write("12. no number")).toBe("12\\. no number");
    expect(write("2026 was good")).toBe("2026 was good");
    expect(write("two\nlines")).toBe("two lines");
    expect(write(" \n ")).toBe("not recorded");
    expect(writeText("one\n\ntwo\nand more")).toBe("one\n\ntwo and more");
    expect(writeText(null)).toBe("not recorded");
  });

  it("makes no cell, tag, link or line of its own, whatever it is", () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(..."|<>[]()\\`*_~#-+=:&1. \n\ra") }), (text) => {
        const written = write(text);
        const bare = written.replace(/\\[\\`*_~[\]|#+=:.)-]/g, "x");
        expect(bare).not.toMatch(/[<>|[\]`*_~\n\r]/);
        expect(bare).not.toMatch(/&(?!amp;|lt;|gt;)/);
        expect(bare).not.toMatch(/^(#|[-+=:]|\d+[.)])/);
        expect(written.trim()).toBe(written);
      }),
      { numRuns: 300 },
    );
  });
});

it("names the finding of a requirement", () => {
  expect(writeDocument("foundations", report()).markdown).toContain(`finding 1: ${CASE_FINDING.title}`);
});
