/**
 * Customers of a friction world, journey by journey, and what each friction is truly worth there.
 * It writes nothing and fits nothing: the truth comes from playing journeys again (friction-truth.ts).
 */

import { WAIT_PROPERTY } from "../../domain/friction.ts";
import type { PromiseTarget } from "../../domain/promise.ts";
import { drawExponential, drawNormal, drawPoisson, drawUniform } from "../demo/distributions.ts";
import { openRandom, type Random } from "../demo/random.ts";
import { type FrictionCustomer, FrictionJourney } from "./friction-journey.ts";
import { type FrictionTruth, FrictionTruths, type PlayedStep } from "./friction-truth.ts";
import { buildFrictionWorld, FRICTION_SEGMENTS, type FrictionWorld } from "./friction-world.ts";
import { OUTCOME } from "./planted-world.ts";
import type { PlantedCustomer, PlantedEvent } from "./simulate-planted.ts";

export const FRICTION_SCENARIOS = ["frictions", "frictions-null"] as const;
type FrictionScenario = (typeof FRICTION_SCENARIOS)[number];

export interface FrictionRun {
  readonly scenario: FrictionScenario;
  readonly seed: number;
  readonly customers: number;
}

export interface FrictionTruthReport extends FrictionRun {
  readonly outcome: string;
  readonly withinMs: number;
  /** What somebody promised there; the other waits are told by the usual gaps. */
  readonly promises: readonly PromiseTarget[];
  readonly frictions: readonly FrictionTruth[];
}

export interface FrictionSimulation {
  /** To be read once. */
  readonly customers: Iterable<PlantedCustomer>;
  /** Known when the customers were read. */
  truth(): FrictionTruthReport;
}

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
export const FRICTION_WINDOW_MS = 14 * DAY_MS;
const FIRST_DAY = Date.UTC(2024, 0, 1);
const DAYS = 420;
/** Before, orders alone are known: from then on there have always been as many earlier ones as there will be. */
const TRACKED_DAY = 100;
const CHANNELS = ["web", "app"];
const TOPICS = [
  ["invoice", "parcel", "account", "voucher"],
  ["size", "colour", "return", "address"],
];

/** Levels of earlier events, as a history tells them. */
function levelOf(events: number): number {
  return [0, 3, 10, 30].filter((bound) => events > bound).length;
}

/** One customer's history in the making. */
class FrictionLife {
  readonly events: PlantedEvent[] = [];
  readonly #id: string;
  readonly #person: Pick<FrictionCustomer, "segment" | "intent">;
  readonly #world: FrictionWorld;
  readonly #truths: FrictionTruths;
  readonly #random: Random;
  /** Luck of what would have come instead, apart: whatever is asked of a world, its events are the same. */
  readonly #replays: Random;
  #orders = 0;

  constructor(id: string, world: FrictionWorld, truths: FrictionTruths, random: Random, replays: Random) {
    this.#id = id;
    this.#world = world;
    this.#truths = truths;
    this.#random = random;
    this.#replays = replays;
    this.#person = { segment: Math.floor(random.next() * FRICTION_SEGMENTS.length), intent: drawNormal(random) };
  }

