/**
 * One world of planted frictions: its touchpoints, what can go wrong at each, for whom more often, and what it does to the order.
 * Which name stands for which, who is hit and how hard is drawn by the seed; how a journey goes is in friction-journey.ts.
 */
import type { FrictionKind } from "../../domain/friction.ts";
import { touchpointDefaults } from "../../domain/touchpoint-defaults.ts";
import { drawUniform } from "../demo/distributions.ts";
import { openRandom, type Random } from "../demo/random.ts";

/** By what a friction shows in the events. */
type PlantedSign = "late" | "score" | "failed" | "gap" | "again" | "contact";

/** Whom it happens to more often; all of it stands in the events before the touch. */
export interface Lean {
  readonly segments: readonly number[];
  /** For each earlier order, at most two; for each level of earlier events; and after an error in the same journey. */
  readonly past: number;
  readonly prior: number;
  readonly trouble: number;
}

type LeanKind = "segment" | "past" | "prior" | "trouble";

export interface PlantedFlag {
  readonly kind: FrictionKind;
  readonly sign: PlantedSign;
  readonly property: string | null;
  /** Change of the probability of the order. */
  readonly effect: number;
  readonly share: number;
  readonly lean: Lean;
  /** Added to the share where the flag before it on the same touch is there: overlap. */
  readonly onTop: number;
}

export interface FrictionTouch {
  readonly name: string;
  /** Place among the stages; −1: none. */
  readonly stage: number;
  readonly weight: number;
  /** Change of the probability of the order by the touch itself. */
  readonly effect: number;
  readonly error: boolean;
  /** So many more leave right after it than usual. */
  readonly leaves: number;
  /** Who has it more often: factors on the weight. */
  readonly lean: Lean;
  readonly flags: readonly PlantedFlag[];
  /** May come a second time in a journey, so much more readily than others. */
  readonly again: number;
  /** Nobody orders right after it: something else comes first. */
  readonly goesOn: boolean;
  /** As often as one likes. */
  readonly plain: boolean;
}

export interface FrictionWorld {
  readonly planted: boolean;
  readonly touches: readonly FrictionTouch[];
  /** Of each touch, a bit for each other of an earlier stage: a repetition of those is none after it. */
  readonly earlier: Int32Array;
  /** A bit for each touch that is an error. */
  readonly errors: number;
}

export const FRICTION_SEGMENTS = ["basic", "silver", "gold", "platinum"] as const;

const STAGES = ["awareness", "consideration", "evaluation", "purchase", "setup", "support", "loyalty"];
const NAMES = {
  setup: ["Guide Viewed", "Order Tracked", "Onboarding Completed", "Signed In", "Handed To Carrier", "Account Created"],
  purchase: ["Payment Info Entered", "Delivery Chosen", "Coupon Entered", "Payment Chosen", "Shipping Info Entered"],
  evaluation: ["Product Viewed", "Cart Viewed", "Reviews Read", "Product Compared", "Product Shared", "Compare"],
  contact: ["Ticket Opened", "Chat Started"],
  error: ["payment_error", "Checkout Error", "checkout_bug"],
} as const;
type Pool = keyof typeof NAMES;

const NO_LEAN: Lean = { segments: [0, 0, 0, 0], past: 0, prior: 0, trouble: 0 };
const UP = [-0.09, -0.03, 0.03, 0.09] as const;

function leanOn(what: LeanKind, random: Random): Lean {
  const sign = random.next() < 0.5 ? 1 : -1;
  switch (what) {
    case "segment":
      return { ...NO_LEAN, segments: UP.map((share) => sign * share) };
    case "past":
      return { ...NO_LEAN, past: sign * 0.08 };
    case "prior":
      return { ...NO_LEAN, prior: sign * 0.04 };
    case "trouble":
      return { ...NO_LEAN, trouble: 0.25 };
  }
}

const KINDS: Readonly<Record<PlantedSign, { kind: FrictionKind; property: string | null }>> = {
  late: { kind: "wait", property: "late" },
  score: { kind: "bad-score", property: "score" },
  failed: { kind: "error-event", property: "failed" },
  gap: { kind: "wait", property: null },
  again: { kind: "rework", property: null },
  contact: { kind: "repeat-contact", property: null },
};

/** Draws the numbers of a world, one after the other. */
class WorldDraft {
  readonly #random: Random;
  readonly #planted: boolean;
  readonly #names: Record<Pool, string[]>;

