/**
 * What was looked at and is not claimed, by reason, with the numbers behind it. What nobody may conclude is a result too.
 */
import { Button, Stack, Text, Title } from "@mantine/core";
import { useState } from "react";
import { describeQuestion } from "../../../../src/domain/moment-condition.ts";
import { explainRejection, nameMoment } from "../../../../src/domain/moment-words.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import type { Column } from "../../../ui/data-table.tsx";
import { formatCount, formatCountOf, NONE } from "../../../ui/format.ts";
import { candidateKey, formatEffectNumber, type Of, type Rejected, type Report } from "../views/effect-words.ts";
import { MomentLink } from "../views/moment-link.tsx";
import type { MomentsSearch } from "../views/moments-search.ts";

/** The order in which reasons matter to people: what looks like a moment and is none comes first. */
const REASONS: readonly Rejected["reason"][] = ["already different before", "no clear effect", "too few"];
/** So many of each are listed at first: there may be a hundred that show nothing. */
const FIRST = 4;

interface GroupProps {
  readonly reason: Rejected["reason"];
  readonly members: readonly Rejected[];
  readonly report: Report;
  readonly search: MomentsSearch;
}

function RejectedItem({ one, report, search }: { readonly one: Rejected } & Pick<GroupProps, "report" | "search">) {
  const { outcome, of } = report;
  return (
    <li data-reason={one.reason}>
      <MomentLink candidate={one} asked={{ ...search, outcome, of }} />
      <Text span size="xs" c="dimmed">
        {" "}
        {describeQuestion(one)}
      </Text>
      <Text size="sm">{one.detail}</Text>
    </li>
  );
}

function Reason({ reason, members, report, search }: GroupProps) {
  const [all, setAll] = useState(false);
  const shown = all ? members : members.slice(0, FIRST);
  return (
    <section aria-label={reason}>
      <Title order={3}>
        {reason.charAt(0).toUpperCase() + reason.slice(1)}: {formatCount(members.length)}
      </Title>
      <Text size="sm" c="dimmed" maw={820}>
        {explainRejection(reason).replace(/^[^:]*: (.)/u, (_, letter: string) => letter.toUpperCase())}
      </Text>
      <Stack component="ul" gap={6} m={0} mt="xs" pl="lg">
        {shown.map((one) => (
          <RejectedItem key={candidateKey(one)} one={one} report={report} search={search} />
        ))}
      </Stack>
      {members.length > FIRST && (
        <Button variant="subtle" size="compact-sm" mt={4} onClick={() => setAll(!all)}>
          {all ? "Show fewer" : `Show all ${formatCount(members.length)}`}
        </Button>
      )}
    </section>
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

export function RejectedFigure({ report, search }: Pick<GroupProps, "report" | "search">) {
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
      <Stack gap="lg" data-testid="rejected">
        {REASONS.map((reason) => {
          const members = rejected.filter((one) => one.reason === reason);
          return (
            members.length > 0 && (
              <Reason key={reason} reason={reason} members={members} report={report} search={search} />
            )
          );
        })}
      </Stack>
    </ChartFrame>
  );
}
