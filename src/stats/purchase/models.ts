/**
 * All models of purchase counts, from the simplest to the one with the most to fit.
 * Which of them to believe is decided on hold-outs by analysis/repurchase.
 */
import { BG_NBD } from "./bg-nbd.ts";
import { CNBD_K } from "./cnbd-k.ts";
import { MBG_NBD } from "./mbg-nbd.ts";
import { NBD } from "./nbd.ts";
import { PARETO_NBD } from "./pareto-nbd.ts";
import type { PurchaseModel } from "./purchase-model.ts";

export const MODELS: readonly PurchaseModel[] = [NBD, BG_NBD, MBG_NBD, PARETO_NBD, CNBD_K];
