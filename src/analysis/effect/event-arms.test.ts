/** The moments of every arm equal plain loops on random logs: all metrics, times and units, on one table and on two shards. */
import fc from "fast-check";
import { afterAll, beforeAll, expect, it } from "vitest";
import { countRuns } from "../../../test/property-runs.ts";
import { type EffectQuestion, type EffectQuestionInput, effectQuestionSchema } from "../../domain/effect.ts";
import { momentsOfRows } from "../../stats/arm-moments.ts";
import type { AnalysisContext } from "../context.ts";
import { type RecordedEvent, RecordedEvents } from "../recorded-events.case.ts";
import type { CollectedArm } from "./collect-arms.ts";
import { type EventArms, readArms, readLooks } from "./event-arms.ts";
import { type LogEvent, type PlainSpan, type PlainUnit, plainArms } from "./event-oracle.case.ts";
import { compileUnits } from "./event-units.ts";

const HOUR = 3_600_000;
const ORDER = 'touchpoint = "Order"';
const VISIT = 'touchpoint = "Visit"';

const METRICS: readonly EffectQuestionInput["metric"][] = [
  { kind: "share", event: ORDER },
  { kind: "count", event: 'touchpoint = "Visit" or score <= 6' },
  { kind: "sum", event: ORDER, of: "value" },
  { kind: "sum", event: "value > 20", of: "weight" },
  { kind: "mean", event: ORDER, of: "score" },
  { kind: "mean", event: 'touchpoint = "Visit" or score <= 6', of: "nps" },
  { kind: "mean", event: ORDER, of: "prop.weight" },
  { kind: "ratio", event: ORDER, per: VISIT },
];

const SINCE = 100 * HOUR;
const UNTIL = 200 * HOUR;

type Draft = Omit<EffectQuestionInput, "design" | "metric"> & { readonly span: PlainSpan };
const FREE: PlainSpan = { since: null, until: UNTIL, from: null };
const SPAN: PlainSpan = { ...FREE, since: SINCE };
const SHORT: PlainSpan = { ...SPAN, from: 70 * HOUR };

const PLACES: readonly Draft[] = [
  { by: "customer.arm", span: SPAN },
  { by: "customer.arm", control: ["A"], treatment: ["B"], span: SHORT },
  { by: "customer.arm", control: ["A"], withinMs: 40 * HOUR, span: SPAN },
  { by: "customer.arm", treatment: ["B", "C"], at: VISIT, withinMs: 30 * HOUR, span: SHORT },
  { by: "customer.arm", at: ORDER, span: FREE },
  { by: "prop.variant", at: VISIT, withinMs: 24 * HOUR, span: SPAN },
  { by: "prop.variant", treatment: ["x"], span: FREE },
  { by: "prop.variant", control: ["x"], treatment: ["y"], at: VISIT, span: SHORT },
  { audience: 'customer.arm = "A" and has("Order")', span: SPAN },
  { unit: "session", by: "customer.arm", span: SPAN },
  { unit: "session", by: "customer.arm", control: ["A"], at: VISIT, withinMs: 12 * HOUR, span: SPAN },
  { unit: "session", by: "customer.arm", treatment: ["B"], span: FREE },
  { unit: "session", by: "prop.variant", withinMs: 24 * HOUR, span: SPAN },
];

const eventArbitrary = fc.record({
  customer: fc.constantFrom("c1", "c2", "c3", "c4", "c5", "c6", "c7", "c8"),
  at: fc.integer({ min: 1, max: 199 }).map((hour) => hour * HOUR),
  touchpoint: fc.constantFrom("Order", "Visit", "Visit", "Other"),
  value: fc.constantFrom(null, 10, 25, 40.5),
  currency: fc.constantFrom("EUR", "EUR", "USD"),
  score: fc.constantFrom(null, 3, 7, 9, 10),
  scale: fc.constantFrom("0-10", "1-5"),
  weight: fc.constantFrom("", "2", "-3.5", "nan", "many"),
  variant: fc.constantFrom("", "", "x", "y"),
  session: fc.constantFrom("", "s1", "s2", "s3"),
  swap: fc.boolean(),
});

const ARMS: Readonly<Record<string, string>> = { c2: "A", c3: "A", c4: "B", c5: "B", c6: "B", c7: "C" };

/** c1 changes its arm, c8 has none. */
function toLog(drafts: readonly (typeof eventArbitrary extends fc.Arbitrary<infer T> ? T : never)[]): LogEvent[] {
  const log = drafts.map(({ swap, ...draft }) => ({
    ...draft,
    session: draft.session === "" ? "" : `${draft.customer}-${draft.session}`,
    arm: draft.customer === "c1" ? (swap ? "A" : "B") : (ARMS[draft.customer] ?? ""),
  }));
  return log.toSorted((a, b) => a.at - b.at);
}

function toRecorded({ arm, session, weight, variant, at, value, ...event }: LogEvent): RecordedEvent {
  return {
    ...{ customer: event.customer, at: new Date(at).toISOString(), touchpoint: event.touchpoint },
    ...(value === null ? {} : { value: String(value) }),
    ...{ currency: event.currency, scale: event.scale, properties: { weight, variant } },
    ...(event.score === null ? {} : { score: event.score }),
    ...(session === "" ? {} : { objects: { session } }),
    ...(arm === "" ? {} : { traits: { arm } }),
  };
}

