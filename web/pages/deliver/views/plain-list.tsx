/**
 * A list without marks; nothing at all while it holds nothing, since an empty list is read out as one.
 */
import { Stack } from "@mantine/core";
import { Children, type ReactNode } from "react";

interface PlainListProps {
  readonly gap: "xs" | "sm" | "md";
  readonly children: ReactNode;
  readonly "data-testid"?: string;
}

export function PlainList({ gap, children, ...rest }: PlainListProps) {
  if (Children.toArray(children).length === 0) return null;
  return (
    <Stack component="ul" gap={gap} m={0} p={0} style={{ listStyle: "none" }} {...rest}>
      {children}
    </Stack>
  );
}
