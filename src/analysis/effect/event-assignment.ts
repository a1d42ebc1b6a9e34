/**
 * Which arm a unit is in, and since when, as SQL over one journey row: by a trait, an audience, or an event that tells.
 * What is counted from then on is in event-units.ts.
 */
import { AppError } from "../../domain/app-error.ts";
import type { EffectQuestion } from "../../domain/effect.ts";
import type { AnalysisContext } from "../context.ts";
import { compileEventCondition, compileFilter } from "../filter.ts";
import type { JourneyFrame } from "../journey-frame.ts";
import { type Dimension, parseDimension, valueLabels } from "../kpi-group.ts";
import { chooseArms } from "./choose-arms.ts";

/** Milliseconds since 1970; `since` and `from` null: as far back as the data go. */
export interface EffectSpan {
  readonly since: number | null;
  readonly until: number;
  readonly from: number | null;
}

export type ArmQuestion = Pick<
  EffectQuestion,
  "by" | "audience" | "at" | "control" | "treatment" | "unit" | "withinMs" | "where" | "metric" | "adjust"
>;

/** How values become arms. */
export interface ArmRule {
  /** SQL of a label from SQL of a value; "" is no arm. */
  readonly label: (value: string) => string;
  /** Which of the labels found are compared, and what they are called. @throws AppError invalid: it is not clear */
  readonly choose: (found: readonly string[]) => Record<"control" | "treatment", ArmName>;
}

interface ArmName {
  readonly label: string;
  readonly name: string;
}

/** The label of units that are not told apart. */
export const POOLED = "all";

/** No moment is so early; half of what Int64 holds, so that stretches can be added. */
export const EVER = -8_640_000_000_000_000;

const invalid = (field: string, message: string) => new AppError("invalid", message, { field });

const [IN_CONTROL, IN_TREATMENT] = ["control", "treatment"];

function nameArms(control: string, treatment: string): ArmRule["choose"] {
  return () => ({
    control: { label: IN_CONTROL as string, name: control },
    treatment: { label: IN_TREATMENT as string, name: treatment },
  });
}

/** The values named as arms; one list alone stands against all other values, but not against "no value". */
function ruleArms({ control, treatment }: ArmQuestion, { bag }: JourneyFrame): ArmRule {
  const both = control?.filter((value) => treatment?.includes(value)) ?? [];
  if (both.length > 0) throw invalid("treatment", `«${both[0]}» is control and treatment at once.`);
  if (control === undefined && treatment === undefined)
    return {
      label: (value) => value,
      choose: (found) => {
        const arms = chooseArms(found, {});
        const named = (label: string) => ({ label, name: label });
        return { control: named(arms.control), treatment: named(arms.treatment) };
      },
    };
  const among = (list: readonly string[], value: string) => `has(${bag.bind(list, "Array(String)")}, ${value})`;
  const rest = (list: readonly string[] | undefined, value: string) =>
    list === undefined ? `${value} != ''` : among(list, value);
  const first = treatment ?? control ?? [];
  const [here, there] = treatment === undefined ? [IN_CONTROL, IN_TREATMENT] : [IN_TREATMENT, IN_CONTROL];
  const other = treatment === undefined ? undefined : control;
  return {
    label: (value) => `multiIf(${among(first, value)}, '${here}', ${rest(other, value)}, '${there}', '')`,
    choose: nameArms(control?.join(", ") ?? "all others", treatment?.join(", ") ?? "all others"),
  };
}

/** What the SQL of an assignment defines: aliases `zero`, `seen` (ms since 1970: from when it counts as one of
 * the units), `finish`, `arm` and `mixed`, and which rows take part. */
interface Assignment {
  readonly aliases: readonly string[];
  readonly where: string[];
  readonly choose: ArmRule["choose"];
}

interface AssignmentPlace {
  readonly context: AnalysisContext;
  readonly frame: JourneyFrame;
  /** Placeholders, Int64. */
  readonly since: string;
  readonly until: string;
  /** SQL of the moment at which a unit is no longer watched; it may use `zero`. */
  readonly finish: string;
}

function compileAt({ context, frame }: AssignmentPlace, at: string): string {
  const place = { person: frame.person, zone: context.zone };
  const { sql, arrays } = compileEventCondition(at, context.touchpoints, frame.bag, place);
  const names = [...arrays].join(", ");
  return frame.kept(`arrayMap((${names}) -> toUInt8(${sql}), ${names})`);
}

/** Who is in an audience. What it says of events (`has`, `count`) is asked of those before `zero`. */
function inAudience({ context, frame }: AssignmentPlace, text: string): string {
  const place = { person: frame.person, zone: context.zone };
  const { event, journey, counts } = compileFilter(text, context.touchpoints, frame.bag, place);
  if (event !== undefined || journey === undefined)
    throw invalid("audience", `«${text}» must be true of whole customers, like customer.country = "BR" or has("X").`);
  const names = counts.map(({ name }) => name);
  if (names.length === 0) return journey;
  if (!frame.person)
    throw invalid(
      "audience",
      `«${text}» asks what customers did: take customers as units, or an audience by customer.TRAIT.`,
    );
  const before = counts.map(
    ({ ids }) => `[arrayCount((id, moment) -> has(${ids}, id) AND moment < zero, touchpoints, whenAll)]`,
  );
  return `arrayMap((${names.join(", ")}) -> toUInt8(${journey}), ${before.join(", ")})[1]`;
}

