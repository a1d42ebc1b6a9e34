/** How moments of truth and promises read on a terminal, and what the commands ask. */
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type CommandLine, openCommandsHere } from "../../test/command-line.ts";
import type { Answer } from "../api/operations.ts";
import type { Session } from "../api/session.ts";
import { renderExpectations } from "./render-expectations.ts";
import { renderMoment, renderMoments } from "./render-moments.ts";

const DAY = 86_400_000;
const BASIS = { zone: "UTC", filter: { from: null, to: null, outside: false, where: null }, dataVersion: 1 };

const CLAIM: Answer<"moments">["claims"][number] = {
  touchpoint: "Delivery Due",
  contrast: "experience",
  property: "overdue",
  bad: '= "true"',
  where: 'touchpoint = "Delivery Due" and prop.overdue = "true"',
  effect: -0.251,
  low: -0.31,
  high: -0.19,
  relative: -0.45,
  p: 0.00001,
  q: 0.0004,
  reach: 1_180,
  customers: 1_100,
  impact: -296.2,
  money: -26_658.4,
  eValue: 3.04,
  label: "likely cause",
  crude: -0.293,
  exposedRate: 0.284,
  comparisonRate: 0.535,
  simpson: false,
  placebo: { of: "an earlier outcome", effect: 0.004, low: -0.03, high: 0.04, p: 0.8 },
  responseGap: null,
};

const REJECTED: Answer<"moments">["rejected"][number] = {
  touchpoint: "Wishlist",
  contrast: "presence",
  property: null,
  bad: null,
  where: 'touchpoint = "Wishlist"',
  effect: 0.021,
  low: 0.01,
  high: 0.032,
  crude: 0.069,
  placebo: { of: "an earlier outcome", effect: 0.03, low: 0.02, high: 0.041, p: 0.0001 },
  reach: 4_000,
  reason: "already different before",
  detail: "Their earlier outcome differs by 3.0 points.",
};

const UNKNOWN = { effect: null, low: null, high: null, crude: null, placebo: null };

const QUESTION = {
  ...{ journey: "life", outcome: "repurchase", of: null, withinMs: 90 * DAY, currency: "EUR" },
  ...{ base: 0.4, n: 12_000, minimumEffect: 0.02, worth: 90, months: 10, tested: 14, caveats: ["Something unseen."] },
};

const MOMENTS: Answer<"moments"> = {
  ...BASIS,
  ...QUESTION,
  customers: 3_000,
  unfinished: 120,
  claims: [CLAIM],
  rejected: [REJECTED, { ...REJECTED, touchpoint: "Rare", ...UNKNOWN, reason: "too few", detail: "12 touches." }],
  structural: [{ touchpoint: "Checkout Started", share: 0.991, n: 2_000 }],
};

describe("renderMoments", () => {
  test("the sentence comes first, then numbers with signs, what everyone passes, and what was rejected and why", () => {
    const lines = renderMoments(MOMENTS);
    const text = lines.join("\n");
    expect(lines[0]).toBe(
      "What decides another order within 90 days: 12,000 touches, 40.0 % reach it, 3,000 customers",
    );
    expect(text).toContain("1 moment of truth among 14 candidates tested, the largest impact first");
    expect(text).toContain(
      "Customers whose Delivery Due is overdue order again 25.1 points less often within 90 days (19.0 to 31.0); about 30 orders a month.",
    );
    expect(text).toMatch(
      /Delivery Due: overdue +−25\.1 +−31\.0 … −19\.0 +−29\.3 +< \.001 +3\.0 +1,180 +−296 +−26,658 EUR +likely cause/u,
    );
    expect(text).toMatch(/Checkout Started +99\.1 % +2,000/u);
    expect(text).toMatch(
      /Wishlist +\+2\.1 +\+1\.0 … \+3\.2 +\+6\.9 +\+3\.0 +4,000 +already different before +Their earlier/u,
    );
    expect(text).toMatch(/Rare +– +– +– +4,000 +too few +12 touches\./u);
    expect(text).toContain("What would bias this\n  - Something unseen.");
  });

  test("a claim whose plain difference points the other way says so", () => {
    const text = renderMoments({ ...MOMENTS, claims: [{ ...CLAIM, crude: 0.02, simpson: true }] }).join("\n");
    expect(text).toMatch(/ \+2\.0 .*likely cause; plainly the other way/u);
  });

  test("no claim is a result, and a score has points, not percent", () => {
    const none = renderMoments({ ...MOMENTS, claims: [] }).join("\n");
    expect(none).toContain("No moment of truth here: of 14 candidates none has a sure effect of at least 2.0 points.");
    const stars = {
      ...CLAIM,
      effect: -1.83,
      low: -2.1,
      high: -1.6,
      crude: -1.9,
      impact: -2_160,
      eValue: null,
      money: null,
    };
    const text = renderMoments({ ...MOMENTS, of: "score", base: 3.72, minimumEffect: 0.2, claims: [stars] }).join("\n");
    expect(text).toContain("12,000 answers, mean 3.72");
    expect(text).toContain("is overdue rate 1.8 points lower (1.6 to 2.1); about 120 a month.");
    expect(text).toMatch(/−1\.83 +−2\.10 … −1\.60 +−1\.90 +< \.001 +– +1,180 +−2,160 +– +likely cause/u);
  });
});

