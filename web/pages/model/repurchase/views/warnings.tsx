/**
 * What is to be minded before a number is used: each warning of the answer once, in plain words.
 */
import { Alert, List, Stack } from "@mantine/core";
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

/** The same in one box, where something else is what people came for. */
export function WarningList({ warnings }: Pick<RepurchaseReport, "warnings">) {
  if (warnings.length === 0) return null;
  return (
    <Alert
      color="yellow"
      variant="light"
      title="To be minded"
      icon={<IconAlertTriangle aria-hidden />}
      p="sm"
      data-testid="warnings"
    >
      <List size="sm" spacing={2}>
        {warnings.map(({ code, message }) => (
          <List.Item key={`${code} ${message}`}>{keepTogether(message)}</List.Item>
        ))}
      </List>
    </Alert>
  );
}
