/**
 * The title of a picture that leaves the page: it carries the total that its numbers add up to.
 */
import { formatCountOf } from "../../../ui/format.ts";

export function nameWithTotal(title: string, total: { readonly journey: string; readonly journeys: number }): string {
  return `${title}: ${formatCountOf(total.journeys, `${total.journey} journey`)}`;
}
