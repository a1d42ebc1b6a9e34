/**
 * The form's third and fourth part: when it is switched on and stopped, and the least effect worth having.
 */
import { Checkbox, Group, NativeSelect, NumberInput, TagsInput, Text, TextInput } from "@mantine/core";
import { checkFilter } from "../../../scope/filter-text.ts";
import type { Design } from "./design-words.ts";
import type { Question, Spoken } from "./metric-words.ts";
import { type PartProps, PlanPart } from "./plan-part.tsx";

interface WhenProps extends PartProps {
  readonly design: Design;
}

function Starts({ form, change }: PartProps) {
  return (
    <Group gap="sm">
      {form.treated.map((value) => (
        <TextInput
          key={value}
          type="date"
          label={`Switch-on for ${value}`}
          value={form.starts[value] ?? form.since}
          onChange={(event) => change({ starts: { ...form.starts, [value]: event.currentTarget.value } })}
          w={180}
        />
      ))}
    </Group>
  );
}

/** Only of a design whose customers are drawn. */
function Watched({ form, change, choices }: PartProps) {
  return (
    <Group gap="sm" align="flex-start">
      <TagsInput
        label="A customer's time begins with the first"
        description="Empty: with the switch-on; one that is still to come may be typed"
        placeholder={form.at.length === 0 ? "such as where they meet the change" : ""}
        data={[...choices.touchpoints]}
        value={[...form.at]}
        onChange={(next) => change({ at: next })}
        flex="2 1 280px"
      />
      <NumberInput
        label="and is watched for"
        description="Empty: until the stop date"
        suffix=" days"
        min={1}
        max={3_650}
        allowDecimal={false}
        value={form.watchDays}
        onChange={(next) => change({ watchDays: typeof next === "number" ? next : "" })}
        flex="1 1 160px"
      />
    </Group>
  );
}

const PERIODS: readonly { readonly value: Question["period"]; readonly label: string }[] = [
  { value: "day", label: "days" },
  { value: "week", label: "weeks" },
  { value: "month", label: "months" },
];

export function PlanWhen(props: WhenProps) {
  const { form, change, design } = props;
  const staggers = design === "staged" && form.treated.length > 1;
  return (
    <PlanPart number={3} title="When">
      <Group gap="sm" align="flex-start">
        <TextInput
          type="date"
          label="Switch-on"
          description="The first day with the change"
          value={form.since}
          onChange={(event) => change({ since: event.currentTarget.value })}
          flex="1 1 180px"
        />
        <TextInput
          type="date"
          label="Stop date"
          description="The first day that no longer counts"
          value={form.until}
          min={form.since}
          onChange={(event) => change({ until: event.currentTarget.value })}
          flex="1 1 180px"
        />
        {design !== "randomised" && (
          <NativeSelect
            label="Looked at by"
            description="Periods that are compared"
            data={PERIODS.map((one) => ({ ...one }))}
            value={form.period}
            onChange={(event) => change({ period: event.currentTarget.value as Question["period"] })}
            flex="1 1 140px"
          />
        )}
      </Group>
      {staggers && (
        <Checkbox
          label="They get it at different times"
          checked={form.staggered}
          onChange={(event) => change({ staggered: event.currentTarget.checked })}
        />
      )}
      {staggers && form.staggered && <Starts {...props} />}
      {design === "randomised" && <Watched {...props} />}
      <TextInput
        label="Only customers and events that meet (may stay empty)"
        placeholder={'customer.country = "DE"'}
        value={form.where}
        error={checkFilter(form.where)}
        onChange={(event) => change({ where: event.currentTarget.value })}
      />
    </PlanPart>
  );
}

export function PlanWorth({ form, change, spoken }: PartProps & { readonly spoken: Spoken }) {
  const suffix = spoken.changeUnit === "" ? "" : ` ${spoken.changeUnit}`;
  return (
    <PlanPart number={4} title="What would be worth having">
      <Text size="sm">
        How much better does {spoken.subject} have to get for the change to be worth its keep? A smaller effect, however
        certain, is then called “no meaningful change”. Decide it before you see a number.
      </Text>
      <NumberInput
        label="Least effect worth having"
        description="A difference, without a sign"
        suffix={suffix}
        min={0}
        decimalScale={6}
        value={form.least}
        onChange={(next) => change({ least: typeof next === "number" ? next : next === "" ? "" : Number(next) })}
        maw={320}
      />
    </PlanPart>
  );
}
