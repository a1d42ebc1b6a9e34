/**
 * Which workspace the page is about: the first part of its address.
 */
import { useParams } from "@tanstack/react-router";

export function useWorkspace(): string {
  const { workspace } = useParams({ strict: false }) as { readonly workspace?: string };
  return workspace ?? "main";
}
