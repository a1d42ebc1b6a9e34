/**
 * That a forecast takes more repeat purchases, in the API's words, which hold both what there is and what it takes.
 */
import { Alert } from "@mantine/core";
import { IconInfoCircle } from "@tabler/icons-react";
import type { RepurchaseReport } from "./repurchase-words.ts";

export function LackNote({ lack }: { readonly lack: NonNullable<RepurchaseReport["lack"]> }) {
  return (
    <Alert color="gray" variant="light" title="Not enough data" icon={<IconInfoCircle aria-hidden />}>
      {lack.reason} A longer period or a wider filter may help.
    </Alert>
  );
}
