/**
 * Proposes how files that come without a mapping become events: a shipped recipe that fits, or a mapping of their columns.
 * Every guess carries its reason; what cannot be found is refused with words on how to write a mapping.
 */
import { AppError } from "../domain/app-error.ts";
import { type EventRule, type Mapping, parseMapping, type ValueSource } from "../domain/mapping.ts";
import { currencyOf, plainNumber } from "./detect-number.ts";
import { describeMissing, detectRecipe } from "./detect-recipe.ts";
import { findTraits } from "./find-traits.ts";
import { type ColumnFacts, describeColumns, type Field, type Guess, guessColumns } from "./guess-columns.ts";
import { findTransitions } from "./log-states.ts";
import { isQuantity, isUnitPrice } from "./name-words.ts";
import type { Sample, SourceFile } from "./source-file.ts";

export interface Reason {
  /** As in a mapping: time, customer, objects.case … */
  readonly field: string;
  /** "" when no column gives the value. */
  readonly column: string;
  readonly why: string;
  /** 0…1, a rule of thumb. */
  readonly confidence: number;
}

export type Proposal =
  | {
      readonly kind: "recipe";
      readonly recipe: string;
      readonly reasons: readonly Reason[];
      readonly notes: readonly string[];
    }
  | {
      readonly kind: "mapping";
      readonly mapping: Mapping;
      readonly reasons: readonly Reason[];
      readonly notes: readonly string[];
    };

/** Below this, a column named like «status» only gives the touchpoint when nothing better explains the file. */
const SURE_TOUCHPOINT = 0.6;
/** From so many records on, a customer of its own on each is worth a word. */
const MANY_RECORDS = 50;
/** Fields that every file of a JSON export has; others may be missing from one. */
const ESSENTIAL = new Set(["time", "touchpoint"]);

/** What the guesses know of one table, by field. */
class Findings {
  readonly facts: readonly ColumnFacts[];
  readonly guesses: readonly Guess[];
  readonly reasons: Reason[] = [];
  readonly notes: string[] = [];

  /** What the user says of times without an offset. */
  readonly zone: string | undefined;

  readonly #sparse: boolean;

  constructor(source: SourceFile, sample: Sample, zone: string | undefined) {
    this.zone = zone;
    // JSON leaves out what has no value, so a column may be missing from a file.
    this.#sparse = source.format === "jsonl";
    this.facts = describeColumns(sample);
    this.guesses = guessColumns(this.facts, sample);
  }

  find(field: Field): Guess | undefined {
    return this.guesses.find((guess) => guess.field === field);
  }

  factsOf(column: string): ColumnFacts {
    return this.facts.find((facts) => facts.name === column) as ColumnFacts;
  }

  /** The column for a field, with its reason written down. */
  use(field: Field, name: string = field): ValueSource | undefined {
    const guess = this.find(field);
    if (!guess) return undefined;
    this.reasons.push({ field: name, column: guess.column, why: guess.why, confidence: guess.confidence });
    return this.#sparse && !ESSENTIAL.has(name) ? { column: guess.column, optional: true } : { column: guess.column };
  }

  /** The expression that gives a column's number, commas and currency signs taken out. */
  numberOf(column: string): string {
    return plainNumber(columnExpression(column), this.factsOf(column).numberForm);
  }

  say(field: string, column: string, why: string, confidence: number): void {
    this.reasons.push({ field, column, why, confidence });
  }
}

function columnExpression(name: string): string {
  return `col."${name.replace(/["\\]/gu, "\\$&")}"`;
}

/** Columns are named in a message up to here; text read in a wrong encoding has a header without end. Characters. */
const MAX_SHOWN = 500;

function listNames(names: readonly string[], most = MAX_SHOWN): string {
  const text = names.join(", ");
  return text.length > most ? `${text.slice(0, most)} …` : text;
}

