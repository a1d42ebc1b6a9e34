/**
 * Which events of a touchpoint are compared with the others, in words, and whether it is known that they went badly.
 * Which are compared is found in analysis/moment-experiences.ts; whole sentences are in moment-words.ts.
 */

/** A property, and which of its values stand on one side; null for what happened at all. */
interface Compared {
  readonly property: string | null;
  readonly bad: string | null;
}

/** "hoursWaited", "hours_waited" → "hours waited"; a leading "is" or "was" goes. */
export function spellProperty(property: string): string {
  const words = property
    .replace(/([\p{Ll}\p{N}])(\p{Lu})/gu, "$1 $2")
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim();
  return words.toLowerCase().replace(/^(?:is|was) /u, "") || property;
}

const OPERATOR_WORDS: Readonly<Record<string, string>> = {
  ">": "above ",
  ">=": "at least ",
  "<": "below ",
  "<=": "at most ",
  "=": "",
  "!=": "not ",
};
const YES = /^(?:true|yes|1)$/iu;
const NO = /^(?:false|no|0)$/iu;

interface Condition {
  readonly operator: string;
  readonly value: string;
}

/** `> 48` → above 48; undefined: in words of its own. */
function readCondition(bad: string): Condition | undefined {
  const [, operator = "", quoted, bare] = /^(>=|<=|!=|>|<|=)\s*(?:"((?:[^"\\]|\\.)*)"|(\S+))$/u.exec(bad.trim()) ?? [];
  const value = quoted?.replace(/\\(.)/gu, "$1") ?? bare;
  return value === undefined ? undefined : { operator, value };
}

/** Words that follow "is": other properties stand in brackets. */
const ADJECTIVES = new Set([
  ..."overdue late delayed breached missed failed broken damaged incomplete wrong slow faulty unresolved unsolved".split(
    " ",
  ),
  ..."cancelled canceled rejected declined denied escalated reopened punctual".split(" "),
  "on time",
  "in time",
]);

interface BadWords {
  /** "overdue", "not on time": what follows "is"; undefined where the property is no such word. */
  readonly adjective?: string;
  /** "overdue", "hours waited above 48", "reason: card declined". */
  readonly text: string;
}

/** What is compared of an experience, in words. */
export function describeBad({ property, bad }: Compared): BadWords {
  const name = spellProperty(property ?? "");
  const condition = readCondition(bad ?? "");
  if (!condition) return { text: `${name} ${bad ?? ""}`.trim() };
  const { operator, value } = condition;
  const yes = operator === "=" && YES.test(value);
  const no = operator === "=" && NO.test(value);
  if ((yes || no) && ADJECTIVES.has(name)) {
    const adjective = yes ? name : `not ${name}`;
    return { adjective, text: adjective };
  }
  // A bare 1 may also be a first attempt.
  if ((yes || no) && !/^[01]$/u.test(value)) return { text: `${name}: ${yes ? "yes" : "no"}` };
  const words = OPERATOR_WORDS[operator] ?? "";
  return { text: operator === "=" || operator === "!=" ? `${name}: ${words}${value}` : `${name} ${words}${value}` };
}

/** Values that are bad by themselves. */
export const BAD_VALUE =
  /^(?:true|yes|1|late|overdue|failed|failure|error|declined|rejected|missed|breached|slow|bad|negative)$/iu;

/** Words in the name of a property that nobody wishes to be true of an event, and of those everybody does. */
const TROUBLE =
  /\b(?:late|over ?due|past due|delay|breach|miss|fail|broken|damage|incomplete|wrong|slow|fault|un(?:re)?solved|cancel|reject|declin|denied|escalat|reopen|error|exceed|violat|complain)/u;
const WISHED = /\b(?:on time|in time|punctual|met|kept|ok|solved|resolved|successful|success)\b/u;

/**
 * Whether a candidate compares events that went badly with others. Of `gift wrap: yes` nobody can say which side is bad.
 * @example overdue = "true", hoursWaited > 48, result = "failed" // true; checkout = "express" // false
 */
export function isBadKnown({ property, bad }: Compared): boolean {
  const { operator, value } = readCondition(bad ?? "") ?? { operator: "", value: "" };
  if (operator !== "=") return true;
  const name = spellProperty(property ?? "");
  if (YES.test(value)) return TROUBLE.test(name);
  if (NO.test(value)) return WISHED.test(name) && !TROUBLE.test(name);
  return BAD_VALUE.test(value);
}

/** The question a candidate asks, in few words: "did it happen", "did it go well", "compared by checkout". */
export function describeQuestion(candidate: Compared & { readonly contrast: "presence" | "experience" }): string {
  if (candidate.contrast === "presence") return "did it happen";
  return isBadKnown(candidate) ? "did it go well" : `compared by ${spellProperty(candidate.property ?? "")}`;
}

/**
 * What an experience is compared with, after "compared with".
 * @example "the same touchpoint when it went well", "the same touchpoint without “checkout: express”; neither is known to be bad"
 */
export function describeOtherSide(candidate: Compared): string {
  if (isBadKnown(candidate)) return "the same touchpoint when it went well";
  return `the same touchpoint without “${describeBad(candidate).text}”; neither side is known to be bad`;
}
