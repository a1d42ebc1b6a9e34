/**
 * What the demo's orders name as products: thirty-two, twelve of which are used up and bought again after a planted time.
 * They have luck of their own, so that nothing else of the year changes with them; prices and articles are for catalogue.ts.
 */
import { DAY } from "./calendar.ts";
import { type CustomerState, openLuck } from "./customer-state.ts";
import { drawLogNormal } from "./distributions.ts";
import type { Random } from "./random.ts";

/** How many days a pack lasts its typical (median) user: with the first order after that it is bought again. */
export const LASTS_DAYS: Readonly<Record<string, number>> = {
  "Energy bars": 20,
  "Isotonic drink": 25,
  "Gas cartridge": 35,
  "Trekking meals": 40,
  "Climbing chalk": 50,
  "Chain oil": 60,
  "Blister plasters": 70,
  Sunscreen: 80,
  "Insect repellent": 90,
  "Water tablets": 100,
  "Sports detergent": 120,
  "Waterproofing spray": 150,
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
  "Climbing shoes",
  "Camping stove",
  "Map case",
  "Gaiters",
  "Bike lock",
  "Two-person tent",
] as const;

/** Part of the customers that use a given one of the products that are used up. */
const USER_SHARE = 0.25;
/** Spread of the logarithm of how long a pack lasts, between customers. */
const SPREAD = 0.25;

/** What this customer uses and has run out of, longest first, counted in packs that would have been used since. */
function listRunOut(state: CustomerState, time: number): string[] {
  const runOut: (readonly [product: string, packs: number])[] = [];
  for (const [product, median] of Object.entries(LASTS_DAYS)) {
    const random = openLuck(state, "uses", product);
    if (random.next() >= USER_SHARE) continue;
    const days = drawLogNormal(random, Math.log(median), SPREAD);
    const last = state.boughtAt.get(product);
    // Who has not bought it here yet wants it now; whose turn is first is luck.
    const packs = last === undefined ? 1 + random.next() : (time - last) / (days * DAY);
    if (packs >= 1) runOut.push([product, packs]);
  }
  return runOut.sort(([, one], [, other]) => other - one).map(([product]) => product);
}

/** The square makes the first ones bestsellers. */
function drawDurable(random: Random): string {
  return DURABLES[Math.floor(random.next() ** 2 * DURABLES.length)] ?? DURABLES[0];
}

/**
 * The products of an order: first what this customer has run out of, then what pleases. Notes when they were bought.
 * @param count products to name, fewer than there are durable ones
 */
export function chooseProducts(state: CustomerState, order: string, time: number, count: number): string[] {
  const random = openLuck(state, order, "products");
  const chosen = new Set(listRunOut(state, time).slice(0, count));
  while (chosen.size < count) chosen.add(drawDurable(random));
  for (const product of chosen) state.boughtAt.set(product, time);
  return [...chosen];
}
