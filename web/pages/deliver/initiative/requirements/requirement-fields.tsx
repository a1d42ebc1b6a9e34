/**
 * The fields of a requirement, for adding one and for editing one. What is done with them is the caller's matter.
 */
import { Group, NativeSelect, NumberInput, SimpleGrid, TextInput } from "@mantine/core";
import { REQUIREMENT_KINDS, RISK_LEVELS } from "../../../../../src/domain/dsdm/requirement.ts";
import { useAnswer } from "../../../../api/use-answer.ts";
import { WordsField } from "../../../../ui/words-field.tsx";
import { useKpiFacts } from "../../../measure/kpi-facts.ts";
import { PersonField } from "../people/person-field.tsx";
import { useInitiative } from "../use-initiative.ts";
import { FIELD_NAMES, type RequirementFields } from "./requirement-form.ts";

export interface FieldsProps {
  readonly fields: RequirementFields;
  readonly change: (changes: Partial<RequirementFields>) => void;
}

/** At least one; another finding or KPI than the initiative's own stays choosable when it is set already. */
function NeedFields({ fields, change }: FieldsProps) {
  const { report, initiative } = useInitiative();
  const { define } = useKpiFacts();
  const { data } = useAnswer("findings", {});
  const findings = [...new Set([...initiative.findings, ...(fields.finding === "" ? [] : [Number(fields.finding)])])];
  const kpis = [...new Set([...initiative.kpis.map(({ kpi }) => kpi), ...(fields.kpi === "" ? [] : [fields.kpi])])];
  const goals = report.goal === null ? [] : [{ value: String(report.goal.id), label: report.goal.title }];
  const other = fields.goal !== "" && !goals.some(({ value }) => value === fields.goal);
  const titleOf = (id: number) => data?.findings.find((one) => one.id === id)?.title ?? `finding ${id}`;
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
      <NativeSelect
        label="Need: a finding"
        data={[{ value: "", label: "none" }, ...findings.map((id) => ({ value: String(id), label: titleOf(id) }))]}
        value={fields.finding}
        onChange={(event) => change({ finding: event.currentTarget.value })}
      />
      <NativeSelect
        label="or a KPI"
        data={[{ value: "", label: "none" }, ...kpis.map((kpi) => ({ value: kpi, label: define(kpi).title }))]}
        value={fields.kpi}
        onChange={(event) => change({ kpi: event.currentTarget.value })}
      />
      <NativeSelect
        label="or the goal"
        data={[
          { value: "", label: "none" },
          ...goals,
          ...(other ? [{ value: fields.goal, label: `goal ${fields.goal}` }] : []),
        ]}
        value={fields.goal}
        onChange={(event) => change({ goal: event.currentTarget.value })}
      />
    </SimpleGrid>
  );
}

const typed = (next: number | string): number | "" =>
  typeof next === "number" ? next : next === "" ? "" : Number(next);

function SizeFields({ fields, change }: FieldsProps) {
  const { report, initiative } = useInitiative();
  return (
    <Group gap="sm" align="flex-end">
      <NumberInput
        label="Effort"
        min={0}
        decimalScale={2}
        suffix={` ${initiative.effortUnit}`}
        value={fields.effort}
        onChange={(next) => change({ effort: typed(next) })}
        flex="1 1 130px"
      />
      <NumberInput
        label="Value a month"
        decimalScale={2}
        suffix={report.currency === "" ? "" : ` ${report.currency}`}
        value={fields.value}
        onChange={(next) => change({ value: typed(next) })}
        flex="1 1 150px"
      />
      <NativeSelect
        label="Kind"
        data={[...REQUIREMENT_KINDS]}
        value={fields.kind}
        onChange={(event) => change({ kind: event.currentTarget.value as RequirementFields["kind"] })}
        flex="1 1 120px"
      />
    </Group>
  );
}

function PeopleFields({ fields, change }: FieldsProps) {
  return (
    <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
      <PersonField label="Owner" value={fields.owner} onChange={(owner) => change({ owner })} />
      <PersonField label="Developer" value={fields.developer} onChange={(developer) => change({ developer })} />
      <PersonField label="Tester" value={fields.tester} onChange={(tester) => change({ tester })} />
    </SimpleGrid>
  );
}

function RiskFields({ fields, change }: FieldsProps) {
  return (
    <Group gap="sm" align="flex-start">
      <NativeSelect
        label="Risk"
        data={[{ value: "", label: "none named" }, ...RISK_LEVELS.map((value) => ({ value, label: value }))]}
        value={fields.riskLevel}
        onChange={(event) => change({ riskLevel: event.currentTarget.value as RequirementFields["riskLevel"] })}
        flex="1 1 120px"
      />
      <TextInput
        label={FIELD_NAMES.riskText}
        maxLength={5_000}
        value={fields.riskText}
        onChange={(event) => change({ riskText: event.currentTarget.value })}
        flex="3 1 220px"
      />
    </Group>
  );
}

export function RequirementFieldset(props: FieldsProps) {
  const { fields, change } = props;
  return (
    <>
      <TextInput
        label="Title"
        placeholder="such as: the buyer sees the delivery date before paying"
        required
        maxLength={300}
        value={fields.title}
        onChange={(event) => change({ title: event.currentTarget.value })}
      />
      <NeedFields {...props} />
      <WordsField
        label="Acceptance criteria, one a line"
        description="It is done when each of these holds"
        minRows={3}
        value={fields.acceptance}
        onChange={(value) => change({ acceptance: value })}
      />
      <SizeFields {...props} />
      <PeopleFields {...props} />
      <WordsField
        label="What if it is not met?"
        description="A Must is a Must only if the answer is “then we cancel”"
        value={fields.ifNotMet}
        onChange={(value) => change({ ifNotMet: value })}
      />
      <RiskFields {...props} />
    </>
  );
}
