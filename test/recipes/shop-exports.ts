/**
 * Small exports of shops and payments, each in the exact form in which that product writes them.
 * Ids, times and amounts are made up, and few enough to be counted by hand.
 */
function wooOrder(id: number, status: string, created: string, total: string, rest: Readonly<Record<string, unknown>>) {
  return {
    id,
    parent_id: 0,
    status,
    currency: "EUR",
    date_created: created,
    date_created_gmt: created,
    date_modified_gmt: created,
    date_paid_gmt: null,
    date_completed_gmt: null,
    discount_total: "0.00",
    shipping_total: "0.00",
    total,
    customer_id: 0,
    order_key: `wc_order_${id}`,
    number: String(id),
    created_via: "checkout",
    payment_method: "stripe",
    billing: { first_name: "G", email: "Guest@Example.com ", country: "DE", city: "Berlin" },
    meta_data: [],
    line_items: [{ id: 1, name: "Shoe", product_id: 11, quantity: 1, sku: "S-1", total }],
    coupon_lines: [],
    refunds: [],
    ...rest,
  };
}

/** Six orders of two customers and a guest, as the REST API gives them: an array over many lines. */
export function wooOrders({ paid }: { readonly paid?: number } = {}): string {
  const bo = { customer_id: 8, billing: { email: "bo@example.com" } };
  const sock = [{ id: 2, name: "Sock", product_id: 12, quantity: 2, sku: "S-2", total: "15.00" }];
  const pending =
    paid === 103 ? { date_paid_gmt: "2024-03-04T18:00:00", date_modified_gmt: "2024-03-04T18:00:00" } : {};
  const orders = [
    wooOrder(101, "completed", "2024-03-01T10:00:00", "59.90", {
      customer_id: 7,
      billing: { email: "Ada@example.com", country: "DE", city: "Hamburg" },
      date_modified_gmt: "2024-03-09T09:00:00",
      date_paid_gmt: "2024-03-01T10:01:00",
      date_completed_gmt: "2024-03-02T16:00:00",
      discount_total: "5.00",
      shipping_total: "4.90",
      coupon_lines: [{ id: 5, code: "SPRING", discount: "5.00" }],
      line_items: [{ id: 1, name: "Shoe", product_id: 11, quantity: 1, sku: "S-1", total: "45.00" }, ...sock],
      refunds: [
        { id: 201, reason: "too small", total: "-10.00" },
        { id: 202, reason: "", total: "-5.50" },
      ],
    }),
    wooOrder(102, "cancelled", "2024-03-03T10:00:00", "20.00", { date_modified_gmt: "2024-03-03T12:00:00" }),
    wooOrder(103, paid === 103 ? "processing" : "pending", "2024-03-04T10:00:00", "8.00", pending),
    wooOrder(104, "failed", "2024-03-05T10:00:00", "15.00", { ...bo, date_modified_gmt: "2024-03-05T10:30:00" }),
    wooOrder(105, "on-hold", "2024-03-06T10:00:00", "15.00", { ...bo, line_items: sock }),
    wooOrder(106, "checkout-draft", "2024-03-06T11:00:00", "0.00", { line_items: [] }),
  ];
  return JSON.stringify(orders, null, 2);
}

/** Five charges as `stripe charges list` prints them: one with a refund, one failed, one only authorized, two odd currencies. */
export function stripeCharges(): string {
  const charge = (
    at: number,
    status: string,
    amount: number,
    currency: string,
    rest: Readonly<Record<string, unknown>>,
  ) => ({
    id: `ch_${at}`,
    object: "charge",
    amount,
    amount_captured: amount,
    amount_refunded: 0,
    billing_details: { address: { country: "DE" }, email: null, name: null },
    captured: true,
    created: Date.UTC(2024, 2, 1, 9 + at) / 1000,
    currency,
    customer: null,
    failure_code: null,
    metadata: {},
    paid: status === "succeeded",
    payment_intent: `pi_${at}`,
    status,
    ...rest,
  });
  const refund = {
    id: "re_1",
    object: "refund",
    amount: 500,
    charge: "ch_1",
    created: Date.UTC(2024, 2, 5, 10) / 1000,
    reason: "requested_by_customer",
  };
  const data = [
    charge(1, "succeeded", 2000, "usd", {
      customer: "cus_A",
      metadata: { order_id: "A-1", channel: "web" },
      amount_refunded: 500,
      refunds: { object: "list", data: [refund], has_more: false },
    }),
    charge(2, "succeeded", 500, "jpy", { billing_details: { email: "Guest@example.com" } }),
    charge(3, "failed", 700, "usd", { customer: "cus_B", failure_code: "card_declined" }),
    charge(4, "succeeded", 12345, "kwd", { customer: "cus_B", amount_refunded: 12345 }),
    charge(5, "succeeded", 900, "usd", { customer: "cus_B", captured: false }),
  ];
  return JSON.stringify({ object: "list", data, has_more: false, url: "/v1/charges" }, null, 2);
}

/** Five payments as the dashboard exports them; the last was never finished. */
export function stripePaymentsCsv(): string {
  return [
    "id,Created date (UTC),Amount,Amount Refunded,Currency,Captured,Status,Customer ID,Customer Email,PaymentIntent ID,Refunded date (UTC),Decline Reason,Description",
    'ch_11,2024-04-01 10:00:00,"1,234.50",34.50,eur,true,Refunded,cus_A,ada@example.com,pi_11,2024-04-03 08:00:00,,Order 11',
    'ch_12,2024-04-01 11:00:00,"9,99","0,00",eur,true,Paid,,Bo@example.com,,,,Order 12',
    "ch_13,2024-04-01 12:00:00,5.00,0.00,eur,false,Failed,cus_B,bo@example.com,pi_13,,insufficient_funds,",
    "ch_14,2024-04-01 13:00:00,5.00,0.00,eur,false,Uncaptured,cus_B,bo@example.com,pi_14,,,",
    "pi_15,2024-04-01 14:00:00,5.00,0.00,eur,,requires_action,cus_B,bo@example.com,pi_15,,,",
    "",
  ].join("\n");
}
