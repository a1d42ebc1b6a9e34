import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { AppError } from "../../domain/app-error.ts";
import { type ActionContext, type DeliveryAction, deliveryActionSchema } from "../../domain/dsdm/action.ts";
import { deliveryRecordSchema, type Initiative, initiativeSchema } from "../../domain/dsdm/initiative.ts";
import { addEffort, findShares, PRIORITY_LEVELS } from "../../domain/dsdm/moscow.ts";
import { BUSY, onDay } from "./act.case.ts";
import { act } from "./act.ts";
import { ACTION_TYPES, contextOf, fillVersion, type Step, stepArbitrary } from "./action.case.ts";
import { writeRecord } from "./record.ts";
import { replay } from "./replay.case.ts";

const SEEDED = { seed: 6, numRuns: Number(process.env.WAYMARK_TEST_RUNS ?? 30) };

/** A refusal, or anything else, that changed a document would throw. */
function freeze<T>(value: T): T {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const one of Object.values(value)) freeze(one);
  return value;
}

type See = (before: Initiative, after: Initiative, action: DeliveryAction, context: ActionContext) => void;

/** Does one after the other what is allowed, and passes over what is refused. */
function walk(steps: readonly Step[], see: See): Initiative {
  let initiative = freeze(BUSY);
  let today = 5;
  for (const step of steps) {
    today += step.later;
    const context = contextOf(today, step);
    const action = fillVersion(initiative, step.action);
    const after = tryTo(initiative, action, context);
    if (after === null) continue;
    see(initiative, freeze(after), action, context);
    initiative = after;
  }
  return initiative;
}

/** null when it is refused, by an error that names the field. */
function tryTo(before: Initiative, action: DeliveryAction, context: ActionContext): Initiative | null {
  try {
    return act(before, action, context);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    expect(typeof error.details.field).toBe("string");
    return null;
  }
}

/** Without a bias to the first values: few walks are to come far. */
const walks = fc.noBias(fc.array(stepArbitrary, { minLength: 40, maxLength: 60 }));

const always = (see: See, atTheEnd: (last: Initiative) => void = () => {}) =>
  fc.assert(
    fc.property(walks, (steps) => atTheEnd(walk(steps, see))),
    SEEDED,
  );

const total = (effort: object) => Object.values(effort).reduce((sum: number, one: number) => sum + one, 0);

/** Asked many thousand times: `expect` takes longer than what it looks at. */
function hold(isSo: boolean, what: string, ...shown: unknown[]): void {
  if (!isSo) throw new Error(`${what}: ${JSON.stringify(shown)}`);
}

