/**
 * A mapping and its files as a plan of statements: what is staged, which SELECT yields the events of which rule.
 * It runs nothing. Every problem a mapping can have with these files comes up here, before anything is read.
 */
import type { EventRule, Mapping, MappingProblem } from "../domain/mapping.ts";
import { compileJoins } from "./compile-joins.ts";
import { type CompiledRule, compileRule, noKeySql } from "./compile-rule.ts";
import { MappingScope } from "./mapping-scope.ts";
import { type PlannedTable, planTables } from "./plan-tables.ts";
import { ProblemList } from "./problem-list.ts";
import { RECORD_FORM } from "./read-source.ts";
import type { SourceFile } from "./source-file.ts";
import { SqlParameters } from "./sql-parameters.ts";
import { asText } from "./typed-sql.ts";

/** A table that rules read, with everything that happens to its records. */
export interface BasePlan {
  readonly table: PlannedTable;
  /** Adds the column `base` to a relation of records: the code that keeps a record from every rule, or 0. */
  readonly judged: (relation: string) => string;
  readonly relation: (storedName: (table: PlannedTable) => string) => string;
  readonly rules: readonly PlannedRule[];
}

export interface PlannedRule {
  /** Columns of the landing table, in the order of `select`. */
  readonly columns: readonly string[];
  /** Rows for the landing table from judged records; with `all`, also a row for each record that `base` refused. */
  readonly select: (judged: string, importId: number, all: boolean) => string;
  /** For grouped rules: ordinal and code of records that do not fit into a group. */
  readonly misfits: ((judged: string) => string) | undefined;
}

export interface ImportPlan {
  readonly tables: readonly PlannedTable[];
  readonly bases: readonly BasePlan[];
  /** True when one table has one plain rule: then records land without being stored in between. */
  readonly direct: boolean;
  readonly problems: ProblemList;
  readonly params: SqlParameters;
  readonly warnings: readonly string[];
}

/** What the form of a record says, before anyone looks at its values. */
function formChecks(problems: ProblemList): string[] {
  const reject = (reason: string) => problems.code("reject", "", reason);
  return [
    `bad = ${RECORD_FORM.tooLong}, ${reject("the record has more fields than the header")}`,
    `bad = ${RECORD_FORM.tooShort}, ${reject("the record has fewer fields than the header")}`,
    `bad = ${RECORD_FORM.blank}, ${problems.code("skip", "", "blank line")}`,
    `bad = ${RECORD_FORM.oversize}, ${reject("a field holds more than 1 MB")}`,
    `bad = ${RECORD_FORM.notJson}, ${reject("the line is no JSON object")}`,
  ];
}

/** Groups of a grouped rule: every piece aggregated, the first record's value where nothing else is said. */
function groupPieces(compiled: CompiledRule, scope: MappingScope): { keys: string[]; pieces: [string, string][] } {
  const group = compiled.rule.group as NonNullable<EventRule["group"]>;
  const keys = [group.by].flat().map((by) => asText(scope.value("group.by", by, "expression")));
  const pieces: [string, string][] = [];
  for (const [name, sql] of compiled.pieces) {
    if (name === "at") pieces.push([name, `${group.time ?? "min"}(at)`]);
    else if (name.startsWith("object_list_")) pieces.push([name, `arraySort(groupUniqArrayArray(${name}))`]);
    else if (sql !== "") pieces.push([name, `argMinIf(${name}, ord, ${name} != '')`]);
  }
  const amount = (field: string, text: string, digits: number) =>
    `ifNull(toString(round(${scope.number(field, text)}, ${digits})), '')`;
  if (group.value !== undefined) pieces.push(["value_text", amount("group.value", group.value, 4)]);
  if (group.score !== undefined) pieces.push(["score_text", amount("group.score", group.score, 12)]);
  for (const [at, [name, text]] of Object.entries(group.properties ?? {}).entries())
    pieces.push([`group_property_${at}`, asText(scope.expression(`group.properties.${name}`, text))]);
  for (const [at, [type, text]] of Object.entries(group.objects ?? {}).entries()) {
    const id = `trimBoth(${asText(scope.expression(`group.objects.${type}`, text))})`;
    pieces.push([`group_object_${at}`, `arraySort(groupUniqArrayIf(${id}, ${id} != ''))`]);
  }
  pieces.push(["group_hash", "(groupBitXor(h), sum(h), count())"]);
  return { keys, pieces };
}

