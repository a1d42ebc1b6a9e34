/**
 * BG/NBD: customers buy at their own rate and may leave after each repeat purchase, each with their own chance.
 * A customer without a repeat cannot have left: where that misleads, MBG/NBD (mbg-nbd.ts) says more.
 */
import { openBetaGeometricModel } from "./beta-geometric-model.ts";

/**
 * Source: Fader, Hardie & Lee (2005), "Counting your customers the easy way", Marketing Science 24.
 * @example CDNOW's 2,357 customers: r .242595, alpha 4.413602, a .792922, b 2.425907, log-likelihood −9582.4292
 */
export const BG_NBD = openBetaGeometricModel("bg-nbd", 0);
