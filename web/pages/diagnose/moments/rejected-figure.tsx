/**
 * What was looked at and is not claimed, by reason, with the numbers behind it. What nobody may conclude is a result too.
 */
import { Text } from "@mantine/core";
import { describeQuestion } from "../../../../src/domain/moment-condition.ts";
import { explainRejection, nameMoment } from "../../../../src/domain/moment-words.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, NONE } from "../../../ui/format.ts";
import { candidateKey, formatEffectNumber, type Of, type Rejected, type Report } from "../views/effect-words.ts";
import { MomentLink } from "../views/moment-link.tsx";
import type { MomentsSearch } from "../views/moments-search.ts";
import { ReasonGroups } from "../views/reason-groups.tsx";

/** The order in which reasons matter to people: what looks like a moment and is none comes first. */
const REASONS: readonly Rejected["reason"][] = ["already different before", "no clear effect", "too few"];

interface RejectedFigureProps {
  readonly report: Report;
  readonly search: MomentsSearch;
}

function RejectedItem({ one, report, search }: RejectedFigureProps & { readonly one: Rejected }) {
  const { outcome, of } = report;
  return (
    <>
      <MomentLink candidate={one} asked={{ ...search, outcome, of }} />
      <Text span size="xs" c="dimmed">
        {" "}
        {describeQuestion(one)}
      </Text>
      <Text size="sm">{one.detail}</Text>
    </>
  );
}

function columnsFor(of: Of): Column<Rejected>[] {
  const number = (key: "effect" | "low" | "high" | "crude", title: string): Column<Rejected> => ({
    key,
    title,
    align: "right",
    // What rests on too few is a result, never a number.
    value: (one) => (one.reason === "too few" ? null : one[key]),
    format: (one) => (one.reason === "too few" ? NONE : formatEffectNumber(one[key], of)),
  });
  return [
    { key: "touchpoint", title: "Touchpoint", value: nameMoment },
    { key: "contrast", title: "Question", value: describeQuestion },
    { key: "reason", title: "Why it is no claim", value: ({ reason }) => reason },
    number("effect", "Effect"),
    number("low", "95 % from"),
    number("high", "95 % to"),
    number("crude", "Crude"),
    {
      key: "placebo",
      title: "Placebo, points",
      align: "right",
      value: ({ placebo }) => placebo?.effect ?? null,
      format: ({ placebo }) => formatEffectNumber(placebo?.effect ?? null, null),
    },
    {
      key: "reach",
      title: "Touches",
      align: "right",
      value: ({ reach }) => reach,
      format: ({ reach }) => formatCount(reach),
    },
    { key: "detail", title: "Numbers", value: ({ detail }) => detail },
  ];
}

export function RejectedFigure({ report, search }: RejectedFigureProps) {
  const { rejected, of } = report;
  if (rejected.length === 0) return null;
  return (
    <ChartFrame
      title="Looked at, and not claimed"
      name="not-claimed"
      description="Each of these was measured in the same way. The reason says which check it did not pass."
      table={{ columns: columnsFor(of), rows: rejected }}
      total={
        <Text span size="sm" c="dimmed">
          {formatCountOf(rejected.length, "candidate")}
        </Text>
      }
    >
      <ReasonGroups
        reasons={REASONS}
        members={rejected}
        keyOf={candidateKey}
        explain={explainRejection}
        item={(one) => <RejectedItem one={one} report={report} search={search} />}
      />
    </ChartFrame>
  );
}
