/**
 * Rules 22–25 protect the fourth principle, never compromise quality: criteria before work, evidence before done.
 * Whether the criteria are good is for people to say.
 */
import { quote, writeCount, writeList } from "./figures.ts";
import { dayOf, isStarted } from "./progress.ts";
import type { Rule } from "./rule.ts";

const criteriaRule: Rule = {
  id: 22,
  principle: 4,
  severity: "error",
  title: "Work started without acceptance criteria",
  when: "requirements that are being worked on or done",
  why: "Nobody can tell when it is good enough, so it is never or always done.",
  action: "Write with the owner by what it will be accepted.",
  check: ({ requirements }, context) =>
    requirements
      .filter((one) => isStarted(one) && one.acceptance.length === 0)
      .map(({ id, title, state, startedAt }) => ({
        subject: `requirement ${id}`,
        message: `${quote(title)} is ${state === "done" ? "done" : `worked on${startedAt === null ? "" : ` since ${dayOf(startedAt, context)}`}`} and has no acceptance criterion.`,
      })),
};

const evidenceRule: Rule = {
  id: 23,
  principle: 4,
  severity: "error",
  title: "Done without test evidence",
  when: "requirements that are done: the newest try against the criteria has to have passed",
  why: "Done means tried and found good; everything else is hope.",
  action: "Try it against its criteria and write down what was seen; or set it back to doing.",
  check: ({ requirements }, context) =>
    requirements.flatMap(({ id, title, state, evidence, acceptance }) => {
      const newest = evidence.at(-1);
      if (state !== "done" || newest?.passed === true) return [];
      const criteria = writeCount(acceptance.length, "criterion", "criteria");
      const message =
        newest === undefined
          ? `${quote(title)} is done, and nobody tried it against its ${criteria}.`
          : `${quote(title)} is done, but the newest of ${writeCount(evidence.length, "try", "tries")} (${dayOf(newest.at, context)}, ${newest.author}) did not pass.`;
      return [{ subject: `requirement ${id}`, message }];
    }),
};

const testerRule: Rule = {
  id: 24,
  principle: 4,
  severity: "warning",
  title: "The developer is the sole tester",
  when: "requirements with a developer who made all their test evidence, or who is named as tester while there is none",
  why: "Who built it looks where it works.",
  action: "Let somebody else try it: the tester of the team, or the ambassador.",
  check: ({ requirements }) =>
    requirements.flatMap(({ id, title, developer, tester, evidence }) => {
      if (developer === null) return [];
      const isSole =
        evidence.length === 0 ? tester === developer : evidence.every(({ author }) => author === developer);
      if (!isSole) return [];
      const what = evidence.length === 0 ? "is also its only tester" : `made ${allOf(evidence.length)}`;
      return [{ subject: `requirement ${id}`, message: `${developer} develops ${quote(title)} and ${what}.` }];
    }),
};

const allOf = (tries: number) => (tries === 1 ? "its only try" : `all ${tries} of its tries`);

const weakenedRule: Rule = {
  id: 25,
  principle: 4,
  severity: "error",
  title: "Acceptance criteria weakened in mid-timebox",
  when: "criteria taken away or changed while the timebox ran, until they are back; not for a cancelled timebox",
  why: "Quality is agreed before work begins; lowering it hides that a Must is not met.",
  action: "Put the criteria back; if it cannot be met, drop Coulds and Shoulds for it or split it.",
  check: ({ requirements, timeboxes }, context) => {
    const cancelled = new Set(timeboxes.filter(({ state }) => state === "cancelled").map(({ id }) => id));
    return requirements.flatMap(({ id, title, weakened, acceptance }) => {
      const counted = weakened.filter(({ timebox }) => !cancelled.has(timebox));
      const agreed = [...new Set(counted.flatMap(({ before }) => before))];
      const gone = agreed.filter((criterion) => !acceptance.includes(criterion));
      const last = counted.at(-1);
      if (gone.length === 0 || last === undefined) return [];
      return [
        {
          subject: `requirement ${id}`,
          message: `${gone.length} of ${writeCount(agreed.length, "criterion", "criteria")} agreed for ${quote(title)} ${gone.length === 1 ? "is" : "are"} gone since timebox ${last.timebox} ran (${dayOf(last.at, context)}, ${last.author}): ${writeList(gone.map(quote))}.`,
        },
      ];
    });
  },
};

export const QUALITY: readonly Rule[] = [criteriaRule, evidenceRule, testerRule, weakenedRule];
