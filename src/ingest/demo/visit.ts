/**
 * One visit to the shop, from the click that led there to the cart: search, products, wishlist.
 * What follows the cart is for checkout.ts; when visits happen is for simulate-shop.ts.
 */
import { MINUTE } from "./calendar.ts";
import { drawProduct, type Product } from "./catalogue.ts";
import { simulateCart } from "./checkout.ts";
import { type CustomerState, clamp, isExposed, openLuck } from "./customer-state.ts";
import { drawInteger, drawPoisson, drawWeighted } from "./distributions.ts";
import { plantedTruth } from "./planted.ts";
import type { Random } from "./random.ts";
import { takeStep, type Visit, type VisitLuck } from "./visit-step.ts";

export interface VisitPlan {
  readonly id: string;
  readonly start: number;
  /** ordinary; determined: came to buy and does; anonymous: looks around before signing up; first: signs up. */
  readonly purpose: "ordinary" | "determined" | "anonymous" | "first";
}

const SOURCES = [
  ["direct", 46],
  ["search ads", 24],
  ["social", 12],
  ["e-mail", 10],
  ["referral", 8],
] as const;
const QUERIES = ["tent", "running shoes", "rain jacket", "helmet", "backpack", "rope", "bike light", "socks"];
const PAUSE_BETWEEN_VISITS = 45 * MINUTE;

function drawVisitLuck(random: Random, isDetermined: boolean): VisitLuck {
  const luck = {
    add: random.next(),
    checkout: random.next(),
    pay: random.next(),
    chat: random.next(),
    coupon: random.next(),
    deliveryOptions: random.next(),
    loop: random.next(),
    secondLoop: random.next(),
    failure: random.next(),
    giveUp: random.next(),
    wishlist: random.next(),
    promotion: random.next(),
  };
  return isDetermined ? { ...luck, add: 0, checkout: 0, pay: 0 } : luck;
}

function arrive(visit: Visit): void {
  const source = drawWeighted(visit.details, SOURCES);
  if (source === "search ads") takeStep(visit, "Ad Clicked", { source }, { channel: "ads" });
  if (source === "social") takeStep(visit, "Social Post Clicked", { source }, { channel: "social" });
  if (source === "e-mail") takeStep(visit, "Email Link Clicked", { source }, { channel: "e-mail" });
  if (isExposed(visit.state, "promotion-banner", visit.time, visit.luck.promotion))
    takeStep(visit, "Promotion Viewed", { promotion: "free shipping" });
}

/** The first decoy: loyal customers keep wishlists, but a wishlist makes nobody buy. */
function keepsWishlist(visit: Visit): boolean {
  const { state, luck, isAnonymous } = visit;
  if (isAnonymous) return false;
  const leaning = clamp(1 + 0.8 * state.profile.loyalty, 0.1, 3.2);
  return luck.wishlist < leaning * state.switchboard.share("wishlist", state.profile.traits, visit.time);
}

/**
 * Looks around and ends at one product. The wishlist comes before any product: whoever is there has not decided
 * anything yet, so that what follows a wishlist can be compared with what follows its absence.
 */
function browse(visit: Visit): Product {
  const { details } = visit;
  if (details.next() < 0.45) {
    const query = QUERIES[drawInteger(details, 0, QUERIES.length - 1)] ?? "";
    takeStep(visit, "Products Searched", { query });
  } else takeStep(visit, "Product List Viewed", { category: drawProduct(details).category });
  let product = drawProduct(details);
  if (keepsWishlist(visit)) takeStep(visit, plantedTruth.wishlist.touchpoint, { product: product.id });
  for (let left = Math.min(5, drawPoisson(details, 0.6)); left >= 0; left -= 1) {
    product = drawProduct(details);
    takeStep(visit, "Product Viewed", { product: product.id, category: product.category, price: product.price });
  }
  return product;
}

/** Simulates one visit and whatever order comes of it. */
export function simulateVisit(state: CustomerState, plan: VisitPlan): void {
  const details = openLuck(state, plan.id, "details");
  const visit: Visit = {
    state,
    id: plan.id,
    channel: details.next() < state.profile.appShare ? "app" : "web",
    luck: drawVisitLuck(openLuck(state, plan.id, "decisions"), plan.purpose === "determined"),
    details,
    isAnonymous: plan.purpose === "anonymous",
    time: plan.start,
  };
  arrive(visit);
  if (plan.purpose === "first") takeStep(visit, "Signed Up", { source: state.profile.traits.acquisition });
  const product = browse(visit);
  if (plan.purpose !== "anonymous") {
    const addsToCart = clamp(0.33 + 0.09 * state.profile.loyalty, 0.1, 0.65);
    if (visit.luck.add < addsToCart) simulateCart(visit, product);
  }
  state.busyUntil = visit.time + PAUSE_BETWEEN_VISITS;
}