  get segment(): string {
    return FRICTION_SEGMENTS[this.#person.segment] ?? "basic";
  }

  /** @param start milliseconds since 1970 @returns when the journey ended */
  addJourney(start: number): number {
    const customer: FrictionCustomer = {
      ...this.#person,
      pastOrders: this.#orders,
      priorLevel: levelOf(this.events.length),
    };
    const length = Math.min(8, 3 + drawPoisson(this.#random, 1.8));
    const journey = new FrictionJourney(this.#world, customer, length, this.#random);
    const channel = CHANNELS[this.#random.next() < 0.5 ? 0 : 1] ?? "web";
    const timeOf = (hours: number) => Math.round(start + hours * HOUR_MS);
    const topics = new Map<number, string>();
    const state = journey.begin();
    const steps: PlayedStep[] = [];
    const tracked = start >= FIRST_DAY + TRACKED_DAY * DAY_MS;
    while (tracked && state.step < state.length) {
      const touch = journey.drawTouch(state);
      const flags = journey.drawFlags(touch, state);
      const { step, time } = state;
      this.events.push({ ...this.#tell(journey, touch, flags, step, topics), time: timeOf(time), channel, order: "" });
      steps.push({ state: { ...state, at: state.at.slice() }, touch, flags });
      this.#truths.weigh(journey, steps, this.#replays);
      journey.advance(state, touch, flags);
      if (journey.leaves(touch, step)) return timeOf(state.time);
    }
    if (this.#random.next() < journey.order(state)) {
      this.#orders += 1;
      const order = `${this.#id}-${this.#orders}`;
      this.events.push({ touchpoint: OUTCOME, time: timeOf(state.time), channel, order });
    }
    return timeOf(state.time);
  }

  /** An event as the log tells it. */
  #tell(journey: FrictionJourney, touch: number, flags: number, step: number, topics: Map<number, string>) {
    const { name = "", flags: plans = [] } = this.#world.touches[touch] ?? {};
    const [first, second] = journey.decoration(step);
    const properties: Record<string, string> = {};
    let score: number | null = null;
    for (const [place, { sign }] of plans.entries()) {
      const there = ((flags >> place) & 1) === 1;
      if (sign === "late" || sign === "failed") properties[sign] = String(there);
      if (sign === "score") score = there ? 1 + Math.floor(2 * first) : 3 + Math.floor(3 * first);
      if (sign === "contact") properties.topic = this.#topic(touch, there, second, topics);
    }
    return { touchpoint: name, score, properties };
  }

  /** The topic of before, or surely another one. */
  #topic(touch: number, same: boolean, luck: number, topics: Map<number, string>): string {
    const before = topics.get(touch);
    const contacts = this.#world.touches.flatMap(({ flags }, at) =>
      flags.some(({ sign }) => sign === "contact") ? at : [],
    );
    const others = (TOPICS[contacts.indexOf(touch)] ?? []).filter((topic) => topic !== before);
    const topic = same && before !== undefined ? before : (others[Math.floor(luck * others.length)] ?? "");
    topics.set(touch, topic);
    return topic;
  }
}

function simulateCustomer(
  run: FrictionRun,
  nth: number,
  world: FrictionWorld,
  truths: FrictionTruths,
): PlantedCustomer {
  const random = openRandom(run.seed, run.scenario, "customer", nth);
  const id = `C${String(nth).padStart(6, "0")}`;
  const life = new FrictionLife(id, world, truths, random, openRandom(run.seed, run.scenario, "replay", nth));
  const journeys = 3 + Math.min(2, drawPoisson(random, 0.5));
  let start = FIRST_DAY + drawUniform(random, 0, DAYS) * DAY_MS;
  for (let journey = 0; journey < journeys && start < FIRST_DAY + DAYS * DAY_MS; journey++) {
    const end = life.addJourney(start);
    // Above the window: an earlier journey's touches never reach a later order.
    start = end + 1.1 * FRICTION_WINDOW_MS + drawExponential(random, 5) * DAY_MS;
  }
  return { id, segment: life.segment, events: life.events };
}

function* simulateCustomers(
  run: FrictionRun,
  world: FrictionWorld,
  truths: FrictionTruths,
): Generator<PlantedCustomer> {
  for (let nth = 1; nth <= run.customers; nth++) yield simulateCustomer(run, nth, world, truths);
}

/** The first of the waits is promised, the other one is not: there the usual gaps tell. */
function listPromises({ touches }: FrictionWorld): PromiseTarget[] {
  const touch = touches.find(({ flags }) => flags.some(({ sign }) => sign === "gap"));
  return touch ? [{ touchpoint: touch.name, property: WAIT_PROPERTY, atMost: 48, atLeast: null }] : [];
}

/** The same run gives the same events and the same truth. */
export function simulateFrictions(run: FrictionRun): FrictionSimulation {
  const world = buildFrictionWorld(run.seed, run.scenario === "frictions");
  const truths = new FrictionTruths(world);
  return {
    customers: simulateCustomers(run, world, truths),
    truth: () => ({
      ...run,
      ...{ outcome: OUTCOME, withinMs: FRICTION_WINDOW_MS, promises: listPromises(world), frictions: truths.list() },
    }),
  };
}
