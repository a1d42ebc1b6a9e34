/**
 * From a finding to its customers: its question is asked for the events it is about, then the drawer shows who has them.
 */
import { Button, Text } from "@mantine/core";
import { IconUsers } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { ask } from "../../../api/client.ts";
import type { Input } from "../../../api/types.ts";
import { said } from "../../../scope/scope.ts";
import { useSetSearch } from "../../../scope/use-scope.ts";
import { useWorkspace } from "../../../scope/use-workspace.ts";
import type { BehindTarget } from "../../../ui/behind.tsx";
import { readWithin } from "../../map/funnel/funnel-search.ts";
import { candidateOf } from "../moment/moment-report.ts";
import { customersTarget } from "../views/customers-target.ts";
import { frictionTarget } from "../views/friction-target.ts";
import type { Finding } from "./finding-words.ts";
import { readPain, readQuestion } from "./findings-search.ts";

/** The friction of a finding, within the scope it was kept with; undefined where its question is not whole. */
function findingTarget({ title, question }: Finding): BehindTarget | undefined {
  const { pain, incident } = readPain(question);
  const { kind, touchpoint, outcome, property = null, bad = null, within } = pain;
  const withinMs = readWithin(within);
  if (kind === undefined || touchpoint === undefined || outcome === undefined || withinMs === undefined)
    return undefined;
  const { journey: _, ...period } = said(readQuestion(question).scope);
  const friction = { kind, touchpoint, property, bad, name: title };
  return { ...frictionTarget(friction, { outcome, withinMs }, incident), scope: period };
}

export function CustomersButton({ finding }: { readonly finding: Finding }) {
  const workspace = useWorkspace();
  const set = useSetSearch();
  const { scope } = readQuestion(finding.question);
  const open = useMutation({
    mutationFn: async (): Promise<BehindTarget | undefined> => {
      // A friction says in its question which events it is about; a moment, only in its answer.
      if (finding.kind === "pain-point") return findingTarget(finding);
      const candidate = candidateOf(await ask(workspace, "moment", finding.question as Input<"moment">));
      return candidate && customersTarget(candidate, said(scope));
    },
    onSuccess: (target) => {
      if (target) set({ journey: scope.journey, behind: JSON.stringify(target) });
    },
  });
  return (
    <>
      <Button
        variant="default"
        w="fit-content"
        leftSection={<IconUsers size={16} aria-hidden />}
        loading={open.isPending}
        onClick={() => open.mutate()}
      >
        Open the customers
      </Button>
      {open.isSuccess && open.data === undefined && (
        <Text size="sm" role="status">
          Nothing of it is left in the data of today.
        </Text>
      )}
      {open.isError && (
        <Text size="sm" c="red" role="alert">
          {open.error.message}
        </Text>
      )}
    </>
  );
}
