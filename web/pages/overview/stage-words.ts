/**
 * What the stages of a journey are made of, in words: what to connect where one has no events yet.
 */
import type { Stage } from "../../../src/domain/touchpoint.ts";

export const STAGE_SOURCES: Readonly<Record<Stage, string>> = {
  awareness: "connect advertising clicks, campaigns or newsletters",
  consideration: "connect searches and list views of your web shop",
  evaluation: "connect product views, baskets or quotes",
  purchase: "connect orders and payments",
  setup: "connect deliveries, installations or first use",
  support: "connect tickets, chats or calls",
  loyalty: "connect surveys, reviews or returns",
};
