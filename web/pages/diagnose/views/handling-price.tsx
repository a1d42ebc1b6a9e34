/**
 * What handling one event of a touchpoint costs the company: said by people, kept for the workspace. From it direct costs are counted.
 */
import { Button, Group, NumberInput, Text } from "@mantine/core";
import { type FormEvent, useEffect, useState } from "react";
import { useAnswer, useChange } from "../../../api/use-answer.ts";

interface PriceFormProps {
  readonly touchpoint: string;
  readonly amount: number | undefined;
  readonly currency: string;
}

function PriceForm({ touchpoint, amount, currency }: PriceFormProps) {
  const save = useChange("set-handling-cost");
  const [typed, setTyped] = useState<number | "">(amount ?? "");
  useEffect(() => setTyped(amount ?? ""), [amount]);
  const next = typed === "" ? null : typed;
  const same = next === (amount ?? null);
  const submit = (event: FormEvent): void => {
    event.preventDefault();
    save.mutate({ touchpoint, amount: next });
  };
  return (
    <form onSubmit={submit}>
      <Group gap="xs" align="flex-end">
        <NumberInput
          label={`One «${touchpoint}» costs`}
          placeholder="no price is set"
          size="xs"
          w={260}
          min={0}
          suffix={currency === "" ? "" : ` ${currency}`}
          value={typed}
          onChange={(value) => setTyped(typeof value === "number" ? value : "")}
        />
        <Button
          type="submit"
          size="xs"
          variant="default"
          disabled={same}
          loading={save.isPending}
          aria-label={`Save the price of ${touchpoint}`}
        >
          Save
        </Button>
        <Text size="xs" c={save.isError ? "red" : "dimmed"} role="status" aria-live="polite">
          {save.isError ? save.error.message : save.isSuccess && same ? "Saved; the costs are counted anew." : ""}
        </Text>
      </Group>
    </form>
  );
}

/** A field a touchpoint; nothing until the prices are known. */
export function HandlingPrices({ touchpoints }: { readonly touchpoints: readonly string[] }) {
  const { data } = useAnswer("handling-costs", {});
  if (!data) return null;
  const amounts = new Map(data.costs.map(({ touchpoint, amount }) => [touchpoint, amount]));
  return touchpoints.map((touchpoint) => (
    <PriceForm key={touchpoint} touchpoint={touchpoint} amount={amounts.get(touchpoint)} currency={data.currency} />
  ));
}
