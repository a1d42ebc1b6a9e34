/**
 * The demo shop's year, customer by customer: when they visit, and everything that comes of it, in time order for each.
 * The same options always give the same events; `without` takes one plant away and leaves all other luck as it was.
 */
import { AppError } from "../../domain/app-error.ts";
import { type BusyClock, createBusyClock, DAY, endOfLocalDay, HOUR, startOfDate, timeOfDay } from "./calendar.ts";
import { type CustomerState, drawProfile, openLuck, recordEvent, type Traits } from "./customer-state.ts";
import type { DemoEvent } from "./demo-event.ts";
import { drawExponential, drawUniform } from "./distributions.ts";
import { createSwitchboard, type PlantId, type Switchboard } from "./planted.ts";
import { simulateVisit, type VisitPlan } from "./visit.ts";

export const DEMO_CURRENCY = "EUR";

export interface ShopOptions {
  /** Whole number; another seed is another shop with the same truth. */
  readonly seed: number;
  readonly customers: number;
  /** First and last local day, both included, like "2025-01-01". */
  readonly from: string;
  readonly to: string;
  /** The plant to take away, for a counterfactual shop. */
  readonly without?: PlantId;
}

export const DEMO_SHOP: ShopOptions = { seed: 3, customers: 5000, from: "2025-01-01", to: "2025-12-31" };

export interface CustomerYear {
  readonly customer: string;
  readonly traits: Traits;
  /** In time order; the ones before signing up have no customer. */
  readonly events: readonly DemoEvent[];
}

interface Span {
  readonly from: number;
  readonly to: number;
  readonly clock: BusyClock;
}

function createSpan(options: ShopOptions): Span {
  const from = startOfDate(options.from);
  const to = endOfLocalDay(startOfDate(options.to)) + 1;
  if (!(from < to)) {
    const message = `The demo shop runs from ${options.from} to ${options.to}: give two dates like 2025-01-01, the first one first`;
    throw new AppError("invalid", message, { from: options.from, to: options.to });
  }
  return { from, to, clock: createBusyClock(from, to) };
}

/** The ordinary visits of a customer, planned before anything happens: nothing they experience moves them. */
function planVisits(state: CustomerState, clock: BusyClock): VisitPlan[] {
  const { profile } = state;
  const random = openLuck(state, "arrivals");
  const starts: number[] = [];
  let busy = profile.startsAt;
  for (;;) {
    const gap = drawExponential(random, 1 / profile.visitRate);
    const [hourShare, withinShare] = [random.next(), random.next()];
    if (starts.length > 0 || !profile.isNew) busy += gap;
    if (busy >= clock.length) break;
    starts.push(timeOfDay(clock.dayAt(busy), hourShare, withinShare));
  }
  // A customer is somebody who is seen at least once.
  if (starts.length === 0)
    starts.push(timeOfDay(clock.dayAt(random.next() * clock.length), random.next(), random.next()));
  // Two visits planned for one day come in no order.
  starts.sort((a, b) => a - b);
  return starts.map((start, at) => ({
    id: `${profile.id}-V${String(at).padStart(3, "0")}`,
    start,
    purpose: at === 0 && profile.isNew ? "first" : "ordinary",
  }));
}

/** Takes the next visit out of the ordinary and the extra ones, whichever is earlier. */
function takeNextVisit(state: CustomerState, ordinary: VisitPlan[]): VisitPlan | undefined {
  const extra = state.extraVisits;
  extra.sort((a, b) => a.start - b.start);
  const [next] = ordinary;
  const [caused] = extra;
  if (caused === undefined || (next !== undefined && next.start <= caused.start)) return ordinary.shift();
  extra.shift();
  return { ...caused, purpose: "determined" };
}

/** Half of the new customers have looked around, days before, without being known. */
function lookAround(state: CustomerState, firstVisit: number, from: number): void {
  const random = openLuck(state, "before");
  const isCurious = random.next() < 0.5;
  const start = firstVisit - drawUniform(random, 0.5, 6) * DAY;
  if (isCurious && start >= from) simulateVisit(state, { id: `${state.profile.id}-N000`, start, purpose: "anonymous" });
}

/** A third of the new customers confirm the newsletter, hours later, whatever they are like. */
function subscribe(state: CustomerState, signedUpAt: number): void {
  const random = openLuck(state, "newsletter");
  const luck = random.next();
  const time = signedUpAt + drawUniform(random, 2, 30) * HOUR;
  if (luck < 0.35) recordEvent(state, time, "Newsletter Subscribed", "e-mail");
}

function simulateCustomer(number: number, seed: number, span: Span, switchboard: Switchboard): CustomerYear {
  const profile = drawProfile(seed, number, span.clock);
  const state: CustomerState = {
    profile,
    seed,
    switchboard,
    to: span.to,
    events: [],
    moods: [],
    leavesAt: profile.lifetimeEnd,
    busyUntil: span.from,
    hasBeenOfferedCall: false,
    boughtAt: new Map(),
    extraVisits: [],
  };
  const ordinary = planVisits(state, span.clock);
  const [first] = ordinary;
  state.leavesAt = Math.max(profile.lifetimeEnd, first?.start ?? span.from);
  const signedUpAt = profile.isNew && first !== undefined ? first.start : null;
  if (signedUpAt !== null) lookAround(state, signedUpAt, span.from);
  for (let plan = takeNextVisit(state, ordinary); plan !== undefined; plan = takeNextVisit(state, ordinary)) {
    const start = Math.max(plan.start, state.busyUntil);
    if (start > state.leavesAt || start >= span.to) continue;
    simulateVisit(state, { ...plan, start });
  }
  if (signedUpAt !== null) subscribe(state, signedUpAt);
  state.events.sort((a, b) => a.time - b.time);
  return { customer: profile.id, traits: profile.traits, events: state.events };
}

/**
 * Simulates the shop; one customer at a time is held in memory.
 * @throws AppError invalid when the dates are no span
 */
export function* simulateShop(options: ShopOptions): Generator<CustomerYear> {
  const span = createSpan(options);
  const switchboard = createSwitchboard(options.without);
  for (let number = 1; number <= options.customers; number += 1)
    yield simulateCustomer(number, options.seed, span, switchboard);
}
