/**
 * The mapping language: how records of somebody's files become events. A recipe is a mapping that ships with Waymark.
 * This file checks the shape of a mapping; whether its columns exist and its expressions fit is for the compiler.
 */
import { z } from "zod";
import { AppError } from "./app-error.ts";
import { objectTypeSchema } from "./journey-definition.ts";
import { roleSchema, stageSchema } from "./touchpoint.ts";

/**
 * Where a value comes from. Three forms say it outright and are allowed everywhere:
 * `{column: "Any Name"}`, `{expression: "lower(a) + b"}`, `{literal: "web"}`.
 * Plain text is short for one of them, by field: in `touchpoint`, `channel`, `currency` and `scale` it is a literal;
 * everywhere else it is the column of exactly that name or, if there is none, an expression.
 * `optional` makes a missing column an empty value instead of an error.
 */
export const valueSourceSchema = z.union(
  [
    z.string().min(1),
    z.number(),
    z.strictObject({ column: z.string().min(1), optional: z.boolean().optional() }),
    z.strictObject({ expression: z.string().min(1) }),
    z.strictObject({ literal: z.union([z.string(), z.number()]) }),
  ],
  { error: "must be a text, a number, {column: …}, {expression: …} or {literal: …}" },
);
export type ValueSource = z.infer<typeof valueSourceSchema>;

const expressionText = z.string().min(1);
const textOrTexts = z.union([z.string().min(1), z.array(z.string().min(1)).min(1)], {
  error: "must be a text or a list of texts",
});
const namedSources = z.record(z.string().min(1), valueSourceSchema);

/** `rest`: every column not used otherwise; a column's name; `column.*`, all that JSON in it holds; or computed values by name. */
const propertiesSchema = z.union(
  [z.literal("rest"), z.array(z.union([z.string().min(1), namedSources])), namedSources],
  { error: "must be «rest», a list of columns, or {name: value} with values as elsewhere" },
);

/**
 * auto: ISO 8601 with or without an offset, a date alone, 20240131, or a Unix time in s, ms or µs told by its size;
 * iso, epoch-s, epoch-ms, epoch-us: that alone; epoch-local: seconds or milliseconds that count the zone's own clock
 * instead of UTC's; anything else is a pattern such as "dd/MM/yyyy HH:mm:ss".
 */
const timeFormatSchema = z.string().min(1);

export const zoneSchema = z.string().refine(isZone, "is not an IANA time zone such as Europe/London");

function isZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: name });
    return true;
  } catch {
    return false;
  }
}

/** One or several records (those with equal `by`) become one event. Other fields take the first record's value. */
const groupSchema = z.strictObject({
  by: textOrTexts,
  time: z.enum(["min", "max"]).optional(),
  /** Aggregates: sum, min, max, avg, count, first, last over expressions. */
  value: expressionText.optional(),
  score: expressionText.optional(),
  properties: z.record(z.string().min(1), expressionText).optional(),
  /** Beside the rule's own: each different value among the records is an object of this type. */
  objects: z.record(objectTypeSchema, expressionText).optional(),
});

const ruleFields = {
  /** The file table the rule reads; may be left out when the mapping has one. */
  from: z.string().optional(),
  when: expressionText.optional(),
  time: valueSourceSchema.optional(),
  timeFormat: timeFormatSchema.optional(),
  zone: zoneSchema.optional(),
  customer: valueSourceSchema.optional(),
  anonymous: valueSourceSchema.optional(),
  channel: valueSourceSchema.optional(),
  value: valueSourceSchema.optional(),
  currency: valueSourceSchema.optional(),
  score: valueSourceSchema.optional(),
  scale: valueSourceSchema.optional(),
  objects: z.record(objectTypeSchema, z.union([valueSourceSchema, z.array(valueSourceSchema).min(1)])).optional(),
  /** A JSON list of [type, id] pairs: objects whose types only the data knows. */
  objectList: valueSourceSchema.optional(),
  properties: propertiesSchema.optional(),
  /** As properties, without `rest`. */
  traits: z.union([z.array(z.union([z.string().min(1), namedSources])), namedSources]).optional(),
  /** `{name: a JSON list}`: an event for each entry of the list, whose fields are `name.field`. */
  each: z
    .record(z.string().regex(/^[a-z][a-z0-9_]*$/u, "is not a lower-case word"), valueSourceSchema)
    .refine((each) => Object.keys(each).length === 1, "takes one name and its list")
    .optional(),
  group: groupSchema.optional(),
  /** Computed fields, used like columns by this rule. */
  set: namedSources.optional(),
  /** What makes two records the same event, instead of the whole record. */
  key: textOrTexts.optional(),
  /** Rules that share this word share their keys: the same payment in two exports is one event. It needs a key. */
  identity: z
    .string()
    .regex(/^[a-z][a-z0-9_-]{0,39}$/u, "is a lower-case word")
    .optional(),
};