function refuse(missing: readonly string[], source: SourceFile): never {
  throw new AppError(
    "invalid",
    `${source.name} does not tell by itself how to read it: ${missing.join("; ")}. Its columns: ${listNames(source.columns)}. ` +
      `If some of them do hold this, write a mapping and give it: waymark import FILE --mapping my.yaml`,
    {
      file: source.name,
      missing,
      columns: source.columns,
      template:
        "recipe: my-data\nevents:\n  - touchpoint: { column: EVENT }\n    time: { column: TIME }\n    customer: { column: CUSTOMER }\n    properties: rest\n",
    },
  );
}

/** The parts without which there is no journey: a time, and somebody or something that owns the event. */
function checkEssentials(found: Findings, source: SourceFile): void {
  const missing: string[] = [];
  if (!found.find("time")) missing.push("no column holds times");
  const owned = found.guesses.some(({ field }) => /^(?:customer|anonymous|object )/u.test(field));
  if (!owned) {
    const ids = found.facts.filter((facts) => /(?:^|_)(?:id|key|no|number)$/u.test(facts.key)).map((f) => f.name);
    const hint = ids.length > 0 ? ` (perhaps ${listNames(ids, MAX_SHOWN / 5)}?)` : "";
    missing.push(`no column says whose event it is: a customer, case, session, order or ticket${hint}`);
  }
  if (missing.length > 0) refuse(missing, source);
}

function timeFields(found: Findings): Pick<EventRule, "time" | "timeFormat"> {
  const time = found.use("time") as ValueSource;
  const form = found.factsOf((found.find("time") as Guess).column).time;
  if (form?.note) found.notes.push(form.note);
  if (form && form.share < 1)
    found.notes.push(
      `${Math.round((1 - form.share) * 1000) / 10} % of the sampled times are not written as ${form.format}: their records will be rejected.`,
    );
  if (form?.dayOnly)
    found.notes.push("The times are days without a clock: within a day, events keep the order of the file.");
  if (form && !form.absolute && found.zone === undefined)
    found.notes.push(
      "The times carry no offset and are read as UTC; set zone: Europe/London (waymark import --zone) or another to change that.",
    );
  return { time, timeFormat: form?.format ?? "auto" };
}

/** What every record is, where no column names it. */
function literalTouchpoint(found: Findings, source: SourceFile): string {
  if (found.find("object order")) {
    found.say("touchpoint", "", "every record belongs to an order, so it is called Order Placed", 0.7);
    return "Order Placed";
  }
  if (found.find("score")) {
    found.say("touchpoint", "", "every record carries a score, so it is called Review Written", 0.6);
    return "Review Written";
  }
  const name =
    source.name
      .replace(/\.gz$/iu, "")
      .replace(/\.[^.]+$/u, "")
      .replace(/[_-]+/gu, " ")
      .trim() || "Event";
  found.say("touchpoint", "", `no column names what happened, so every record is called «${name}» after its file`, 0.3);
  found.notes.push(`Every record of ${source.name} becomes one kind of event, «${name}». Is that what the file holds?`);
  return name;
}

/** Price times quantity where both stand on a line; a total where there is one. */
function valueExpression(found: Findings): { value: ValueSource; sum: string } | undefined {
  const guess = found.find("value");
  if (!guess) return undefined;
  const quantity = found.facts.find(({ key, numbers }) => isQuantity(key) && numbers > 0.9);
  const perUnit = isUnitPrice(found.factsOf(guess.column).key);
  const amount = found.numberOf(guess.column);
  if (!quantity || !perUnit) {
    const column = found.use("value") as ValueSource;
    const value = amount === columnExpression(guess.column) ? column : { expression: amount };
    return { value, sum: amount };
  }
  const expression = `${found.numberOf(quantity.name)} * ${amount}`;
  found.say("value", guess.column, `price times ${quantity.name}`, guess.confidence);
  return { value: { expression }, sum: expression };
}

