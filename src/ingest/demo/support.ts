/**
 * A contact with the support desk: a ticket is opened, waits, is answered, perhaps reopened, solved and rated.
 * Why customers write is for order.ts.
 */
import { HOUR } from "./calendar.ts";
import {
  type CustomerState,
  clamp,
  isExposed,
  leave,
  openLuck,
  recordEvent,
  satisfactionAt,
} from "./customer-state.ts";
import type { EventDetails } from "./demo-event.ts";
import { drawNormal, drawUniform, drawWeighted } from "./distributions.ts";
import { plantedTruth } from "./planted.ts";
import { type SubjectMatter, writeComment, writeSubject } from "./words.ts";

export interface TicketCause {
  readonly order: string;
  readonly openedAt: number;
  readonly topic: string;
  readonly matter: SubjectMatter;
}

/** After so many hours without an answer the service promise is broken, and some leave. */
export const PROMISED_HOURS = 48;
const CHANNELS = [
  ["e-mail", 5],
  ["phone", 2],
  ["chat", 2],
  ["social", 1],
] as const;

function roundTenth(hours: number): number {
  return Math.round(hours * 10) / 10;
}

/** Simulates one ticket to its end. All luck is drawn first: a slow answer moves times, never other decisions. */
export function simulateTicket(state: CustomerState, cause: TicketCause): void {
  const random = openLuck(state, cause.order, "desk");
  const [slowLuck, leaveLuck, reopenLuck, rateLuck] = [random.next(), random.next(), random.next(), random.next()];
  const slowHours = roundTenth(drawUniform(random, 52, 96));
  const fastHours = roundTenth(drawUniform(random, 0.5, 20));
  const secondHours = roundTenth(drawUniform(random, 0.5, 20));
  const gaps = {
    reopen: drawUniform(random, 3, 40),
    solve: drawUniform(random, 1, 24),
    rate: drawUniform(random, 1, 30),
  };
  const channel = drawWeighted(random, CHANNELS);
  const noise = drawNormal(random);

  const plant = plantedTruth["slow-answer"];
  const isSlow = isExposed(state, plant.id, cause.openedAt, slowLuck);
  const brokenAt = cause.openedAt + PROMISED_HOURS * HOUR;
  if (isSlow && leaveLuck < plant.coded) leave(state, brokenAt);
  state.moods.push({ time: brokenAt, change: isSlow ? -0.7 : 0.1 });

  const about = { order: cause.order, ticket: `T${cause.order.slice(1)}`, properties: { topic: cause.topic } };
  const answered = (time: number, hoursWaited: number) =>
    recordEvent(state, time, plant.touchpoint, channel, { ...about, properties: { topic: cause.topic, hoursWaited } });
  const subject = writeSubject(openLuck(state, cause.order, "subject"), cause.matter, cause.order);
  recordEvent(state, cause.openedAt, "Ticket Opened", channel, {
    ...about,
    properties: { topic: cause.topic, subject },
  });
  const hours = isSlow ? slowHours : fastHours;
  let time = cause.openedAt + hours * HOUR;
  answered(time, hours);
  if (reopenLuck < 0.12) {
    time += gaps.reopen * HOUR;
    recordEvent(state, time, "Ticket Reopened", channel, about);
    time += secondHours * HOUR;
    answered(time, secondHours);
  }
  time += gaps.solve * HOUR;
  recordEvent(state, time, "Ticket Solved", channel, about);
  if (rateLuck < 0.35) rateTicket(state, time + gaps.rate * HOUR, { noise, isSlow }, about);
}

interface Rated {
  readonly noise: number;
  readonly isSlow: boolean;
}

function rateTicket(state: CustomerState, time: number, { noise, isSlow }: Rated, about: EventDetails): void {
  const score = clamp(Math.round(3.7 + 0.8 * satisfactionAt(state, time) + 0.6 * noise), 1, 5);
  const comment = writeComment(openLuck(state, about.order ?? "", "rating"), {
    kind: "support",
    score,
    failed: isSlow,
  });
  recordEvent(state, time, "CSAT Answered", "e-mail", {
    ...about,
    score,
    scale: "1-5",
    properties: { ...about.properties, about: "support", ...(comment === undefined ? {} : { comment }) },
  });
}
