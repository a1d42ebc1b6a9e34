/**
 * What the shop sends on its own: a newsletter every other week and an NPS survey every quarter.
 * Both are independent of loyalty by design, so that they are no unplanned decoys; only the NPS score shows the mood.
 */
import { DAY, HOUR, timeOfDay } from "./calendar.ts";
import { type CustomerState, clamp, openLuck, recordEvent, satisfactionAt } from "./customer-state.ts";
import { drawNormal, drawUniform } from "./distributions.ts";

const NEWSLETTER_SHARE = 0.35;
const OPEN_SHARE = 0.3;
const NEWSLETTER_DAYS = 14;
const NPS_DAYS = 91;
const NPS_RESPONSE = 0.22;

/** @param signedUpAt when a new customer signed up; null for those who were customers before, and are subscribed */
export function simulateNewsletter(state: CustomerState, from: number, signedUpAt: number | null): void {
  const random = openLuck(state, "newsletter");
  if (random.next() >= NEWSLETTER_SHARE) return;
  const subscribedAt = signedUpAt === null ? from : signedUpAt + drawUniform(random, 1, 30) * HOUR;
  if (signedUpAt !== null) recordEvent(state, subscribedAt, "Newsletter Subscribed", "e-mail");
  for (let sentAt = from + 5 * DAY; sentAt < state.to; sentAt += NEWSLETTER_DAYS * DAY) {
    const luck = random.next();
    const openedAt = timeOfDay(sentAt, random.next(), random.next());
    if (luck < OPEN_SHARE && sentAt > subscribedAt)
      recordEvent(state, openedAt, "Email Opened", "e-mail", { properties: { about: "newsletter" } });
  }
}

/** Asks everybody who has ordered, once a quarter. */
export function simulateNpsSurveys(state: CustomerState, from: number): void {
  const random = openLuck(state, "nps");
  const firstOrder = state.events.find((event) => event.touchpoint === "Order Completed")?.time;
  for (let askedAt = from + 70 * DAY; askedAt < state.to; askedAt += NPS_DAYS * DAY) {
    const luck = random.next();
    const answeredAt = askedAt + drawUniform(random, 8, 90) * HOUR;
    const noise = drawNormal(random);
    if (firstOrder === undefined || firstOrder > askedAt || luck >= NPS_RESPONSE) continue;
    const mood = 7.7 + 1.4 * satisfactionAt(state, askedAt) + 0.5 * state.profile.loyalty + noise;
    const score = clamp(Math.round(mood), 0, 10);
    recordEvent(state, answeredAt, "NPS Answered", "e-mail", { score, scale: "0-10" });
  }
}
