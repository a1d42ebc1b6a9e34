/**
 * One step by a field: on which channel, with which property, for which customers it is taken so often.
 */
import { NativeSelect, Stack, Table, Text, Title } from "@mantine/core";
import type { Answer } from "../../../api/types.ts";
import { useAnswer } from "../../../api/use-answer.ts";
import type { Comparison } from "../../../scope/scope.ts";
import { useScope } from "../../../scope/use-scope.ts";
import { AnswerView } from "../../../ui/answer-view.tsx";
import { formatCount, formatShare } from "../../../ui/format.ts";
import { describeInterval } from "../../../ui/interval.tsx";
import { describeDifference } from "./graph-compare.ts";
import { splitFields } from "./split-fields.ts";

interface StepBreakdownProps {
  readonly from: string;
  readonly to: string;
  readonly field: string | undefined;
  readonly setField: (field: string) => void;
  readonly comparison: Comparison | undefined;
}

type Row = Answer<"step-breakdown">["rows"][number];
type Side = Row["a"];

const SHOWN = 12;

function Share({ side }: { readonly side: Side }) {
  return (
    <>
      <Text size="sm">
        {formatShare(side.share)} ({formatCount(side.transitions)}/{formatCount(side.n)})
      </Text>
      {side.low !== null && (
        <Text size="xs" c="dimmed">
          {describeInterval({ low: side.low, high: side.high, unit: "share" })}
        </Text>
      )}
    </>
  );
}

function BreakdownRow({
  row,
  compared,
}: {
  readonly row: Omit<Row, "value"> & { readonly value: string };
  readonly compared: boolean;
}) {
  return (
    <Table.Tr>
      <Table.Th scope="row" fw={500} fz="sm">
        {row.value}
      </Table.Th>
      <Table.Td>
        <Share side={row.a} />
        {compared && row.b && (
          <>
            <Text size="xs" c="dimmed">
              against
            </Text>
            <Share side={row.b} />
          </>
        )}
        {compared && row.difference && <Text size="xs">{describeDifference(row.difference)}</Text>}
      </Table.Td>
    </Table.Tr>
  );
}

function Rows({ answer, field }: { readonly answer: Answer<"step-breakdown">; readonly field: string }) {
  const compared = answer.vs !== null;
  const rest = answer.rows.length - SHOWN;
  return (
    <>
      <Table
        fz="sm"
        verticalSpacing={4}
        horizontalSpacing={4}
        aria-label={`The step by ${field}`}
        data-testid="step-breakdown"
      >
        <Table.Tbody>
          {answer.rows.slice(0, SHOWN).map((row) => (
            <BreakdownRow key={row.value ?? ""} row={{ ...row, value: row.value ?? "not said" }} compared={compared} />
          ))}
          {answer.other && <BreakdownRow row={{ ...answer.other, value: "other values" }} compared={compared} />}
        </Table.Tbody>
      </Table>
      {rest > 0 && (
        <Text size="xs" c="dimmed">
          {formatCount(rest)} more values with fewer events are not shown.
        </Text>
      )}
    </>
  );
}

export function StepBreakdown({ from, to, field, setField, comparison }: StepBreakdownProps) {
  const { input } = useScope();
  const { data } = useAnswer("fields", {});
  const fields = data ? splitFields(data) : [];
  const by = field ?? fields[0]?.value ?? "";
  const query = useAnswer(
    "step-breakdown",
    { ...input, step: { from, to }, by, ...(comparison ? { vs: comparison.input } : {}) },
    { enabled: by !== "" },
  );
  if (data && fields.length === 0) return null;
  return (
    <Stack gap="xs">
      <Title order={4} fz="sm">
        Who takes it
      </Title>
      <NativeSelect
        size="xs"
        aria-label="Break the step down by"
        value={by}
        data={fields.map(({ value, label }) => ({ value, label: `by ${label}` }))}
        onChange={(event) => setField(event.currentTarget.value)}
      />
      <AnswerView query={query} height={120}>
        {(answer) => <Rows answer={answer} field={by} />}
      </AnswerView>
    </Stack>
  );
}
