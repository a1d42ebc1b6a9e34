/**
 * How much negative feedback nobody answered in time, and the newest of it, each a click away from who gave it.
 */
import { Alert, Group, List, Text } from "@mantine/core";
import { IconMessageOff } from "@tabler/icons-react";
import type { Answer } from "../../api/types.ts";
import { useAnswer } from "../../api/use-answer.ts";
import { formatCount, formatCountOf, formatDay, formatDecimal, formatShare } from "../../ui/format.ts";
import { describeInterval } from "../../ui/interval.tsx";
import { ScopeLink } from "../../ui/scope-link.tsx";
import { describeScore } from "../map/graph/heat.ts";

type Unanswered = Answer<"unanswered">;
type Feedback = Unanswered["newest"][number];

/** So much of a text stands in the list. */
const LONGEST = 140;

function shorten(text: string): string {
  return text.length <= LONGEST ? text : `${text.slice(0, LONGEST).trimEnd()}…`;
}

/** "34 of 120 (28.3 %; 95 %: 21.0 to 37.0 %) by 31 customers; 6 more may still be answered in time". */
export function describeUnanswered({ negative, unanswered, share, customers, waiting }: Unanswered): string {
  const interval =
    share === null
      ? ""
      : ` (${formatShare(share.value)}; ${describeInterval({ low: share.low, high: share.high, unit: "share" })})`;
  const open = waiting > 0 ? `; ${formatCount(waiting)} more may still be answered in time` : "";
  return `${formatCount(unanswered)} of ${formatCount(negative)}${interval} by ${formatCountOf(customers, "customer")}${open}.`;
}

function Item({ feedback, zone }: { readonly feedback: Feedback; readonly zone: string }) {
  const { customer, time, touchpoint, score, scale, text, days } = feedback;
  const digits = Number.isInteger(score) ? 0 : 2;
  const rated =
    scale === ""
      ? formatDecimal(score, digits)
      : describeScore(score, scale).replace(/^[\d.,−]+/u, formatDecimal(score, digits));
  return (
    <List.Item>
      <ScopeLink to="map/customer" search={{ customer }} inherit>
        {customer}
      </ScopeLink>
      , {formatDay(time, zone)}, {formatCountOf(Math.floor(days), "day")} ago: {touchpoint} {rated}
      {text !== null && <>, “{shorten(text)}”</>}
    </List.Item>
  );
}

export function UnansweredAlert({ report }: { readonly report: Unanswered }) {
  const { data: extent } = useAnswer("extent", {});
  const { answers, from, to, newest } = report;
  const zone = extent?.zone ?? "UTC";
  const period = from === null || to === null ? "" : `, ${formatDay(from, zone)} – ${formatDay(to, zone)}`;
  return (
    <Alert
      color="orange"
      variant="outline"
      icon={<IconMessageOff aria-hidden />}
      title={`Nobody answered ${formatCountOf(report.unanswered, "piece")} of negative feedback`}
      data-testid="unanswered"
    >
      <Text size="sm" mb="xs">
        {describeUnanswered(report)} An answer is{" "}
        {answers.length === 0 ? "nothing that the data hold" : answers.join(", ")} within 7 days{period}.
      </Text>
      <List size="sm" spacing={4}>
        {newest.map((feedback) => (
          <Item key={`${feedback.customer} ${feedback.time} ${feedback.touchpoint}`} feedback={feedback} zone={zone} />
        ))}
      </List>
      <Group gap="md" mt="xs">
        <ScopeLink to="diagnose/pain-points" fz="sm">
          See the pain points
        </ScopeLink>
        <ScopeLink to="diagnose/themes" fz="sm">
          See what they write about
        </ScopeLink>
      </Group>
    </Alert>
  );
}
