/** Malformed event logs: XES and other XML, and OCEL in JSON. What becomes of them is asserted in malformed-formats.test.ts. */
import type { MalformedKind } from "./malformed-kind.ts";

const HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n';
const name = (value: string) => `<string key="concept:name" value="${value}"/>`;
const event = (what: string, more = "") =>
  `<event>${name(what)}<date key="time:timestamp" value="2024-01-01T10:00:00Z"/>${more}</event>\n`;
const trace = (who: string, inside: string) => `<trace>${name(who)}\n${inside}</trace>\n`;
const log = (inside: string) => `${HEAD}<log>\n${inside}</log>`;
const good = log(trace("c1", event("a") + event("b")) + trace("c2", event("a")));
const doctype = (declared: string) => good.replace("<log>", `<!DOCTYPE log [${declared}]>\n<log>`);

const xes = (kind: string, content: string | Buffer, told: Partial<MalformedKind>): MalformedKind => ({
  kind: `XES: ${kind}`,
  file: "log.xes",
  content: () => content,
  ...told,
});

export const XES_KINDS: readonly MalformedKind[] = [
  xes("cut short", good.slice(0, -60), {
    refused: /^log\.xes, line 8, column \d+: the XML is broken: unclosed tag: event/u,
  }),
  xes("crossed tags", good.replace("</event>\n</trace>", "</trace>\n</event>"), {
    refused: /^log\.xes, line 5, column \d+: the XML is broken: unexpected close tag/u,
  }),
  xes("no timestamps", good.replaceAll(/<date[^>]*>/gu, ""), {
    refused: /^log\.xes does not tell by itself how to read it: no column holds times.*write a mapping/u,
  }),
  xes("some events without a time", log(trace("c1", `${event("a")}<event>${name("b")}</event>${event("c")}`)), {
    events: [2, 1],
    told: /the time/u,
  }),
  xes("no concept:name", good.replaceAll(/<string[^>]*>/gu, ""), {
    events: [3, 0],
    told: /Every record of log\.xes becomes one kind of event, «log»\. Is that what the file holds\?/u,
  }),
  xes("traces without a name", good.replaceAll(/<trace><string[^>]*>/gu, "<trace>"), {
    events: [3, 0],
    told: /2 traces without concept:name were numbered/u,
  }),
  xes("an empty log", `${HEAD}<log/>`, { refused: /^log\.xes is a XES log without any event/u }),
  xes("traces without events", log(trace("c1", "") + trace("c2", "")), { refused: /without any event/u }),
  xes("events without a trace", log(event("a") + event("b")), {
    events: [0, 2],
    told: /neither a customer nor an object is named/u,
  }),
  xes("a web page", "<!DOCTYPE html>\n<html><body>Please log in</body></html>", {
    refused: /^log\.xes, line 2.*its root is <html>, not <log>/u,
  }),
  xes("a trace in a trace", log(trace("c1", event("a") + trace("c2", event("b")))), {
    refused: /^log\.xes, line 5, column \d+: a <trace> stands inside <trace>; traces belong into <log>/u,
  }),
  xes("an event in an event", log(trace("c1", event("a", event("b")))), {
    refused: /line 4, column \d+: an <event> stands inside <event>; events belong into <trace>/u,
  }),
  xes("a key twice", log(trace("c1", event("a", '<string key="x" value="1"/><string key="x" value="2"/>'))), {
    events: [1, 0],
    told: /1 attributes have a key that stands twice: the last value counts/u,
  }),
  xes("unknown elements", log(trace("c1", event("a", "<amount>5</amount>"))), {
    events: [1, 0],
    told: /1 kinds of elements that XES does not know were left out, such as <amount>/u,
  }),
  xes("an attribute without a value", good.replace('<string key="concept:name" value="b"/>', '<string key="x"/>'), {
    refused: /line 5, column \d+: <string> lacks its value/u,
  }),
  xes("an attribute written twice", good.replace('value="b"', 'value="b" value="c"'), {
    refused: /duplicate attribute/u,
  }),
  xes("an entity that is not declared", good.replace('"b"', '"&who;"'), { refused: /undefined entity/u }),
  xes("a character that XML cannot hold", good.replace('"b"', '"&#0;"'), { refused: /malformed character entity/u }),
  xes(
    "another encoding declared",
    Buffer.from(good.replace("UTF-8", "ISO-8859-5").replace('"b"', '"\xd0"'), "latin1"),
    {
      refused: /^log\.xes is written in ISO-8859-5\. Save it as UTF-8/u,
    },
  ),
  xes("an encoding that nobody knows", good.replace("UTF-8", "x-klingon"), { events: [3, 0] }),
  xes("two documents in one file", good + good.replace(HEAD, ""), {
    refused: /line 10.*documents may contain only one root/u,
  }),
  xes(
    "a billion laughs",
    doctype(
      `<!ENTITY a "ha">${"bcdefghij".replaceAll(/./gu, (one) => `<!ENTITY ${one} "${`&${String.fromCharCode(one.charCodeAt(0) - 1)};`.repeat(10)}">`)}`,
    ).replace('"b"', '"&j;"'),
    { refused: /^log\.xes, line 2.*declares XML entities, which are not accepted/u },
  ),
  xes(
    "an entity blown up",
    doctype(`<!ENTITY a "${"a".repeat(50_000)}">`).replace('"b"', `"${"&a;".repeat(50_000)}"`),
    {
      refused: /declares XML entities/u,
    },
  ),
  xes("a file of this machine", doctype('<!ENTITY a SYSTEM "file:///etc/passwd">').replace('"b"', '"&a;"'), {
    refused: /declares XML entities/u,
  }),
  xes("a parameter entity", doctype('<!ENTITY % a SYSTEM "http://127.0.0.1:9/x.dtd"> %a;'), {
    refused: /declares XML entities/u,
  }),
  xes("a document type elsewhere", good.replace("<log>", '<!DOCTYPE log SYSTEM "file:///etc/passwd">\n<log>'), {
    events: [3, 0],
  }),
  {
    kind: "XES: nested 100,000 deep",
    file: "log.xes",
    content: () => log(trace("c1", `<event>${'<string key="a" value="b">'.repeat(100_000)}`)),
    refused: /nested more than 100 deep/u,
  },
  {
    kind: "XES: an attribute of 50 MB",
    file: "log.xes",
    content: () => good.replace('"b"', `"${"b".repeat(50_000_000)}"`),
    refused: /no element begins or ends within 8 MiB/u,
  },
  {
    kind: "XES: a trace's attribute repeated by every event",
    file: "log.xes",
    content: () => log(trace(`c${"1".repeat(1_000_000)}`, event("a").repeat(2_000))),
    refused: /^log\.xes repeats a long text in so many records that they become far larger than the file/u,
  },
];

