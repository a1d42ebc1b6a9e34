/**
 * What follows a purchase: shipping, the day the parcel is due, delivery, an advice call, a return, and who leaves.
 * Contacts with the support desk are for support.ts, mails and surveys for survey.ts.
 */
import { DAY, endOfLocalDay, HOUR } from "./calendar.ts";
import {
  type CustomerState,
  clamp,
  isExposed,
  leave,
  openLuck,
  recordEvent,
  satisfactionAt,
} from "./customer-state.ts";
import { roundCents } from "./demo-event.ts";
import { drawInteger, drawUniform } from "./distributions.ts";
import { plantedTruth } from "./planted.ts";
import type { Random } from "./random.ts";
import { simulateTicket } from "./support.ts";
import { surveyAfterDelivery } from "./survey.ts";

export interface PlacedOrder {
  readonly id: string;
  readonly time: number;
  /** EUR. */
  readonly total: number;
}

/** How the parcel did: due at the end of a local day, there by then or not. */
interface Delivery {
  readonly shippedAt: number;
  readonly dueAt: number;
  readonly deliveredAt: number;
  readonly isLate: boolean;
}

const PROMISED_DAYS = 4;

function planDelivery(state: CustomerState, order: PlacedOrder, random: Random): Delivery {
  const luck = random.next();
  const hoursBeforeMidnight = drawUniform(random, 5, 15) * HOUR;
  const daysEarly = drawInteger(random, 1, 2);
  const daysLate = drawInteger(random, 1, 6);
  const shippedAt = order.time + drawUniform(random, 6, 14) * HOUR;
  const dueAt = endOfLocalDay(order.time, PROMISED_DAYS);
  const isLate = isExposed(state, "late-delivery", order.time, luck);
  const days = isLate ? PROMISED_DAYS + daysLate : PROMISED_DAYS - daysEarly;
  return { shippedAt, dueAt, deliveredAt: endOfLocalDay(order.time, days) - hoursBeforeMidnight, isLate };
}

function recordDelivery(state: CustomerState, order: PlacedOrder, delivery: Delivery, random: Random): void {
  const { dueAt, deliveredAt, isLate } = delivery;
  const confirmationLuck = random.next();
  const confirmedAt = order.time + drawUniform(random, 0.2, 6) * HOUR;
  const noticeLuck = random.next();
  const of = { order: order.id };
  if (confirmationLuck < 0.55)
    recordEvent(state, confirmedAt, "Email Opened", "e-mail", { ...of, properties: { about: "order confirmation" } });
  recordEvent(state, delivery.shippedAt, "Order Shipped", "carrier", of);
  const daysLate = isLate ? Math.ceil((deliveredAt - dueAt) / DAY) : 0;
  recordEvent(state, dueAt, "Delivery Due", "carrier", { ...of, properties: { overdue: isLate } });
  // The carrier's warning knows nothing: it comes before the due day, as often for parcels that arrive in time.
  const noticedAt = endOfLocalDay(order.time, 1) + (8 + noticeLuck) * HOUR;
  if (noticeLuck < 0.08) recordEvent(state, noticedAt, "Delivery Delayed Notice", "e-mail", of);
  recordEvent(state, deliveredAt, "Order Delivered", "carrier", { ...of, properties: { daysLate } });
}

/** Who leaves, and who is lost because the parcel was late: one draw, so that lateness only adds to those who leave. */
function decideLeaving(state: CustomerState, order: PlacedOrder, delivery: Delivery, random: Random): void {
  const luck = random.next();
  const usual = clamp(0.05 - 0.03 * satisfactionAt(state, order.time), 0.01, 0.14);
  if (luck < usual) leave(state, Math.min(delivery.deliveredAt, delivery.dueAt));
  else if (delivery.isLate && luck < usual + plantedTruth["late-delivery"].coded) leave(state, delivery.dueAt);
  state.moods.push({ time: delivery.dueAt, change: delivery.isLate ? -0.9 : 0.05 });
}

/** Between shipping and delivery an adviser may call: how to use it, what goes with it. Some come back for that.
 * Each customer gets one chance at most, or those who came back would be called again, and calls would look like loyalty. */
function simulateAdviceCall(state: CustomerState, order: PlacedOrder, delivery: Delivery, random: Random): void {
  const [luck, comesBackLuck] = [random.next(), random.next()];
  const calledAt = delivery.shippedAt + drawUniform(random, 1, 12) * HOUR;
  const start = calledAt + drawUniform(random, 4, 40) * DAY;
  const plant = plantedTruth["advice-call"];
  const isOffered = state.switchboard.share(plant.id, state.profile.traits, calledAt) > 0;
  if (state.hasBeenOfferedCall || !isOffered) return;
  state.hasBeenOfferedCall = true;
  if (!isExposed(state, plant.id, calledAt, luck)) return;
  recordEvent(state, calledAt, plant.touchpoint, "phone", { order: order.id });
  state.moods.push({ time: calledAt, change: 0.4 });
  if (comesBackLuck < plant.coded)
    state.extraVisits.push({ id: `${state.profile.id}-X${order.id.split("-").at(-1)}`, start });
}

function simulateReturn(state: CustomerState, order: PlacedOrder, delivery: Delivery, random: Random): void {
  const luck = random.next();
  const requestedAt = delivery.deliveredAt + drawUniform(random, 0.5, 9) * DAY;
  const refundedAt = requestedAt + drawUniform(random, 4, 9) * DAY;
  const share = random.next() < 0.6 ? 1 : 0.5;
  if (luck >= 0.09 || requestedAt > state.leavesAt) return;
  recordEvent(state, requestedAt, "Return Requested", "web", {
    order: order.id,
    properties: { reason: "did not fit" },
  });
  const value = roundCents(order.total * share);
  recordEvent(state, refundedAt, "Order Refunded", "web", { order: order.id, value });
}

function decideTicket(state: CustomerState, order: PlacedOrder, delivery: Delivery, random: Random): void {
  const luck = random.next();
  const hours = drawUniform(random, 2, 60);
  const mayAsk = 0.26;
  if (luck >= mayAsk + (delivery.isLate ? 0.15 : 0)) return;
  const isAboutDelivery = delivery.isLate || luck < 0.09;
  const openedAt = (delivery.isLate ? delivery.dueAt : delivery.deliveredAt) + hours * HOUR;
  if (openedAt > state.leavesAt) return;
  const topic = isAboutDelivery ? "delivery" : "product";
  simulateTicket(state, { order: order.id, openedAt, topic, matter: delivery.isLate ? "overdue" : topic });
}

/** Simulates everything an order leads to; each matter has its own luck, so none disturbs another. */
export function simulateAfterPurchase(state: CustomerState, order: PlacedOrder): void {
  const delivery = planDelivery(state, order, openLuck(state, order.id, "delivery"));
  recordDelivery(state, order, delivery, openLuck(state, order.id, "parcel"));
  decideLeaving(state, order, delivery, openLuck(state, order.id, "leaving"));
  simulateAdviceCall(state, order, delivery, openLuck(state, order.id, "call"));
  simulateReturn(state, order, delivery, openLuck(state, order.id, "return"));
  decideTicket(state, order, delivery, openLuck(state, order.id, "ticket"));
  surveyAfterDelivery(state, { order: order.id, ...delivery });
}
