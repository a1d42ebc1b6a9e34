/**
 * Which stage, channel and order role a touchpoint most likely has, judged by its name alone: shop names, recipe names, common web names.
 * It knows no industry but retail: a help-desk or bank log stays unmapped, and people set those by hand.
 */
import type { Role, Stage } from "./touchpoint.ts";

export interface TouchpointDefaults {
  readonly stage: Stage | null;
  readonly channel: string | null;
  readonly role: Role | null;
}

/** Names that share a stage and a channel; a name may carry its role after " = ". */
interface Group {
  readonly stage: Stage;
  readonly channel: string | null;
  readonly names: readonly string[];
}

// Sources: Segment's e-commerce, live-chat, e-mail and coupon names (verbatim), what the shipped recipes and the demo
// emit, GA4's and PostHog's snake_case names, and snake_case page names usual in click logs.
const GROUPS: readonly Group[] = [
  { stage: "awareness", channel: "ads", names: ["Ad Clicked", "Ad Viewed", "Ad Click", "Promotion Clicked"] },
  {
    stage: "awareness",
    channel: "ads",
    names: ["Campaign Clicked", "Promotion Viewed", "view_promotion", "select_promotion"],
  },
  { stage: "awareness", channel: "social", names: ["Social Post Clicked", "Social Ad Clicked", "Social Post Viewed"] },
  {
    stage: "awareness",
    channel: "e-mail",
    names: ["Email Delivered", "Email Opened", "Email Link Clicked", "Email Clicked"],
  },
  {
    stage: "awareness",
    channel: "e-mail",
    names: ["Email Bounced", "Email Marked as Spam", "Email Sent", "Newsletter Opened"],
  },
  {
    stage: "awareness",
    channel: "web",
    names: ["home", "Home Viewed", "Homepage", "Page Viewed", "Page View", "$pageview", "pageviewed"],
  },
  {
    stage: "awareness",
    channel: "web",
    names: ["Visit", "Site Visited", "Visit Started", "session_start", "first_visit", "promo_page", "landing_page"],
  },
  {
    stage: "consideration",
    channel: "web",
    names: ["catalog", "category", "category_page", "search", "Products Searched", "Search"],
  },
  {
    stage: "consideration",
    channel: "web",
    names: ["Product List Viewed", "Product List Filtered", "view_item_list", "view_search_results"],
  },
  {
    stage: "consideration",
    channel: "web",
    names: ["Product Clicked", "select_item", "filter_results", "product_list", "Product Searched"],
  },
  {
    stage: "evaluation",
    channel: "web",
    names: ["Product Viewed", "product_view", "view_item", "product_page", "compare", "Products Compared"],
  },
  {
    stage: "evaluation",
    channel: "web",
    names: ["Product Compared", "wishlist_add", "add_to_wishlist", "Product Added to Wishlist", "Product Shared"],
  },
  {
    stage: "evaluation",
    channel: "web",
    names: ["Product Removed from Wishlist", "Wishlist Product Added to Cart", "Cart Shared", "Size Guide Viewed"],
  },
  {
    stage: "evaluation",
    channel: "web",
    names: ["Product Added", "Product Removed", "Cart Viewed", "add_to_cart", "remove_from_cart", "view_cart"],
  },
  {
    stage: "evaluation",
    channel: "web",
    names: ["cart", "cart_page", "Added to Cart", "Cart Abandoned", "review_page", "Reviews Read"],
  },
  {
    stage: "purchase",
    channel: "web",
    names: ["Checkout Started", "Checkout Step Viewed", "Checkout Step Completed", "begin_checkout"],
  },
  {
    stage: "purchase",
    channel: "web",
    names: ["checkout", "Payment Info Entered", "add_payment_info", "add_shipping_info", "Shipping Info Entered"],
  },
  {
    stage: "purchase",
    channel: "web",
    names: ["shipping_details", "payment_details", "Delivery Chosen", "Payment Started", "Payment Chosen"],
  },
  { stage: "purchase", channel: "web", names: ["Coupon Entered", "Coupon Applied", "Coupon Denied", "Coupon Removed"] },
  {
    stage: "purchase",
    channel: "web",
    names: ["checkout_bug", "payment_error", "Payment Failed", "Payment Declined", "Checkout Error"],
  },
  {
    stage: "purchase",
    channel: null,
    names: ["Order Completed = order", "Order Placed = order", "Purchase = order", "Purchased = order"],
  },
  {
    stage: "purchase",
    channel: null,
    names: ["Order Cancelled = cancellation", "Order Canceled = cancellation", "Order Updated"],
  },
  {
    stage: "purchase",
    channel: null,
    names: ["Payment Approved", "Payment Succeeded", "Payment Completed", "Order Confirmed", "Invoice Paid"],
  },
  {
    stage: "setup",
    channel: "carrier",
    names: ["Handed To Carrier", "Order Shipped", "Order Fulfilled", "Delivery Due", "Delivery Started"],
  },
  {
    stage: "setup",
    channel: "carrier",
    names: ["Order Delivered = delivery", "Delivery Attempted", "Delivery Failed", "Delivery Late"],
  },
  {
    stage: "setup",
    channel: "e-mail",
    names: ["Delivery Delayed Notice", "Delay Notice Sent", "Delivery Notice Sent", "Order Confirmation Sent"],
  },
  {
    stage: "setup",
    channel: "web",
    names: ["Account Created", "Signed Up", "Sign Up", "sign_up", "Signed In", "Sign In", "Logged In", "Login"],
  },
  {
    stage: "setup",
    channel: "web",
    names: [
      "Signed Out",
      "account_page",
      "Order Tracked",
      "Order Tracking Viewed",
      "Guide Viewed",
      "Onboarding Completed",
    ],
  },
  {
    stage: "support",
    channel: "web",
    names: ["error_page", "Help Viewed", "Help Searched", "FAQ Viewed", "Help Page Viewed", "Help Article Viewed"],
  },
  {
    stage: "support",
    channel: "chat",
    names: [
      "support_chat",
      "Live Chat Conversation Started",
      "Live Chat Conversation Ended",
      "Chat Started",
      "Chat Ended",
    ],
  },
  { stage: "support", channel: "chat", names: ["Live Chat Message Sent", "Live Chat Message Received"] },
  {
    stage: "support",
    channel: "phone",
    names: ["Call Started", "Call Ended", "Call Received", "Phone Call", "Support Called"],
  },
  {
    stage: "support",
    channel: null,
    names: ["Ticket Opened", "Ticket Answered", "Ticket Reopened", "Ticket Solved", "Ticket Created"],
  },
  {
    stage: "support",
    channel: null,
    names: ["Ticket Replied", "Ticket Closed", "Ticket Escalated", "Ticket Resolved", "Ticket Assigned"],
  },
  {
    stage: "support",
    channel: null,
    names: ["Order Refunded = refund", "Refund = refund", "refunded = refund", "Refund Issued = refund"],
  },
  {
    stage: "support",
    channel: null,
    names: ["Return Requested", "Return Received", "Return Approved", "Return Shipped", "Order Returned"],
  },
  {
    stage: "loyalty",
    channel: "e-mail",
    names: ["Review Answered", "Review Requested", "Survey Sent", "Survey Answered", "Survey Responded"],
  },
  {
    stage: "loyalty",
    channel: "e-mail",
    names: ["CSAT Answered", "NPS Answered", "CES Answered", "CSAT Sent", "NPS Sent", "CES Sent"],
  },
  {
    stage: "loyalty",
    channel: "e-mail",
    names: ["Newsletter Subscribed", "Newsletter Unsubscribed", "Unsubscribed", "Subscribed"],
  },
  {
    stage: "loyalty",
    channel: "web",
    names: ["Product Reviewed", "Review Written", "Review Submitted", "Friend Referred", "Referral Sent"],
  },
  {
    stage: "loyalty",
    channel: null,
    names: ["Loyalty Joined", "Loyalty Program Joined", "Loyalty Points Redeemed", "Gift Card Redeemed"],
  },
];

const ROLE_MARK = " = ";
const UNKNOWN: TouchpointDefaults = { stage: null, channel: null, role: null };

/** "add_to_cart", "Add to cart", "add-to-cart" and "AddToCart" are one name. */
function normalizeName(name: string): string {
  return name
    .normalize("NFKC")
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, "");
}

const DEFAULTS: ReadonlyMap<string, TouchpointDefaults> = new Map(
  GROUPS.flatMap(({ stage, channel, names }) =>
    names.map((entry): [string, TouchpointDefaults] => {
      const [name = entry, role] = entry.split(ROLE_MARK);
      return [normalizeName(name), { stage, channel, role: (role as Role | undefined) ?? null }];
    }),
  ),
);

/**
 * The usual stage, channel and role of a touchpoint with this name; each null where the name says nothing.
 * Case, spaces, underscores, hyphens and other punctuation do not matter.
 *
 * @example touchpointDefaults("order_completed") // { stage: "purchase", channel: null, role: "order" }
 */
export function touchpointDefaults(name: string): TouchpointDefaults {
  return DEFAULTS.get(normalizeName(name)) ?? UNKNOWN;
}
