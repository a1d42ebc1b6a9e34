/**
 * The number of a KPI in large type with its interval and n, who is behind it, and what it means; compared, both sides.
 */
import { Group, Paper, Stack, Text, Title } from "@mantine/core";
import type { ReactNode } from "react";
import { useAnswer } from "../../api/use-answer.ts";
import { useScope } from "../../scope/use-scope.ts";
import { Behind, type BehindTarget } from "../../ui/behind.tsx";
import { formatCount, formatValue } from "../../ui/format.ts";
import { type Kpi, unitOf, useKpiFacts } from "./kpi-facts.ts";
import { describeKpi, targetStatus } from "./kpi-words.ts";
import { TargetBadge } from "./target-badge.tsx";

interface SideProps {
  readonly label: string | undefined;
  readonly kpi: Kpi;
  readonly unit: string;
  readonly scope?: BehindTarget["scope"];
}

function Side({ label, kpi, unit, scope }: SideProps) {
  const { define } = useKpiFacts();
  return (
    <Stack gap={2} maw={420}>
      {label !== undefined && (
        <Text size="sm" c="dimmed">
          {label}
        </Text>
      )}
      {kpi.value === null ? (
        <Text fw={650}>Not enough data</Text>
      ) : (
        <Text fz={32} fw={650} lh={1.15} data-testid="kpi-value">
          {formatValue(kpi.value, unit)}
        </Text>
      )}
      <Text size="sm" c="dimmed">
        {describeKpi(kpi, unit)}
      </Text>
      {kpi.n > 0 && (
        <Text size="sm">
          <Behind title={`${define(kpi.id).title}: who it rests on`} select={{ kind: "kpi", id: kpi.id }} scope={scope}>
            Who is behind it
          </Behind>
        </Text>
      )}
      {"byCurrency" in kpi && <Currencies sums={kpi.byCurrency ?? {}} />}
    </Stack>
  );
}

/** Other currencies are never converted: they are said. */
function Currencies({ sums }: { readonly sums: Readonly<Record<string, number>> }) {
  const entries = Object.entries(sums);
  if (entries.length < 2) return null;
  const words = entries.map(([currency, sum]) => `${formatCount(Math.round(sum))} ${currency || "without a currency"}`);
  return (
    <Text size="xs" c="dimmed">
      By currency, never converted: {words.join(", ")}
    </Text>
  );
}

function Fact({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <div>
      <Text component="dt" size="sm" fw={600}>
        {title}
      </Text>
      <Text component="dd" size="sm" m={0} c="dimmed" maw={620}>
        {children}
      </Text>
    </div>
  );
}

/** The other side of a comparison; nothing until it is there. */
function OtherSide({ id, unit }: { readonly id: string; readonly unit: string }) {
  const { input, compare } = useScope();
  const journey = input.journey === undefined ? {} : { journey: input.journey };
  const { data } = useAnswer("kpis", { ...journey, ...compare?.input, kpis: [id] }, { enabled: compare !== undefined });
  const kpi = data?.kpis.find((one) => one.id === id);
  if (!compare || !kpi) return null;
  return <Side label={compare.baseLabel} kpi={kpi} unit={unit || unitOf(kpi)} scope={compare.input} />;
}

export function KpiHead({ kpi }: { readonly kpi: Kpi }) {
  const { compare } = useScope();
  const { define, targetOf } = useKpiFacts();
  const { title, better, definition, formula, interval } = define(kpi.id);
  const unit = unitOf(kpi);
  const status = targetStatus(kpi, targetOf(kpi.id).target, better, unit);
  return (
    <Paper component="section" withBorder p="md" aria-label={title}>
      <Group gap="xl" align="flex-start" wrap="wrap">
        <Stack gap="xs" flex="1 1 320px">
          <Group gap="sm">
            <Title order={2}>{title}</Title>
            {status && <TargetBadge status={status} />}
          </Group>
          <Group gap="xl" align="flex-start">
            <Side label={compare?.label} kpi={kpi} unit={unit} />
            <OtherSide id={kpi.id} unit={unit} />
          </Group>
        </Stack>
        <Stack component="dl" gap="xs" m={0} flex="1 1 360px">
          {definition !== undefined && <Fact title="What it says">{definition}</Fact>}
          {formula !== undefined && <Fact title="How it is counted">{formula}</Fact>}
          {interval !== undefined && (
            <Fact title="How the 95 % interval is made">
              {interval === null
                ? "There is none: this is a complete count or sum, not an estimate."
                : `${interval}. Of 100 such intervals, about 95 hold the true value.`}
            </Fact>
          )}
          {better !== null && <Fact title="Which way is better">{better === "higher" ? "Higher" : "Lower"}</Fact>}
        </Stack>
      </Group>
    </Paper>
  );
}
