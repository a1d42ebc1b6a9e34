/**
 * Small exports of tracking products, each in the exact form in which that product writes them.
 * Ids, times and amounts are made up, and few enough to be counted by hand.
 */
const toLines = (records: readonly unknown[]) => records.map((record) => `${JSON.stringify(record)}\n`).join("");

const SEGMENT_WEB = {
  channel: "client",
  integrations: {},
  version: 2,
  context: {
    ip: "203.0.113.5",
    library: { name: "analytics.js", version: "next-1.84.0" },
    locale: "de-DE",
    page: { path: "/checkout", url: "https://shop.example/checkout", title: "Shop" },
    campaign: { name: "march", source: "newsletter" },
  },
} as const;
const SEGMENT_SERVER = {
  channel: "server",
  integrations: {},
  version: 2,
  context: { library: { name: "analytics-node" } },
};

function segmentCall(id: number, type: string, timestamp: string, rest: Readonly<Record<string, unknown>>) {
  return {
    messageId: `ajs-${id}`,
    type,
    originalTimestamp: timestamp,
    sentAt: timestamp,
    receivedAt: timestamp,
    timestamp,
    ...rest,
  };
}

/** Ten calls of two people: one is a retry, one is of a type that Segment does not have. */
export function segmentCalls(): string {
  const first = { ...SEGMENT_WEB, anonymousId: "anon-1", userId: null };
  const known = { ...SEGMENT_WEB, anonymousId: "anon-1", userId: "u1" };
  const order = segmentCall(4, "track", "2024-03-01T09:06:00.000Z", {
    ...known,
    event: "Order Completed",
    properties: {
      order_id: "o-1",
      total: 30.5,
      revenue: 27.5,
      currency: "usd",
      coupon: "SPRING",
      products: [
        { product_id: "shoe", sku: "S-1", price: 20, quantity: 1 },
        { product_id: "sock", sku: "S-2", price: 3.75, quantity: 2 },
      ],
    },
  });
  return toLines([
    segmentCall(1, "page", "2024-03-01T09:00:00.000Z", {
      ...first,
      name: "Home",
      properties: { path: "/", title: "Shop" },
    }),
    segmentCall(2, "track", "2024-03-01T09:01:00.250Z", {
      ...first,
      event: "Product Viewed",
      properties: { product_id: "shoe", price: 20, value: "high" },
    }),
    segmentCall(3, "identify", "2024-03-01T09:05:00.000Z", {
      ...known,
      traits: { email: "ada@example.com", plan: "pro" },
    }),
    order,
    { ...order, sentAt: "2024-03-01T09:09:00.000Z" },
    segmentCall(5, "track", "2024-03-04T12:00:00.000Z", {
      ...SEGMENT_SERVER,
      userId: "u1",
      event: "Order Refunded",
      properties: { order_id: "o-1", total: "10.25", currency: "USD" },
    }),
    segmentCall(6, "track", "2024-03-05T12:00:00.000Z", {
      ...SEGMENT_SERVER,
      userId: "u2",
      event: "Order Cancelled",
      properties: { order_id: "o-2", total: 99, currency: "EUR", products: [] },
    }),
    segmentCall(7, "alias", "2024-03-05T13:00:00.000Z", { ...SEGMENT_SERVER, userId: "u2", previousId: "u2" }),
    segmentCall(8, "screen", "2024-03-06T08:00:00.000Z", {
      channel: "client",
      context: { device: { type: "ios", id: "7D1C" }, library: { name: "analytics-ios" } },
      userId: "u2",
      anonymousId: "anon-2",
      name: "Basket",
      properties: {},
    }),
    segmentCall(9, "delete", "2024-03-06T09:00:00.000Z", { ...SEGMENT_SERVER, userId: "u2" }),
  ]);
}

const WEB = { $lib: "web", $device_id: "dev-1", $session_id: "s-1", $browser: "Firefox" };

