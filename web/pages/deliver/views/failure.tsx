/**
 * That a change was not made, and why; read out at once.
 */
import { Alert } from "@mantine/core";
import type { ReactNode } from "react";

export function Failure({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <Alert color="red" variant="light" title={title} role="alert">
      {children}
    </Alert>
  );
}
