/**
 * A simulated log for the tests of the designs over time: twenty weeks, twelve countries, five plans, planted changes.
 * It checks nothing itself.
 */
import { makeRandom } from "../../stats/staged-panels.case.ts";
import type { RecordedEvent } from "../recorded-events.case.ts";

export const DAY = 86_400_000;
const WEEK = 7 * DAY;
/** A Monday. */
export const START = Date.UTC(2025, 0, 6);
export const WEEKS = 20;
export const SWITCHED = 14;
export const day = (week: number) => new Date(START + week * WEEK).toISOString().slice(0, 10);

export const COUNTRIES = ["AT", "BE", "CZ", "DE", "DK", "ES", "FI", "FR", "IT", "NL", "PL", "SE"];
export const EFFECT = 0.3;

/** From the fourteenth week on customers in FR order in 30 % more of the weeks; those of plan P from the tenth, Q from the twelfth. */
function chanceOf(country: string, plan: string, week: number): number {
  const level = 0.2 + 0.02 * COUNTRIES.indexOf(country);
  const wave = 0.06 * Math.sin(week / 2);
  const change = country === "FR" && week >= SWITCHED ? EFFECT : 0;
  return level + wave + change + ((plan === "P" && week >= 10) || (plan === "Q" && week >= 12) ? 0.2 : 0);
}

interface Customer {
  readonly id: string;
  readonly country: string;
  readonly plan: string;
}

const CUSTOMERS: readonly Customer[] = Array.from({ length: 480 }, (_, at) => ({
  ...{ id: `c${at}`, country: COUNTRIES[at % 12] ?? "", plan: ["P", "Q", "R", "S", ""][Math.floor(at / 12) % 5] ?? "" },
}));

interface Log {
  readonly events: readonly RecordedEvent[];
  /** Customers with an order, by country and week; everybody is known from the first moment. */
  readonly orders: ReadonlyMap<string, Float64Array>;
}

export function simulateLog(): Log {
  const random = makeRandom(3);
  const events: RecordedEvent[] = [];
  const orders = new Map(COUNTRIES.map((country) => [country, new Float64Array(WEEKS)]));
  for (const { id, country, plan } of CUSTOMERS) {
    const traits = { country, ...(plan === "" ? {} : { plan }) };
    const tell = (at: number, touchpoint: string) =>
      events.push({ customer: id, at: new Date(at).toISOString(), touchpoint, traits });
    tell(START + Math.floor(random() * DAY), "Signed Up");
    for (let week = 0; week < WEEKS; week++) {
      if (random() >= chanceOf(country, plan, week)) continue;
      const own = orders.get(country);
      if (own) own[week] = (own[week] ?? 0) + 1;
      // Two orders in a week count once.
      tell(START + week * WEEK + Math.floor((0.2 + 0.5 * random()) * WEEK), "Order");
      if (random() < 0.2) tell(START + week * WEEK + Math.floor(0.8 * WEEK), "Order");
    }
  }
  // The last day is seen to its end, whoever may have ordered.
  events.push({
    customer: "c1",
    at: new Date(START + WEEKS * WEEK - 1).toISOString(),
    touchpoint: "Visit",
    traits: {},
  });
  return { events, orders };
}
