/**
 * A button that does one action at once: for what needs neither fields nor a reason. What went wrong stands below it.
 * Everything else opens a dialog (act/dialog.tsx).
 */
import { Button, type ButtonProps, Stack } from "@mantine/core";
import type { ReactNode } from "react";
import type { DeliveryAction } from "../../../../../src/domain/dsdm/action.ts";
import { Refused } from "../../act/form-frame.tsx";
import { useAct } from "./use-act.tsx";

interface ActionButtonProps extends ButtonProps {
  readonly action: DeliveryAction;
  /** For screen readers, where the text alone does not say what is meant. */
  readonly name?: string;
  readonly children: ReactNode;
}

export function ActionButton({ action, name, children, ...looks }: ActionButtonProps) {
  const { act, isPending, error, question } = useAct();
  return (
    <Stack gap="xs" align="flex-start">
      <Button
        variant="default"
        size="xs"
        {...looks}
        {...(name === undefined ? {} : { "aria-label": name })}
        loading={isPending}
        onClick={() => act(action)}
      >
        {children}
      </Button>
      {error && <Refused error={error} />}
      {question}
    </Stack>
  );
}
