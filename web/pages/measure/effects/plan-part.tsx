/**
 * One part of the form that plans a measurement: a numbered section with its fields.
 */
import { Paper, Stack, Title } from "@mantine/core";
import type { ReactNode } from "react";
import type { FieldChoices } from "./field-choices.ts";
import type { PlanForm } from "./plan-form.ts";

export interface PartProps {
  readonly form: PlanForm;
  readonly change: (changes: Partial<PlanForm>) => void;
  readonly choices: FieldChoices;
}

interface PlanPartProps {
  readonly number: number;
  readonly title: string;
  readonly children: ReactNode;
}

export function PlanPart({ number, title, children }: PlanPartProps) {
  return (
    <Paper component="section" withBorder p="md" aria-label={title}>
      <Stack gap="sm" maw={760}>
        <Title order={2}>
          {number}. {title}
        </Title>
        {children}
      </Stack>
    </Paper>
  );
}
