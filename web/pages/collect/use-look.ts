/**
 * Looks at an upload before anything is kept: a dry run, with the mapping given or the proposed one.
 * The job's name stands in the address, so that a reload finds it again.
 */
import { useEffect, useRef, useState } from "react";
import type { Mapping } from "../../../src/domain/mapping.ts";
import { startJob, useJob } from "../../api/jobs.ts";
import type { Answer } from "../../api/types.ts";
import { useScope } from "../../scope/use-scope.ts";

export function useLook(upload: string) {
  const { workspace, search, set } = useScope();
  const { look } = search as { readonly look?: string };
  const [fault, setFault] = useState<Error>();
  const begun = useRef("");
  const start = async (mapping?: Mapping) => {
    setFault(undefined);
    try {
      const job = await startJob(`/api/v1/${workspace}/imports`, {
        upload,
        dryRun: true,
        ...(mapping ? { mapping } : {}),
      });
      set({ look: job }, { replace: true });
    } catch (error) {
      setFault(error instanceof Error ? error : new Error(String(error)));
    }
  };
  useEffect(() => {
    if (look !== undefined || begun.current === upload) return;
    begun.current = upload;
    void start();
  });
  return { query: useJob<Answer<"import">>(look), fault, start };
}
