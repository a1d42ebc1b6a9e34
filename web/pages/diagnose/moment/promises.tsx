/**
 * Where the touchpoint carries a promise: how often it was kept, missed, exceeded.
 */
import { List, Paper, Text, Title } from "@mantine/core";
import { useAnswer } from "../../../api/use-answer.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import { candidateOf, type MomentReport } from "./moment-report.ts";

interface Part {
  readonly count: number;
  readonly share: number;
  readonly low: number;
  readonly high: number;
}

function Share({ name, part }: { readonly name: string; readonly part: Part }) {
  return (
    <List.Item>
      {name}: <strong>{formatShare(part.share)}</strong> ({formatCount(part.count)};{" "}
      {describeInterval({ low: part.low, high: part.high, unit: "share" })})
    </List.Item>
  );
}

/** Nothing where there is no promise; it is no part of the effect, so that it may come later or not at all. */
export function Promises({ report }: { readonly report: MomentReport }) {
  const { input } = useScope();
  const candidate = candidateOf(report);
  const touchpoint = candidate?.touchpoint ?? "";
  const { data } = useAnswer(
    "expectations",
    { ...input, touchpoint },
    { enabled: candidate !== undefined, keep: false },
  );
  const property = candidate?.property ?? null;
  const promises = (data?.promises ?? []).filter(
    (one) => one.touchpoint === touchpoint && (property === null || one.property === property),
  );
  if (promises.length === 0) return null;
  return (
    <Paper component="section" withBorder p="md" aria-label="The promise">
      <Title order={2} mb="xs">
        The promise
      </Title>
      {promises.map(({ property: name, promise, from, n, met, missed, exceeded }) => (
        <div key={`${name} ${promise}`}>
          <Text size="sm">
            {promise} ({from === "events" ? "as the events say" : "a target that somebody set"}), n = {formatCount(n)}
          </Text>
          <List size="sm" data-testid="promise">
            <Share name="kept" part={met} />
            <Share name="missed" part={missed} />
            {exceeded && <Share name="better than promised" part={exceeded} />}
          </List>
        </div>
      ))}
    </Paper>
  );
}