const MOMENT: Answer<"moment"> = {
  ...BASIS,
  ...QUESTION,
  claim: CLAIM,
  rejected: null,
  reasons: [
    { kind: "kind of attempt", name: null, difference: -0.05, exposed: 0.8, others: 0.6 },
    { kind: "trait", name: "region", difference: 0.008, exposed: null, others: null },
    { kind: "rest", name: null, difference: 0, exposed: null, others: null },
  ],
  instead: [{ touchpoint: "Ticket Opened", share: 0.25 }],
  bySegment: {
    trait: "region",
    traits: ["region", "plan"],
    rows: [
      { value: "north", effect: -0.3, low: -0.4, high: -0.2, crude: -0.35, n: 700 },
      { value: "", effect: null, low: null, high: null, crude: null, n: 3 },
    ],
    p: 0.04,
  },
  overTime: [{ value: "2025-03-01", effect: -0.2, low: -0.5, high: 0.1, crude: -0.25, n: 90 }],
};

describe("renderMoment", () => {
  test("a claim: by segment, over time, what happened instead, what to keep in mind", () => {
    const text = renderMoment(MOMENT).join("\n");
    expect(text).toContain("about 30 orders a month.\n  Likely cause:");
    expect(text).toContain("Effect −25.1 (−31.0 … −19.0), plain difference −29.3; q < .001");
    expect(text).toContain("With it 28.4 %, compared with 53.5 % in the same situation");
    expect(text).toContain("1,180 touches of 1,100 customers; worth −26,658 EUR; E-value 3.04");
    expect(text).toContain("Checked on an earlier outcome: difference +0.4 points (−3.0 … +4.0), p .800");
    expect(text).toMatch(/north +−30\.0 +−40\.0 … −20\.0 +−35\.0 +700\n +\(empty\) +– +– +3\n/u);
    expect(text).toContain("the same in all of them: p .040.");
    expect(text).toContain("Also by: plan (--segment TRAIT)");
    expect(text).toMatch(/2025-03-01 +−20\.0 +−50\.0 … \+10\.0 +−25\.0 +90/u);
    expect(text).toMatch(/Ticket Opened +25\.0 %/u);
    expect(text).toContain("- It is compared with the same touchpoint when it went well.");
  });

  test("why the plain difference is not the effect: a sentence, and its parts where they differ enough", () => {
    const text = renderMoment(MOMENT).join("\n");
    expect(text).toContain(
      "The plain difference is −29.3 points; 4.2 of it was there before: 5.0 by the kind of attempt (first ones: 80.0 % against 60.0 %).",
    );
    expect(text).toMatch(/the kind of attempt \(first ones\) +80\.0 % +60\.0 % +−5\.0\n +region +\+0\.8\n/u);
    const same = renderMoment({ ...MOMENT, claim: { ...CLAIM, crude: -0.255 } }).join("\n");
    expect(same).toContain("The plain difference is −25.5 points; nothing known from before explains it.\n\nBy region");
  });

  test("a rejected one says why, and nothing that was not found is shown", () => {
    const bySegment = { trait: null, traits: [], rows: [], p: null };
    const answer = { ...MOMENT, claim: null, rejected: REJECTED, instead: [], overTime: [], bySegment };
    const text = renderMoment(answer).join("\n");
    expect(text).toContain("Wishlist: no claim.\n  Already different before:");
    expect(text).toContain("Effect +2.1 (+1.0 … +3.2), plain difference +6.9; 4,000 touches");
    expect(text).toContain("Checked on an earlier outcome: difference +3.0 points (+2.0 … +4.1), p < .001");
    expect(text).not.toMatch(/Over time|instead|keep in mind|--segment/u);
  });
});

const share = (count: number, n: number) => ({ count, share: count / n, low: 0.1, high: 0.5 });

