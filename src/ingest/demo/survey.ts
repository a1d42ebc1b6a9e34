/**
 * Mails and surveys after a delivery: how was it (CSAT, 1 to 5), and some days later, would you recommend us (NPS, 0 to 10).
 * Whoever has left opens nothing and answers nothing: that is a non-response which analyses have to see.
 */
import { DAY } from "./calendar.ts";
import { type CustomerState, clamp, openLuck, recordEvent, satisfactionAt } from "./customer-state.ts";
import { drawNormal, drawUniform } from "./distributions.ts";
import { writeComment } from "./words.ts";

export interface SurveyedDelivery {
  readonly order: string;
  readonly dueAt: number;
  readonly deliveredAt: number;
  readonly isLate: boolean;
}

const MAIL_OPEN_SHARE = 0.6;
const CSAT_RESPONSE = 0.5;
const NPS_RESPONSE = 0.2;

/** Simulates what a customer opens and answers after one delivery. */
export function surveyAfterDelivery(state: CustomerState, delivery: SurveyedDelivery): void {
  const random = openLuck(state, delivery.order, "survey");
  const [mailLuck, csatLuck, npsLuck] = [random.next(), random.next(), random.next()];
  const openedAt = delivery.deliveredAt + drawUniform(random, 0.3, 2.7) * DAY;
  const recommendedAt = delivery.deliveredAt + drawUniform(random, 5, 9) * DAY;
  const [csatNoise, npsNoise] = [drawNormal(random), drawNormal(random)];
  const { order } = delivery;
  if (mailLuck < MAIL_OPEN_SHARE && openedAt < state.leavesAt) {
    recordEvent(state, openedAt, "Email Opened", "e-mail", { order, properties: { about: "how was it" } });
    const mood = satisfactionAt(state, delivery.dueAt) - (delivery.isLate ? 1 : 0);
    const score = clamp(Math.round(3.9 + 0.7 * mood + 0.6 * csatNoise), 1, 5);
    const comment = writeComment(openLuck(state, order, "comment"), {
      kind: "delivery",
      score,
      failed: delivery.isLate,
    });
    const properties = { about: "delivery", ...(comment === undefined ? {} : { comment }) };
    const answer = { order, score, scale: "1-5", properties };
    if (csatLuck < CSAT_RESPONSE) recordEvent(state, openedAt + 90_000, "CSAT Answered", "e-mail", answer);
  }
  if (npsLuck < NPS_RESPONSE && recommendedAt < state.leavesAt) {
    const mood = 7.7 + 1.4 * satisfactionAt(state, recommendedAt) + 0.5 * state.profile.loyalty + npsNoise;
    const score = clamp(Math.round(mood), 0, 10);
    recordEvent(state, recommendedAt, "NPS Answered", "e-mail", { order, score, scale: "0-10" });
  }
}