/** The list whose entries make the events of a rule. */
interface EachEntry {
  readonly list: string;
  readonly name: string;
}

/** SQL name of the JSON of one entry. */
const ENTRY = "list_entry";

function planEach(rule: EventRule, scope: MappingScope): EachEntry | undefined {
  const [each] = Object.entries(rule.each ?? {});
  if (!each) return undefined;
  const [name, source] = each;
  return { name, list: `JSONExtractArrayRaw(${asText(scope.value(`each.${name}`, source, "expression"))})` };
}

/** A record for each entry, told apart by it: two refunds of one order are two events. */
function unfoldEntries(each: EachEntry, judged: string): string {
  const unfolded = `SELECT *, arrayJoin(${each.list}) AS ${ENTRY} FROM (${judged})`;
  return `SELECT * REPLACE (cityHash64(h, ${ENTRY}) AS h) FROM (${unfolded})`;
}

function planPlainRule(
  compiled: CompiledRule,
  condition: string,
  problems: ProblemList,
  each: EachEntry | undefined,
): PlannedRule {
  const columns = ["import", "ordinal", ...compiled.row.keys(), "code"];
  const pieces = [...compiled.pieces].map(([name, sql]) => `${sql} AS ${name}`).join(", ");
  const keyed = compiled.rule.key !== undefined;
  const repeat = keyed ? problems.code("repeat", "key", "an earlier record has the same key") : 0;
  return {
    columns,
    misfits: undefined,
    select: (judged, importId, all) => {
      const rows = `SELECT ord, h, base, ${pieces} FROM (${each ? unfoldEntries(each, judged) : judged})${all ? "" : ` WHERE base = 0 AND ${condition}`}`;
      const code = all ? `if(base != 0, base, ${compiled.code})` : compiled.code;
      const values = [String(importId), "ord", ...compiled.row.values(), code];
      const selected = values.map((sql, at) => `${sql} AS ${columns[at]}`).join(", ");
      if (!keyed) return `SELECT ${selected} FROM (${rows})`;
      const select = `SELECT ${selected}, ${noKeySql(compiled.rule)} AS keyless FROM (${rows})`;
      const numbered = `SELECT *, row_number() OVER (PARTITION BY code, rowHash ORDER BY ordinal) AS nth FROM (${select})`;
      return `SELECT * EXCEPT (nth, keyless) REPLACE (if(code = 0 AND nth > 1 AND NOT keyless, ${repeat}, code) AS code) FROM (${numbered})`;
    },
  };
}

function planGroupedRule(compiled: CompiledRule, condition: string, scope: MappingScope): PlannedRule {
  const { keys, pieces } = groupPieces(compiled, scope);
  const records = [...compiled.pieces].filter(([, sql]) => sql !== "").map(([name, sql]) => `${sql} AS ${name}`);
  const fitting = (judged: string) =>
    `SELECT *, ${records.join(", ")} FROM (${judged}) WHERE base = 0 AND ${condition}`;
  const aggregated = pieces.map(([name, sql]) => `${sql} AS g_${name}`);
  const renamed = pieces.map(([name]) => `g_${name} AS ${name}`);
  return {
    columns: ["import", "ordinal", ...compiled.row.keys(), "code"],
    misfits: (judged) => `SELECT ord, ${compiled.recordCode} AS code FROM (${fitting(judged)}) WHERE code != 0`,
    select: (judged, importId) => `SELECT ${importId}, ord, ${[...compiled.row.values()].join(", ")}, ${compiled.code}
      FROM (SELECT g_ord AS ord, ${renamed.join(", ")}
      FROM (SELECT min(ord) AS g_ord, ${aggregated.join(", ")}
      FROM (${fitting(judged)}) WHERE ${compiled.recordCode} = 0 GROUP BY ${keys.join(", ")}))`,
  };
}