const POSTHOG: readonly (readonly [id: string, event: string, who: string, time: string, properties: object])[] = [
  [
    "01",
    "$pageview",
    "dev-1",
    "2024-03-01T10:00:00.123000+00:00",
    { ...WEB, $current_url: "https://shop.example/", $is_identified: false },
  ],
  ["02", "$web_vitals", "dev-1", "2024-03-01T10:00:05.000000+00:00", WEB],
  [
    "03",
    "$identify",
    "u1",
    "2024-03-01T10:02:00.000000+00:00",
    {
      ...WEB,
      $anon_distinct_id: "dev-1",
      $set: { email: "ada@example.com" },
      $set_once: { plan: "free", email: "old@example.com" },
    },
  ],
  [
    "04",
    "Order Completed",
    "u1",
    "2024-03-01T10:03:00.000000+00:00",
    {
      ...WEB,
      $is_identified: true,
      order_id: "o-1",
      total: 42,
      currency: "eur",
      products: [{ sku: "p1" }, { sku: "p2" }],
    },
  ],
  ["05", "Invoice Paid", "u2", "2024-03-02T08:00:00.000000+00:00", { $lib: "posthog-node", value: 5.5 }],
  [
    "06",
    "Order Refunded",
    "u1",
    "2024-03-02T09:00:00.000000+00:00",
    { $lib: "posthog-node", order_id: "o-1", total: "12.00", currency: "EUR" },
  ],
];

/** Six events of two people, as batch exports write them: JSON lines. */
export function posthogLines(): string {
  return toLines(
    POSTHOG.map(([id, event, distinct_id, timestamp, properties]) => ({
      uuid: `018df9a0-0000-7000-8000-0000000000${id}`,
      event,
      properties,
      distinct_id,
      team_id: 1,
      person_id: `person-${distinct_id}`,
      timestamp,
      created_at: timestamp,
    })),
  );
}

/** The same six events as a CSV whose properties are JSON text. */
export function posthogCsv(): string {
  const quote = (value: string) => `"${value.replaceAll('"', '""')}"`;
  const rows = POSTHOG.map(([id, event, who, time, properties]) =>
    [
      `018df9a0-0000-7000-8000-0000000000${id}`,
      event,
      who,
      time.replace("T", " ").replace("+00:00", ""),
      JSON.stringify(properties),
    ]
      .map(quote)
      .join(","),
  );
  return `uuid,event,distinct_id,timestamp,properties\n${rows.join("\n")}\n`;
}

/** Six events of three devices and one person; the order comes twice under one $insert_id. */
export function mixpanelExport(): string {
  const time = Date.UTC(2024, 2, 1, 10) / 1000;
  const common = { $city: "Berlin", mp_country_code: "DE", mp_lib: "web", mp_processing_time_ms: 1709287300000 };
  const order = {
    event: "Order Completed",
    properties: {
      time: time + 400,
      distinct_id: "u1",
      $user_id: "u1",
      $device_id: "d-1",
      $insert_id: "i3",
      ...common,
      order_id: "o-1",
      total: 20,
      currency: "USD",
      products: [{ product_id: "p1" }, { product_id: "p2" }],
    },
  };
  return toLines([
    {
      event: "Product Viewed",
      properties: {
        time,
        distinct_id: "$device:d-1",
        $device_id: "d-1",
        $insert_id: "i1",
        ...common,
        product_id: "p1",
      },
    },
    {
      event: "$identify",
      properties: { time: time + 300, distinct_id: "u1", $insert_id: "i2", $identified_id: "u1", $anon_id: "d-1" },
    },
    order,
    order,
    {
      event: "Order Refunded",
      properties: {
        time: time + 3600,
        distinct_id: "u1",
        $insert_id: "i4",
        order_id: "o-1",
        total: 20,
        currency: "USD",
      },
    },
    {
      event: "App Open",
      properties: { time: time + 7200, distinct_id: "$device:d-9", $insert_id: "i5", mp_lib: "swift" },
    },
  ]);
}

