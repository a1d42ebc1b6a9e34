/**
 * Promises and how they are kept, and the targets that people set, on a terminal.
 * The numbers come from the answer; only their form is made here.
 */
import type { Answer } from "../api/operations.ts";
import { renderBasis } from "./basis-lines.ts";
import { formatCount, formatNumber, formatShare, formatShareInterval } from "./format.ts";
import { type Column, renderTable } from "./table.ts";

type Promised = Answer<"expectations">["promises"][number];

function shareColumns(title: string, read: (promise: Promised) => Promised["exceeded"]): Column<Promised>[] {
  return [
    { title, align: "right", value: (promise) => formatShare(read(promise)?.share) },
    {
      title: "95 % interval",
      align: "right",
      value: (promise) => formatShareInterval(read(promise)?.low, read(promise)?.high),
    },
  ];
}

/** Promises and how they are kept. */
export function renderExpectations(answer: Answer<"expectations">): string[] {
  const { promises, untold } = answer;
  const missed = promises.filter((promise) => promise.missed.count > 0);
  const [worst] = missed;
  return [
    ...renderBasis("Expectations", formatCount(promises.length, "promise"), answer),
    ...(worst
      ? [
          `The promise missed most often: ${worst.touchpoint}, ${worst.promise}: ${formatNumber(worst.missed.count)} of ${formatNumber(worst.n)} (${formatShare(worst.missed.share)}).`,
          "",
        ]
      : []),
    ...(promises.length === 0
      ? ["  No event tells of a promise. Set one with: waymark expectations set TOUCHPOINT PROPERTY --at-most N"]
      : renderTable(
          [
            { title: "Touchpoint", value: ({ touchpoint }) => touchpoint },
            { title: "Promise", value: ({ promise }) => promise },
            { title: "n", align: "right", value: ({ n }) => formatNumber(n) },
            ...shareColumns("Met", ({ met }) => met),
            ...shareColumns("Missed", (promise) => promise.missed),
            ...shareColumns("Exceeded", ({ exceeded }) => exceeded),
            { title: "From", value: ({ from }) => from },
          ],
          promises,
        )),
    ...untold.map(({ touchpoint, promise }) => `  No event tells of: ${touchpoint}, ${promise}`),
    ...(promises.some(({ exceeded }) => exceeded !== null)
      ? ["  Exceeded is part of met: better than promised by a tenth of a target, or a whole day early."]
      : []),
  ];
}

/** The targets that people set. */
export function renderPromises({ promises }: Answer<"set-promise">): string[] {
  if (promises.length === 0) return ["No target is set."];
  return renderTable(
    [
      { title: "Touchpoint", value: ({ touchpoint }) => touchpoint },
      { title: "Property", value: ({ property }) => property },
      { title: "At most", align: "right", value: ({ atMost }) => formatNumber(atMost) },
      { title: "At least", align: "right", value: ({ atLeast }) => formatNumber(atLeast) },
    ],
    promises,
  );
}
