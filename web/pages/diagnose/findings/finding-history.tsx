/**
 * A finding's numbers then and now: every measurement with its interval; and the button that measures it again.
 */
import { Alert, Button, Group, Text } from "@mantine/core";
import { useAnswer, useChange } from "../../../api/use-answer.ts";
import { drawForest } from "../../../charts/svg-forest.ts";
import { ChartFrame } from "../../../ui/chart-frame.tsx";
import { formatEffectNumber } from "../views/effect-words.ts";
import { Forest } from "../views/forest.tsx";
import { splitColumns } from "../views/split-rows.ts";
import { describeChange, type Finding, measureRows } from "./finding-words.ts";
import { readQuestion } from "./findings-search.ts";

function describeAge(outdated: boolean): string {
  return outdated
    ? "The data have changed since: an import, or how touchpoints are called or counted."
    : "These are the numbers of the present data.";
}

function MeasureAgain({ finding: { id, outdated } }: { readonly finding: Finding }) {
  const measure = useChange("measure-finding");
  return (
    <>
      <Group gap="sm" mt="sm">
        <Button
          variant="default"
          disabled={!outdated}
          loading={measure.isPending}
          onClick={() => measure.mutate({ id })}
        >
          Measure again
        </Button>
        <Text size="sm" c="dimmed" role="status" aria-live="polite">
          {measure.isPending ? "Its question is asked again; this may take a while." : describeAge(outdated)}
        </Text>
      </Group>
      {measure.isError && (
        <Alert color="red" variant="light" mt="xs" title="It was not measured" role="alert">
          {measure.error.message}
        </Alert>
      )}
    </>
  );
}

export function FindingHistory({ finding, zone }: { readonly finding: Finding; readonly zone: string }) {
  const { moment } = readQuestion(finding.question);
  const of = moment.of ?? null;
  const { data: extent } = useAnswer("extent", {});
  const asked = { outcome: moment.outcome ?? "", of, harm: finding.kind === "pain-point" };
  const rows = measureRows(finding.measures, { ...asked, currency: extent?.currency ?? "" }, zone);
  const format = (value: number) => formatEffectNumber(value, of);
  const under = describeChange(finding.measures);
  return (
    <ChartFrame
      title="Its numbers, then and now"
      name={`finding-${finding.id}`}
      description={under}
      table={{ columns: splitColumns(of), rows }}
      svg={() => drawForest({ title: finding.title, under, rows, format })}
      total={
        <Text span size="sm" c="dimmed">
          How: {finding.measures.at(-1)?.method}
        </Text>
      }
    >
      <Forest rows={rows} format={format} />
      <MeasureAgain finding={finding} />
    </ChartFrame>
  );
}