export const eventRuleSchema = z.strictObject({ touchpoint: valueSourceSchema, ...ruleFields });
export type EventRule = z.infer<typeof eventRuleSchema>;
const eventDefaultsSchema = z.strictObject({ touchpoint: valueSourceSchema.optional(), ...ruleFields });

const tableName = z.string().regex(/^[a-z][a-z0-9_]{0,39}$/u, "a file table's name is a lower-case word");

const joinSchema = z.strictObject({
  from: z.string().min(1),
  /** What the joined table is called here: one table may be joined twice, as author and as requester. Default: `from`. */
  as: tableName.optional(),
  /** Columns equal on both sides, or `{here: there}`. */
  on: z.union([z.string().min(1), z.array(z.string().min(1)).min(1), z.record(z.string(), z.string())]),
  /** Aggregates over the matching records; without it the first of them, as `from.Column`. */
  take: z.record(z.string().min(1), expressionText).optional(),
});

export type JoinSpec = z.infer<typeof joinSchema>;

/** Exports that say the facts of an order on its first line only: the other lines take them from there. */
const fillSchema = z.strictObject({
  by: textOrTexts,
  /** Where they are empty, they take the first value that any record with equal `by` has. Absent ones are left out. */
  columns: z.array(z.string().min(1)).min(1),
});

export const fileTableSchema = z.strictObject({
  /** File name with * and ?; upper and lower case are the same, `.gz` is ignored. Default: every file. */
  match: textOrTexts.optional(),
  /** Columns that tell this table's files from others, whatever they are called: a file without them is not its. */
  has: z.array(z.string().min(1)).min(1).optional(),
  format: z.enum(["csv", "tsv", "fixed", "jsonl", "parquet", "xes"]).optional(),
  delimiter: z.string().length(1).optional(),
  /** Of a workbook (XLSX); default: the first sheet that holds a table. */
  sheet: z.string().min(1).optional(),
  header: z.boolean().optional(),
  /** Names for the columns of a file without a header; several lists: the one with as many names as columns. */
  columns: z.union([z.array(z.string().min(1)).min(1), z.array(z.array(z.string().min(1)).min(1)).min(1)]).optional(),
  /** Other spellings under which a column may arrive. */
  aliases: z.record(z.string().min(1), z.array(z.string().min(1)).min(1)).optional(),
  /** Columns that a file may lack: then they are empty. In JSON also keys deep inside: `a.b` is the key b of the object a. */
  optionalColumns: z.array(z.string().min(1)).optional(),
  optional: z.boolean().optional(),
  fill: fillSchema.optional(),
  join: z.union([joinSchema, z.array(joinSchema)]).optional(),
});
export type FileTable = z.infer<typeof fileTableSchema>;

const skipSchema = z.strictObject({
  when: expressionText,
  reason: z.string().min(1),
  from: z.string().optional(),
});