/** Line items of one order are one event. */
function groupLines(found: Findings, sum: string | undefined): Pick<EventRule, "group"> {
  const order = found.find("object order");
  const facts = order && found.factsOf(order.column);
  if (!order || !facts || facts.distinct >= facts.filled) return {};
  found.say("group", order.column, "several records share an order: its line items become one event", 0.7);
  return { group: { by: order.column, time: "min", ...(sum === undefined ? {} : { value: `sum(${sum})` }) } };
}

function scaleOf(facts: ColumnFacts): string | undefined {
  if (facts.whole < 0.9 && facts.max > 5) return undefined;
  if (facts.max <= 5 && facts.min >= 0 && !facts.key.includes("nps")) return facts.min >= 1 ? "1-5" : "0-5";
  return facts.max <= 10 && facts.min >= 0 ? "0-10" : undefined;
}

function objectFields(found: Findings): Pick<EventRule, "objects"> {
  const objects: Record<string, ValueSource> = {};
  for (const { field } of found.guesses) {
    if (!field.startsWith("object ")) continue;
    const type = field.slice("object ".length);
    objects[type] = found.use(field, `objects.${type}`) as ValueSource;
  }
  return Object.keys(objects).length > 0 ? { objects } : {};
}

function optionalField(found: Findings, field: "customer" | "anonymous" | "channel" | "currency" | "score") {
  const source = found.use(field);
  return source === undefined ? {} : { [field]: source };
}

/** A column, or else the sign that stands at the amounts. */
function currencyField(found: Findings): Pick<EventRule, "currency"> {
  const value = found.find("value");
  const signed = value && currencyOf(found.factsOf(value.column).numberForm);
  if (found.find("currency") || signed === undefined) return optionalField(found, "currency");
  found.say("currency", "", "the sign that stands at the amounts", 0.7);
  return { currency: { literal: signed } };
}

/** What tells of the customer is a trait, and stays a property: in the records that were not looked at it may change. */
function traitFields(found: Findings, sample: Sample): Pick<EventRule, "traits" | "properties"> {
  const customer = found.find("customer");
  if (!customer) return { properties: "rest" };
  const used = new Set(found.guesses.map(({ column }) => column));
  const traits = findTraits(sample, found.facts, customer.column, used);
  if (traits.length === 0) return { properties: "rest" };
  for (const name of traits)
    found.say(`traits.${name}`, name, "the same on all records of each customer in the sample", 0.7);
  return { traits, properties: ["rest", ...traits] };
}

/** The column that names the events; in a log with states of its own both, such as «Accepted/Wait - User». */
function nameByState(found: Findings, sample: Sample): ValueSource {
  const named = found.use("touchpoint") as { readonly column: string };
  const transitions = findTransitions(found.facts, sample);
  if (transitions === undefined) return named;
  const { column, states } = transitions;
  if (states.length === 0) {
    found.notes.push(
      `Each activity has several lifecycle transitions; to count it once, filter: --where 'prop."${column}" = "COMPLETE"'`,
    );
    return named;
  }
  found.notes.push(
    `«${column}» holds states of this log's own (${states.slice(0, 3).join(", ")} …): events are named by «${named.column}» and state together.`,
  );
  return { expression: `concat(${columnExpression(named.column)}, "/", ${columnExpression(column)})` };
}

function buildRule(found: Findings, source: SourceFile, sample: Sample): EventRule {
  const named = found.find("touchpoint");
  const sure = named && (named.confidence >= SURE_TOUCHPOINT || !found.find("object order"));
  const touchpoint = sure ? nameByState(found, sample) : { literal: literalTouchpoint(found, source) };
  const money = valueExpression(found);
  const group = sure ? {} : groupLines(found, money?.sum);
  const score = found.find("score");
  const scale = score && scaleOf(found.factsOf(score.column));
  return {
    touchpoint,
    ...timeFields(found),
    ...optionalField(found, "customer"),
    ...optionalField(found, "anonymous"),
    ...optionalField(found, "channel"),
    ...(money && group.group === undefined ? { value: money.value } : {}),
    ...currencyField(found),
    ...optionalField(found, "score"),
    ...(scale === undefined ? {} : { scale: { literal: scale } }),
    ...objectFields(found),
    ...traitFields(found, sample),
    ...group,
  };
}

