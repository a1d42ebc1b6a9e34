/**
 * Where the records are in text that is one object around them, as interfaces answer:
 * `{"object": "list", "data": [{…}]}`, `{"response": {"items": [{…}]}}`, `{"hits": {"hits": [{…}]}}`.
 */

export interface RecordList {
  /** Position of the list's `[` in the text. */
  readonly at: number;
  /** How many objects stand around the list: 1 or 2. */
  readonly depth: number;
  /** Line of the file on which it begins, from 1. */
  readonly line: number;
  /** The key that it stands under, and those of other lists of objects, which are not read. */
  readonly key: string;
  readonly others: readonly string[];
}

const MAX_DEPTH = 2;

/** Keys that mean nothing else: even in an object that has facts of its own, its records stand there. */
const CERTAIN = /^(?:data|results?|records|rows)$/u;

/** An object that says who, when or which is a record itself: an order's items are no records. */
const OWN_FACT =
  /^(?:_?id|uuid|guid|key|number|name|email|(?:customer|user|client|account|person|order|invoice|session|ticket|case|contact)(?:_?(?:id|no|number|name|email|key))?|created(?:_?(?:at|on|date))?|time|timestamp|date|[a-z_]+_(?:at|time|date))$/iu;

const OWN_TIME =
  /^(?:created|time|timestamp|date|created(?:at|on)|date_[a-z_]+|[a-z_]+_(?:at|on|time|date|timestamp))$/iu;

/** What stands beside a page of records: then a time tells how far the page reaches (Zendesk's `end_time`), not when something was. */
const PAGING =
  /^(?:next|previous|after|before|first|last)_?(?:page|url|cursor|link)$|^(?:has_?more|end_of_stream|cursor|page|page_?size|per_page|page_?info|pagination|total_?(?:count|pages))$/iu;

interface Level {
  readonly isObject: boolean;
  readonly keys: string[];
  /** Objects in a list. */
  objects: number;
  others: number;
}

interface Candidate extends Omit<RecordList, "others"> {
  /** The objects around the list, with the keys they have. */
  readonly around: readonly Level[];
  readonly list: Level;
}

function hasOwnFacts(keys: readonly string[]): boolean {
  return keys.some((key) => OWN_FACT.test(key)) && !keys.some((key) => PAGING.test(key));
}

/** Whether an object with these keys says when it was, so that it is a record whatever lists it holds. */
export function hasOwnTime(keys: readonly string[]): boolean {
  return keys.some((key) => OWN_TIME.test(key)) && !keys.some((key) => PAGING.test(key));
}

/** The lists that stand in the first object of the text, at most two objects deep, and whether something follows it. */
function collectLists(text: string): { lists: Candidate[]; followed: boolean } {
  const levels: Level[] = [];
  const lists: Candidate[] = [];
  let key = "";
  const token = /"((?:[^"\\]|\\.)*)"(\s*:)?|[{}[\]]|[^\s,{}[\]":]+/gsu;
  for (const { 0: found, 1: name, 2: colon, index } of text.matchAll(token)) {
    const inside = levels.at(-1);
    if (found === "{" || found === "[") {
      if (inside && !inside.isObject) {
        if (found === "{") inside.objects++;
        else inside.others++;
      }
      const level = { isObject: found === "{", keys: [], objects: 0, others: 0 };
      if (found === "[" && levels.length > 0 && levels.length <= MAX_DEPTH && levels.every((one) => one.isObject)) {
        const line = text.slice(0, index).split("\n").length;
        lists.push({ at: index, depth: levels.length, line, key, around: [...levels], list: level });
      }
      levels.push(level);
    } else if (found === "}" || found === "]") {
      levels.pop();
      if (levels.length === 0) return { lists, followed: text.slice(index + 1).trim() !== "" };
    } else if (colon !== undefined && inside?.isObject) {
      key = name ?? "";
      inside.keys.push(key);
    } else if (inside && !inside.isObject) inside.others++;
  }
  return { lists, followed: false };
}

/**
 * The list that holds the records: under a key that means just this or, in an object without facts of its own, the longest.
 * @param text the beginning of a file that may be one object
 */
export function findRecordList(text: string): RecordList | undefined {
  const { lists, followed } = collectLists(text);
  const ofObjects = lists.filter(({ list }) => list.objects > list.others);
  const certain = ofObjects.find(({ key, depth }) => depth === 1 && CERTAIN.test(key));
  const wrapped = followed ? [] : ofObjects.filter(({ around }) => !around.some(({ keys }) => hasOwnFacts(keys)));
  const [longest] = wrapped.toSorted((a, b) => b.list.objects - a.list.objects);
  const chosen = certain ?? longest;
  if (!chosen) return undefined;
  const { at, depth, line, key } = chosen;
  return { at, depth, line, key, others: ofObjects.filter((list) => list !== chosen).map((list) => list.key) };
}
