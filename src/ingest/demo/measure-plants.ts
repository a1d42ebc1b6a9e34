/**
 * The true effect of every plant in a simulated shop, measured by running the shop twice: as it is, and without the plant.
 * It sees both worlds, which no analysis of real data can; analyses are checked against it, never built on it.
 */
import { DAY, endOfLocalDay, HOUR, startOfDate } from "./calendar.ts";
import type { DemoEvent } from "./demo-event.ts";
import { type Plant, type PlantId, plantedTruth } from "./planted.ts";
import { type CustomerYear, type ShopOptions, simulateShop } from "./simulate-shop.ts";
import { PROMISED_HOURS } from "./support.ts";

const HORIZON = 90 * DAY;
const PLANT_IDS: readonly PlantId[] = Object.values(plantedTruth).map((plant) => plant.id);

export interface MeasuredPlant {
  readonly id: PlantId;
  /** Occasions that come up in both shops, exposed in the one as it is and not in the one without the plant. */
  readonly exposed: number;
  readonly customers: number;
  /** Share of them with the outcome: as it is, and without the plant. */
  readonly rate: number;
  readonly rateWithout: number;
  /** rate − rateWithout: the true effect on those exposed. */
  readonly effect: number;
  /** Occasions (Plant.among) that were not exposed, and their share with the outcome. */
  readonly others: number;
  readonly rateOfOthers: number;
  /** rate of all exposed − rateOfOthers: what a naive comparison would claim, and its z. */
  readonly crude: number;
  readonly crudeZ: number;
}

/** One occasion on which a plant may act: a visit, a parcel, a ticket, a delivery that a call may follow. */
interface Occasion {
  readonly isExposed: boolean;
  readonly hasOutcome: boolean;
  /** The outcome's time has run out before the data ends. */
  readonly isComplete: boolean;
}

const isOrder = (event: DemoEvent) => event.touchpoint === "Order Completed";

/** Presence, or the condition that plantedTruth writes in the expression language. */
function matchesPlant(plant: Plant, event: DemoEvent): boolean {
  if (event.touchpoint !== plant.touchpoint) return false;
  if (plant.id === "late-delivery") return event.properties?.overdue === true;
  if (plant.id === "slow-answer") return Number(event.properties?.hoursWaited) > PROMISED_HOURS;
  if (plant.id === "address-loop") return Number(event.properties?.attempt) > 1;
  if (plant.id === "one-page-checkout") return event.properties?.checkout === "one-page";
  return true;
}

/** Occasions of plants that act within a visit: the visits that get as far as the plant can be met. */
function visitOccasions(plant: Plant, year: CustomerYear): Map<string, Occasion> {
  const visits = new Map<string, DemoEvent[]>();
  for (const event of year.events) {
    if (event.session === undefined || event.customer === "") continue;
    const visit = visits.get(event.session);
    if (visit === undefined) visits.set(event.session, [event]);
    else visit.push(event);
  }
  const occasions = new Map<string, Occasion>();
  for (const [id, events] of visits) {
    const isExposed = events.some((event) => matchesPlant(plant, event));
    const reaches = plant.among === null || events.some((event) => event.touchpoint === plant.among);
    if (reaches) occasions.set(id, { isExposed, hasOutcome: events.some(isOrder), isComplete: true });
  }
  return occasions;
}

/** How long after its occasion the 90 days begin, when not at once. */
const DELAYS: Partial<Record<PlantId, number>> = { "slow-answer": PROMISED_HOURS * HOUR };

function orderOccasions(plant: Plant, year: CustomerYear, to: number): Map<string, Occasion> {
  const orders = year.events.filter(isOrder);
  const exposed = new Set(year.events.filter((event) => matchesPlant(plant, event)).map((event) => event.order));
  const occasions = new Map<string, Occasion>();
  for (const event of year.events) {
    if (event.touchpoint !== plant.among || event.order === undefined) continue;
    const start = event.time + (DELAYS[plant.id] ?? 0);
    const hasOutcome = orders.some(({ time }) => time > start && time <= start + HORIZON);
    occasions.set(event.order, { isExposed: exposed.has(event.order), hasOutcome, isComplete: start + HORIZON < to });
  }
  return occasions;
}

function findOccasions(plant: Plant, year: CustomerYear, to: number): Map<string, Occasion> {
  return plant.outcome === "order in the same visit" ? visitOccasions(plant, year) : orderOccasions(plant, year, to);
}

interface Tally {
  exposed: number;
  exposedWith: number;
  others: number;
  othersWith: number;
  changed: number;
  changedWith: number;
  changedWithout: number;
  customers: number;
}

function createTally(): Tally {
  return {
    exposed: 0,
    exposedWith: 0,
    others: 0,
    othersWith: 0,
    changed: 0,
    changedWith: 0,
    changedWithout: 0,
    customers: 0,
  };
}

function tallyCustomer(tally: Tally, factual: Map<string, Occasion>, counterfactual: Map<string, Occasion>): void {
  const changedBefore = tally.changed;
  for (const [id, occasion] of factual) {
    if (!occasion.isComplete) continue;
    const outcome = Number(occasion.hasOutcome);
    if (!occasion.isExposed) {
      tally.others += 1;
      tally.othersWith += outcome;
      continue;
    }
    tally.exposed += 1;
    tally.exposedWith += outcome;
    const twin = counterfactual.get(id);
    if (twin === undefined || twin.isExposed) continue;
    tally.changed += 1;
    tally.changedWith += outcome;
    tally.changedWithout += Number(twin.hasOutcome);
  }
  if (tally.changed > changedBefore) tally.customers += 1;
}

function summarize(id: PlantId, tally: Tally): MeasuredPlant {
  const rate = tally.changedWith / tally.changed;
  const rateWithout = tally.changedWithout / tally.changed;
  const [exposedRate, rateOfOthers] = [tally.exposedWith / tally.exposed, tally.othersWith / tally.others];
  const crude = exposedRate - rateOfOthers;
  const variance =
    (exposedRate * (1 - exposedRate)) / tally.exposed + (rateOfOthers * (1 - rateOfOthers)) / tally.others;
  return {
    id,
    exposed: tally.changed,
    customers: tally.customers,
    rate,
    rateWithout,
    effect: rate - rateWithout,
    others: tally.others,
    rateOfOthers,
    crude,
    crudeZ: crude / Math.sqrt(variance),
  };
}

/**
 * Measures plants: shares (0 … 1) of exposed occasions with the outcome in both worlds, matched one by one.
 * Runs the shop once as it is and once without each plant; occasions whose 90 days outlast the data are left out.
 */
export function measurePlants(options: ShopOptions, ids: readonly PlantId[] = PLANT_IDS): MeasuredPlant[] {
  const end = endOfLocalDay(startOfDate(options.to)) + 1;
  const worlds = ids.map((id) => ({
    plant: plantedTruth[id],
    tally: createTally(),
    twins: simulateShop({ ...options, without: id }),
  }));
  for (const year of simulateShop(options))
    for (const { plant, tally, twins } of worlds) {
      const twin = twins.next();
      if (twin.done === true) break;
      tallyCustomer(tally, findOccasions(plant, year, end), findOccasions(plant, twin.value, end));
    }
  return worlds.map(({ plant, tally }) => summarize(plant.id, tally));
}
