/**
 * What the demo's orders name as products: twenty, five of which are used up and bought again after a planted time.
 * They have luck of their own, so that nothing else of the year changes with them; prices and articles are for catalogue.ts.
 */
import { DAY } from "./calendar.ts";
import { type CustomerState, openLuck } from "./customer-state.ts";
import { drawLogNormal } from "./distributions.ts";

/** How many days a pack lasts its typical (median) user: with the first order after that it is bought again. */
export const LASTS_DAYS: Readonly<Record<string, number>> = {
  "Energy bars": 30,
  "Gas cartridge": 45,
  "Climbing chalk": 60,
  "Water tablets": 90,
  "Waterproofing spray": 120,
};

/** Bought when they please, most wanted first; no time is planted for them. */
const DURABLES = [
  "Water bottle",
  "Base layer",
  "Headlamp",
  "Hiking boots",
  "Rain jacket",
  "Running shoes",
  "Backpack",
  "Fleece jacket",
  "Trekking poles",
  "Sleeping mat",
  "Bike helmet",
  "Sleeping bag",
  "Bike pump",
  "Climbing harness",
  "Two-person tent",
] as const;

/** Part of the customers that use a given one of the products that are used up. */
const USER_SHARE = 0.35;
/** Spread of the logarithm of how long a pack lasts, between customers. */
const SPREAD = 0.25;

/** Days a pack lasts this customer; null for those who do not use it. */
function daysItLasts(state: CustomerState, product: string, median: number): number | null {
  const random = openLuck(state, "uses", product);
  return random.next() < USER_SHARE ? drawLogNormal(random, Math.log(median), SPREAD) : null;
}

/**
 * The products of an order: first what this customer uses and has run out of, then what pleases. Notes when they were bought.
 * @param count products to name, at most `DURABLES`' number
 */
export function chooseProducts(state: CustomerState, order: string, time: number, count: number): string[] {
  const random = openLuck(state, order, "products");
  const chosen = new Set<string>();
  for (const [product, median] of Object.entries(LASTS_DAYS)) {
    const days = daysItLasts(state, product, median);
    const last = state.boughtAt.get(product) ?? Number.NEGATIVE_INFINITY;
    if (days !== null && chosen.size < count && time - last >= days * DAY) chosen.add(product);
  }
  // The square makes the first ones bestsellers.
  while (chosen.size < count) chosen.add(DURABLES[Math.floor(random.next() ** 2 * DURABLES.length)] ?? DURABLES[0]);
  for (const product of chosen) state.boughtAt.set(product, time);
  return [...chosen];
}
