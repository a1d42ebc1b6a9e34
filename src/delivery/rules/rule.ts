/**
 * What a health rule is: a number, the principle it protects, and a pure check of one initiative.
 * The rules themselves stand in one file a principle; which of them an initiative is held against is in check-health.ts.
 */
import type { BrokenRule, HealthThresholds } from "../../domain/dsdm/health.ts";
import type { Goal, Initiative } from "../../domain/dsdm/initiative.ts";
import type { EffectState, FindingState } from "../../domain/dsdm/report.ts";
import type { Velocity } from "../velocity.ts";

/** What a check may know besides the initiative. */
export interface HealthContext {
  /** ISO 8601, UTC. */
  readonly now: string;
  /** YYYY-MM-DD of `now` in the workspace's zone. */
  readonly today: string;
  /** IANA name of that zone, in which instants have their day; UTC when left out. */
  readonly zone?: string;
  readonly thresholds: HealthThresholds;
  readonly findings: ReadonlyMap<number, FindingState>;
  readonly effects: ReadonlyMap<number, EffectState>;
  readonly goals: ReadonlyMap<number, Goal>;
  /** When the newest event happened; null without any. */
  readonly dataEnd: string | null;
  /** Of the portfolio: the pace of a first timebox in days. Left out: nothing is forecast before an initiative has its own. */
  readonly velocity?: Velocity | null;
}

/** One place where a rule is broken. */
export interface Breach {
  /** "initiative", "requirement 3", "timebox 1", "increment 1", "kpi NAME", "role business-sponsor" … */
  readonly subject: string;
  readonly message: string;
  /** Left out: the rule's own. */
  readonly action?: string;
  /** Left out: the rule's own. */
  readonly severity?: BrokenRule["severity"];
}

export interface Rule {
  /** The number in docs/health-rules.md; never used again for another. */
  readonly id: number;
  /** 1–8. */
  readonly principle: number;
  readonly severity: BrokenRule["severity"];
  readonly title: string;
  /** When it is asked, and of what; `{name}` stands for a threshold. */
  readonly when: string;
  readonly why: string;
  readonly action: string;
  /** Also asked of closed and stopped initiatives: it is about what happened, not about work in progress. */
  readonly history?: true;
  readonly check: (initiative: Initiative, context: HealthContext) => readonly Breach[];
}
