/**
 * What the shop sells: a fixed catalogue of products with categories and log-normal prices.
 * It is the same for every seed, and it has no stock.
 */
import { roundCents } from "./demo-event.ts";
import { drawLogNormal } from "./distributions.ts";
import { openRandom, type Random } from "./random.ts";

export interface Product {
  readonly id: string;
  readonly category: string;
  /** EUR. */
  readonly price: number;
}

const CATEGORIES = ["bikes parts", "camping", "climbing", "clothing", "footwear", "running"];
const SIZE = 120;

function createCatalogue(): readonly Product[] {
  const random = openRandom("catalogue");
  return Array.from({ length: SIZE }, (_, at) => ({
    id: `P${String(at + 1).padStart(3, "0")}`,
    category: CATEGORIES[at % CATEGORIES.length] ?? "",
    price: roundCents(Math.max(3, drawLogNormal(random, Math.log(38), 0.6))),
  }));
}

const CATALOGUE = createCatalogue();

/** A product; the square makes the first ones bestsellers. */
export function drawProduct(random: Random): Product {
  const product = CATALOGUE[Math.floor(random.next() ** 2 * SIZE)];
  if (product === undefined) throw new RangeError("the catalogue is empty");
  return product;
}