export const mappingSchema = z
  .strictObject({
    /** Part of every event's identity: the same file under another recipe brings other events. */
    recipe: z.string().regex(/^[a-z][a-z0-9-]{0,59}$/u, "a recipe's name is lower-case words joined by -"),
    description: z.string().optional(),
    /** The journey definition to look at first. */
    journey: objectTypeSchema.optional(),
    /** Zone of times that carry no offset. Default UTC. */
    zone: zoneSchema.optional(),
    /** Currency of values where no rule says otherwise. */
    currency: z.string().optional(),
    files: z.record(tableName, fileTableSchema).optional(),
    /** Tried in order before the rules; the first that holds names the reason. */
    skip: z.array(skipSchema).optional(),
    /** Computed fields, used like columns by every rule. */
    set: namedSources.optional(),
    /** Fields that every rule takes over unless it has its own. */
    defaults: eventDefaultsSchema.optional(),
    events: z.array(eventRuleSchema).min(1).max(1000),
    touchpoints: z
      .record(
        z.string().min(1),
        z.strictObject({
          stage: stageSchema.optional(),
          channel: z.string().optional(),
          role: roleSchema.optional(),
        }),
      )
      .optional(),
    /** Per column: `hash` keeps only a hash of the value, `drop` forgets it. */
    pii: z.record(z.string().min(1), z.enum(["hash", "drop"])).optional(),
  })
  .superRefine((mapping, context) => {
    const tables = Object.keys(mapping.files ?? {});
    const check = (name: string | undefined, path: (string | number)[]) => {
      if (name !== undefined && tables.length > 0 && !tables.includes(name))
        context.addIssue({
          code: "custom",
          path,
          message: `names the file table «${name}», but files has ${tables.join(", ")}`,
        });
    };
    for (const [at, rule] of mapping.events.entries()) {
      const from = rule.from ?? mapping.defaults?.from;
      if (from === undefined && tables.length > 1)
        context.addIssue({
          code: "custom",
          path: ["events", at, "from"],
          message: `must name one of ${tables.join(", ")}`,
        });
      check(from, ["events", at, "from"]);
      if ((rule.each ?? mapping.defaults?.each) && (rule.group ?? mapping.defaults?.group))
        context.addIssue({
          code: "custom",
          path: ["events", at, "each"],
          message: "does not go together with group: one makes several events of a record, the other one of several",
        });
      if (rule.time === undefined && mapping.defaults?.time === undefined)
        context.addIssue({
          code: "custom",
          path: ["events", at, "time"],
          message: "is missing: every event needs a time",
        });
    }
    for (const [at, skip] of (mapping.skip ?? []).entries()) check(skip.from, ["skip", at, "from"]);
    for (const [name, table] of Object.entries(mapping.files ?? {}))
      for (const join of [table.join ?? []].flat()) check(join.from, ["files", name, "join", "from"]);
  });
export type Mapping = z.infer<typeof mappingSchema>;

/** One thing that is wrong with a mapping, in the details of the error: pages show it beside the field. */
export interface MappingProblem {
  /** Where in the mapping, e.g. ["events", 0, "time"]; indexes count from 0. */
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** `events[0].time` as people count: «event rule 1, field time». */
function describePath(path: readonly PropertyKey[]): string {
  const [head, at, ...fields] = path.map(String);
  if (head === "events" && at !== undefined)
    return `event rule ${Number(at) + 1}${fields.length > 0 ? `, field ${fields.join(".")}` : ""}`;
  if (head === "skip" && at !== undefined)
    return `skip rule ${Number(at) + 1}${fields.length > 0 ? `, field ${fields.join(".")}` : ""}`;
  return path.length === 0 ? "the whole" : `field ${path.map(String).join(".")}`;
}

/**
 * Checks what was read from a mapping file (already parsed from YAML).
 * @param origin the file's name or the recipe's, for messages
 * @throws AppError invalid, naming the file, every rule and field that is wrong
 */
export function parseMapping(input: unknown, origin: string): Mapping {
  const result = mappingSchema.safeParse(input);
  if (result.success) return result.data;
  const problems = result.error.issues.map((issue): MappingProblem => {
    const message = issue.code === "invalid_key" ? (issue.issues[0]?.message ?? issue.message) : issue.message;
    return { path: issue.path.map((part) => (typeof part === "number" ? part : String(part))), message };
  });
  const sentences = problems.map(({ path, message }) => `${describePath(path)}: ${message}`);
  throw new AppError("invalid", `The mapping ${origin} is not right. ${sentences.join("; ")}.`, {
    mapping: origin,
    problems,
  });
}