describe("any sequence of actions", () => {
  it("has each type of action among what is allowed, and all of them in the public schema", () => {
    const seen = new Set<string>();
    always((_before, _after, action) => {
      if (!seen.has(action.type)) expect(deliveryActionSchema.safeParse(action).error).toBeUndefined();
      seen.add(action.type);
    });
    expect(ACTION_TYPES.filter((type) => !seen.has(type))).toEqual([]);
  });

  it("leaves a valid document", () => {
    always(
      () => {},
      (last) => {
        expect(initiativeSchema.parse(last)).toEqual(last);
      },
    );
  });

  it("keeps efforts that add up, shares that sum to 1, and what is left within what there is", () => {
    always((_before, { requirements, timeboxes }) => {
      const groups = [requirements, ...timeboxes.map(({ id }) => requirements.filter((one) => one.timebox === id))];
      for (const level of PRIORITY_LEVELS)
        for (const group of groups) {
          const effort = addEffort(group, level);
          const sum = group.reduce((all, one) => all + one.effort, 0);
          const shares = findShares(effort);
          hold(Math.abs(total(effort) - sum) < 1e-9, "efforts", effort, sum);
          hold(shares === null || Math.abs(total(shares) - 1) < 1e-9, "shares", shares);
        }
      for (const one of requirements) {
        const { effort, remaining, state, doneAt, startedAt } = one;
        hold(remaining >= 0 && remaining <= effort && (state !== "done" || remaining === 0), "remaining", one);
        hold((doneAt !== null) === (state === "done") && (startedAt !== null) === (state !== "to-do"), "times", one);
      }
    });
  });

  it("keeps requirements and timeboxes in agreement about increments, and nothing undone in a closed one", () => {
    always((_before, { requirements, timeboxes }) => {
      for (const one of requirements) {
        if (one.timebox === null) continue;
        const held = timeboxes.find(({ id }) => id === one.timebox);
        hold(one.increment === held?.increment, "increment", one, held);
        hold(held?.state !== "cancelled" && (held?.state !== "closed" || one.state === "done"), "state", one, held);
      }
    });
  });

  it("burns down as a recount says, one entry an instant", () => {
    always((before, { requirements, timeboxes }, _action, { at }) => {
      for (const { id, state, burn } of timeboxes) {
        const earlier = before.timeboxes.find((one) => one.id === id)?.burn ?? [];
        const held = requirements.filter((one) => one.timebox === id);
        const left = held.map((one) => ({ effort: one.remaining, priority: one.priority }));
        const recount = addEffort(left, "timebox");
        if (state === "running") hold(isDeepStrictEqual(burn.at(-1)?.remaining, recount), "recount", burn, recount);
        else hold(isDeepStrictEqual(burn, earlier), "burn of what does not run", earlier, burn);
        hold(new Set(burn.map((one) => one.at)).size === burn.length, "one an instant", burn);
        // What stood at an earlier instant stands.
        const settled = earlier.filter((one) => one.at !== at);
        hold(isDeepStrictEqual(burn.slice(0, settled.length), settled), "settled", earlier, burn);
      }
    });
  });

  it("moves the end of a running timebox only by an exception that was granted for it, each once", () => {
    let count = 0;
    always(
      (before, after) => {
        for (const { id, kickOff, end, moves } of before.timeboxes) {
          if (kickOff === null) continue;
          const now = after.timeboxes.find((one) => one.id === id);
          hold(now?.kickOff === kickOff, "kick-off", kickOff, now?.kickOff);
          const added = now?.moves.slice(moves.length) ?? [];
          if (now?.end === end) hold(added.length === 0, "a move of nothing", added);
          else hold(added.length === 1 && added[0]?.from === end && added[0].to === now?.end, "move", added, now);
        }
      },
      ({ timeboxes, exceptions }) => {
        const moves = timeboxes.flatMap((one) => one.moves.map((move) => ({ ...move, timebox: one.id })));
        count += moves.length;
        expect(new Set(moves.map(({ exception }) => exception)).size).toBe(moves.length);
        for (const { exception, timebox } of moves)
          expect(exceptions.find(({ id }) => id === exception)).toMatchObject({ timebox, answer: { granted: true } });
        for (const { kickOff, moves, end } of timeboxes) if (kickOff) expect(moves.at(-1)?.to ?? kickOff.end).toBe(end);
      },
    );
    expect(count).toBeGreaterThan(5);
  });

  it("chains the history of priorities, from the first to the present one, with author and reason", () => {
    const check = ({ requirements }: Initiative) => {
      for (const { priority, history } of requirements)
        for (const level of PRIORITY_LEVELS) {
          const steps = history.filter((one) => one.level === level);
          expect([...steps.map(({ from }) => from), priority[level]]).toEqual([null, ...steps.map(({ to }) => to)]);
          expect(steps.every(({ author, reason }) => Boolean(author) && Boolean(reason))).toBe(true);
        }
    };
    always(() => {}, check);
  });

  it("delivers what is done, and no more than was planned, whenever a timebox is closed", () => {
    let count = 0;
    always((_before, last) => {
      for (const { id, state } of last.timeboxes) {
        if (state !== "running") continue;
        const closed = act(
          last,
          { type: "close-out", timebox: id, accepters: [], retrospective: null, carry: [] },
          onDay(31),
        );
        const entry = closed.timeboxes.find((one) => one.id === id)?.closeOut;
        const { planned = {}, delivered = {} } = entry ?? {};
        const done = last.requirements.filter((one) => one.timebox === id && one.state === "done");
        hold(isDeepStrictEqual(delivered, addEffort(done, "timebox")), "delivered", entry, done);
        hold(total(delivered) <= total(planned) + 1e-9, "planned", entry);
        count += done.length;
      }
    });
    expect(count).toBeGreaterThan(5);
  });

  it("leaves records without gaps, each of which makes the document after from the one before", () => {
    let last = 0;
    always((before, after, action, context) => {
      if (before === BUSY) last = BUSY.version;
      // As the store keeps it.
      const kept: unknown = JSON.parse(JSON.stringify(writeRecord(before, after, action.type, context)));
      const record = deliveryRecordSchema.parse(kept);
      last += 1;
      hold(record.version === last && after.version === last, "version", last, record);
      hold(record.changes.length > 0, "no change", record);
      const replayed = replay(before, record);
      if (!isDeepStrictEqual(replayed, after)) expect(replayed).toEqual(after);
    });
  });

  it("counts each changed requirement one version on, and no other", () => {
    always((before, after) => {
      for (const one of before.requirements) {
        const now = after.requirements.find(({ id }) => id === one.id);
        hold(now?.version === (now === one ? one.version : one.version + 1), "version", one, now);
      }
    });
  });
});