/** Five events of two people; the order comes twice under one $insert_id, the refund outside of any session. */
export function amplitudeExport(): string {
  const event = (uuid: string, event_type: string, event_time: string, rest: Readonly<Record<string, unknown>>) => ({
    $insert_id: `insert-${uuid}`,
    $schema: null,
    amplitude_id: 4711,
    app: 1,
    uuid,
    event_id: 1,
    event_type,
    event_time,
    client_event_time: event_time,
    user_id: null,
    groups: {},
    ...rest,
  });
  const web = { device_id: "device-1", session_id: 1704067200000, platform: "Web", country: "Germany", city: "Berlin" };
  const order = event("b", "Order Completed", "2024-01-01 00:10:00.250000", {
    ...web,
    user_id: "user-1",
    event_properties: {
      order_id: "o-1",
      total: "19.99",
      currency: "EUR",
      coupon: "X1",
      products: [{ product_id: "p1" }, { product_id: "p2" }],
    },
    user_properties: { plan: "pro" },
  });
  return toLines([
    event("a", "Product Viewed", "2024-01-01 00:00:00.000000", {
      ...web,
      event_properties: { product_id: "p1" },
      user_properties: {},
    }),
    order,
    { ...order, server_upload_time: "2024-01-01 00:20:00.000000" },
    event("c", "Order Refunded", "2024-01-02 00:00:00.000000", {
      user_id: "user-1",
      device_id: null,
      session_id: -1,
      event_properties: { order_id: "o-1", total: 19.99, currency: "EUR" },
      user_properties: {},
    }),
    event("d", "revenue_amount", "2024-01-03 00:00:00.000000", {
      user_id: "user-2",
      device_id: "device-2",
      session_id: -1,
      platform: "iOS",
      event_properties: { $revenue: 3.5, $productId: "com.game.coins" },
      user_properties: {},
    }),
  ]);
}

/** Five events of two devices, one of them known by the end, with BigQuery's whole numbers as text. */
export function ga4Export(): string {
  const text = (key: string, string_value: string) => ({
    key,
    value: { string_value, int_value: null, float_value: null, double_value: null },
  });
  const int = (key: string, int_value: string) => ({ key, value: { string_value: null, int_value } });
  const web = {
    platform: "WEB",
    user_pseudo_id: "1001.77",
    device: { category: "mobile", operating_system: "iOS" },
    geo: { country: "Germany", city: "Berlin" },
    traffic_source: { source: "google", medium: "cpc", name: "(direct)" },
    event_date: "20240301",
  };
  const visit = int("ga_session_id", "1709287200");
  const micros = (day: number, minute: number, rest = 0) => String(Date.UTC(2024, 2, day, 10, minute) * 1000 + rest);
  return toLines([
    { ...web, event_name: "session_start", event_timestamp: micros(1, 0, 123456), event_params: [visit], items: [] },
    {
      ...web,
      event_name: "add_to_cart",
      event_timestamp: micros(1, 1),
      event_params: [visit, text("currency", "EUR"), { key: "value", value: { double_value: 15 } }],
      ecommerce: { transaction_id: "(not set)" },
      items: [{ item_id: "sku-1", item_name: "Shoe", price: 15, quantity: "1" }],
    },
    {
      ...web,
      user_id: "cust-1",
      event_name: "purchase",
      event_timestamp: micros(1, 5),
      event_params: [visit, text("currency", "EUR"), text("page_location", "https://shop.example/thanks")],
      user_properties: [{ key: "plan", value: { string_value: "gold", set_timestamp_micros: "1709287200000000" } }],
      ecommerce: { transaction_id: "T-1", purchase_revenue: 45.5, total_item_quantity: "3" },
      items: [
        { item_id: "sku-1", price: 15, quantity: "1" },
        { item_id: "sku-2", price: 15.25, quantity: "2" },
        { item_id: "(not set)" },
      ],
    },
    {
      ...web,
      user_id: "cust-1",
      event_name: "refund",
      event_timestamp: micros(4, 0),
      event_params: [text("currency", "EUR")],
      ecommerce: { transaction_id: "T-1", refund_value: 15 },
      items: [],
    },
    {
      platform: "IOS",
      user_pseudo_id: "app-2",
      event_name: "screen_view",
      event_timestamp: micros(5, 0),
      event_params: [text("firebase_screen", "Home")],
      items: [],
    },
  ]);
}
