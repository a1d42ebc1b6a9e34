/**
 * The list of KPIs as it is drawn: a table with headings for what belongs together, and a small trend in each row.
 */
import { Box, Stack, Table, Text } from "@mantine/core";
import { useInViewport } from "@mantine/hooks";
import { useAnswer } from "../../api/use-answer.ts";
import { Sparkline } from "../../charts/svg-sparkline.tsx";
import { describeTrend } from "../../charts/trend.ts";
import { useScope } from "../../scope/use-scope.ts";
import { formatValue } from "../../ui/format.ts";
import { ScopeLink } from "../../ui/scope-link.tsx";
import { type Compared, type Kpi, type KpiFacts, unitOf } from "./kpi-facts.ts";
import { groupKpis } from "./kpi-groups.ts";
import classes from "./kpi-table.module.css";
import { describeKpi, isCount, targetStatus, toTrendPoints } from "./kpi-words.ts";
import { TargetBadge } from "./target-badge.tsx";

/** Its months as a line, asked for once the row is seen. */
function RowTrend({ id, unit }: { readonly id: string; readonly unit: string }) {
  const { input } = useScope();
  const { ref, inViewport } = useInViewport();
  const { data } = useAnswer("kpi-trend", { ...input, kpi: id, every: "month" }, { enabled: inViewport });
  const points = toTrendPoints(data?.points ?? [], "month");
  const trend = {
    title: id,
    points,
    lines: [],
    marks: [],
    format: (value: number) => formatValue(value, unit),
    fromZero: isCount(points),
  };
  return (
    <Box ref={ref} h={36} w={170}>
      {points.length > 1 && (
        <Sparkline points={points} label={`By month: ${describeTrend(trend)}`} height={36} width={170} />
      )}
    </Box>
  );
}

function ValueCell({ kpi, unit }: { readonly kpi: Kpi | undefined; readonly unit: string }) {
  if (!kpi) return <Text c="dimmed">…</Text>;
  return (
    <Stack gap={0}>
      {kpi.value !== null && <Text fw={650}>{formatValue(kpi.value, unit)}</Text>}
      <Text size="xs" c="dimmed">
        {kpi.value === null && <strong>Not enough data. </strong>}
        {describeKpi(kpi, unit)}
      </Text>
    </Stack>
  );
}

interface RowProps {
  readonly kpi: Kpi;
  readonly facts: KpiFacts;
  readonly compared: Compared | undefined;
}

function Row({ kpi, facts, compared }: RowProps) {
  const { title, better, definition } = facts.define(kpi.id);
  const other = compared?.kpis?.get(kpi.id);
  const unit = unitOf(kpi) || unitOf(other);
  const status = targetStatus(kpi, facts.targetOf(kpi.id).target, better, unit);
  return (
    <Table.Tr data-kpi={kpi.id}>
      <Table.Th scope="row" fw={500} w="40%">
        <ScopeLink to="measure/kpis" search={{ kpi: kpi.id }} inherit>
          {title}
        </ScopeLink>
        <Text size="xs" c="dimmed" fw={400} lineClamp={2}>
          {definition}
        </Text>
      </Table.Th>
      <Table.Td>
        <ValueCell kpi={kpi} unit={unit} />
        {status && <TargetBadge status={status} />}
      </Table.Td>
      {compared ? (
        <Table.Td>
          <ValueCell kpi={other} unit={unit} />
        </Table.Td>
      ) : (
        <Table.Td>{kpi.value !== null && <RowTrend id={kpi.id} unit={unit} />}</Table.Td>
      )}
    </Table.Tr>
  );
}

/** What is missing, once for all the KPIs that miss it, with the way to the catalogue where roles are given. */
function Lacking({ kpis, facts }: { readonly kpis: readonly Kpi[]; readonly facts: KpiFacts }) {
  const reasons = new Map<string, Kpi[]>();
  for (const kpi of kpis) {
    const reason = describeKpi(kpi, "");
    reasons.set(reason, [...(reasons.get(reason) ?? []), kpi]);
  }
  return (
    <Stack gap="sm" mt="lg" component="section" aria-label="Not enough data">
      <Text fw={650} size="sm">
        Not enough data
      </Text>
      {[...reasons].map(([reason, members]) => (
        <div key={reason}>
          <Text size="sm">
            {members.map(({ id }, index) => (
              <span key={id} data-kpi={id}>
                {index > 0 && ", "}
                <ScopeLink to="measure/kpis" search={{ kpi: id }} inherit>
                  {facts.define(id).title}
                </ScopeLink>
              </span>
            ))}
          </Text>
          <Text size="sm" c="dimmed">
            {reason}{" "}
            {reason.includes("role") && (
              <ScopeLink to="collect/touchpoints" inherit>
                Roles are given in the catalogue of touchpoints.
              </ScopeLink>
            )}
          </Text>
        </div>
      ))}
    </Stack>
  );
}

interface KpiTableProps {
  readonly kpis: readonly Kpi[];
  readonly facts: KpiFacts;
  readonly compared: Compared | undefined;
}

export function KpiTable({ kpis, facts, compared }: KpiTableProps) {
  const measured = kpis.filter((kpi) => kpi.value !== null || typeof compared?.kpis?.get(kpi.id)?.value === "number");
  const lacking = kpis.filter((kpi) => !measured.includes(kpi));
  const heads = ["KPI", compared?.label ?? "Value", compared?.baseLabel ?? "By month"];
  return (
    <>
      <Table.ScrollContainer minWidth={640}>
        <Table verticalSpacing="xs" className={classes.list}>
          <Table.Thead>
            <Table.Tr>
              {heads.map((head) => (
                <Table.Th key={head} scope="col" c="dimmed" fz="sm">
                  {head}
                </Table.Th>
              ))}
            </Table.Tr>
          </Table.Thead>
          {groupKpis(measured).map(([title, members]) => (
            <Table.Tbody key={title}>
              <Table.Tr className={classes.group}>
                <Table.Th colSpan={heads.length} scope="rowgroup">
                  {title}
                </Table.Th>
              </Table.Tr>
              {members.map((kpi) => (
                <Row key={kpi.id} kpi={kpi} facts={facts} compared={compared} />
              ))}
            </Table.Tbody>
          ))}
        </Table>
      </Table.ScrollContainer>
      {lacking.length > 0 && <Lacking kpis={lacking} facts={facts} />}
    </>
  );
}
