/**
 * Negative feedback that nobody answered, on a terminal.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { describeFilter } from "./basis-lines.ts";
import { formatCount, formatMoment, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { renderTable } from "./table.ts";

type Unanswered = Answer<"unanswered">;

function describeSpan({ from, to, zone }: Unanswered): string {
  return from === null || to === null
    ? "no event"
    : `feedback from ${formatMoment(from, zone)} up to ${formatMoment(to, zone)}`;
}

export function renderUnanswered(answer: Unanswered): string[] {
  const { negative, unanswered, share, waiting, customers, answers, newest, filter, zone } = answer;
  const told = answers.length > 0;
  const interval = formatShareInterval(share?.low, share?.high);
  return [
    `Negative feedback: ${formatNumber(negative)}, ${told ? `of it unanswered ${formatNumber(unanswered)} (${formatShare(share?.value)}, 95 %: ${interval}) of ${formatCount(customers, "customer")}` : "answers cannot be told"}`,
    `  ${describeSpan(answer)}, ${describeFilter(filter)}, time zone ${zone}`,
    ...(told
      ? [`  An answer: ${answers.join(", ")}`]
      : [
          "  No touchpoint of the stage support is an answer: waymark touchpoints set NAME --stage support says which is.",
        ]),
    ...(waiting > 0 ? [`  ${formatNumber(waiting)} more wait and may still be answered in time.`] : []),
    ...(newest.length === 0
      ? []
      : [
          "",
          "The newest without an answer",
          ...renderTable(
            [
              { title: "Customer", value: ({ customer }) => customer },
              { title: "When", value: ({ time }) => formatMoment(time, zone) },
              { title: "Days", align: "right", value: ({ days }) => formatNumber(Math.floor(days)) },
              { title: "Touchpoint", value: ({ touchpoint }) => touchpoint },
              { title: "Score", align: "right", value: ({ score, scale }) => `${score}${scale ? ` (${scale})` : ""}` },
              { title: "", whole: true, value: ({ text }) => (text ?? "").replace(/\s+/gu, " ") },
            ],
            newest,
          ),
        ]),
  ];
}
