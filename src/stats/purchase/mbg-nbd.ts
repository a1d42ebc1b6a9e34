/**
 * MBG/NBD: as BG/NBD, but customers may leave after their first purchase too, so that one without a repeat may be gone.
 * Regular buyers are for cnbd-k.ts.
 */
import { openBetaGeometricModel } from "./beta-geometric-model.ts";

/**
 * Source: Batislam, Denizel & Filiztekin (2007), "Empirical validation and comparison of models for customer base analysis",
 * International Journal of Research in Marketing 24.
 * @example CDNOW's 2,357 customers: r .525, alpha 6.183, a .891, b 1.614, log-likelihood −9582.1357
 */
export const MBG_NBD = openBetaGeometricModel("mbg-nbd", 1);
