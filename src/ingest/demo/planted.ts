/**
 * The truth about the demo shop as data: every moment, pain point, decoy and change that was planted, where and since when.
 * What each is worth on its outcome is measured by running the shop without it (measure-plants.ts), not asserted here.
 */
import { startOfDate } from "./calendar.ts";

export type PlantId =
  | "live-chat"
  | "late-delivery"
  | "advice-call"
  | "payment-failure"
  | "slow-answer"
  | "address-loop"
  | "wishlist"
  | "delivery-options"
  | "one-page-checkout"
  | "promotion-banner";

export type PlantKind = "moment-of-truth" | "pain-point" | "decoy" | "change";

/** Which customers a plant concerns: those whose trait has one of these values; all when it is null. */
export interface PlantGroup {
  readonly trait: "region" | "group" | "desk";
  readonly values: readonly string[];
}

export interface Plant {
  readonly id: PlantId;
  readonly kind: PlantKind;
  readonly touchpoint: string;
  /** The events of the touchpoint that count as exposed, in the expression language; null: its mere presence. */
  readonly exposedWhere: string | null;
  /** Where it can happen at all: visits, or orders, with this touchpoint; null: every visit. */
  readonly among: string | null;
  readonly outcome: "order in the same visit" | "next order within 90 days";
  /** Number put into the simulator: change of the probability of `mechanism`. Zero for decoys and what did not work. */
  readonly coded: number;
  readonly mechanism: string;
  /** First local day (Europe/Berlin) it is on; null: the whole year. */
  readonly since: string | null;
  readonly group: PlantGroup | null;
  /** Share of the possible occasions (for the call: of each customer's first) that are exposed where it is on, and elsewhere. */
  readonly share: number;
  readonly shareElsewhere: number;
  /** What each occurrence costs directly, in EUR; pain points only. */
  readonly directCost?: number;
}

const VISIT = "order in the same visit";
const NEXT_ORDER = "next order within 90 days";

export const plantedTruth: Readonly<Record<PlantId, Plant>> = {
  "live-chat": {
    id: "live-chat",
    kind: "moment-of-truth",
    touchpoint: "Live Chat Conversation Started",
    exposedWhere: null,
    among: "Product Added",
    outcome: VISIT,
    coded: 0.2,
    mechanism: "P(checkout starts | cart viewed)",
    since: "2025-02-01",
    group: { trait: "region", values: ["south", "west"] },
    share: 0.35,
    shareElsewhere: 0,
  },
  "late-delivery": {
    id: "late-delivery",
    kind: "moment-of-truth",
    touchpoint: "Delivery Due",
    exposedWhere: 'prop.overdue = "true"',
    among: "Delivery Due",
    outcome: NEXT_ORDER,
    coded: 0.4,
    mechanism: "P(customer leaves for good when the parcel is overdue)",
    since: "2025-03-15",
    group: { trait: "region", values: ["north"] },
    share: 0.4,
    shareElsewhere: 0.05,
  },
  "advice-call": {
    id: "advice-call",
    kind: "moment-of-truth",
    touchpoint: "Advice Call Received",
    exposedWhere: null,
    among: "Order Shipped",
    outcome: NEXT_ORDER,
    coded: 0.65,
    mechanism: "P(an extra visit that ends in an order, 4 to 40 days later)",
    since: "2025-02-15",
    group: { trait: "group", values: ["C"] },
    share: 0.75,
    shareElsewhere: 0,
  },
  "payment-failure": {
    id: "payment-failure",
    kind: "pain-point",
    touchpoint: "Payment Failed",
    exposedWhere: null,
    among: "Payment Info Entered",
    outcome: VISIT,
    coded: -0.5,
    mechanism: "P(order | payment entered)",
    since: "2025-06-01",
    group: { trait: "region", values: ["east"] },
    share: 0.3,
    shareElsewhere: 0.02,
    directCost: 0.5,
  },
  "slow-answer": {
    id: "slow-answer",
    kind: "pain-point",
    touchpoint: "Ticket Answered",
    exposedWhere: "prop.hoursWaited > 48",
    among: "Ticket Opened",
    outcome: NEXT_ORDER,
    coded: 0.4,
    mechanism: "P(customer leaves for good when 48 hours have passed without an answer)",
    since: "2025-02-15",
    group: { trait: "desk", values: ["partner"] },
    share: 0.6,
    shareElsewhere: 0.04,
    directCost: 4,
  },
  "address-loop": {
    id: "address-loop",
    kind: "pain-point",
    touchpoint: "Checkout Step Viewed",
    exposedWhere: "prop.attempt > 1",
    among: "Checkout Step Viewed",
    outcome: VISIT,
    coded: -0.18,
    mechanism: "P(payment entered | checkout started), for each of the one or two repeats",
    since: "2025-04-15",
    group: { trait: "region", values: ["west"] },
    share: 0.35,
    shareElsewhere: 0.03,
    directCost: 0,
  },
  wishlist: {
    id: "wishlist",
    kind: "decoy",
    touchpoint: "Product Added to Wishlist",
    exposedWhere: null,
    among: null,
    outcome: VISIT,
    coded: 0,
    mechanism: "none: loyal customers use the wishlist more, and buy more",
    since: null,
    group: null,
    share: 0.15,
    shareElsewhere: 0,
  },
  "delivery-options": {
    id: "delivery-options",
    kind: "decoy",
    touchpoint: "Delivery Options Viewed",
    exposedWhere: null,
    among: null,
    outcome: VISIT,
    coded: 0,
    mechanism: "none: it is only seen by those who already are in the checkout",
    since: null,
    group: null,
    share: 0.5,
    shareElsewhere: 0,
  },
  "one-page-checkout": {
    id: "one-page-checkout",
    kind: "change",
    touchpoint: "Checkout Started",
    exposedWhere: 'prop.checkout = "one-page"',
    among: "Checkout Started",
    outcome: VISIT,
    coded: 0.18,
    mechanism: "P(payment entered | checkout started)",
    since: "2025-08-01",
    group: { trait: "group", values: ["B"] },
    share: 1,
    shareElsewhere: 0,
  },
  "promotion-banner": {
    id: "promotion-banner",
    kind: "change",
    touchpoint: "Promotion Viewed",
    exposedWhere: null,
    among: null,
    outcome: VISIT,
    coded: 0,
    mechanism: "none: the free-shipping banner changes nothing",
    since: "2025-08-01",
    group: { trait: "group", values: ["D"] },
    share: 0.6,
    shareElsewhere: 0,
  },
};

/** The traits by which plants are switched on. */
export type SwitchTraits = Readonly<Record<PlantGroup["trait"], string>>;

/** Says whether plants act: in the shop as it is, or in one from which some plant is taken away. */
export interface Switchboard {
  /** Probability that an occasion of this customer at this instant is exposed to the plant. */
  readonly share: (id: PlantId, traits: SwitchTraits, instant: number) => number;
}

/** With `without`, that plant falls back to its share elsewhere; for decoys and presence plants that is never. */
export function createSwitchboard(without?: PlantId): Switchboard {
  const since = new Map<PlantId, number>();
  for (const plant of Object.values(plantedTruth))
    since.set(plant.id, plant.since === null ? Number.NEGATIVE_INFINITY : startOfDate(plant.since));
  return {
    share: (id, traits, instant) => {
      const plant = plantedTruth[id];
      const inGroup = plant.group === null || plant.group.values.includes(traits[plant.group.trait]);
      const on = id !== without && inGroup && instant >= (since.get(id) ?? 0);
      return on ? plant.share : plant.shareElsewhere;
    },
  };
}