function planBase(
  mapping: Mapping,
  table: PlannedTable,
  rules: readonly (readonly [EventRule, number])[],
  shared: {
    readonly tables: ReadonlyMap<string, PlannedTable>;
    readonly params: SqlParameters;
    readonly problems: ProblemList;
    readonly onProblem: ((problem: MappingProblem) => void) | undefined;
  },
): BasePlan {
  const { params, problems, tables, onProblem } = shared;
  const joins = compileJoins(mapping, table, tables, params, onProblem);
  const scopeFor = (rule: Partial<EventRule>, place: string, aggregates = false, each?: EachEntry) =>
    new MappingScope({
      mapping,
      table,
      joined: joins.joined,
      set: { ...mapping.set, ...rule.set },
      params,
      zone: rule.zone ?? mapping.zone ?? "UTC",
      timeFormat: rule.timeFormat ?? "auto",
      place,
      aggregates,
      onProblem,
      ...(each && { entry: [each.name, ENTRY] as const }),
    });
  const conditions: string[] = [];
  const planned = rules.map(([rule, number]) => {
    const place = `event rule ${number}`;
    const each = planEach(rule, scopeFor(rule, place));
    const scope = scopeFor(rule, place, false, each);
    const condition = rule.when === undefined ? "1" : scope.condition("when", rule.when);
    // A condition may ask about the entry, which no record has before its list is taken apart.
    conditions.push(each ? `notEmpty(${each.list})` : condition);
    const compiled = compileRule(mapping, rule, number, scope, problems);
    return rule.group
      ? planGroupedRule(compiled, condition, scopeFor(rule, place, true))
      : planPlainRule(compiled, condition, problems, each);
  });
  const skips = (mapping.skip ?? [])
    .map((skip, at) => ({ skip, scope: scopeFor({}, `skip rule ${at + 1}`) }))
    .filter(({ skip }) => skip.from === undefined || skip.from === table.name)
    .map(({ skip, scope }) => `${scope.condition("when", skip.when)}, ${problems.code("skip", "", skip.reason)}`);
  const checks = [...formChecks(problems), ...skips];
  if (!conditions.includes("1"))
    checks.push(`NOT (${conditions.join(" OR ")}), ${problems.code("skip", "", "no event rule applies")}`);
  const judged = (relation: string) => `SELECT *, multiIf(${checks.join(", ")}, 0) AS base FROM (${relation})`;
  return { table, judged, relation: joins.relation, rules: planned };
}

/** Whether records may land in one pass: one table, one rule, nothing that needs to see several records. */
function isDirect(mapping: Mapping, rules: readonly EventRule[]): boolean {
  const [only] = rules;
  const joins = Object.values(mapping.files ?? {}).some(({ join, fill }) => join !== undefined || fill !== undefined);
  return rules.length === 1 && only !== undefined && !only.group && !only.key && !only.each && !joins;
}

/**
 * @param onProblem told of every field that is wrong, where all are wanted; the plan is of no use then
 * @throws AppError invalid, naming mapping, rule and field, when mapping and files do not go together
 */
export function compileMapping(
  mapping: Mapping,
  sources: readonly SourceFile[],
  onProblem?: (problem: MappingProblem) => void,
): ImportPlan {
  const { tables, warnings } = planTables(mapping, sources);
  const byName = new Map(tables.map((table) => [table.name, table]));
  const shared = { tables: byName, params: new SqlParameters(), problems: new ProblemList(), onProblem };
  const rules = mapping.events.map((rule) => ({ ...mapping.defaults, ...rule }));
  const bases = tables.flatMap((table) => {
    const own = rules
      .map((rule, at) => [rule, at + 1] as const)
      .filter(([rule]) => (rule.from ?? tables[0]?.name) === table.name);
    return own.length === 0 || table.files.length === 0 ? [] : [planBase(mapping, table, own, shared)];
  });
  return {
    tables,
    bases,
    direct: isDirect(mapping, rules),
    problems: shared.problems,
    params: shared.params,
    warnings,
  };
}
