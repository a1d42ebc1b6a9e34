/**
 * Who a simulated customer is: traits everybody can see, latent loyalty and satisfaction nobody can, and whether they left.
 * What they do is for visit.ts, order.ts and support.ts.
 */
import { type BusyClock, DAY, HOUR } from "./calendar.ts";
import type { DemoEvent, EventDetails } from "./demo-event.ts";
import { drawExponential, drawGamma, drawInteger, drawNormal, drawUniform, drawWeighted } from "./distributions.ts";
import type { PlantId, Switchboard } from "./planted.ts";
import { openRandom, type Random } from "./random.ts";

export const TRAIT_NAMES = ["country", "region", "group", "desk", "acquisition", "signupMonth"] as const;
export type Traits = Readonly<Record<(typeof TRAIT_NAMES)[number], string>>;

export interface CustomerProfile {
  readonly id: string;
  readonly anonymous: string;
  readonly traits: Traits;
  /** Standard normal, for life. Drives visits, carts and orders, and nothing in the data shows it directly. */
  readonly loyalty: number;
  /** Mood towards the shop at the start, standard normal; experiences move it. */
  readonly satisfaction: number;
  /** Visits per average day while active. */
  readonly visitRate: number;
  /** Share of visits made with the app. */
  readonly appShare: number;
  /** Signed up within the simulated span; everybody else was a customer before it. */
  readonly isNew: boolean;
  /** Busy time (see calendar.ts) at which they sign up; 0 for earlier customers. */
  readonly startsAt: number;
  /** When they would stop coming without any bad experience. */
  readonly lifetimeEnd: number;
}

/** A customer in the making: what changes while their year is simulated. */
export interface CustomerState {
  readonly profile: CustomerProfile;
  readonly seed: number;
  readonly switchboard: Switchboard;
  /** End of the simulated span; what would happen later is not recorded. */
  readonly to: number;
  readonly events: DemoEvent[];
  /** Experiences so far: what each did to the customer's satisfaction, and when. */
  readonly moods: { readonly time: number; readonly change: number }[];
  /** No visit starts after this instant. */
  leavesAt: number;
  /** No visit starts before this instant: the last one is still going on. */
  busyUntil: number;
  /** The one order after which an advice call was possible has been. */
  hasBeenOfferedCall: boolean;
  /** When each product was last ordered (product-names.ts). */
  readonly boughtAt: Map<string, number>;
  /** Visits caused by something, beside the ordinary ones. */
  readonly extraVisits: { readonly id: string; readonly start: number }[];
}

const COUNTRIES = [
  ["DE", 78],
  ["AT", 12],
  ["CH", 10],
] as const;
const REGIONS = [
  ["north", 1],
  ["south", 1],
  ["east", 1],
  ["west", 1],
] as const;
const GROUPS = [
  ["A", 1],
  ["B", 1],
  ["C", 1],
  ["D", 1],
] as const;
const DESKS = [
  ["inhouse", 1],
  ["partner", 1],
] as const;
const ACQUISITIONS = [
  ["search ads", 32],
  ["social", 22],
  ["organic", 30],
  ["referral", 16],
] as const;

const SHARE_NEW = 0.45;
const MEAN_VISITS_A_YEAR = 23;
const VISIT_RATE_SHAPE = 1.6;
const MEAN_LIFETIME_DAYS = 700;

/** Groups are drawn apart from everything else: they are randomised, so they are comparable. */
export function drawProfile(seed: number, number: number, clock: BusyClock): CustomerProfile {
  const id = `C${String(number).padStart(5, "0")}`;
  const random = openRandom(seed, id, "profile");
  const loyalty = drawNormal(random);
  const satisfaction = drawNormal(random);
  const rate = drawGamma(random, VISIT_RATE_SHAPE, MEAN_VISITS_A_YEAR / 365 / VISIT_RATE_SHAPE);
  const isNew = random.next() < SHARE_NEW;
  const startsAt = isNew ? random.next() * clock.length : 0;
  const start = clock.dayAt(startsAt);
  const signup = isNew ? start : start - drawUniform(random, 1, 730) * DAY;
  const traits = {
    country: drawWeighted(random, COUNTRIES),
    region: drawWeighted(random, REGIONS),
    group: drawWeighted(random, GROUPS),
    desk: drawWeighted(random, DESKS),
    acquisition: drawWeighted(random, ACQUISITIONS),
    signupMonth: new Date(signup + 2 * HOUR).toISOString().slice(0, 7),
  };
  return {
    id,
    anonymous: `a-${drawInteger(random, 0x10000000, 0xffffffff).toString(16)}${String(number).padStart(5, "0")}`,
    traits,
    loyalty,
    satisfaction,
    visitRate: rate * Math.exp(0.15 * loyalty),
    appShare: random.next() < 0.4 ? 0.8 : 0.1,
    isNew,
    startsAt,
    lifetimeEnd: start + DAY + drawExponential(random, MEAN_LIFETIME_DAYS) * DAY,
  };
}

/** Records an event of this customer, unless it falls behind the end of the simulated span. */
export function recordEvent(
  state: CustomerState,
  time: number,
  touchpoint: string,
  channel: string,
  details: EventDetails = {},
): void {
  if (time >= state.to) return;
  state.events.push({
    customer: state.profile.id,
    anonymous: "",
    ...details,
    time: Math.floor(time),
    touchpoint,
    channel,
  });
}

/** The stream of luck for one decision: the same in every shop with this seed, whatever else is different there. */
export function openLuck(state: CustomerState, ...key: readonly string[]): Random {
  return openRandom(state.seed, state.profile.id, ...key);
}

/** Whether an occasion is exposed to a plant, given its luck in [0, 1). */
export function isExposed(state: CustomerState, id: PlantId, instant: number, luck: number): boolean {
  return luck < state.switchboard.share(id, state.profile.traits, instant);
}

/** Satisfaction at an instant: what they began with and every experience until then. */
export function satisfactionAt(state: CustomerState, instant: number): number {
  let sum = state.profile.satisfaction;
  for (const mood of state.moods) if (mood.time <= instant) sum += mood.change;
  return sum;
}

/** The customer leaves for good at that instant, or earlier if they were to leave earlier. */
export function leave(state: CustomerState, instant: number): void {
  state.leavesAt = Math.min(state.leavesAt, instant);
}

export function clamp(value: number, low: number, high: number): number {
  return Math.min(high, Math.max(low, value));
}
