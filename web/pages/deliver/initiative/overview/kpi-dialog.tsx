/**
 * The form for a KPI's baseline and target: the baseline is measured now, or typed in.
 */
import { Button, Group, NativeSelect, NumberInput, Text } from "@mantine/core";
import { useState } from "react";
import { useAnswer } from "../../../../api/use-answer.ts";
import { formatValue } from "../../../../ui/format.ts";
import { type Kpi, unitOf, useKpiFacts } from "../../../measure/kpi-facts.ts";
import { describeKpi } from "../../../measure/kpi-words.ts";
import { ActionForm } from "../act/action-form.tsx";
import { useInitiative } from "../use-initiative.ts";
import {
  fillBaseline,
  findKpiLacks,
  type InitiativeKpi,
  isShareUnit,
  type KpiFields,
  kpiFieldsOf,
  makeKpi,
  objectToTarget,
} from "./kpi-form.ts";

interface KpiFormProps {
  /** The one that is changed; left out: a new one. */
  readonly own?: InitiativeKpi;
  readonly onDone: () => void;
}

const EMPTY: KpiFields = { kpi: "", baseline: "", measured: null, target: "" };

interface NumberFieldProps {
  readonly label: string;
  readonly unit: string;
  readonly value: number | "";
  readonly onChange: (to: number | "") => void;
}

function NumberField({ label, unit, value, onChange }: NumberFieldProps) {
  const suffix = isShareUnit(unit) ? " %" : /^[A-Z]{3}$|^days$|^seconds$/u.test(unit) ? ` ${unit}` : "";
  return (
    <NumberInput
      label={label}
      suffix={suffix}
      decimalScale={4}
      value={value}
      onChange={(next) => onChange(typeof next === "number" ? next : next === "" ? "" : Number(next))}
      flex="1 1 160px"
    />
  );
}

/** Fills the baseline from the numbers of the present data. */
function MeasureNow({ now, onTake }: { readonly now: Kpi | undefined; readonly onTake: (kpi: Kpi) => void }) {
  const unit = unitOf(now);
  return (
    <Group gap="xs">
      <Button variant="default" disabled={now?.value == null} onClick={() => now && onTake(now)}>
        Measure it now
      </Button>
      <Text size="sm" c="dimmed">
        {now === undefined
          ? ""
          : now.value === null
            ? describeKpi(now, unit)
            : `now ${formatValue(now.value, unit)} (${describeKpi(now, unit)})`}
      </Text>
    </Group>
  );
}

function useMeasured(kpi: string) {
  const { data } = useAnswer("kpis", {});
  const now = data?.kpis.find(({ id }) => id === kpi);
  return { kpis: data?.kpis ?? [], now, unit: unitOf(now) };
}

/** Typed as percent where the KPI is a share, so the unit has to be known before the fields are filled. */
export function KpiForm({ own, onDone }: KpiFormProps) {
  const { data } = useAnswer("kpis", {});
  if (!data) return <Text size="sm">The KPIs are being read …</Text>;
  const unit = unitOf(data.kpis.find(({ id }) => id === own?.kpi));
  return <Fields key={unit} own={own} begin={own ? kpiFieldsOf(own, unit) : EMPTY} onDone={onDone} />;
}

interface FieldsProps {
  readonly own: InitiativeKpi | undefined;
  readonly begin: KpiFields;
  readonly onDone: () => void;
}

function Fields({ own, begin, onDone }: FieldsProps) {
  const { initiative } = useInitiative();
  const { define } = useKpiFacts();
  const [fields, setFields] = useState(begin);
  const { kpis, now, unit } = useMeasured(fields.kpi);
  const used = new Set(initiative.kpis.map(({ kpi }) => kpi));
  const free = kpis.filter(({ id }) => !used.has(id));
  const at = () => new Date().toISOString();
  const objection = objectToTarget(fields, define(fields.kpi).better);
  return (
    <ActionForm
      type="set-kpi"
      make={() => makeKpi(fields, unit, at())}
      lacks={findKpiLacks(fields)}
      submit="Save"
      onDone={onDone}
      onCancel={onDone}
    >
      {!own && (
        <NativeSelect
          label="KPI"
          data={[{ value: "", label: "choose one" }, ...free.map(({ id }) => ({ value: id, label: define(id).title }))]}
          value={fields.kpi}
          onChange={(event) => setFields({ ...EMPTY, kpi: event.currentTarget.value })}
        />
      )}
      {fields.kpi !== "" && (
        <>
          <MeasureNow now={now} onTake={(kpi) => setFields(fillBaseline(fields, kpi, unit, at()))} />
          <Group gap="sm" align="flex-end">
            <NumberField
              label="Baseline: where it stands before"
              unit={unit}
              value={fields.baseline}
              onChange={(baseline) => setFields({ ...fields, baseline })}
            />
            <NumberField
              label="Target: what it shall reach"
              unit={unit}
              value={fields.target}
              onChange={(target) => setFields({ ...fields, target })}
            />
          </Group>
          <Text size="sm" role="status">
            {objection}
          </Text>
        </>
      )}
    </ActionForm>
  );
}