test("promises name the one missed most, and targets that no event tells of", () => {
  const due = { touchpoint: "Delivery Due", property: "overdue", promise: "overdue is not true", bad: '= "true"' };
  const promise = { ...due, from: "events" as const, n: 10, met: share(7, 10), missed: share(3, 10), exceeded: null };
  const untold = [{ touchpoint: "Ticket Answered", promise: "agents is at most 2" }];
  const text = renderExpectations({ ...BASIS, promises: [promise], untold }).join("\n");
  expect(text).toContain("Delivery Due, overdue is not true: 3 of 10 (30.0 %).");
  expect(text).toMatch(/overdue is not true +10 +70\.0 % +10\.0–50\.0 % +30\.0 % +10\.0–50\.0 % +– +events/u);
  expect(text).toContain("No event tells of: Ticket Answered, agents is at most 2");
  expect(renderExpectations({ ...BASIS, promises: [], untold: [] }).join("\n")).toContain("waymark expectations set");
});

describe("the commands", () => {
  let cli: CommandLine;
  let holder: Session;

  beforeAll(async () => {
    cli = await openCommandsHere();
    holder = await cli.hold("shop");
    const file = join(cli.folder, "log.csv");
    const rows = [30, 44, 50].map((hours, nth) => `c${nth},Ticket Answered,2024-01-0${nth + 1},${hours}\n`);
    await writeFile(file, `user_id,event,timestamp,hoursWaited\n${rows.join("")}`);
    await holder.run(
      "import",
      { paths: [file] },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
  });
  afterAll(async () => {
    await holder.close();
    await cli.close();
  });
  const waymark = (...args: readonly string[]) => cli.run("shop", ...args);

  test("a target is set, counted, and taken away", async () => {
    const set = ["expectations", "set", "Ticket Answered", "hoursWaited"];
    expect(await waymark(...set, "--at-most", "48", "--at-least", "2")).toMatchObject({ code: 2 });
    expect((await waymark("expectations", "set", "Nothing", "x", "--at-most", "1")).err).toContain("no touchpoint");
    expect((await waymark(...set, "--at-most", "48")).out).toMatch(/Ticket Answered +hoursWaited +48 +–/u);
    const { code, out } = await waymark("expectations", "--json");
    expect(code).toBe(0);
    expect((JSON.parse(out) as Answer<"expectations">).promises).toMatchObject([
      { bad: "> 48", from: "target", n: 3, met: { count: 2 }, missed: { count: 1 }, exceeded: { count: 1 } },
    ]);
    expect((await waymark("expectations")).out).toMatch(/hoursWaited is at most 48 +3 +66\.7 %/u);
    expect((await waymark(...set)).out).toBe("No target is set.\n");
    expect((await waymark("expectations")).out).toContain("No event tells of a promise.");
  });

  test("moments of truth are found, shown one by one, and promises nothing where there is too little", async () => {
    // Every second customer chats, the others search; of those who chat 3 in 4 order, of those who search 1 in 4.
    const rows = Array.from({ length: 1_000 }, (_, nth) => {
      const chats = nth % 2 === 0;
      const orders = (nth >> 1) % 4 < (chats ? 3 : 1);
      return [chats ? "Chat" : "Search", ...(orders ? ["Order Placed"] : [])]
        .map((event, step) => `p${nth},${event},2024-03-01T0${step}:00:00,\n`)
        .join("");
    });
    const file = join(cli.folder, "chats.csv");
    await writeFile(file, `user_id,event,timestamp,hoursWaited\n${rows.join("")}z,Search,2024-05-01T00:00:00,\n`);
    await holder.run(
      "import",
      { paths: [file] },
      { signal: new AbortController().signal, onProgress: () => undefined },
    );
    const question = ["--outcome", 'touchpoint = "Order Placed"', "--within", "1d"];
    const list = await waymark("moments", ...question, "--json");
    expect(list).toMatchObject({ code: 0, err: "" });
    const { claims, ...report } = JSON.parse(list.out) as Answer<"moments">;
    expect(Object.keys(report)).toEqual(expect.arrayContaining(["outcome", "base", "n", "rejected", "structural"]));
    const chat = claims.find(({ touchpoint }) => touchpoint === "Chat");
    expect(chat).toMatchObject({ contrast: "presence", property: null, label: "association, adjusted" });
    expect(chat?.effect).toBeCloseTo(0.5, 1);
    const one = await waymark("moment", "Chat", ...question);
    expect(one.code).toBe(0);
    expect(one.out).toMatch(/Customers with a «Chat» order \d+\.\d points more often within 1 day/u);
    expect(one.out).toMatch(/Search +99\.\d %/u);
    const none = await waymark("moments", ...question, "--to", "2020-01-01");
    expect(none).toMatchObject({ code: 3, out: expect.stringContaining("Not enough data") });
  });

  test("wrong words are told before anything is computed", async () => {
    const [none, wrong] = await Promise.all([
      waymark("moments"),
      waymark("moments", "--outcome", "repurchase", "--of", "stars"),
    ]);
    expect(none).toMatchObject({ code: 2, err: expect.stringContaining("--outcome") });
    expect(wrong.code).toBe(2);
  });
});
