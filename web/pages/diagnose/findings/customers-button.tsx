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
import { candidateOf } from "../moment/moment-report.ts";
import { customersTarget } from "../views/customers-target.ts";
import type { Finding } from "./finding-words.ts";
import { readQuestion } from "./findings-search.ts";

export function CustomersButton({ finding }: { readonly finding: Finding }) {
  const workspace = useWorkspace();
  const set = useSetSearch();
  const { scope } = readQuestion(finding.question);
  const open = useMutation({
    mutationFn: async () => candidateOf(await ask(workspace, "moment", finding.question as Input<"moment">)),
    onSuccess: (candidate) => {
      if (!candidate) return;
      const target = customersTarget(candidate, said(scope));
      set({ journey: scope.journey, behind: JSON.stringify(target) });
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
