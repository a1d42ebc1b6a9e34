/**
 * Which columns tell something of the customer rather than of the event: those that say the same on each customer's records.
 * It sees a sample only, so such a column stays a property of the events as well.
 */
import type { ColumnFacts } from "./guess-columns.ts";
import type { Sample } from "./source-file.ts";

/** Fewer customers with several records cannot show that a column never changes. */
const REQUIRED_CUSTOMERS = 20;
/** More values tell customers apart rather than what they have in common. */
const MOST_VALUES = 50;
const FILLED = 0.9;
const MOST_TRAITS = 8;
/** What became of the customer: as a trait it would give every outcome away. */
const OUTCOME = /churn|convert|conversion|outcome|target|label|won|lost|result|status|score|rating/u;

/** The values of a column for each customer; undefined once a customer has two. */
function readValues(sample: Sample, customer: number, column: number): Map<string, number> | undefined {
  const values = new Map<string, string>();
  const records = new Map<string, number>();
  for (const row of [...sample.rows, ...sample.spread]) {
    const who = row[customer]?.trim() ?? "";
    const value = row[column]?.trim() ?? "";
    if (who === "" || value === "") continue;
    if ((values.get(who) ?? value) !== value) return undefined;
    values.set(who, value);
    records.set(who, (records.get(who) ?? 0) + 1);
  }
  return records;
}

function mayBeTrait({ key, filled, records, distinct, time }: ColumnFacts): boolean {
  const few = distinct >= 2 && distinct <= MOST_VALUES;
  return few && filled >= FILLED * records && time === undefined && !OUTCOME.test(key);
}

/**
 * Names of the columns that say the same on every record of each customer of the sample.
 * @param customer the column that names the customer
 * @param used columns that already are something else
 */
export function findTraits(
  sample: Sample,
  facts: readonly ColumnFacts[],
  customer: string,
  used: ReadonlySet<string>,
): string[] {
  const who = sample.columns.indexOf(customer);
  return facts
    .filter((column) => column.name !== customer && !used.has(column.name) && mayBeTrait(column))
    .filter(({ name, distinct }) => {
      const records = readValues(sample, who, sample.columns.indexOf(name));
      if (records === undefined) return false;
      const several = [...records.values()].filter((count) => count > 1).length;
      return several >= REQUIRED_CUSTOMERS && distinct <= several / 2;
    })
    .map(({ name }) => name)
    .slice(0, MOST_TRAITS);
}
