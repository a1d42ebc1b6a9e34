/**
 * Customers of a planted world, journey by journey, and what each touch is truly worth there.
 * It writes nothing and fits nothing: the truth comes from replaying journeys with one touch replaced.
 */
import { drawExponential, drawLogNormal, drawNormal, drawPoisson, drawUniform } from "../demo/distributions.ts";
import { openRandom, type Random } from "../demo/random.ts";
import { JourneyChance } from "./journey-chance.ts";
import { buildWorld, OUTCOME, type PlantedWorld, type TouchKind } from "./planted-world.ts";
import { type Decoy, findScenario, type ScenarioName } from "./scenario.ts";
import type { PlantedPerson } from "./touch-policy.ts";

export interface PlantedRun {
  readonly scenario: ScenarioName;
  readonly seed: number;
  readonly customers: number;
}

export interface PlantedEvent {
  readonly touchpoint: string;
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly channel: string;
  /** "" but for the outcome. */
  readonly order: string;
  /** On the scale 1–5. */
  readonly score?: number | null;
  readonly properties?: Readonly<Record<string, string>>;
}

export interface PlantedCustomer {
  readonly id: string;
  readonly segment: string;
  readonly events: readonly PlantedEvent[];
}

/** What is true of one touchpoint. */
export interface TouchTruth {
  readonly touchpoint: string;
  readonly kind: TouchKind;
  readonly decoy: Decoy | null;
  /**
   * Change of the probability of the outcome by this touch instead of the one that would have come in its place, over
   * all its occasions, each weighted by the probability of another touch there. null for structural steps: there is no other.
   */
  readonly effect: number | null;
  readonly occasions: number;
}

export interface PlantedTruth extends PlantedRun {
  readonly outcome: string;
  readonly withinMs: number;
  readonly touchpoints: readonly TouchTruth[];
}

export interface PlantedSimulation {
  /** To be read once. */
  readonly customers: Iterable<PlantedCustomer>;
  /** Known when the customers were read. */
  truth(): PlantedTruth;
}

export const WINDOW_MS = 30 * 86_400_000;

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;
const FIRST_DAY = Date.UTC(2024, 0, 1);
const SEGMENTS = ["basic", "silver", "gold", "platinum"];
const CHANNELS = ["web", "app", "store", "phone"];
const MAX_GAP_HOURS = 48;

function drawPerson(random: Random): PlantedPerson {
  const intent = drawNormal(random);
  const activity = drawNormal(random);
  // The segment is known to everybody, and tells a little of the intent.
  const shown = 0.4 * intent + drawNormal(random);
  const segment = [-0.72, 0, 0.72].filter((cut) => shown > cut).length;
  return { intent, activity, segment };
}

/** One customer's history in the making. */
class CustomerHistory {
  readonly events: PlantedEvent[] = [];
  readonly #id: string;
  readonly #person: PlantedPerson;
  readonly #random: Random;
  readonly #chance: JourneyChance;
  #orders = 0;

  constructor(id: string, person: PlantedPerson, random: Random, chance: JourneyChance) {
    this.#id = id;
    this.#person = person;
    this.#random = random;
    this.#chance = chance;
  }

  /** Active and interested customers are quicker, each journey in its own rhythm. */
  #openClock(start: number): () => number {
    const { intent, activity } = this.#person;
    const rhythm = Math.log(4) - 0.45 * activity - 0.15 * intent + 0.3 * drawNormal(this.#random);
    let time = start;
    return () => {
      time += Math.min(drawLogNormal(this.#random, rhythm, 0.7), MAX_GAP_HOURS) * HOUR_MS;
      return Math.round(time);
    };
  }

  /** @returns when the journey ended */
  addJourney(start: number): number {
    const channel = CHANNELS[Math.floor(this.#random.next() * CHANNELS.length)] ?? "web";
    const steps = this.#chance.drawJourney(this.#person, this.#orders, this.#random);
    const next = this.#openClock(start);
    let time = start;
    for (const touchpoint of steps.touchpoints) {
      time = next();
      this.events.push({ touchpoint, time, channel, order: "" });
    }
    if (steps.ordered) {
      this.#orders += 1;
      time = next();
      this.events.push({ touchpoint: OUTCOME, time, channel, order: `${this.#id}-${this.#orders}` });
    }
    return time;
  }
}

function simulateCustomer({ scenario, seed }: PlantedRun, nth: number, chance: JourneyChance): PlantedCustomer {
  const random = openRandom(seed, scenario, "customer", nth);
  const person = drawPerson(random);
  const id = `C${String(nth).padStart(6, "0")}`;
  const history = new CustomerHistory(id, person, random, chance);
  const journeys = 2 + Math.min(2, drawPoisson(random, 0.6 * Math.exp(0.8 * person.activity)));
  let start = FIRST_DAY + drawUniform(random, 0, 300) * DAY_MS;
  for (let journey = 0; journey < journeys; journey++) {
    const end = history.addJourney(start);
    // Well above the window: an earlier journey's touches never reach a later order.
    start = end + (45 + drawExponential(random, 30)) * DAY_MS;
  }
  return { id, segment: SEGMENTS[person.segment] ?? "basic", events: history.events };
}

function* simulateCustomers(run: PlantedRun, chance: JourneyChance): Generator<PlantedCustomer> {
  for (let nth = 1; nth <= run.customers; nth++) yield simulateCustomer(run, nth, chance);
}

function describeTruth(world: PlantedWorld, chance: JourneyChance): TouchTruth[] {
  return world.touches.map(({ name, kind, decoy }, at) => ({
    ...{ touchpoint: name, kind, decoy },
    ...(kind === "structural" ? { effect: null, occasions: chance.occasions(at) } : chance.worth(at)),
  }));
}

/** The same run gives the same events and the same truth. */
export function simulatePlanted(run: PlantedRun): PlantedSimulation {
  const world = buildWorld(findScenario(run.scenario), run.seed);
  const chance = new JourneyChance(world);
  return {
    customers: simulateCustomers(run, chance),
    truth: () => ({ ...run, outcome: OUTCOME, withinMs: WINDOW_MS, touchpoints: describeTruth(world, chance) }),
  };
}
