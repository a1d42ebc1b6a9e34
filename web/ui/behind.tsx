/**
 * A number that opens the customers behind it. The drawer stands in customers-drawer.tsx; the address carries what is open.
 */
import { Anchor } from "@mantine/core";
import type { ReactNode } from "react";
import type { Input } from "../api/types.ts";
import { useSetSearch } from "../scope/use-scope.ts";

export type Selection = Input<"customers">["select"];

export interface BehindTarget {
  /** A noun phrase: "Journeys with payment_details, then purchase". */
  readonly title: string;
  readonly select: Selection;
  readonly by?: "touchpoint" | "stage" | undefined;
  /** Another scope than the page's: the other side of a comparison. */
  readonly scope?:
    | { readonly from?: string; readonly to?: string; readonly where?: string; readonly outside?: boolean }
    | undefined;
}

/** Opens the drawer from anywhere, such as a click on a drawn node. */
export function useOpenBehind(): (target: BehindTarget) => void {
  const set = useSetSearch();
  return (target) => set({ behind: JSON.stringify(target) });
}

export function Behind({ children, ...target }: BehindTarget & { readonly children: ReactNode }) {
  const open = useOpenBehind();
  return (
    <Anchor
      component="button"
      type="button"
      inherit
      underline="always"
      aria-label={`${textOf(children)}: ${target.title}. Show who`}
      onClick={() => open(target)}
    >
      {children}
    </Anchor>
  );
}

function textOf(children: ReactNode): string {
  return typeof children === "string" || typeof children === "number" ? String(children) : "";
}
