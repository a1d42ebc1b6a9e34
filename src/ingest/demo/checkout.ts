/**
 * From the cart to the order: chat, checkout, address, payment, with what helps and what hurts there.
 * What happens after the purchase is for order.ts.
 */
import { drawProduct, type Product } from "./catalogue.ts";
import { clamp, isExposed } from "./customer-state.ts";
import { roundCents } from "./demo-event.ts";
import { drawInteger, drawWeighted } from "./distributions.ts";
import { simulateAfterPurchase } from "./order.ts";
import { plantedTruth } from "./planted.ts";
import { chooseProducts } from "./product-names.ts";
import { takeStep, type Visit } from "./visit-step.ts";

const SHIPPING = 4.9;
const FREE_SHIPPING_FROM = 60;
const CHAT_REASONS = [
  ["size", 3],
  ["delivery time", 2],
  ["product", 4],
] as const;

interface Cart {
  /** EUR, with shipping. */
  readonly total: number;
  readonly lines: number;
}

function fillCart(visit: Visit, first: Product): Cart {
  let total = 0;
  const lines = drawWeighted(visit.details, [
    [1, 6],
    [2, 3],
    [3, 1],
  ]);
  for (let line = 0; line < lines; line += 1) {
    const product = line === 0 ? first : drawProduct(visit.details);
    const quantity = visit.details.next() < 0.85 ? 1 : 2;
    total += product.price * quantity;
    takeStep(visit, "Product Added", {
      product: product.id,
      category: product.category,
      price: product.price,
      quantity,
    });
  }
  return { total: total < FREE_SHIPPING_FROM ? total + SHIPPING : total, lines };
}

/**
 * Goes through the cart; whoever does not go on to the checkout leaves here. The chat comes before the cart is viewed,
 * which everybody does: a touch that competed with "Checkout Started" itself would stand against those who go on.
 */
export function simulateCart(visit: Visit, first: Product): void {
  const { state, luck } = visit;
  const cart = fillCart(visit, first);
  let goesOn = clamp(0.58 + 0.06 * state.profile.loyalty, 0.4, 0.76);
  if (isExposed(state, "live-chat", visit.time, luck.chat)) {
    const reason = drawWeighted(visit.details, CHAT_REASONS);
    takeStep(visit, plantedTruth["live-chat"].touchpoint, { reason }, { channel: "chat" });
    visit.time += drawInteger(visit.details, 60, 420) * 1000;
    goesOn += plantedTruth["live-chat"].coded;
  }
  takeStep(visit, "Cart Viewed");
  if (luck.checkout < goesOn) simulateCheckout(visit, cart);
}

function simulateCheckout(visit: Visit, cart: Cart): void {
  const { state, luck } = visit;
  const isOnePage = isExposed(state, "one-page-checkout", visit.time, 0.5);
  const checkout = isOnePage ? "one-page" : "classic";
  takeStep(visit, "Checkout Started", { checkout });
  if (isExposed(state, "delivery-options", visit.time, luck.deliveryOptions))
    takeStep(visit, plantedTruth["delivery-options"].touchpoint);
  if (luck.coupon < 0.18) takeStep(visit, "Coupon Entered", { coupon: "HELLO" });
  const isLooping = isExposed(state, "address-loop", visit.time, luck.loop);
  const repeats = isLooping ? (luck.secondLoop < 0.4 ? 2 : 1) : 0;
  for (let attempt = 1; attempt <= repeats + 1; attempt += 1)
    takeStep(visit, "Checkout Step Viewed", { step: "address", attempt, checkout });
  const pays =
    clamp(0.72 + 0.02 * state.profile.loyalty, 0.66, 0.78) +
    (isOnePage ? plantedTruth["one-page-checkout"].coded : 0) +
    repeats * plantedTruth["address-loop"].coded;
  if (luck.pay < pays) simulatePayment(visit, { ...cart, total: roundCents(cart.total) });
}

function simulatePayment(visit: Visit, { total, lines }: Cart): void {
  const { state, luck } = visit;
  takeStep(visit, "Payment Info Entered", { attempt: 1 });
  if (isExposed(state, "payment-failure", visit.time, luck.failure)) {
    takeStep(visit, plantedTruth["payment-failure"].touchpoint, { reason: "declined by gateway" });
    if (luck.giveUp < -plantedTruth["payment-failure"].coded) return;
    takeStep(visit, "Payment Info Entered", { attempt: 2 });
  }
  const order = `O-${visit.id.slice(1)}`;
  takeStep(visit, "Payment Approved", {}, { order });
  const completedAt = visit.time;
  const products = chooseProducts(state, order, completedAt, lines);
  takeStep(visit, "Order Completed", {}, { order, value: total, products });
  simulateAfterPurchase(state, { id: order, time: completedAt, total });
}