/** Where the events tell the arm: the first one that names one. Another arm while the unit is watched makes it mixed. */
function assignByEvents(place: AssignmentPlace, question: ArmQuestion, field: Dimension): Assignment {
  const { context, frame, since, until, finish } = place;
  const rule = ruleArms(question, frame);
  const telling =
    question.at === undefined ? "arrayMap(label -> toUInt8(label != ''), labels)" : compileAt(place, question.at);
  return {
    aliases: [
      `arrayMap(value -> ${rule.label("value")}, ${valueLabels(context, frame, field)}) AS labels`,
      `${telling} AS telling`,
      `arrayMap((hit, moment) -> toUInt8(hit AND moment >= ${since} AND moment < ${until}), telling, at) AS marks`,
      "arrayFilter((label, mark) -> mark, labels, marks) AS told",
      "arrayFilter((moment, mark) -> mark, at, marks) AS whenTold",
      "arrayFirstIndex(label -> label != '', told) AS nth",
      "toInt64(whenTold[greatest(nth, 1)]) AS zero",
      "zero AS seen",
      "if(nth > 0, told[nth], '') AS arm",
      `${finish} AS finish`,
      "toUInt8(arrayExists((label, moment) -> label != '' AND label != arm AND moment < finish, told, whenTold)) AS mixed",
    ],
    where: ["notEmpty(told)"],
    choose: rule.choose,
  };
}

function zeroOf(place: AssignmentPlace, question: ArmQuestion, span: EffectSpan, ownStart: boolean) {
  const { frame, since, until, finish } = place;
  if (question.at !== undefined) {
    // An object with a customer's arm may also lie before the switch-on: it is then what was known before.
    const within = `moment < ${until}${ownStart ? "" : ` AND moment >= ${since}`}`;
    return {
      aliases: [
        `${compileAt(place, question.at)} AS assigning`,
        `arrayFirstIndex((hit, moment) -> hit AND ${within}, assigning, at) AS nth`,
        "toInt64(at[nth]) AS zero",
        "zero AS seen",
      ],
      where: ["nth > 0"],
    };
  }
  if (ownStart) return { aliases: ["toInt64(at[1]) AS zero", "zero AS seen"], where: [`at[1] < ${until}`] };
  if (span.since === null)
    throw invalid("since", "Say since when the change was on (since), or which events put a unit into its arm (at).");
  const seen =
    span.from === null
      ? `at[1] < ${finish}`
      : `arrayExists(moment -> moment >= ${frame.bag.bind(span.from, "Int64")} AND moment < ${finish}, at)`;
  const first =
    span.from === null ? "at[1]" : `arrayFirst(moment -> moment >= ${frame.bag.bind(span.from, "Int64")}, at)`;
  return { aliases: [`toInt64(${since}) AS zero`, `greatest(zero, ${first}) AS seen`], where: [seen] };
}

/** Where something about the customer tells the arm, the same one for life. */
function assignByCustomer(
  place: AssignmentPlace,
  question: ArmQuestion,
  span: EffectSpan,
  { ownStart, trait }: { readonly ownStart: boolean; readonly trait: string | null },
): Assignment {
  const { frame, finish } = place;
  const zero = zeroOf(place, question, span, ownStart);
  const { audience } = question;
  const rule: ArmRule =
    audience !== undefined
      ? {
          label: () => `if(${inAudience(place, audience)}, '${IN_TREATMENT}', '${IN_CONTROL}')`,
          choose: nameArms("everybody else", "the audience"),
        }
      : trait === null
        ? { label: () => `'${POOLED}'`, choose: nameArms(POOLED, POOLED) }
        : ruleArms(question, frame);
  const whole = "arrayMap(time -> toUnixTimestamp64Milli(time), times) AS whenAll";
  const value = trait === null ? "" : `traits[${frame.bag.bind(trait, "String")}]`;
  return {
    aliases: [whole, ...zero.aliases, `${finish} AS finish`, `${rule.label(value)} AS arm`, "toUInt8(0) AS mixed"],
    where: zero.where,
    choose: rule.choose,
  };
}

/** What tells the arms apart: something about the customer, or single events. */
export function findTeller({ by, audience }: Pick<ArmQuestion, "by" | "audience">): Dimension | null {
  if (audience !== undefined) return null;
  return by === undefined ? null : parseDimension(by);
}

/**
 * @param ownStart objects: time zero is the object's own start, also before the switch-on
 * @param pooled nobody is told apart: all are in the arm POOLED
 * @throws AppError invalid: expressions that do not fit, or no time zero
 */
export function compileAssignment(
  place: AssignmentPlace,
  question: ArmQuestion,
  span: EffectSpan,
  { ownStart, pooled }: { readonly ownStart: boolean; readonly pooled: boolean },
): Assignment {
  const teller = findTeller(question);
  if (pooled) return assignByCustomer(place, { ...question, audience: undefined }, span, { ownStart, trait: null });
  if (question.audience === undefined && teller === null)
    throw invalid("by", "Say what tells the arms apart: a field (by), or who gets the change (audience).");
  if (teller !== null && teller.kind !== "customer") return assignByEvents(place, question, teller);
  return assignByCustomer(place, question, span, { ownStart, trait: teller === null ? null : teller.name });
}
