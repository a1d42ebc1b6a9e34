/**
 * Numbers in tables: a value that never breaks, and its interval in small print below.
 */
import { Text } from "@mantine/core";
import type { ReactNode } from "react";

export function Whole({ children, strong = false }: { readonly children: ReactNode; readonly strong?: boolean }) {
  return (
    <Text span inherit fw={strong ? 650 : undefined} style={{ whiteSpace: "nowrap" }}>
      {children}
    </Text>
  );
}

export function WithSmall({ value, small }: { readonly value: string; readonly small: string }) {
  return (
    <>
      <Whole>{value}</Whole>
      <Text span size="xs" c="dimmed" display="block" style={{ whiteSpace: "nowrap" }}>
        {small}
      </Text>
    </>
  );
}
