/**
 * What is to be minded before a number is used: each warning of the answer once, in plain words.
 */
import { Alert, Stack } from "@mantine/core";
import { IconAlertTriangle } from "@tabler/icons-react";
import { keepTogether, type RepurchaseReport, WARNING_TITLES } from "./repurchase-words.ts";

export function Warnings({ warnings }: Pick<RepurchaseReport, "warnings">) {
  if (warnings.length === 0) return null;
  return (
    <Stack gap="xs" component="section" aria-label="To be minded" data-testid="warnings">
      {warnings.map(({ code, message }) => (
        <Alert
          key={`${code} ${message}`}
          color="yellow"
          variant="light"
          title={WARNING_TITLES[code]}
          icon={<IconAlertTriangle aria-hidden />}
          p="sm"
        >
          {keepTogether(message)}
        </Alert>
      ))}
    </Stack>
  );
}