type Json = Readonly<Record<string, unknown>>;
const LOG = {
  eventTypes: [{ name: "pay", attributes: [] }],
  objectTypes: [{ name: "customer", attributes: [] }],
  events: [
    { id: "e1", type: "pay", time: "2024-01-01T10:00:00Z", relationships: [{ objectId: "c1", qualifier: "" }] },
    { id: "e2", type: "pay", time: "2024-01-02T10:00:00Z", relationships: [{ objectId: "c1", qualifier: "" }] },
  ],
  objects: [{ id: "c1", type: "customer" }],
};
const [first, second] = LOG.events as unknown as [Json, Json];
const MAPPING_TIME = "2024-01-03T10:00:00Z";

const ocel = (kind: string, value: unknown, told: Partial<MalformedKind>): MalformedKind => ({
  kind: `OCEL: ${kind}`,
  file: "log.json",
  content: () => (typeof value === "string" ? value : JSON.stringify(value)),
  ...told,
});
const events = (...list: readonly unknown[]) => ({ ...LOG, events: list });

export const OCEL_KINDS: readonly MalformedKind[] = [
  ocel(
    "without events",
    { eventTypes: [], objectTypes: [], objects: [] },
    { refused: /^log\.json is an OCEL log without any event/u },
  ),
  ocel("events that are none", events(first, null, 5, "e", second), {
    events: [2, 3],
    told: /the touchpoint is empty/u,
  }),
  ocel("an event without a time", events(first, { id: "e2", type: "pay" }), { events: [1, 1], told: /the time/u }),
  ocel("a time that is a number", events(first, { ...second, time: 20 }), { events: [1, 1], told: /the time/u }),
  ocel("an event without a type", events(first, { ...second, type: undefined }), {
    events: [1, 1],
    told: /touchpoint/u,
  }),
  ocel("an event without an id", events(first, { ...second, id: undefined }), { events: [2, 0] }),
  ocel("relations to objects that are not there", events(first, { ...second, relationships: [{ objectId: "c9" }] }), {
    events: [2, 0],
    told: /1 relations name objects that the log does not describe/u,
  }),
  ocel("relations of the wrong form", events(first, { ...second, relationships: ["c1", { qualifier: "x" }] }), {
    events: [1, 1],
    told: /2 relations name no object/u,
  }),
  ocel("events without objects", events({ ...first, relationships: [] }, { ...second, relationships: undefined }), {
    events: [0, 2],
    told: /neither a customer nor an object is named/u,
  }),
  ocel(
    "versions 1 and 2 mixed",
    { ...LOG, "ocel:events": { e3: { "ocel:activity": "pay", "ocel:timestamp": MAPPING_TIME, "ocel:omap": ["c1"] } } },
    { events: [3, 0] },
  ),
  ocel("events as an object", { ...LOG, events: { e1: first, e2: second } }, { events: [2, 0] }),
  ocel("events as a text", { ...LOG, events: "none" }, { refused: /without any event/u }),
  ocel("cut short", JSON.stringify(LOG).slice(0, -30), { refused: /^log\.json, line 1: it ends before it is closed/u }),
  ocel("broken on a line", JSON.stringify(LOG, null, 1).replace('"e2"', "e2"), {
    refused: /^log\.json, line \d+: «events» holds what is no valid JSON/u,
  }),
  ocel("brackets that do not match", JSON.stringify(LOG).replace('],"objects"', '},"objects"'), {
    refused: /line 1: it is nested wrongly/u,
  }),
  ocel("two logs in one file", JSON.stringify(LOG) + JSON.stringify(LOG), {
    refused: /line 1: more text follows after its end/u,
  }),
  ocel("something behind its end", `${JSON.stringify(LOG)}\nabc`, {
    refused: /^log\.json, line 2: more text follows after its end/u,
  }),
  ocel("nested 10,000 deep", `{"eventTypes":[],"events":${"[".repeat(10_000)}`, { refused: /more than 100 deep/u }),
  {
    kind: "OCEL: an event of 10 MB",
    file: "log.json",
    content: () => JSON.stringify(events(first, { ...second, note: "x".repeat(10_000_000) })),
    refused: /something in «events» is longer than 8 MiB/u,
  },
];