  constructor(random: Random, planted: boolean) {
    this.#random = random;
    this.#planted = planted;
    const shuffled = (names: readonly string[]) =>
      names
        .map((name) => [random.next(), name] as const)
        .toSorted((a, b) => a[0] - b[0])
        .map(([, name]) => name);
    const { setup, purchase, evaluation, contact, error } = NAMES;
    this.#names = {
      ...{ setup: shuffled(setup), purchase: shuffled(purchase), evaluation: shuffled(evaluation) },
      ...{ contact: shuffled(contact), error: shuffled(error) },
    };
  }

  #harm(): number {
    const harm = drawUniform(this.#random, 0.06, 0.1);
    return this.#planted ? -harm : 0;
  }

  /**
   * How many events there were before grows with the calendar: what leans on it comes more often as the year goes on, and a
   * null world with a dated incident would be none.
   */
  #lean(what: LeanKind): Lean {
    return leanOn(what === "prior" && !this.#planted ? "segment" : what, this.#random);
  }

  /** A friction that matters: whom it hits more often depends on who they are, and on what happened before. */
  harmful(sign: PlantedSign, share: number, onTop = 0): PlantedFlag {
    const lean = this.#lean(
      (["segment", "prior", "trouble"] as const)[Math.floor(3 * this.#random.next())] ?? "segment",
    );
    return { ...KINDS[sign], sign, share, onTop, lean, effect: this.#harm() };
  }

  /** One that does nothing, but hits those who order more, or less, anyway. */
  harmless(sign: PlantedSign, share: number, what: LeanKind, onTop = 0): PlantedFlag {
    return { ...KINDS[sign], sign, share, onTop, lean: this.#lean(what), effect: 0 };
  }

  touch(pool: Pool, traits: Partial<Omit<FrictionTouch, "name" | "stage">> = {}): FrictionTouch {
    const name = this.#names[pool].shift() ?? pool;
    return {
      ...{ name, stage: STAGES.indexOf(touchpointDefaults(name).stage ?? ""), weight: 1, effect: 0, error: false },
      ...{ leaves: 0, lean: NO_LEAN, flags: [], again: 0, goesOn: false, plain: false },
      ...traits,
    };
  }

  error(harmful: boolean): FrictionTouch {
    const lean = leanOn("segment", this.#random);
    const factors = { ...lean, segments: lean.segments.map((share) => share * 6) };
    return this.touch("error", { error: true, lean: factors, effect: harmful ? this.#harm() : 0 });
  }

  exit(): FrictionTouch {
    return this.touch("evaluation", { leaves: this.#planted ? drawUniform(this.#random, 0.08, 0.14) : 0 });
  }
}

/** The same seed gives the same world. @param planted false: the null world, where the same frictions do nothing */
export function buildFrictionWorld(seed: number, planted: boolean): FrictionWorld {
  const draft = new WorldDraft(openRandom(seed, "friction world"), planted);
  const touches = [
    // Late and a bad score on one touch: both matter; or only the score, and lateness comes with it.
    draft.touch("setup", { flags: [draft.harmful("late", 0.25), draft.harmful("score", 0.2, 0.3)] }),
    draft.touch("setup", { flags: [draft.harmless("late", 0.2, "trouble"), draft.harmful("score", 0.2, 0.3)] }),
    // Waiting alone, and together with a score that says nothing.
    draft.touch("setup", { goesOn: planted, flags: [draft.harmful("gap", 0.25)] }),
    draft.touch("setup", {
      ...{ goesOn: planted },
      flags: [draft.harmless("score", 0.25, "past"), draft.harmful("gap", 0.2, 0.2)],
    }),
    draft.touch("purchase", { again: 4, flags: [draft.harmful("again", 0)] }),
    draft.touch("purchase", { again: 4, flags: [draft.harmless("again", 0, "segment")] }),
    draft.touch("contact", { again: 5, flags: [draft.harmless("again", 0, "prior"), draft.harmful("contact", 0.5)] }),
    draft.touch("contact", { again: 5, flags: [draft.harmful("again", 0), draft.harmless("contact", 0.5, "segment")] }),
    draft.touch("evaluation", { flags: [draft.harmful("failed", 0.2)] }),
    draft.touch("evaluation", { flags: [draft.harmless("failed", 0.25, "past")] }),
    draft.error(true),
    draft.error(false),
    draft.exit(),
    draft.touch("evaluation", { plain: true }),
    draft.touch("evaluation", { plain: true }),
    draft.touch("evaluation", { plain: true }),
  ];
  const earlier = Int32Array.from(touches, ({ stage }) =>
    touches.reduce((bits, other, at) => (other.stage < stage ? bits | (1 << at) : bits), 0),
  );
  const errors = touches.reduce((bits, { error }, at) => (error ? bits | (1 << at) : bits), 0);
  return { planted, touches, earlier, errors };
}