const isCounted = ({ metric }: EffectQuestion) => metric.kind === "share" || metric.kind === "count";

/** The numbers of an arm, in the columns that the engine gave. */
function expectArm(arm: CollectedArm | undefined, units: readonly PlainUnit[], where: string, counted: boolean): void {
  if (units.length === 0) {
    expect(arm?.moments.n ?? 0, where).toBe(0);
    return;
  }
  const columns = arm?.moments.columns ?? [];
  const rows = Object.fromEntries(columns.map((column) => [column, units.map((unit) => unit[column])]));
  const [plain] = momentsOfRows(
    rows,
    units.map(() => 0),
    1,
  );
  expect(arm?.moments.n, where).toBe(units.length);
  for (const part of ["means", "products"] as const) {
    const found = arm?.moments[part] ?? [];
    expect(found.length, where).toBe(plain?.[part].length);
    for (const [at, number] of found.entries())
      expect(number, `${where} ${part} ${at}`).toBeCloseTo(plain?.[part][at] ?? NaN, 6);
  }
  const binary = counted && units.every(({ value }) => value === 0 || value === 1);
  expect(arm?.hits, where).toBe(binary ? units.filter(({ value }) => value === 1).length : null);
}

const summary = ({ arms, ...counts }: EventArms) => ({
  ...counts,
  arms: [...arms].map(([label, { hits, moments }]) => [
    label,
    hits,
    moments.n,
    ...[...moments.means, ...moments.products].map((one) => one.toFixed(6)),
  ]),
});

let recorded: RecordedEvents;
beforeAll(async () => {
  recorded = await RecordedEvents.open();
});
afterAll(() => recorded.close());

/** Touchpoints that a log may lack must still have a name. */
const NAMED: readonly RecordedEvent[] = ["Order", "Visit", "Other"].map((touchpoint) => ({
  at: "2020-01-01",
  touchpoint,
}));

async function check(
  context: AnalysisContext,
  log: readonly LogEvent[],
  input: Draft,
  metric: EffectQuestionInput["metric"],
) {
  const { span, ...draft } = input;
  const question = effectQuestionSchema.parse({ design: "randomised", metric, ...draft });
  const where = JSON.stringify({ metric, ...input });
  const found = await readArms(context, compileUnits(context, question, span));
  const plain = plainArms(question, log, span);
  const { mixed, none, open } = found;
  expect({ mixed, none, open }, where).toEqual({ mixed: plain.mixed, none: plain.none, open: plain.open });
  const labels = new Set([...found.arms.keys(), ...plain.units.map(({ arm }) => arm)]);
  for (const label of labels)
    expectArm(
      found.arms.get(label),
      plain.units.filter(({ arm }) => arm === label),
      `${where} ${label}`,
      isCounted(question),
    );
  return { question, found, where };
}

const LOOKS = [150 * HOUR, 180 * HOUR, UNTIL];

/** A look is the answer with an earlier end; with a fixed time, of the units whose time was over by then. */
async function checkLooks(
  context: AnalysisContext,
  log: readonly LogEvent[],
  question: EffectQuestion,
  span: PlainSpan,
  where: string,
) {
  // In clusters and where the arm may change, the last word of each is taken for all looks: only the last one is the same.
  const looks = question.unit === "session" || question.by === "prop.variant" ? [UNTIL] : LOOKS;
  const seen = await readLooks(context, compileUnits(context, { ...question, adjust: false }, span), looks);
  const whole = plainArms(question, log, span).units;
  for (const [at, until] of looks.entries()) {
    const fixed = question.withinMs !== undefined;
    const then = fixed
      ? whole.filter(({ finish }) => finish <= until)
      : plainArms(question, log, { ...span, until }).units;
    for (const [label, arms] of seen)
      expectArm(
        arms[at],
        then.filter(({ arm }) => arm === label),
        `${where} look ${at} ${label}`,
        isCounted(question),
      );
  }
}

it("adds up the units of random logs as plain loops do", async () => {
  const scenario = fc.record({
    drafts: fc.array(eventArbitrary, { minLength: 60, maxLength: 140, size: "max" }),
    shift: fc.nat(METRICS.length - 1),
  });
  await fc.assert(
    fc.asyncProperty(scenario, async ({ drafts, shift }) => {
      const log = toLog(drafts);
      const context = await recorded.record([...log.map(toRecorded), ...NAMED]);
      const shards = { ...context, source: "journeys_on_shards" as const };
      for (const [nth, place] of PLACES.entries()) {
        const metric = METRICS[(nth + shift) % METRICS.length] as EffectQuestionInput["metric"];
        const { question, found, where } = await check(context, log, place, metric);
        const { span } = place;
        if (nth % 4 === shift % 4)
          expect(summary(await readArms(shards, compileUnits(shards, question, span))), where).toEqual(summary(found));
        if (nth % 3 === shift % 3) await checkLooks(nth % 2 === 0 ? shards : context, log, question, span, where);
      }
    }),
    { numRuns: countRuns(1), endOnFailure: true },
  );
});
