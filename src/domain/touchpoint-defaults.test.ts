import { describe, expect, it } from "vitest";
import { touchpointDefaults } from "./touchpoint-defaults.ts";

const SEGMENT = `Products Searched, Product List Viewed, Product Clicked, Product Viewed, Product Added, Product Removed,
Cart Viewed, Checkout Started, Checkout Step Viewed, Checkout Step Completed, Payment Info Entered, Order Completed,
Order Updated, Order Refunded, Order Cancelled, Coupon Entered, Coupon Applied, Coupon Denied, Coupon Removed,
Product Reviewed, Product Shared, Live Chat Conversation Started, Live Chat Conversation Ended, Live Chat Message Sent,
Live Chat Message Received, Email Delivered, Email Opened, Email Link Clicked, Email Bounced, Email Marked as Spam,
Unsubscribed`;
const RECIPES = `Order Placed, Payment Approved, Handed To Carrier, Delivery Due, Order Delivered, Review Answered,
Order Cancelled, Purchase`;
const DEMO = `Ad Clicked, Page Viewed, Signed In, Payment Failed, Delivery Delayed Notice, Return Requested, Ticket Opened,
Ticket Answered, Ticket Reopened, Ticket Solved, CSAT Answered, NPS Answered, Newsletter Subscribed`;
const WEB = `home, catalog, search, product_view, add_to_cart, cart, shipping_details, payment_details, purchase,
checkout_bug, payment_error, error_page, support_chat, review_page, wishlist_add, compare, promo_page, account_page,
filter_results`;

describe("touchpointDefaults", () => {
  it.each([SEGMENT, RECIPES, DEMO, WEB].flatMap((names) => names.split(/,\s*/u)))("knows the stage of %s", (name) => {
    expect(touchpointDefaults(name).stage).not.toBeNull();
  });

  it.each([
    ["Order Completed", "order"],
    ["Order Placed", "order"],
    ["Purchase", "order"],
    ["purchase", "order"],
    ["Order Cancelled", "cancellation"],
    ["Order Refunded", "refund"],
    ["Order Delivered", "delivery"],
    ["Order Updated", null],
    ["Delivery Due", null],
    ["add_to_cart", null],
  ])("gives %s the role %s", (name, role) => {
    expect(touchpointDefaults(name).role).toBe(role);
  });

  it("does not care for case, spaces, underscores and hyphens", () => {
    const expected = { stage: "evaluation", channel: "web", role: null };
    for (const name of ["add_to_cart", "Add to Cart", "ADD-TO-CART", " addToCart "])
      expect(touchpointDefaults(name)).toEqual(expected);
    expect(touchpointDefaults("E-mail opened").channel).toBe("e-mail");
  });

  it("leaves help-desk and bank logs unmapped", () => {
    const unknown = { stage: null, channel: null, role: null };
    for (const name of [
      "Assign seriousness",
      "Resolve ticket",
      "Closed",
      "Wait",
      "A_SUBMITTED",
      "W_Nabellen offertes",
      "",
      "—",
    ])
      expect(touchpointDefaults(name)).toEqual(unknown);
  });
});
