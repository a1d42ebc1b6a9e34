import { describe, expect, it } from "vitest";
import { isErrorName, isOpeningName, isWaitName, rankTopic, readTries } from "./friction-names.ts";

describe("names of trouble", () => {
  it.each([
    ..."Payment Failed|checkout_error|ApiTimeout|Error|HTTP 500|Request timed out|A_DECLINED-COMPLETE|bug report".split(
      "|",
    ),
    ..."Pagamento recusado|Zahlung fehlgeschlagen|Paiement refusé|Pago rechazado|Pagamento rifiutato|Betaling mislukt".split(
      "|",
    ),
  ])("«%s» is an error", (name) => expect(isErrorName(name)).toBe(true));

  it.each(["Terror Film Watched", "Order Completed", "Failover", "Debug Mode", "Product Viewed", "Room 5000", ""])(
    "«%s» is none",
    (name) => expect(isErrorName(name)).toBe(false),
  );

  it.each([
    "Ticket Opened",
    "Call Received",
    "Live Chat Conversation Started",
    "support_chat",
    "Complaint",
    "Phone Call",
  ])("«%s» opens a contact", (name) => expect(isOpeningName(name)).toBe(true));

  it.each(["Ticket Answered", "Help Viewed", "Ticket Solved", "Ticket Reopened", "Call Ended", "Refund Issued"])(
    "«%s» opens none",
    (name) => expect(isOpeningName(name)).toBe(false),
  );

  it("knows numbers that count tries, and numbers that tell how long somebody waited", () => {
    expect(["attempt", "paymentAttempts", "retries", "retry_count", "entry"].map(readTries)).toEqual([
      1,
      1,
      0,
      0,
      undefined,
    ]);
    expect(["hoursWaited", "wait_minutes", "timeToFirstReply", "waiter", "hours"].map(isWaitName)).toEqual([
      true,
      true,
      true,
      false,
      false,
    ]);
  });

  it("knows what a contact is about, by the last word of the property", () => {
    expect(["topic", "ticket_topic", "contactReason", "Category", "topics seen", "price"].map(rankTopic)).toEqual([
      0,
      0,
      2,
      3,
      undefined,
      undefined,
    ]);
  });
});