/** What a user should know of the proposal as a whole. */
function addNotes(found: Findings, rule: EventRule): void {
  if (rule.customer === undefined && rule.anonymous === undefined) {
    const types = Object.keys(rule.objects ?? {}).join(", ");
    found.notes.push(`No column names a customer: journeys can be followed by ${types}, but not by person.`);
  }
  if ((rule.value !== undefined || rule.group?.value !== undefined) && rule.currency === undefined)
    found.notes.push("No column names a currency; set currency: EUR or another, or values stay without one.");
  const customer = found.find("customer");
  const people = customer && found.factsOf(customer.column);
  if (people && people.filled >= MANY_RECORDS && people.distinct === people.filled)
    found.notes.push(
      `Every record of the sample has another ${people.name}: is it a number of the record, not of the person?`,
    );
}

/** Several files can share one mapping only when each has the columns it uses. */
function checkOthers(sources: readonly SourceFile[], reasons: readonly Reason[]): void {
  const [first, ...others] = sources;
  for (const other of others) {
    const needed = other.format === "jsonl" ? reasons.filter(({ field }) => ESSENTIAL.has(field)) : reasons;
    const lacking = needed.filter(({ column }) => column !== "" && !other.columns.includes(column));
    if (lacking.length === 0) continue;
    throw new AppError(
      "invalid",
      `${other.name} has other columns than ${first?.name}: it lacks ${lacking.map(({ column }) => column).join(", ")}. ` +
        "Import the files one by one, or write a mapping with a table under «files» for each: waymark import PATH --mapping my.yaml",
      { file: other.name, columns: other.columns },
    );
  }
}

/**
 * Proposes a recipe or a mapping for these sources.
 * @param samples parallel to `sources`
 * @param zone of times without an offset, where the user says it
 * @throws AppError invalid naming what is missing, the columns there are, and how to write a mapping
 */
export function proposeMapping(sources: readonly SourceFile[], samples: readonly Sample[], zone?: string): Proposal {
  const [source] = sources;
  const [sample] = samples;
  if (!source || !sample) throw new AppError("invalid", "There is no file to propose a mapping for.");
  const recipe = detectRecipe(sources, samples);
  if (recipe) {
    const reasons = [{ field: "recipe", column: "", why: recipe.why, confidence: 1 }];
    return { kind: "recipe", recipe: recipe.recipe, reasons, notes: [] };
  }
  const missing = describeMissing(sources);
  try {
    const { mapping, reasons, notes } = guessMapping(sources, source, sample, zone);
    return { kind: "mapping", mapping, reasons, notes: [...(missing === undefined ? [] : [missing]), ...notes] };
  } catch (error) {
    if (!(error instanceof AppError) || missing === undefined) throw error;
    throw new AppError(error.code, `${missing} ${error.message}`, error.details, { cause: error });
  }
}

/** A mapping by the columns of the first file, which the others share. */
function guessMapping(sources: readonly SourceFile[], source: SourceFile, sample: Sample, zone: string | undefined) {
  const found = new Findings(source, sample, zone);
  checkEssentials(found, source);
  const rule = buildRule(found, source, sample);
  addNotes(found, rule);
  checkOthers(sources, found.reasons);
  const journey = rule.objects?.case === undefined ? {} : { journey: "case" };
  const mapping = parseMapping({ recipe: "generic", ...journey, events: [rule] }, "that was proposed");
  return { mapping, reasons: found.reasons, notes: found.notes };
}
